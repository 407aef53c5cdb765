package vn.chuanmuc.access;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import vn.chuanmuc.platform.StartFailure;

/**
 * Where passkeys are good: a browser gives one only to the domain it was made for, and only at the addresses that are named here
 * (WebAuthn: the relying party's id and origins). They follow the public address of the body; while it has none, this machine's own.
 */
@Component
public class PasskeyPlace {
    private static final String HERE = "localhost";
    /** An address of four numbers or in brackets is no domain: browsers make no passkey for it. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|\\[.*");

    private final @Nullable String domain;
    private volatile Set<String> origins;

    PasskeyPlace(
            @Value("${chuanmuc.public-address}") String publicAddress,
            @Value("${chuanmuc.passkeys.domain}") String domain,
            @Value("${chuanmuc.passkeys.addresses}") String addresses) {
        String named = addresses.isBlank() ? publicAddress : addresses;
        origins = Arrays.stream(named.split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(PasskeyPlace::origin)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        if (named.isBlank()) {
            this.domain = HERE; // the port is known once the server listens
            return;
        }
        String wanted = domain.strip().toLowerCase(Locale.ROOT);
        String first = origins.stream().map(PasskeyPlace::host).findFirst().orElse("");
        this.domain = origins.isEmpty() ? null : wanted.isEmpty() ? first : wanted;
        for (String origin : origins) {
            if (!within(host(origin), String.valueOf(this.domain))) {
                throw new StartFailure("passkeys", null, origin, String.valueOf(this.domain));
            }
        }
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        if (origins.isEmpty()
                && HERE.equals(domain)
                && !"management".equals(event.getApplicationContext().getServerNamespace())) {
            origins = Set.of("http://" + HERE + ":" + event.getWebServer().getPort());
        }
    }

    /** The origin of an address as a browser writes it; empty where browsers have no passkeys: by numbers, or without TLS elsewhere. */
    private static Optional<String> origin(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("passkeys.address", e, address);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !scheme.equals("https") && !scheme.equals("http")) {
            throw new StartFailure("passkeys.address", null, address);
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (NUMBERS.matcher(host).matches() || scheme.equals("http") && !host.equals(HERE)) {
            return Optional.empty();
        }
        int usual = scheme.equals("https") ? 443 : 80;
        boolean plain = uri.getPort() < 0 || uri.getPort() == usual;
        return Optional.of(scheme + "://" + host + (plain ? "" : ":" + uri.getPort()));
    }

    private static String host(String origin) {
        return URI.create(origin).getHost();
    }

    private static boolean within(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    /** Whether there is any address at which passkeys work. */
    public boolean open() {
        return domain != null && !origins.isEmpty();
    }

    /** The addresses at which they work, parted by blanks: for a page, which knows best at which one it stands. */
    public String addresses() {
        return String.join(" ", origins);
    }

    String domain() {
        return String.valueOf(domain);
    }

    Set<String> origins() {
        return origins;
    }
}
