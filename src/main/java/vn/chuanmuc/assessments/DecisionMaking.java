package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Anew;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Choice;
import vn.chuanmuc.assessments.LevelDecisions.Deciding;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.QuotaView;
import vn.chuanmuc.assessments.LevelDecisions.Result;
import vn.chuanmuc.assessments.LevelDecisions.Shown;
import vn.chuanmuc.assessments.LevelDecisions.State;
import vn.chuanmuc.assessments.LevelDecisions.UnitGrade;
import vn.chuanmuc.assessments.LevelDecisions.Words;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Grade;

/** Decisions: of a whole desk by its head, and anew by whoever handles a petition. */
@Component
class DecisionMaking {
    private final LevelDecisionStore store;
    private final DecisionWriting writing;
    private final CycleStore cycles;
    private final DeskReading desks;
    private final Suggestions suggestions;
    private final Ledger ledger;
    private final Clock clock;

    DecisionMaking(
            LevelDecisionStore store,
            DecisionWriting writing,
            CycleStore cycles,
            DeskReading desks,
            Suggestions suggestions,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.writing = writing;
        this.cycles = cycles;
        this.desks = desks;
        this.suggestions = suggestions;
        this.ledger = ledger;
        this.clock = clock;
    }

    Deciding decide(Viewer viewer, UUID cycleId, UUID unitId, List<Choice> choices) {
        Check.that(choices.size() <= LevelDecisions.MOST_AT_ONCE, "a page holds fewer");
        UUID tenant = viewer.tenantId();
        Desk seen = desks.desk(viewer, cycleId, unitId); // who has nothing to do there does not find it
        cycles.lockCycle(cycleId, false);
        writing.lockDesk(seen);
        writing.lockForms(tenant, choices.stream().map(Choice::formId).sorted().toList());
        Desk desk = desks.load(tenant, cycleId, unitId);
        Map<UUID, Case> cases = desk.cases().stream().collect(Collectors.toMap(Case::formId, one -> one, (a, b) -> a));
        var formality = new Formality(desk.book(), desk.signs(), desk.cases());
        Map<UUID, Words> before = store.words(
                tenant, desk.cycle(), choices.stream().map(Choice::formId).toList());
        var wrong = new LinkedHashMap<UUID, Map<String, Reason>>();
        var made = new ArrayList<Choice>();
        int already = 0;
        for (Choice choice : choices) {
            Case about =
                    Optional.ofNullable(cases.get(choice.formId())).orElseThrow(() -> new NotFound("form of a desk"));
            if (!desks.decides(viewer, about)) {
                throw new Forbidden(Permission.RATE_AS_HEAD);
            }
            Result result = about.result();
            if (result != null
                    && result.state() == State.DECIDED
                    && result.decidedBy().equals(viewer.accountId())
                    && result.grade().equals(choice.grade())
                    && same(desk.book(), choice, before.getOrDefault(choice.formId(), Words.NONE))) {
                already++;
                continue;
            }
            made.add(choice);
        }
        Map<UUID, String> grades = Suggestions.grades(
                desk, made.stream().collect(Collectors.toMap(Choice::formId, Choice::grade, (a, b) -> b)));
        List<QuotaView> quotas = Suggestions.quotas(desk, grades);
        var drafts = new ArrayList<Draft>();
        for (Choice choice : made) {
            Case about = Objects.requireNonNull(cases.get(choice.formId()));
            Shown shown = suggestions.shown(tenant, desk, about, choice.facts(), formality);
            Map<String, Reason> problems =
                    problems(viewer, desk, about, shown, choice, Suggestions.over(quotas, about, choice.grade()));
            if (problems.isEmpty()) {
                drafts.add(new Draft(about, shown, choice));
            } else {
                wrong.put(choice.formId(), problems);
            }
        }
        if (!wrong.isEmpty()) {
            return new Deciding.Refused(wrong);
        }
        int allBest = Suggestions.allBest(desk, grades);
        Instant now = now();
        for (Draft draft : drafts) {
            write(viewer, desk, draft, quotas, allBest, null, now);
        }
        return new Deciding.Done(drafts.size(), already);
    }

    /** A second click says the same words; other words are not passed over in silence. */
    private static boolean same(RuleBook book, Choice choice, Words before) {
        var facts = new HashMap<>(choice.facts());
        facts.keySet()
                .retainAll(
                        Suggestions.asked(book).stream().map(Disqualifier::code).toList());
        return before.equals(new Words(
                Texts.oneLine(choice.reason()), Texts.nfc(choice.remark()).strip(), facts));
    }

    private record Draft(Case about, Shown shown, Choice choice) {}

    private static Map<String, Reason> problems(
            Viewer viewer, Desk desk, Case about, Shown shown, Choice choice, boolean over) {
        var problems = new LinkedHashMap<String, Reason>();
        if (desk.cycle().state() != Cycle.State.OPEN) {
            problems.put(
                    "",
                    Reason.of("assessments.locked.cycle." + desk.cycle().state().code()));
        } else if (!about.ready()) {
            problems.put("", notReady(viewer, about));
        }
        return about.ready() ? entered(desk, about, shown, choice, over, problems) : problems;
    }

    private static Reason notReady(Viewer viewer, Case about) {
        Result result = about.result();
        if (result == null || result.state() == State.SENT_BACK) {
            return Reason.of("assessments.decide.not-ready", about.fullName());
        }
        return Reason.of(
                result.state() == State.DECIDED && result.decidedBy().equals(viewer.accountId())
                        ? "assessments.decide.waits"
                        : "assessments.decide.taken",
                about.fullName());
    }

    private static Map<String, Reason> entered(
            Desk desk, Case about, Shown shown, Choice choice, boolean over, Map<String, Reason> problems) {
        int rank = desk.book().rank(choice.grade());
        if (rank == 0) {
            problems.put("muc", Reason.of("assessments.decide.grade", about.fullName()));
        }
        String reason = Texts.oneLine(choice.reason());
        Grade suggested = shown.suggested();
        if (reason.length() > LevelDecisions.LONGEST_REASON) {
            problems.put(
                    "ly-do",
                    Reason.of("assessments.decide.reason.long", about.fullName(), LevelDecisions.LONGEST_REASON));
        } else if (reason.isEmpty() && rank > 0) {
            if (suggested != null && !suggested.code().equals(choice.grade())) {
                problems.put(
                        "ly-do", Reason.of("assessments.decide.reason.differs", about.fullName(), suggested.words()));
            } else if (over) {
                problems.put("ly-do", Reason.of("assessments.decide.reason.quota", about.fullName()));
            }
        }
        if (Texts.nfc(choice.remark()).strip().length() > LevelDecisions.LONGEST_REMARK) {
            problems.put(
                    "nhan-xet",
                    Reason.of("assessments.decide.remark.long", about.fullName(), LevelDecisions.LONGEST_REMARK));
        }
        if (about.leads() && desk.book().headNotAboveUnit() && rank > 0) {
            UnitGrade unit = shown.unitGrade();
            if (unit == null) {
                problems.put("", Reason.of("assessments.decide.unit-grade.none", about.unitName()));
            } else if (rank < unit.rank()) {
                problems.put(
                        "muc",
                        Reason.of(
                                "assessments.decide.unit-grade.above",
                                about.fullName(),
                                desk.book()
                                        .grade(unit.grade())
                                        .map(Grade::words)
                                        .orElse(unit.grade())));
            }
        }
        return problems;
    }

    private void write(
            Viewer viewer,
            Desk desk,
            Draft draft,
            List<QuotaView> quotas,
            int allBest,
            @Nullable UUID petition,
            Instant now) {
        UUID tenant = viewer.tenantId();
        Case about = draft.about();
        Grade grade = desk.book().grade(draft.choice().grade()).orElseThrow();
        int version = about.result() == null ? 1 : about.result().version() + 1;
        String json = LevelDecisionFile.write(
                desk, about, draft.shown(), quotas, allBest, draft.choice(), grade, version, petition);
        var decision = new DecisionWriting.Written(
                about,
                version,
                desk.unitId(),
                grade,
                desk.book().rank(grade.code()),
                draft.shown().suggested(),
                Texts.oneLine(draft.choice().reason()),
                Texts.nfc(draft.choice().remark()).strip(),
                json,
                petition,
                desk.book().headNotAboveUnit() && about.leads(),
                now);
        Check.that(writing.decide(viewer, decision, desks.today()), "a form that was locked and looked at is decided");
        var facts = about.facts(version);
        facts.put("unit", desk.unitId().toString());
        facts.put("grade", grade.code());
        Grade suggested = draft.shown().suggested();
        facts.put("suggested", suggested == null ? "" : suggested.code());
        if (petition != null) {
            facts.put("petition", petition.toString());
        }
        ledger.append((petition == null
                        ? new Act(
                                tenant,
                                "assessments.decided",
                                about.formId(),
                                viewer.accountId(),
                                facts,
                                decision.hash())
                        : new Act(
                                tenant,
                                "assessments.decided-on-petition",
                                about.formId(),
                                viewer.accountId(),
                                facts,
                                decision.hash()))
                .with(Piece.of(ResultEvidence.DECISION, about.period().code(), about.formId(), (short) version)));
    }

    Anew decideOnPetition(Viewer handler, Period period, UUID formId, UUID petitionId, Choice choice) {
        UUID tenant = handler.tenantId();
        LevelDecisionStore.Place place =
                store.place(tenant, period, formId, desks.today()).orElseThrow(() -> new NotFound("form"));
        cycles.lockCycle(place.cycleId(), false);
        writing.lockDesk(desks.load(tenant, place.cycleId(), place.unitId()));
        writing.lockForms(tenant, List.of(formId));
        Desk desk = desks.load(tenant, place.cycleId(), place.unitId());
        Case about = desk.cases().stream()
                .filter(one -> one.formId().equals(formId))
                .findFirst()
                .orElseThrow(() -> new NotFound("form of a desk"));
        Result result = about.result();
        if (result == null || result.told() == null || result.state() == State.DECIDED) {
            return new Anew.Refused("", Reason.of("assessments.petition.not-told", about.fullName()));
        }
        if (store.tookPart(tenant, period, formId, petitionId, handler.accountId(), handler.personId())
                || about.personId().equals(handler.personId())) {
            return new Anew.Refused("", Reason.of("assessments.petition.same-handler"));
        }
        Map<UUID, String> grades = Suggestions.grades(desk, Map.of(formId, choice.grade()));
        List<QuotaView> quotas = Suggestions.quotas(desk, grades);
        Shown shown = suggestions.shown(tenant, desk, about, choice.facts());
        var problems = entered(
                desk, about, shown, choice, Suggestions.over(quotas, about, choice.grade()), new LinkedHashMap<>());
        if (Texts.oneLine(choice.reason()).isEmpty()) {
            problems.putIfAbsent("ly-do", Reason.of("assessments.petition.reason"));
        }
        if (!problems.isEmpty()) {
            Map.Entry<String, Reason> first = problems.entrySet().iterator().next();
            return new Anew.Refused(first.getKey(), first.getValue());
        }
        write(handler, desk, new Draft(about, shown, choice), quotas, 0, petitionId, now());
        return new Anew.Decided(result.version() + 1);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
