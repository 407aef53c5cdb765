package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class PaperPagesTest {
    private static final String PDF = "application/pdf";

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer board;
    private UUID person;

    @BeforeEach
    void aBody() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
    }

    private UUID launched(String... methods) {
        return CampaignSamples.launched(
                campaigns, body, board, SmallDecision.publish(jdbc, body), Set.of(methods), body.wardOne);
    }

    private static boolean isPdf(Browser.Answer answer) {
        return answer.status() == 200
                && answer.type().startsWith(PDF)
                && new String(answer.bytes(), 0, 5, StandardCharsets.ISO_8859_1).equals("%PDF-");
    }

    @Test
    void anOfficialGetsTheFormToSignAndAfterConfirmingTheProofOfIt() {
        UUID campaign = launched(Commitments.ELECTRONIC, Commitments.PAPER);
        Viewer official = body.official(person);
        Browser browser = body.browser(official);
        Browser.Answer form = browser.get("/cam-ket/" + campaign);
        String pdf = form.page().select("#ban-giay a[href$=.pdf]").attr("href");
        assertThat(isPdf(browser.get(pdf))).isTrue();
        assertThat(browser.get(form.page().select("#ban-giay a[href$=.docx]").attr("href"))
                        .type())
                .contains("wordprocessingml");
        CommitmentSamples.sign(commitments, official, campaign);
        assertThat(browser.get("/cam-ket/" + campaign + "/bien-nhan").text()).contains("không phải chữ ký số");
        assertThat(isPdf(browser.get(pdf))).isTrue();
    }

    @Test
    void aCampaignWithoutPaperSaysSoInsteadOfPrinting() {
        UUID campaign = launched(Commitments.ELECTRONIC);
        Browser browser = body.browser(body.official(person));
        assertThat(browser.get("/cam-ket/" + campaign).page().select("#ban-giay"))
                .isEmpty();
        Browser.Answer refused = browser.get("/cam-ket/" + campaign + "/ban-cam-ket.pdf");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Đợt này không nhận ký trên giấy");
    }

    @Test
    void aClerkPrintsOneOrAllAndSeesThatNoOfficialFormIsKnown() {
        UUID campaign = launched(Commitments.PAPER);
        Browser clerk = body.browser(body.viewer(Role.CLERK, body.wardOne));
        Browser.Answer list = clerk.get("/cam-ket/danh-sach/" + campaign);
        assertThat(isPdf(clerk.get(
                        list.page().select("a[href^=/cam-ket/in/][href$=.pdf]").attr("href"))))
                .isTrue();
        String path = "/cam-ket/in/" + campaign;
        Browser.Answer page = clerk.get(path + "?don-vi=" + body.wardOne);
        assertThat(page.page().text()).contains("Chưa biết mẫu chính thức", "-HD/VPTW", "Số bản sẽ in 1");
        assertThat(isPdf(clerk.post(path, path))).isTrue();
        Browser.Answer nobody = clerk.post(path, path, "tim", "khong co ai");
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.text()).contains("Không có người nào khớp");
        Browser stranger = body.browser(body.viewer(Role.CLERK, body.wardTwo));
        assertThat(stranger.get(path + "/" + person + ".pdf").status()).isIn(403, 404);
        assertThat(body.browser(body.viewer(Role.HEAD, body.wardOne)).get(path).status())
                .isIn(403, 404);
    }

    @Test
    void theBoardWithdrawsWithAReasonOnly() {
        UUID campaign = launched(Commitments.ELECTRONIC);
        CommitmentSamples.sign(commitments, body.official(person), campaign);
        Browser browser = body.browser(board);
        String path = browser.get("/cam-ket/danh-sach/" + campaign)
                .page()
                .select("a[href^=/cam-ket/thu-hoi/]")
                .attr("href");
        Browser.Answer missing = browser.post(path, path, "ly-do", " ");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.page().select("#e-ly-do").text()).contains("Chưa có lý do");
        Browser.Answer done = browser.post(path, path, "ly-do", "ghi nhầm người");
        assertThat(done.path()).endsWith("?xong=signature-withdrawn");
        assertThat(done.text()).contains("Đã thu hồi cam kết");
        assertThat(browser.get(path).text()).contains("Không có cam kết đã ký nào để thu hồi");
    }
}
