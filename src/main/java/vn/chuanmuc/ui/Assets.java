package vn.chuanmuc.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;
import vn.chuanmuc.kernel.Sha256;

/** Addresses of static files that change when the file does, so that browsers may keep them for ever. */
final class Assets {
    private static final Map<String, String> WEBJARS = Map.of(
            "tabler.css", "META-INF/resources/webjars/tabler__core/1.4.0/dist/css/tabler.min.css",
            "htmx.js", "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    String address(String name) {
        return addresses.computeIfAbsent(name, Assets::addressOf);
    }

    private static String addressOf(String name) {
        String webjar = WEBJARS.get(name);
        if (webjar != null) {
            return webjar.substring("META-INF/resources".length());
        }
        try (var content = new ClassPathResource("static/assets/" + name).getInputStream()) {
            return "/assets/" + name + "?v=" + HexFormat.of().formatHex(Sha256.of(content), 0, 5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
