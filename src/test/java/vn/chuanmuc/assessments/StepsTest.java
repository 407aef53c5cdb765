package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.chuanmuc.assessments.AssessmentGround.QUARTER;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles.Done;
import vn.chuanmuc.assessments.Forms.State;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.assessments.LevelDecisions.Approving;
import vn.chuanmuc.assessments.LevelDecisions.Deciding;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Recomputation;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.RuleBook.Stage;
import vn.chuanmuc.rules.RuleBook.Whose;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/**
 * The six steps out of the ordinary for each kind of stage: domain.md, 4.7 (“exceptions are commands with a reason and an authority:
 * extend, reroute, send back, cancel, delegate, reopen”), as ADR 0016 (“Stages”, “A step out of the ordinary”) refines it.
 */
@ProductTest
class StepsTest {
    private static final String HOA = "Trần Thị Hoà";
    private static final String AN = "Đỗ Văn An";
    private static final String LEADER = "Lê Thị Đứng Đầu";
    private static final String BASIS = "Công văn 12/UBND-NV";

    /**
     * What becomes of a step while it is the stage's turn; {@code send-back}: of a stage that is in. {@code own}: nobody rates themself
     * through another (ADR 0016: {@code self} is the person). {@code meeting}: who sits in a meeting is the meeting's (ADR 0019).
     */
    private static final Map<Actor, Map<String, String>> TABLE = table("""
                       | extend | reroute | delegate | send-back | cancel | reopen
            SELF       | done   | own     | own      | done      | done   | done
            COLLEAGUES | done   | meeting | meeting  | done      | done   | done
            PANEL      | done   | meeting | meeting  | done      | done   | done
            HEAD       | done   | done    | done     | done      | done   | done
            SUPERIOR   | done   | done    | done     | done      | done   | done
            APPROVAL   | done   | done    | done     | done      | done   | done
            """);

    private static final Map<String, String> ACTS = Map.of(
            "extend", "assessments.stage-extended",
            "reroute", "assessments.stage-rerouted",
            "delegate", "assessments.stage-delegated",
            "take-back", "assessments.stage-taken-back",
            "send-back", "assessments.sent-back",
            "cancel", "assessments.form-cancelled",
            "reopen", "assessments.form-reopened");

    private static String wanted(Actor kind, String command) {
        return Objects.requireNonNull(Objects.requireNonNull(TABLE.get(kind)).get(command));
    }

    private static Map<Actor, Map<String, String>> table(String text) {
        List<String> lines = text.lines().toList();
        List<String> commands = cells(lines.getFirst());
        var table = new EnumMap<Actor, Map<String, String>>(Actor.class);
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            var row = new java.util.HashMap<String, String>();
            for (int i = 1; i < cells.size(); i++) {
                row.put(commands.get(i), cells.get(i));
            }
            table.put(Actor.valueOf(cells.getFirst()), row);
        }
        return table;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toList();
    }

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    PanelStages meetings;

    @Autowired
    LevelDecisions decisions;

    @Autowired
    Results results;

    @Autowired
    Ledger ledger;

    @Autowired
    List<Recomputation> recomputations;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    /** Every kind of stage one behind the other. */
    private static RuleBook book() {
        RuleBook book = DecisionGround.points(null, false);
        return new RuleBook(
                book.name(),
                book.purpose(),
                book.basis(),
                book.scale(),
                book.weights(),
                book.whole(),
                book.figures(),
                book.grades(),
                book.disqualifiers(),
                book.quotas(),
                List.of(
                        new Stage("tu", "Tự đánh giá", Actor.SELF, Whose.ALL, 1, false, 5),
                        new Stage("gop-y", "Tập thể góp ý", Actor.COLLEAGUES, Whose.ALL, 2, false, 5),
                        new Stage("hop", "Hội nghị đánh giá", Actor.PANEL, Whose.ALL, 3, false, 5),
                        new Stage("thu-truong", "Thủ trưởng", Actor.HEAD, Whose.OTHERS, 4, false, 5),
                        new Stage("cap-tren", "Cấp trên", Actor.SUPERIOR, Whose.HEADS, 4, false, 5),
                        new Stage("duyet", "Phê duyệt", Actor.APPROVAL, Whose.ALL, 5, false, 5)),
                book.deadlines(),
                book.clocks(),
                book.presence(),
                book.headNotAboveUnit());
    }

    /** A form in the stage of a kind. */
    private final class Case {
        final DecisionGround ground = new DecisionGround(
                bodies.create(),
                campaigns,
                commitments,
                rules,
                cycles,
                forms,
                decisions,
                results,
                jdbc,
                book(),
                HOA,
                AN);
        final Viewer board = ground.ground.board;
        final Viewer other = ground.body.viewer(Role.HEAD, ground.body.wardTwo);
        final Viewer an = ground.official(AN);
        final Actor kind;
        final String name;
        final String stage;

        Case(Actor kind) {
            this.kind = kind;
            name = kind == Actor.SUPERIOR ? LEADER : HOA;
            stage = book().stages().stream()
                    .filter(one -> one.actor() == kind)
                    .map(Stage::code)
                    .findFirst()
                    .orElseThrow();
            for (Stage before : book().route(kind == Actor.SUPERIOR)) {
                if (before.actor() == kind) {
                    break;
                }
                in(before.actor());
            }
            if (kind == Actor.APPROVAL) {
                decided();
            }
        }

        UUID form() {
            return ground.form(name);
        }

        Forms.Sheet sheet() {
            return forms.sheet(board, QUARTER, form());
        }

        /** Who the stage is done by as the rules find them. */
        void in(Actor actor) {
            switch (actor) {
                case SELF -> in(ground.official(name), "tu");
                case COLLEAGUES -> met("gop-y");
                case PANEL -> met("hop");
                case HEAD -> in(ground.ground.head, "thu-truong");
                case SUPERIOR -> in(ground.ground.top, "cap-tren");
                case APPROVAL -> assertThat(approve(ground.ground.top)).isInstanceOf(Approving.Done.class);
            }
        }

        void in(Viewer viewer, String code) {
            int version = forms.sheet(viewer, QUARTER, form())
                    .stage(code)
                    .orElseThrow()
                    .version();
            assertThat(forms.handIn(
                            viewer,
                            QUARTER,
                            form(),
                            code,
                            version,
                            AssessmentGround.draft(
                                    kind == Actor.SUPERIOR ? new Integer[] {1, 1, 1} : new Integer[] {1, 1}),
                            false,
                            null))
                    .isInstanceOf(Forms.HandingIn.Done.class);
        }

        private void met(String code) {
            var outcome = new PanelStages.Outcome(
                    UUID.randomUUID(),
                    form(),
                    QUARTER,
                    code,
                    "tot",
                    "hands",
                    List.of(0, 3),
                    0,
                    0,
                    "Tốt: 3/3 phiếu",
                    Sha256.of(code));
            assertThat(transaction.<PanelStages.Completion>execute(status -> meetings.complete(board, outcome)))
                    .isInstanceOf(PanelStages.Completion.Done.class);
        }

        void decided() {
            assertThat(ground.decide(ground.ground.head, ground.choice(name, "tot", "thử")))
                    .isEqualTo(new Deciding.Done(1, 0));
        }

        int version() {
            return Objects.requireNonNull(ground.about(name).result()).version();
        }

        Approving approve(Viewer viewer) {
            return ground.approve(viewer, name, version());
        }

        Turn turn() {
            return kind == Actor.APPROVAL
                    ? forms.approval(board, sheet().form()).orElseThrow().turn()
                    : sheet().stage(stage).orElseThrow().turn();
        }

        Done step(Viewer viewer, String command, String reason) {
            return switch (command) {
                case "extend" ->
                    forms.extend(
                            viewer, QUARTER, form(), stage, LocalDate.now(clock).plusDays(40), reason, BASIS);
                case "reroute" -> forms.reroute(viewer, QUARTER, form(), stage, ground.body.wardTwo, reason, BASIS);
                case "delegate" ->
                    forms.delegate(
                            viewer,
                            QUARTER,
                            form(),
                            stage,
                            kind == Actor.SUPERIOR ? username(HOA) : username(AN),
                            reason,
                            BASIS);
                case "take-back" -> forms.takeBack(viewer, QUARTER, form(), stage, reason, BASIS);
                case "send-back" -> forms.sendBack(viewer, QUARTER, form(), stage, reason, BASIS);
                case "cancel" -> forms.cancel(viewer, QUARTER, form(), reason, BASIS);
                case "reopen" -> forms.reopen(viewer, QUARTER, form(), reason, BASIS);
                default -> throw new IllegalArgumentException(command);
            };
        }

        private String username(String official) {
            return jdbc.sql("select username from access.account where tenant_id = ? and id = ?")
                    .params(ground.body.tenant, ground.official(official).accountId())
                    .query((row, n) -> row.getString(1))
                    .single();
        }

        /** The step with its reason, as the table says; what was done is on record with it, what was refused left no trace. */
        void check(String command) {
            String wanted = command.equals("take-back") ? "done" : wanted(kind, command);
            int before = made();
            String reason = "Lý do " + command + " " + kind;
            Done bare = step(board, command, " ");
            assertThat(bare).as(kind + " " + command + " without a reason").isInstanceOf(Done.Refused.class);
            Done done = step(board, command, reason);
            if (wanted.equals("done")) {
                assertThat(((Done.Refused) bare).field()).isEqualTo("ly-do");
                assertThat(done).as(kind + " " + command).isInstanceOf(Done.Now.class);
                var newest =
                        forms.exceptions(ground.body.tenant, sheet().form()).getFirst();
                assertThat(newest.kind().code()).isEqualTo(command);
                assertThat(newest.reason()).isEqualTo(reason);
                assertThat(newest.basis()).isEqualTo(BASIS);
                assertThat(newest.madeBy()).isEqualTo(board.accountId());
                assertThat(ledger.newest(ground.body.tenant, form(), 1)
                                .getFirst()
                                .act())
                        .isEqualTo(ACTS.get(command));
            } else {
                assertThat(done)
                        .as(kind + " " + command)
                        .isEqualTo(new Done.Refused("", Reason.of("assessments.step." + wanted)));
                assertThat(made()).isEqualTo(before);
            }
        }

        int made() {
            return forms.exceptions(ground.body.tenant, sheet().form()).size();
        }

        void sound() {
            var faults = new java.util.ArrayList<Fault>();
            recomputations.forEach(one -> one.check(ground.body.tenant, faults::add));
            assertThat(faults).noneMatch(fault -> fault.kind().startsWith("assessments."));
        }
    }

    @ParameterizedTest
    @EnumSource(Actor.class)
    void eachStepIsTakenOrRefusedAsTheTableSaysForEachKindOfStage(Actor kind) {
        var about = new Case(kind);
        assertThat(about.turn()).isEqualTo(Turn.OPEN);
        for (String command : List.of("extend", "reroute", "delegate")) {
            about.check(command);
        }
        if (wanted(kind, "delegate").equals("done")) {
            about.check("take-back");
        }
        if (kind != Actor.APPROVAL) {
            if (kind == Actor.HEAD || kind == Actor.SUPERIOR) {
                about.in(about.other, about.stage); // whom it was rerouted to
            } else {
                about.in(kind);
            }
            assertThat(about.turn()).isEqualTo(Turn.HANDED_IN);
        }
        about.check("send-back");
        if (kind == Actor.APPROVAL) {
            about.decided(); // the decision went back, and is made anew
            assertThat(about.version()).isEqualTo(2);
        }
        assertThat(about.turn()).isEqualTo(Turn.OPEN);
        about.check("cancel");
        assertThat(about.sheet().form().state()).isEqualTo(State.CANCELLED);
        about.sound();
        about.check("reopen");
        assertThat(about.sheet().form().state()).isEqualTo(State.OPEN);
        if (kind == Actor.APPROVAL) {
            assertThat(about.turn())
                    .as("the decision was sent back with the form")
                    .isEqualTo(Turn.WAITING);
            about.decided();
            assertThat(about.version()).isEqualTo(3);
        }
        assertThat(about.turn()).as("it goes on where it stood").isEqualTo(Turn.OPEN);
        about.sound();
    }

    /** ADR 0016: sending back and delegating are also the head's; all else is of who runs the cycle. Who is assessed does none of it. */
    @ParameterizedTest
    @EnumSource(
            value = Actor.class,
            names = {"HEAD", "SUPERIOR", "APPROVAL"})
    void whoseStageItIsMayDelegateItAndNobodyElseTakesAnyStep(Actor kind) {
        var about = new Case(kind);
        Viewer head = kind == Actor.HEAD ? about.ground.ground.head : about.ground.ground.top;
        Viewer person = about.ground.official(about.name);
        for (String command : List.of("extend", "reroute", "delegate", "take-back", "cancel", "reopen")) {
            assertThatThrownBy(() -> about.step(person, command, "vì thế"))
                    .as("the person: " + command)
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> about.step(about.other, command, "vì thế"))
                    .as("the head of another unit: " + command)
                    .isInstanceOf(NotFound.class);
        }
        for (String command : List.of("extend", "reroute", "cancel", "reopen")) {
            assertThatThrownBy(() -> about.step(head, command, "vì thế"))
                    .as("the head: " + command)
                    .isInstanceOf(Forbidden.class);
        }
        assertThat(about.step(head, "delegate", "đi công tác")).isEqualTo(new Done.Now(1));
        assertThat(about.step(head, "delegate", "đi công tác")).isEqualTo(new Done.Already());
        assertThat(about.step(head, "take-back", "đã về")).isEqualTo(new Done.Now(1));
        assertThat(about.step(head, "take-back", "đã về")).isEqualTo(new Done.Already());
        assertThat(about.made()).isEqualTo(2);
    }

    @Test
    void anApprovalThatWasReroutedAndDelegatedIsTheirsAndNobodyElses() {
        var about = new Case(Actor.APPROVAL);
        Viewer top = about.ground.ground.top;
        UUID deciding = about.ground.body.wardOne;
        assertThat(about.ground.ground.head)
                .satisfies(head -> assertThat(
                                forms.reroute(about.board, QUARTER, about.form(), about.stage, deciding, "chuyển", ""))
                        .as("to the unit whose only head decided")
                        .isEqualTo(new Done.Refused("don-vi", Reason.of("assessments.approval.unit"))));
        assertThat(about.step(about.board, "reroute", "người phê duyệt có họ hàng"))
                .isEqualTo(new Done.Now(1));
        assertThat(((Approving.Refused) about.approve(top)).byForm())
                .containsValue(Reason.of("assessments.approve.not-yours"));
        assertThat(decisions.toApprove(top)).isEmpty();
        assertThat(decisions.toApprove(about.other)).singleElement().satisfies(desk -> {
            assertThat(desk.unitId()).isEqualTo(deciding);
            assertThat(desk.decided()).isOne();
        });
        assertThat(results.sheet(about.other, QUARTER, about.form()).shown().version())
                .as("whose approval it is sees what was decided")
                .isOne();

        String head = jdbc.sql("select username from access.account where tenant_id = ? and id = ?")
                .params(about.ground.body.tenant, about.ground.ground.head.accountId())
                .query((row, n) -> row.getString(1))
                .single();
        assertThat(forms.delegate(about.other, QUARTER, about.form(), about.stage, head, "giao", ""))
                .as("to who decided")
                .isEqualTo(new Done.Refused(
                        "tai-khoan", Reason.of("assessments.approval.delegate.decided", name(about, head))));
        assertThat(forms.delegate(about.other, QUARTER, about.form(), about.stage, about.username(HOA), "giao", ""))
                .isEqualTo(new Done.Refused("tai-khoan", Reason.of("assessments.approval.delegate.self")));
        assertThatThrownBy(() -> decisions.desk(about.an, about.ground.cycle, deciding))
                .as("before it is given to them")
                .isInstanceOf(NotFound.class);
        assertThat(about.step(about.other, "delegate", "đi công tác")).isEqualTo(new Done.Now(1));
        assertThatThrownBy(() -> about.approve(about.other))
                .as("the head whose place was given away")
                .isInstanceOf(NotFound.class);
        assertThat(decisions.toApprove(about.other)).isEmpty();
        assertThat(about.step(about.other, "take-back", "đã về")).isEqualTo(new Done.Now(1));
        assertThat(about.step(about.other, "delegate", "lại đi")).isEqualTo(new Done.Now(1));
        assertThat(decisions.toApprove(about.an))
                .singleElement()
                .satisfies(desk -> assertThat(desk.decided()).isOne());
        assertThat(about.ground.sendBack(about.an, about.name, 1, "chưa rõ căn cứ"))
                .isEqualTo(new Approving.Done(0, 1, 0));
        about.decided();
        assertThat(about.approve(about.an))
                .as("the way holds for the next version")
                .isEqualTo(new Approving.Done(1, 0, 0));
        for (String command : List.of("extend", "reroute", "delegate", "take-back", "send-back")) {
            assertThat(about.step(about.board, command, "muộn"))
                    .as(command)
                    .isEqualTo(new Done.Refused("", Reason.of("assessments.approval.stands")));
        }
        for (String command : List.of("cancel", "reopen")) {
            assertThat(about.step(about.board, command, "muộn"))
                    .as(command)
                    .isEqualTo(new Done.Refused("", Reason.of("assessments.cancel.decided")));
        }
        about.sound();
    }

    private String name(Case about, String username) {
        return jdbc.sql("select display_name from access.account where tenant_id = ? and username = ?")
                .params(about.ground.body.tenant, username)
                .query((row, n) -> row.getString(1))
                .single();
    }

    /** Four eyes hold for stepping back too: who decided does not take the decision back by calling the form off. */
    @Test
    void whoDecidedNeitherSendsTheirDecisionBackNorCallsTheFormOff() {
        var about = new Case(Actor.APPROVAL);
        Viewer decider = about.ground.ground.head;
        assertThat(about.step(decider, "send-back", "nhầm"))
                .isEqualTo(new Done.Refused("", Reason.of("assessments.approve.same-person")));
        assertThat(about.turn()).isEqualTo(Turn.OPEN);
        assertThat(about.made()).isZero();
    }

    @Test
    void aWholeUnitIsGivenMoreDaysForItsApprovals() {
        var about = new Case(Actor.APPROVAL);
        LocalDate day = LocalDate.now(clock).plusDays(30);
        assertThat(cycles.extend(
                        about.board, about.ground.cycle, about.ground.body.wardOne, "duyet", day, "nghỉ lễ", BASIS))
                .as("two officials and the head")
                .isEqualTo(new Done.Now(3));
        assertThat(cycles.extend(
                        about.board, about.ground.cycle, about.ground.body.wardOne, "duyet", day, "nghỉ lễ", BASIS))
                .isEqualTo(new Done.Refused("ngay", Reason.of("assessments.extend.nobody", day)));
        assertThat(forms.approval(about.board, about.sheet().form())
                        .orElseThrow()
                        .due())
                .isEqualTo(day);
        assertThat(decisions.toApprove(about.ground.ground.top))
                .extracting(LevelDecisions.DeskLine::due)
                .containsExactly(day);
        assertThat(about.ground.desk().due()).isEqualTo(day);
    }
}
