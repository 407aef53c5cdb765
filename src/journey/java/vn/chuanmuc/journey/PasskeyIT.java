package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;

/** A passkey in a real Chromium, whose device is a virtual one: added, used to confirm a commitment and to sign in, removed. */
@ProductTest
class PasskeyIT {
    @LocalServerPort
    int port;

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    JdbcClient jdbc;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    private TestBodies.Body body;
    private Viewer official;
    private UUID campaign;

    @BeforeEach
    void open() {
        chromium = new Chromium(port);
        body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        SmallDecision decision = SmallDecision.publish(jdbc, body);
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary);
        campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        official = body.official(person);
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    /** The virtual device of a window. */
    private record Device(CDPSession session, String id) {
        static Device in(Page page) {
            CDPSession session = page.context().newCDPSession(page);
            session.send("WebAuthn.enable");
            JsonObject made = session.send("WebAuthn.addVirtualAuthenticator", json("""
                    {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
                     "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true}}
                    """));
            return new Device(session, made.get("authenticatorId").getAsString());
        }

        /** Whether it recognises whoever holds it. */
        void recognises(boolean user) {
            session.send(
                    "WebAuthn.setUserVerified",
                    json("{\"authenticatorId\": \"" + id + "\", \"isUserVerified\": " + user + "}"));
        }

        private static JsonObject json(String text) {
            return JsonParser.parseString(text).getAsJsonObject();
        }
    }

    private void add(Person person, String name) {
        person.page.navigate("/tai-khoan");
        person.writes("Tên khóa", name);
        person.writes("Mật khẩu hiện tại", TestBodies.PASSWORD);
        person.presses("Tiếp tục");
        person.looks("khoa-truy-cap-tao");
        person.presses("Tạo khóa trên thiết bị");
        person.sees("Đã thêm khóa truy cập.");
    }

    @Test
    void addsAPasskeyConfirmsWithItSignsInWithItAndRemovesIt() {
        try (Person person = Person.atTheDesk(chromium)) {
            Device device = Device.in(person.page);
            person.signsIn(official.username(), TestBodies.PASSWORD);
            person.page.navigate("/tai-khoan");
            person.writes("Tên khóa", "Điện thoại cá nhân");
            person.writes("Mật khẩu hiện tại", "sai mật khẩu");
            person.presses("Tiếp tục");
            person.isTold("Mật khẩu không đúng");
            person.looks("khoa-truy-cap-sai");
            add(person, "Điện thoại cá nhân");
            person.looks("khoa-truy-cap");

            person.page.navigate("/cam-ket/" + campaign);
            var passkey = person.page.locator("#ky button[data-passkey]");
            passkey.click(); // nothing ticked: the browser says so, nothing is sent
            assertThat(person.page.url()).endsWith("/cam-ket/" + campaign);
            assertThat((Boolean) person.page.evaluate("document.activeElement.id === 'f-da-doc'"))
                    .isTrue();
            person.page.locator("#f-da-doc").check();
            device.recognises(false);
            passkey.click();
            person.page
                    .locator("#e-khoa")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Chưa xong"))
                    .waitFor();
            person.looks("ky-bang-khoa");
            device.recognises(true);
            person.go(passkey);
            person.isAt("/bien-nhan");
            person.sees("Dùng khóa truy cập");
            person.sees("không phải chữ ký số");
            person.looks("bien-nhan-khoa");

            person.page.context().clearCookies();
            person.page.navigate("/dang-nhap");
            person.looks("dang-nhap-khoa");
            person.presses("Đăng nhập bằng khóa truy cập");
            person.page.waitForURL(url -> !url.contains("/dang-nhap"));
            person.page.navigate("/tai-khoan");
            person.doesNotSee("Chưa dùng");

            person.presses(person.row("Điện thoại cá nhân"), "Bỏ khóa “Điện thoại cá nhân”");
            person.sees("Đã bỏ khóa truy cập.");
            person.page.context().clearCookies();
            person.page.navigate("/dang-nhap");
            person.presses("Đăng nhập bằng khóa truy cập");
            person.isTold("đã bị bỏ");
            person.looks("dang-nhap-khoa-da-bo");
        }
    }

    @Test
    void signsInOnThePhoneByKeyboardAndSeesTheSameThere() {
        try (Person person = Person.onThePhone(chromium)) {
            Device.in(person.page);
            person.signsIn(official.username(), TestBodies.PASSWORD);
            add(person, "Máy này");
            person.looks("khoa-truy-cap");
            person.page.navigate("/cam-ket/" + campaign);
            person.looks("ky-bang-khoa");
            person.page.context().clearCookies();
            person.page.navigate("/dang-nhap");
            person.presses("Đăng nhập bằng khóa truy cập");
            person.page.waitForURL(url -> !url.contains("/dang-nhap"));
        }
    }

    @Test
    void withoutJavaScriptThePasswordIsThereAndNothingElseIsOffered() {
        Page page = chromium.window(1280, 900, false);
        page.navigate("/dang-nhap");
        assertThat(page.locator("button[data-passkey]").isVisible()).isFalse();
        chromium.signIn(page, official.username(), TestBodies.PASSWORD);
        page.navigate("/tai-khoan");
        assertThat(page.locator("#khoa-truy-cap form").isVisible()).isFalse();
        assertThat(page.locator("#khoa-truy-cap").innerText()).contains("cần JavaScript");
    }
}
