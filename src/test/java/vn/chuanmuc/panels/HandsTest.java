package vn.chuanmuc.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.panels.Meetings.Done;
import vn.chuanmuc.panels.PanelRule.Base;
import vn.chuanmuc.panels.PanelRule.Hands;
import vn.chuanmuc.panels.PanelRule.Share;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/**
 * Issue 5, panel meeting: an open ballot whose hands are only counted. No document is known that says how (domain.md 3), so it is a
 * dated setting with its basis, and what ships asks for no second person.
 */
@ProductTest
class HandsTest {
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
    Meetings meetings;

    @Autowired
    Rounds rounds;

    @Autowired
    Ballots ballots;

    @Autowired
    MinutesBook minutes;

    @Autowired
    PanelSettings settings;

    @Autowired
    Recheck recheck;

    @Autowired
    JdbcClient jdbc;

    private PanelGround opened(List<String> about, String... absent) {
        return ground(about).convenedUnder(settings, rule(), about).opened(List.of(absent));
    }

    private PanelGround ground(List<String> about) {
        var cycle = new PanelCycle(
                bodies.create(),
                campaigns,
                commitments,
                rules,
                cycles,
                forms,
                jdbc,
                PanelCycle.book(),
                PanelGround.names());
        about.forEach(name -> cycle.rated(name, 1, 2));
        return new PanelGround(cycle, meetings, rounds, ballots, minutes);
    }

    private static PanelRule rule() {
        return new PanelRule(
                null,
                LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")),
                new Share(1, 2, true),
                new Share(1, 2, true),
                Base.RETURNED,
                true,
                Hands.CONFIRMED,
                5,
                "Quy chế họp số 12");
    }

    /** @param silent who does not vote */
    private static Map<UUID, Rounds.Entry> entries(
            PanelGround ground, String name, int silent, int noOpinion, Integer... votes) {
        int returned =
                noOpinion + Arrays.stream(votes).mapToInt(Integer::intValue).sum();
        return Map.of(
                ground.cycle.form(name), new Rounds.Entry(returned + silent, returned, noOpinion, List.of(votes)));
    }

    private static Reason refused(Done done) {
        if (done instanceof Done.Refused(var field, var why)) {
            return why;
        }
        throw new AssertionError(done.toString());
    }

    private Done confirm(PanelGround ground, String who, UUID round, int version) {
        return rounds.witness(ground.cycle.official(who), ground.id, round, version, true, "");
    }

    private List<String> faults(PanelGround ground) {
        UUID tenant = ground.cycle.body.tenant;
        recheck.settle(tenant);
        return recheck.run(tenant, (done, total) -> {}).faults().stream()
                .filter(fault ->
                        fault.kind().startsWith("panels.") || fault.kind().startsWith("assessments."))
                .map(Object::toString)
                .toList();
    }

    @Test
    void whatShipsAsksForNoSecondPersonAndHasNoBasis() {
        assertThat(PanelRule.SHIPPED.hands()).isEqualTo(Hands.COUNTED);
        assertThat(PanelRule.SHIPPED.basis()).isEmpty();
        PanelGround ground = ground(List.of(GUEST)).convened(List.of(GUEST)).opened(List.of());
        UUID round = ground.round(Way.HANDS, GUEST);
        PanelGround.now(
                rounds.countHands(ground.secretary(), ground.id, round, entries(ground, GUEST, 0, 1, 4, 0, 0, 0), ""));
        assertThat(ground.protocol().open()).as("it stands at once").isEmpty();
        assertThat(refused(confirm(ground, COUNTER, round, 1)).key()).isEqualTo("panels.witness.nothing");
    }

    @Test
    void aCountStandsWhenASecondPersonSaysItIsRight() {
        PanelGround ground = opened(List.of(GUEST));
        UUID round = ground.round(Way.HANDS, GUEST);
        assertThat(refused(rounds.countHands(
                        ground.secretary(), ground.id, round, entries(ground, GUEST, 0, 1, 3, 0, 0, 0), "")))
                .isEqualTo(Reason.of("panels.count.hands.all", GUEST, 4, 5));
        assertThat(refused(rounds.countHands(
                        ground.secretary(), ground.id, round, entries(ground, GUEST, 2, 1, 3, 0, 0, 0), "")))
                .isEqualTo(Reason.of("panels.count.hands.all", GUEST, 6, 5));
        PanelGround.now(
                rounds.countHands(ground.secretary(), ground.id, round, entries(ground, GUEST, 1, 1, 2, 1, 0, 0), ""));
        assertThat(ground.protocol().open())
                .as("one person's word is not enough")
                .isPresent();
        assertThat(ground.protocol().counted(ground.cycle.form(GUEST))).isEmpty();
        assertThat(refused(confirm(ground, SECRETARY, round, 1)))
                .as("not by who entered it")
                .isEqualTo(Reason.of("panels.witness.other"));
        assertThatThrownBy(() -> confirm(ground, MEMBER, round, 1)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> confirm(ground, GUEST, round, 1))
                .as("who is assessed and has no seat does not find the meeting")
                .isInstanceOf(NotFound.class);
        PanelGround.now(confirm(ground, PanelGround.CHAIR, round, 1));
        Protocol.Counted counted =
                ground.protocol().counted(ground.cycle.form(GUEST)).orElseThrow();
        assertThat(counted.count().votes()).containsExactly(2, 1, 0, 0);
        assertThat(counted.count().invalid()).as("no opinion").isEqualTo(1);
        assertThat(counted.count().issued() - counted.count().returned())
                .as("not voting")
                .isEqualTo(1);
        assertThat(counted.suggestion().place())
                .as("2 of the 4 who voted is not more than half")
                .isNull();
        assertThat(confirm(ground, COUNTER, round, 1))
                .as("late, and not an error")
                .isInstanceOf(Done.Already.class);
        assertThat(faults(ground)).isEmpty();
    }

    @Test
    void whoIsAssessedOrAbsentNeitherVotesNorConfirms() {
        PanelGround ground = opened(List.of(COUNTER), OTHER);
        UUID round = ground.round(Way.HANDS, COUNTER);
        assertThat(ground.protocol().round(round).orElseThrow().entitled()).isEqualTo(3);
        PanelGround.now(
                rounds.countHands(ground.chair(), ground.id, round, entries(ground, COUNTER, 0, 0, 3, 0, 0, 0), ""));
        assertThat(refused(confirm(ground, COUNTER, round, 1))).isEqualTo(Reason.of("panels.witness.other"));
        assertThat(refused(confirm(ground, OTHER, round, 1))).isEqualTo(Reason.of("panels.witness.other"));
        PanelGround.now(confirm(ground, SECRETARY, round, 1));
        assertThat(ground.protocol().open()).isEmpty();
    }

    /** The chair stands in for a counter who is assessed; where nobody is left, no such vote is opened. */
    @Test
    void whereACounterIsAssessedSomebodyElseConfirmsThePapers() {
        PanelGround ground = opened(List.of(COUNTER, SECRETARY));
        UUID round = ground.round(Way.PAPER, COUNTER);
        PanelGround.now(rounds.enterPapers(
                ground.secretary(), ground.id, round, ground.entries(COUNTER, 4, 4, 0, 4, 0, 0, 0), ""));
        PanelGround.now(confirm(ground, OTHER, round, 1));
        assertThat(ground.protocol().open()).isPresent();
        PanelGround.now(confirm(ground, PanelGround.CHAIR, round, 1));
        assertThat(ground.protocol().open()).isEmpty();
        assertThat(faults(ground)).isEmpty();
        PanelGround.now(meetings.attend(
                ground.secretary(), ground.id, List.of(new Meetings.Tick(ground.person(OTHER), false, null, ""))));
        assertThat(rounds.open(ground.chair(), ground.id, List.of(ground.cycle.form(SECRETARY)), Way.PAPER))
                .isEqualTo(new Rounds.Opening.Refused(Reason.of("panels.round.no-confirmers", 2)));
        assertThat(rounds.open(ground.chair(), ground.id, List.of(ground.cycle.form(SECRETARY)), Way.HANDS))
                .isInstanceOf(Rounds.Opening.Opened.class);
    }

    @Test
    void aDisputedCountIsCountedAgainAndACorrectionAsksForTheSecondPersonOnceMore() {
        PanelGround ground = opened(List.of(GUEST));
        UUID round = ground.round(Way.HANDS, GUEST);
        var first = entries(ground, GUEST, 0, 0, 5, 0, 0, 0);
        PanelGround.now(rounds.countHands(ground.secretary(), ground.id, round, first, ""));
        PanelGround.now(
                rounds.witness(ground.cycle.official(OTHER), ground.id, round, 1, false, "Một người không giơ tay"));
        PanelGround.now(confirm(ground, COUNTER, round, 1));
        assertThat(ground.protocol().open())
                .as("what is disputed does not stand")
                .isPresent();
        assertThat(rounds.countHands(ground.secretary(), ground.id, round, first, ""))
                .isInstanceOf(Done.Already.class);
        PanelGround.now(rounds.countHands(ground.secretary(), ground.id, round, first, "Đếm lại, vẫn năm tay"));
        PanelGround.now(confirm(ground, OTHER, round, 2));
        assertThat(ground.protocol().open()).isEmpty();
        var corrected = entries(ground, GUEST, 0, 1, 4, 0, 0, 0);
        PanelGround.now(rounds.countHands(ground.chair(), ground.id, round, corrected, "Ghi nhầm"));
        assertThat(ground.protocol().counted(ground.cycle.form(GUEST)))
                .as("it waits for a second word")
                .isEmpty();
        assertThat(refused(confirm(ground, COUNTER, round, 2)).key()).isEqualTo("panels.witness.behind");
        PanelGround.now(confirm(ground, SECRETARY, round, 3));
        assertThat(ground.protocol().counts()).hasSize(3);
        assertThat(faults(ground)).isEmpty();
    }

    @Test
    void ofTwoAtOnceOneCountsAndBothMayConfirm() throws Exception {
        PanelGround ground = opened(List.of(GUEST));
        UUID round = ground.round(Way.HANDS, GUEST);
        var counted = entries(ground, GUEST, 0, 0, 5, 0, 0, 0);
        assertThat(both(
                        () -> rounds.countHands(ground.secretary(), ground.id, round, counted, ""),
                        () -> rounds.countHands(ground.chair(), ground.id, round, counted, "")))
                .containsExactlyInAnyOrder(new Done.Now(), new Done.Already());
        assertThat(both(() -> confirm(ground, COUNTER, round, 1), () -> confirm(ground, OTHER, round, 1)))
                .containsExactlyInAnyOrder(new Done.Now(), new Done.Already());
        assertThat(ground.protocol().witnesses()).hasSize(1);
        assertThat(faults(ground)).isEmpty();
    }

    private static List<Done> both(Callable<Done> one, Callable<Done> other) throws Exception {
        var barrier = new CyclicBarrier(2);
        var results = new ArrayList<Done>();
        try (var pool = Executors.newFixedThreadPool(2)) {
            var futures = List.of(one, other).stream()
                    .map(task -> pool.submit(() -> {
                        barrier.await();
                        return task.call();
                    }))
                    .toList();
            for (var future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    /** A count that stands without its second word, or with fewer people than voted, is a fault of the re-check. */
    @Test
    void theRecheckFindsACountWithoutItsSecondWord() {
        PanelGround ground = opened(List.of(GUEST));
        UUID round = ground.round(Way.HANDS, GUEST);
        PanelGround.now(
                rounds.countHands(ground.secretary(), ground.id, round, entries(ground, GUEST, 0, 0, 5, 0, 0, 0), ""));
        PanelGround.now(confirm(ground, COUNTER, round, 1));
        assertThat(faults(ground)).isEmpty();
        UUID chair = ground.chair().accountId();
        jdbc.sql(
                        "insert into panels.count (tenant_id, round_id, version, form_id, issued, returned, invalid, votes, reason, entered_by,"
                                + " entered_at) select tenant_id, round_id, 2, form_id, 4, 4, 0, array[4, 0, 0, 0], 'x', ?, now()"
                                + " from panels.count where tenant_id = ? and round_id = ?")
                .params(chair, ground.cycle.body.tenant, round)
                .update();
        jdbc.sql("update panels.round set count = 2 where tenant_id = ? and id = ?")
                .params(ground.cycle.body.tenant, round)
                .update();
        assertThat(faults(ground))
                .anyMatch(fault -> fault.contains("panels.round,") || fault.contains("kind=panels.round"))
                .anyMatch(fault -> fault.contains(round + "/2/"));
    }

    @Test
    void theSecretaryCountsWithMistakesOnTheWayAndTheCounterConfirmsOnTheirPhone() throws Exception {
        PanelGround ground = opened(List.of(GUEST));
        String at = "/hop/" + ground.id;
        String guest = ground.cycle.form(GUEST).toString();
        Browser secretary = ground.cycle.body.browser(ground.secretary());
        assertThat(secretary.get(at).page().select(".cm-facts").text()).contains("người thứ hai xác nhận số đếm");
        var voting = secretary.post(at, at + "/luot", "phieu", guest, "cach", "hands");
        String round = voting.path().substring(0, voting.path().indexOf('?'));
        for (String hostile : List.of("-1", "1e3", "99999", "năm", "5 5", "٣", "")) {
            var wrong = secretary.post(round, round + "/dem", numbers(guest, "2", "1", hostile, "1"));
            assertThat(wrong.status()).as(hostile).isEqualTo(422);
            assertThat(wrong.page().select(".invalid-feedback").text()).contains("mỗi ô một số nguyên");
            assertThat(wrong.page().select("#khong-" + guest).val()).isEqualTo(hostile);
        }
        var less = secretary.post(round, round + "/dem", numbers(guest, "2", "1", "1", "0"));
        assertThat(less.status()).isEqualTo(422);
        assertThat(less.page().select(".invalid-feedback").text())
                .contains("cộng mọi ô được 4, nhưng có 5 người được biểu quyết");
        assertThat(less.page().select("#muc0-" + guest).val()).isEqualTo("2");
        var entered = secretary.post(round, round + "/dem", numbers(guest, "3", "0", "1", "1"));
        assertThat(entered.status()).isEqualTo(200);
        assertThat(entered.page().text()).contains("Chưa ai xác nhận").contains(COUNTER);
        assertThat(entered.page().select("form[action$=/chung-kien]"))
                .as("not by who entered it")
                .isEmpty();

        Browser member = ground.cycle.body.browser(ground.cycle.official(MEMBER));
        String token = member.token("/tai-khoan");
        assertThat(member.postWithToken(token, round + "/dem").status()).isEqualTo(403);
        assertThat(member.postWithToken(token, round + "/chung-kien", "dung", "co", "ban", "1")
                        .status())
                .isEqualTo(403);

        Browser counter = ground.cycle.body.browser(ground.cycle.official(COUNTER));
        assertThat(counter.get("/viec").page().select(".cm-todo a").eachAttr("href"))
                .contains(round);
        var unsaid = counter.post(round, round + "/chung-kien", "ban", "1");
        assertThat(unsaid.status()).isEqualTo(422);
        assertThat(counter.post(round, round + "/chung-kien", "ban", "1", "dung", "co")
                        .page()
                        .select(".alert-success")
                        .text())
                .contains("Đã ghi câu trả lời");
        Browser other = ground.cycle.body.browser(ground.cycle.official(OTHER));
        assertThat(other.get("/viec").page().select(".cm-todo").text()).doesNotContain("Xác nhận số đếm");
        assertThat(other.get(at).page().select(".pan-agenda").text())
                .contains("không có ý kiến")
                .contains("không biểu quyết")
                .contains("Giơ tay, không ghi tên");

        ground.concluded(GUEST, "xuat_sac", "");
        PanelGround.now(minutes.make(ground.secretary(), ground.id, ""));
        minutes.sign(ground.secretary(), ground.id, ground.read(1), PanelGround.PASSWORD);
        minutes.sign(ground.chair(), ground.id, ground.read(1), PanelGround.PASSWORD);
        assertThat(forms.sheet(ground.cycle.head, PanelCycle.QUARTER, ground.cycle.form(GUEST))
                        .remarks(PanelCycle.PANEL)
                        .get(0))
                .as("whoever decides reads how it was voted")
                .contains("giơ tay, chỉ đếm số, không ghi tên, người thứ hai đã xác nhận")
                .contains("không có ý kiến: 1; không biểu quyết: 1");
        Browser chair = ground.cycle.body.browser(ground.chair());
        String pdf;
        try (var read = Loader.loadPDF(chair.get(at + "/bien-ban.pdf").bytes())) {
            pdf = new PDFTextStripper().getText(read).replaceAll("\\s+", " ");
        }
        String docx = words(chair.get(at + "/bien-ban.docx").bytes());
        for (String said : List.of(
                "giơ tay, chỉ đếm số, không ghi tên, người thứ hai xác nhận",
                "không có ý kiến: 1; không biểu quyết: 1; cộng 5 người",
                COUNTER + " xác nhận số liệu",
                "Quy chế họp số 12")) {
            assertThat(pdf).as("PDF").contains(said);
            assertThat(docx).as("DOCX").contains(said);
        }
        assertThat(faults(ground)).isEmpty();
    }

    private static String[] numbers(String form, String first, String second, String noOpinion, String silent) {
        return new String[] {
            "muc0-" + form, first,
            "muc1-" + form, second,
            "muc2-" + form, "0",
            "muc3-" + form, "0",
            "khong-" + form, noOpinion,
            "vang-" + form, silent
        };
    }

    private static String words(byte[] docx) throws Exception {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(docx))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("word/document.xml")) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8).replaceAll("<[^>]+>", "");
                }
            }
        }
        throw new AssertionError("no document");
    }

    @Test
    void theBoardChangesTheRuleAndTheRestStaysAsItIs() {
        PanelGround ground = ground(List.of(GUEST));
        Browser board = ground.cycle.body.browser(ground.cycle.board);
        String today = vn.chuanmuc.kernel.VietnameseDates.format(rule().validFrom());
        board.post(
                "/hop/quy-dinh",
                "/hop/quy-dinh",
                "so-nguoi-phan",
                "2",
                "so-nguoi-tren",
                "3",
                "tranh",
                "khong",
                "gio-tay",
                "confirmed",
                "kin",
                "7",
                "tu-ngay",
                today,
                "can-cu",
                "");
        var page = board.get("/hop/quy-dinh").page();
        assertThat(page.select(".cm-facts").text())
                .contains("người thứ hai xác nhận số đếm")
                .contains("chưa có căn cứ");
        assertThat(page.select("#gio-tay option[selected]").val()).isEqualTo("confirmed");
        assertThat(page.select("#so-nguoi-phan").val())
                .as("a new rule begins with the one in force")
                .isEqualTo("2");
        assertThat(page.select("#tranh option[selected]").val()).isEqualTo("khong");
        assertThat(page.select("#f-kin").val()).isEqualTo("7");
        assertThat(settings.history(ground.cycle.body.tenant))
                .singleElement()
                .satisfies(rule -> assertThat(rule.hands()).isEqualTo(Hands.CONFIRMED));
    }
}
