package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Which certificate is which unit's, on its page: proposed by the ward, confirmed at the top, ended by the ward; with mistakes. */
@ProductTest
class AgencyPagesTest {
    private static final byte[] SEAL = Certificates.der(
            SignatureSamples.AUTHORITY.personWithCurve("Con dấu thử", "Thử").certificate());

    @Autowired
    TestBodies bodies;

    private Body body;
    private Browser head;
    private Browser board;

    @BeforeEach
    void aWardAndTheOneAbove() {
        body = bodies.create();
        head = body.browser(body.viewer(Role.HEAD, body.wardOne));
        board = body.browser(body.viewer(Role.BOARD, body.root));
    }

    private Browser.Answer propose(Browser browser, byte[] file, String basis, String from) {
        return browser.upload(
                "/con-dau",
                "/con-dau",
                "tep",
                "con-dau.cer",
                file,
                "don-vi",
                body.wardOne.toString(),
                "can-cu",
                basis,
                "tu-ngay",
                from);
    }

    @Test
    void theWardProposesTheTopConfirmsAndTheWardEnds() {
        assertThat(head.get("/con-dau").page().text()).contains("Chưa có chứng thư nào được liên kết");
        assertThat(propose(head, SEAL, "Giấy chứng nhận số 1", "01/01/2026")
                        .page()
                        .select("main table")
                        .text())
                .contains("Phường Một", "Con dấu thử", "Chờ xác nhận", "Chờ người khác ở cấp trên cùng xác nhận");
        assertThat(head.get("/con-dau").page().select("form[action$=/xac-nhan]"))
                .as("nobody confirms what they proposed")
                .isEmpty();
        assertThat(board.get("/viec").page().text()).contains("Có 1 chứng thư của đơn vị chờ xác nhận");
        String confirm =
                board.get("/con-dau").page().select("form[action$=/xac-nhan]").attr("action");
        assertThat(head.post("/con-dau", confirm).status()).isEqualTo(403);
        assertThat(board.post("/con-dau", confirm).page().select("main table").text())
                .contains("Đang liên kết");

        String end = head.get("/con-dau").page().select("form[action$=/thoi]").attr("action");
        var blank = head.post("/con-dau", end, "ly-do", " ");
        assertThat(blank.status()).isEqualTo(422);
        assertThat(blank.page().select("details[open] #e-ly-do").text()).contains("Hãy ghi lý do");
        assertThat(head.post("/con-dau", end, "ly-do", "Mất thiết bị")
                        .page()
                        .select("main table")
                        .text())
                .contains("Đã thôi")
                .contains("Mất thiết bị");
    }

    @Test
    void aMistakeLosesNothingThatWasEntered() {
        for (var mistake : new Browser.Answer[] {
            propose(head, new byte[0], "Giấy chứng nhận số 1", "01/01/2026"),
            propose(head, SEAL, "Giấy chứng nhận số 1", "31/02/2026"),
            propose(
                    head,
                    Certificates.der(SignatureSamples.AUTHORITY.root().certificate()),
                    "Giấy chứng nhận số 1",
                    "01/01/2026")
        }) {
            assertThat(mistake.status()).isEqualTo(422);
            assertThat(mistake.page().select("details[open] .invalid-feedback").text())
                    .contains("Hãy");
            assertThat(mistake.page().select("#f-can-cu").text()).isEqualTo("Giấy chứng nhận số 1");
            assertThat(mistake.page().select("#f-don-vi option[selected]").val())
                    .isEqualTo(body.wardOne.toString());
        }
    }

    @Test
    void whoOnlyReadsChangesNothingAndOthersSeeNothing() {
        propose(head, SEAL, "Giấy chứng nhận số 1", "01/01/2026");
        Browser inspector = body.browser(body.viewer(Role.INSPECTOR, body.root));
        assertThat(inspector.get("/con-dau").page().select("main table").text()).contains("Phường Một");
        assertThat(inspector.get("/con-dau").page().select("main form")).isEmpty();
        Browser other = body.browser(body.viewer(Role.HEAD, body.wardTwo));
        assertThat(other.get("/con-dau").page().select("main table")).isEmpty();
        assertThat(propose(other, SEAL, "Thử", "01/01/2026").status()).isIn(403, 422);
        assertThat(body.browser(body.viewer(Role.CLERK, body.wardOne))
                        .get("/con-dau")
                        .status())
                .isEqualTo(403);
    }
}
