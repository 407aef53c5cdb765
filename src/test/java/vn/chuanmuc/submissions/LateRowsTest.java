package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static vn.chuanmuc.submissions.ListGround.atOnce;
import static vn.chuanmuc.submissions.ListGround.done;
import static vn.chuanmuc.submissions.ListGround.refusal;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.submissions.ListChange.Kind;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/**
 * What is accepted is how people stand when it is accepted (domain.md 4.2: one denominator; 4.6: a list counts the changes
 * since; 4.7: an exception is a command with a reason and an authority).
 */
@ProductTest
class LateRowsTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Lists lists;

    @Autowired
    CommitmentPapers commitmentPapers;

    @Autowired
    Papers papers;

    @Autowired
    Contents contents;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private ListGround ground;
    private UUID an;
    private UUID binh;
    private UUID chi;
    private UUID dung;

    @BeforeEach
    void aLaunchedCampaign() {
        var body = bodies.create();
        an = body.person("Nguyễn Thị An", body.wardOne, body.partyBloc, body.secretary);
        binh = body.person("Trần Văn Bình", body.wardOne, body.partyBloc, body.staff);
        chi = body.person("Lê Thị Chi", body.wardOne, body.partyBloc, body.staff);
        dung = body.person("Phạm Văn Dũng", body.wardOne, body.partyBloc, body.staff);
        ground = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
    }

    private byte[] seen() {
        return lists.hashNow(ground.board, lists.get(ground.board, ground.key));
    }

    private Moved asItStands(int number, String reason, byte[] seen) {
        return lists.acceptAsItStands(ground.board, ground.key, number, "", reason, seen);
    }

    private ListVersion version(int number) {
        return lists.get(ground.board, ground.key).version(number).orElseThrow();
    }

    private List<String> acts() {
        return ledger
                .newest(ground.body.tenant, lists.get(ground.clerk, ground.key).id(), 100)
                .stream()
                .map(entry -> entry.act())
                .toList()
                .reversed();
    }

    private void leave(UUID person) {
        var today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
        assertThat(campaigns.leave(ground.clerk, ground.campaign, person, today, "Chuyển công tác"))
                .isInstanceOf(Campaigns.Changed.Done.class);
    }

    private UUID join(String name) {
        UUID person = ground.body.person(name, ground.body.wardOne, ground.body.partyBloc, ground.body.staff);
        UUID set = commitments
                .formOf(ground.clerk, ground.campaign, an)
                .orElseThrow()
                .set()
                .id();
        var today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
        assertThat(campaigns.join(ground.clerk, ground.campaign, person, ground.body.wardOne, set, today, "Mới về"))
                .isInstanceOf(Campaigns.Changed.Done.class);
        return person;
    }

    @Test
    void refusesToAcceptWhenSomebodySignedSinceAndSaysWhoAndTheNewVersionIsAccepted() {
        int first = ground.submit();
        ground.sign(binh);
        Moved refused = lists.accept(ground.board, ground.key, first, "Tốt");
        assertThat(refusal(refused)).isEqualTo("submissions.refused.accept.late");
        assertThat(((Moved.Refused) refused).why().arguments().toString()).contains("Trần Văn Bình");
        assertThat(version(first).state()).isEqualTo(ListState.SUBMITTED);
        assertThat(lists.get(ground.clerk, ground.key).frozenSince()).isNull();
        assertThat(acts()).doesNotContain("submissions.accepted");

        done(lists.sendBack(ground.board, ground.key, first, "Lập bản mới", Map.of()));
        int second = ground.accept();
        assertThat(second).isEqualTo(first + 1);
        assertThat(version(second).totals()).isEqualTo(new Totals(4, 1, 0, 0));
        assertThat(version(second).lateRows()).isZero();
    }

    @Test
    void refusesWhenSomebodyCameWentOrWasRecordedSince() {
        int number = ground.submit();
        commitments.excuse(ground.clerk, ground.campaign, an, "om", "Nằm viện");
        leave(chi);
        UUID giang = join("Đỗ Thị Giang");
        ground.sign(giang);
        assertThat(refusal(lists.accept(ground.board, ground.key, number, "")))
                .isEqualTo("submissions.refused.accept.late");
        var sheet = lists.get(ground.board, ground.key);
        var changes = lists.changes(ground.board, sheet, number, Lists.NOW, ListOrder.NAME);
        assertThat(changes)
                .extracting(ListChanges::added, ListChanges::removed, ListChanges::standing, ListChanges::words)
                .containsExactly(1, 1, 1, 0);
        assertThat(changes.first())
                .extracting(change -> change.row().personId())
                .containsExactly(an, giang, chi);
        assertThat(changes.first())
                .extracting(ListChange::kind)
                .containsExactly(Kind.STANDING, Kind.ADDED, Kind.REMOVED);
        // a record that is taken back, and everybody is as they were
        var cancelled = commitments.reopen(ground.clerk, ground.campaign, an, "Ghi nhầm");
        assertThat(cancelled).isInstanceOf(Commitments.Recorded.Done.class);
        changes = lists.changes(ground.board, sheet, number, Lists.NOW, ListOrder.NAME);
        assertThat(changes.first()).extracting(ListChange::kind).containsExactly(Kind.ADDED, Kind.REMOVED);
    }

    @Test
    void acceptsAsItStandsOnlyWithAReasonAndKeepsWhoHadChanged() {
        int number = ground.submit();
        ground.sign(binh);
        leave(chi);
        assertThat(refusal(asItStands(number, " ", seen()))).isEqualTo("submissions.refused.reason-missing");
        assertThat(version(number).state()).isEqualTo(ListState.SUBMITTED);
        assertThat(done(asItStands(number, "Đã hết hạn nộp", seen()))).isEqualTo(number);

        var accepted = version(number);
        assertThat(accepted.state()).isEqualTo(ListState.ACCEPTED);
        assertThat(accepted.totals()).as("as compiled").isEqualTo(new Totals(4, 0, 0, 0));
        assertThat(accepted.lateRows()).isEqualTo(2);
        assertThat(accepted.lateReason()).isEqualTo("Đã hết hạn nộp");
        var sheet = lists.get(ground.clerk, ground.key);
        assertThat(sheet.frozenSince()).isNotNull();
        assertThat(lists.late(ground.clerk, sheet, number, 10))
                .extracting(LateRow::personId, LateRow::kind, LateRow::standing)
                .containsExactly(tuple(binh, Kind.STANDING, Standing.SIGNED), tuple(chi, Kind.REMOVED, null));
        assertThat(lists.late(ground.clerk, sheet, number, 10).getFirst().signedAt())
                .isNotNull();
        assertThat(acts()).endsWith("submissions.accepted-as-it-stands").doesNotContain("submissions.accepted");
        var act = ledger.newest(ground.body.tenant, sheet.id(), 1).getFirst();
        assertThat(act.documentHash()).isEqualTo(accepted.contentHash());
        assertThat(act.payload()).contains("Đã hết hạn nộp", "\"late\":2");
        // the freeze holds as after any acceptance
        assertThat(ground.sign(dung)).isInstanceOf(Signing.Refused.class);
        // opened again, the next version counts everybody, and what was kept stays
        done(lists.reopen(ground.board, ground.key, number, "Cho lập lại"));
        int next = ground.accept();
        assertThat(version(next).totals()).isEqualTo(new Totals(3, 1, 0, 0));
        assertThat(lists.late(ground.clerk, lists.get(ground.clerk, ground.key), number, 10))
                .hasSize(2);
    }

    @Test
    void theReasonIsAboutTheChangesThatWereSeenAndNoOthers() {
        int number = ground.submit();
        assertThat(refusal(asItStands(number, "Gấp", seen()))).isEqualTo("submissions.refused.accept.not-late");
        ground.sign(binh);
        byte[] seen = seen();
        ground.sign(chi);
        Moved refused = asItStands(number, "Gấp", seen);
        assertThat(refusal(refused)).isEqualTo("submissions.refused.accept.later");
        assertThat(((Moved.Refused) refused).why().arguments().toString()).contains("Lê Thị Chi");
        assertThat(refusal(asItStands(number, "Gấp", new byte[0]))).isEqualTo("submissions.refused.accept.later");
        done(asItStands(number, "Gấp", seen()));
        // a second click
        assertThat(asItStands(number, "Gấp", seen())).isEqualTo(new Moved.Already(number));
        assertThat(lists.accept(ground.board, ground.key, number, "")).isEqualTo(new Moved.Already(number));
    }

    @Test
    void onlyTheBoardOfTheReceiverDecides() {
        int number = ground.submit();
        ground.sign(binh);
        byte[] seen = seen();
        var wardBoard = ground.body.viewer(Role.BOARD, ground.body.wardOne);
        for (var powerless : List.of(ground.clerk, ground.head, wardBoard)) {
            assertThatThrownBy(() -> lists.acceptAsItStands(powerless, ground.key, number, "", "Gấp", seen))
                    .isInstanceOf(Forbidden.class);
        }
    }

    /** Whoever signs while the board accepts was counted, or is refused; nobody slips in between the count and the freeze. */
    @Test
    void acceptingWaitsForWhoeverIsJustBeingRecordedAndCountsThem() throws Exception {
        int number = ground.submit();
        var recorded = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var office = threads.submit(() -> transaction.execute(status -> {
                var outcome = commitments.excuse(ground.clerk, ground.campaign, an, "om", "Nằm viện");
                recorded.countDown();
                await(finish);
                return outcome;
            }));
            await(recorded);
            var board = threads.submit(() -> lists.accept(ground.board, ground.key, number, ""));
            assertThatThrownBy(() -> board.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            finish.countDown();
            assertThat(office.get()).isInstanceOf(Commitments.Recorded.Done.class);
            assertThat(refusal(board.get())).isEqualTo("submissions.refused.accept.late");
        }
    }

    @Test
    void whoeverSignsWhileTheBoardAcceptsWaitsAndIsRefused() throws Exception {
        int number = ground.submit();
        var accepted = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var board = threads.submit(() -> transaction.execute(status -> {
                Moved outcome = lists.accept(ground.board, ground.key, number, "");
                accepted.countDown();
                await(finish);
                return outcome;
            }));
            await(accepted);
            var signer = threads.submit(() -> ground.sign(an));
            assertThatThrownBy(() -> signer.get(1_500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            finish.countDown();
            assertThat(board.get()).isEqualTo(new Moved.Done(number));
            assertThat(signer.get()).isInstanceOf(Signing.Refused.class);
        }
        var sheet = lists.get(ground.board, ground.key);
        assertThat(lists.changes(ground.board, sheet, number, Lists.NOW, ListOrder.NAME))
                .isEqualTo(ListChanges.NONE);
    }

    @Test
    void anAcceptedListHoldsEverybodyWhoSignedHoweverManySignMeanwhile() throws Exception {
        for (int round = 0; round < 5; round++) {
            var body = bodies.create();
            List<UUID> staff = body.people(8, body.wardOne, body.partyBloc);
            var here = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
            here.meet(staff);
            int number = here.submit();
            int pause = round * 60;
            try (var threads = Executors.newFixedThreadPool(staff.size() + 1)) {
                var board = threads.submit(() -> {
                    Thread.sleep(pause);
                    return lists.accept(here.board, here.key, number, "");
                });
                var signers = staff.stream()
                        .map(person -> threads.submit(() -> here.sign(person)))
                        .toList();
                int signed = 0;
                for (var signer : signers) {
                    signed += signer.get() instanceof Signing.Signed ? 1 : 0;
                }
                Moved outcome = board.get();
                var sheet = lists.get(here.board, here.key);
                var changes = lists.changes(here.board, sheet, number, Lists.NOW, ListOrder.NAME);
                assertThat(changes.total()).isEqualTo(signed);
                if (outcome instanceof Moved.Done) {
                    assertThat(signed).as("signed and not on the accepted list").isZero();
                    assertThat(sheet.frozenSince()).isNotNull();
                } else {
                    assertThat(refusal(outcome)).isEqualTo("submissions.refused.accept.late");
                    assertThat(signed).isPositive();
                    assertThat(sheet.frozenSince()).isNull();
                }
            }
        }
    }

    @Test
    void twoWhoAcceptAsItStandsAtOnceMakeOneAcceptance() throws Exception {
        int number = ground.submit();
        ground.sign(binh);
        byte[] seen = seen();
        var outcomes = atOnce(6, () -> asItStands(number, "Gấp", seen));
        assertThat(outcomes).filteredOn(Moved.Done.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Moved.Already.class::isInstance).hasSize(5);
        assertThat(acts())
                .filteredOn("submissions.accepted-as-it-stands"::equals)
                .hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theRunningProductCannotChangeWhatWasKept() {
        int number = ground.submit();
        ground.sign(binh);
        done(asItStands(number, "Gấp", seen()));
        assertThatThrownBy(() -> jdbc.sql("update submissions.late_row set full_name = 'x' where tenant_id = ?")
                        .params(ground.body.tenant)
                        .update())
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    /** Replaced on the same day and in the same way: nothing a list shows is other, but it is another document. */
    @Test
    void aDocumentThatIsReplacedOnTheSameDayIsSeen() {
        ListGround other = onPaper();
        UUID first = signOnPaper(other, "bản quét thứ nhất");
        int version = other.compile();
        assertThat(changes(other, version)).isEqualTo(ListChanges.NONE);
        assertThat(commitments.withdraw(other.board, other.campaign, an, "Quét nhầm trang"))
                .isEqualTo(new Commitments.Recorded.Done());
        UUID second = signOnPaper(other, "bản quét thứ hai");
        assertThat(second).isNotEqualTo(first);
        ListChanges changes = changes(other, version);
        assertThat(changes.total()).isEqualTo(1);
        assertThat(changes.first().getFirst().kind()).isEqualTo(Kind.WORDS);
        assertThat(changes.first().getFirst().fields()).containsExactly(ListChange.Field.DOCUMENT);
        assertThat(Objects.requireNonNull(changes.first().getFirst().before()).commitmentId()).isEqualTo(first);
        assertThat(Objects.requireNonNull(changes.first().getFirst().after()).commitmentId()).isEqualTo(second);
        done(lists.approve(other.head, other.key, version));
        done(lists.submit(other.clerk, other.key, version));
        assertThat(lists.accept(other.board, other.key, version, "")).isInstanceOf(Moved.Refused.class);
        // Rows compiled before documents were kept have none: they are compared as they were.
        transaction.executeWithoutResult(status -> {
            jdbc.sql("set local role none").update();
            jdbc.sql("update submissions.list_row set commitment_id = null, document_hash = null where tenant_id = ?")
                    .param(other.body.tenant)
                    .update();
        });
        assertThat(changes(other, version)).isEqualTo(ListChanges.NONE);
        assertThat(done(lists.accept(other.board, other.key, version, ""))).isEqualTo(version);
    }

    private ListChanges changes(ListGround of, int version) {
        return lists.changes(of.board, lists.get(of.board, of.key), version, Lists.NOW, ListOrder.NAME);
    }

    private ListGround onPaper() {
        var body = bodies.create();
        an = body.person("Nguyễn Thị An", body.wardOne, body.partyBloc, body.secretary);
        ListGround made = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
        jdbc.sql("update campaigns.campaign set methods = array['giay'] where tenant_id = ? and id = ?")
                .params(body.tenant, made.campaign)
                .update();
        return made;
    }

    /** Prints the paper, has it signed by hand and its scan confirmed, all on one day. */
    private UUID signOnPaper(ListGround of, String scan) {
        assertThat(commitmentPapers.of(of.clerk, of.campaign, an, CommitmentPapers.Format.DOCX))
                .isInstanceOf(CommitmentPapers.Printing.Printed.class);
        var paper = papers.of(of.body.tenant, CommitmentPapers.FORM, of.campaign, an)
                .getFirst();
        byte[] hash = transaction.execute(
                status -> contents.store(of.body.tenant, "application/pdf", scan.getBytes(StandardCharsets.UTF_8)));
        return ((Signing.Signed) commitments.signOnPaper(
                        of.clerk, paper.id(), hash, LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"))))
                .receipt()
                .commitmentId();
    }
}
