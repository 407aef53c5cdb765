package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.chuanmuc.submissions.ListGround.atOnce;
import static vn.chuanmuc.submissions.ListGround.done;
import static vn.chuanmuc.submissions.ListGround.refusal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Recorded;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.submissions.Lists.Filter;
import vn.chuanmuc.submissions.Lists.Key;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class ListsTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Lists lists;

    @Autowired
    ListTodos todos;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    private ListGround ground;
    private UUID an;
    private UUID binh;
    private UUID chi;

    @BeforeEach
    void aLaunchedCampaign() {
        var body = bodies.create();
        an = body.person("Nguyễn Thị An", body.wardOne, body.partyBloc, body.secretary);
        binh = body.person("Trần Văn Bình", body.wardOne, body.partyBloc, body.staff);
        chi = body.person("Lê Thị Chi", body.wardOne, body.partyBloc, body.staff);
        body.person("Phạm Văn Dũng", body.wardOne, body.stateBloc, body.staff);
        body.person("Vũ Thị Hoa", body.wardTwo, body.partyBloc, body.staff);
        ground = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne, body.wardTwo);
    }

    private List<ListRow> rows(int version, ListOrder order) {
        var sheet = lists.get(ground.clerk, ground.key);
        return lists.page(ground.clerk, sheet, version, order, "", 0, 100).stream()
                .map(Lists.Numbered::row)
                .toList();
    }

    private ListVersion version(int number) {
        return lists.get(ground.clerk, ground.key).version(number).orElseThrow();
    }

    private static ListVersion.Step step(ListVersion.@Nullable Step step) {
        return Objects.requireNonNull(step);
    }

    private List<String> acts() {
        UUID list = lists.get(ground.clerk, ground.key).id();
        return ledger.newest(ground.body.tenant, list, 100).reversed().stream()
                .map(entry -> entry.act())
                .toList();
    }

    @Test
    void goesFromCompiledToAcceptedEachWithItsOwnTimeAndPerson() {
        ground.sign(an);
        commitments.excuse(ground.clerk, ground.campaign, binh, "om", "Nằm viện từ 01/10");
        int number = ground.accept();
        var version = version(number);
        assertThat(version.state()).isEqualTo(ListState.ACCEPTED);
        assertThat(version.totals()).isEqualTo(new Totals(3, 1, 0, 1));
        assertThat(version.compiled().by()).isEqualTo(ground.clerk.accountId());
        assertThat(step(version.approved()).by()).isEqualTo(ground.head.accountId());
        assertThat(step(version.submitted()).by()).isEqualTo(ground.clerk.accountId());
        assertThat(step(version.decided()).by()).isEqualTo(ground.board.accountId());
        assertThat(version.compiled().at()).isBefore(step(version.approved()).at());
        assertThat(step(version.approved()).at())
                .isBefore(step(version.submitted()).at());
        assertThat(step(version.submitted()).at())
                .isBefore(step(version.decided()).at());
        assertThat(acts())
                .containsExactly(
                        "submissions.compiled",
                        "submissions.approved",
                        "submissions.submitted",
                        "submissions.accepted");
        UUID list = lists.get(ground.clerk, ground.key).id();
        assertThat(ledger.newest(ground.body.tenant, list, 10))
                .allSatisfy(entry -> assertThat(entry.documentHash()).isEqualTo(version.contentHash()));
        var rows = rows(number, ListOrder.NAME);
        assertThat(rows).extracting(ListRow::fullName).containsExactly("Nguyễn Thị An", "Trần Văn Bình", "Lê Thị Chi");
        // what is stored hashes to what the ledger holds
        assertThat(ListDigest.of(rows.stream()).hash()).isEqualTo(version.contentHash());
        assertThat(rows.get(0).method()).isEqualTo("xac-nhan-dien-tu");
        assertThat(rows.get(1).reasonKind()).isEqualTo("om");
    }

    /** domain.md 4.6: accepting freezes the level below. */
    @Test
    void acceptingFreezesSigningInThisBlocOnlyAndReopeningLiftsIt() {
        int number = ground.accept();
        assertThat(lists.get(ground.clerk, ground.key).frozenSince()).isNotNull();
        assertThat(ground.sign(an)).isInstanceOf(Signing.Refused.class);
        assertThat(commitments.excuse(ground.clerk, ground.campaign, binh, "om", "Ốm"))
                .isInstanceOf(Recorded.Refused.class);
        var otherBloc = new Key(ground.campaign, ground.body.wardOne, ground.body.stateBloc);
        assertThat(lists.get(ground.clerk, otherBloc).frozenSince()).isNull();

        assertThat(refusal(lists.compile(ground.clerk, ground.key, "", number))).isEqualTo("submissions.lock.accepted");
        assertThat(refusal(lists.reopen(ground.board, ground.key, number, "  ")))
                .isEqualTo("submissions.refused.reason-missing");
        assertThat(done(lists.reopen(ground.board, ground.key, number, "Sót một người")))
                .isEqualTo(number);

        assertThat(lists.get(ground.clerk, ground.key).frozenSince()).isNull();
        assertThat(ground.sign(an)).isInstanceOf(Signing.Signed.class);
        int next = ground.compile();
        assertThat(next).isEqualTo(number + 1);
        assertThat(version(number).state()).isEqualTo(ListState.REOPENED);
        assertThat(version(number).decided()).as("who accepted stays").isNotNull();
        assertThat(acts()).endsWith("submissions.reopened", "submissions.compiled");
    }

    @Test
    void sendsBackWithRemarksThatTheClerkSeesAndCountsWhatChanged() {
        ground.sign(an);
        int first = ground.submit();
        assertThat(refusal(lists.sendBack(ground.board, ground.key, first, " ", Map.of(binh, "  "))))
                .isEqualTo("submissions.refused.send-back.no-remark");
        done(lists.sendBack(ground.board, ground.key, first, "Xem lại", Map.of(binh, "Vì sao chưa ký?")));
        var sheet = lists.get(ground.clerk, ground.key);
        assertThat(lists.countRemarks(ground.clerk, sheet, first)).isEqualTo(1);
        assertThat(lists.remarks(ground.clerk, sheet, first, List.of(an, binh)))
                .containsExactly(Map.entry(binh, "Vì sao chưa ký?"));
        assertThat(version(first).decisionNote()).isEqualTo("Xem lại");

        ground.sign(binh);
        int second = ground.submit();
        sheet = lists.get(ground.board, ground.key);
        assertThat(sheet.submittedBefore(second).orElseThrow().number()).isEqualTo(first);
        var changes = lists.changes(ground.board, sheet, first, second, ListOrder.NAME);
        assertThat(changes.total()).isEqualTo(1);
        assertThat(changes.first()).extracting(ListChange::kind).containsExactly(ListChange.Kind.STANDING);
        assertThat(changes.first().getFirst().row().personId()).isEqualTo(binh);
    }

    @Test
    void refusesRemarksOnPeopleWhoAreNotOnTheListAndWritesNothing() {
        int number = ground.submit();
        assertThatThrownBy(() ->
                        lists.sendBack(ground.board, ground.key, number, "", Map.of(binh, "a", UUID.randomUUID(), "b")))
                .isInstanceOf(NotFound.class);
        assertThat(version(number).state()).isEqualTo(ListState.SUBMITTED);
        assertThat(lists.countRemarks(ground.board, lists.get(ground.board, ground.key), number))
                .isZero();
    }

    @Test
    void replacesAVersionThatIsOnlyCompiledByTheNextNumber() {
        assertThat(ground.compile()).isEqualTo(1);
        assertThat(ground.compile()).isEqualTo(2);
        assertThat(version(1).state()).isEqualTo(ListState.DROPPED);
        assertThat(step(version(1).ended()).by()).isEqualTo(ground.clerk.accountId());
        assertThat(refusal(lists.approve(ground.head, ground.key, 1))).isEqualTo("submissions.refused.state");
    }

    @Test
    void theHeadGivesBackWithANoteEvenAfterApproving() {
        int number = ground.approve();
        assertThat(refusal(lists.compile(ground.clerk, ground.key, "", number))).isEqualTo("submissions.lock.approved");
        done(lists.giveBack(ground.head, ground.key, number, "Thiếu một người"));
        assertThat(version(number).endNote()).isEqualTo("Thiếu một người");
        assertThat(refusal(lists.submit(ground.clerk, ground.key, number))).isEqualTo("submissions.refused.state");
        assertThat(ground.compile()).isEqualTo(number + 1);
    }

    /** design.md: compiler ≠ approver, whatever roles one account holds. */
    @Test
    void whoCompiledDoesNotApprove() {
        var both = new Viewer(
                ground.clerk.tenantId(),
                ground.clerk.accountId(),
                null,
                "Hai vai",
                ground.clerk.username(),
                List.of(
                        new Viewer.Grant(Role.CLERK, ground.body.wardOne),
                        new Viewer.Grant(Role.HEAD, ground.body.wardOne)),
                false,
                false);
        int number = ground.compile();
        assertThat(refusal(lists.approve(both, ground.key, number))).isEqualTo("submissions.refused.approve.own");
    }

    @Test
    void twoAtOnceMakeOneOfEveryMove() throws Exception {
        one(() -> lists.compile(ground.clerk, ground.key, "", 0), "submissions.compiled");
        one(() -> lists.approve(ground.head, ground.key, 1), "submissions.approved");
        one(() -> lists.submit(ground.clerk, ground.key, 1), "submissions.submitted");
        one(() -> lists.sendBack(ground.board, ground.key, 1, "", Map.of(binh, "Xem lại")), "submissions.sent-back");
        one(() -> lists.compile(ground.clerk, ground.key, "", 1), "submissions.compiled");
        one(() -> lists.compile(ground.clerk, ground.key, "", 2), "submissions.compiled");
        one(() -> lists.giveBack(ground.head, ground.key, 3, "Sửa"), "submissions.given-back");
        one(() -> lists.compile(ground.clerk, ground.key, "", 3), "submissions.compiled");
        done(lists.approve(ground.head, ground.key, 4));
        done(lists.submit(ground.otherClerk, ground.key, 4));
        one(() -> lists.accept(ground.board, ground.key, 4, ""), "submissions.accepted");
        one(() -> lists.reopen(ground.board, ground.key, 4, "Sót"), "submissions.reopened");
    }

    private void one(Callable<Moved> wish, String act) throws Exception {
        long before = acts().stream().filter(act::equals).count();
        var outcomes = atOnce(8, wish);
        assertThat(outcomes).filteredOn(Moved.Done.class::isInstance).as(act).hasSize(1);
        assertThat(outcomes).filteredOn(Moved.Already.class::isInstance).as(act).hasSize(7);
        assertThat(acts().stream().filter(act::equals).count()).isEqualTo(before + 1);
    }

    /** Whoever comes second learns what the first made of it; nothing is half done. */
    @Test
    void approvingAndCompilingAnewAtTheSameMomentLeaveOneOfTheTwo() throws Exception {
        for (int round = 0; round < 10; round++) {
            int number = ground.compile();
            var wishes = List.<Callable<Moved>>of(
                    () -> lists.approve(ground.head, ground.key, number),
                    () -> lists.compile(ground.otherClerk, ground.key, "", number));
            try (var threads = java.util.concurrent.Executors.newFixedThreadPool(2)) {
                var outcomes = threads.invokeAll(wishes);
                boolean approved = outcomes.get(0).get() instanceof Moved.Done;
                boolean compiled = outcomes.get(1).get() instanceof Moved.Done;
                assertThat(approved).isNotEqualTo(compiled);
                var current = Objects.requireNonNull(
                        lists.get(ground.clerk, ground.key).current());
                assertThat(current.number()).isEqualTo(approved ? number : number + 1);
                assertThat(current.state()).isEqualTo(approved ? ListState.APPROVED : ListState.COMPILED);
                if (approved) {
                    done(lists.giveBack(ground.head, ground.key, number, "vòng sau"));
                }
            }
        }
    }

    @Test
    void everyMoveNeedsItsRoleInTheUnit() {
        int number = ground.submit();
        var strangerClerk = ground.body.viewer(Role.CLERK, ground.body.wardTwo);
        var strangerBoard = ground.body.viewer(Role.BOARD, ground.body.wardOne);
        var administrator = ground.body.viewer(Role.ADMINISTRATOR, ground.body.root);
        var inspector = ground.body.viewer(Role.INSPECTOR, ground.body.root);
        for (Viewer blind : List.of(strangerClerk, administrator)) {
            assertThatThrownBy(() -> lists.get(blind, ground.key)).isInstanceOf(NotFound.class);
            assertThatThrownBy(() -> lists.compile(blind, ground.key, "", number))
                    .isInstanceOf(NotFound.class);
        }
        for (Viewer powerless : List.of(inspector, ground.head, ground.board)) {
            assertThatThrownBy(() -> lists.compile(powerless, ground.key, "", number))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> lists.submit(powerless, ground.key, number))
                    .isInstanceOf(Forbidden.class);
        }
        for (Viewer powerless : List.of(inspector, ground.clerk, ground.board)) {
            assertThatThrownBy(() -> lists.approve(powerless, ground.key, number))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> lists.giveBack(powerless, ground.key, number, "x"))
                    .isInstanceOf(Forbidden.class);
        }
        // a board of the ward itself is not the board of the receiver
        for (Viewer powerless : List.of(inspector, ground.clerk, ground.head, strangerBoard)) {
            assertThatThrownBy(() -> lists.accept(powerless, ground.key, number, ""))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> lists.sendBack(powerless, ground.key, number, "x", Map.of()))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> lists.reopen(powerless, ground.key, number, "x"))
                    .isInstanceOf(Forbidden.class);
        }
        assertThat(version(number).state()).isEqualTo(ListState.SUBMITTED);
    }

    @Test
    void anotherBodySeesNothing() {
        var other = bodies.create();
        var board = other.viewer(Role.BOARD, other.root);
        assertThatThrownBy(() -> lists.get(board, ground.key)).isInstanceOf(NotFound.class);
        assertThat(lists.count(board, Filter.ALL)).isZero();
    }

    @Test
    void listsUnitsInScopeWithStateAndCounts() {
        ground.sign(an);
        ground.submit();
        assertThat(lists.count(ground.board, Filter.ALL)).isEqualTo(3);
        assertThat(lists.list(ground.clerk, Filter.ALL, 0, 50)).hasSize(2);
        var waiting = lists.list(ground.board, new Filter(ground.campaign, "submitted", ""), 0, 50);
        assertThat(waiting).hasSize(1);
        assertThat(waiting.getFirst().live()).isEqualTo(new Totals(3, 1, 0, 0));
        assertThat(waiting.getFirst().totals()).isEqualTo(new Totals(3, 1, 0, 0));
        assertThat(lists.list(ground.board, new Filter(null, "", "phuong hai"), 0, 50))
                .hasSize(1);
        assertThat(lists.list(ground.board, new Filter(null, "none", ""), 0, 50))
                .hasSize(2);
    }

    @Test
    void tellsEverybodyWhatWaitsForThem() {
        assertThat(keys(ground.clerk)).containsExactly("submissions.todo.compile", "submissions.todo.compile");
        assertThat(keys(ground.head)).isEmpty();
        int number = ground.compile();
        assertThat(keys(ground.head)).containsExactly("submissions.todo.approve");
        assertThat(keys(ground.clerk)).containsExactly("submissions.todo.compile");
        done(lists.approve(ground.head, ground.key, number));
        assertThat(keys(ground.clerk)).contains("submissions.todo.submit");
        assertThat(keys(ground.board)).isEmpty();
        done(lists.submit(ground.clerk, ground.key, number));
        assertThat(keys(ground.board)).containsExactly("submissions.todo.decide");
        done(lists.sendBack(ground.board, ground.key, number, "", Map.of(chi, "Sai chức vụ")));
        assertThat(keys(ground.board)).isEmpty();
        assertThat(todos.of(ground.clerk))
                .filteredOn(todo -> todo.what().key().equals("submissions.todo.sent-back"))
                .singleElement()
                .satisfies(todo -> assertThat(todo.what().arguments()).endsWith(1));
    }

    private List<String> keys(Viewer viewer) {
        return todos.of(viewer).stream().map(todo -> todo.what().key()).toList();
    }

    @Test
    void theRunningProductCannotChangeCompiledRows() {
        int number = ground.compile();
        UUID list = lists.get(ground.clerk, ground.key).id();
        assertThatThrownBy(() -> jdbc.sql(
                                "update submissions.list_row set full_name = 'x' where tenant_id = ? and list_id = ? and version = ?")
                        .params(ground.body.tenant, list, number)
                        .update())
                .rootCause()
                .hasMessageContaining("permission denied");
    }
}
