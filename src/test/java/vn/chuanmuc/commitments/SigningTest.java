package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.commitments.Commitments.Recorded;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class SigningTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Body body;
    private Viewer board;
    private SmallDecision decision;

    @BeforeEach
    void aBodyWithADecision() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        decision = SmallDecision.publish(jdbc, body);
    }

    private UUID launch() {
        return CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
    }

    private Signing sign(Viewer official, UUID campaign) {
        var form = commitments.form(official, campaign).orElseThrow();
        return commitments.signConfirmed(official, campaign, form.set().id(), form.bodyHash());
    }

    private Counts counts(UUID campaign) {
        return commitments.counts(body.tenant, campaign, body.wardOne, body.partyBloc);
    }

    private long commitmentsOf(UUID campaign) {
        return jdbc.sql("select count(*) from commitments.commitment where tenant_id = ? and campaign_id = ?")
                .params(body.tenant, campaign)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    private long acts(String act) {
        return jdbc.sql("select count(*) from ledger.entry where tenant_id = ? and act = ?")
                .params(body.tenant, act)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    @Test
    void signsAfterThePasswordAndKeepsTheExactDocument() {
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary);
        UUID campaign = launch();
        var official = body.official(person);
        var form = commitments.form(official, campaign).orElseThrow();

        assertThat(commitments.sign(official, campaign, form.set().id(), form.bodyHash(), "sai"))
                .isInstanceOfSatisfying(
                        Signing.Refused.class,
                        refused -> assertThat(refused.field()).isEqualTo("mat-khau"));
        assertThat(commitments.sign(official, campaign, form.set().id(), form.bodyHash(), TestBodies.PASSWORD))
                .isInstanceOf(Signing.Signed.class);

        var receipt = commitments.receipt(official, campaign).orElseThrow();
        byte[] document = commitments.document(body.tenant, receipt).bytes();
        assertThat(Sha256.of(document)).isEqualTo(receipt.documentHash());
        assertThat(new String(document, StandardCharsets.UTF_8))
                .startsWith(CommitmentDocument.FORMAT)
                .contains("Họ và tên: Trần Thị Hoà\n")
                .contains("Ngày sinh: 02/05/1980\n")
                .contains("Văn bản ban hành: 12-QĐ/QU, ngày 24/09/2021, Ban Thường vụ Quận ủy thử\n")
                .contains("-\tNội dung thứ 3 của Bộ tiêu chí của lãnh đạo, quản lý.\n")
                .contains("không phải chữ ký số");
        var entry = commitments.entry(body.tenant, receipt);
        assertThat(entry.documentHash()).isEqualTo(receipt.documentHash());
        assertThat(entry.act()).isEqualTo("commitments.signed");
    }

    @Test
    void twoHundredPeopleSignAtOnceEachTwice() throws Exception {
        var people = body.people(200, body.wardOne, body.partyBloc);
        UUID campaign = launch();
        var tasks = new ArrayList<Callable<Signing>>();
        for (UUID person : people) {
            var official = body.official(person);
            tasks.add(() -> sign(official, campaign));
            tasks.add(() -> sign(official, campaign));
        }
        java.util.Collections.shuffle(tasks, new java.util.Random(7));
        int signed = 0;
        int already = 0;
        try (var threads = Executors.newFixedThreadPool(64)) {
            for (var outcome : threads.invokeAll(tasks)) {
                switch (outcome.get()) {
                    case Signing.Signed any -> signed++;
                    case Signing.AlreadySigned any -> already++;
                    case Signing.Refused refused -> throw new AssertionError(refused.toString());
                }
            }
        }
        assertThat(signed).isEqualTo(200);
        assertThat(already).isEqualTo(200);
        assertThat(commitmentsOf(campaign)).isEqualTo(200);
        assertThat(acts("commitments.signed")).isEqualTo(200);
        assertThat(counts(campaign)).isEqualTo(new Counts(200, 200, 0, 0, 0));
    }

    @Test
    void aSecondWindowGetsTheReceiptOfTheFirst() {
        var official = body.official(body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff));
        UUID campaign = launch();
        var first = sign(official, campaign);
        var second = sign(official, campaign);
        assertThat(((Signing.AlreadySigned) second).receipt().commitmentId())
                .isEqualTo(((Signing.Signed) first).receipt().commitmentId());
    }

    @Test
    void refusesToSignAnotherTextThanTheOneShown() {
        var official = body.official(body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff));
        UUID campaign = launch();
        var form = commitments.form(official, campaign).orElseThrow();
        assertThat(commitments.signConfirmed(official, campaign, decision.leaders, form.bodyHash()))
                .isInstanceOf(Signing.Refused.class);
        assertThat(commitments.signConfirmed(official, campaign, form.set().id(), new byte[32]))
                .isInstanceOf(Signing.Refused.class);
        assertThat(commitmentsOf(campaign)).isZero();
    }

    @Test
    void whoDeclinedMayStillSignAsTheNextVersion() {
        var official = body.official(body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff));
        UUID campaign = launch();
        assertThat(commitments.decline(official, campaign, "tu-choi", "Chưa đồng ý nội dung 2"))
                .isInstanceOf(Recorded.Done.class);
        assertThat(counts(campaign)).isEqualTo(new Counts(1, 0, 1, 0, 0));
        assertThat(sign(official, campaign))
                .isInstanceOfSatisfying(
                        Signing.Signed.class,
                        signed -> assertThat(signed.receipt().version()).isEqualTo(2));
        assertThat(counts(campaign)).isEqualTo(new Counts(1, 1, 0, 0, 0));
        assertThat(commitments.decline(official, campaign, "tu-choi", "Thôi")).isInstanceOf(Recorded.Refused.class);
        assertThat(commitmentsOf(campaign)).isEqualTo(2);
    }

    @Test
    void signingAndDecliningAtTheSameMomentLeavesOneStandingAndNoError() throws Exception {
        var people = body.people(40, body.wardOne, body.partyBloc);
        UUID campaign = launch();
        var tasks = new ArrayList<Callable<Object>>();
        for (UUID person : people) {
            var official = body.official(person);
            tasks.add(() -> sign(official, campaign));
            tasks.add(() -> commitments.decline(official, campaign, "khac", "Bận"));
        }
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var outcome : threads.invokeAll(tasks)) {
                assertThat(outcome.get()).isNotNull();
            }
        }
        // Signing after declining is allowed, declining after signing is not: everybody ends as signed.
        assertThat(counts(campaign)).isEqualTo(new Counts(40, 40, 0, 0, 0));
        assertThat(acts("commitments.signed")).isEqualTo(40);
    }

    @Test
    void nobodySignsOnceTheListIsFrozen() throws Exception {
        var officials = body.people(60, body.wardOne, body.partyBloc).stream()
                .map(body::official)
                .toList();
        UUID campaign = launch();
        var list = Ids.next();
        var tasks = new ArrayList<Callable<Object>>();
        for (Viewer official : officials) {
            tasks.add(() -> sign(official, campaign));
        }
        tasks.add(
                20,
                () -> transaction.execute(status -> {
                    assertThat(campaigns.freeze(body.tenant, campaign, body.wardOne, body.partyBloc, list))
                            .isTrue();
                    // What the accepted list counts, seen from inside the transaction that freezes.
                    return counts(campaign);
                }));
        long signed = 0;
        Counts frozenAt = new Counts(0, 0, 0, 0, 0);
        try (var threads = Executors.newFixedThreadPool(12)) {
            for (var outcome : threads.invokeAll(tasks)) {
                switch (outcome.get()) {
                    case Counts counts -> frozenAt = counts;
                    case Signing.Signed any -> signed++;
                    case Signing.Refused refused ->
                        assertThat(refused.why().key()).isEqualTo("campaigns.frozen");
                    case Object other -> throw new AssertionError(other.toString());
                }
            }
        }
        assertThat(frozenAt.expected()).isEqualTo(60);
        assertThat(counts(campaign)).isEqualTo(frozenAt);
        assertThat(signed).isEqualTo(frozenAt.signed());

        assertThat(Boolean.TRUE.equals(transaction.execute(
                        status -> campaigns.lift(body.tenant, campaign, body.wardOne, body.partyBloc, list))))
                .isTrue();
        assertThat(sign(officials.getLast(), campaign)).isNotInstanceOf(Signing.Refused.class);
    }

    @Test
    void anOfficeRecordsOnlyForThoseWhoSaidNothingThemselves() {
        var signer = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        var absent = body.person("Trần Thị Hạnh", body.wardOne, body.partyBloc, body.staff);
        UUID campaign = launch();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        sign(body.official(signer), campaign);
        assertThat(commitments.excuse(clerk, campaign, signer, "om", "nghỉ")).isInstanceOf(Recorded.Refused.class);
        assertThat(commitments.excuse(clerk, campaign, absent, "tu-choi", "không muốn"))
                .isInstanceOfSatisfying(
                        Recorded.Refused.class,
                        refused -> assertThat(refused.field()).isEqualTo("loai"));
        assertThat(commitments.excuse(clerk, campaign, absent, "nghi-thai-san", "từ 01/9/2021"))
                .isInstanceOf(Recorded.Done.class);
        assertThat(counts(campaign)).isEqualTo(new Counts(2, 1, 0, 1, 0));
        assertThat(commitments.reopen(clerk, campaign, absent, "ghi nhầm người"))
                .isInstanceOf(Recorded.Done.class);
        assertThat(counts(campaign)).isEqualTo(new Counts(2, 1, 0, 0, 0));
        assertThat(commitments.versions(body.tenant, 2021, absent))
                .extracting(Commitments.Version::standing)
                .containsExactly(Standing.OPEN, Standing.EXCUSED);
    }

    @Test
    void nobodySignsOrRecordsForAnother() {
        var person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        var stranger = body.official(body.person("Lê Văn Lạ", body.wardTwo, body.partyBloc, body.staff));
        UUID campaign = launch();
        assertThat(commitments.form(stranger, campaign)).isEmpty();
        assertThatThrownBy(() -> commitments.signConfirmed(stranger, campaign, decision.staff, new byte[32]))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> commitments.sign(board, campaign, decision.staff, new byte[32], TestBodies.PASSWORD))
                .isInstanceOf(Forbidden.class);
        for (var viewer :
                List.of(body.viewer(Role.CLERK, body.wardTwo), body.viewer(Role.HEAD, body.wardOne), board, stranger)) {
            assertThatThrownBy(() -> commitments.excuse(viewer, campaign, person, "om", "nghỉ"))
                    .isInstanceOf(Forbidden.class);
        }
    }

    @Test
    void theProductCannotChangeOrDeleteEvidence() {
        var official = body.official(body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff));
        UUID campaign = launch();
        sign(official, campaign);
        for (String table : List.of("commitments.commitment", "ledger.entry", "campaigns.roster_change")) {
            for (String attempt : List.of("update " + table + " set tenant_id = tenant_id", "delete from " + table)) {
                assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                            jdbc.sql("set local role chuanmuc_app").update();
                            jdbc.sql(attempt).update();
                        }))
                        .as(attempt)
                        .hasStackTraceContaining("permission denied");
            }
        }
    }
}
