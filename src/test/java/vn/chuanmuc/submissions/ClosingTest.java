package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Changed;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.campaigns.Campaigns.Turned;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Recorded;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** domain.md 4.6 and 4.7: every lock says which rule locks and who may lift it; reopening is a command with a reason. */
@ProductTest
class ClosingTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Lists lists;

    @Autowired
    Commitments commitments;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    private Body body;
    private ListGround ground;
    private List<UUID> people;

    @BeforeEach
    void aLaunchedCampaign() {
        body = bodies.create();
        people = body.people(6, body.wardOne, body.partyBloc);
        ground = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
    }

    private State state() {
        return campaigns.get(body.tenant, ground.campaign).state();
    }

    private long acts(String name) {
        return ledger.newest(body.tenant, ground.campaign, 100).stream()
                .filter(entry -> entry.act().equals(name))
                .count();
    }

    @Test
    void needsAReasonWhileAListIsNotAccepted() {
        assertThat(campaigns.close(ground.board, ground.campaign, " "))
                .isInstanceOfSatisfying(
                        Turned.Refused.class,
                        refused -> assertThat(refused.field()).isEqualTo("ly-do"));
        assertThat(state()).isEqualTo(State.LAUNCHED);
        assertThat(campaigns.close(ground.board, ground.campaign, "hết năm")).isEqualTo(new Turned.Done());
        assertThat(state()).isEqualTo(State.CLOSED);
        var closing = campaigns.closings(body.tenant, ground.campaign).getFirst();
        assertThat(closing.lists()).isEqualTo(1);
        assertThat(closing.accepted()).isZero();
        assertThat(closing.expected()).isEqualTo(6);
        assertThat(acts("campaigns.closed")).isEqualTo(1);
    }

    @Test
    void needsNoReasonOnceEveryListIsAccepted() {
        ground.sign(people.getFirst());
        ground.accept();
        assertThat(body.browser(ground.board)
                        .get("/viec")
                        .page()
                        .select(".cm-todo")
                        .text())
                .contains("có thể đóng đợt");
        assertThat(campaigns.close(ground.board, ground.campaign, "")).isEqualTo(new Turned.Done());
        assertThat(campaigns.closings(body.tenant, ground.campaign).getFirst().signed())
                .isEqualTo(1);
    }

    @Test
    void nothingIsSignedRecordedCompiledOrDecidedAfterwards() {
        ground.sign(people.getFirst());
        int version = ground.submit();
        campaigns.close(ground.board, ground.campaign, "hết năm");

        assertThat(ground.sign(people.get(1))).isInstanceOf(Signing.Refused.class);
        assertThat(commitments.excuse(ground.clerk, ground.campaign, people.get(2), "om", "nghỉ"))
                .isInstanceOf(Recorded.Refused.class);
        LocalDate today = LocalDate.now(clock);
        assertThat(campaigns.leave(ground.board, ground.campaign, people.get(3), today, "điều động"))
                .isInstanceOf(Changed.Refused.class);
        assertThat(lists.compile(ground.clerk, ground.key, "", version)).isInstanceOf(Moved.Refused.class);
        assertThat(lists.accept(ground.board, ground.key, version, "")).isInstanceOf(Moved.Refused.class);
        assertThat(lists.sendBack(ground.board, ground.key, version, "sai", Map.of()))
                .isInstanceOf(Moved.Refused.class);
        assertThat(commitments
                        .counts(body.tenant, ground.campaign, body.wardOne, body.partyBloc)
                        .signed())
                .isEqualTo(1);

        assertThat(campaigns.reopen(ground.board, ground.campaign, " ")).isInstanceOf(Turned.Refused.class);
        assertThat(campaigns.reopen(ground.board, ground.campaign, "bổ sung")).isEqualTo(new Turned.Done());
        assertThat(ground.sign(people.get(1))).isInstanceOf(Signing.Signed.class);
        assertThat(acts("campaigns.reopened")).isEqualTo(1);
        assertThat(campaigns.closings(body.tenant, ground.campaign)).hasSize(2);
    }

    @Test
    void isForWhoeverMayOpenItOnly() {
        assertThatThrownBy(() -> campaigns.close(ground.clerk, ground.campaign, "x"))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> campaigns.close(body.viewer(Role.BOARD, body.wardOne), ground.campaign, "x"))
                .isInstanceOf(Forbidden.class);
        assertThat(state()).isEqualTo(State.LAUNCHED);
    }

    @Test
    void closesOnceWhenTwoCloseItAtTheSameMoment() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<Turned> close = () -> campaigns.close(ground.board, ground.campaign, "hết năm");
            var outcomes = threads.invokeAll(List.of(close, close)).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();
            assertThat(outcomes).containsExactlyInAnyOrder(new Turned.Done(), new Turned.Already());
        }
        assertThat(acts("campaigns.closed")).isEqualTo(1);
        assertThat(campaigns.closings(body.tenant, ground.campaign)).hasSize(1);
    }

    /** Everybody signs while it is closed: whatever was signed is in the count that closing kept, and nothing came after. */
    @Test
    void countsEverySignatureThatCameBeforeAndLetsNoneComeAfter() throws Exception {
        var officials = people.stream().map(body::official).toList();
        var form = commitments.form(officials.get(1), ground.campaign).orElseThrow();
        try (var threads = Executors.newFixedThreadPool(7)) {
            var go = new CountDownLatch(1);
            var signing = officials.stream()
                    .skip(1) // the first leads and has another text
                    .map(official -> threads.submit(() -> {
                        go.await();
                        return commitments.sign(
                                official, ground.campaign, form.set().id(), form.bodyHash(), TestBodies.PASSWORD);
                    }))
                    .toList();
            var closing = threads.submit(() -> {
                go.await();
                TimeUnit.MILLISECONDS.sleep(150);
                return campaigns.close(ground.board, ground.campaign, "hết năm");
            });
            go.countDown();
            assertThat(closing.get()).isEqualTo(new Turned.Done());
            long signed = 0;
            for (var one : signing) {
                signed += one.get() instanceof Signing.Signed ? 1 : 0;
            }
            assertThat(campaigns
                            .closings(body.tenant, ground.campaign)
                            .getFirst()
                            .signed())
                    .isEqualTo(signed);
            assertThat(commitments
                            .counts(body.tenant, ground.campaign, body.wardOne, body.partyBloc)
                            .signed())
                    .isEqualTo(signed);
        }
    }

    /** Closing waits for whoever is in the midst of something, and whoever comes while it waits finds it closed. */
    @Test
    void waitsForWhoIsJustRecordingAndKeepsTheNextOut() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var held = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var holder = threads.submit(() -> transaction.execute(status -> {
                boolean open = campaigns.holdOpen(body.tenant, ground.campaign);
                held.countDown();
                try {
                    return open && release.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            held.await();
            var closing = threads.submit(() -> campaigns.close(ground.board, ground.campaign, "hết năm"));
            assertThatThrownBy(() -> closing.get(500, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(state()).isEqualTo(State.LAUNCHED);
            release.countDown();
            assertThat(holder.get()).isTrue();
            assertThat(closing.get()).isEqualTo(new Turned.Done());
        }
    }

    @Test
    void theBrowserAsksForTheReasonKeepsItAndShowsTheLockEverywhere() {
        Browser board = body.browser(ground.board);
        String address = "/dot/" + ground.campaign;
        var ask = board.get(address + "/dong").page();
        assertThat(ask.select("tbody th").eachText()).containsExactly("Phường Một");
        assertThat(ask.select("tbody td").text()).contains("Chưa lập");
        var refused = board.post(address + "/dong", address + "/dong", "ly-do", " ");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#e-ly-do").text()).contains("1 danh sách chưa được tiếp nhận");
        assertThat(board.post(address + "/dong", address + "/dong", "ly-do", "hết năm")
                        .path())
                .isEqualTo(address + "?xong=campaign-closed");
        var page = board.get(address).page();
        assertThat(page.select(".alert-info").text()).contains("Đợt đã đóng", "Chỉ Ban Tổ chức của");
        assertThat(page.text()).contains("hết năm");
        for (String shown : List.of(
                address + "/danh-sach-chot",
                "/cam-ket/danh-sach/" + ground.campaign,
                "/tien-do/" + ground.campaign,
                "/danh-sach/" + ground.campaign + "/" + body.wardOne + "/" + body.partyBloc)) {
            assertThat(board.get(shown).page().select(".alert-info").text())
                    .as(shown)
                    .contains("Đợt đã đóng: ở đây chỉ xem được");
        }
        assertThat(board.get(address + "/dong").path()).isEqualTo(address);
        assertThat(board.post(address + "/mo-lai", address + "/mo-lai", "ly-do", "bổ sung")
                        .path())
                .isEqualTo(address + "?xong=campaign-reopened");
        assertThat(state()).isEqualTo(State.LAUNCHED);
    }
}
