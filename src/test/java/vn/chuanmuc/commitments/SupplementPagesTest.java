package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** The whole way of a supplementary campaign through the pages, by everybody whom it concerns and does not. */
@ProductTest
class SupplementPagesTest {
    private static final String SIGN_BY = "20/11/2021";

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Papers papers;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aNewDecisionIsAnsweredFromTheNoticeToTheListAndEachIsToldWhatItMeansForThem() {
        Body body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        SmallDecision decision = SmallDecision.publish(jdbc, body);
        UUID lead = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary);
        UUID staff = body.person("Lê Văn Minh", body.wardOne, body.partyBloc, body.staff);
        UUID silent = body.person("Phạm Thị Lan", body.wardOne, body.partyBloc, body.secretary);
        UUID base = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        Viewer leader = body.official(lead);
        Viewer member = body.official(staff);
        assertThat(CommitmentSamples.sign(commitments, leader, base)).isTrue();
        assertThat(CommitmentSamples.sign(commitments, member, base)).isTrue();
        Browser hoa = body.browser(leader);
        assertThat(hoa.get("/cam-ket/" + base + "/ban-cam-ket.pdf").status()).isEqualTo(200);
        PaperCode old = papers.of(body.tenant, CommitmentPapers.CONFIRMED, base, lead)
                .getFirst()
                .code();

        List<String> items = SmallDecision.leadersItems();
        SmallDecision later = decision.replacedBy(
                "15-QĐ/QU",
                LocalDate.of(2021, 11, 1),
                List.of(
                        items.get(0),
                        items.get(1).replace("thứ 2", "thứ 2 đã sửa"),
                        "Học tập và làm theo tấm gương đạo đức."),
                SmallDecision.staffItems());

        Browser office = body.browser(board);
        assertThat(office.get("/viec").page().select(".cm-todo").text()).contains("Quyết định mới đã thay quyết định");
        assertThat(office.get("/dot/" + base).page().select(".alert-warning").text())
                .contains("15-QĐ/QU");
        String page = "/dot/" + base + "/bo-sung";
        // Nobody's set is decided yet: said so, and nothing can be planned.
        Document undecided = office.get(page).page();
        assertThat(undecided.select("tr[data-verdict=no-set] td.num").text()).isEqualTo("2");
        assertThat(undecided.select("form#dot")).isEmpty();
        assertThat(undecided.select(".alert-info").text()).contains("2 người chưa được quyết định bộ");

        later.decideForAll();
        Document shown = office.get(page).page();
        assertThat(shown.select("tr[data-verdict=changed] td.num").text()).isEqualTo("1");
        assertThat(shown.select("tr[data-verdict=same] td.num").text()).isEqualTo("1");
        assertThat(shown.select("tr[data-verdict=unsigned] td.num").text()).isEqualTo("1");
        assertThat(shown.select("ins").text()).contains("đã sửa", "tấm gương");
        assertThat(shown.select("del").text()).contains("Nội dung thứ 3");
        assertThat(shown.select("details").text()).contains("1 nội dung giữ nguyên lời", items.get(0));
        assertThat(shown.select("#tung-nguoi tbody tr").eachText())
                .anySatisfy(row -> assertThat(row).contains("Trần Thị Hoà", "Phải ký lại"))
                .anySatisfy(row -> assertThat(row).contains("Lê Văn Minh", "Không phải ký lại", "giữ nguyên lời"))
                .anySatisfy(row -> assertThat(row).contains("Phạm Thị Lan", "Chưa có bản nào có hiệu lực"));
        assertThat(office.get(page + "?loc=same&tim=minh").page().select("#tung-nguoi tbody tr"))
                .hasSize(1);

        String set = later.id.toString();
        Browser.Answer wrong = office.post(
                page,
                page,
                "van-ban",
                set,
                "ten",
                "Bổ sung năm 2021",
                "han-ky",
                SIGN_BY,
                "han-nop",
                "30/02/2021",
                "hinh-thuc",
                "xac-nhan-dien-tu");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#e-han-nop").text()).contains("Không có ngày này");
        assertThat(wrong.page().select("#f-ten").val()).isEqualTo("Bổ sung năm 2021");
        Browser.Answer drafted = office.post(
                page,
                page,
                "van-ban",
                set,
                "ten",
                "Bổ sung năm 2021",
                "han-ky",
                SIGN_BY,
                "han-nop",
                "30/11/2021",
                "hinh-thuc",
                "xac-nhan-dien-tu");
        assertThat(drafted.page().select(".cm-facts").text())
                .contains("Đợt bổ sung", "Triển khai bộ tiêu chí năm 2021");
        String supplement = drafted.path().replaceAll("^/dot/|\\?.*$", "");
        assertThat(office.get("/dot/" + supplement + "/sua")
                        .page()
                        .select("#f-han-nop")
                        .val())
                .isEqualTo("30/11/2021");
        Browser.Answer opened = office.post("/dot/" + supplement, "/dot/" + supplement + "/mo");
        assertThat(opened.path()).endsWith("?xong=campaign-launched");
        assertThat(office.get("/viec").page().select(".cm-todo").text())
                .doesNotContain("Quyết định mới đã thay quyết định");

        // Whom it does not concern is told why; whom it concerns signs, and the old one stands until then.
        assertThat(body.browser(member)
                        .get("/cam-ket/" + base)
                        .page()
                        .select(".alert-success")
                        .text())
                .contains("không phải ký lại");
        assertThat(body.browser(member).get("/cam-ket/" + supplement).status()).isEqualTo(404);
        assertThat(body.browser(body.official(silent)).get("/cam-ket/" + base).text())
                .contains("chưa có bản nào có hiệu lực");
        assertThat(hoa.get("/cam-ket/" + base).page().select(".alert-warning").text())
                .contains("Bổ sung năm 2021", "vẫn có hiệu lực cho tới khi");
        assertThat(bodies.stranger().get("/kiem-tra?ma=" + old.written()).text())
                .contains("Giấy hợp lệ");
        Document form = hoa.get("/cam-ket/" + supplement).page();
        assertThat(form.select("#thay-doi").text()).contains("đã ký trong năm 2021");
        Browser.Answer receipt = hoa.post(
                "/cam-ket/" + supplement,
                "/cam-ket/" + supplement,
                "bo",
                form.select("input[name=bo]").val(),
                "noi-dung",
                form.select("input[name=noi-dung]").val(),
                "da-doc",
                "co",
                "mat-khau",
                TestBodies.PASSWORD);
        assertThat(receipt.path()).endsWith("/bien-nhan?xong=signed");
        assertThat(hoa.get("/cam-ket/" + base + "/bien-nhan")
                        .page()
                        .select(".alert-warning")
                        .text())
                .contains("không còn hiệu lực");
        assertThat(hoa.get("/cam-ket").page().select(".cm-tag").eachText()).contains("Đã được thay");

        // Whoever holds the old paper is told that another stands, and not which: its code opens what it says.
        PaperCode newer = papers.of(body.tenant, CommitmentPapers.CONFIRMED, UUID.fromString(supplement), lead)
                .getFirst()
                .code();
        Document check = bodies.stranger().get("/kiem-tra?ma=" + old.written()).page();
        assertThat(check.select(".alert-warning").text())
                .contains("Giấy đã được thay thế", "Giấy thay thế đang có giá trị");
        assertThat(check.html()).doesNotContain(newer.written());
        assertThat(bodies.stranger().get("/kiem-tra?ma=" + newer.written()).text())
                .contains("Giấy hợp lệ");
        // The paper of then can still be had, and is the same; no other is issued of it.
        assertThat(hoa.get("/cam-ket/" + base + "/ban-cam-ket.pdf").status()).isEqualTo(200);
        assertThat(papers.of(body.tenant, CommitmentPapers.CONFIRMED, base, lead))
                .hasSize(1);

        // The year counts each person once.
        Document year = office.get("/dot/" + base).page();
        assertThat(year.select("#ca-nam ~ .cm-table td.num").eachText()).containsExactly("1", "0", "1", "1");
        // The supplementary list is compiled of its own roster.
        Browser clerk = body.browser(body.viewer(Role.CLERK, body.wardOne));
        String list = "/danh-sach/" + supplement + "/" + body.wardOne + "/" + body.partyBloc;
        assertThat(clerk.get(list).text()).contains("Trần Thị Hoà").doesNotContain("Lê Văn Minh");
    }

    @Test
    void whoSignedTheOldWordsLateIsPutOntoTheSupplementWithOneButton() {
        Body body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        SmallDecision decision = SmallDecision.publish(jdbc, body);
        UUID lead = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary);
        UUID silent = body.person("Phạm Thị Lan", body.wardOne, body.partyBloc, body.secretary);
        UUID base = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        assertThat(CommitmentSamples.sign(commitments, body.official(lead), base))
                .isTrue();
        SmallDecision later = decision.replacedBy(
                "15-QĐ/QU", LocalDate.of(2021, 11, 1), List.of("Lời khác hẳn."), SmallDecision.staffItems());
        later.decideForAll();
        Browser office = body.browser(board);
        String page = "/dot/" + base + "/bo-sung";
        String supplement = office.post(
                        page,
                        page,
                        "van-ban",
                        later.id.toString(),
                        "ten",
                        "Bổ sung năm 2021",
                        "han-ky",
                        SIGN_BY,
                        "han-nop",
                        "30/11/2021",
                        "hinh-thuc",
                        "xac-nhan-dien-tu")
                .path()
                .replaceAll("\\?.*$", "");
        office.post(supplement, supplement + "/mo");
        Viewer lan = body.official(silent);
        assertThat(CommitmentSamples.sign(commitments, lan, base)).isTrue();
        assertThat(office.get("/dot/" + base)
                        .page()
                        .select("[data-year=late] td")
                        .text())
                .isEqualTo("1");
        assertThat(office.post(supplement + "/dong", supplement + "/dong", "ly-do", "Xong")
                        .text())
                .contains("Chưa đóng được: 1 người đã ký theo quyết định cũ");

        Browser clerk = body.browser(body.viewer(Role.CLERK, body.wardOne));
        assertThat(clerk.get("/viec").page().select(".cm-todo").text())
                .contains("1 người phải ký lại nhưng chưa có trong “Bổ sung năm 2021”");
        var form = clerk.get(supplement).page().select("#ky-muon ~ .cm-table form");
        assertThat(form).hasSize(1);
        String[] fields = form.select("input[type=hidden]").stream()
                .filter(input -> !input.attr("name").equals("_csrf"))
                .flatMap(input -> Stream.of(input.attr("name"), input.val()))
                .toArray(String[]::new);
        assertThat(clerk.post(supplement, form.attr("action"), fields).path()).endsWith("?xong=roster-joined");
        assertThat(clerk.get(supplement).page().select("#ky-muon")).isEmpty();
        assertThat(clerk.get("/viec").text()).doesNotContain("phải ký lại nhưng chưa có");
        assertThat(body.browser(lan)
                        .get(supplement.replace("/dot/", "/cam-ket/"))
                        .status())
                .isEqualTo(200);
    }
}
