package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** What is trusted, on its page: proposed by one, confirmed by another, with a mistake on the way. */
@ProductTest
class TrustPagesTest {
    @Autowired
    TestBodies bodies;

    @Test
    void oneProposesAndAnotherConfirmsAndEnds() {
        var body = bodies.create();
        var one = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        var other = body.browser(body.viewer(Role.BOARD, body.root));
        byte[] root = Certificates.der(SignatureSamples.AUTHORITY.root().certificate());

        var mistake = one.upload(
                "/tin-cay",
                "/tin-cay/neo",
                "tep",
                "goc.cer",
                root,
                "can-cu",
                "Thông báo số 1",
                "tu-ngay",
                "31/02/2026");
        assertThat(mistake.status()).isEqualTo(422);
        assertThat(mistake.page().select("#e-tu-ngay").text()).contains("05/02/2026");
        assertThat(mistake.page().select("#f-can-cu").text()).isEqualTo("Thông báo số 1");
        assertThat(mistake.page().select("#f-tu-ngay").val()).isEqualTo("31/02/2026");

        var proposed = one.upload(
                "/tin-cay",
                "/tin-cay/neo",
                "tep",
                "goc.cer",
                root,
                "can-cu",
                "Thông báo số 1",
                "tu-ngay",
                "01/01/2026");
        assertThat(proposed.status()).isEqualTo(200);
        assertThat(proposed.page().select("main table").text()).contains("Chờ người khác xác nhận");
        assertThat(proposed.page().select("form[action$=/xac-nhan]"))
                .as("nobody confirms what they proposed")
                .isEmpty();
        String action =
                other.get("/tin-cay").page().select("form[action$=/xac-nhan]").attr("action");
        assertThat(one.post("/tin-cay", action).status()).isEqualTo(422);
        assertThat(other.post("/tin-cay", action).page().select("main table").text())
                .contains("Đang tin cậy");

        String end = other.get("/tin-cay").page().select("form[action$=/thoi]").attr("action");
        assertThat(other.post("/tin-cay", end, "ly-do", "").status()).isEqualTo(422);
        assertThat(other.post("/tin-cay", end, "ly-do", "Hết hiệu lực")
                        .page()
                        .select("main table")
                        .text())
                .contains("Đã thôi")
                .contains("Hết hiệu lực");
    }

    @Test
    void aServiceForTimeStampsIsAnAddressWithoutSecrets() {
        var body = bodies.create();
        var one = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        for (String address : new String[] {"ftp://a.vn/tsa", "https://ten:mat-khau@a.vn/tsa", "không phải địa chỉ"}) {
            var refused = one.post(
                    "/tin-cay",
                    "/tin-cay/dau-thoi-gian",
                    "dau-ten",
                    "Dịch vụ",
                    "dau-dia-chi",
                    address,
                    "dau-can-cu",
                    "Hợp đồng",
                    "dau-tu-ngay",
                    "01/01/2026");
            assertThat(refused.status()).as(address).isEqualTo(422);
            assertThat(refused.page().select("#f-dau-dia-chi").val()).isEqualTo(address);
        }
        var done = one.post(
                "/tin-cay",
                "/tin-cay/dau-thoi-gian",
                "dau-ten",
                "Dịch vụ",
                "dau-dia-chi",
                "https://a.vn/tsa",
                "dau-can-cu",
                "Hợp đồng",
                "dau-tu-ngay",
                "01/01/2026",
                "dau-den-ngay",
                "31/12/2026");
        assertThat(done.page().select("main table").text())
                .contains("https://a.vn/tsa")
                .contains("31/12/2026");
    }

    @Test
    void whoOnlyReadsSeesAndCannotChange() {
        var body = bodies.create();
        var inspector = body.browser(body.viewer(Role.INSPECTOR, body.root));
        assertThat(inspector.get("/tin-cay").status()).isEqualTo(200);
        assertThat(inspector.get("/tin-cay").page().select("main form[method=post]"))
                .isEmpty();
        assertThat(inspector.get("/chung-thu").status()).isEqualTo(403);
    }
}
