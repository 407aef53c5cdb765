package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** The pages, as people use them: mistakes on the way keep what was entered, and every answer says what to do. */
@ProductTest
class AssessmentPagesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Cycles cycles;

    @Autowired
    Rules rules;

    @Autowired
    JdbcClient jdbc;

    private AssessmentGround ground(String... names) {
        return new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, names).signed();
    }

    private static String[] fields(int version, String... more) {
        var fields = new ArrayList<>(List.of("ban", String.valueOf(version), "so-muc", "2"));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    private String address(AssessmentGround ground, UUID cycle, Viewer official) {
        return "/danh-gia/phieu/20214/" + ground.form(cycle, official);
    }

    @Test
    void theBoardPlansACycleMakesAMistakeSeesTheGatesAndOpensIt() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        Browser board = ground.body.browser(ground.board);
        Browser.Answer wrong = board.post(
                "/danh-gia/dot/moi",
                "/danh-gia/dot/moi",
                "dot",
                ground.campaign.toString(),
                "quy",
                "4",
                "ten",
                "Đánh giá quý IV",
                "ngay",
                "25-12");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("input[name=ten]").val()).isEqualTo("Đánh giá quý IV");
        assertThat(wrong.page().select("input[name=ngay]").val()).isEqualTo("25-12");
        Browser.Answer saved = board.post(
                "/danh-gia/dot/moi",
                "/danh-gia/dot/moi",
                "dot",
                ground.campaign.toString(),
                "quy",
                "4",
                "ten",
                "Đánh giá quý IV",
                "ngay",
                "");
        assertThat(saved.path()).endsWith("?xong=cycle-saved");
        assertThat(saved.page().text()).contains("25/12/2021").contains("chưa có căn cứ");
        String cycle = saved.path().substring(0, saved.path().indexOf('?'));
        assertThat(ground.body.browser(ground.head).get(cycle).status())
                .as("a draft is the board's")
                .isEqualTo(404);
        Browser.Answer opened = board.post(cycle, cycle + "/mo");
        assertThat(opened.path()).isEqualTo(cycle + "?xong=cycle-opened");
        assertThat(opened.page().select("table").eachText().getLast()).contains("Phường Một");
        assertThat(board.get("/danh-gia/dot").page().select("tbody tr")).hasSize(1);
        assertThat(board.get(cycle + "/phieu").page().select("tbody tr")).hasSize(2);
        assertThat(board.get(cycle + "/phieu?tinh-trang=complete").page().select(".cm-empty"))
                .isNotEmpty();
        assertThat(ground.body.browser(ground.head).get(cycle).status()).isEqualTo(200);
    }

    @Test
    void anOfficialFillsInWithoutAScriptIsToldWhatIsMissingAndHandsIn() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        Browser browser = ground.body.browser(hoa);
        assertThat(browser.get("/viec").page().select(".cm-todo").text()).contains("Tự đánh giá");
        String at = address(ground, cycle, hoa) + "/tu-danh-gia";
        Browser.Answer form = browser.get(at);
        assertThat(form.page().select("fieldset.ass-item")).hasSize(2);
        assertThat(form.page().select("fieldset.ass-item legend").eachText().getFirst())
                .isEqualTo("1. Nội dung thứ 1 của Bộ tiêu chí của công chức, viên chức.");
        assertThat(form.page().select("input[name=muc-1]")).hasSize(5);
        assertThat(form.page().select("input[name=muc-1][checked]").val()).isEqualTo("0");

        Browser.Answer missing =
                browser.post(at, at, fields(0, "muc-1", "2", "muc-2", "0", "nx-1", "Việc đã làm", "viec", "nop"));
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.page().select("a[href=#muc-2]")).isNotEmpty();
        assertThat(missing.page().select("input[name=muc-1][checked]").val()).isEqualTo("2");
        assertThat(missing.page().select("textarea[name=nx-1]").text()).isEqualTo("Việc đã làm");
        int version = Integer.parseInt(missing.page().select("input[name=ban]").val());
        Browser.Answer handed = browser.post(
                at,
                at,
                fields(version, "muc-1", "2", "muc-2", "0", "nx-1", "Việc đã làm", "viec", "nop", "con-thieu", "co"));
        assertThat(handed.path()).endsWith("?xong=assessment-handed-in");
        assertThat(handed.page().text())
                .contains("Chưa tới bước này")
                .contains("Kết luận và phê duyệt sau khi các bước trước đã nộp");
        assertThat(browser.get(at).path()).as("in, it is read").doesNotContain("tu-danh-gia");
        Browser.Answer late = browser.postWithToken(
                browser.token("/tai-khoan"),
                at,
                fields(version, "muc-1", "3", "muc-2", "1", "nx-2", "viết thêm", "viec", "luu"));
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.page().text())
                .contains("chưa ghi được")
                .contains("viết thêm")
                .contains("Chưa đạt");
    }

    @Test
    void whatIsTypedIsSavedOnTheWayAndTheSecondOfTwoIsShownBoth() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        Browser here = ground.body.browser(hoa);
        Browser there = ground.body.browser(hoa);
        String at = address(ground, cycle, hoa) + "/tu-danh-gia";
        String token = here.token(at);
        Browser.Answer saved = here.postWithToken(token, at + "/tu-luu", fields(0, "muc-1", "1", "muc-2", "1"));
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.page().select("#luu").attr("data-ban")).isEqualTo("1");
        assertThat(saved.page().select("#luu").text()).startsWith("Đã lưu lúc ");
        String other = there.token(at);
        assertThat(there.postWithToken(other, at + "/tu-luu", fields(0, "muc-1", "3", "muc-2", "1"))
                        .status())
                .isEqualTo(409);
        Browser.Answer both = there.postWithToken(
                other, at, fields(0, "muc-1", "3", "muc-2", "1", "nx-0", "ý kiến kia", "viec", "luu"));
        assertThat(both.status()).isEqualTo(422);
        assertThat(both.page().select("#muc-1 .ass-theirs").text()).contains("Đạt");
        assertThat(both.page().select("#muc-2 .ass-theirs")).isEmpty();
        assertThat(both.page().select("input[name=muc-1][checked]").val()).isEqualTo("3");
        assertThat(both.page().select("input[name=ban]").val()).isEqualTo("1");
        assertThat(both.page().select("textarea[name=nx-0]").text()).isEqualTo("ý kiến kia");
        Browser.Answer mine = there.postWithToken(
                other, at, fields(1, "muc-1", "3", "muc-2", "1", "nx-0", "ý kiến kia", "viec", "luu"));
        assertThat(mine.path()).endsWith("?xong=assessment-saved");
        Browser.Answer again = there.postWithToken(
                other, at, fields(1, "muc-1", "3", "muc-2", "1", "nx-0", "ý kiến kia", "viec", "luu"));
        assertThat(again.path()).as("the same once more is no conflict").endsWith("?xong=assessment-saved");
    }

    @Test
    void theHeadRatesOneAfterTheOtherByTheListAndSeesBothSidesAtTheEnd() {
        AssessmentGround ground = ground("Trần Thị Hoà", "Đỗ Văn An");
        UUID cycle = ground.opened(cycles);
        Browser head = ground.body.browser(ground.head);
        assertThat(head.get("/viec").page().select(".cm-todo").text()).contains("2 phiếu chờ");
        Browser.Answer list = head.get("/danh-gia/cham");
        List<String> hrefs = list.page().select("tbody a").eachAttr("href");
        assertThat(hrefs).hasSize(2);
        Browser.Answer first = head.get(hrefs.getFirst());
        assertThat(first.page().select(".ass-around").text()).contains("1/2");
        assertThat(first.page().select("a[data-key=Ctrl+ArrowRight]").attr("href"))
                .isEqualTo(hrefs.getLast());
        Browser.Answer next =
                head.post(hrefs.getFirst(), hrefs.getFirst(), fields(0, "muc-1", "1", "muc-2", "4", "viec", "nop"));
        assertThat(next.path()).isEqualTo(hrefs.getLast() + "?xong=assessment-handed-in-next");
        Browser.Answer last =
                head.post(hrefs.getLast(), hrefs.getLast(), fields(0, "muc-1", "2", "muc-2", "2", "viec", "nop"));
        assertThat(last.path()).isEqualTo("/danh-gia/cham?xong=assessment-handed-in-last");
        Viewer hoa = ground.official("Trần Thị Hoà");
        String form = address(ground, cycle, hoa);
        assertThat(head.get(form).page().select(".ass-said thead th").eachText())
                .as("blind until both are in: one's own only")
                .containsExactly("Nội dung", "Thủ trưởng đánh giá");
        Browser own = ground.body.browser(hoa);
        own.post(form + "/tu-danh-gia", form + "/tu-danh-gia", fields(0, "muc-1", "3", "muc-2", "3", "viec", "nop"));
        assertThat(own.get(form).page().select(".ass-said thead th").eachText())
                .containsExactly("Nội dung", "Tự đánh giá", "Thủ trưởng đánh giá");
        assertThat(head.get("/danh-gia/cham?tinh-trang=handed-in").page().select("tbody tr"))
                .hasSize(2);
    }

    @Test
    void stepsOutOfTheOrdinaryAskForAReasonKeepWhatWasTypedAndShowAfterwards() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        UUID cycle = ground.opened(cycles);
        Browser board = ground.body.browser(ground.board);
        String at = "/danh-gia/dot/" + cycle;
        Browser.Answer refused = board.post(
                at + "/gia-han",
                at + "/gia-han",
                "buoc",
                "tu-danh-gia",
                "don-vi",
                ground.body.wardOne.toString(),
                "ngay",
                "31/02/2030",
                "ly-do",
                "mưa bão");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("textarea[name=ly-do]").text()).isEqualTo("mưa bão");
        assertThat(refused.page().select("input[name=ngay]").val()).isEqualTo("31/02/2030");
        Browser.Answer done = board.post(
                at + "/gia-han",
                at + "/gia-han",
                "buoc",
                "tu-danh-gia",
                "don-vi",
                ground.body.wardOne.toString(),
                "ngay",
                "28/02/2030",
                "ly-do",
                "mưa bão");
        assertThat(done.path()).isEqualTo(at + "?xong=assessment-step");
        assertThat(done.page().text()).contains("mưa bão").contains("Gia hạn");
        Viewer hoa = ground.official("Trần Thị Hoà");
        String form = address(ground, cycle, hoa);
        for (String kind : List.of("gia-han", "chuyen", "giao", "tra-lai")) {
            assertThat(board.get(form + "/viec/" + kind + "?buoc=thu-truong").status())
                    .as(kind)
                    .isEqualTo(200);
        }
        var choices = board.get(form + "/viec/giao?buoc=thu-truong").page().select("#nguoi-thay option");
        assertThat(choices.eachAttr("value"))
                .as("officials of the unit, not the person rated")
                .contains(ground.head.username())
                .doesNotContain(hoa.username());
        assertThat(choices.eachText()).anySatisfy(one -> assertThat(one).contains("Phường Một"));
        Browser.Answer delegated = board.post(
                form + "/viec/giao?buoc=thu-truong",
                form + "/viec/giao",
                "buoc",
                "thu-truong",
                "tai-khoan",
                "khong.ai",
                "ly-do",
                "đi học");
        assertThat(delegated.status()).isEqualTo(422);
        assertThat(delegated.page().select("input[name=tai-khoan]").val()).isEqualTo("khong.ai");
        assertThat(board.post(form + "/viec/huy", form + "/viec/huy", "ly-do", "chuyển đi")
                        .path())
                .isEqualTo(form + "?xong=assessment-step");
        assertThat(ground.body.browser(hoa).get(form).page().text())
                .contains("Phiếu đã hủy")
                .contains("chuyển đi");
        assertThat(board.post(form + "/viec/mo-lai", form + "/viec/mo-lai", "ly-do", "ở lại")
                        .path())
                .isEqualTo(form + "?xong=assessment-step");
        for (String kind : List.of("dong", "huy", "mo-lai")) {
            assertThat(board.get(at + "/" + kind).status()).as(kind).isEqualTo(200);
        }
        cycles.cancel(ground.board, cycle, "nhầm quý", "");
        assertThat(ground.body
                        .browser(hoa)
                        .get("/danh-gia")
                        .page()
                        .select(".cm-todo li")
                        .text())
                .contains("Đợt đã hủy")
                .doesNotContain("Chờ tự đánh giá");
    }

    @Test
    void evidenceIsAddedFromTheFormAndReadByWhoMaySeeTheStage() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        Browser browser = ground.body.browser(hoa);
        String form = address(ground, cycle, hoa);
        String at = form + "/tu-danh-gia";
        Browser.Answer evidence = browser.post(at, at, fields(0, "muc-1", "1", "muc-2", "0", "toi", "1"));
        assertThat(evidence.path()).isEqualTo(at + "/minh-chung/1");
        assertThat(evidence.page().text()).contains("Chưa có số liệu nào của người này trong quý");
        assertThat(browser.get(at).page().select("input[name=muc-1][checked]").val())
                .isEqualTo("1");
        Browser.Answer refused = browser.upload(
                evidence.path(), at + "/minh-chung/1/tep", "tep", "x.exe", new byte[] {77, 90}, "ten-tep", "Giấy khen");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("input[name=ten-tep]").val()).isEqualTo("Giấy khen");
        Browser.Answer added = browser.upload(
                evidence.path(), at + "/minh-chung/1/tep", "tep", "khen.png", Pictures.png(), "ten-tep", "Giấy khen");
        assertThat(added.path()).endsWith("?xong=assessment-evidence-added");
        String file = added.page().select(".cm-todo a").attr("href");
        Browser.Answer download = browser.get(file);
        assertThat(download.type()).isEqualTo("image/png");
        assertThat(download.disposition()).startsWith("attachment");
        Browser head = ground.body.browser(ground.head);
        assertThat(head.get(file).status()).isEqualTo(404);
        assertThat(browser.post(
                                evidence.path(),
                                at + "/minh-chung/1/lien-ket",
                                "ten",
                                "Trang tin",
                                "dia-chi",
                                "ftp://x")
                        .status())
                .isEqualTo(422);
        assertThat(browser.get(at).page().select("button[name=toi][value=1]").text())
                .isEqualTo("Minh chứng (1)");
    }

    private UUID openedEarlier(AssessmentGround ground) {
        UUID earlier = switch (cycles.plan(
                ground.board,
                new Cycles.Plan(
                        new Period(2021, 3), ground.campaign, "Quý III", new Period(2021, 3).assessmentDay()))) {
            case Cycles.Saved.Done(var id) -> id;
            case Cycles.Saved.Refused refused -> throw new IllegalStateException(refused.toString());
        };
        cycles.open(ground.board, earlier);
        return earlier;
    }

    @Test
    void theQuarterBeforeStandsBesideWhenItsWordsWereTheSame() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        UUID earlier = openedEarlier(ground);
        Viewer hoa = ground.official("Trần Thị Hoà");
        Browser browser = ground.body.browser(hoa);
        String before = "/danh-gia/phieu/20213/" + ground.form(earlier, hoa) + "/tu-danh-gia";
        browser.post(before, before, fields(0, "muc-1", "2", "muc-2", "1", "viec", "nop"));
        UUID cycle = ground.opened(cycles);
        Browser.Answer form = browser.get(address(ground, cycle, hoa) + "/tu-danh-gia");
        assertThat(form.page().select("#muc-1 .ass-before").text()).isEqualTo("Quý III năm 2021: Đạt một phần");
        assertThat(browser.get("/danh-gia").page().select(".cm-todo > li")).hasSize(2);
    }

    /** Issue 5, “launch gates”: what is missing is named, so that it can be entered. */
    @Test
    void theGateNamesTheYearsWhoseHolidaysAreNotEntered() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        UUID cycle = ground.planned(cycles);
        assertThat(ground.body
                        .browser(ground.board)
                        .get("/danh-gia/dot/" + cycle)
                        .page()
                        .select("li strong")
                        .eachText())
                .contains("Chưa nhập lịch nghỉ lễ của năm 2021, 2022");
    }

    /** Issue 5, the form: “previous quarter beside it” – what was said then in the words of then, and nothing that was called off. */
    @Test
    void theQuarterBeforeIsToldInTheWordsOfItsOwnRulesByWhoeverActsAndNeverFromWhatWasCalledOff() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        Viewer hoa = ground.official("Trần Thị Hoà");
        Browser browser = ground.body.browser(hoa);
        UUID earlier = openedEarlier(ground);
        UUID was = ground.form(earlier, hoa);
        String before = "/danh-gia/phieu/20213/" + was + "/tu-danh-gia";
        browser.post(before, before, fields(0, "muc-1", "2", "muc-2", "1", "viec", "nop"));
        otherScaleFrom(ground, LocalDate.of(2021, 10, 1));
        UUID cycle = ground.opened(cycles);
        String now = address(ground, cycle, hoa) + "/tu-xet";
        assertThat(browser.get(now).page().select("#muc-1 label").eachText())
                .as("the quarter's own rules call it otherwise")
                .anyMatch(words -> words.contains("Kém"))
                .noneMatch(words -> words.contains("Đạt một phần"));
        assertThat(browser.get(now).page().select("#muc-1 .ass-before").text())
                .isEqualTo("Quý III năm 2021: Đạt một phần");
        jdbc.sql("update assessments.form set state = 'cancelled', reason = null where tenant_id = ? and id = ?")
                .params(ground.body.tenant, was)
                .update();
        assertThat(browser.get(now).page().select(".ass-before")).isEmpty();
        jdbc.sql("update assessments.form set state = 'open' where tenant_id = ? and id = ?")
                .params(ground.body.tenant, was)
                .update();
        assertThat(browser.get(now).page().select(".ass-before")).isNotEmpty();
        jdbc.sql("update assessments.cycle set state = 'cancelled' where tenant_id = ? and id = ?")
                .params(ground.body.tenant, earlier)
                .update();
        assertThat(browser.get(now).page().select(".ass-before")).isEmpty();
    }

    /** Three other levels, the worst of them where “Đạt một phần” stood, and another name for the person's own stage. */
    private void otherScaleFrom(AssessmentGround ground, LocalDate day) {
        RuleBook book = Rules.shipped().book();
        var other = new RuleBook(
                "Thang ba mức",
                book.purpose(),
                "",
                List.of(
                        new RuleBook.Level("tot", "Tốt", true, null),
                        new RuleBook.Level("kem", "Kém", true, null),
                        new RuleBook.Level("khong_ap_dung", "Không áp dụng", false, null)),
                book.weights(),
                book.whole(),
                book.figures(),
                book.grades(),
                book.disqualifiers(),
                book.quotas(),
                book.stages().stream()
                        .map(stage -> stage.actor() == RuleBook.Actor.SELF
                                ? new RuleBook.Stage(
                                        "tu-xet",
                                        "Tự xét",
                                        stage.actor(),
                                        stage.whose(),
                                        stage.order(),
                                        stage.blind(),
                                        stage.days())
                                : stage)
                        .toList(),
                book.deadlines(),
                book.clocks(),
                book.presence(),
                book.headNotAboveUnit());
        Viewer one = ground.body.viewer(Role.BOARD, ground.body.root);
        Viewer second = ground.body.viewer(Role.BOARD, ground.body.root);
        if (!(rules.enter(one, ground.body.root, other, day, null, "") instanceof Rules.Saved.Done(var id))
                || !(rules.confirm(second, id) instanceof Rules.Saved.Done)) {
            throw new AssertionError("the other book is whole");
        }
    }

    @Test
    void englishSpeaksOnEveryPage() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        Browser browser = ground.body.browser(hoa);
        browser.get("/ngon-ngu?l=en&ve=/");
        String form = address(ground, cycle, hoa);
        assertThat(browser.get(form + "/tu-danh-gia").page().select("h1").text())
                .isEqualTo("Self-assessment, Quarter IV of 2021");
        assertThat(browser.get(form).page().select("h2").text()).contains("Stages");
        Browser board = ground.body.browser(ground.board);
        board.get("/ngon-ngu?l=en&ve=/");
        assertThat(board.get("/danh-gia/dot/" + cycle).page().select("h2").text())
                .contains("Progress by unit");
        assertThat(ground.body
                        .browser(ground.body.viewer(Role.ADMINISTRATOR, ground.body.root))
                        .get("/danh-gia/dot")
                        .status())
                .as("who runs the system has no part in it")
                .isEqualTo(403);
    }
}
