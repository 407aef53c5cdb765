package vn.chuanmuc.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.TestBodies.Body;

/** The pages as people use them, with a slip made on the way. */
class MailPagesTest extends MailProduct {
    private static final String OWN = "/thong-bao/thu";
    private static final String MAILS = "/quan-tri/thu";

    private Viewer official(Body body) {
        return body.official(body.person("Vũ Thị Bình", body.wardOne, body.partyBloc, body.staff));
    }

    /** Sends what is due now, unless the product's own chore just did. */
    private void send(String address, int wanted) {
        for (int i = 0; i < 100 && to(address).size() < wanted; i++) {
            postman.run();
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        assertThat(to(address)).hasSize(wanted);
    }

    @Test
    void entersAnAddressMistypesTheCodeAndConfirmsItByTheLinkInTheMail() {
        Body body = bodies.create();
        Viewer viewer = official(body);
        Browser browser = body.browser(viewer);
        Browser.Answer wrong = browser.post(OWN, OWN + "/dia-chi", "dia-chi", "bình@phuong1.vn");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#f-dia-chi").val()).isEqualTo("bình@phuong1.vn");
        assertThat(wrong.page().select("#e-dia-chi").text()).contains("Phần trước dấu @ không được có dấu tiếng Việt");
        Browser.Answer hostile =
                browser.post(OWN, OWN + "/dia-chi", "dia-chi", "\"><script>alert(1)</script>@x.vn\r\nBcc: a@b.vn");
        assertThat(hostile.status()).isEqualTo(422);
        assertThat(hostile.text()).doesNotContain("<script>alert");

        String address = fresh();
        Browser.Answer entered = browser.post(OWN, OWN + "/dia-chi", "dia-chi", "  " + address + " ");
        assertThat(entered.path()).isEqualTo(OWN + "?xong=address-entered");
        assertThat(entered.page().text()).contains("Chờ xác nhận").contains(address);
        assertThat(browser.get("/viec").text()).contains("Xác nhận địa chỉ thư " + address);
        send(address, 1);
        Browser.Answer slip = browser.post(OWN, OWN + "/xac-nhan", "ma", "AAAA-BBBB-CCCC");
        assertThat(slip.status()).isEqualTo(422);
        assertThat(slip.page().select("#f-ma").val()).isEqualTo("AAAA-BBBB-CCCC");
        assertThat(slip.page().select("#e-ma").text()).contains("Còn 9 lần thử");

        String link = text(to(address).getFirst())
                .lines()
                .filter(line -> line.startsWith(PUBLIC + OWN + "?ma="))
                .findFirst()
                .orElseThrow()
                .substring(PUBLIC.length());
        Browser.Answer opened = browser.get(link);
        assertThat(opened.page().select("#f-ma").val()).isEqualTo(code(address));
        assertThat(addresses.own(viewer).address())
                .as("looking at the page confirms nothing: programs look at links too")
                .isNull();
        Browser.Answer confirmed = browser.post(link, OWN + "/xac-nhan", "ma", code(address));
        assertThat(confirmed.path()).isEqualTo(OWN + "?xong=address-verified");
        assertThat(confirmed.page().text()).contains("Đã xác nhận");
        assertThat(bodies.stranger().get(link).path()).as("signed in only").startsWith("/dang-nhap");

        Browser.Answer chosen = browser.post(
                OWN, OWN + "/cach-nhan", "nhip", "morning", "nhom", "", "nhom", "meetings", "ngon-ngu", "en");
        assertThat(chosen.path()).isEqualTo(OWN + "?xong=mail-chosen");
        assertThat(addresses.own(viewer).muted()).containsExactly("forms", "petition-work");
        assertThat(chosen.page().select("input[name=nhip][checked]").val()).isEqualTo("morning");
        assertThat(chosen.page().select("input[name=nhom][checked]").eachAttr("value"))
                .containsExactly("meetings");
        Browser.Answer nothing = browser.post(OWN, OWN + "/cach-nhan", "nhip", "hourly", "ngon-ngu", "en");
        assertThat(nothing.status()).isEqualTo(422);

        assertThat(browser.post(OWN, OWN + "/bo").path()).isEqualTo(OWN + "?xong=address-removed");
        assertThat(addresses.own(viewer).address()).isNull();
    }

    @Test
    void aClerkSeesWhatDidNotArriveAndSendsItAgain() {
        Body body = bodies.create();
        Viewer viewer = official(body);
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        String address = fresh();
        addresses.enter(viewer, address);
        send(address, 1);
        addresses.verify(viewer, code(address));
        clock.turnTo(java.time.LocalDate.of(2034, 4, 4));
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        try (var gone =
                new MailServers.Scripted(command -> command.equals("RCPT") ? "550 5.1.1 <b>no such user</b>" : "")) {
            postman(MailServers.to(gone.port())).run();
        }
        Browser browser = body.browser(clerk);
        assertThat(browser.get("/viec").page().select("a[href^=" + MAILS + "]").eachText())
                .contains("Có 1 thư không gửi được: sửa địa chỉ, gửi lại hoặc báo cách khác");
        Browser.Answer list = browser.get(MAILS + "?trang-thai=failed&tim=binh");
        assertThat(list.page().select("tbody tr")).hasSize(1);
        assertThat(list.page().select("tbody tr").text())
                .contains(address)
                .contains("Không có hộp thư này ở nơi nhận")
                .contains("Có kết quả đánh giá")
                .doesNotContain("Bí Mật")
                .doesNotContain("quý IV");
        assertThat(list.text()).contains("&lt;b&gt;no such user&lt;/b&gt;").doesNotContain("<b>no such");
        String again = list.page().select("form[action$=gui-lai]").attr("action");
        clock.turnBack();
        assertThat(browser.post(MAILS, again, "tim", "binh", "trang-thai", "failed")
                        .path())
                .isEqualTo(MAILS + "?tim=binh&trang-thai=failed&xong=mail-resent");
        send(address, 2);
        assertThat(browser.get(MAILS + "?trang-thai=sent").page().select("tbody tr"))
                .hasSize(2);
        assertThat(browser.get("/viec").text()).doesNotContain("thư không gửi được");
        Browser elsewhere = body.browser(body.viewer(Role.CLERK, body.wardTwo));
        assertThat(elsewhere.get(MAILS).page().select("tbody tr")).isEmpty();
        assertThat(elsewhere.postWithToken(elsewhere.token(MAILS), again).status())
                .isEqualTo(404);
    }

    @Test
    void aClerkEntersAnAddressForSomebody() {
        Body body = bodies.create();
        Viewer viewer = official(body);
        Browser browser = body.browser(body.viewer(Role.CLERK, body.root));
        Browser.Answer list = browser.get(MAILS + "/dia-chi?tim=vu+thi+binh&trang-thai=none");
        assertThat(list.page().select("tbody tr")).hasSize(1);
        String one = list.page().select("tbody a").attr("href");
        assertThat(browser.post(one, one, "dia-chi", "").status()).isEqualTo(422);
        String address = fresh();
        Browser.Answer entered = browser.post(one, one, "dia-chi", address);
        assertThat(entered.path()).isEqualTo(one + "?xong=address-entered-for");
        assertThat(browser.get(MAILS + "/dia-chi?trang-thai=waiting").text()).contains(address);
        assertThat(body.browser(viewer).get("/thong-bao").text())
                .contains("đã nhập hộ một địa chỉ thư")
                .contains("Chưa đọc");
        Browser elsewhere = body.browser(body.viewer(Role.CLERK, body.wardTwo));
        assertThat(elsewhere.get(one).status()).isEqualTo(404);
        assertThat(browser.get(MAILS + "/dia-chi/" + new UUID(7, 7)).status()).isEqualTo(404);
    }

    @Test
    void anAdministratorTriesTheServer() {
        Body body = bodies.create();
        Browser browser = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        String address = fresh();
        assertThat(browser.post(MAILS, MAILS + "/gui-thu", "dia-chi", "x").status())
                .isEqualTo(422);
        Browser.Answer sent = browser.post(MAILS, MAILS + "/gui-thu", "dia-chi", address);
        assertThat(sent.page().select("[role=status]").text()).contains("Máy chủ đã nhận thư thử gửi tới " + address);
        assertThat(subject(to(address).getFirst())).isEqualTo("[Chuẩn Mực] Thư thử");
        Browser ward = body.browser(body.viewer(Role.ADMINISTRATOR, body.wardOne));
        assertThat(ward.get(MAILS).text()).doesNotContain("gui-thu");
        assertThat(ward.postWithToken(ward.token(MAILS), MAILS + "/gui-thu", "dia-chi", address)
                        .status())
                .as("who runs a ward does not run the server")
                .isEqualTo(403);
        for (int i = 0; i < 4; i++) {
            browser.post(MAILS, MAILS + "/gui-thu", "dia-chi", address);
        }
        Browser.Answer often = browser.post(MAILS, MAILS + "/gui-thu", "dia-chi", address);
        assertThat(often.status()).isEqualTo(422);
        assertThat(often.text()).contains("5 thư thử trong 10 phút");
        assertThat(to(address)).hasSize(5);
    }
}
