package vn.chuanmuc.submissions;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.OnDuty;
import vn.chuanmuc.kernel.Reason;

/**
 * The way of a list in its campaign's line, as things stand today or on a day in the past (ADR 0011, 8): who holds a duty does it, and nobody else; where
 * a duty is with nobody, the roles of the unit do it.
 *
 * @param seat whose place in the line the unit's list goes through; null where there is none
 * @param receiverId the unit above in the line; at its top, and without a seat, the campaign's receiver
 * @param receiver who approves in that unit for the line; null where nobody does: then its board decides alone
 */
public record LineRoute(
        UUID lineId,
        String lineName,
        Lines.@Nullable Seat seat,
        UUID receiverId,
        String receiverName,
        @Nullable OnDuty receiver) {

    public @Nullable OnDuty clerk() {
        return seat == null ? null : seat.clerk();
    }

    public @Nullable OnDuty approver() {
        return seat == null ? null : seat.approver();
    }

    /** Whether the line has nobody above the unit, so that the campaign's receiver takes the list. */
    public boolean atTop() {
        return seat == null || seat.superiorId() == null;
    }

    boolean compiles(@Nullable UUID personId, boolean byRole) {
        return may(clerk(), personId, byRole);
    }

    boolean approves(@Nullable UUID personId, boolean byRole) {
        return may(approver(), personId, byRole);
    }

    /** The board of the unit above may, and whoever approves there. */
    boolean decides(@Nullable UUID personId, boolean byRole) {
        return byRole || receiver != null && receiver.personId().equals(personId);
    }

    private static boolean may(@Nullable OnDuty held, @Nullable UUID personId, boolean byRole) {
        return held == null ? byRole : held.personId().equals(personId);
    }

    /** Why somebody who is not on duty may not, and who can change that; empty where no duty stands in the way. */
    Optional<Reason> notOnDuty(Lines.Duty duty) {
        OnDuty held = duty == Lines.Duty.CLERK ? clerk() : approver();
        return held == null || seat == null
                ? Optional.empty()
                : Optional.of(Reason.of(
                        "submissions.refused.line." + duty.code(),
                        held.name(),
                        seat.unitName(),
                        lineName,
                        held.since()));
    }
}
