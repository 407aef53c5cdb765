package vn.chuanmuc.signing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What an operator sets (docs/operations.md): where keys are and what may be called. Secrets come from the environment or from
 * files in the data folder; they are in no table and no log.
 */
@Component
class SigningSettings {
    private static final String PREFIX = "chuanmuc.signing.";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Environment environment;

    SigningSettings(Environment environment) {
        this.environment = environment;
    }

    /**
     * Where this server's keys of agencies are: one store, which may hold several.
     *
     * @param file a PKCS#12 file, or the library of a PKCS#11 module
     * @param slot of the PKCS#11 module
     * @param aliases which of its keys may be used; empty for all
     */
    record Seal(boolean pkcs11, Path file, String password, int slot, Set<String> aliases) {
        /** Without the password. */
        @Override
        public String toString() {
            return (pkcs11 ? "PKCS#11 " : "PKCS#12 ") + file + " " + slot + " " + aliases;
        }
    }

    /** A remote signing service. */
    record Remote(URI address, String clientId, String clientSecret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return address + " as " + clientId;
        }
    }

    Optional<Seal> seal() {
        String p12 = text("seal.pkcs12");
        String module = text("seal.pkcs11");
        String password = text("seal.password");
        if (!p12.isEmpty()) {
            return Optional.of(new Seal(false, inData(p12), password, 0, aliases()));
        }
        if (!module.isEmpty()) {
            return Optional.of(
                    new Seal(true, Path.of(module), password, Integer.parseInt("0" + text("seal.slot")), aliases()));
        }
        return Optional.empty();
    }

    private Set<String> aliases() {
        return Arrays.stream(text("seal.alias").split(","))
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The body whose agencies the keys of this server belong to; empty when the operator names none. */
    String sealBody() {
        return text("seal.body");
    }

    Optional<Remote> remote() {
        String address = text("remote.address");
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(new Remote(URI.create(address), text("remote.client-id"), text("remote.client-secret")));
    }

    /** Whether anything outside this machine may be called or fetched. */
    boolean outside() {
        return Boolean.parseBoolean(text("outside"));
    }

    /** Whether this address may be called now: this machine's own always, others when the operator allows it, and only by https. */
    boolean mayCall(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost());
        boolean here = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
        return here && (scheme.equals("http") || scheme.equals("https"))
                || outside() && (scheme.equals("https") || scheme.equals("http") && !carriesSecrets(address));
    }

    /** Whether revocation data may be fetched from anywhere. */
    boolean mayFetch() {
        return outside() || !inside().isEmpty();
    }

    /**
     * Whether revocation data may be fetched from an address that stands in a certificate: only on the web's own ports, and not from this
     * machine or the network around it, unless the operator names the host.
     *
     * @throws IOException when not, with the reason
     */
    void requireFetchable(URI address) throws IOException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = address.getHost();
        if (host == null || address.getRawUserInfo() != null || !scheme.equals("http") && !scheme.equals("https")) {
            throw new IOException("no address to fetch from: " + address);
        }
        if (inside().contains(host.toLowerCase(Locale.ROOT))) {
            return;
        }
        if (!outside()) {
            throw new IOException("not allowed to call " + host);
        }
        int port = address.getPort();
        if (port >= 0 && port != (scheme.equals("https") ? HTTPS : HTTP)) {
            throw new IOException("not allowed to call " + host + " at port " + port);
        }
        // Looked up again by the client, from the machine's own memory of the last seconds.
        for (InetAddress one : InetAddress.getAllByName(host)) {
            if (PrivateAddresses.isPrivate(one)) {
                throw new IOException("not allowed to call " + host + ": an address of the inside network");
            }
        }
    }

    private Set<String> inside() {
        return Arrays.stream(text("inside").split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Time stamps and revocation data sign themselves; only the remote service is given secrets. */
    private boolean carriesSecrets(URI address) {
        return remote().map(remote -> String.valueOf(remote.address().getHost()).equals(address.getHost()))
                .orElse(false);
    }

    private Path inData(String file) {
        return Path.of(environment.getProperty("chuanmuc.data", "data")).resolve(file);
    }

    private String text(String name) {
        return environment.getProperty(PREFIX + name, "").strip();
    }
}
