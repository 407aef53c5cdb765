package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.Device;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** domain.md 4.5: xác nhận điện tử by a passkey; what is kept says so, and nowhere that it is a digital signature. */
@ProductTest
class PasskeySigningTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Passkeys passkeys;

    @Autowired
    JdbcClient jdbc;

    @Value("${local.server.port}")
    int port;

    private Body body;
    private Viewer official;
    private Device device;
    private UUID campaign;
    private SmallDecision decision;

    @BeforeEach
    void anOfficialWithAPasskey() {
        body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        decision = SmallDecision.publish(jdbc, body);
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary);
        campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        official = body.official(person);
        device = new Device("http://localhost:" + port);
        passkeys.begin(official, "Điện thoại", TestBodies.PASSWORD);
        passkeys.register(
                official,
                device.register(passkeys.waiting(official).orElseThrow().options()));
    }

    @Test
    void signsOnThePageWithThePasskeyAndSaysSoInTheDocumentTheReceiptAndTheLedger() {
        Browser browser = body.browser(official);
        String at = "/cam-ket/" + campaign;
        var page = browser.get(at).page();
        var button = page.select("#ky button[data-passkey]");
        String token = page.select("#ky input[name=_csrf]").val();
        String asked = browser.postWithToken(token, button.attr("data-ask"), "viec", button.attr("data-about"))
                .text();
        String answer = device.answer(asked);
        String[] fields = {
            "bo",
            page.select("#ky input[name=bo]").val(),
            "noi-dung",
            page.select("#ky input[name=noi-dung]").val(),
            "da-doc",
            "co",
            "khoa",
            answer
        };
        var signed = browser.postWithToken(token, at, fields);
        assertThat(signed.path()).isEqualTo(at + "/bien-nhan?xong=signed");
        assertThat(signed.page().select("main").text())
                .contains("Dùng khóa truy cập")
                .contains("không phải chữ ký số");
        // the second click
        assertThat(browser.postWithToken(token, at, fields).path()).isEqualTo(at + "/bien-nhan?xong=already-signed");

        var receipt = commitments.receipt(official, campaign).orElseThrow();
        assertThat(receipt.method()).isEqualTo(Commitments.ELECTRONIC);
        assertThat(receipt.confirmedBy()).isEqualTo("khoa-truy-cap");
        byte[] document = commitments.document(body.tenant, receipt).bytes();
        assertThat(Sha256.of(document)).isEqualTo(receipt.documentHash());
        assertThat(new String(document, StandardCharsets.UTF_8))
                .contains("Hình thức: Xác nhận điện tử (dùng khóa truy cập của tài khoản; không phải chữ ký số)\n")
                .doesNotContain("mật khẩu");
        String payload = jdbc.sql(
                        "select payload from ledger.entry where tenant_id = ? and subject_id = ? and act = 'commitments.signed'")
                .params(body.tenant, receipt.commitmentId())
                .query((row, n) -> row.getString(1))
                .single();
        assertThat(payload)
                .contains("\"confirmedBy\":\"khoa-truy-cap\"")
                .contains("\"passkey\":\"" + passkeys.list(official).getFirst().id() + "\"")
                .contains("\"method\":\"xac-nhan-dien-tu\"");
    }

    @Test
    void refusesAnAnswerAboutOtherWordsAndKeepsThePage() {
        var form = commitments.form(official, campaign).orElseThrow();
        byte[] other = Commitments.toConfirm(UUID.randomUUID(), form.set().id(), form.bodyHash());
        String answer = device.answer(passkeys.challenge(official, other).orElseThrow());
        Browser browser = body.browser(official);
        var refused = browser.post(
                "/cam-ket/" + campaign,
                "/cam-ket/" + campaign,
                "bo",
                form.set().id().toString(),
                "noi-dung",
                HexFormat.of().formatHex(form.bodyHash()),
                "da-doc",
                "co",
                "khoa",
                answer);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#e-khoa").text()).contains("nội dung khác");
        assertThat(refused.page().select("#f-da-doc").hasAttr("checked")).isTrue();
        assertThat(commitments.form(official, campaign).orElseThrow().standing())
                .isEqualTo(Standing.OPEN);
    }

    @Test
    void refusesAnAnswerASecondTimeAndForTheYearOfSomebodyElse() {
        var form = commitments.form(official, campaign).orElseThrow();
        byte[] about = Commitments.toConfirm(campaign, form.set().id(), form.bodyHash());
        String answer = device.answer(passkeys.challenge(official, about).orElseThrow());
        UUID colleague = body.person("Lê Văn Tư", body.wardOne, body.partyBloc, body.staff);
        assertThat(colleague).isNotNull();
        assertThat(commitments.signWithPasskey(official, campaign, form.set().id(), new byte[32], answer))
                .isInstanceOf(Signing.Refused.class);
        assertThat(commitments.signWithPasskey(official, campaign, form.set().id(), form.bodyHash(), answer))
                .isInstanceOf(Signing.Signed.class);
        assertThat(passkeys.confirm(official, answer, about))
                .isEqualTo(new vn.chuanmuc.access.Confirmation.Refused(
                        vn.chuanmuc.kernel.Reason.of("access.passkey.refused.late")));
    }
}
