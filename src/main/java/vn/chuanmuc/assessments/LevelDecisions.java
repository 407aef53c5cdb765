package vn.chuanmuc.assessments;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.QuotaState;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Grade;

/**
 * Decisions about forms whose stages are all in. The product suggests by the rule book; the head of the unit that rated, or the direct
 * superior of a head, decides; another person approves or sends back. Every version stays.
 */
@Component
public class LevelDecisions {
    public static final int LONGEST_REASON = 1_000;
    public static final int LONGEST_REMARK = 2_000;
    /** Forms decided or approved in one go. */
    public static final int MOST_AT_ONCE = 200;

    static final int LONGEST_BASIS = 300;

    private final LevelDecisionStore store;
    private final DeskReading desks;
    private final Suggestions suggestions;
    private final DecisionMaking making;
    private final DecisionApproval approval;
    private final UnitGrades unitGrades;
    private final SignRules signs;

    LevelDecisions(
            LevelDecisionStore store,
            DeskReading desks,
            Suggestions suggestions,
            DecisionMaking making,
            DecisionApproval approval,
            UnitGrades unitGrades,
            SignRules signs) {
        this.store = store;
        this.desks = desks;
        this.suggestions = suggestions;
        this.making = making;
        this.approval = approval;
        this.unitGrades = unitGrades;
        this.signs = signs;
    }

    /**
     * What one stage handed in last.
     *
     * @param seconds from the opening of the page or the first save to handing in; null when it was done on paper
     * @param grade of the whole, as a meeting concluded; null for a stage of single items
     */
    public record Given(
            String stage,
            String name,
            int order,
            Actor actor,
            List<@Nullable Integer> levels,
            @Nullable Integer seconds,
            boolean late,
            Instant at,
            @Nullable String grade) {
        /** A meeting gives the whole a grade and says nothing of single items: its words stand beside. */
        public boolean wholeOnly() {
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
            return Columns.code(this);
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
     * @param unheaded nobody is above: the form lies at the cycle's unit, and only who acts in the place of a superior decides
     * @param step 0 when all stages before the decision are in
     * @param result null before the first decision
     * @param figures brought in, by the codes of the book
     * @param taken every figure that stands in a stage that is in
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
            boolean unheaded,
            List<Given> given,
            @Nullable Result result,
            Way way,
            Map<String, BigDecimal> figures,
            List<TakenFigure> taken) {
        /** Whether a decision can be made now. */
        public boolean ready() {
            return state == Forms.State.OPEN && step == 0;
        }

        Case marked(Map<UUID, FigureSource.Change> changes) {
            return new Case(
                    formId,
                    period,
                    cycleId,
                    personId,
                    fullName,
                    positionName,
                    formUnit,
                    unitName,
                    segment,
                    segments,
                    leads,
                    setId,
                    audience,
                    items,
                    state,
                    step,
                    unitId,
                    instead,
                    unheaded,
                    given,
                    result,
                    way,
                    figures,
                    taken.stream()
                            .map(figure -> figure.with(figure.id() == null ? null : changes.get(figure.id())))
                            .toList());
        }

        /** Stages that rated items; what a meeting says of the whole stands beside them. */
        public List<Given> rated() {
            return given.stream().filter(one -> !one.wholeOnly()).toList();
        }

        /** What meetings concluded about the whole, in the order of the stages. */
        public List<Given> concluded() {
            return given.stream().filter(Given::wholeOnly).toList();
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

        /** What an act about a version of the decision says. */
        LinkedHashMap<String, Object> facts(int version) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("cycle", cycleId.toString());
            facts.put("period", period.code());
            facts.put("person", personId.toString());
            facts.put("version", version);
            return facts;
        }
    }

    /** Since when which signs are shown. @param basis the document; empty: chưa có căn cứ */
    public record SignRule(LocalDate validFrom, int seconds, int people, String basis) {
        static final SignRule SHIPPED = new SignRule(LocalDate.of(2021, 1, 1), 20, 3, "");
    }

    /**
     * How a quota stands among the people of a desk or of the whole agency, or among those of like tasks: who take the same set.
     *
     * @param set null: all
     * @param agency the name of the unit over all desks of which it is counted; null: within the desk
     */
    public record QuotaView(
            QuotaState state,
            Grade grade,
            @Nullable UUID set,
            @Nullable String agency) {}

    /** How people of the agency stand about whom other desks decide. @param unitName whose cycle it is */
    public record Elsewhere(String unitName, List<Group> groups) {
        static final Elsewhere NONE = new Elsewhere("", List.of());

        /** @param grade null: those without one */
        public record Group(UUID set, @Nullable String grade, int people) {}
    }

    /**
     * A figure as it was taken into a form.
     *
     * @param stage its name; {@code position} of the item it stands beside, 0 for the whole
     * @param change what became of it at its source since; null: it stands there
     */
    public record TakenFigure(
            @Nullable UUID id,
            String stage,
            int position,
            String code,
            String title,
            String value,
            LocalDate on,
            String source,
            FigureSource.@Nullable Change change) {
        TakenFigure with(FigureSource.@Nullable Change newer) {
            return new TakenFigure(id, stage, position, code, title, value, on, source, newer);
        }

        /** What is said of a figure that stands no more. */
        public Optional<Reason> changed() {
            if (change == null) {
                return Optional.empty();
            }
            return Optional.of(
                    change.now() == null
                            ? Reason.of("assessments.figure.withdrawn", title, value, stage)
                            : Reason.of("assessments.figure.replaced", title, value, stage, change.now()));
        }
    }

    /** What is shown of a case. @param facts what was said of disqualifiers, by their codes: whether it strikes */
    public record Shown(
            Case about,
            Computation computation,
            List<Reason> unknown,
            List<Reason> signs,
            Map<String, Boolean> facts,
            @Nullable UnitGrade unitGrade) {
        public @Nullable Grade suggested() {
            return computation.suggested();
        }

        /** Figures of the form that were replaced or taken back at their source since they were taken. */
        public List<Reason> changed() {
            return about.taken().stream()
                    .flatMap(figure -> figure.changed().stream())
                    .toList();
        }
    }

    /** The grade of a unit as a whole, as somebody with the paper entered it. */
    public record UnitGrade(int version, String grade, int rank, String basis) {}

    /** All forms of a cycle that one unit's head decides about. @param elsewhere filled in where a quota is of the whole agency */
    public record Desk(
            Cycle cycle,
            UUID unitId,
            String unitName,
            RuleBook book,
            SignRule signs,
            List<Case> cases,
            Elsewhere elsewhere,
            LocalDate due) {
        public long ready() {
            return cases.stream().filter(Case::ready).count();
        }

        public long in(State state) {
            return cases.stream()
                    .filter(one -> one.result() != null && one.result().state() == state)
                    .count();
        }

        /** Forms that wait for a decision and hold a figure that stands no more. */
        public long changed() {
            return cases.stream()
                    .filter(one ->
                            one.ready() && (one.result() == null || one.result().state() == State.SENT_BACK))
                    .filter(one -> one.taken().stream().anyMatch(figure -> figure.change() != null))
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

    /** What was written with a decision. @param facts of disqualifiers that were looked at: whether it strikes */
    public record Words(String reason, String remark, Map<String, Boolean> facts) {
        public static final Words NONE = new Words("", "", Map.of());

        /** The same with it said that nothing strikes of which nothing was said before. */
        public Map<String, Boolean> nothingElse(RuleBook book) {
            var said = new LinkedHashMap<>(facts);
            asked(book).forEach(rule -> said.putIfAbsent(rule.code(), false));
            return said;
        }
    }

    /** What is chosen for one form. @param facts of disqualifiers that were looked at: whether it strikes */
    public record Choice(UUID formId, String grade, String reason, String remark, Map<String, Boolean> facts) {}

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

    /** What came of deciding anew on a petition. */
    public sealed interface Anew {
        /** It waits for approval as every decision; what was told before holds until then. */
        record Decided(int version) implements Anew {}

        record Refused(String field, Reason why) implements Anew {}
    }

    public sealed interface Entering {
        record Done() implements Entering {}

        record Refused(String field, Reason why) implements Entering {}
    }

    /** The desks a viewer decides at, as head or in a head's place, the newest quarter first; at most 200. */
    public List<DeskLine> desks(Viewer viewer) {
        return store.desks(viewer, desks.today());
    }

    /** The desks whose decisions the viewer may approve, those with something to approve first; at most 200. */
    public List<DeskLine> toApprove(Viewer viewer) {
        return store.toApprove(viewer, viewer.unitsWith(Permission.RUN_CYCLE), desks.today());
    }

    /** A desk, for whoever decides, approves or reads there. */
    public Desk desk(Viewer viewer, UUID cycleId, UUID unitId) {
        return desks.desk(viewer, cycleId, unitId);
    }

    /** The desk at which a form is decided about. */
    public Desk deskOf(Viewer viewer, Period period, UUID formId) {
        return desks.deskOf(viewer, period, formId);
    }

    /** Whether the viewer decides about the form: as head, or in the head's place; nobody about themself. */
    public boolean decides(Viewer viewer, Case about) {
        return desks.decides(viewer, about);
    }

    /** Whether the viewer sees all of a desk: its head, and who reads in its unit. */
    public boolean reads(Viewer viewer, Desk desk) {
        return desks.reads(viewer, desk);
    }

    /** Why the viewer may not approve the decision that waits; empty when they may. */
    public Optional<Reason> mayNotApprove(Viewer viewer, Desk desk, Case about) {
        return desks.mayNotApprove(viewer, desk, about);
    }

    /** Whether the approval of the form is the viewer's: as head, or in a head's place; nobody about themself. */
    public boolean approves(Viewer viewer, Case about) {
        return DeskReading.approves(viewer, about);
    }

    /**
     * What is shown of a case.
     *
     * @param facts of disqualifiers that were looked at, whether it strikes; codes the book does not ask about are left out
     */
    public Shown shown(UUID tenantId, Desk desk, Case about, Map<String, Boolean> facts) {
        return suggestions.shown(tenantId, desk, about, facts);
    }

    /** The same for many, in their order. @param words of their newest decisions */
    public List<Shown> shown(UUID tenantId, Desk desk, List<Case> cases, Map<UUID, Words> words) {
        return suggestions.shown(tenantId, desk, cases, words);
    }

    /** What a person, not a formula, says about a case. */
    public static List<Disqualifier> asked(RuleBook book) {
        return Suggestions.asked(book);
    }

    /** The grades of a desk with some that are only thought of. */
    public static Map<UUID, String> grades(Desk desk, Map<UUID, String> thought) {
        return Suggestions.grades(desk, thought);
    }

    /** How the quotas stand with these grades: in the desk or the agency as the book says, as a whole or in each group of like tasks. */
    public static List<QuotaView> quotas(Desk desk, Map<UUID, String> grades) {
        return Suggestions.quotas(desk, grades);
    }

    /** How many grades there are when all of them are the best one, and enough to say so; 0 otherwise. */
    public static int allBest(Desk desk, Map<UUID, String> grades) {
        return Suggestions.allBest(desk, grades);
    }

    /** What was said beside items, by stage and item, of a form whose stages are in; 0 is about the whole. */
    public Map<String, Map<Integer, String>> remarks(UUID tenantId, Case about) {
        return store.remarks(tenantId, about);
    }

    /** What was written with the newest decisions, by form; nothing of forms without one. */
    public Map<UUID, Words> words(UUID tenantId, Desk desk, List<Case> cases) {
        return store.words(
                tenantId, desk.cycle(), cases.stream().map(Case::formId).toList());
    }

    /**
     * Decides about forms of one desk, all of them or none: with something wrong in one nothing is written. Of two who decide at once
     * the second is told. Counts of quotas are those with all of these decisions made.
     *
     * @throws Forbidden when the viewer does not decide about one of them
     */
    @Transactional
    public Deciding decide(Viewer viewer, UUID cycleId, UUID unitId, List<Choice> choices) {
        return making.decide(viewer, cycleId, unitId, choices);
    }

    /**
     * For the module of petitions: a new decision version as the outcome of one. The handler is another than whoever decided or approved
     * any version but those of the same petition; nothing that was decided is changed, and what was told holds until the new version is approved and told.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Anew decideOnPetition(Viewer handler, Period period, UUID formId, UUID petitionId, Choice choice) {
        return making.decideOnPetition(handler, period, formId, petitionId, choice);
    }

    /**
     * Approves decisions of one desk, or sends them back, all of them or none. The same person never decides and approves.
     *
     * @throws NotFound for who has nothing to do with the desk
     */
    @Transactional
    public Approving approve(Viewer viewer, UUID cycleId, UUID unitId, List<Verdict> verdicts) {
        return approval.approve(viewer, cycleId, unitId, verdicts);
    }

    /** Whether the viewer enters the grade of the unit that the person heads, where it bounds the person's own. */
    public boolean mayEnterUnitGrade(Viewer viewer, Desk desk, Case about) {
        return unitGrades.mayEnterUnitGrade(viewer, desk, about);
    }

    /** Enters the grade of a unit as a whole; the newest counts. By whoever decides about its head, or runs the cycle. */
    @Transactional
    public Entering enterUnitGrade(Viewer viewer, Period period, UUID formId, String grade, String basis, int version) {
        return unitGrades.enterUnitGrade(viewer, period, formId, grade, basis, version);
    }

    /** What counts as a sign of formality on a day. */
    public SignRule signRule(UUID tenantId, LocalDate day) {
        return signs.on(tenantId, day);
    }

    /** Every rule that was set, the newest first; at most 50. */
    public List<SignRule> signRules(UUID tenantId) {
        return signs.all(tenantId);
    }

    public boolean maySetSigns(Viewer viewer) {
        return signs.maySet(viewer);
    }

    /** Sets from a day on what counts as a sign; for the whole body, by the board of its top unit. */
    @Transactional
    public Entering setSigns(Viewer viewer, SignRule rule) {
        return signs.set(viewer, rule);
    }
}
