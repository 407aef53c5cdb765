package vn.chuanmuc.signing;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;
import vn.chuanmuc.kernel.Reason;

/** A service that keeps people's keys and signs hashes when they agree, usually on their phone. */
interface RemoteSigner {
    /** A key at the service. */
    record Credential(String id, List<X509Certificate> chain) {}

    sealed interface Credentials {
        record Listed(List<Credential> credentials) implements Credentials {}

        record Refused(Reason why) implements Credentials {}
    }

    sealed interface Started {
        /** @param reference by which the service knows what it was asked */
        record Waiting(String reference) implements Started {}

        record Refused(Reason why) implements Started {}

        /** Nobody knows whether it arrived: ask again with the same id. */
        record Unreachable() implements Started {}
    }

    sealed interface Answer {
        record Waiting() implements Answer {}

        record Signed(byte[] value) implements Answer {}

        record Rejected() implements Answer {}

        record Expired() implements Answer {}

        record Failed(String code) implements Answer {}

        record Unreachable() implements Answer {}
    }

    /** Keys of somebody at the service, by the name they have there. */
    Credentials credentials(String user);

    /**
     * Asks for a signature of a SHA-256 hash.
     *
     * @param id ours: the service answers the same to the same id
     * @param shown what the person sees on their phone
     */
    Started start(UUID id, String credential, byte[] hash, String shown);

    Answer ask(String reference);
}
