package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class CommitmentPagesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Decisions decisions;

    @Autowired
    Criteria criteria;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer board;

    @BeforeEach
    void aBody() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
    }

    private UUID launched() {
        return CampaignSamples.launched(campaigns, body, board, SmallDecision.publish(jdbc, body), body.wardOne);
    }

    @Test
    void anOfficialReadsTheRealTextMakesMistakesSignsAndChecksTheDocument() {
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary);
        RealDecision real = RealDecision.publish(decisions, criteria, body);
        jdbc.sql("""
                        insert into criteria.applicability
                            (tenant_id, decision_id, person_id, set_id, proposed, reason, decided_by, decided_at)
                        values (?, ?, ?, ?, true, 'theo chức vụ', ?, now())
                        """)
                .params(body.tenant, real.id(), person, real.leadersSet(), board.accountId())
                .update();
        body.viewer(Role.HEAD, body.wardOne);
        body.viewer(Role.CLERK, body.wardOne);
        UUID campaign = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, real.id(), body.wardOne));
        assertThat(campaigns.launch(board, campaign)).isEqualTo(new Campaigns.Launch.Launched(1));

        Browser browser = body.browser(body.official(person));
        assertThat(browser.get("/viec").page().select(".cm-todo").text()).contains("Ký cam kết năm 2021");
        Browser.Answer form = browser.get("/cam-ket");
        assertThat(form.path()).isEqualTo("/cam-ket/" + campaign);
        assertThat(form.page().select(".cm-items li")).hasSize(27);
        assertThat(form.text()).doesNotContain("Ký số");
        String set = form.page().select("input[name=bo]").val();
        String hash = form.page().select("input[name=noi-dung]").val();
        assertThat(HexFormat.of().parseHex(hash))
                .isEqualTo(criteria.text(body.tenant, real.leadersSet()).hash());

        Browser.Answer unread =
                browser.post(form.path(), form.path(), "bo", set, "noi-dung", hash, "mat-khau", TestBodies.PASSWORD);
        assertThat(unread.status()).isEqualTo(422);
        assertThat(unread.page().select("#e-da-doc").text()).contains("đã đọc");
        Browser.Answer wrong =
                browser.post(form.path(), form.path(), "bo", set, "noi-dung", hash, "da-doc", "co", "mat-khau", "sai");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#e-mat-khau").text()).contains("Mật khẩu không đúng");
        assertThat(wrong.page().select("#f-da-doc").hasAttr("checked")).isTrue();

        Browser.Answer receipt = browser.post(
                form.path(), form.path(), "bo", set, "noi-dung", hash, "da-doc", "co", "mat-khau", TestBodies.PASSWORD);
        assertThat(receipt.path()).isEqualTo("/cam-ket/" + campaign + "/bien-nhan?xong=signed");
        Browser.Answer document = browser.get("/cam-ket/" + campaign + "/ban-cam-ket.txt");
        assertThat(document.type()).isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(receipt.page().select("dd.cm-hash").eachText().getFirst().replace(" ", ""))
                .isEqualTo(HexFormat.of().formatHex(Sha256.of(document.bytes())));
        assertThat(document.text()).contains("264-QĐ/QU, ngày 24/09/2021");

        Browser.Answer twice = browser.postWithToken(
                browser.token("/tai-khoan"), form.path(), "bo", set, "noi-dung", hash, "da-doc", "co", "mat-khau", "x");
        assertThat(twice.path()).endsWith("/bien-nhan?xong=already-signed");
        assertThat(browser.get("/viec").page().select(".cm-todo").text()).doesNotContain("Ký cam kết");
    }

    @Test
    void somebodyWhoIsOnNoRosterIsToldSo() {
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        assertThat(body.browser(body.official(person))
                        .get("/cam-ket")
                        .page()
                        .select(".cm-empty-title")
                        .text())
                .contains("Chưa có bản cam kết");
    }

    @Test
    void aDeclineKeepsWhatWasTypedAndCanBeFollowedByASignature() {
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        UUID campaign = launched();
        Browser browser = body.browser(body.official(person));
        String at = "/cam-ket/" + campaign;
        Browser.Answer refused = browser.post(at, at + "/khong-ky", "loai", "", "ly-do", "chưa rõ nội dung 2");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("textarea[name=ly-do]").text()).isEqualTo("chưa rõ nội dung 2");
        assertThat(browser.post(at, at + "/khong-ky", "loai", "tu-choi", "ly-do", "chưa rõ")
                        .path())
                .isEqualTo(at + "?xong=declined");
        assertThat(browser.get(at).page().select("#ky button")).isNotEmpty();
    }

    @Test
    void theClerkSeesCountsThatEqualTheRowsFindsNamesAndRecords() {
        UUID an = body.person("Nguyễn Thị Hồng Ân", body.wardOne, body.partyBloc, body.staff);
        body.person("Đỗ Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        body.person("Đỗ Thị Hoa", body.wardOne, body.stateBloc, body.staff);
        body.person("Bùi Văn Ngoài", body.wardTwo, body.partyBloc, body.staff);
        UUID campaign = launched();
        Browser browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        String list = "/cam-ket/danh-sach/" + campaign;
        var page = browser.get(list).page();
        assertThat(page.select("tbody th").eachText())
                .containsExactly("Nguyễn Thị Hồng Ân", "Đỗ Thị Hoa", "Đỗ Thị Hoà");
        assertThat(page.select(".cm-counts dd").eachText().getFirst()).isEqualTo("3");
        assertThat(browser.get(list + "?tim=hoa").page().select("tbody th").eachText())
                .hasSize(2);
        assertThat(browser.get(list + "?tim=Ho%C3%A0")
                        .page()
                        .select("tbody th")
                        .eachText()
                        .getFirst())
                .isEqualTo("Đỗ Thị Hoà");

        String record = "/cam-ket/khong-ky/" + campaign + "/" + an;
        assertThat(browser.post(record, record, "loai", "om", "ly-do", "").status())
                .isEqualTo(422);
        assertThat(browser.post(record, record, "loai", "nghi-thai-san", "ly-do", "từ 01/9/2021")
                        .path())
                .isEqualTo(list + "?xong=excused");
        assertThat(browser.get(list + "?trang-thai=excused")
                        .page()
                        .select("tbody th")
                        .eachText())
                .containsExactly("Nguyễn Thị Hồng Ân");
        assertThat(browser.get(list + "?trang-thai=open").page().select("tbody tr"))
                .hasSize(2);
        assertThat(browser.post(record, record + "/thoi", "ly-do-thoi", "ghi nhầm")
                        .path())
                .isEqualTo(list + "?xong=reopened");
        assertThat(browser.get("/viec").page().select(".cm-todo").text()).contains("3 người chưa ký");
    }

    @Test
    void anotherUnitsClerkSeesNobody() {
        UUID person = body.person("Đỗ Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        UUID campaign = launched();
        Browser other = body.browser(body.viewer(Role.CLERK, body.wardTwo));
        assertThat(other.get("/cam-ket/danh-sach/" + campaign).status()).isEqualTo(404);
        assertThat(other.get("/cam-ket/khong-ky/" + campaign + "/" + person).status())
                .isEqualTo(404);
        Browser stranger =
                body.browser(body.official(body.person("Bùi Văn Lạ", body.wardTwo, body.partyBloc, body.staff)));
        assertThat(stranger.get("/cam-ket/" + campaign).status()).isEqualTo(404);
        assertThat(stranger.get("/cam-ket/" + campaign + "/bien-nhan").status()).isEqualTo(404);
        assertThat(stranger.get("/cam-ket/danh-sach/" + campaign).status()).isEqualTo(403);
    }
}
