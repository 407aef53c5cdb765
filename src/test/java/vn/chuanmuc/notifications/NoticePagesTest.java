package vn.chuanmuc.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Without any mail server: everything is told in the product, and the pages say plainly that no mail goes. */
@ProductTest
class NoticePagesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Notifications notifications;

    @Autowired
    Addresses addresses;

    @Autowired
    TransactionTemplate transaction;

    private void tell(Viewer viewer, Kind kind, String word) {
        transaction.executeWithoutResult(status -> notifications.tell(
                new Notice(
                        viewer.tenantId(),
                        kind,
                        Notice.NOBODY,
                        Ids.next(),
                        "",
                        List.of(word, "bước '{0}'"),
                        "/tai-khoan",
                        LocalDate.of(2031, 12, 24)),
                List.of(viewer.accountId())));
    }

    @Test
    void readsOpensAndTicksOffWhatWasTold() {
        Body body = bodies.create();
        Viewer viewer = body.official(body.person("Đỗ Văn An", body.wardOne, body.partyBloc, body.staff));
        Browser browser = body.browser(viewer);
        assertThat(browser.get("/thong-bao").page().select(".cm-empty-title").text())
                .isEqualTo("Chưa có thông báo nào");
        tell(viewer, Kind.STAGE_DUE, "<b>Đợt</b>\nquý \"I\"");
        tell(viewer, Kind.RESULT_TOLD, "Đợt quý II");
        Browser.Answer list = browser.get("/thong-bao");
        assertThat(list.page().select(".cm-count").text()).isEqualTo("2");
        assertThat(list.page().select(".cm-bell .visually-hidden").text()).isEqualTo("2 chưa đọc");
        assertThat(list.page().select(".not-list a").eachText())
                .containsExactly(
                        "Đã có kết quả đánh giá: Đợt quý II", "Sắp hết hạn: <b>Đợt</b> quý \"I\" – bước '{0}'");
        assertThat(list.page().select(".not-list").text()).contains("Hạn: 24/12/2031");
        String first = list.page().select(".not-list a").attr("href");
        assertThat(browser.get(first).path()).isEqualTo("/tai-khoan");
        assertThat(browser.get(first).path()).as("opened again").isEqualTo("/tai-khoan");
        assertThat(browser.get("/thong-bao?loc=chua-doc").page().select(".not-list a"))
                .hasSize(1);
        Browser other = body.browser(body.viewer(Role.CLERK, body.root));
        assertThat(other.get(first).status()).isEqualTo(404);
        assertThat(browser.get("/thong-bao/" + new UUID(7, 7)).status()).isEqualTo(404);
        assertThat(browser.post("/thong-bao", "/thong-bao/da-doc").path()).isEqualTo("/thong-bao?xong=notices-read");
        assertThat(browser.get("/thong-bao?loc=chua-doc")
                        .page()
                        .select(".cm-empty-title")
                        .text())
                .isEqualTo("Đã đọc hết");
        for (int i = 0; i < 30; i++) {
            tell(viewer, Kind.RESULT_TOLD, "Đợt " + i);
        }
        assertThat(browser.get("/thong-bao?trang=2").page().select(".not-list a"))
                .hasSize(7);
    }

    @Test
    void saysPlainlyThatNoMailIsSentAndTakesNoAddress() {
        Body body = bodies.create();
        Viewer viewer = body.official(body.person("Đỗ Văn An", body.wardOne, body.partyBloc, body.staff));
        Browser browser = body.browser(viewer);
        assertThat(browser.get("/thong-bao/thu").page().select("[role=note]").text())
                .contains("chưa được cài đặt để gửi thư");
        assertThat(browser.postWithToken(browser.token("/thong-bao"), "/thong-bao/thu/dia-chi", "dia-chi", "a@b.vn")
                        .status())
                .isEqualTo(422);
        assertThat(addresses.own(viewer).wanted()).isNull();
        Browser administrator = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        String page =
                administrator.get("/quan-tri/thu").page().select("[role=note]").text();
        assertThat(page)
                .contains("Hệ thống chưa gửi thư.")
                .contains("CHUANMUC_SMTP_HOST")
                .contains("CHUANMUC_MAIL_FROM")
                .contains("CHUANMUC_PUBLIC_ADDRESS");
        assertThat(administrator
                        .postWithToken(
                                administrator.token("/quan-tri/thu"), "/quan-tri/thu/gui-thu", "dia-chi", "a@b.vn")
                        .status())
                .isEqualTo(422);
        assertThat(browser.get("/quan-tri/thu").status()).isEqualTo(403);
    }

    @Test
    void speaksEnglish() {
        Body body = bodies.create();
        Viewer viewer = body.official(body.person("Đỗ Văn An", body.wardOne, body.partyBloc, body.staff));
        Browser browser = body.browser(viewer);
        tell(viewer, Kind.RESULT_TOLD, "Quý II");
        browser.get("/ngon-ngu?l=en&ve=/thong-bao");
        Browser.Answer list = browser.get("/thong-bao");
        assertThat(list.page().select("h1").text()).isEqualTo("My notices");
        assertThat(list.page().select(".not-list a").text()).isEqualTo("Your assessment result is there: Quý II");
        assertThat(list.page().select(".cm-bell .visually-hidden").text()).isEqualTo("1 unread");
    }
}
