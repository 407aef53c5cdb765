package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** A name that was wrong when it was signed: a correction is a new version, the old one stays (domain.md 4.5). */
@ProductTest
class NameCorrectionTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Papers papers;

    @Autowired
    Recheck recheck;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Body body;
    private Viewer board;
    private Viewer official;
    private UUID person;
    private UUID campaign;

    @BeforeEach
    void somebodySignedUnderAWrongName() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        person = body.person("Trần Thị Hòai", body.wardOne, body.partyBloc, body.staff);
        campaign = CampaignSamples.launched(campaigns, body, board, SmallDecision.publish(jdbc, body), body.wardOne);
        official = body.official(person);
        assertThat(CommitmentSamples.sign(commitments, official, campaign)).isTrue();
    }

    private void correctInTheDirectory(String fullName) {
        PersonName name = PersonName.of(fullName);
        jdbc.sql("""
                        update directory.person set full_name = ?, folded_key = ?, sort_key = ?, search_key = ?
                        where tenant_id = ? and id = ?
                        """)
                .params(name.display(), name.foldedKey(), name.sortKey(), name.searchKey(), body.tenant, person)
                .update();
    }

    @Test
    void thePageSaysSoAndOneStepMakesTheNextVersionWhileTheOldPaperKeepsTheOldName() {
        Browser browser = body.browser(official);
        String page = "/cam-ket/" + campaign;
        assertThat(browser.get(page + "/ban-cam-ket.pdf").status()).isEqualTo(200);
        assertThat(browser.get(page).page().select("#sua-ten")).isEmpty();
        var old = papers.of(body.tenant, CommitmentPapers.CONFIRMED, campaign, person)
                .getFirst();
        var before = commitments.receipt(official, campaign).orElseThrow();

        correctInTheDirectory("Trần Thị Hoài");
        assertThat(browser.get(page + "/bien-nhan")
                        .page()
                        .select(".alert-warning")
                        .text())
                .contains("Trần Thị Hòai", "Trần Thị Hoài");
        Browser.Answer wrong = browser.post(page, page + "/sua-ten", "mat-khau-sua", "sai");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#e-mat-khau-sua").text()).contains("Mật khẩu không đúng");
        Browser.Answer done = browser.post(page, page + "/sua-ten", "mat-khau-sua", TestBodies.PASSWORD);
        assertThat(done.path()).endsWith("/bien-nhan?xong=name-corrected");
        assertThat(done.page().select(".alert-warning")).isEmpty();

        var after = commitments.receipt(official, campaign).orElseThrow();
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(commitments.inForce(body.tenant, after)).isTrue();
        assertThat(commitments.inForce(body.tenant, before)).isFalse();
        assertThat(text(after)).contains("Trần Thị Hoài").doesNotContain("Hòai");
        assertThat(text(before)).contains("Trần Thị Hòai");
        var replaced = papers.find(body.tenant, old.id()).orElseThrow();
        assertThat(replaced.state()).isEqualTo(PaperState.SUPERSEDED);
        assertThat(replaced.head()).contains("Trần Thị Hòai");
        var newer = papers.of(body.tenant, CommitmentPapers.CONFIRMED, campaign, person)
                .getFirst();
        assertThat(bodies.stranger().get("/kiem-tra?ma=" + old.code().written()).text())
                .contains("Giấy đã được thay thế", "Giấy thay thế đang có giá trị")
                .doesNotContain(newer.code().written());
        assertThat(campaigns
                        .rosterEntry(body.tenant, campaign, person)
                        .orElseThrow()
                        .fullName())
                .isEqualTo("Trần Thị Hoài");
        assertThat(body.browser(board)
                        .get("/dot/" + campaign + "/danh-sach-chot")
                        .text())
                .contains("Đính chính họ tên", "Đính chính theo hồ sơ cán bộ");
        assertThat(campaigns.checkRoster(body.tenant, campaign).matches())
                .as("what was frozen is as it was frozen")
                .isTrue();
        assertThat(jdbc.sql(
                                "select payload from ledger.entry where tenant_id = ? and subject_id = ? and act = 'commitments.signed'")
                        .params(body.tenant, after.commitmentId())
                        .query((row, n) -> row.getString(1))
                        .single())
                .as("the act names the commitment that it takes the place of")
                .contains("\"replaces\":[\"" + before.commitmentId() + "\"]");
        // A second click finds it done.
        assertThat(browser.postWithToken(browser.token("/tai-khoan"), page + "/sua-ten", "mat-khau-sua", "x")
                        .path())
                .endsWith("?xong=already-signed");
        assertThat(recheck.run(body.tenant, (at, of) -> {}).faults())
                .filteredOn(fault ->
                        fault.kind().startsWith("commitments.") || fault.kind().startsWith("campaigns."))
                .isEmpty();
    }

    @Test
    void twoClicksAtOnceMakeOneVersion() throws Exception {
        for (int round = 0; round < 5; round++) {
            correctInTheDirectory(round % 2 == 0 ? "Trần Thị Hoài" : "Trần Thị Hòai");
            int before = commitments.receipt(official, campaign).orElseThrow().version();
            var gate = new CyclicBarrier(2);
            Callable<Commitments.Signing> click = () -> {
                gate.await();
                return commitments.correctName(official, campaign, TestBodies.PASSWORD, "đính chính");
            };
            var answers = new ArrayList<Commitments.Signing>();
            try (var people = Executors.newFixedThreadPool(2)) {
                for (var answer : people.invokeAll(List.of(click, click))) {
                    answers.add(answer.get());
                }
            }
            assertThat(answers)
                    .hasSize(2)
                    .allMatch(answer -> answer instanceof Commitments.Signing.Signed
                            || answer instanceof Commitments.Signing.AlreadySigned);
            assertThat(commitments.receipt(official, campaign).orElseThrow().version())
                    .isEqualTo(before + 1);
        }
    }

    /** domain.md, 4.5: the ways to sign are never mixed. */
    @Test
    void whatWasSignedAnotherWayIsNotConfirmedOver() {
        var signed = commitments.receipt(official, campaign).orElseThrow();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("set local role none").update(); // the product itself cannot change what was signed
            jdbc.sql(
                            "update commitments.commitment set method = 'chu-ky-so', confirmed_by = null where tenant_id = ? and id = ?")
                    .params(body.tenant, signed.commitmentId())
                    .update();
        });
        correctInTheDirectory("Trần Thị Hoài");
        assertThat(commitments.correctName(official, campaign, TestBodies.PASSWORD, "x"))
                .isInstanceOf(Commitments.Signing.Refused.class);
        var page = body.browser(official).get("/cam-ket/" + campaign).page();
        assertThat(page.select("#sua-ten")).isEmpty();
        assertThat(page.select(".alert-warning").text()).contains("đề nghị Ban Tổ chức thu hồi");
    }

    private String text(Commitments.Receipt receipt) {
        return new String(commitments.document(body.tenant, receipt).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whereNoElectronicConfirmationIsTakenTheBoardWithdrawsAndTheRosterTakesTheNameAtOnce() {
        jdbc.sql("update campaigns.campaign set methods = array['giay'] where tenant_id = ? and id = ?")
                .params(body.tenant, campaign)
                .update();
        correctInTheDirectory("Trần Thị Hoài");
        assertThat(body.browser(official).get("/cam-ket/" + campaign).text()).contains("đề nghị Ban Tổ chức thu hồi");
        assertThat(commitments.correctName(official, campaign, TestBodies.PASSWORD, "x"))
                .isInstanceOf(Commitments.Signing.Refused.class);
        String page = "/cam-ket/thu-hoi/" + campaign + "/" + person;
        Browser office = body.browser(board);
        assertThat(office.get(page).page().select(".alert-info").text()).contains("Trần Thị Hoài");
        assertThat(office.post(page, page, "ly-do", "Đính chính họ tên").path()).endsWith("xong=signature-withdrawn");
        var form = commitments.form(official, campaign).orElseThrow();
        assertThat(form.standing()).isEqualTo(Standing.OPEN);
        assertThat(form.fullName()).isEqualTo("Trần Thị Hoài");
        assertThat(form.corrected()).isNull();
        assertThat(commitments.versions(body.tenant, form.year(), person))
                .extracting(Commitments.Version::standing)
                .isEqualTo(List.of(Standing.OPEN, Standing.SIGNED));
    }
}
