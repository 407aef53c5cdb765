package vn.chuanmuc.signing;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/** What a strict check of a signed PDF came to. */
public sealed interface Verdict {
    /** @param signatures in the order in which they were made; at least one */
    record Valid(List<Signed> signatures) implements Verdict {}

    /** @param why what is wrong: nothing that is learnt later can make it right */
    record Invalid(List<Reason> why) implements Verdict {}

    /** “Chưa kết luận được”. @param missing what is missing, and what to do about it; it can be checked again later */
    record Indeterminate(List<Reason> missing) implements Verdict {}

    /**
     * One signature.
     *
     * @param claimedAt the signer's own word
     * @param stampedAt what a trusted time stamp says, or null
     */
    record Signed(
            String field,
            X509Certificate certificate,
            Instant claimedAt,
            @Nullable Instant stampedAt) {
        public Instant at() {
            return stampedAt == null ? claimedAt : stampedAt;
        }
    }
}
