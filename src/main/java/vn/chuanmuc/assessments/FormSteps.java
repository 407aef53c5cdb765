package vn.chuanmuc.assessments;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles.Done;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.assessments.Forms.Stand;
import vn.chuanmuc.assessments.Forms.State;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.Rules;

/** Steps out of the ordinary with one form: by whom, when, with which reason; each is evidence with its act. */
@Component
class FormSteps {
    private final FormStore store;
    private final CycleStore cycles;
    private final FormCreation creation;
    private final FormReading reading;
    private final ApprovalSteps approvals;
    private final Exceptions exceptions;
    private final Rollups rollups;
    private final Rules rules;
    private final Access access;
    private final StageNotices notices;
    private final Ledger ledger;

    FormSteps(
            FormStore store,
            CycleStore cycles,
            FormCreation creation,
            FormReading reading,
            ApprovalSteps approvals,
            Exceptions exceptions,
            Rollups rollups,
            Rules rules,
            Access access,
            StageNotices notices,
            Ledger ledger) {
        this.notices = notices;
        this.store = store;
        this.cycles = cycles;
        this.creation = creation;
        this.reading = reading;
        this.approvals = approvals;
        this.exceptions = exceptions;
        this.rollups = rollups;
        this.rules = rules;
        this.access = access;
        this.ledger = ledger;
    }

    boolean runs(Viewer viewer, Form form) {
        return access.covers(viewer, Permission.RUN_CYCLE, form.cycleUnit());
    }

    boolean maySendBack(Viewer viewer, Sheet sheet, Said said) {
        return said.turn() == Turn.HANDED_IN
                && said.handing() > 0
                && (runs(viewer, sheet.form())
                        || sheet.stages().stream()
                                .anyMatch(later ->
                                        later.acting() && later.order() > said.order() && later.turn() == Turn.OPEN));
    }

    boolean mayDelegate(Viewer viewer, Form form, Said said) {
        return (said.actor() == Actor.HEAD || said.actor() == Actor.SUPERIOR)
                && said.turn() != Turn.HANDED_IN
                && (runs(viewer, form) || heads(viewer, form, said));
    }

    /** Whether a step of this kind is the viewer's to take at all, whatever the stage's turn. */
    boolean authorised(Viewer viewer, Sheet sheet, Exceptions.Kind kind, String stage) {
        Form form = sheet.form();
        if (runs(viewer, form)) {
            return true;
        }
        Optional<Said> said = sheet.stage(stage);
        return switch (kind) {
            case DELEGATE, TAKE_BACK ->
                said.filter(one -> heads(viewer, form, one)).isPresent()
                        || approvals
                                .standing(viewer.tenantId(), form, stage)
                                .filter(standing -> approvals.heads(viewer, form, standing))
                                .isPresent();
            case SEND_BACK ->
                said.filter(one -> sheet.stages().stream()
                                        .anyMatch(later -> later.acting() && later.order() > one.order()))
                                .isPresent()
                        || approvals.standing(viewer.tenantId(), form, stage).isPresent()
                                && approvals.approves(viewer, form);
            case EXTEND, REROUTE, CANCEL, REOPEN, DIVIDE, CLOSE -> false;
        };
    }

    List<Forms.Named> stands(Viewer viewer, Form form) {
        return runs(viewer, form) || access.covers(viewer, Permission.RATE_AS_HEAD, form.unitId())
                ? store.stands(viewer.tenantId(), form)
                : List.of();
    }

    private static boolean heads(Viewer viewer, Form form, Said said) {
        UUID unit = said.unitId();
        return unit != null
                && !form.personId().equals(viewer.personId())
                && List.of(viewer.unitsWith(Permission.RATE_AS_HEAD)).contains(unit);
    }

    Done sendBack(Viewer viewer, Period period, UUID formId, String stage, String reason, String basis) {
        Form form = form(viewer, period, formId);
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), form, stage);
        if (approval.isPresent()) {
            return approvals.sendBack(viewer, form, approval.get(), reason, basis);
        }
        Sheet sheet = held(viewer, period, formId);
        Said said = stage(sheet, stage);
        if (!runs(viewer, sheet.form())
                && sheet.stages().stream().noneMatch(later -> later.acting() && later.order() > said.order())) {
            throw new Forbidden(Permission.RUN_CYCLE);
        }
        Optional<Done.Refused> refused = running(sheet.form()).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (said.turn() != Turn.HANDED_IN) {
            return new Done.Already();
        }
        Optional<Said> later = sheet.stages().stream()
                .filter(other -> other.order() > said.order() && other.turn() == Turn.HANDED_IN)
                .findFirst();
        if (later.isPresent()) {
            return new Done.Refused(
                    "",
                    Reason.of(
                            "assessments.send-back.later",
                            reading.stageName(viewer.tenantId(), sheet.form(), later.get())));
        }
        if (!maySendBack(viewer, sheet, said)) {
            throw new Forbidden(Permission.RUN_CYCLE);
        }
        Check.that(store.sendBack(viewer.tenantId(), sheet.form(), stage), "a stage of a locked form stands as read");
        store.advance(viewer.tenantId(), sheet.form());
        rollups.changed(viewer.tenantId(), sheet.form().cycleId(), sheet.form().unitId());
        var facts = sheet.form().facts(stage);
        facts.put("handing", said.handing());
        UUID id = made(viewer, sheet.form(), stage, Exceptions.Kind.SEND_BACK, facts, reason, basis);
        ledger.append(new Act(viewer.tenantId(), "assessments.sent-back", formId, viewer.accountId(), facts)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        notices.sentBack(viewer, sheet.form(), said, reading.stageName(viewer.tenantId(), sheet.form(), said));
        return new Done.Now(1);
    }

    Done reroute(
            Viewer viewer,
            Period period,
            UUID formId,
            String stage,
            @Nullable UUID unitId,
            String reason,
            String basis) {
        Sheet sheet = run(viewer, period, formId);
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), sheet.form(), stage);
        if (approval.isPresent()) {
            return approvals.reroute(viewer, sheet.form(), approval.get(), unitId, reason, basis);
        }
        Said said = stage(sheet, stage);
        Optional<Done.Refused> refused =
                notLed(said).or(() -> movable(sheet.form(), said)).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (unitId == null
                || !access.covers(viewer, Permission.RUN_CYCLE, unitId)
                || !store.headed(viewer.tenantId(), unitId, sheet.form().personId(), reading.today())) {
            return new Done.Refused("don-vi", Reason.of("assessments.reroute.unit"));
        }
        return moved(viewer, sheet, said, unitId, null, Exceptions.Kind.REROUTE, reason, basis);
    }

    Done delegate(
            Viewer viewer, Period period, UUID formId, String stage, String username, String reason, String basis) {
        Sheet sheet = held(viewer, period, formId);
        Optional<Stand> stand =
                store.official(viewer.tenantId(), username.strip().toLowerCase(java.util.Locale.ROOT));
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), sheet.form(), stage);
        if (approval.isPresent()) {
            return approvals.delegate(viewer, sheet.form(), approval.get(), stand, reason, basis);
        }
        Said said = stage(sheet, stage);
        authorised(viewer, sheet.form(), said);
        Optional<Done.Refused> refused =
                notLed(said).or(() -> movable(sheet.form(), said)).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (stand.isEmpty()) {
            return new Done.Refused("tai-khoan", Reason.of("assessments.delegate.unknown"));
        }
        if (stand.get().personId().equals(sheet.form().personId())) {
            return new Done.Refused("tai-khoan", Reason.of("assessments.delegate.self"));
        }
        return moved(
                viewer, sheet, said, said.unitId(), stand.get().accountId(), Exceptions.Kind.DELEGATE, reason, basis);
    }

    Done takeBack(Viewer viewer, Period period, UUID formId, String stage, String reason, String basis) {
        Sheet sheet = held(viewer, period, formId);
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), sheet.form(), stage);
        if (approval.isPresent()) {
            return approvals.takeBack(viewer, sheet.form(), approval.get(), reason, basis);
        }
        Said said = stage(sheet, stage);
        authorised(viewer, sheet.form(), said);
        Optional<Done.Refused> refused =
                notLed(said).or(() -> movable(sheet.form(), said)).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        return moved(viewer, sheet, said, said.unitId(), null, Exceptions.Kind.TAKE_BACK, reason, basis);
    }

    private void authorised(Viewer viewer, Form form, Said said) {
        if (!runs(viewer, form) && !heads(viewer, form, said)) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
    }

    private Done moved(
            Viewer viewer,
            Sheet sheet,
            Said said,
            @Nullable UUID unitId,
            @Nullable UUID accountId,
            Exceptions.Kind kind,
            String reason,
            String basis) {
        UUID tenant = viewer.tenantId();
        Form form = sheet.form();
        if (!store.route(tenant, form, said.stage(), unitId, accountId)) {
            return new Done.Already();
        }
        var facts = form.facts(said.stage());
        facts.put("fromUnit", String.valueOf(said.unitId()));
        facts.put("fromAccount", String.valueOf(said.accountId()));
        facts.put("toUnit", String.valueOf(unitId));
        facts.put("toAccount", String.valueOf(accountId));
        UUID id = made(viewer, form, said.stage(), kind, facts, reason, basis);
        Act act = switch (kind) {
            case REROUTE -> new Act(tenant, "assessments.stage-rerouted", form.id(), viewer.accountId(), facts);
            case DELEGATE -> new Act(tenant, "assessments.stage-delegated", form.id(), viewer.accountId(), facts);
            default -> new Act(tenant, "assessments.stage-taken-back", form.id(), viewer.accountId(), facts);
        };
        ledger.append(act.with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        if (said.turn() == Turn.OPEN && kind != Exceptions.Kind.TAKE_BACK) {
            notices.given(viewer, form, said, reading.stageName(tenant, form, said), id, unitId, accountId);
        }
        return new Done.Now(1);
    }

    Done extend(Viewer viewer, Period period, UUID formId, String stage, LocalDate due, String reason, String basis) {
        Sheet sheet = run(viewer, period, formId);
        Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), sheet.form(), stage);
        if (approval.isPresent()) {
            return approvals.extend(viewer, sheet.form(), approval.get(), due, reason, basis);
        }
        Said said = stage(sheet, stage);
        Optional<Done.Refused> refused = movable(sheet.form(), said)
                .or(() -> due.isBefore(reading.today())
                        ? Optional.of(new Done.Refused("ngay", Reason.of("assessments.extend.past", reading.today())))
                        : Optional.empty())
                .or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!store.extend(viewer.tenantId(), sheet.form(), stage, due)) {
            return said.due().equals(due)
                    ? new Done.Already()
                    : new Done.Refused("ngay", Reason.of("assessments.extend.earlier", said.due()));
        }
        var facts = sheet.form().facts(stage);
        facts.put("from", said.due().toString());
        facts.put("to", due.toString());
        UUID id = made(viewer, sheet.form(), stage, Exceptions.Kind.EXTEND, facts, reason, basis);
        ledger.append(new Act(viewer.tenantId(), "assessments.stage-extended", formId, viewer.accountId(), facts)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(1);
    }

    Done cancel(Viewer viewer, Period period, UUID formId, String reason, String basis) {
        if (waits(viewer, form(viewer, period, formId))) {
            Form waiting = form(viewer, period, formId); // as it stands with its cycle held
            Optional<ApprovalWays.Standing> approval = approvals.standing(viewer.tenantId(), waiting);
            if (approval.isPresent()
                    && cycleOpen(waiting).isEmpty()
                    && approvals.sendBack(viewer, waiting, approval.get(), reason, basis)
                            instanceof Done.Refused refused) {
                return refused;
            }
        }
        Sheet sheet = run(viewer, period, formId);
        Form form = sheet.form();
        if (form.state() == State.CANCELLED) {
            return new Done.Already();
        }
        Optional<Done.Refused> refused = cycleOpen(form).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!store.cancel(viewer.tenantId(), form)) {
            return new Done.Refused("", Reason.of("assessments.cancel.decided"));
        }
        rollups.changed(viewer.tenantId(), form.cycleId(), form.unitId());
        var facts = form.facts(null);
        facts.put("from", form.state().code());
        UUID id = made(viewer, form, null, Exceptions.Kind.CANCEL, facts, reason, basis);
        ledger.append(new Act(viewer.tenantId(), "assessments.form-cancelled", formId, viewer.accountId(), facts)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(1);
    }

    Done reopen(Viewer viewer, Period period, UUID formId, String reason, String basis) {
        Sheet sheet = run(viewer, period, formId);
        Form form = sheet.form();
        if (form.state() == State.OPEN) {
            return new Done.Already();
        }
        Optional<Done.Refused> refused = cycleOpen(form).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        if (form.state() != State.CANCELLED && form.state() != State.NOT_ASSESSED) {
            return new Done.Refused("", Reason.of("assessments.cancel.decided"));
        }
        Cycle cycle = cycles.find(viewer.tenantId(), form.cycleId()).orElseThrow();
        var ground = new FormCreation.Ground(
                viewer.tenantId(),
                cycle.id(),
                cycle.period(),
                cycle.campaignId(),
                rules.book(viewer.tenantId(), cycle.ruleVersion()),
                reading.today());
        if (!creation.revive(ground, form.id(), form.personId())) {
            return new Done.Refused("", Reason.of("assessments.reopen.unsigned", form.fullName()));
        }
        rollups.changed(viewer.tenantId(), form.cycleId(), form.unitId());
        var facts = form.facts(null);
        facts.put("from", form.state().code());
        facts.put("reason", String.valueOf(form.reason()));
        UUID id = made(viewer, form, null, Exceptions.Kind.REOPEN, facts, reason, basis);
        ledger.append(new Act(viewer.tenantId(), "assessments.form-reopened", formId, viewer.accountId(), facts)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        return new Done.Now(1);
    }

    /** The form, held until the transaction ends, as it stands then. */
    private Sheet held(Viewer viewer, Period period, UUID formId) {
        Form form = store.sheet(viewer, period, formId)
                .orElseThrow(() -> new NotFound("form"))
                .form();
        cycles.lockCycle(form.cycleId(), false);
        Check.that(store.lock(viewer.tenantId(), period, formId), "a form that was read is there");
        Sheet sheet = store.sheet(viewer, period, formId).orElseThrow();
        boolean concerned = runs(viewer, sheet.form())
                || sheet.form().read()
                || sheet.form().personId().equals(viewer.personId())
                || sheet.stages().stream().anyMatch(said -> said.acting() || heads(viewer, sheet.form(), said))
                || approvals.concerned(viewer, sheet.form());
        if (!concerned) {
            throw new NotFound("form");
        }
        return sheet;
    }

    private Sheet run(Viewer viewer, Period period, UUID formId) {
        Sheet sheet = held(viewer, period, formId);
        access.require(viewer, Permission.RUN_CYCLE, sheet.form().cycleUnit());
        return sheet;
    }

    private Form form(Viewer viewer, Period period, UUID formId) {
        return store.sheet(viewer, period, formId)
                .orElseThrow(() -> new NotFound("form"))
                .form();
    }

    private static Said stage(Sheet sheet, String stage) {
        return sheet.stage(stage).orElseThrow(() -> new NotFound("stage"));
    }

    /** Whether it waits for an approval; its cycle is then held until the transaction ends. */
    private boolean waits(Viewer viewer, Form form) {
        if (form.state() != State.DECIDED || !runs(viewer, form)) {
            return false;
        }
        cycles.lockCycle(form.cycleId(), false);
        return true;
    }

    /** Only a head's stage can be somebody else's: nobody rates themself through another, and a meeting seats its own people. */
    private static Optional<Done.Refused> notLed(Said said) {
        return switch (said.actor()) {
            case HEAD, SUPERIOR, APPROVAL -> Optional.empty();
            case SELF -> Optional.of(new Done.Refused("", Reason.of("assessments.step.own")));
            case COLLEAGUES, PANEL -> Optional.of(new Done.Refused("", Reason.of("assessments.step.meeting")));
        };
    }

    private Optional<Done.Refused> movable(Form form, Said said) {
        return running(form)
                .or(() -> said.turn() == Turn.HANDED_IN
                        ? Optional.of(new Done.Refused("", Reason.of("assessments.step.handed-in")))
                        : Optional.empty());
    }

    private static Optional<Done.Refused> running(Form form) {
        return cycleOpen(form)
                .or(() -> form.state() == State.OPEN
                        ? Optional.empty()
                        : Optional.of(new Done.Refused(
                                "",
                                Reason.of("assessments.locked.form."
                                        + form.state().code()))));
    }

    private static Optional<Done.Refused> cycleOpen(Form form) {
        return form.cycleState() == Cycle.State.OPEN
                ? Optional.empty()
                : Optional.of(new Done.Refused(
                        "",
                        Reason.of(
                                "assessments.locked.cycle." + form.cycleState().code())));
    }

    private UUID made(
            Viewer viewer,
            Form form,
            @Nullable String stage,
            Exceptions.Kind kind,
            Map<String, ?> said,
            String reason,
            String basis) {
        return exceptions.record(
                viewer,
                new Exceptions.Entry(form.cycleId(), form.id(), form.unitId(), stage, kind, said, 1, reason, basis));
    }
}
