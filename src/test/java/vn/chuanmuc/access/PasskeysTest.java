package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.Device;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TurnedClock;

/** domain.md 4.5: xác nhận điện tử after signing in again – by password or by passkey. In Chromium: {@code PasskeyIT}. */
@ProductTest
class PasskeysTest {
    private static final String OWN = "/tai-khoan/khoa-truy-cap";
    private static final byte[] ABOUT = Sha256.of("what is confirmed");

    @Autowired
    TestBodies bodies;

    @Autowired
    Passkeys passkeys;

    @Autowired
    Accounts accounts;

    @Autowired
    TurnedClock clock;

    @Autowired
    JdbcClient jdbc;

    @Value("${local.server.port}")
    int port;

    private TestBodies.Body body;
    private Viewer viewer;
    private Device device;

    @BeforeEach
    void somebodyWithADevice() {
        body = bodies.create();
        viewer = body.viewer(Role.CLERK, body.wardOne);
        device = new Device("http://localhost:" + port);
    }

    @AfterEach
    void turnBack() {
        clock.turnBack();
    }

    private void register(Viewer owner, Device one, String name) {
        assertThat(passkeys.begin(owner, name, TestBodies.PASSWORD)).isInstanceOf(Passkeys.Step.Done.class);
        assertThat(passkeys.register(
                        owner,
                        one.register(passkeys.waiting(owner).orElseThrow().options())))
                .isInstanceOf(Passkeys.Step.Done.class);
    }

    private String challenge(Viewer owner) {
        return passkeys.challenge(owner, ABOUT).orElseThrow();
    }

    private String refusal(Viewer owner, String answer) {
        return ((Confirmation.Refused) passkeys.confirm(owner, answer, ABOUT))
                .why()
                .key();
    }

    private List<String> acts(String act) {
        return jdbc.sql("select payload from ledger.entry where tenant_id = ? and act = ? order by id")
                .params(body.tenant, act)
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Test
    void registersAfterThePasswordUsesAndRemovesOnTheOwnPage() {
        Browser browser = body.browser(viewer);
        var wrong = browser.post("/tai-khoan", OWN, "ten-khoa", "Điện thoại", "mat-khau", "sai");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#f-ten-khoa").val()).isEqualTo("Điện thoại");
        assertThat(browser.get(OWN).path()).isEqualTo("/tai-khoan"); // nothing waits
        var right = browser.post("/tai-khoan", OWN, "ten-khoa", "Điện thoại", "mat-khau", TestBodies.PASSWORD);
        assertThat(right.path()).isEqualTo(OWN);
        String options = right.page().select("button[data-passkey]").attr("data-options");
        assertThat(options).contains("\"userVerification\":\"required\"").contains("\"id\":\"localhost\"");
        var made = browser.post(OWN, OWN + "/ghi", "ten-khoa", "Điện thoại", "khoa", device.register(options));
        assertThat(made.path()).isEqualTo("/tai-khoan?xong=passkey-registered");
        assertThat(made.page().select("#khoa-truy-cap tbody").text()).contains("Điện thoại", "Chưa dùng");
        assertThat(acts("access.passkey-registered")).hasSize(1);

        Browser other = bodies.stranger();
        String token = other.token("/dang-nhap");
        String asked = other.postWithToken(token, "/dang-nhap/thu-thach").text();
        String answer = device.answer(asked);
        assertThat(other.postWithToken(token, "/dang-nhap/khoa-truy-cap", "khoa", answer)
                        .path())
                .isEqualTo("/viec");
        assertThat(other.get("/tai-khoan").page().select("#khoa-truy-cap tbody").text())
                .doesNotContain("Chưa dùng");
        // the same answer again
        Browser thief = bodies.stranger();
        var replay = thief.post("/dang-nhap", "/dang-nhap/khoa-truy-cap", "khoa", answer);
        assertThat(replay.path()).isEqualTo("/dang-nhap?loi=khoa-late");
        assertThat(replay.page().select("#loi").text()).contains("đã dùng rồi");

        String remove = other.get("/tai-khoan")
                .page()
                .select("#khoa-truy-cap form[action$=/bo]")
                .attr("action");
        assertThat(other.post("/tai-khoan", remove).path()).isEqualTo("/tai-khoan?xong=passkey-removed");
        assertThat(other.post("/tai-khoan", remove).path()).isEqualTo("/tai-khoan?xong=passkey-removed");
        assertThat(acts("access.passkey-ended")).hasSize(1);
        var late = thief.postWithToken(
                thief.token("/dang-nhap"),
                "/dang-nhap/khoa-truy-cap",
                "khoa",
                device.answer(thief.postWithToken(thief.token("/dang-nhap"), "/dang-nhap/thu-thach")
                        .text()));
        assertThat(late.path()).isEqualTo("/dang-nhap?loi=khoa-ended");
    }

    @Test
    void nobodyRemovesThePasskeyOfSomebodyElse() {
        register(viewer, device, "Điện thoại");
        Viewer other = body.viewer(Role.HEAD, body.wardOne);
        String id = passkeys.list(viewer).getFirst().id().toString();
        assertThat(body.browser(other)
                        .post("/tai-khoan", OWN + "/" + id + "/bo")
                        .status())
                .isEqualTo(404);
        assertThat(passkeys.list(viewer)).hasSize(1);
    }

    @Test
    void confirmsOnceAndForJustWhatWasAsked() {
        register(viewer, device, "Điện thoại");
        String answer = device.answer(challenge(viewer));
        assertThat(passkeys.confirm(viewer, answer, ABOUT))
                .isEqualTo(new Confirmation.Confirmed(
                        Confirmation.Way.PASSKEY,
                        passkeys.list(viewer).getFirst().id()));
        assertThat(refusal(viewer, answer)).isEqualTo("access.passkey.refused.late");
        String other = device.answer(challenge(viewer));
        assertThat(passkeys.confirm(viewer, other, Sha256.of("something else")))
                .isEqualTo(
                        new Confirmation.Refused(vn.chuanmuc.kernel.Reason.of("access.passkey.refused.other-thing")));
        assertThat(refusal(viewer, other)).isEqualTo("access.passkey.refused.late");
    }

    @Test
    void refusesAnotherAddressAnotherDomainAndADeviceThatDidNotRecogniseItsUser() {
        register(viewer, device, "Điện thoại");
        device.origin = "https://chuanmuc.example";
        assertThat(refusal(viewer, device.answer(challenge(viewer)))).isEqualTo("access.passkey.refused.address");
        device.origin = "http://localhost:" + port;
        device.domain = "chuanmuc.example";
        assertThat(refusal(viewer, device.answer(challenge(viewer)))).isEqualTo("access.passkey.refused.address");
        device.domain = "localhost";
        device.recognisedItsUser = false;
        assertThat(refusal(viewer, device.answer(challenge(viewer)))).isEqualTo("access.passkey.refused.unverified");
        device.recognisedItsUser = true;
        assertThat(passkeys.confirm(viewer, device.answer(challenge(viewer)), ABOUT))
                .isInstanceOf(Confirmation.Confirmed.class);
    }

    @Test
    void registersNoneFromAnotherAddressOrWithoutRecognisingTheUser() {
        device.origin = "https://chuanmuc.example";
        assertThat(passkeys.begin(viewer, "Điện thoại", TestBodies.PASSWORD)).isInstanceOf(Passkeys.Step.Done.class);
        String options = passkeys.waiting(viewer).orElseThrow().options();
        assertThat(passkeys.register(viewer, device.register(options)))
                .isEqualTo(refused("access.passkey.refused.address"));
        assertThat(passkeys.waiting(viewer)).isEmpty(); // what was asked is used up: the password is asked again
        device.origin = "http://localhost:" + port;
        device.recognisedItsUser = false;
        passkeys.begin(viewer, "Điện thoại", TestBodies.PASSWORD);
        assertThat(passkeys.register(
                        viewer,
                        device.register(passkeys.waiting(viewer).orElseThrow().options())))
                .isEqualTo(refused("access.passkey.refused.unverified"));
        assertThat(passkeys.register(viewer, "{\"id\": \"x\"")).isEqualTo(refused("access.passkey.refused.wrong"));
        assertThat(passkeys.register(viewer, "null")).isEqualTo(refused("access.passkey.refused.wrong"));
        assertThat(passkeys.list(viewer)).isEmpty();
    }

    private static Passkeys.Step refused(String key) {
        return new Passkeys.Step.Refused("", vn.chuanmuc.kernel.Reason.of(key));
    }

    @Test
    void refusesThePasskeyAndTheChallengeOfSomebodyElse() {
        register(viewer, device, "Điện thoại");
        Viewer other = body.viewer(Role.HEAD, body.wardOne);
        var theirs = new Device("http://localhost:" + port);
        register(other, theirs, "Máy tính");
        // theirs, for my challenge
        assertThat(refusal(viewer, theirs.answer(challenge(viewer)))).isEqualTo("access.passkey.refused.unknown");
        // theirs, saying it is mine
        theirs.claims(device);
        assertThat(refusal(viewer, theirs.answer(challenge(viewer)))).isEqualTo("access.passkey.refused.unknown");
        // mine, for a challenge of theirs
        assertThat(refusal(viewer, device.answer(challenge(other)))).isEqualTo("access.passkey.refused.late");
        // a challenge of nobody's
        device.otherChallenge = Sha256.of("made up");
        assertThat(refusal(viewer, device.answer(challenge(viewer)))).isEqualTo("access.passkey.refused.late");
    }

    @Test
    void endsAPasskeyWhoseCounterGoesBack() {
        register(viewer, device, "Điện thoại");
        assertThat(passkeys.confirm(viewer, device.answer(challenge(viewer)), ABOUT))
                .isInstanceOf(Confirmation.Confirmed.class);
        device.counter = 0;
        assertThat(refusal(viewer, device.answer(challenge(viewer)))).isEqualTo("access.passkey.refused.copied");
        assertThat(passkeys.list(viewer)).isEmpty();
        assertThat(passkeys.challenge(viewer, ABOUT)).isEmpty();
        assertThat(acts("access.passkey-ended"))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("dem-lui");
    }

    @Test
    void refusesAnAnswerThatTookTooLong() {
        register(viewer, device, "Điện thoại");
        String answer = device.answer(challenge(viewer));
        clock.turnTo(LocalDate.now(clock).plusDays(1));
        assertThat(refusal(viewer, answer)).isEqualTo("access.passkey.refused.late");
    }

    @Test
    void opensALockedAccountButNoneThatIsClosedOrWasReset() {
        register(viewer, device, "Điện thoại");
        for (int i = 0; i < 10; i++) {
            accounts.confirm(viewer, "sai");
        }
        assertThat(signIn(device)).isInstanceOf(Passkeys.SignIn.Welcome.class);
        Viewer administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        accounts.reset(administrator, viewer.accountId(), "quên mật khẩu", accounts.newForm());
        assertThat(signIn(device)).isEqualTo(refusedIn("ended"));
        assertThat(acts("access.password-reset"))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("passkeysEnded");

        Viewer leaving = body.viewer(Role.HEAD, body.wardTwo);
        var theirs = new Device("http://localhost:" + port);
        register(leaving, theirs, "Máy tính");
        accounts.close(body.tenant, administrator.accountId(), leaving.accountId(), "nghỉ hưu");
        assertThat(signIn(theirs)).isEqualTo(refusedIn("ended"));
    }

    private Passkeys.SignIn signIn(Device with) {
        return passkeys.signIn(with.answer(passkeys.challengeToSignIn().orElseThrow()));
    }

    private static Passkeys.SignIn refusedIn(String why) {
        return new Passkeys.SignIn.Refused(vn.chuanmuc.kernel.Reason.of("access.passkey.refused." + why));
    }

    @Test
    void refusesASecondOfTheSameNameOrDeviceAndAnEleventh() {
        register(viewer, device, "Điện thoại");
        assertThat(passkeys.begin(viewer, " điện  thoại ", TestBodies.PASSWORD))
                .isInstanceOfSatisfying(
                        Passkeys.Step.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("access.passkey.name.taken"));
        passkeys.begin(viewer, "Khác", TestBodies.PASSWORD);
        assertThat(passkeys.register(
                        viewer,
                        device.register(passkeys.waiting(viewer).orElseThrow().options())))
                .isEqualTo(refused("access.passkey.refused.known"));
        for (int i = 2; i <= Passkeys.MOST; i++) {
            register(viewer, new Device("http://localhost:" + port), "Khóa " + i);
        }
        assertThat(passkeys.begin(viewer, "Thêm nữa", TestBodies.PASSWORD))
                .isInstanceOfSatisfying(
                        Passkeys.Step.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("access.passkey.refused.most"));
    }

    @Test
    void refusesAGarbledAnswerWithoutBreaking() {
        for (String answer :
                List.of("", "null", "[]", "{}", "{\"rawId\":\"AA\",\"response\":{}}", "x".repeat(70_000))) {
            assertThat(refusal(viewer, answer)).as(answer).isEqualTo("access.passkey.refused.wrong");
            assertThat(passkeys.signIn(answer)).isInstanceOf(Passkeys.SignIn.Refused.class);
        }
    }

    @Test
    void followsThePublicAddress() {
        assertThat(place("https://camket.example.vn", "", "").addresses()).isEqualTo("https://camket.example.vn");
        assertThat(place("https://Camket.example.vn:8443/", "", "").addresses())
                .isEqualTo("https://camket.example.vn:8443");
        assertThat(place("https://camket.example.vn:443", "", "").domain()).isEqualTo("camket.example.vn");
        var wide = place("https://a.example.vn", "example.vn", "https://a.example.vn, https://b.example.vn");
        assertThat(wide.domain()).isEqualTo("example.vn");
        assertThat(wide.origins()).containsExactly("https://a.example.vn", "https://b.example.vn");
        for (String without : List.of("http://camket.example.vn", "https://10.1.2.3", "https://[::1]:8443")) {
            assertThat(place(without, "", "").open()).as(without).isFalse();
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> place("https://a.example.vn", "other.vn", ""))
                .isInstanceOf(vn.chuanmuc.platform.StartFailure.class);
    }

    private static PasskeyPlace place(String publicAddress, String domain, String addresses) {
        return new PasskeyPlace(publicAddress, domain, addresses);
    }
}
