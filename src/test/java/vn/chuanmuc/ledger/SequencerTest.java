package vn.chuanmuc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.ProductTest;

/** One tree without a gap, whoever sequences, how many at once, and wherever they are broken off. */
@ProductTest
class SequencerTest {
    /** The long run: {@code -Dchuanmuc.kills=300}. */
    private static final int KILLS = Integer.getInteger("chuanmuc.kills", 25);

    @Autowired
    LeafStore store;

    @Autowired
    KeyHistory history;

    @Autowired
    LedgerKeys keys;

    @Autowired
    Ledger ledger;

    @Autowired
    Border border;

    @Autowired
    Sequencer sequencer;

    @Autowired
    Recheck recheck;

    @Autowired
    Proofs proofs;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private UUID tenant;

    @BeforeEach
    void aBodyOfItsOwn() {
        tenant = Ids.next();
    }

    private List<UUID> act(int count) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> ledger.appendAll(IntStream.range(0, count)
                .mapToObj(i -> new Act(tenant, "access.password-chosen", tenant, new UUID(0, 0), Map.of("n", i)))
                .toList())));
    }

    /** Until nothing waits: the product's own chore may be at it. */
    private void order() {
        Sequenced.all(sequencer, store, tenant);
    }

    private void good() {
        Recheck.Result result = recheck.run(tenant, (done, total) -> {});
        good(result, result.faults());
    }

    /** Signed with keys of a folder of the test's own: the product's folder has others, and is told so. */
    private void goodButForTheFolder() {
        Recheck.Result result = recheck.run(tenant, (done, total) -> {});
        assertThat(result.faults()).anyMatch(fault -> fault.kind().equals("ledger.key"));
        good(
                result,
                result.faults().stream()
                        .filter(fault -> !fault.kind().equals("ledger.key"))
                        .toList());
    }

    private void good(Recheck.Result result, List<Fault> faults) {
        assertThat(faults).isEmpty();
        assertThat(store.anyWaiting(tenant)).isFalse();
        assertThat(jdbc.sql("select count(*) from ledger.entry where tenant_id = ?")
                        .param(tenant)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .isEqualTo(result.acts());
    }

    @Test
    void givesEveryActAPlaceAndAProof() {
        List<UUID> acts = act(600);
        order();
        good();
        Proofs.Head head = proofs.newest(tenant).orElseThrow();
        for (UUID act : List.of(acts.getFirst(), acts.get(255), acts.get(256), acts.getLast())) {
            long position = store.position(tenant, act).orElseThrow();
            assertThat(ProofSteps.includes(
                            store.leaf(tenant, act).orElseThrow().hash(),
                            position,
                            head.size(),
                            store.tree(tenant).inclusion(position, head.size()),
                            head.root()))
                    .isTrue();
            assertThat(proofs.proof(tenant, act).orElseThrow()).startsWith("c2sp.org/tlog-proof@v1\n");
        }
        act(300);
        order();
        Proofs.Head later = proofs.newest(tenant).orElseThrow();
        assertThat(ProofSteps.consistent(
                        head.size(),
                        later.size(),
                        proofs.consistency(tenant, head.size(), later.size()),
                        head.root(),
                        later.root()))
                .isTrue();
        good();
    }

    @Test
    void anActThatIsCommittedLateComesLater() throws Exception {
        var written = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<UUID> late = threads.submit(() -> transaction.execute(status -> {
                UUID id = ledger.append(new Act(tenant, "access.password-chosen", tenant, new UUID(0, 0), Map.of()));
                written.countDown();
                try {
                    goOn.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return id;
            }));
            written.await();
            List<UUID> quick = act(3);
            order();
            goOn.countDown();
            UUID id = late.get();
            assertThat(store.position(tenant, id)).isEmpty();
            assertThat(proofs.proof(tenant, id)).isEmpty();
            order();
            assertThat(store.position(tenant, id).orElseThrow())
                    .isGreaterThan(store.position(tenant, quick.getLast()).orElseThrow());
        }
        good();
    }

    @Test
    void manySequencersAtOnceMakeOneTree() throws Exception {
        var writing = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(6)) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 2; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 40; n++) {
                        act(25);
                    }
                }));
            }
            for (int i = 0; i < 4; i++) {
                threads.submit(() -> {
                    while (writing.get()) {
                        sequencer.sequence(tenant);
                    }
                });
            }
            for (Future<?> one : all) {
                one.get();
            }
            writing.set(false);
        }
        order();
        good();
    }

    /** Its connection is cut at any moment, again and again; what is committed is whole, and it goes on from there. */
    @Test
    void goesOnAfterBeingKilledAnywhere() throws Exception {
        var random = new Random(11);
        int broken = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            act(1 + random.nextInt(1_500));
            var over = new AtomicBoolean();
            try (var threads = Executors.newSingleThreadExecutor()) {
                Future<Boolean> run = threads.submit(() -> {
                    try {
                        sequencer.sequence(tenant);
                        return false;
                    } catch (DataAccessException | TransactionException e) {
                        return true;
                    } finally {
                        over.set(true);
                    }
                });
                TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
                while (!over.get()) {
                    transaction.executeWithoutResult(status -> {
                        jdbc.sql("reset role").update();
                        jdbc.sql("""
                                        select pg_terminate_backend(l.pid) from pg_locks l
                                        where l.locktype = 'advisory' and l.granted and l.objsubid = 1
                                          and (l.classid::bigint << 32 | l.objid::bigint) = ledger.sequencer_lock(?)
                                        """)
                                .param(tenant)
                                .query((row, n) -> row.getBoolean(1))
                                .list();
                        status.setRollbackOnly();
                    });
                }
                broken += run.get() ? 1 : 0;
            }
            Recheck.Result result = recheck.run(tenant, (done, total) -> {});
            assertThat(result.faults()).as("after kill %d", kill).isEmpty();
        }
        assertThat(broken).as("killed in the midst").isGreaterThan(KILLS / 5);
        order();
        good();
    }

    @Test
    void aNewKeyBeginsWithTheSignatureOfTheOldOne() {
        var own = new LedgerKeys(folder.toString());
        var alone = new Sequencer(store, history, own, ledger, border, transaction, "thu.example", false);
        act(3);
        alone.sequence(tenant);
        own.rotate();
        act(2);
        alone.sequence(tenant);
        act(2);
        alone.sequence(tenant);
        assertThat(proofs.keys(tenant)).hasSize(2);
        assertThat(proofs.newest(tenant).orElseThrow().note()).startsWith("thu.example/" + tenant + "\n");
        List<LeafStore.Checkpoint> heads = store.checkpoints(tenant, 0, 10);
        assertThat(heads.stream().map(head -> head.note().split("— ").length - 1))
                .containsExactly(1, 2, 1);
        goodButForTheFolder();
    }

    @Test
    void withoutItsKeyNothingIsSignedUntilItIsSaidThatTheKeyIsLost() throws Exception {
        var own = new LedgerKeys(folder.toString());
        new Sequencer(store, history, own, ledger, border, transaction, "thu", false).sequence(tenant);
        act(2);
        new Sequencer(store, history, own, ledger, border, transaction, "thu", false).sequence(tenant);
        long before = store.size(tenant);
        Files.delete(folder.resolve("so-cai/khoa-1.pem"));
        act(1);
        new Sequencer(store, history, own, ledger, border, transaction, "thu", false).sequence(tenant);
        assertThat(store.size(tenant)).isEqualTo(before);
        new Sequencer(store, history, own, ledger, border, transaction, "thu", true).sequence(tenant);
        assertThat(store.size(tenant)).isGreaterThan(before);
        goodButForTheFolder();
    }

    @Test
    void keepsKeysToTheirOwner() throws Exception {
        new LedgerKeys(folder.toString()).all();
        assertThat(Files.getPosixFilePermissions(folder.resolve("so-cai/khoa-1.pem")))
                .hasToString("[OWNER_READ, OWNER_WRITE]");
        assertThat(new LedgerKeys(folder.toString()).all()).hasSize(1);
        assertThat(keys.all()).isNotEmpty();
    }
}
