package vn.chuanmuc.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.security.auth.login.FailedLoginException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.signing.SigningSettings.Seal;

/**
 * Keys of agencies that this server holds: in a PKCS#12 file of the data folder, or in a PKCS#11 module that never lets them out.
 * Whose they are is said by links (ADR 0014); a body that the operator did not name does not get at them.
 */
@Component
class AgencySeal {
    private static final Logger log = LoggerFactory.getLogger(AgencySeal.class);
    private static final String WRONG_PIN = "signing.seal.pin";
    private static final String LOCKED_PIN = "signing.seal.pin-locked";
    private static final String NO_TOKEN = "signing.seal.token";
    private static final int MOST_CAUSES = 10;
    private static final String OTHER = "signing.seal.closed";

    private final SigningSettings settings;
    private final Units units;
    private @Nullable Opened opened;
    private @Nullable Closed closed;

    AgencySeal(SigningSettings settings, Units units) {
        this.settings = settings;
        this.units = units;
    }

    private record Held(PrivateKey key, List<X509Certificate> chain) {}

    /** Why the store could not be opened: the message for whoever wanted to seal, and whether it is any use to try again as it is set. */
    private record Closed(Seal seal, String key) {
        /** A token counts wrong PINs and locks itself for good after a few: the same one is never tried twice. */
        boolean stays() {
            return seal.pkcs11() && (key.equals(WRONG_PIN) || key.equals(LOCKED_PIN));
        }
    }

    /** @param provider of the module that holds the keys; null for keys of a file */
    private record Opened(
            Seal seal, Map<String, Held> keys, @Nullable Provider provider) {}

    /** Whether the body's agencies may use this server's keys: the one the operator named, or the only one there is. */
    boolean serves(UUID tenantId) {
        if (settings.seal().isEmpty()) {
            return false;
        }
        String named = settings.sealBody();
        return named.isEmpty()
                ? units.onlyTenant().filter(tenantId::equals).isPresent()
                : named.equals(tenantId.toString());
    }

    /** Certificates by the alias of their key; none for a body that has no part in them, or when they cannot be opened now. */
    Map<String, X509Certificate> certificates(UUID tenantId) {
        var certificates = new TreeMap<String, X509Certificate>();
        if (serves(tenantId)) {
            open().ifPresent(store -> store.keys()
                    .forEach((alias, key) -> certificates.put(alias, key.chain().getFirst())));
        }
        return certificates;
    }

    /** The certificate of a key and those above it; empty when there is no such key or it cannot be opened now. */
    Optional<List<X509Certificate>> chain(UUID tenantId, String alias) {
        return serves(tenantId)
                ? open().flatMap(store -> Optional.ofNullable(store.keys().get(alias)))
                        .map(Held::chain)
                : Optional.empty();
    }

    /** Signs with SHA-256. */
    byte[] sign(UUID tenantId, String alias, byte[] toBeSigned) throws GeneralSecurityException {
        Opened store = open().filter(any -> serves(tenantId))
                .orElseThrow(() -> new GeneralSecurityException("the seal cannot be opened"));
        Held held = store.keys().get(alias);
        if (held == null) {
            throw new GeneralSecurityException("no key " + alias);
        }
        String algorithm = held.chain().getFirst().getPublicKey().getAlgorithm().startsWith("EC")
                ? "SHA256withECDSA"
                : "SHA256withRSA";
        try {
            Provider provider = store.provider();
            var signature =
                    provider == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
            signature.initSign(held.key());
            signature.update(toBeSigned);
            return signature.sign();
        } catch (GeneralSecurityException | java.security.ProviderException e) {
            forget(); // a module that was unplugged and is back needs a new session
            throw new GeneralSecurityException("the seal does not answer", e);
        }
    }

    private synchronized void forget() {
        opened = null;
    }

    /** Why the body cannot use the keys now. */
    synchronized Reason trouble(UUID tenantId) {
        Closed known = closed;
        if (known == null || !serves(tenantId)) {
            return Reason.of(OTHER);
        }
        boolean told = settings.seal().filter(known.seal()::equals).isPresent();
        return Reason.of(told ? known.key() : OTHER);
    }

    private synchronized Optional<Opened> open() {
        Optional<Seal> seal = settings.seal();
        if (seal.isEmpty()) {
            return Optional.empty();
        }
        Opened known = opened;
        if (known != null && known.seal().equals(seal.get())) {
            return Optional.of(known);
        }
        Closed before = closed;
        if (before != null && before.stays() && before.seal().equals(seal.get())) {
            return Optional.empty();
        }
        closed = null;
        try {
            known = load(seal.get());
            opened = known;
            return Optional.of(known);
        } catch (GeneralSecurityException
                | IOException
                | java.security.ProviderException
                | UnsatisfiedLinkError
                | InvalidParameterException e) {
            closed = new Closed(seal.get(), why(e));
            // No message of these names a password.
            log.error("The agency's seal cannot be opened: {}", causes(e));
            return Optional.empty();
        }
    }

    private static String why(Throwable failure) {
        String said = causes(failure);
        if (said.contains("CKR_PIN_LOCKED")) {
            return LOCKED_PIN;
        }
        if (said.contains("CKR_PIN_")
                || said.contains(FailedLoginException.class.getName())
                || said.contains(UnrecoverableKeyException.class.getName())) {
            return WRONG_PIN;
        }
        boolean module = failure instanceof java.security.ProviderException
                || failure instanceof InvalidParameterException
                || failure instanceof UnsatisfiedLinkError;
        return module || said.contains("CKR_TOKEN_NOT_PRESENT") || said.contains("oken not present") ? NO_TOKEN : OTHER;
    }

    private static String causes(Throwable failure) {
        var said = new StringBuilder();
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < MOST_CAUSES; cause = cause.getCause(), depth++) {
            said.append(depth == 0 ? "" : "; ").append(cause);
        }
        return said.toString();
    }

    private static Opened load(Seal seal) throws GeneralSecurityException, IOException {
        char[] password = seal.password().toCharArray();
        @Nullable Provider provider = null;
        KeyStore store;
        if (seal.pkcs11()) {
            provider = Objects.requireNonNull(Security.getProvider("SunPKCS11"))
                    .configure(
                            "--name = chuanmuc\nlibrary = " + seal.file() + "\nslotListIndex = " + seal.slot() + "\n");
            store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, password);
        } else {
            store = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(seal.file())) {
                store.load(in, password);
            }
        }
        var keys = new TreeMap<String, Held>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)
                    && (seal.aliases().isEmpty() || seal.aliases().contains(alias))) {
                Key key = store.getKey(alias, password);
                java.security.cert.Certificate @Nullable [] chain = store.getCertificateChain(alias);
                if (key instanceof PrivateKey secret && chain != null) {
                    keys.put(
                            alias,
                            new Held(
                                    secret,
                                    Arrays.stream(chain)
                                            .map(X509Certificate.class::cast)
                                            .toList()));
                }
            }
        }
        if (keys.isEmpty()) {
            throw new GeneralSecurityException("no key " + seal.aliases());
        }
        return new Opened(seal, keys, provider);
    }
}
