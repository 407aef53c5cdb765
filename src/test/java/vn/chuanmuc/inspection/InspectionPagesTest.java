package vn.chuanmuc.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.EvidenceGround;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.signing.AgencyCertificates;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;

/** What inspectors, boards and administrators do with the ledger in the browser. */
@ProductTest
class InspectionPagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    EvidenceGround grounds;

    @Autowired
    Inspection inspection;

    @Autowired
    Nightly nightly;

    @Autowired
    Ledger ledger;

    @Autowired
    TrustList trust;

    @Autowired
    AgencyCertificates agencies;

    @Autowired
    List<Todos> todos;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private EvidenceGround.Ground ground;
    private Browser inspector;

    @BeforeEach
    void aBodyWithEvidence() {
        ground = grounds.make();
        inspector = ground.body().browser(ground.inspector());
    }

    private static Browser.Answer until(Browser browser, String path, String words) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        Browser.Answer answer = browser.get(path);
        while (!answer.page().text().contains(words) && Instant.now().isBefore(end)) {
            Thread.sleep(200);
            answer = browser.get(path);
        }
        assertThat(answer.page().text()).contains(words);
        return answer;
    }

    @Test
    void showsTheNewestCheckpointToCopyAndTheKeyBehindIt() throws Exception {
        Browser.Answer page = until(inspector, "/so-cai", "Văn bản điểm kiểm tra");
        String note = page.page().select("textarea").val();
        assertThat(note).startsWith("chuanmuc/" + ground.tenant() + "\n").contains("— chuanmuc/");
        assertThat(page.page().text()).contains("chuanmuc/" + ground.tenant() + "+");
        Browser.Answer file = inspector.get("/so-cai/diem-kiem-tra.txt");
        assertThat(file.text()).startsWith("chuanmuc/" + ground.tenant());
        assertThat(file.disposition()).contains("diem-kiem-tra-");
    }

    @Test
    void makesABundleOfEverythingAndOneOfACampaign() throws Exception {
        for (String scope : List.of("", ground.campaign().toString())) {
            Browser.Answer job = inspector.post("/so-cai", "/so-cai/xuat", "pham-vi", scope);
            assertThat(job.path()).startsWith("/viec-nen/");
            until(inspector, job.path(), "Bộ chứng cứ có");
            String href = "/so-cai/bo-chung-cu/" + (scope.isEmpty() ? ground.tenant() : scope) + ".zip";
            assertThat(inspector.get("/so-cai").page().select("a[href=" + href + "]"))
                    .hasSize(1);
            assertThat(names(inspector.get(href).bytes()))
                    .contains("bundle.txt", "entries.txt", "evidence/commitments.commitment.txt");
        }
        assertThat(ledger.newest(ground.tenant(), ground.campaign(), 1)
                        .getFirst()
                        .act())
                .isEqualTo("inspection.exported");
    }

    private static List<String> names(byte[] file) throws IOException {
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    /** Whose seal a certificate is and what chains end in can be shown from a campaign's bundle; other people's certificates are not in it. */
    @Test
    void theBundleOfACampaignSaysWhatItsChecksReliedOn() throws Exception {
        Viewer administrator = ground.body().viewer(Role.ADMINISTRATOR, ground.body().root);
        DigitalSamples.trust(trust, administrator, ground.board());
        DigitalSamples.link(
                agencies,
                trust,
                administrator,
                ground.board(),
                ground.body().wardOne,
                DigitalSamples.holder("Con dấu một"));
        trust.end(administrator, agencies.list(ground.board()).getFirst().id(), "Mất thiết bị");
        UUID others = Ids.next();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            insert into signing.trusted (tenant_id, id, kind, name, certificate, certificate_hash, person_id, unit_id,
                                valid_from, basis, proposed_by, proposed_at)
                            values (?, ?, 'nguoi-ky', 'Người Ở Đợt Khác', '\\x01', sha256('\\x01'), ?, ?, (now() at time zone 'Asia/Ho_Chi_Minh')::date, 'Thử', ?, now())
                            """)
                    .params(ground.tenant(), others, ground.person(), ground.body().wardOne, administrator.accountId())
                    .update();
            ledger.append(new Act(
                    ground.tenant(),
                    "signing.trust-proposed",
                    others,
                    administrator.accountId(),
                    Map.of("name", "Người Ở Đợt Khác")));
        });
        String scope = ground.campaign().toString();
        Browser.Answer job = inspector.post("/so-cai", "/so-cai/xuat", "pham-vi", scope);
        until(inspector, job.path(), "Bộ chứng cứ có");
        byte[] file = inspector.get("/so-cai/bo-chung-cu/" + scope + ".zip").bytes();
        assertThat(text(file, "entries.txt"))
                .contains("signing.trust-proposed", "signing.trust-confirmed", "signing.trust-ended")
                .contains(ground.body().wardOne.toString())
                .doesNotContain("Người Ở Đợt Khác");
        assertThat(names(file)).contains("evidence/signing.trusted.txt");
    }

    private static String text(byte[] file, String name) throws IOException {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("no " + name);
    }

    @Test
    void givesNobodyElseABundle() {
        Viewer head = ground.body().viewer(Role.HEAD, ground.body().wardOne);
        assertThat(ground.body().browser(head).get("/so-cai").status()).isEqualTo(403);
        Viewer ward = ground.body().viewer(Role.INSPECTOR, ground.body().wardOne);
        Browser below = ground.body().browser(ward);
        assertThat(below.get("/so-cai").page().select("#pham-vi")).isEmpty();
        assertThat(below.get("/so-cai/bo-chung-cu/" + ground.tenant() + ".zip").status())
                .isEqualTo(403);
        assertThat(below.post(
                                "/so-cai",
                                "/so-cai/xuat",
                                "pham-vi",
                                ground.campaign().toString())
                        .status())
                .isEqualTo(403);
        Browser stranger = ground.body().browser(grounds.make().inspector());
        assertThat(stranger.post(
                                "/so-cai",
                                "/so-cai/xuat",
                                "pham-vi",
                                ground.campaign().toString())
                        .status())
                .isEqualTo(404);
        Viewer administrator = ground.body().viewer(Role.ADMINISTRATOR, ground.body().root);
        Browser runs = ground.body().browser(administrator);
        assertThat(runs.get("/so-cai").page().select("#pham-vi")).isEmpty();
        assertThat(runs.get("/so-cai").page().select("form[action=/so-cai/doi-khoa]"))
                .hasSize(1);
        assertThat(inspector.get("/so-cai").page().select("form[action=/so-cai/doi-khoa]"))
                .isEmpty();
    }

    @Test
    void checksWhenAskedAndSaysThatAllIsWell() throws Exception {
        Browser.Answer job = inspector.post("/so-cai", "/so-cai/kiem-tra");
        until(inspector, job.path(), "đều đúng như đã ghi");
        assertThat(inspector.get("/so-cai").page().select(".cm-tag.good")).hasSize(1);
        assertThat(todos(ground.inspector()))
                .noneMatch(todo -> todo.what().key().startsWith("inspection."));
    }

    private List<Todo> todos(Viewer viewer) {
        return todos.stream().flatMap(module -> module.of(viewer).stream()).toList();
    }

    @Test
    void aFaultIsInTheLedgerOnThePageAndWaitsForInspectorAndAdministrator() {
        String name = "2021/" + ground.person() + "/1";
        transaction.executeWithoutResult(status -> inspection.keep(
                ground.tenant(),
                Inspection.NOBODY,
                new Recheck.Result(12, 1, List.of(new Fault("commitments.commitment", name, Fault.CHANGED)))));
        Browser.Answer page = inspector.get("/so-cai");
        assertThat(page.page().select("[role=alert]").text()).contains("1 chỗ không đúng");
        assertThat(page.page().select("table").text()).contains("Bản cam kết").contains(name);
        Viewer administrator = ground.body().viewer(Role.ADMINISTRATOR, ground.body().root);
        for (Viewer viewer : List.of(ground.inspector(), administrator)) {
            assertThat(todos(viewer))
                    .anyMatch(todo -> todo.href().equals("/so-cai")
                            && todo.what().arguments().toString().contains(name));
        }
        assertThat(todos(ground.board())).noneMatch(todo -> todo.href().equals("/so-cai"));
        assertThat(inspector.get("/viec").page().text()).contains(name);
    }

    @Test
    void theNightlyCheckKeepsWhatItFound() {
        nightly.check(ground.tenant());
        assertThat(inspection.lastCheck(ground.tenant()))
                .hasValueSatisfying(checked -> assertThat(checked.count()).isZero());
        assertThat(ledger.newest(ground.tenant(), ground.tenant(), Inspection.RECHECKED, null, 1))
                .hasSize(1);
    }

    @Test
    void theSignerDownloadsAReceiptOnceItIsOrdered() throws Exception {
        Browser signer = ground.body().browser(ground.signer());
        String page = "/cam-ket/" + ground.campaign() + "/bien-nhan";
        until(signer, page, "Tải biên nhận (tlog-proof)");
        Browser.Answer proof = signer.get(page + ".tlog-proof");
        assertThat(proof.text()).startsWith("c2sp.org/tlog-proof@v1\nextra ");
        assertThat(proof.disposition()).contains(".tlog-proof");
        assertThat(inspector.get(page + ".tlog-proof").status()).isIn(403, 404);
    }

    @Test
    void aNewKeyIsAskedForInTheLedger() {
        Viewer administrator = ground.body().viewer(Role.ADMINISTRATOR, ground.body().root);
        Browser browser = ground.body().browser(administrator);
        assertThat(browser.post("/so-cai", "/so-cai/doi-khoa").page().text()).contains("Đã tạo khóa mới");
        assertThat(ledger.newest(ground.tenant(), ground.tenant(), "inspection.", null, 1)
                        .getFirst()
                        .actor())
                .isEqualTo(administrator.accountId());
    }

    /** Where the product would keep what was exported, no name leads out of the folder. */
    @Test
    void refusesAnAddressThatNamesNoBundle() {
        for (String name : List.of("..%2F..%2Fx", UUID.randomUUID().toString())) {
            assertThat(inspector.get("/so-cai/bo-chung-cu/" + name + ".zip").status())
                    .isIn(400, 404);
        }
        assertThat(Map.of(
                        "x",
                        inspector
                                .post("/so-cai", "/so-cai/xuat", "pham-vi", "x")
                                .status()))
                .containsEntry("x", 404);
    }
}
