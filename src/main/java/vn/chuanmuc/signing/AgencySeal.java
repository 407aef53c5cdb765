package vn.chuanmuc.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import vn.chuanmuc.signing.SigningSettings.Seal;

/** The agency's key: in a PKCS#12 file of the data folder, or in a PKCS#11 module that never lets it out. */
@Component
class AgencySeal {
    private static final Logger log = LoggerFactory.getLogger(AgencySeal.class);

    private final SigningSettings settings;
    private @Nullable Opened opened;

    AgencySeal(SigningSettings settings) {
        this.settings = settings;
    }

    /** @param provider of the module that holds the key; null for a key of a file */
    private record Opened(
            Seal seal,
            PrivateKey key,
            List<X509Certificate> chain,
            @Nullable Provider provider) {}

    boolean isSetUp() {
        return settings.seal().isPresent();
    }

    /** The certificate and those above it; empty when there is no seal or it cannot be opened now. */
    Optional<List<X509Certificate>> chain() {
        return open().map(Opened::chain);
    }

    /** Signs with SHA-256. */
    byte[] sign(byte[] toBeSigned) throws GeneralSecurityException {
        Opened seal = open().orElseThrow(() -> new GeneralSecurityException("the seal cannot be opened"));
        String algorithm = seal.chain().getFirst().getPublicKey().getAlgorithm().startsWith("EC")
                ? "SHA256withECDSA"
                : "SHA256withRSA";
        try {
            Provider provider = seal.provider();
            var signature =
                    provider == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
            signature.initSign(seal.key());
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

    private synchronized Optional<Opened> open() {
        Optional<Seal> seal = settings.seal();
        if (seal.isEmpty()) {
            return Optional.empty();
        }
        Opened known = opened;
        if (known == null || !known.seal().equals(seal.get())) {
            try {
                opened = known = load(seal.get());
            } catch (GeneralSecurityException | IOException | java.security.ProviderException e) {
                // The message of a wrong password names no password.
                log.error("The agency's seal cannot be opened: {}", e.toString());
                return Optional.empty();
            }
        }
        return Optional.of(known);
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
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)
                    && (seal.alias().isEmpty() || seal.alias().equals(alias))) {
                Key key = store.getKey(alias, password);
                java.security.cert.Certificate @Nullable [] chain = store.getCertificateChain(alias);
                if (key instanceof PrivateKey secret && chain != null) {
                    return new Opened(
                            seal,
                            secret,
                            Arrays.stream(chain)
                                    .map(X509Certificate.class::cast)
                                    .toList(),
                            provider);
                }
            }
        }
        throw new GeneralSecurityException("no key " + seal.alias());
    }
}
