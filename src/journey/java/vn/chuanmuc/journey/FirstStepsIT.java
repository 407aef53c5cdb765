package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** Signing in, finding one's way and giving a role, by keyboard, with the usual mistakes. */
@ProductTest
class FirstStepsIT {
    @LocalServerPort
    int port;

    @Autowired
    TestBodies bodies;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    @BeforeEach
    void open() {
        chromium = new Chromium(port);
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    @Test
    void signsInByKeyboardOnAPhoneAfterAMistake() {
        var body = bodies.create();
        var viewer = body.viewer(Role.CLERK, body.wardOne);
        Page page = chromium.phone();
        page.navigate("/dang-nhap");
        chromium.look(page, "dang-nhap-390");
        page.locator("#f-ten").focus();
        page.keyboard().type(viewer.username());
        page.keyboard().press("Tab");
        page.keyboard().type("sai mật khẩu");
        page.keyboard().press("Enter");
        page.waitForURL("**/dang-nhap?loi");
        assertThat(page.locator("[role=alert]").innerText()).contains("không đúng");
        chromium.look(page, "dang-nhap-sai-390");
        page.locator("#f-ten").focus();
        page.keyboard().type(viewer.username());
        page.keyboard().press("Tab");
        page.keyboard().type(TestBodies.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL("**/viec*");
        chromium.look(page, "viec-390");
        page.locator(".cm-lang").click();
        assertThat(page.locator("h1").innerText()).isEqualTo("My tasks");
    }

    @Test
    void worksWithoutJavaScript() {
        var body = bodies.create();
        var viewer = body.viewer(Role.ADMINISTRATOR, body.root);
        Page page = chromium.window(1280, 900, false);
        chromium.signIn(page, viewer.username(), TestBodies.PASSWORD);
        page.navigate("/quan-tri/tai-khoan/moi");
        page.locator("#f-ho-ten").fill("Văn phòng phường");
        page.locator("#f-ten").fill("vp.b" + System.nanoTime() % 1_000_000);
        page.locator("#f-ly-do").fill("Phân công số 1");
        page.locator("#f-ly-do").press("Enter");
        assertThat(page.locator("[role=status] code").count()).isEqualTo(2);
    }
}
