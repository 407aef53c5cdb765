package vn.chuanmuc.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import vn.chuanmuc.kernel.Reason;

/** What came of issuing one-time codes. */
public sealed interface Issuance {
    /** An account and its code in clear: shown, never stored. */
    record Slip(UUID accountId, String username, String displayName, String code) {}

    /**
     * @param leftOver how many more wait for a code and did not fit
     * @param repeated whether the same form was sent again: these are the same slips, nothing was issued
     */
    record Issued(List<Slip> slips, int leftOver, boolean repeated) implements Issuance {
        public Issued {
            slips = List.copyOf(slips);
        }
    }

    /** The form issued codes at that time already, too long ago to show them again, or in somebody else's hands. */
    record Spent(Instant at) implements Issuance {}

    /** @param field of the form, empty for the form as a whole */
    record Refused(String field, Reason why) implements Issuance {}
}
