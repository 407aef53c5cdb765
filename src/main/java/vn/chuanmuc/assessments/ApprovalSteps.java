package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.ApprovalWays.Standing;
import vn.chuanmuc.assessments.Cycles.Done;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Stand;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/**
 * Steps out of the ordinary about the approval of a form (domain.md, 4.7), as {@link Forms} has them for the stages before it. Nothing is
 * filled in there, so what differs is: approved, it stands until a petition brings a new version; closing the cycle does not end it; and
 * sent back, it is the decision that is made anew.
 */
@Component
class ApprovalSteps {
    private final ApprovalWays ways;
    private final DeskReading desks;
    private final DecisionApproval approval;
    private final Exceptions exceptions;
    private final Access access;
    private final Ledger ledger;
    private final Clock clock;

    ApprovalSteps(
            ApprovalWays ways,
            DeskReading desks,
            DecisionApproval approval,
            Exceptions exceptions,
            Access access,
            Ledger ledger,
            Clock clock) {
        this.ways = ways;
        this.desks = desks;
        this.approval = approval;
        this.exceptions = exceptions;
        this.access = access;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Where the approval of a form stands; empty when the stage is another one, or the form has none. */
    Optional<Standing> standing(UUID tenantId, Form form, String stage) {
        return standing(tenantId, form).filter(standing -> standing.stage().equals(stage));
    }

    Optional<Standing> standing(UUID tenantId, Form form) {
        return ways.of(tenantId, form, today());
    }

    boolean approves(Viewer viewer, Form form) {
        return ways.approves(viewer, form.period(), form.id());
    }

    /** Whoever approves, and the head whose approval was given to somebody. */
    boolean concerned(Viewer viewer, Form form) {
        return ways.concerned(viewer, form.period(), form.id());
    }

    static Turn turn(Standing standing) {
        LevelDecisions.State state = standing.state();
        return state == null || state == LevelDecisions.State.SENT_BACK
                ? Turn.WAITING
                : state == LevelDecisions.State.DECIDED ? Turn.OPEN : Turn.HANDED_IN;
    }

    /** Whether the viewer may say who approves instead of the head: that head, or who runs the cycle. */
    boolean mayDelegate(Viewer viewer, Form form, Standing standing) {
        return turn(standing) != Turn.HANDED_IN
                && (access.covers(viewer, Permission.RUN_CYCLE, form.cycleUnit()) || heads(viewer, form, standing));
    }

    /** Whether the approval is the viewer's as a head. */
    boolean heads(Viewer viewer, Form form, Standing standing) {
        UUID unit = standing.unitId();
        return unit != null
                && !form.personId().equals(viewer.personId())
                && List.of(viewer.unitsWith(Permission.RATE_AS_HEAD)).contains(unit);
    }

    private static Optional<Done.Refused> movable(Form form, Standing standing) {
        if (form.cycleState() == Cycle.State.CANCELLED) {
            return Optional.of(new Done.Refused("", Reason.of("assessments.locked.cycle.cancelled")));
        }
        if (turn(standing) == Turn.HANDED_IN) {
            return Optional.of(new Done.Refused("", Reason.of("assessments.approval.stands")));
        }
        boolean goesOn = form.state() == Forms.State.OPEN || turn(standing) == Turn.OPEN;
        return goesOn
                ? Optional.empty()
                : Optional.of(new Done.Refused(
                        "", Reason.of("assessments.locked.form." + form.state().code())));
    }

    /** Gives the approval to the head of another unit. Who calls holds the form and may run its cycle. */
    Done reroute(Viewer viewer, Form form, Standing standing, @Nullable UUID unitId, String reason, String basis) {
        Optional<Done.Refused> refused = movable(form, standing).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (unitId == null
                || !access.covers(viewer, Permission.RUN_CYCLE, unitId)
                || !ways.headed(viewer.tenantId(), unitId, form, today())) {
            return new Done.Refused("don-vi", Reason.of("assessments.approval.unit"));
        }
        return moved(viewer, form, standing, unitId, null, Exceptions.Kind.REROUTE, reason, basis);
    }

    /** Lets an official approve in place of the head. Who calls holds the form. @param stand null: nobody of that name */
    Done delegate(Viewer viewer, Form form, Standing standing, Optional<Stand> stand, String reason, String basis) {
        authorised(viewer, form, standing);
        Optional<Done.Refused> refused = movable(form, standing).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (stand.isEmpty()) {
            return new Done.Refused("tai-khoan", Reason.of("assessments.delegate.unknown"));
        }
        Stand who = stand.get();
        if (who.personId().equals(form.personId())) {
            return new Done.Refused("tai-khoan", Reason.of("assessments.approval.delegate.self"));
        }
        if (ways.decided(viewer.tenantId(), form, who.accountId(), who.personId())) {
            return new Done.Refused("tai-khoan", Reason.of("assessments.approval.delegate.decided", who.name()));
        }
        return moved(
                viewer, form, standing, unit(viewer, form), who.accountId(), Exceptions.Kind.DELEGATE, reason, basis);
    }

    /** The head approves themself again. Who calls holds the form. */
    Done takeBack(Viewer viewer, Form form, Standing standing, String reason, String basis) {
        authorised(viewer, form, standing);
        Optional<Done.Refused> refused = movable(form, standing).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (standing.accountId() == null) {
            return new Done.Already();
        }
        return moved(viewer, form, standing, unit(viewer, form), null, Exceptions.Kind.TAKE_BACK, reason, basis);
    }

    /** The unit the approval was sent to; null where the rules find it. */
    private @Nullable UUID unit(Viewer viewer, Form form) {
        return ways.said(viewer.tenantId(), form)
                .flatMap(way -> Optional.ofNullable(way.unitId()))
                .orElse(null);
    }

    private void authorised(Viewer viewer, Form form, Standing standing) {
        if (turn(standing) != Turn.HANDED_IN && !mayDelegate(viewer, form, standing)) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
    }

    private Done moved(
            Viewer viewer,
            Form form,
            Standing standing,
            @Nullable UUID unitId,
            @Nullable UUID accountId,
            Exceptions.Kind kind,
            String reason,
            String basis) {
        UUID tenant = viewer.tenantId();
        if (!ways.go(tenant, form, unitId, accountId)) {
            return new Done.Already();
        }
        var facts = form.facts(standing.stage());
        facts.put("fromUnit", String.valueOf(standing.unitId()));
        facts.put("fromAccount", String.valueOf(standing.accountId()));
        facts.put("toUnit", String.valueOf(unitId == null ? standing.unitId() : unitId));
        facts.put("toAccount", String.valueOf(accountId));
        Act act = switch (kind) {
            case REROUTE -> new Act(tenant, "assessments.stage-rerouted", form.id(), viewer.accountId(), facts);
            case DELEGATE -> new Act(tenant, "assessments.stage-delegated", form.id(), viewer.accountId(), facts);
            default -> new Act(tenant, "assessments.stage-taken-back", form.id(), viewer.accountId(), facts);
        };
        return made(viewer, form, standing, kind, facts, reason, basis, act);
    }

    /** Gives the approval of one form more days. Who calls holds the form and may run its cycle. */
    Done extend(Viewer viewer, Form form, Standing standing, LocalDate due, String reason, String basis) {
        Optional<Done.Refused> refused = movable(form, standing)
                .or(() -> due.isBefore(today())
                        ? Optional.of(new Done.Refused("ngay", Reason.of("assessments.extend.past", today())))
                        : Optional.empty())
                .or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!ways.extend(viewer.tenantId(), form, due)) {
            return standing.due().equals(due)
                    ? new Done.Already()
                    : new Done.Refused("ngay", Reason.of("assessments.extend.earlier", standing.due()));
        }
        var facts = form.facts(standing.stage());
        facts.put("from", standing.due().toString());
        facts.put("to", due.toString());
        return made(
                viewer,
                form,
                standing,
                Exceptions.Kind.EXTEND,
                facts,
                reason,
                basis,
                new Act(viewer.tenantId(), "assessments.stage-extended", form.id(), viewer.accountId(), facts));
    }

    /**
     * Sends the decision that waits back to who decides: by who approves, or who runs the cycle. It takes the locks of an approval, so
     * who calls holds none.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Done sendBack(Viewer viewer, Form form, Standing standing, String reason, String basis) {
        Optional<Done.Refused> refused = Exceptions.refused(reason, basis);
        if (refused.isPresent()) {
            return refused.get();
        }
        switch (turn(standing)) {
            case HANDED_IN -> {
                return new Done.Refused("", Reason.of("assessments.approval.stands"));
            }
            case WAITING -> {
                return standing.state() == LevelDecisions.State.SENT_BACK
                        ? new Done.Already()
                        : new Done.Refused("", Reason.of("assessments.approve.nothing"));
            }
            case OPEN -> {}
        }
        LevelDecisions.Desk desk = desks.deskOf(viewer, form.period(), form.id());
        var verdict = new LevelDecisions.Verdict(form.id(), standing.version(), false, reason);
        return switch (approval.approve(viewer, desk.cycle().id(), desk.unitId(), List.of(verdict))) {
            case LevelDecisions.Approving.Refused(var why) ->
                new Done.Refused("", Objects.requireNonNull(why.get(form.id())));
            case LevelDecisions.Approving.Done done when done.sentBack() == 0 -> new Done.Already();
            case LevelDecisions.Approving.Done done -> {
                var facts = form.facts(standing.stage());
                facts.put("version", standing.version());
                yield made(
                        viewer,
                        form,
                        standing,
                        Exceptions.Kind.SEND_BACK,
                        facts,
                        reason,
                        basis,
                        new Act(viewer.tenantId(), "assessments.sent-back", form.id(), viewer.accountId(), facts));
            }
        };
    }

    private Done made(
            Viewer viewer,
            Form form,
            Standing standing,
            Exceptions.Kind kind,
            LinkedHashMap<String, Object> said,
            String reason,
            String basis,
            Act act) {
        UUID id = exceptions.record(
                viewer,
                new Exceptions.Entry(
                        form.cycleId(), form.id(), form.unitId(), standing.stage(), kind, said, 1, reason, basis));
        ledger.append(act.with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(1);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
