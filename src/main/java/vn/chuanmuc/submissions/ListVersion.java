package vn.chuanmuc.submissions;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A numbered version of a list. Compiled, approved, submitted and decided each keep their own time and their own account.
 *
 * @param contentHash see {@link ListDigest}
 * @param parentName the body above the unit on the day of compiling
 * @param receiverName the board it goes to, as it was called then
 * @param lateRows how many rows had changed when the board accepted the version as it stands; 0 otherwise
 * @param lateReason why it did so nonetheless
 * @param ended replaced, returned by the head, or reopened by the board
 */
public record ListVersion(
        UUID listId,
        int number,
        ListState state,
        Totals totals,
        byte[] contentHash,
        String parentName,
        String receiverName,
        Step compiled,
        String compileNote,
        @Nullable Step approved,
        @Nullable Step submitted,
        @Nullable Step decided,
        String decisionNote,
        int lateRows,
        String lateReason,
        @Nullable Step ended,
        String endNote) {

    /** Which account did it, and when. */
    public record Step(UUID by, Instant at) {}

    /** As it stood at a moment after it was compiled: nothing that came later is known. */
    ListVersion before(Instant moment) {
        boolean over = by(ended, moment);
        boolean told = by(decided, moment);
        boolean sent = by(submitted, moment);
        boolean passed = by(approved, moment);
        return new ListVersion(
                listId,
                number,
                over ? state : before(told, sent, passed),
                totals,
                contentHash,
                parentName,
                receiverName,
                compiled,
                compileNote,
                passed ? approved : null,
                sent ? submitted : null,
                told ? decided : null,
                told ? decisionNote : "",
                told ? lateRows : 0,
                told ? lateReason : "",
                over ? ended : null,
                over ? endNote : "");
    }

    private static boolean by(@Nullable Step step, Instant moment) {
        return step != null && step.at().isBefore(moment);
    }

    /** What it had reached before it ended. */
    private ListState before(boolean told, boolean sent, boolean passed) {
        if (told) {
            return state == ListState.SENT_BACK ? ListState.SENT_BACK : ListState.ACCEPTED;
        }
        return sent ? ListState.SUBMITTED : passed ? ListState.APPROVED : ListState.COMPILED;
    }

    /** Whether a head has approved it, whatever came after. */
    public boolean wasApproved() {
        return approved != null;
    }

    /** On its way up and not decided yet: what has changed since it was compiled still matters. */
    public boolean underWay() {
        return switch (state) {
            case COMPILED, APPROVED, SUBMITTED -> true;
            case SENT_BACK, ACCEPTED, REOPENED, DROPPED -> false;
        };
    }

    public boolean wasSubmitted() {
        return submitted != null;
    }
}
