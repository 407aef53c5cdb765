package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Approving;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.OnPetition;
import vn.chuanmuc.assessments.LevelDecisions.Result;
import vn.chuanmuc.assessments.LevelDecisions.UnitGrade;
import vn.chuanmuc.assessments.LevelDecisions.Verdict;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.WorkingDays;

/** Approval of decisions by another person than who decided, or sending them back. */
@Component
class DecisionApproval {
    private final LevelDecisionStore store;
    private final DecisionWriting writing;
    private final UnitGradeStore unitGrades;
    private final CycleStore cycles;
    private final DeskReading desks;
    private final WorkingDays working;
    private final ResultNumbers numbers;
    private final StageNotices notices;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DecisionApproval(
            LevelDecisionStore store,
            DecisionWriting writing,
            UnitGradeStore unitGrades,
            CycleStore cycles,
            DeskReading desks,
            WorkingDays working,
            ResultNumbers numbers,
            StageNotices notices,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.writing = writing;
        this.unitGrades = unitGrades;
        this.cycles = cycles;
        this.desks = desks;
        this.working = working;
        this.numbers = numbers;
        this.notices = notices;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    Approving approve(Viewer viewer, UUID cycleId, UUID unitId, List<Verdict> verdicts) {
        Check.that(verdicts.size() <= LevelDecisions.MOST_AT_ONCE, "a page holds fewer");
        UUID tenant = viewer.tenantId();
        Desk seen = desks.desk(viewer, cycleId, unitId);
        cycles.lockCycle(cycleId, false);
        writing.lockDesk(seen);
        writing.lockForms(
                tenant, verdicts.stream().map(Verdict::formId).sorted().toList());
        Desk desk = desks.load(tenant, cycleId, unitId);
        Map<UUID, Case> cases = desk.cases().stream().collect(Collectors.toMap(Case::formId, one -> one, (a, b) -> a));
        var wrong = new LinkedHashMap<UUID, Reason>();
        var good = new ArrayList<Verdict>();
        int already = 0;
        for (Verdict verdict : verdicts) {
            Case about =
                    Optional.ofNullable(cases.get(verdict.formId())).orElseThrow(() -> new NotFound("form of a desk"));
            if (writing.said(tenant, about, verdict, viewer.accountId())) {
                already++;
                continue;
            }
            Optional<Reason> why = (verdict.approved()
                            ? desks.mayNotApprove(viewer, desk, about)
                            : desks.mayNotSendBack(viewer, desk, about))
                    .or(() -> problem(tenant, desk, about, verdict));
            if (why.isPresent()) {
                wrong.put(verdict.formId(), why.get());
            } else {
                good.add(verdict);
            }
        }
        if (!wrong.isEmpty()) {
            return new Approving.Refused(wrong);
        }
        int approved = 0;
        Instant now = now();
        LocalDate tellBy = working.calendar(tenant)
                .after(desks.today(), desk.book().deadlines().tellDays());
        for (Verdict verdict : good) {
            Case about = Objects.requireNonNull(cases.get(verdict.formId()));
            String reason = Texts.oneLine(verdict.reason());
            Check.that(
                    writing.approve(viewer, about, verdict, reason, tellBy, now),
                    "a decision that was locked and looked at is approved or sent back");
            approved += verdict.approved() ? 1 : 0;
            var facts = about.facts(verdict.version());
            facts.put("grade", Objects.requireNonNull(about.result()).grade());
            ledger.append((verdict.approved()
                            ? new Act(
                                    tenant, "assessments.decision-approved", about.formId(), viewer.accountId(), facts)
                            : new Act(
                                    tenant,
                                    "assessments.decision-sent-back",
                                    about.formId(),
                                    viewer.accountId(),
                                    facts))
                    .with(Piece.of(ResultEvidence.APPROVAL, about.period().code(), about.formId(), (short)
                            verdict.version())));
            store.petition(tenant, about, verdict.version())
                    .ifPresent(petition -> events.publishEvent(
                            new OnPetition(viewer, petition, verdict.version(), verdict.approved(), reason)));
        }
        // Last, and unit by unit in one order for everybody: whoever takes a number keeps others of the unit waiting.
        good.stream()
                .filter(Verdict::approved)
                .map(verdict -> Objects.requireNonNull(cases.get(verdict.formId())))
                .sorted(Comparator.comparing(Case::formUnit).thenComparing(Case::formId))
                .forEach(about -> numbers.take(viewer, desk.cycle(), about));
        if (good.size() > approved) {
            notices.decisionsSentBack(viewer, desk.cycle(), unitId, desk.unitName(), now);
        }
        return new Approving.Done(approved, good.size() - approved, already);
    }

    private Optional<Reason> problem(UUID tenantId, Desk desk, Case about, Verdict verdict) {
        Result result = Objects.requireNonNull(about.result());
        if (result.version() != verdict.version()) {
            return Optional.of(Reason.of("assessments.approve.newer", about.fullName()));
        }
        String reason = Texts.oneLine(verdict.reason());
        if (reason.length() > LevelDecisions.LONGEST_REASON || (reason.isEmpty() && !verdict.approved())) {
            return Optional.of(
                    Reason.of("assessments.approve.reason", about.fullName(), LevelDecisions.LONGEST_REASON));
        }
        if (verdict.approved() && about.leads() && desk.book().headNotAboveUnit()) {
            Optional<UnitGrade> unit = unitGrades.newest(tenantId, about.cycleId(), about.formUnit());
            if (unit.isEmpty() || result.rank() < unit.get().rank()) {
                return Optional.of(Reason.of("assessments.approve.above-unit", about.fullName(), about.unitName()));
            }
        }
        return Optional.empty();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
