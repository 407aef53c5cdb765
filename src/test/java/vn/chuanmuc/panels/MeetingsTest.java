package vn.chuanmuc.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.assessments.PanelStages;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.panels.Meetings.Done;
import vn.chuanmuc.panels.PanelRule.Base;
import vn.chuanmuc.panels.PanelRule.Share;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** Issue 5, panel meeting: from the plan to the signed minutes and the completed forms; two at once on every move. */
@ProductTest
class MeetingsTest {
    private static final String CHAIR = PanelGround.CHAIR;
    private static final String SECRETARY = PanelGround.SECRETARY;
    private static final String COUNTER = PanelGround.COUNTER;
    private static final String OTHER = PanelGround.OTHER;
    private static final String MEMBER = PanelGround.MEMBER;
    private static final String GUEST = PanelGround.GUEST;

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
    LevelDecisions decisions;

    @Autowired
    PanelStages stages;

    @Autowired
    Meetings meetings;

    @Autowired
    Rounds rounds;

    @Autowired
    Ballots ballots;

    @Autowired
    MinutesBook minutes;

    @Autowired
    MinutesPaper paper;

    @Autowired
    PanelSettings settings;

    @Autowired
    Recheck recheck;

    @Autowired
    JdbcClient jdbc;

    private PanelGround ground(String... more) {
        return ground(PanelCycle.book(), more);
    }

    private PanelGround ground(RuleBook book, String... more) {
        var cycle = new PanelCycle(
                bodies.create(), campaigns, commitments, rules, cycles, forms, jdbc, book, PanelGround.names(more));
        cycle.rated(GUEST, 1, 2);
        cycle.rated(MEMBER, 1, 1);
        return new PanelGround(cycle, meetings, rounds, ballots, minutes);
    }

    private static Reason refused(Done done) {
        if (done instanceof Done.Refused(var field, var why)) {
            return why;
        }
        throw new AssertionError(done.toString());
    }

    @Test
    void aMeetingGoesFromItsPlanToSignedMinutesAndCompletesTheStage() {
        PanelGround ground = ground().convened(List.of(GUEST, MEMBER)).opened(List.of());
        assertThat(ground.protocol().ahead())
                .containsExactly(List.of(ground.cycle.form(GUEST)), List.of(ground.cycle.form(MEMBER)));
        PanelGround.now(meetings.note(ground.secretary(), ground.id, ground.cycle.form(GUEST), "Tiếp dân chu đáo"));
        ground.hands(GUEST, 5, 0);
        UUID secret = ground.round(Way.SECRET, MEMBER);
        List<BallotCode> codes = ground.slips(secret);
        assertThat(codes).as("the member does not vote on themself").hasSize(4);
        for (BallotCode code : codes) {
            assertThat(ballots.cast(code, ground.vote("tot", MEMBER))).isInstanceOf(Ballots.Cast.Done.class);
        }
        PanelGround.now(rounds.countSecret(ground.secretary(), ground.id, secret));
        assertThat(refused(minutes.make(ground.secretary(), ground.id, "")).key())
                .isEqualTo("panels.minutes.unconcluded");
        assertThat(refused(meetings.conclude(ground.secretary(), ground.id, ground.cycle.form(GUEST), "xuat_sac", ""))
                        .key())
                .as("no majority is ruled, so nothing is suggested")
                .isEqualTo("panels.conclude.unsuggested");
        ground.concluded(GUEST, "xuat_sac", "Tập thể nhất trí");
        ground.concluded(MEMBER, "tot", "Tập thể nhất trí");
        PanelGround.now(minutes.make(ground.secretary(), ground.id, ""));
        assertThat(minutes.sign(ground.secretary(), ground.id, ground.read(1), "sai"))
                .isInstanceOf(MinutesBook.Signing.Refused.class);
        assertThat(minutes.sign(ground.secretary(), ground.id, ground.read(1), PanelGround.PASSWORD))
                .isEqualTo(new MinutesBook.Signing.Signed(false));
        assertThat(forms.handedIn(ground.cycle.head, PanelCycle.QUARTER, ground.cycle.form(GUEST)))
                .as("nothing goes into forms before both have confirmed")
                .noneMatch(said -> said.stage().equals(PanelCycle.PANEL));
        assertThat(minutes.sign(ground.chair(), ground.id, ground.read(1), PanelGround.PASSWORD))
                .isEqualTo(new MinutesBook.Signing.Signed(true));
        assertThat(minutes.sign(ground.chair(), ground.id, ground.read(1), PanelGround.PASSWORD))
                .isEqualTo(new MinutesBook.Signing.Already());

        Protocol closed = ground.protocol();
        assertThat(closed.meeting().state()).isEqualTo(State.CLOSED);
        assertThat(closed.undelivered()).isEmpty();
        Forms.Sheet sheet = forms.sheet(ground.cycle.head, PanelCycle.QUARTER, ground.cycle.form(GUEST));
        assertThat(sheet.stage(PanelCycle.PANEL).orElseThrow().turn()).isEqualTo(Forms.Turn.HANDED_IN);
        assertThat(sheet.stage(PanelCycle.HEAD).orElseThrow().turn()).isEqualTo(Forms.Turn.OPEN);
        assertThat(sheet.remarks(PanelCycle.PANEL).get(0))
                .contains("kết luận: Xuất sắc")
                .contains("Xuất sắc 5");
        assertThat(forms.sheet(ground.cycle.official(GUEST), PanelCycle.QUARTER, ground.cycle.form(GUEST))
                        .stage(PanelCycle.PANEL)
                        .orElseThrow()
                        .visible())
                .as("the person sees what stands behind their own stage when they are told")
                .isFalse();
        assertThat(faults(ground)).isEmpty();
    }

    /** The level of items is not the meeting's: what is computed and looked at for formality is what rated items. */
    @Test
    void theHeadDecidesByTheItemsThatWereRatedAndReadsTheMeetingsWordsBeside() {
        PanelGround ground = ground().convened(List.of(GUEST)).opened(List.of());
        closed(ground, GUEST);
        ground.cycle.in(ground.cycle.head, GUEST, PanelCycle.HEAD, 1, 1);
        LevelDecisions.Desk desk = decisions.desk(ground.cycle.head, ground.cycle.cycle, ground.cycle.body.wardOne);
        LevelDecisions.Case about = desk.cases().stream()
                .filter(one -> one.formId().equals(ground.cycle.form(GUEST)))
                .findFirst()
                .orElseThrow();
        assertThat(about.ready()).isTrue();
        assertThat(about.base().orElseThrow().stage()).isEqualTo(PanelCycle.HEAD);
        LevelDecisions.Shown shown = decisions.shown(ground.cycle.body.tenant, desk, about, Map.of());
        assertThat(shown.signs().toString()).doesNotContain("Tập thể họp");
        assertThat(Objects.requireNonNull(decisions
                                .remarks(ground.cycle.body.tenant, about)
                                .get(PanelCycle.PANEL))
                        .get(0))
                .contains("Xuất sắc");
    }

    /** Issue 5, Data and Decision: whoever decides reads what the meeting concluded and the items that were rated, on each route. */
    @Test
    void theDeciderSeesWhatTheMeetingConcludedBesideItemsAndWithoutAHeadsStageToo() {
        for (RuleBook book : List.of(PanelCycle.book(), PanelCycle.panelOnly())) {
            boolean rated = book.stages().size() > 3;
            PanelGround ground = ground(book).convened(List.of(GUEST)).opened(List.of());
            closed(ground, GUEST);
            if (rated) {
                ground.cycle.in(ground.cycle.head, GUEST, PanelCycle.HEAD, 1, 2);
            }
            var head = ground.cycle.body.browser(ground.cycle.head);
            var desk = head.get("/danh-gia/quyet-dinh/" + ground.cycle.cycle + "/" + ground.cycle.body.wardOne)
                    .page();
            assertThat(desk.select("#d-" + ground.cycle.form(GUEST) + " .dec-given")
                            .eachText())
                    .as("the grade, not “– 2”")
                    .contains("Tập thể họp: Xuất sắc");
            var page = head.get(
                            "/danh-gia/quyet-dinh/phieu/" + PanelCycle.QUARTER.code() + "/" + ground.cycle.form(GUEST))
                    .page();
            assertThat(page.select(".cm-facts").text())
                    .contains("Tập thể họp Xuất sắc")
                    .contains("Nhất trí");
            assertThat(page.select(".ass-said thead").text())
                    .contains("Tự đánh giá")
                    .doesNotContain("Tập thể họp");
            assertThat(page.select(".ass-said tbody tr")).hasSize(2);
            assertThat(page.select(".ass-said .cm-tag"))
                    .as("self and head said the same; the meeting says nothing of items")
                    .isEmpty();
            assertThat(page.select("a[href^='/danh-gia/phieu/']")).isNotEmpty();
        }
    }

    private void closed(PanelGround ground, String... names) {
        for (String name : names) {
            ground.hands(name, name.equals(MEMBER) ? 4 : 5, 0);
            ground.concluded(name, "xuat_sac", "Nhất trí");
        }
        PanelGround.now(minutes.make(ground.secretary(), ground.id, ""));
        minutes.sign(ground.secretary(), ground.id, ground.read(1), PanelGround.PASSWORD);
        assertThat(minutes.sign(ground.chair(), ground.id, ground.read(1), PanelGround.PASSWORD))
                .isEqualTo(new MinutesBook.Signing.Signed(true));
    }

    /** design.md, Authority: refusals say which rule and what to do. */
    @Test
    void aPlanIsRefusedWhereItCannotBeHeldAndSaysWhatToDo() {
        PanelGround ground = ground();
        Meetings.Plan whole = ground.plan(List.of(GUEST));
        UUID unit = ground.cycle.body.wardOne;
        Viewer head = ground.cycle.head;
        var two = new ArrayList<>(whole.seats());
        two.add(new Meetings.Chosen(ground.person(GUEST), Meeting.Role.CHAIR, true));
        assertThat(meetings.plan(
                        head,
                        ground.cycle.cycle,
                        PanelCycle.PANEL,
                        unit,
                        new Meetings.Plan("", whole.heldOn(), whole.heldAt(), "P1", whole.forms(), whole.seats())))
                .isEqualTo(new Meetings.Saved.Refused("ten", Reason.of("panels.plan.title", 300)));
        assertThat(meetings.plan(
                        head,
                        ground.cycle.cycle,
                        PanelCycle.PANEL,
                        unit,
                        new Meetings.Plan("Họp", whole.heldOn(), whole.heldAt(), "P1", whole.forms(), two)))
                .isEqualTo(new Meetings.Saved.Refused("thanh-phan", Reason.of("panels.plan.one.chair")));
        ground.planned(List.of(GUEST));
        assertThat(meetings.plan(head, ground.cycle.cycle, PanelCycle.PANEL, unit, whole))
                .as("a form is before one meeting at a time")
                .isEqualTo(new Meetings.Saved.Refused("phieu", Reason.of("panels.plan.taken")));
        assertThat(meetings.count(head, null)).as("nothing half planned stays").isEqualTo(1);
        var alone = new Meetings.Plan(
                "Họp",
                whole.heldOn(),
                whole.heldAt(),
                "P1",
                List.of(),
                List.of(whole.seats().getFirst()));
        assertThat(meetings.change(head, ground.id, 1, alone)).isInstanceOf(Meetings.Saved.Done.class);
        assertThat(meetings.change(head, ground.id, 1, alone))
                .isEqualTo(new Meetings.Saved.Refused("", Reason.of("panels.plan.behind")));
        assertThat(meetings.missing(ground.protocol()).stream().map(Reason::key))
                .containsExactly(
                        "panels.convene.agenda",
                        "panels.convene.secretary",
                        "panels.convene.counters",
                        "panels.convene.members");
        assertThat(refused(meetings.convene(head, ground.id)).key()).isEqualTo("panels.convene.agenda");
        assertThatThrownBy(() -> meetings.convene(ground.secretary(), ground.id))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> meetings.plan(ground.secretary(), ground.cycle.cycle, PanelCycle.PANEL, unit, whole))
                .isInstanceOf(Forbidden.class);
        Viewer elsewhere = ground.cycle.body.viewer(Role.CLERK, ground.cycle.body.wardTwo);
        assertThatThrownBy(() -> meetings.protocol(elsewhere, ground.id)).isInstanceOf(NotFound.class);
    }

    /** Issue 5: quorum, late, leaving early; recusal. */
    @Test
    void theQuorumIsAskedAtTheOpeningAndAtEachVote() {
        PanelGround ground = ground();
        Viewer board = ground.cycle.board;
        LocalDate today = LocalDate.now(java.time.ZoneId.of("Asia/Ho_Chi_Minh"));
        assertThat(settings.set(
                        board,
                        new PanelRule(
                                null,
                                today,
                                new Share(2, 3, false),
                                new Share(1, 2, true),
                                Base.RETURNED,
                                true,
                                PanelRule.Hands.COUNTED,
                                5,
                                "Quy chế")))
                .isInstanceOf(PanelSettings.Setting.Done.class);
        ground.planned(List.of(GUEST, MEMBER));
        Meetings.Plan plan = ground.plan(List.of(GUEST, MEMBER));
        meetings.change(
                ground.cycle.head,
                ground.id,
                1,
                new Meetings.Plan(plan.title(), today, LocalTime.of(8, 0), plan.place(), plan.forms(), plan.seats()));
        PanelGround.now(meetings.convene(ground.cycle.head, ground.id));
        Viewer secretary = ground.secretary();
        assertThat(refused(meetings.open(secretary, ground.id)).key()).isEqualTo("panels.open.chair");
        PanelGround.now(meetings.attend(
                secretary,
                ground.id,
                List.of(
                        new Meetings.Tick(ground.person(CHAIR), true, LocalTime.of(8, 0), ""),
                        new Meetings.Tick(ground.person(SECRETARY), true, LocalTime.of(8, 0), ""),
                        new Meetings.Tick(ground.person(MEMBER), false, LocalTime.of(8, 0), "Ốm"))));
        assertThat(refused(meetings.open(secretary, ground.id))).isEqualTo(Reason.of("panels.quorum.missing", 2, 5, 4));
        PanelGround.now(meetings.attend(
                secretary,
                ground.id,
                List.of(
                        new Meetings.Tick(ground.person(COUNTER), true, LocalTime.of(8, 0), ""),
                        new Meetings.Tick(ground.person(OTHER), true, LocalTime.of(8, 20), "Muộn"))));
        PanelGround.now(meetings.open(secretary, ground.id));
        ground.hands(GUEST, 4, 1);
        assertThat(ground.protocol()
                        .counted(ground.cycle.form(GUEST))
                        .orElseThrow()
                        .suggestion()
                        .place())
                .isEqualTo(1);
        PanelGround.now(meetings.attend(
                secretary,
                ground.id,
                List.of(new Meetings.Tick(ground.person(OTHER), false, LocalTime.of(9, 0), "Có việc đột xuất"))));
        assertThat(rounds.open(secretary, ground.id, List.of(ground.cycle.form(MEMBER)), Way.HANDS))
                .isEqualTo(new Rounds.Opening.Refused(Reason.of("panels.quorum.missing", 3, 5, 4)));
        assertThat(ground.protocol().presences(ground.person(OTHER))).hasSize(2);
    }

    /** Issue 5: open ballot, sums checked against who is present; corrections before closing keep both. */
    @Test
    void handsMustAddUpAndACorrectionKeepsBoth() {
        PanelGround ground = ground().convened(List.of(GUEST, MEMBER)).opened(List.of(OTHER));
        Viewer secretary = ground.secretary();
        UUID round = ground.round(Way.HANDS, GUEST);
        assertThat(refused(
                        rounds.countHands(secretary, ground.id, round, ground.entries(GUEST, 4, 3, 0, 3, 0, 0, 0), "")))
                .isEqualTo(Reason.of("panels.count.hands", GUEST, 3, 4));
        assertThat(refused(rounds.countHands(secretary, ground.id, round, Map.of(), ""))
                        .key())
                .isEqualTo("panels.count.missing");
        PanelGround.now(rounds.countHands(secretary, ground.id, round, ground.entries(GUEST, 4, 4, 1, 3, 0, 0, 0), ""));
        ground.concluded(GUEST, "xuat_sac", "Theo đa số");
        assertThat(refused(rounds.countHands(
                                secretary, ground.id, round, ground.entries(GUEST, 4, 4, 0, 3, 1, 0, 0), ""))
                        .key())
                .isEqualTo("panels.count.correct");
        PanelGround.now(rounds.countHands(
                secretary, ground.id, round, ground.entries(GUEST, 4, 4, 0, 3, 1, 0, 0), "Đếm sót một người"));
        Protocol protocol = ground.protocol();
        assertThat(protocol.counts()).hasSize(2);
        assertThat(protocol.counted(ground.cycle.form(GUEST))
                        .orElseThrow()
                        .count()
                        .votes())
                .containsExactly(3, 1, 0, 0);
        assertThat(protocol.conclusion(ground.cycle.form(GUEST)))
                .as("what rests on an older count is concluded once more")
                .isEmpty();
        assertThat(protocol.entitled(List.of(ground.cycle.form(MEMBER)))).isEqualTo(3);
    }

    /** Issue 5: paper ballots with two witnesses who both confirm; issued, returned, valid and invalid must add up. */
    @Test
    void papersCountWhenBothCountersSaySoUnderTheirOwnAccounts() {
        PanelGround ground = ground().convened(List.of(GUEST)).opened(List.of());
        Viewer secretary = ground.secretary();
        UUID round = ground.round(Way.PAPER, GUEST);
        assertThat(refused(rounds.enterPapers(
                        secretary, ground.id, round, ground.entries(GUEST, 6, 5, 0, 5, 0, 0, 0), "")))
                .isEqualTo(Reason.of("panels.count.issued", GUEST, 6, 5));
        assertThat(refused(rounds.enterPapers(
                        secretary, ground.id, round, ground.entries(GUEST, 4, 5, 0, 5, 0, 0, 0), "")))
                .isEqualTo(Reason.of("panels.count.returned", GUEST, 5, 4));
        assertThat(refused(rounds.enterPapers(
                        secretary, ground.id, round, ground.entries(GUEST, 5, 4, 1, 4, 0, 0, 0), "")))
                .isEqualTo(Reason.of("panels.count.sum", GUEST, 4, 1, 4));
        PanelGround.now(
                rounds.enterPapers(secretary, ground.id, round, ground.entries(GUEST, 5, 5, 1, 4, 0, 0, 0), ""));
        Viewer one = ground.cycle.official(COUNTER);
        Viewer two = ground.cycle.official(OTHER);
        assertThat(refused(rounds.witness(secretary, ground.id, round, 1, true, "")))
                .isEqualTo(Reason.of("panels.witness.other"));
        PanelGround.now(rounds.witness(one, ground.id, round, 1, true, ""));
        assertThat(ground.protocol().open()).as("one word is not enough").isPresent();
        assertThat(refused(rounds.witness(two, ground.id, round, 1, false, "")).key())
                .isEqualTo("panels.witness.note");
        PanelGround.now(rounds.witness(two, ground.id, round, 1, false, "Có hai phiếu trắng"));
        PanelGround.now(rounds.enterPapers(
                secretary,
                ground.id,
                round,
                ground.entries(GUEST, 5, 5, 2, 3, 0, 0, 0),
                "Một phiếu trắng bị đếm nhầm"));
        assertThat(refused(rounds.witness(two, ground.id, round, 1, true, "")).key())
                .isEqualTo("panels.witness.behind");
        PanelGround.now(rounds.witness(two, ground.id, round, 2, true, ""));
        PanelGround.now(rounds.witness(one, ground.id, round, 2, true, ""));
        assertThat(ground.protocol()
                        .counted(ground.cycle.form(GUEST))
                        .orElseThrow()
                        .count()
                        .votes())
                .containsExactly(3, 0, 0, 0);
        assertThat(ground.protocol().counts()).hasSize(2);
        assertThat(faults(ground)).isEmpty();
    }

    /** ADR 0016: what a meeting sees is what the stage rules let its stage see; nobody sits in a meeting about themself. */
    @Test
    void whoSitsThereSeesWhatCameBeforeAndNothingElse() {
        PanelGround ground = ground();
        Viewer member = ground.cycle.official(MEMBER);
        UUID guest = ground.cycle.form(GUEST);
        assertThatThrownBy(() -> stages.presented(member, PanelCycle.QUARTER, guest))
                .isInstanceOf(NotFound.class);
        ground.convened(List.of(GUEST, MEMBER));
        Forms.Sheet sheet = stages.presented(member, PanelCycle.QUARTER, guest);
        assertThat(sheet.stage(PanelCycle.SELF).orElseThrow().levels()).containsExactly(1, 2);
        assertThat(sheet.remarks(PanelCycle.SELF)).containsEntry(0, "LỜI-" + PanelCycle.SELF);
        assertThat(sheet.stage(PanelCycle.HEAD).orElseThrow().visible()).isFalse();
        assertThatThrownBy(() -> stages.presented(member, PanelCycle.QUARTER, ground.cycle.form(MEMBER)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() ->
                        stages.presented(ground.cycle.official(GUEST), PanelCycle.QUARTER, ground.cycle.form(MEMBER)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> forms.sheet(member, PanelCycle.QUARTER, guest))
                .as("a seat opens the presentation, not the form's own pages")
                .isInstanceOf(NotFound.class);
        PanelGround.now(meetings.cancel(ground.cycle.head, ground.id, "Hoãn"));
        assertThatThrownBy(() -> stages.presented(member, PanelCycle.QUARTER, guest))
                .isInstanceOf(NotFound.class);
    }

    /** Issue 5: every command is safe under two at once, and a second click adds nothing. */
    @Test
    void ofTwoAtOnceOneMovesAndTheOtherFindsItDone() throws Exception {
        PanelGround ground = ground().planned(List.of(GUEST));
        UUID id = ground.id;
        Viewer head = ground.cycle.head;
        Viewer secretary = ground.secretary();
        Viewer chair = ground.chair();
        once(() -> meetings.convene(head, id), () -> meetings.convene(ground.cycle.board, id));
        List<Meetings.Tick> ticks = ground.protocol().seats().stream()
                .map(seat -> new Meetings.Tick(seat.personId(), true, LocalTime.of(14, 0), ""))
                .toList();
        once(() -> meetings.attend(secretary, id, ticks), () -> meetings.attend(chair, id, ticks));
        assertThat(ground.protocol().presences()).hasSize(5);
        once(() -> meetings.open(secretary, id), () -> meetings.open(chair, id));
        UUID guest = ground.cycle.form(GUEST);
        once(() -> meetings.note(secretary, id, guest, "Tốt"), () -> meetings.note(chair, id, guest, "Tốt"));
        var opened = both(
                () -> rounds.open(secretary, id, List.of(guest), Way.SECRET),
                () -> rounds.open(chair, id, List.of(guest), Way.SECRET));
        assertThat(opened.get(0)).isEqualTo(opened.get(1)).isInstanceOf(Rounds.Opening.Opened.class);
        UUID annulled = ((Rounds.Opening.Opened) opened.getFirst()).roundId();
        once(() -> rounds.annul(secretary, id, annulled, "In nhầm"), () -> rounds.annul(chair, id, annulled, "Nhầm"));
        UUID secret = ground.round(Way.SECRET, GUEST);
        once(() -> rounds.countSecret(secretary, id, secret), () -> rounds.countSecret(chair, id, secret));
        UUID hands = ground.round(Way.HANDS, GUEST);
        var entries = ground.entries(GUEST, 5, 5, 0, 5, 0, 0, 0);
        once(
                () -> rounds.countHands(secretary, id, hands, entries, ""),
                () -> rounds.countHands(chair, id, hands, entries, ""));
        UUID papers = ground.round(Way.PAPER, GUEST);
        once(
                () -> rounds.enterPapers(secretary, id, papers, entries, ""),
                () -> rounds.enterPapers(chair, id, papers, entries, ""));
        both(
                () -> rounds.witness(ground.cycle.official(COUNTER), id, papers, 1, true, ""),
                () -> rounds.witness(ground.cycle.official(OTHER), id, papers, 1, true, ""));
        assertThat(ground.protocol().open()).isEmpty();
        once(
                () -> meetings.conclude(secretary, id, guest, "tot", "Vì vậy"),
                () -> meetings.conclude(chair, id, guest, "tot", "Vì vậy"));
        once(() -> minutes.make(secretary, id, ""), () -> minutes.make(chair, id, ""));
        once(() -> minutes.takeBack(secretary, id, "Sai"), () -> minutes.takeBack(chair, id, "Sai"));
        once(() -> minutes.make(secretary, id, "Đã sửa"), () -> minutes.make(chair, id, "Đã sửa"));
        var signed = both(
                () -> minutes.sign(secretary, id, ground.read(2), PanelGround.PASSWORD),
                () -> minutes.sign(chair, id, ground.read(2), PanelGround.PASSWORD));
        assertThat(signed)
                .containsExactlyInAnyOrder(new MinutesBook.Signing.Signed(false), new MinutesBook.Signing.Signed(true));
        Protocol closed = ground.protocol();
        assertThat(closed.meeting().state()).isEqualTo(State.CLOSED);
        assertThat(closed.minutes()).hasSize(2);
        assertThat(closed.deliveries()).hasSize(1).allMatch(Meeting.Delivery::done);
        assertThat(refused(meetings.cancel(head, id, "Muộn")).key()).isEqualTo("panels.locked.closed");
        assertThat(faults(ground)).isEmpty();
    }

    /** What a form could not take is told, and taken later. */
    @Test
    void aConclusionThatAFormCannotTakeIsToldAndBroughtInLater() {
        PanelGround ground = ground().convened(List.of(GUEST)).opened(List.of());
        ground.hands(GUEST, 5, 0);
        ground.concluded(GUEST, "xuat_sac", "Nhất trí");
        forms.sendBack(
                ground.cycle.board, PanelCycle.QUARTER, ground.cycle.form(GUEST), PanelCycle.SELF, "Ghi nhầm", "");
        PanelGround.now(minutes.make(ground.secretary(), ground.id, ""));
        minutes.sign(ground.secretary(), ground.id, ground.read(1), PanelGround.PASSWORD);
        minutes.sign(ground.chair(), ground.id, ground.read(1), PanelGround.PASSWORD);
        Protocol closed = ground.protocol();
        assertThat(closed.meeting().state()).isEqualTo(State.CLOSED);
        assertThat(closed.undelivered()).hasSize(1);
        assertThat(closed.delivery(ground.cycle.form(GUEST)).orElseThrow().why())
                .isEqualTo("assessments.locked.waiting");
        var again = forms.handIn(
                ground.cycle.official(GUEST),
                PanelCycle.QUARTER,
                ground.cycle.form(GUEST),
                PanelCycle.SELF,
                1,
                null,
                true,
                null);
        assertThat(again).isInstanceOf(Forms.HandingIn.Done.class);
        PanelGround.now(minutes.deliver(ground.secretary(), ground.id));
        assertThat(ground.protocol().undelivered()).isEmpty();
        assertThat(minutes.deliver(ground.secretary(), ground.id)).isInstanceOf(Done.Already.class);
        assertThat(faults(ground)).isEmpty();
    }

    /** The meeting is told what is not theirs to see. */
    @Test
    void whoIsAssessedNeitherNotesNorConcludesAboutThemself() {
        PanelGround ground = ground();
        ground.cycle.rated(SECRETARY, 1, 1);
        ground.convened(List.of(SECRETARY)).opened(List.of());
        UUID form = ground.cycle.form(SECRETARY);
        assertThat(refused(meetings.note(ground.secretary(), ground.id, form, "Giỏi")))
                .isEqualTo(Reason.of("panels.own"));
        UUID round = ground.round(Way.HANDS, SECRETARY);
        var entries = ground.entries(SECRETARY, 4, 4, 0, 4, 0, 0, 0);
        assertThat(refused(rounds.countHands(ground.secretary(), ground.id, round, entries, "")))
                .isEqualTo(Reason.of("panels.own"));
        PanelGround.now(rounds.countHands(ground.chair(), ground.id, round, entries, ""));
        assertThat(refused(meetings.conclude(ground.secretary(), ground.id, form, "xuat_sac", "Tôi giỏi")))
                .isEqualTo(Reason.of("panels.own"));
    }

    /** Of what meetings and assessments keep; the ground itself is written past the product. */
    private List<Fault> faults(PanelGround ground) {
        UUID tenant = ground.cycle.body.tenant;
        recheck.settle(tenant);
        return recheck.run(tenant, (done, total) -> {}).faults().stream()
                .filter(fault ->
                        fault.kind().startsWith("panels.") || fault.kind().startsWith("assessments."))
                .toList();
    }

    private static void once(Callable<Done> one, Callable<Done> other) throws Exception {
        assertThat(both(one, other)).containsExactlyInAnyOrder(new Done.Now(), new Done.Already());
    }

    private static <T> List<T> both(Callable<T> one, Callable<T> other) throws Exception {
        var barrier = new CyclicBarrier(2);
        try (var pool = Executors.newFixedThreadPool(2)) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : List.of(one, other)) {
                futures.add(pool.submit(() -> {
                    barrier.await();
                    return task.call();
                }));
            }
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
