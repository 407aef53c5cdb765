package vn.chuanmuc.petitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.PetitionGround;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recomputation;
import vn.chuanmuc.petitions.Drafting.Draft;
import vn.chuanmuc.petitions.Handling.Wanted;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.petitions.PetitionLists.ClockState;
import vn.chuanmuc.petitions.PetitionLists.Part;
import vn.chuanmuc.petitions.PetitionLists.Query;
import vn.chuanmuc.petitions.PetitionRule.Decides;
import vn.chuanmuc.petitions.PetitionRule.ShowsOpinions;
import vn.chuanmuc.petitions.PetitionRule.Subordinates;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.rules.WorkingDays;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.Recorded;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TurnedClock;

/** Petitions as commands: issue 5, Petition; domain.md 2 (5 working days to file, 10 to answer); design.md, two pairs of eyes. */
@ProductTest
class PetitionsTest {
    private static final String HOA = "Trần Thị Hoà";
    private static final String AN = "Đỗ Văn An";

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
    Results results;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Petitions petitions;

    @Autowired
    Drafting drafting;

    @Autowired
    Handling handling;

    @Autowired
    Deciding deciding;

    @Autowired
    Calls calls;

    @Autowired
    PetitionLetters letters;

    @Autowired
    WorkingDays working;

    @Autowired
    List<Recomputation> recomputations;

    @Autowired
    TurnedClock clock;

    @AfterEach
    void turnBack() {
        clock.turnBack();
    }

    private PetitionGround ground(String... names) {
        var ground = new PetitionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, names);
        for (String name : names) {
            ground.told(name, "dat_mot_phan");
        }
        return ground;
    }

    private UUID filed(PetitionGround ground, String name) {
        UUID id = drafted(ground, name, "");
        assertThat(drafting.file(ground.official(name), id)).isEqualTo(new Moved.Done(id, false));
        return id;
    }

    private UUID drafted(PetitionGround ground, String name, String late) {
        Viewer viewer = ground.official(name);
        if (!(drafting.open(viewer, PetitionGround.quarter(), ground.form(name))
                instanceof Drafting.Opened.Draft(var id))) {
            throw new AssertionError("no draft");
        }
        assertThat(drafting.save(viewer, id, 0, draft(late))).isEqualTo(new Drafting.Saved.Done(1));
        return id;
    }

    private static Draft draft(String late) {
        return new Draft(true, List.of(2), "Có giấy khen ngày 12/11", "Xem lại nội dung 2", late, null);
    }

    private UUID handled(PetitionGround ground, String name) {
        UUID id = filed(ground, name);
        done(handling.assign(ground.board, id, steps(ground.board, id), ground.clerk.username(), ""));
        return id;
    }

    private static void done(Moved moved) {
        assertThat(moved).isInstanceOf(Moved.Done.class);
    }

    private int steps(Viewer viewer, UUID id) {
        return petitions.sheet(viewer, id).petition().steps();
    }

    private Petition petition(PetitionGround ground, UUID id) {
        return petitions.sheet(ground.board, id).petition();
    }

    private static Wanted wanted(Outcome outcome, String grade) {
        return new Wanted(outcome, grade, "Đã đối chiếu hồ sơ", "", "", 0);
    }

    private List<Fault> faults(PetitionGround ground) {
        var faults = new ArrayList<Fault>();
        recomputations.forEach(one -> one.check(ground.body.tenant, faults::add));
        faults.removeIf(
                fault -> !fault.kind().startsWith("petitions.") && !fault.kind().startsWith("assessments."));
        return faults;
    }

    private static Reason refused(Moved moved) {
        return ((Moved.Refused) moved).why();
    }

    private boolean contested(PetitionGround ground, String name) {
        return results.own(ground.official(name)).getFirst().contested();
    }

    /** The whole way to another level: every hand another, the result a new version, the old one as it was. */
    @Test
    void aNewLevelIsANewVersionDecidedAndApprovedByOthersAndTheMarkStandsMeanwhile() {
        var ground = ground(HOA);
        UUID id = filed(ground, HOA);
        assertThat(contested(ground, HOA)).isTrue();
        assertThat(results.published(ground.head, ground.cycle, ground.body.wardOne)
                        .lines())
                .allMatch(Results.Line::contested);
        Petition filed = petition(ground, id);
        LocalDate today = petitions.today();
        var calendar = working.calendar(ground.body.tenant);
        assertThat(filed.fileBy()).isEqualTo(calendar.after(today, 5));
        assertThat(filed.answerBy()).isEqualTo(calendar.after(today, 10));
        assertThat(filed.ackBy()).isEqualTo(calendar.after(today, 2));

        done(handling.acknowledge(ground.clerk, id, ""));
        assertThat(handling.acknowledge(ground.clerk, id, "")).isEqualTo(new Moved.Done(id, true));
        assertThat(petition(ground, id).registered()).isEqualTo("1/" + today.getYear());
        done(handling.assign(ground.board, id, 2, ground.clerk.username(), ""));
        assertThat(refused(handling.propose(ground.clerk, id, 3, wanted(Outcome.CHANGE, "dat_mot_phan"))))
                .isEqualTo(Reason.of("petitions.outcome.same"));
        done(handling.propose(ground.clerk, id, 3, wanted(Outcome.CHANGE, "dat")));
        assertThatThrownBy(() -> deciding.decide(ground.clerk, id, 4, wanted(Outcome.CHANGE, "dat")))
                .as("the handler proposes, another decides")
                .isInstanceOf(Forbidden.class);
        done(deciding.decide(ground.board, id, 4, wanted(Outcome.CHANGE, "dat")));
        Petition decided = petition(ground, id);
        assertThat(decided.newVersion()).isEqualTo(2);
        assertThat(decided.approved()).isFalse();
        assertThat(refused(deciding.answer(ground.board, id, 5, true)))
                .isEqualTo(Reason.of("petitions.answer.not-now"));
        assertThat(results.sheet(ground.official(HOA), PetitionGround.quarter(), ground.form(HOA))
                        .shown()
                        .grade())
                .isEqualTo("dat_mot_phan");
        assertThat(ground.approve(ground.board, HOA, 2))
                .as("who decided does not approve")
                .isFalse();
        assertThat(ground.approve(ground.top, HOA, 2)).isTrue();
        assertThat(petition(ground, id).approved()).isTrue();
        assertThat(contested(ground, HOA)).isTrue();
        done(deciding.answer(ground.board, id, 6, true));
        assertThat(petition(ground, id).state()).isEqualTo(State.ANSWERED);
        assertThat(contested(ground, HOA)).isFalse();
        var sheet = results.sheet(ground.official(HOA), PetitionGround.quarter(), ground.form(HOA));
        assertThat(sheet.shown().grade()).isEqualTo("dat");
        assertThat(sheet.shown().onPetition()).isTrue();
        assertThat(jdbc.sql(
                                "select grade from assessments.decision where tenant_id = ? and form_id = ? order by version")
                        .params(ground.body.tenant, ground.form(HOA))
                        .query((row, n) -> row.getString(1))
                        .list())
                .containsExactly("dat_mot_phan", "dat");
        assertThat(faults(ground)).isEmpty();
        Recorded.byItsAct(jdbc, ground.body.tenant, PetitionEvidence.STEP);
    }

    /**
     * Issue 5, Petition: “another handler than who decided”; design.md, Authority. Approver and rater too: own decision, ADR 0020
     * (Hands).
     */
    @Test
    void nobodyWhoRatedDecidedOrApprovedNorThePetitionerHandlesIt() {
        var ground = ground(HOA);
        UUID id = filed(ground, HOA);
        assertThat(refused(handling.assign(ground.board, id, 1, ground.head.username(), "")))
                .isEqualTo(Reason.of("petitions.handler.decided", name(ground.head)));
        assertThat(refused(handling.assign(ground.board, id, 1, ground.top.username(), "")))
                .isEqualTo(Reason.of("petitions.handler.approved", name(ground.top)));
        assertThat(refused(handling.assign(
                        ground.board, id, 1, ground.official(HOA).username(), "")))
                .isEqualTo(Reason.of("petitions.handler.own"));
        assertThat(refused(handling.assign(ground.board, id, 1, "khong-co-ai", "")))
                .isEqualTo(Reason.of("petitions.nobody"));
        assertThatThrownBy(() -> handling.assign(ground.clerk, id, 1, ground.clerk.username(), ""))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> handling.assign(ground.head, id, 1, ground.clerk.username(), ""))
                .as("who decided does not even see it")
                .isInstanceOf(NotFound.class);
        Viewer under = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        assertThat(refused(handling.assign(ground.board, id, 1, under.username(), "")))
                .isEqualTo(Reason.of("petitions.assign.under", name(under)));
        done(handling.assign(ground.board, id, 1, under.username(), "không còn ai khác"));
        assertThat(faults(ground)).isEmpty();
    }

    /** Decree 30/2020: the receipt, and the answer under a number of the calendar year; what was issued before stays. */
    @Test
    void papersOfAStateLineAreTheStates() throws IOException {
        var ground = ground(HOA);
        UUID id = filed(ground, HOA);
        done(handling.acknowledge(ground.clerk, id, ""));
        String receipt = pdf(letters.receipt(ground.clerk, id, false));
        assertThat(receipt).contains("ĐẢNG CỘNG SẢN VIỆT NAM");
        CampaignSamples.ofLine(jdbc, ground.body, Lines.Kind.STATE);
        assertThat(pdf(letters.receipt(ground.clerk, id, false)))
                .as("issued before")
                .isEqualTo(receipt);
        done(handling.assign(ground.board, id, 2, ground.clerk.username(), ""));
        done(handling.propose(ground.clerk, id, 3, wanted(Outcome.UPHOLD, "")));
        done(deciding.decide(ground.board, id, 4, wanted(Outcome.UPHOLD, "")));
        done(deciding.approve(ground.otherBoard, id, 5, true, ""));
        done(deciding.answer(ground.board, id, 6, false));
        assertThat(pdf(letters.answer(ground.clerk, id, false)))
                .contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 01/TB-")
                .doesNotContain("ĐẢNG CỘNG SẢN VIỆT NAM");
    }

    private static String pdf(PaperFiles.File file) throws IOException {
        try (var document = Loader.loadPDF(file.bytes())) {
            return new PDFTextStripper().getText(document).replaceAll("[\\s\u00a0]+", " ");
        }
    }

    private String name(Viewer viewer) {
        return jdbc.sql("select display_name from access.account where tenant_id = ? and id = ?")
                .params(viewer.tenantId(), viewer.accountId())
                .query((row, n) -> row.getString(1))
                .single();
    }

    /** domain.md 3 and 4.1: nobody knows, so it is dated data, chưa có căn cứ; ADR 0020 (Clocks, Hands). */
    @Test
    void theRuleOfTheDaySaysWhetherSubordinatesHandleAndWhoDecides() {
        var ground = ground(HOA, AN);
        UUID before = filed(ground, HOA);
        done(petitions.setRule(
                ground.board,
                new PetitionRule(
                        null,
                        petitions.today(),
                        3,
                        2,
                        0,
                        true,
                        Subordinates.NEVER,
                        Decides.HEAD,
                        false,
                        ShowsOpinions.AT_ONCE,
                        1,
                        "Quy chế 12-QC/ĐU")));
        UUID after = filed(ground, AN);
        Viewer under = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        assertThat(refused(handling.assign(ground.board, after, 1, under.username(), "có lý do")))
                .isEqualTo(Reason.of("petitions.handler.under", name(under)));
        done(handling.assign(ground.board, before, 1, under.username(), "theo quy tắc lúc nộp"));
        done(handling.assign(ground.board, after, 1, ground.clerk.username(), ""));
        done(handling.propose(ground.clerk, after, 2, wanted(Outcome.UPHOLD, "")));
        assertThatThrownBy(() -> deciding.decide(ground.otherBoard, after, 3, wanted(Outcome.UPHOLD, "")))
                .as("the rule gives it to the head")
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> deciding.decide(ground.top, after, 3, wanted(Outcome.UPHOLD, "")))
                .as("but not to the head who approved it")
                .isInstanceOf(Forbidden.class);
        Viewer newHead = ground.body.viewer(Role.HEAD, ground.body.root);
        done(deciding.decide(newHead, after, 3, wanted(Outcome.UPHOLD, "")));
        assertThat(petition(ground, after).approved())
                .as("the rule asks for no approval")
                .isTrue();
        done(deciding.answer(ground.board, after, 4, true));
        assertThat(petition(ground, after).newVersion()).isNull();
        assertThat(faults(ground)).isEmpty();
        Recorded.byItsAct(jdbc, ground.body.tenant, PetitionEvidence.RULE);
    }

    /** No document was found: own decision, ADR 0020 (Hands). */
    @Test
    void thatAResultStandsIsApprovedByAThirdPersonOrSentBack() {
        var ground = ground(HOA);
        UUID id = handled(ground, HOA);
        done(handling.propose(ground.clerk, id, 2, wanted(Outcome.UPHOLD, "")));
        done(deciding.giveBack(ground.board, id, 3, "làm rõ minh chứng"));
        done(handling.propose(ground.clerk, id, 4, wanted(Outcome.UPHOLD, "")));
        done(deciding.decide(ground.board, id, 5, wanted(Outcome.UPHOLD, "")));
        assertThatThrownBy(() -> deciding.approve(ground.board, id, 6, true, ""))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> deciding.approve(ground.clerk, id, 6, true, ""))
                .isInstanceOf(Forbidden.class);
        assertThat(refused(deciding.approve(ground.otherBoard, id, 6, false, "")))
                .isEqualTo(Reason.of("petitions.reason", Drafting.LONGEST_REASON));
        done(deciding.approve(ground.otherBoard, id, 6, false, "chưa nêu căn cứ"));
        assertThat(petition(ground, id).state()).isEqualTo(State.PROPOSED);
        done(deciding.decide(ground.otherBoard, id, 7, wanted(Outcome.UPHOLD, "")));
        done(deciding.approve(ground.board, id, 8, true, ""));
        assertThat(refused(drafting.withdraw(ground.official(HOA), id, "")))
                .isEqualTo(Reason.of("petitions.withdraw.late"));
        done(deciding.answer(ground.clerk, id, 9, true));
        assertThat(contested(ground, HOA)).isFalse();
        assertThat(faults(ground)).isEmpty();
    }

    /** No document was found: own decision, ADR 0020 (Hands, reassessment). */
    @Test
    void anotherOneAssessesAnewAndANewLevelSentBackIsDecidedAgain() {
        var ground = ground(HOA);
        Viewer expert = ground.body.viewer(Role.INSPECTOR, ground.body.root);
        UUID id = handled(ground, HOA);
        var wanted = new Wanted(Outcome.REASSESS, "", "Chấm chưa đủ minh chứng", "", expert.username(), 3);
        assertThat(refused(handling.propose(
                        ground.clerk, id, 2, new Wanted(Outcome.REASSESS, "", "x", "", ground.head.username(), 3))))
                .isEqualTo(Reason.of("petitions.handler.decided", name(ground.head)));
        done(handling.propose(ground.clerk, id, 2, wanted));
        done(deciding.decide(ground.board, id, 3, wanted));
        assertThat(petition(ground, id).state()).isEqualTo(State.REASSESSING);
        assertThatThrownBy(() -> deciding.reassess(ground.otherBoard, id, 4, "dat", "x", ""))
                .isInstanceOf(Forbidden.class);
        done(deciding.reassess(expert, id, 4, "dat", "Đủ minh chứng", "Tiếp tục phát huy"));
        assertThat(ground.sendBack(ground.top, HOA, 2, "xem lại")).isTrue();
        assertThat(petition(ground, id).state()).isEqualTo(State.PROPOSED);
        assertThat(petition(ground, id).newVersion()).isNull();
        assertThat(faults(ground)).isEmpty();
        done(deciding.decide(ground.board, id, 6, wanted(Outcome.CHANGE, "dat")));
        assertThat(ground.approve(ground.top, HOA, 3)).isTrue();
        done(deciding.answer(ground.board, id, 8, true));
        assertThat(results.own(ground.official(HOA)).getFirst().gradeName()).isEqualTo("Đạt");
        assertThat(faults(ground)).isEmpty();
    }

    /** Issue 5, Petition: “opinions”. Who sees them and whether the clock stands still: chưa có căn cứ, ADR 0020 (Clocks). */
    @Test
    void opinionsAreGivenOnceSeenAsTheRuleSaysAndTheClockStandsStillWhereItSays() {
        var ground = ground(HOA);
        done(petitions.setRule(
                ground.board,
                new PetitionRule(
                        null,
                        petitions.today(),
                        2,
                        3,
                        10,
                        true,
                        Subordinates.WITH_REASON,
                        Decides.EITHER,
                        true,
                        ShowsOpinions.ANSWERED,
                        2,
                        "")));
        UUID id = handled(ground, HOA);
        Petition before = petition(ground, id);
        assertThat(refused(handling.ask(ground.clerk, id, 2, ground.clerk.username(), null, "?", null)))
                .isEqualTo(Reason.of("petitions.ask.self"));
        done(handling.ask(ground.clerk, id, 2, ground.head.username(), null, "Vì sao Đạt một phần?", null));
        assertThat(refused(handling.ask(ground.clerk, id, 3, ground.head.username(), null, "Lại hỏi", null)))
                .isEqualTo(Reason.of("petitions.ask.twice", name(ground.head)));
        done(handling.ask(ground.clerk, id, 3, "", ground.body.wardOne, "Hồ sơ nội dung 2?", 5));
        var calendar = working.calendar(ground.body.tenant);
        LocalDate due = calendar.after(petitions.today(), 5);
        assertThat(petition(ground, id).answerBy())
                .as("stands still at most until the later one is due")
                .isEqualTo(
                        Terms.last(calendar, petitions.today(), 10, List.of(new Terms.Still(petitions.today(), due))))
                .isAfter(before.answerBy());
        assertThat(petitions.own(ground.head))
                .extracting(PetitionLists.Own::part)
                .containsOnly(Part.OPINION);
        assertThat(refused(handling.propose(ground.clerk, id, 4, wanted(Outcome.UPHOLD, "")))
                        .key())
                .isEqualTo("petitions.propose.waiting");
        done(handling.attachOpinion(ground.head, id, 1, "Biên bản", PetitionGround.picture()));
        done(handling.opine(ground.head, id, 1, "Thiếu hai việc trong tháng 11"));
        assertThat(handling.opine(ground.head, id, 1, "Thiếu hai việc trong tháng 11"))
                .isEqualTo(new Moved.Done(id, true));
        assertThat(refused(handling.opine(ground.head, id, 1, "khác"))).isEqualTo(Reason.of("petitions.opinion.other"));
        assertThat(petitions.sheet(ground.head, id).steps())
                .as("who is asked sees the petition, not what others think")
                .extracting(Petition.Step::kind)
                .doesNotContain(StepKind.OPINED);
        assertThat(petitions.sheet(ground.official(HOA), id).opinionsShown()).isFalse();
        done(handling.recall(ground.clerk, id, 2, "đủ rồi"));
        assertThat(petition(ground, id).answerBy())
                .as("answered and recalled on the same day: nothing stood still")
                .isEqualTo(before.answerBy());
        done(handling.propose(ground.clerk, id, 6, wanted(Outcome.INADMISSIBLE, "")));
        done(deciding.decide(ground.board, id, 7, wanted(Outcome.INADMISSIBLE, "")));
        done(deciding.approve(ground.otherBoard, id, 8, true, ""));
        done(deciding.answer(ground.board, id, 9, true));
        assertThat(petitions.sheet(ground.official(HOA), id).opinionsShown()).isTrue();
        assertThat(faults(ground)).isEmpty();
    }

    /** domain.md 2: 5 working days [report]. What is late: chưa có căn cứ, ADR 0020 (Clocks). */
    @Test
    void lateOnlyWithAReasonThatTheHandlerAcceptsAndNotForEver() {
        // Told on Monday 10/01/2028: until 17/01; ten further working days until Tết is entered: 31/01.
        clock.turnTo(LocalDate.of(2028, 1, 10));
        var ground = ground(HOA);
        clock.turnTo(LocalDate.of(2028, 1, 18));
        UUID id = drafted(ground, HOA, "");
        assertThat(drafting.file(ground.official(HOA), id))
                .isEqualTo(
                        new Moved.Refused("ly-do-muon", Reason.of("petitions.late.reason", LocalDate.of(2028, 1, 17))));
        drafting.save(ground.official(HOA), id, 1, draft("Nằm viện từ 11/01"));
        done(drafting.file(ground.official(HOA), id));
        done(handling.assign(ground.board, id, 1, ground.clerk.username(), ""));
        assertThat(refused(handling.propose(ground.clerk, id, 2, wanted(Outcome.UPHOLD, ""))))
                .isEqualTo(Reason.of("petitions.outcome.late"));
        done(handling.acceptLate(ground.clerk, id, 2, "Có giấy ra viện"));
        done(handling.propose(ground.clerk, id, 3, wanted(Outcome.UPHOLD, "")));
        done(drafting.withdraw(ground.official(HOA), id, "đã trao đổi"));
        assertThat(contested(ground, HOA)).isFalse();
        assertThat(faults(ground)).isEmpty();
        clock.turnTo(LocalDate.of(2028, 2, 1));
        assertThat(drafting.open(ground.official(HOA), PetitionGround.quarter(), ground.form(HOA)))
                .isInstanceOfSatisfying(
                        Drafting.Opened.Refused.class,
                        over -> assertThat(Late.reason(over.over()))
                                .isEqualTo(Reason.of(
                                        "petitions.over.late", LocalDate.of(2028, 1, 17), LocalDate.of(2028, 1, 31))));
    }

    /** domain.md 5: working days need a holiday calendar as data; ADR 0020 (Clocks). */
    @Test
    void theCalendarOfTetMovesTheDaysWhenItIsEnteredAndThatIsAStep() {
        clock.turnTo(LocalDate.of(2030, 1, 28)); // Tết 2030 is on 03/02; days off are entered for 04–08/02
        var ground = ground(HOA);
        UUID id = filed(ground, HOA);
        assertThat(petition(ground, id).answerBy()).isEqualTo(LocalDate.of(2030, 2, 11));
        assertThat(java.util.Objects.requireNonNull(
                                petitions.sheet(ground.board, id).answering())
                        .certain())
                .isFalse();
        var days = new ArrayList<WorkingDays.Typed>();
        for (int day = 4; day <= 8; day++) {
            days.add(new WorkingDays.Typed(day, "0" + day + "/02/2030", "off", "Tết Nguyên đán", "Thông báo 1"));
        }
        days.add(new WorkingDays.Typed(9, "16/02/2030", "work", "Làm bù", "Thông báo 1"));
        assertThat(working.enter(ground.board, days)).isInstanceOf(WorkingDays.Saved.Done.class);
        assertThat(calls.look(ground.body.tenant, id)).isEqualTo(1);
        Petition moved = petition(ground, id);
        // 29, 30, 31/01, 01/02; 11–15/02; Saturday 16/02 is worked.
        assertThat(moved.answerBy()).isEqualTo(LocalDate.of(2030, 2, 16));
        assertThat(petitions.sheet(ground.official(HOA), id).last(StepKind.RECKONED))
                .isPresent();
        assertThat(calls.look(ground.body.tenant, id)).isZero();
        assertThat(faults(ground)).isEmpty();
        jdbc.sql("update petitions.petition set answer_by = answer_by + 1 where tenant_id = ? and id = ?")
                .params(ground.body.tenant, id)
                .update();
        assertThat(faults(ground)).extracting(Fault::kind).containsExactly("petitions.petition");
    }

    /** Issue 5, Petition: “clocks with escalation”; whom they call: own decision, ADR 0020 (Calling). */
    @Test
    void clocksCallTheHandlerThenTheBoardThenTheHeadOnceEach() {
        clock.turnTo(LocalDate.of(2029, 3, 5)); // a Monday
        var ground = ground(HOA);
        UUID id = handled(ground, HOA);
        done(handling.acknowledge(ground.clerk, id, ""));
        assertThat(petition(ground, id).answerBy()).isEqualTo(LocalDate.of(2029, 3, 19));
        at(ground, id, LocalDate.of(2029, 3, 14), 0, null);
        at(ground, id, LocalDate.of(2029, 3, 15), 1, ClockState.NEAR);
        assertThat(parts(ground.board)).doesNotContain(Part.OVERDUE);
        at(ground, id, LocalDate.of(2029, 3, 16), 0, ClockState.NEAR);
        at(ground, id, LocalDate.of(2029, 3, 20), 1, ClockState.OVER);
        assertThat(parts(ground.board)).contains(Part.OVERDUE);
        assertThat(parts(ground.top)).isEmpty();
        at(ground, id, LocalDate.of(2029, 3, 21), 1, ClockState.OVER);
        assertThat(parts(ground.top)).containsExactly(Part.OVERDUE);
        assertThat(petitions.sheet(ground.top, id).content())
                .as("the head sees the clock, not the grounds")
                .isFalse();
        at(ground, id, LocalDate.of(2029, 3, 30), 0, ClockState.OVER);
        assertThat(parts(ground.clerk)).contains(Part.HANDLE);
        assertThat(faults(ground)).isEmpty();
    }

    private void at(PetitionGround ground, UUID id, LocalDate day, int called, @Nullable ClockState state) {
        clock.turnTo(day);
        assertThat(calls.look(ground.body.tenant, id)).as("on %s", day).isEqualTo(called);
        if (state != null) {
            var page = petitions.register(
                    ground.board, new Query("hoa", null, state, ground.body.wardOne, ground.cycle), 1, 10);
            assertThat(page.lines()).hasSize(1);
            assertThat(page.counts()).containsEntry(state, 1L);
        }
    }

    private List<Part> parts(Viewer viewer) {
        return petitions.own(viewer).stream().map(PetitionLists.Own::part).toList();
    }

    /** No document was found: own decision, ADR 0020 (Hands). */
    @Test
    void theHandlerStepsBackAndAnotherGoesOn() {
        var ground = ground(HOA);
        UUID id = handled(ground, HOA);
        assertThat(refused(handling.recuse(ground.clerk, id, 2, " ")).key()).isEqualTo("petitions.reason");
        done(handling.recuse(ground.clerk, id, 2, "có họ với người kiến nghị"));
        assertThat(petition(ground, id).handler()).isNull();
        assertThat(parts(ground.board)).contains(Part.ASSIGN);
        done(handling.assign(ground.board, id, 3, ground.otherBoard.username(), ""));
        assertThat(refused(handling.assign(ground.board, id, 4, ground.clerk.username(), "")))
                .isEqualTo(Reason.of("petitions.assign.reason"));
        done(handling.assign(ground.board, id, 4, ground.clerk.username(), "bận công tác"));
        assertThat(faults(ground)).isEmpty();
    }

    /** domain.md 4.9: people without a smartphone can do everything. */
    @Test
    void aPaperIsEnteredWithItsScanByAClerkOfTheUnitForTheDayItCame() {
        var ground = ground(HOA, AN);
        Viewer clerk = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        Viewer stranger = ground.body.viewer(Role.CLERK, ground.body.wardTwo);
        assertThatThrownBy(() -> drafting.openPaper(stranger, PetitionGround.quarter(), ground.form(HOA)))
                .isInstanceOf(NotFound.class);
        if (!(drafting.openPaper(clerk, PetitionGround.quarter(), ground.form(HOA))
                instanceof Drafting.Opened.Draft(var id))) {
            throw new AssertionError();
        }
        assertThatThrownBy(() -> drafting.sheet(ground.official(HOA), id)).isInstanceOf(NotFound.class);
        drafting.save(clerk, id, 0, draft(""));
        assertThat(refused(drafting.file(clerk, id))).isEqualTo(Reason.of("petitions.received"));
        drafting.save(clerk, id, 1, new Draft(true, List.of(), "Theo đơn", "", "", petitions.today()));
        assertThat(refused(drafting.file(clerk, id))).isEqualTo(Reason.of("petitions.scan"));
        assertThat(refused(drafting.attach(
                                clerk,
                                id,
                                true,
                                "Đơn",
                                "không phải ảnh".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .key())
                .isEqualTo("assessments.file.kind");
        done(drafting.attach(clerk, id, true, "Đơn kiến nghị", PetitionGround.picture()));
        done(drafting.file(clerk, id));
        assertThat(petitions.sheet(ground.official(HOA), id).petition().onPaper())
                .isTrue();
        assertThat(petitions
                        .file(
                                ground.official(HOA),
                                id,
                                petitions
                                        .sheet(ground.official(HOA), id)
                                        .files()
                                        .getFirst()
                                        .id())
                        .mediaType())
                .isEqualTo("image/png");
        assertThatThrownBy(() -> petitions.sheet(stranger, id)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> petitions.sheet(ground.official(AN), id)).isInstanceOf(NotFound.class);
        assertThat(faults(ground)).isEmpty();
    }

    /** design.md, Data model 4: state moves are guarded in SQL and every write checks its row count. */
    @Test
    void ofTwoAtOnceOneIsHeardAndTheOtherIsTold() throws Exception {
        var ground = ground(HOA);
        Viewer wardClerk = ground.body.viewer(Role.CLERK, ground.body.wardOne);
        UUID own = drafted(ground, HOA, "");
        if (!(drafting.openPaper(wardClerk, PetitionGround.quarter(), ground.form(HOA))
                instanceof Drafting.Opened.Draft(var paper))) {
            throw new AssertionError();
        }
        drafting.save(wardClerk, paper, 0, new Draft(true, List.of(), "Theo đơn", "", "", petitions.today()));
        done(drafting.attach(wardClerk, paper, true, "Đơn", PetitionGround.picture()));
        List<Moved> filings =
                both(() -> drafting.file(ground.official(HOA), own), () -> drafting.file(wardClerk, paper));
        one(filings);
        UUID id = petitions
                .ofForm(ground.board, PetitionGround.quarter(), ground.form(HOA))
                .getFirst()
                .id();
        one(both(
                () -> handling.assign(ground.board, id, 1, ground.clerk.username(), ""),
                () -> handling.assign(ground.otherBoard, id, 1, wardClerk.username(), "thay")));
        Viewer handler = ground.clerk.accountId().equals(petition(ground, id).handler()) ? ground.clerk : wardClerk;
        one(both(
                () -> {
                    try {
                        return handling.propose(handler, id, 2, wanted(Outcome.CHANGE, "dat"));
                    } catch (Forbidden gone) { // whoever has just recused has no hand in it any more
                        return Moved.refused("", "petitions.behind");
                    }
                },
                () -> {
                    try {
                        return handling.recuse(handler, id, 2, "bận");
                    } catch (Forbidden gone) {
                        return Moved.refused("", "petitions.behind");
                    }
                }));
        if (petition(ground, id).state() == State.FILED) {
            done(handling.assign(ground.board, id, 3, handler.username(), "lại"));
            done(handling.propose(handler, id, 4, wanted(Outcome.CHANGE, "dat")));
        }
        int seen = steps(ground.board, id);
        List<Moved> deciding1 = both(
                () -> deciding.decide(ground.board, id, seen, wanted(Outcome.CHANGE, "dat")),
                () -> deciding.decide(ground.otherBoard, id, seen, wanted(Outcome.CHANGE, "dat")));
        one(deciding1);
        assertThat(jdbc.sql("select count(*) from assessments.decision where tenant_id = ? and form_id = ?")
                        .params(ground.body.tenant, ground.form(HOA))
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(2);
        Viewer decider =
                ground.board.accountId().equals(petition(ground, id).decidedBy()) ? ground.board : ground.otherBoard;
        assertThat(deciding.decide(decider, id, seen, wanted(Outcome.CHANGE, "dat")))
                .as("a second click of the same hand")
                .isEqualTo(new Moved.Done(id, true));
        assertThat(ground.approve(ground.top, HOA, 2)).isTrue();
        int approved = steps(ground.board, id);
        one(both(
                () -> deciding.answer(ground.board, id, approved, true),
                () -> deciding.answer(handler, id, approved, true)));
        assertThat(faults(ground)).isEmpty();
    }

    private static List<Moved> both(Callable<Moved> one, Callable<Moved> other) throws Exception {
        try (var pool = Executors.newFixedThreadPool(2)) {
            var said = new ArrayList<Moved>();
            for (var future : pool.invokeAll(List.of(one, other))) {
                said.add(future.get());
            }
            return said;
        }
    }

    private static void one(List<Moved> said) {
        assertThat(said.stream().filter(Moved.Done.class::isInstance)).hasSize(1);
        assertThat(said.stream().filter(Moved.Refused.class::isInstance)).hasSize(1);
    }

    /** design.md, Data model 4: state moves are guarded in SQL and every write checks its row count. */
    @Test
    void twoWindowsOfOneDraftNeverOverwriteEachOtherSilently() {
        var ground = ground(HOA);
        Viewer hoa = ground.official(HOA);
        UUID id = drafted(ground, HOA, "");
        assertThat(drafting.save(hoa, id, 1, new Draft(true, List.of(), "bản hai", "", "", null)))
                .isEqualTo(new Drafting.Saved.Done(2));
        assertThat(drafting.save(hoa, id, 1, new Draft(true, List.of(), "cửa sổ cũ", "", "", null)))
                .isInstanceOfSatisfying(
                        Drafting.Saved.Behind.class,
                        behind -> assertThat(behind.now().grounds()).isEqualTo("bản hai"));
        assertThat(refused(drafting.attach(hoa, id, false, "", PetitionGround.picture()))
                        .key())
                .isEqualTo("petitions.file.title");
        assertThatThrownBy(() -> drafting.save(ground.official("Lê Thị Đứng Đầu"), id, 2, draft("")))
                .isInstanceOf(NotFound.class);
        drafting.save(hoa, id, 2, new Draft(false, List.of(), "x", "", "", null));
        assertThat(refused(drafting.file(hoa, id))).isEqualTo(Reason.of("petitions.nothing"));
        done(drafting.drop(hoa, id));
        assertThat(contested(ground, HOA)).isFalse();
    }
}
