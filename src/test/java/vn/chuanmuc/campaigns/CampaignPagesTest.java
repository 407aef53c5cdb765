package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class CampaignPagesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer board;
    private Browser browser;

    @BeforeEach
    void aBoard() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        browser = body.browser(board);
    }

    @Test
    void tellsWhatIsNeededBeforeTheFirstCampaign() {
        assertThat(browser.get("/dot").page().select(".cm-empty a").attr("href"))
                .isEqualTo("/dot/moi");
        assertThat(browser.get("/dot/moi").page().select(".cm-empty a").attr("href"))
                .isEqualTo("/van-ban");
    }

    @Test
    void draftsWithTheDeadlinesOfTheYearAndKeepsWhatWasTyped() {
        SmallDecision decision = SmallDecision.publish(jdbc, body);
        var form = browser.get("/dot/moi?nam=2021").page();
        assertThat(form.select("#f-han-ky").val()).isEqualTo("10/10/2021");
        assertThat(browser.get("/dot/moi?nam=2026").page().select("#f-han-ky").val())
                .isEqualTo("30/01/2026");
        assertThat(form.text()).contains("Hạn ký đề xuất của năm 2021 là 10/10/2021. Căn cứ: Kế hoạch", "công khai");
        var unknown = browser.get("/dot/moi?nam=2019").page();
        assertThat(unknown.select("#f-han-ky").val()).isEmpty();
        assertThat(unknown.text()).contains("Chưa biết văn bản nào định hạn ký");
        assertThat(form.select("input[name=don-vi][checked]").eachAttr("value"))
                .contains(body.wardOne.toString(), body.wardTwo.toString());

        String[] fields = {
            "nam",
            "2021",
            "ten",
            "Đợt thử",
            "so-ke-hoach",
            "05-KH/BCN",
            "ngay-ke-hoach",
            "31/02/2021",
            "van-ban",
            decision.id.toString(),
            "han-ky",
            "10/10/2021",
            "han-nop",
            "20/10/2021",
            "hinh-thuc",
            "giay",
            "noi-nhan",
            body.root.toString(),
            "don-vi",
            body.wardOne.toString()
        };
        var wrong = browser.post("/dot/moi", "/dot/moi", fields);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#e-ngay-ke-hoach").text()).contains("Không có ngày này");
        assertThat(wrong.page().select("#f-ten").val()).isEqualTo("Đợt thử");
        assertThat(wrong.page().select("#f-ngay-ke-hoach").val()).isEqualTo("31/02/2021");
        assertThat(wrong.page().select("input[name=don-vi][checked]").eachAttr("value"))
                .containsExactly(body.wardOne.toString());

        fields[7] = "27/09/2021";
        var saved = browser.post("/dot/moi", "/dot/moi", fields);
        assertThat(saved.path()).endsWith("?xong=campaign-saved");
        assertThat(saved.page().select(".cm-todo").text()).contains("chưa có người", "chưa có thủ trưởng");
        assertThat(saved.page().select("form[action$=/mo] button").hasAttr("disabled"))
                .isTrue();
        assertThat(browser.get("/viec").page().select(".cm-todo").text()).contains("đang soạn: xem điều kiện");
    }

    @Test
    void listsALongGateOnPagesOfItsOwn() {
        SmallDecision decision = SmallDecision.publish(jdbc, body);
        body.people(60, body.wardOne, body.partyBloc);
        UUID campaign = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne));
        var page = browser.get("/dot/" + campaign).page();
        String more = page.select("a[href$=person-without-set]").attr("href");
        assertThat(browser.get(more).page().select("tbody tr")).hasSize(50);
        assertThat(browser.get(more + "?trang=2").page().select("tbody tr")).hasSize(10);
        assertThat(browser.post("/dot/" + campaign, "/dot/" + campaign + "/mo").status())
                .isEqualTo(422);
    }

    @Test
    void opensAndShowsTheRosterAndItsChanges() {
        SmallDecision decision = SmallDecision.publish(jdbc, body);
        UUID person = body.person("Đỗ Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        body.viewer(Role.HEAD, body.wardOne);
        Browser clerk = body.browser(body.viewer(Role.CLERK, body.wardOne));
        decision.decideForAll();
        UUID campaign = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne));
        assertThat(browser.post("/dot/" + campaign, "/dot/" + campaign + "/mo").path())
                .endsWith("?xong=campaign-launched");
        assertThat(browser.get("/dot/" + campaign + "/sua").path()).isEqualTo("/dot/" + campaign);

        String roster = "/dot/" + campaign + "/danh-sach-chot";
        assertThat(clerk.get(roster + "?tim=do+thi").page().select("tbody th").eachText())
                .containsExactly("Đỗ Thị Hoà");
        String leave = roster + "/" + person + "/roi";
        assertThat(clerk.post(leave, leave, "ngay", "1/1/99", "ly-do", "nghỉ hưu")
                        .status())
                .isEqualTo(422);
        String today = clerk.get(leave).page().select("#f-ngay").val();
        assertThat(clerk.post(leave, leave, "ngay", today, "ly-do", "nghỉ hưu").path())
                .isEqualTo(roster + "?xong=roster-left");
        assertThat(clerk.get(roster).page().text()).contains("Thôi tính từ " + today, "nghỉ hưu");
        String value = person + " " + body.wardOne;
        var joined = clerk.post(
                roster + "/them",
                roster + "/them",
                "nguoi",
                value,
                "bo",
                decision.staff.toString(),
                "ngay",
                today,
                "ly-do",
                "trở lại");
        assertThat(joined.path()).isEqualTo(roster + "?xong=roster-joined");
        assertThat(browser.get("/dot").page().select(".cm-progress").text()).contains("0/1");
    }

    @Test
    void anOfficialSeesTheOpenCampaignAndNoDraft() {
        SmallDecision decision = SmallDecision.publish(jdbc, body);
        UUID person = body.person("Đỗ Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        Browser official = body.browser(body.official(person));
        UUID draft = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne));
        assertThat(official.get("/dot/" + draft).status()).isEqualTo(404);
        body.viewer(Role.HEAD, body.wardOne);
        body.viewer(Role.CLERK, body.wardOne);
        decision.decideForAll();
        campaigns.launch(board, draft);
        var page = official.get("/dot/" + draft).page();
        assertThat(page.select(".cm-actions a").eachAttr("href")).containsExactly("/cam-ket/" + draft);
        assertThat(official.get("/dot/" + draft + "/danh-sach-chot").status()).isEqualTo(403);
    }
}
