package vn.chuanmuc.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;

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
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            return "/assets/" + name + "?v=" + HexFormat.of().formatHex(hash, 0, 5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
