package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;
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

    @Autowired
    TrustList trust;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

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
        return propose(browser, body.wardOne, file, basis, from, "");
    }

    private Browser.Answer propose(Browser browser, UUID unit, byte[] file, String basis, String from, String lastDay) {
        return browser.upload(
                "/con-dau",
                "/con-dau",
                "tep",
                "con-dau.cer",
                file,
                "don-vi",
                unit.toString(),
                "can-cu",
                basis,
                "tu-ngay",
                from,
                "den-ngay",
                lastDay);
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
        assertThat(inspector.get("/con-dau").page().select("main form[method=post]"))
                .isEmpty();
        Browser other = body.browser(body.viewer(Role.HEAD, body.wardTwo));
        assertThat(other.get("/con-dau").page().select("main table")).isEmpty();
        assertThat(propose(other, SEAL, "Thử", "01/01/2026").status()).isIn(403, 422);
        assertThat(body.browser(body.viewer(Role.CLERK, body.wardOne))
                        .get("/con-dau")
                        .status())
                .isEqualTo(403);
    }

    private static String action(Browser browser, String ending) {
        return browser.get("/con-dau")
                .page()
                .select("form[action$=" + ending + "]")
                .attr("action");
    }

    /** One person alone makes no link longer, not even by ending it. */
    @Test
    void endingWhatIsOverAlreadyLeavesItsLastDay() {
        propose(head, body.wardOne, SEAL, "Giấy chứng nhận số 1", "01/01/2020", "31/12/2020");
        board.post("/con-dau", action(board, "/xac-nhan"));
        var ended = head.post("/con-dau", action(head, "/thoi"), "ly-do", "Dọn lại");
        assertThat(ended.page().select("main table").text()).contains("Đã thôi", "31/12/2020");

        // and of an anchor too
        DigitalSamples.trust(trust, body.viewer(Role.ADMINISTRATOR, body.root), body.viewer(Role.BOARD, body.root));
        jdbc.sql("update signing.trusted set valid_to = date '2021-01-01' where tenant_id = ? and kind = 'neo'")
                .param(body.tenant)
                .update();
        var top = body.viewer(Role.BOARD, body.root);
        var anchor = trust.list(top, TrustList.Kind.ANCHOR).getFirst();
        assertThat(trust.end(top, anchor.id(), "Dọn lại")).isInstanceOf(TrustList.Saved.Done.class);
        assertThat(trust.list(top, TrustList.Kind.ANCHOR).getFirst().validTo()).isEqualTo(LocalDate.of(2021, 1, 1));
    }

    /** Two proposals may stand side by side; one of them is confirmed. */
    @Test
    void aCertificateIsOneUnitsSeal() {
        Browser second = body.browser(body.viewer(Role.HEAD, body.wardTwo));
        propose(head, SEAL, "Giấy chứng nhận số 1", "01/01/2026");
        String first = action(board, "/xac-nhan");
        propose(second, body.wardTwo, SEAL, "Giấy chứng nhận số 2", "01/01/2026", "");
        assertThat(board.post("/con-dau", first).page().select("main table").text())
                .contains("Đang liên kết")
                .contains("đã liên kết với Phường Một");
        var refused = board.post("/con-dau", action(board, "/xac-nhan"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("main .alert").text()).contains("đã liên kết với Phường Một");
        assertThat(board.post("/con-dau", action(board, "/khong")).status()).isEqualTo(200);
        var again = propose(second, body.wardTwo, SEAL, "Giấy chứng nhận số 2", "01/01/2026", "");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.page().select("#e-tep").text()).contains("đã liên kết với Phường Một");
    }

    @Test
    void whatBecameAPersonsMeanwhileIsNotConfirmedAsASeal() {
        propose(head, SEAL, "Giấy chứng nhận số 1", "01/01/2026");
        UUID person = body.people(1, body.wardOne, body.partyBloc).getFirst();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        signedWithTheSeal(person);
        var item = trust.ofPeople(clerk).getFirst();
        assertThat(trust.decide(clerk, item.id(), true)).isInstanceOf(TrustList.Saved.Done.class);
        var refused = board.post("/con-dau", action(board, "/xac-nhan"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("main .alert").text()).contains("là của một cán bộ");
    }

    @Test
    void noSealIsConfirmedAsAPersonsCertificate() {
        propose(head, SEAL, "Giấy chứng nhận số 1", "01/01/2026");
        board.post("/con-dau", action(board, "/xac-nhan"));
        UUID person = body.people(1, body.wardOne, body.partyBloc).getFirst();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        signedWithTheSeal(person);
        var item = trust.ofPeople(clerk).getFirst();
        assertThat(trust.decide(clerk, item.id(), true))
                .isEqualTo(new TrustList.Saved.Refused("", Reason.of("signing.signers.linked", "Phường Một")));
    }

    private void signedWithTheSeal(UUID person) {
        transaction.executeWithoutResult(status -> trust.proposeSigner(
                body.tenant, head().accountId(), Certificates.read(SEAL).orElseThrow(), person, body.wardOne, "Thử"));
    }

    private Viewer head() {
        return body.viewer(Role.HEAD, body.wardOne);
    }

    /** A certificate is a few kilobytes. */
    @Test
    void aLargeFileIsNotRead() {
        byte[] large = java.util.Arrays.copyOf(SEAL, TrustList.LARGEST_CERTIFICATE + 1);
        var refused = propose(head, large, "Giấy chứng nhận số 1", "01/01/2026");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#e-tep").text()).contains("64 KB");
        assertThat(refused.page().select("#f-can-cu").text()).isEqualTo("Giấy chứng nhận số 1");
    }

    @Test
    void allThatWaitAreCounted() {
        jdbc.sql("""
                        insert into signing.trusted (tenant_id, id, kind, name, certificate, certificate_hash, unit_id, valid_from, basis,
                            proposed_by, proposed_at)
                        select ?, gen_random_uuid(), 'co-quan', 'Con dấu ' || n, convert_to(n::text, 'UTF8'),
                            sha256(convert_to(n::text, 'UTF8')), ?, date '2026-01-01', 'Thử', ?, now()
                        from generate_series(1, 520) n
                        """).params(body.tenant, body.wardOne, head().accountId()).update();
        assertThat(board.get("/viec").page().text()).contains("Có 520 chứng thư của đơn vị chờ xác nhận");
    }
}
