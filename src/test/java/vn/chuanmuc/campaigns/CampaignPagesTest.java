package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
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
    Units units;

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

    /** 1,000 units: 40 wards with 24 below each. */
    private List<UUID> manyUnits() {
        List<UUID> wards = units.addAll(
                body.tenant,
                board.accountId(),
                IntStream.rangeClosed(1, 40)
                        .mapToObj(n -> new Units.NewUnit("X" + n, "Phường Số " + n, Units.Kind.WARD, body.root))
                        .toList());
        units.addAll(
                body.tenant,
                board.accountId(),
                wards.stream()
                        .flatMap(ward -> IntStream.rangeClosed(1, 24)
                                .mapToObj(n ->
                                        new Units.NewUnit("T" + n + "-" + ward, "Tổ " + n, Units.Kind.OTHER, ward)))
                        .toList());
        return wards;
    }

    @Test
    void choosesUnitsInBranchesWhereThereAreTooManyToTick() {
        SmallDecision decision = SmallDecision.publish(jdbc, body);
        List<UUID> wards = manyUnits();
        body.people(3, body.wardOne, body.partyBloc);
        body.people(2, wards.get(7), body.partyBloc);
        var form = browser.get("/dot/moi").page();
        assertThat(form.select("input[name=don-vi], select[name=noi-nhan] option"))
                .isEmpty();
        assertThat(form.select("input[name=noi-nhan-tim]").val()).contains("Quận thử");
        assertThat(form.select(".camp-branches li").eachText())
                .satisfiesExactly(
                        all -> assertThat(all).startsWith("Lấy Quận thử").contains("toàn bộ bên dưới"),
                        top -> assertThat(top).startsWith("Trừ chỉ riêng Quận thử"));
        assertThat(form.select("fieldset [role=status]").text()).contains("1.002 đơn vị, 5 người");

        var plan = new Plan(decision);
        // a ward is left out that was not found at once
        plan.sends("them", "1", "cach", "tru", "nhanh-moi-tim", "phuong so");
        var several = plan.post("/dot/moi");
        assertThat(several.status()).isEqualTo(422);
        assertThat(several.page().select("input[type=radio][name=nhanh-moi]")).hasSizeGreaterThan(10);
        assertThat(several.page().select("#f-ten").val()).isEqualTo("Đợt thử");
        assertThat(several.page().select("#f-cach option[selected]").val()).isEqualTo("tru");
        plan.reads(several.page());
        plan.sends(
                "them",
                "1",
                "cach",
                "tru",
                "nhanh-moi-tim",
                "phuong so",
                "nhanh-moi",
                wards.get(7).toString());
        var without = plan.post("/dot/moi");
        assertThat(without.status()).isEqualTo(200);
        assertThat(without.page().select(".camp-branches").text()).contains("Trừ Phường Số 8 và toàn bộ bên dưới");
        assertThat(without.page().select("fieldset [role=status]").text()).contains("977 đơn vị, 3 người");
        plan.reads(without.page());

        // what was typed and not added yet is not lost by pressing “Lưu”
        plan.sends("cach", "tru", "nhanh-moi-tim", "X9");
        var pending = plan.post("/dot/moi");
        assertThat(pending.path()).isEqualTo("/dot/moi");
        assertThat(pending.page().select(".camp-branches").text()).contains("Phường Số 9");
        plan.reads(pending.page());
        assertThat(pending.page().select("button[name=bo]").eachAttr("value")).contains("tru:" + wards.get(8));
        plan.sends("bo", "tru:" + wards.get(8));
        var back = plan.post("/dot/moi");
        assertThat(back.page().select(".camp-branches").text()).doesNotContain("Phường Số 9");
        plan.reads(back.page());

        var saved = plan.post("/dot/moi");
        assertThat(saved.path()).endsWith("?xong=campaign-saved");
        assertThat(saved.page().select("main details li").eachText())
                .anyMatch(line -> line.contains("Phường Số 8 và toàn bộ bên dưới"))
                .hasSizeLessThan(20);
        String at = saved.path().replaceFirst("\\?.*", "");
        assertThat(campaigns
                        .participants(
                                body.tenant,
                                campaigns.getVisible(board, UUID.fromString(at.substring("/dot/".length()))))
                        .units())
                .hasSize(977);
        var again = browser.get(at + "/sua").page();
        assertThat(again.select(".camp-branches li")).hasSize(3);
        assertThat(again.select("fieldset [role=status]").text()).contains("977 đơn vị, 3 người");
        // a unit that is founded later joins nobody silently: it is seen as an exception
        units.addAll(
                body.tenant,
                board.accountId(),
                List.of(new Units.NewUnit("MOI", "Tổ Mới", Units.Kind.OTHER, wards.getFirst())));
        assertThat(browser.get(at + "/sua").page().select(".camp-branches").text())
                .contains("Trừ Tổ Mới (Phường Số 1)");
    }

    /** The form of a plan as a browser without JavaScript would send it. */
    private final class Plan {
        private final List<String> fields;
        private List<String> branches = List.of("lay:" + body.root, "tru-rieng:" + body.root);
        private List<String> pressed = List.of();

        Plan(SmallDecision decision) {
            fields = List.of(
                    "nam",
                    "2021",
                    "ten",
                    "Đợt thử",
                    "van-ban",
                    decision.id.toString(),
                    "han-ky",
                    "10/10/2021",
                    "han-nop",
                    "20/10/2021",
                    "hinh-thuc",
                    Campaigns.methods().getFirst(),
                    "noi-nhan",
                    body.root.toString());
        }

        void sends(String... more) {
            pressed = List.of(more);
        }

        void reads(Document page) {
            branches = page.select("input[name=nhanh]").eachAttr("value");
        }

        Browser.Answer post(String action) {
            var all = new ArrayList<>(fields);
            branches.forEach(branch -> all.addAll(List.of("nhanh", branch)));
            all.addAll(pressed);
            pressed = List.of();
            return browser.post(action, action, all.toArray(String[]::new));
        }
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
