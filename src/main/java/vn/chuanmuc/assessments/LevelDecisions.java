package vn.chuanmuc.assessments;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.Answers;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.QuotaState;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.RuleBook.Among;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.rules.RuleBook.Quota;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.rules.Scoring;
import vn.chuanmuc.rules.SetShape;
import vn.chuanmuc.rules.WorkingDays;

/**
 * LevelDecisions about forms whose stages are all in. The product suggests by the rule book; the head of the unit that rated, or the direct
 * superior of a head, decides; another person approves or sends back. Every version stays.
 */
@Component
public class LevelDecisions {
    public static final int LONGEST_REASON = 1_000;
    public static final int LONGEST_REMARK = 2_000;
    /** Forms decided or approved in one go. */
    public static final int MOST_AT_ONCE = 200;

    private static final int LONGEST_BASIS = 300;

    private final LevelDecisionStore store;
    private final CycleStore cycles;
    private final WorkingDays working;
    private final Criteria criteria;
    private final Rules rules;
    private final Units units;
    private final Access access;
    private final ResultNumbers numbers;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LevelDecisions(
            LevelDecisionStore store,
            CycleStore cycles,
            WorkingDays working,
            Criteria criteria,
            Rules rules,
            Units units,
            Access access,
            ResultNumbers numbers,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock) {
        this.numbers = numbers;
        this.store = store;
        this.cycles = cycles;
        this.working = working;
        this.criteria = criteria;
        this.rules = rules;
        this.units = units;
        this.access = access;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** What one stage handed in last. @param seconds from the opening of the page or the first save to handing in; null when it was done on paper */
    public record Given(
            String stage,
            String name,
            int order,
            Actor actor,
            List<@Nullable Integer> levels,
            @Nullable Integer seconds,
            boolean late,
            Instant at) {
        /** A meeting gives the whole a grade and says nothing of single items: its words stand beside. */
        boolean wholeOnly() {
            return (actor == Actor.PANEL || actor == Actor.COLLEAGUES)
                    && levels.stream().noneMatch(Objects::nonNull);
        }
    }

    /** Where a result stands. SENT_BACK: the newest decision was not approved. */
    public enum State {
        DECIDED,
        SENT_BACK,
        APPROVED,
        TOLD;

        public String code() {
            return FormStore.code(this);
        }
    }

    /**
     * A decision that was made, with what counts of it.
     *
     * @param version the newest decision
     * @param approverUnit whose head approves; null: whoever runs the cycle
     * @param standing the newest approved version; null before the first approval
     * @param told the version the person was told of; null before
     */
    public record Result(
            int version,
            State state,
            String grade,
            int rank,
            UUID decidedBy,
            @Nullable UUID deciderPerson,
            @Nullable UUID approverUnit,
            @Nullable Integer standing,
            @Nullable String standingName,
            @Nullable LocalDate tellBy,
            @Nullable Integer told,
            boolean contested) {}

    /**
     * Where the approval goes another way than the rules find.
     *
     * @param unitId whose head approves; {@code accountId}: who does so in that head's place; {@code due}: by when
     */
    public record Way(
            @Nullable UUID unitId,
            @Nullable UUID accountId,
            @Nullable LocalDate due) {}

    /**
     * A form as it stands for whoever decides.
     *
     * @param unitId the unit whose head decides
     * @param instead the account that may act in that head's place
     * @param step 0 when all stages before the decision are in
     * @param result null before the first decision
     * @param figures brought in, by the codes of the book
     */
    public record Case(
            UUID formId,
            Period period,
            UUID cycleId,
            UUID personId,
            String fullName,
            String positionName,
            UUID formUnit,
            String unitName,
            int segment,
            int segments,
            boolean leads,
            UUID setId,
            Audience audience,
            int items,
            Forms.State state,
            int step,
            UUID unitId,
            @Nullable UUID instead,
            List<Given> given,
            @Nullable Result result,
            Way way,
            Map<String, BigDecimal> figures) {
        /** Whether a decision can be made now. */
        public boolean ready() {
            return state == Forms.State.OPEN && step == 0;
        }

        /** Whether it still waits for a decision, or for its approval. */
        boolean unapproved() {
            return result == null || result.state() == State.DECIDED || result.state() == State.SENT_BACK;
        }

        /** What is computed from: the last stage that rated items and is not the person's own; a panel comes before a head beside it. */
        public Optional<Given> base() {
            return given.stream()
                    .filter(one -> one.actor() != Actor.SELF && !one.wholeOnly())
                    .max(Comparator.comparingInt(Given::order).thenComparing(one -> one.actor() == Actor.PANEL));
        }

        public Optional<Given> self() {
            return given.stream().filter(one -> one.actor() == Actor.SELF).findFirst();
        }
    }

    /** Since when which signs are shown. @param basis the document; empty: chưa có căn cứ */
    public record SignRule(LocalDate validFrom, int seconds, int people, String basis) {
        static final SignRule SHIPPED = new SignRule(LocalDate.of(2021, 1, 1), 20, 3, "");
    }

    /** How a quota stands among the unit's people, or among those of like tasks: who take the same set. @param set null: all */
    public record QuotaView(
            QuotaState state, Grade grade, @Nullable UUID set) {}

    /** What is shown of a case. @param facts codes of disqualifiers that the decider says strike */
    public record Shown(
            Case about,
            Computation computation,
            List<Reason> unknown,
            List<Reason> signs,
            Set<String> facts,
            @Nullable UnitGrade unitGrade) {
        public @Nullable Grade suggested() {
            return computation.suggested();
        }
    }

    /** The grade of a unit as a whole, as somebody with the paper entered it. */
    public record UnitGrade(int version, String grade, int rank, String basis) {}

    /** All forms of a cycle that one unit's head decides about. @param authority what the viewer may do there */
    public record Desk(
            Cycle cycle, UUID unitId, String unitName, RuleBook book, SignRule signs, List<Case> cases, LocalDate due) {
        public long ready() {
            return cases.stream().filter(Case::ready).count();
        }

        public long in(State state) {
            return cases.stream()
                    .filter(one -> one.result() != null && one.result().state() == state)
                    .count();
        }
    }

    /** A desk in the list of those a viewer sits at. */
    public record DeskLine(
            UUID cycleId,
            Period period,
            String cycleTitle,
            UUID unitId,
            String unitName,
            long people,
            long running,
            long ready,
            long decided,
            long approved,
            long told,
            @Nullable LocalDate due) {}

    /** What is chosen for one form. @param facts codes of disqualifiers that strike */
    public record Choice(UUID formId, String grade, String reason, String remark, Set<String> facts) {}

    public sealed interface Deciding {
        /** @param already decided before by the same hand in the same way: a second click */
        record Done(int decided, int already) implements Deciding {}

        /** Nothing was decided. @param byForm what is wrong, by form and field: {@code muc}, {@code ly-do}, {@code nhan-xet} */
        record Refused(Map<UUID, Map<String, Reason>> byForm) implements Deciding {}
    }

    /** Whoever approves says this of one decision. @param version as it was read */
    public record Verdict(UUID formId, int version, boolean approved, String reason) {}

    /** Published in the transaction in which a decision made on a petition was approved or sent back. */
    public record OnPetition(Viewer viewer, UUID petitionId, int version, boolean approved, String reason) {}

    public sealed interface Approving {
        record Done(int approved, int sentBack, int already) implements Approving {}

        record Refused(Map<UUID, Reason> byForm) implements Approving {}
    }

    /** The desks a viewer decides at, as head or in a head's place, the newest quarter first; at most 200. */
    public List<DeskLine> desks(Viewer viewer) {
        return store.desks(viewer, today());
    }

    /** The desks whose decisions the viewer may approve, those with something to approve first; at most 200. */
    public List<DeskLine> toApprove(Viewer viewer) {
        return store.toApprove(viewer, viewer.unitsWith(Permission.RUN_CYCLE), today());
    }

    /** A desk, for whoever decides, approves or reads there. */
    public Desk desk(Viewer viewer, UUID cycleId, UUID unitId) {
        Desk desk = load(viewer.tenantId(), cycleId, unitId);
        boolean concerned = holds(viewer, unitId)
                || access.covers(viewer, Permission.READ_ASSESSMENTS, unitId)
                || desk.cases().stream()
                        .anyMatch(one -> viewer.accountId().equals(one.instead()) || approves(viewer, one));
        if (!concerned) {
            throw new NotFound("desk");
        }
        return desk;
    }

    private Desk load(UUID tenantId, UUID cycleId, UUID unitId) {
        Cycle cycle = cycles.find(tenantId, cycleId).filter(Cycle::opened).orElseThrow(() -> new NotFound("cycle"));
        RuleBook book = rules.book(tenantId, cycle.ruleVersion());
        List<Case> cases = store.cases(
                tenantId,
                cycle,
                unitId,
                book.figures().stream().map(RuleBook.Figure::code).toList(),
                today());
        String name = Optional.ofNullable(units.names(tenantId, List.of(unitId)).get(unitId))
                .orElseThrow(() -> new NotFound("unit"));
        if (cases.isEmpty()) {
            throw new NotFound("desk");
        }
        LocalDate day = cycles.stages(tenantId, cycleId).stream()
                .filter(stage -> stage.actor() == Actor.APPROVAL)
                .map(Cycle.Stage::due)
                .max(Comparator.naturalOrder())
                .orElse(cycle.opensOn());
        LocalDate due = cases.stream()
                .filter(Case::unapproved)
                .map(one -> Objects.requireNonNullElse(one.way().due(), day))
                .min(Comparator.naturalOrder())
                .orElse(day);
        return new Desk(cycle, unitId, name, book, signRule(tenantId, today()), cases, due);
    }

    /** The desk at which a form is decided about. */
    public Desk deskOf(Viewer viewer, Period period, UUID formId) {
        LevelDecisionStore.Place place =
                store.place(viewer.tenantId(), period, formId, today()).orElseThrow(() -> new NotFound("form"));
        return desk(viewer, place.cycleId(), place.unitId());
    }

    /** Whether the viewer decides about the form: as head, or in the head's place; nobody about themself. */
    public boolean decides(Viewer viewer, Case about) {
        return !about.personId().equals(viewer.personId())
                && (holds(viewer, about.unitId()) || viewer.accountId().equals(about.instead()));
    }

    /** Whether the approval of the form is the viewer's: as head, or in a head's place; nobody about themself. */
    public boolean approves(Viewer viewer, Case about) {
        UUID account = about.way().accountId();
        UUID unit = about.result() == null
                ? about.way().unitId()
                : about.result().approverUnit();
        return !about.personId().equals(viewer.personId())
                && (account == null ? unit != null && holds(viewer, unit) : account.equals(viewer.accountId()));
    }

    private static boolean holds(Viewer viewer, UUID unitId) {
        return Arrays.asList(viewer.unitsWith(Permission.RATE_AS_HEAD)).contains(unitId);
    }

    /** Why the viewer may not approve the decision that waits; empty when they may. */
    public Optional<Reason> mayNotApprove(Viewer viewer, Desk desk, Case about) {
        Result result = about.result();
        if (result == null) {
            return Optional.of(Reason.of("assessments.approve.nothing"));
        }
        return hand(viewer, about, result).or(() -> {
            UUID unit = result.approverUnit();
            boolean runs = about.way().accountId() == null
                    && runs(viewer, desk)
                    && (unit == null
                            || !store.headed(
                                    viewer.tenantId(),
                                    unit,
                                    about.personId(),
                                    result.decidedBy(),
                                    result.deciderPerson(),
                                    today()));
            return approves(viewer, about) || runs
                    ? Optional.empty()
                    : Optional.of(Reason.of("assessments.approve.not-yours"));
        });
    }

    /** Why the viewer may not send the decision that waits back: who approves may, and who runs the cycle, whoever approves. */
    Optional<Reason> mayNotSendBack(Viewer viewer, Desk desk, Case about) {
        Result result = about.result();
        return result == null
                ? Optional.of(Reason.of("assessments.approve.nothing"))
                : hand(viewer, about, result)
                        .or(() -> runs(viewer, desk) ? Optional.empty() : mayNotApprove(viewer, desk, about));
    }

    private boolean runs(Viewer viewer, Desk desk) {
        return access.covers(viewer, Permission.RUN_CYCLE, desk.cycle().unitId());
    }

    /** Why a decision is not theirs to say anything about, whatever else they may. */
    private Optional<Reason> hand(Viewer viewer, Case about, Result result) {
        if (result.state() != State.DECIDED) {
            return Optional.of(Reason.of("assessments.approve.nothing"));
        }
        if (about.personId().equals(viewer.personId())) {
            return Optional.of(Reason.of("assessments.approve.own"));
        }
        if (result.decidedBy().equals(viewer.accountId())
                || (result.deciderPerson() != null && result.deciderPerson().equals(viewer.personId()))
                || (result.version() > 1 && store.decidedBefore(viewer, about))) {
            return Optional.of(Reason.of("assessments.approve.same-person"));
        }
        return Optional.empty();
    }

    /**
     * What is shown of a case.
     *
     * @param facts codes of disqualifiers that strike; codes the book does not know are left out
     */
    public Shown shown(UUID tenantId, Desk desk, Case about, Set<String> facts) {
        return shown(tenantId, desk, about, facts, new Formality(desk.book(), desk.signs(), desk.cases()));
    }

    /** The same for many, in their order. */
    public List<Shown> shown(UUID tenantId, Desk desk, List<Case> cases) {
        var formality = new Formality(desk.book(), desk.signs(), desk.cases());
        return cases.stream()
                .map(one -> shown(tenantId, desk, one, Set.of(), formality))
                .toList();
    }

    private Shown shown(UUID tenantId, Desk desk, Case about, Set<String> facts, Formality formality) {
        RuleBook book = desk.book();
        Set<String> known = asked(book).stream()
                .map(Disqualifier::code)
                .filter(facts::contains)
                .collect(Collectors.toSet());
        Computation computation = compute(tenantId, book, about, known);
        var unknown = new ArrayList<Reason>();
        if (computation.notAssessed() > 0) {
            unknown.add(Reason.of("assessments.unknown.not-assessed", computation.notAssessed(), about.items()));
        }
        book.figures().stream()
                .filter(figure -> !about.figures().containsKey(figure.code()))
                .forEach(figure -> unknown.add(Reason.of("assessments.unknown.figure", figure.words())));
        computation.caps().stream()
                .filter(cap -> cap.struck() == Computation.Struck.UNKNOWN)
                .forEach(cap -> unknown.add(
                        Reason.of("assessments.unknown.disqualifier", cap.rule().words())));
        unknown.add(Reason.of("assessments.unknown.outside"));
        UnitGrade unitGrade = about.leads() && book.headNotAboveUnit()
                ? store.unitGrade(tenantId, about.cycleId(), about.formUnit()).orElse(null)
                : null;
        return new Shown(about, computation, unknown, formality.of(about), known, unitGrade);
    }

    /** What a person, not a formula, says about a case. */
    public static List<Disqualifier> asked(RuleBook book) {
        return book.disqualifiers().stream()
                .filter(rule -> rule.formula().isBlank())
                .toList();
    }

    private Computation compute(UUID tenantId, RuleBook book, Case about, Set<String> facts) {
        List<@Nullable Integer> levels =
                about.base().map(Given::levels).orElseGet(() -> LevelDecisionFile.nothing(about.items()));
        return Scoring.compute(
                book,
                SetShape.of(about.audience(), criteria.text(tenantId, about.setId())),
                new Answers(levels, about.figures(), facts));
    }

    /** The grades of a desk with some that are only thought of. */
    public static Map<UUID, String> grades(Desk desk, Map<UUID, String> thought) {
        var grades = new LinkedHashMap<UUID, String>();
        for (Case one : desk.cases()) {
            Result result = one.result();
            if (result != null && result.state() != State.SENT_BACK) {
                grades.put(one.formId(), result.grade());
            }
        }
        thought.forEach((form, grade) -> {
            if (desk.book().rank(grade) > 0) {
                grades.put(form, grade);
            }
        });
        return grades;
    }

    /** How the quotas stand with these grades: in the whole desk, or in each group of like tasks. */
    public static List<QuotaView> quotas(Desk desk, Map<UUID, String> grades) {
        var views = new ArrayList<QuotaView>();
        for (Quota quota : desk.book().quotas()) {
            Grade grade = desk.book().grade(quota.grade()).orElseThrow();
            if (quota.among() == Among.UNIT) {
                views.add(new QuotaView(state(desk, quota, grades, null), grade, null));
            } else {
                desk.cases().stream()
                        .map(Case::setId)
                        .distinct()
                        .sorted()
                        .forEach(set -> views.add(new QuotaView(state(desk, quota, grades, set), grade, set)));
            }
        }
        return views;
    }

    private static QuotaState state(Desk desk, Quota quota, Map<UUID, String> grades, @Nullable UUID set) {
        var given = new HashMap<String, Integer>();
        int roster = 0;
        for (Case one : desk.cases()) {
            if (set == null || set.equals(one.setId())) {
                roster++;
                String grade = grades.get(one.formId());
                if (grade != null) {
                    given.merge(grade, 1, Integer::sum);
                }
            }
        }
        return QuotaState.of(desk.book(), quota, given, roster);
    }

    /** How many grades there are when all of them are the best one, and enough to say so; 0 otherwise. */
    public static int allBest(Desk desk, Map<UUID, String> grades) {
        return Formality.allBest(desk.book(), grades, desk.signs().people()) ? grades.size() : 0;
    }

    /** Whether the viewer sees all of a desk: its head, and who reads in its unit. */
    public boolean reads(Viewer viewer, Desk desk) {
        return holds(viewer, desk.unitId()) || access.covers(viewer, Permission.READ_ASSESSMENTS, desk.unitId());
    }

    /** What was said beside items, by stage and item, of a form whose stages are in; 0 is about the whole. */
    public Map<String, Map<Integer, String>> remarks(UUID tenantId, Case about) {
        return store.remarks(tenantId, about);
    }

    /** The reasons written with the newest decisions, by form. */
    public Map<UUID, String> reasons(UUID tenantId, Desk desk, List<Case> cases) {
        return store.reasons(
                tenantId, desk.cycle(), cases.stream().map(Case::formId).toList());
    }

    /** Whether the viewer enters the grade of the unit that the person heads, where it bounds the person's own. */
    public boolean mayEnterUnitGrade(Viewer viewer, Desk desk, Case about) {
        return about.leads()
                && desk.book().headNotAboveUnit()
                && (decides(viewer, about)
                        || access.covers(
                                viewer, Permission.RUN_CYCLE, desk.cycle().unitId()));
    }

    private static boolean over(List<QuotaView> quotas, Case about, String grade) {
        return quotas.stream()
                .anyMatch(view -> view.grade().code().equals(grade)
                        && (view.set() == null || view.set().equals(about.setId()))
                        && view.state().over());
    }

    /**
     * Decides about forms of one desk, all of them or none: with something wrong in one nothing is written. Of two who decide at once
     * the second is told. Counts of quotas are those with all of these decisions made.
     *
     * @throws Forbidden when the viewer does not decide about one of them
     */
    @Transactional
    public Deciding decide(Viewer viewer, UUID cycleId, UUID unitId, List<Choice> choices) {
        Check.that(choices.size() <= MOST_AT_ONCE, "a page holds fewer");
        UUID tenant = viewer.tenantId();
        desk(viewer, cycleId, unitId); // who has nothing to do there does not find it
        cycles.lockCycle(cycleId, false);
        store.lockDesk(cycleId, unitId);
        store.lockForms(tenant, choices.stream().map(Choice::formId).sorted().toList());
        Desk desk = load(tenant, cycleId, unitId);
        Map<UUID, Case> cases = desk.cases().stream().collect(Collectors.toMap(Case::formId, one -> one, (a, b) -> a));
        var formality = new Formality(desk.book(), desk.signs(), desk.cases());
        var wrong = new LinkedHashMap<UUID, Map<String, Reason>>();
        var made = new ArrayList<Choice>();
        int already = 0;
        for (Choice choice : choices) {
            Case about =
                    Optional.ofNullable(cases.get(choice.formId())).orElseThrow(() -> new NotFound("form of a desk"));
            if (!decides(viewer, about)) {
                throw new Forbidden(Permission.RATE_AS_HEAD);
            }
            Result result = about.result();
            if (result != null
                    && result.state() == State.DECIDED
                    && result.decidedBy().equals(viewer.accountId())
                    && result.grade().equals(choice.grade())) {
                already++;
                continue;
            }
            made.add(choice);
        }
        Map<UUID, String> grades =
                grades(desk, made.stream().collect(Collectors.toMap(Choice::formId, Choice::grade, (a, b) -> b)));
        List<QuotaView> quotas = quotas(desk, grades);
        var drafts = new ArrayList<Draft>();
        for (Choice choice : made) {
            Case about = Objects.requireNonNull(cases.get(choice.formId()));
            Shown shown = shown(tenant, desk, about, choice.facts(), formality);
            Map<String, Reason> problems = problems(desk, about, shown, choice, over(quotas, about, choice.grade()));
            if (problems.isEmpty()) {
                drafts.add(new Draft(about, shown, choice));
            } else {
                wrong.put(choice.formId(), problems);
            }
        }
        if (!wrong.isEmpty()) {
            return new Deciding.Refused(wrong);
        }
        int allBest = allBest(desk, grades);
        Instant now = now();
        for (Draft draft : drafts) {
            write(viewer, desk, draft, quotas, allBest, null, now);
        }
        return new Deciding.Done(drafts.size(), already);
    }

    private record Draft(Case about, Shown shown, Choice choice) {}

    private static Map<String, Reason> problems(Desk desk, Case about, Shown shown, Choice choice, boolean over) {
        var problems = new LinkedHashMap<String, Reason>();
        if (desk.cycle().state() != Cycle.State.OPEN) {
            problems.put(
                    "",
                    Reason.of("assessments.locked.cycle." + desk.cycle().state().code()));
        } else if (!about.ready()) {
            problems.put("", notReady(about));
        }
        return about.ready() ? entered(desk, about, shown, choice, over, problems) : problems;
    }

    private static Reason notReady(Case about) {
        Result result = about.result();
        return result != null && result.state() != State.SENT_BACK
                ? Reason.of("assessments.decide.taken", about.fullName())
                : Reason.of("assessments.decide.not-ready", about.fullName());
    }

    private static Map<String, Reason> entered(
            Desk desk, Case about, Shown shown, Choice choice, boolean over, Map<String, Reason> problems) {
        int rank = desk.book().rank(choice.grade());
        if (rank == 0) {
            problems.put("muc", Reason.of("assessments.decide.grade", about.fullName()));
        }
        String reason = Texts.oneLine(choice.reason());
        Grade suggested = shown.suggested();
        if (reason.length() > LONGEST_REASON) {
            problems.put("ly-do", Reason.of("assessments.decide.reason.long", about.fullName(), LONGEST_REASON));
        } else if (reason.isEmpty() && rank > 0) {
            if (suggested != null && !suggested.code().equals(choice.grade())) {
                problems.put(
                        "ly-do", Reason.of("assessments.decide.reason.differs", about.fullName(), suggested.words()));
            } else if (over) {
                problems.put("ly-do", Reason.of("assessments.decide.reason.quota", about.fullName()));
            }
        }
        if (Texts.nfc(choice.remark()).strip().length() > LONGEST_REMARK) {
            problems.put("nhan-xet", Reason.of("assessments.decide.remark.long", about.fullName(), LONGEST_REMARK));
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
        var decision = new LevelDecisionStore.Written(
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
        Check.that(store.decide(viewer, decision, today()), "a form that was locked and looked at is decided");
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", about.cycleId().toString());
        facts.put("period", about.period().code());
        facts.put("person", about.personId().toString());
        facts.put("unit", desk.unitId().toString());
        facts.put("version", version);
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

    /** What came of deciding anew on a petition. */
    public sealed interface Anew {
        /** It waits for approval as every decision; what was told before holds until then. */
        record Decided(int version) implements Anew {}

        record Refused(String field, Reason why) implements Anew {}
    }

    /**
     * For the module of petitions: a new decision version as the outcome of one. The handler is another than whoever decided or approved
     * any version but those of the same petition; nothing that was decided is changed, and what was told holds until the new version is approved and told.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Anew decideOnPetition(Viewer handler, Period period, UUID formId, UUID petitionId, Choice choice) {
        UUID tenant = handler.tenantId();
        LevelDecisionStore.Place place =
                store.place(tenant, period, formId, today()).orElseThrow(() -> new NotFound("form"));
        cycles.lockCycle(place.cycleId(), false);
        store.lockDesk(place.cycleId(), place.unitId());
        store.lockForms(tenant, List.of(formId));
        Desk desk = load(tenant, place.cycleId(), place.unitId());
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
        Map<UUID, String> grades = grades(desk, Map.of(formId, choice.grade()));
        List<QuotaView> quotas = quotas(desk, grades);
        Shown shown = shown(tenant, desk, about, choice.facts());
        var problems = entered(desk, about, shown, choice, over(quotas, about, choice.grade()), new LinkedHashMap<>());
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

    /**
     * Approves decisions of one desk, or sends them back, all of them or none. The same person never decides and approves.
     *
     * @throws NotFound for who has nothing to do with the desk
     */
    @Transactional
    public Approving approve(Viewer viewer, UUID cycleId, UUID unitId, List<Verdict> verdicts) {
        Check.that(verdicts.size() <= MOST_AT_ONCE, "a page holds fewer");
        UUID tenant = viewer.tenantId();
        desk(viewer, cycleId, unitId);
        cycles.lockCycle(cycleId, false);
        store.lockDesk(cycleId, unitId);
        store.lockForms(tenant, verdicts.stream().map(Verdict::formId).sorted().toList());
        Desk desk = load(tenant, cycleId, unitId);
        Map<UUID, Case> cases = desk.cases().stream().collect(Collectors.toMap(Case::formId, one -> one, (a, b) -> a));
        var wrong = new LinkedHashMap<UUID, Reason>();
        var good = new ArrayList<Verdict>();
        int already = 0;
        for (Verdict verdict : verdicts) {
            Case about =
                    Optional.ofNullable(cases.get(verdict.formId())).orElseThrow(() -> new NotFound("form of a desk"));
            if (store.said(tenant, about, verdict, viewer.accountId())) {
                already++;
                continue;
            }
            Optional<Reason> why = (verdict.approved()
                            ? mayNotApprove(viewer, desk, about)
                            : mayNotSendBack(viewer, desk, about))
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
        LocalDate tellBy =
                working.calendar(tenant).after(today(), desk.book().deadlines().tellDays());
        for (Verdict verdict : good) {
            Case about = Objects.requireNonNull(cases.get(verdict.formId()));
            String reason = Texts.oneLine(verdict.reason());
            Check.that(
                    store.approve(viewer, about, verdict, reason, tellBy, now),
                    "a decision that was locked and looked at is approved or sent back");
            approved += verdict.approved() ? 1 : 0;
            var facts = new LinkedHashMap<String, Object>();
            facts.put("cycle", cycleId.toString());
            facts.put("period", about.period().code());
            facts.put("person", about.personId().toString());
            facts.put("version", verdict.version());
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
        return new Approving.Done(approved, good.size() - approved, already);
    }

    private Optional<Reason> problem(UUID tenantId, Desk desk, Case about, Verdict verdict) {
        Result result = Objects.requireNonNull(about.result());
        if (result.version() != verdict.version()) {
            return Optional.of(Reason.of("assessments.approve.newer", about.fullName()));
        }
        String reason = Texts.oneLine(verdict.reason());
        if (reason.length() > LONGEST_REASON || (reason.isEmpty() && !verdict.approved())) {
            return Optional.of(Reason.of("assessments.approve.reason", about.fullName(), LONGEST_REASON));
        }
        if (verdict.approved() && about.leads() && desk.book().headNotAboveUnit()) {
            Optional<UnitGrade> unit = store.unitGrade(tenantId, about.cycleId(), about.formUnit());
            if (unit.isEmpty() || result.rank() < unit.get().rank()) {
                return Optional.of(Reason.of("assessments.approve.above-unit", about.fullName(), about.unitName()));
            }
        }
        return Optional.empty();
    }

    public sealed interface Entering {
        record Done() implements Entering {}

        record Refused(String field, Reason why) implements Entering {}
    }

    /** Enters the grade of a unit as a whole; the newest counts. By whoever decides about its head, or runs the cycle. */
    @Transactional
    public Entering enterUnitGrade(Viewer viewer, Period period, UUID formId, String grade, String basis, int version) {
        UUID tenant = viewer.tenantId();
        Desk desk = deskOf(viewer, period, formId);
        Case about = desk.cases().stream()
                .filter(one -> one.formId().equals(formId))
                .findFirst()
                .orElseThrow(() -> new NotFound("form of a desk"));
        if (!mayEnterUnitGrade(viewer, desk, about)) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
        String paper = Texts.oneLine(basis);
        int rank = desk.book().rank(grade);
        if (rank == 0) {
            return new Entering.Refused("muc-don-vi", Reason.of("assessments.unit-grade.grade"));
        }
        if (paper.isEmpty() || paper.length() > LONGEST_BASIS) {
            return new Entering.Refused("can-cu", Reason.of("assessments.unit-grade.basis", LONGEST_BASIS));
        }
        if (!store.enterUnitGrade(viewer, about, version + 1, grade, rank, paper, now())) {
            return new Entering.Refused("", Reason.of("assessments.unit-grade.behind"));
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", about.cycleId().toString());
        facts.put("version", version + 1);
        facts.put("grade", grade);
        ledger.append(new Act(tenant, "assessments.unit-graded", about.formUnit(), viewer.accountId(), facts)
                .with(Piece.of(ResultEvidence.UNIT_GRADE, about.cycleId(), about.formUnit(), (short) (version + 1))));
        return new Entering.Done();
    }

    /** What counts as a sign of formality on a day. */
    public SignRule signRule(UUID tenantId, LocalDate day) {
        return store.signRule(tenantId, day).orElse(SignRule.SHIPPED);
    }

    /** Every rule that was set, the newest first; at most 50. */
    public List<SignRule> signRules(UUID tenantId) {
        return store.signRules(tenantId);
    }

    public boolean maySetSigns(Viewer viewer) {
        return access.covers(viewer, Permission.RUN_CYCLE, units.root(viewer.tenantId()));
    }

    /** Sets from a day on what counts as a sign; for the whole body, by the board of its top unit. */
    @Transactional
    public Entering setSigns(Viewer viewer, SignRule rule) {
        UUID tenant = viewer.tenantId();
        access.require(viewer, Permission.RUN_CYCLE, units.root(tenant));
        if (rule.seconds() < 0 || rule.seconds() > 3_600) {
            return new Entering.Refused("giay", Reason.of("assessments.signs.seconds"));
        }
        if (rule.people() < 2 || rule.people() > 1_000) {
            return new Entering.Refused("nguoi", Reason.of("assessments.signs.people"));
        }
        if (rule.validFrom().isBefore(today())) {
            return new Entering.Refused("tu-ngay", Reason.of("assessments.signs.past", today()));
        }
        String basis = Texts.oneLine(rule.basis());
        if (basis.length() > LONGEST_BASIS) {
            return new Entering.Refused("can-cu", Reason.of("assessments.step.basis", LONGEST_BASIS));
        }
        UUID id = Ids.next();
        store.setSigns(viewer, id, rule, basis, now());
        var facts = new LinkedHashMap<String, Object>();
        facts.put("from", rule.validFrom().toString());
        facts.put("seconds", rule.seconds());
        facts.put("people", rule.people());
        ledger.append(new Act(tenant, "assessments.signs-set", id, viewer.accountId(), facts)
                .with(Piece.of(ResultEvidence.SIGN_RULE, id)));
        return new Entering.Done();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
