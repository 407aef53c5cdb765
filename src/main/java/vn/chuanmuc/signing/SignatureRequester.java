package vn.chuanmuc.signing;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** A module that has PDFs signed; each brings its own as a component. This module knows nothing else of it. */
public interface SignatureRequester {
    /** A stable name, {@code module.what}. */
    String purpose();

    /** Called in the transaction that accepts the signature: both stand or fall together. It may be called twice for one subject. */
    Completion completed(Completed signature);

    /**
     * Whether the viewer, who may seal for the unit, may seal this: asked whenever the request is looked at. What matters is asked
     * once more in {@link #completed}.
     */
    default boolean may(Viewer viewer, String subject) {
        return true;
    }

    /** Where people go on when the signature is accepted, and back when they turn around. */
    String page(String subject);

    /**
     * A signature that was checked and is about to be kept.
     *
     * @param documentHash SHA-256 of the signed PDF, whose bytes are in {@code documents.Contents}
     * @param personId whom it was asked of; null for a seal
     * @param at when it was made: by a time stamp, or else by the signer's word
     * @param accountId who brought it
     */
    record Completed(
            UUID tenantId,
            UUID requestId,
            String subject,
            byte[] documentHash,
            @Nullable UUID personId,
            X509Certificate certificate,
            Instant at,
            UUID accountId) {}

    sealed interface Completion {
        record Accepted() implements Completion {}

        /** A rule of the module forbids it: nothing is kept. */
        record Refused(Reason why) implements Completion {}
    }
}
