package vn.chuanmuc.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Bundles;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.ledger.Recheck;

/** Acts that each wrote a row of evidence: how fast they are ordered, checked again, and checked by the separate program. */
final class BenchLedger {
    private static final int PART = 500;
    private static final double THOUSAND = 1_000;

    private final ConfigurableApplicationContext context;
    private final Figures figures;
    private final JdbcClient jdbc;

    BenchLedger(ConfigurableApplicationContext context, Figures figures) {
        this.context = context;
        this.figures = figures;
        this.jdbc = context.getBean(JdbcClient.class);
    }

    void measure(BenchBody body, int acts, Path folder) throws Exception {
        order(body.tenant);
        // The product's own chore would order them while they are written: its lock is held meanwhile.
        context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(ledger.sequencer_lock(?))")
                    .param(body.tenant)
                    .query((row, n) -> n)
                    .single();
            write(body, acts);
        });
        long start = System.nanoTime();
        order(body.tenant);
        double ordering = millis(start);
        figures.within("order 1,000 acts in the tree, wall (2,500/s)", ordering / acts * THOUSAND, "ms", 400);
        figures.plain("(acts ordered)", acts / ordering * THOUSAND, "1/s");
        start = System.nanoTime();
        Recheck.Result result = context.getBean(Recheck.class).run(body.tenant, (done, total) -> {});
        double checking = millis(start);
        if (!result.good()) {
            throw new IllegalStateException(
                    "the re-check found " + result.faults().getFirst());
        }
        figures.plain("re-check from the tables, per 1,000 acts, wall", checking / result.acts() * THOUSAND, "ms");
        Path bundle = folder.resolve("bundle.zip");
        start = System.nanoTime();
        Bundles.Written written = context.getBean(Bundles.class)
                .write(body.tenant, Bundles.Scope.ALL, bundle, (done, total) -> {})
                .orElseThrow();
        figures.plain("bundle, per 1,000 acts, wall", millis(start) / written.acts() * THOUSAND, "ms");
        verify(bundle, written.acts());
        Files.delete(bundle);
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private void write(BenchBody body, int acts) {
        Ledger ledger = context.getBean(Ledger.class);
        var alone = new TransactionTemplate(Objects.requireNonNull(
                context.getBean(TransactionTemplate.class).getTransactionManager()));
        alone.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        UUID actor = body.board.accountId();
        Timestamp now = Timestamp.from(Instant.now());
        for (int part = 0; part < acts / PART; part++) {
            alone.executeWithoutResult(status -> IntStream.range(0, PART).forEach(i -> {
                UUID id = Ids.next();
                jdbc.sql("""
                                insert into campaigns.roster_change
                                    (tenant_id, id, campaign_id, person_id, kind, effective, reason, made_by, made_at)
                                values (?, ?, ?, ?, 'leave', date '2026-11-22', 'đo', ?, ?)
                                """)
                        .params(body.tenant, id, body.campaign, id, actor, now)
                        .update();
                ledger.append(new Act(
                                body.tenant,
                                "campaigns.roster-leave",
                                id,
                                actor,
                                Map.of("reason", "đo", "date", "2026-11-22"))
                        .with(Piece.of("campaigns.roster_change", id)));
            }));
        }
    }

    /** The chore as the product runs it, until nothing waits: the product's own may be at it too. */
    private void order(UUID tenant) {
        Chore sequencing = context.getBean("sequencing", Chore.class);
        do {
            sequencing.run();
        } while (jdbc.sql("select exists (select from ledger.waiting where tenant_id = ?)")
                .param(tenant)
                .query((row, n) -> row.getBoolean(1))
                .single());
    }

    /** As an inspector runs it: a process of its own, with little memory. */
    private void verify(Path bundle, long acts) throws Exception {
        long start = System.nanoTime();
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        "target/classes",
                        "vn.chuanmuc.verify.Verify",
                        "--en",
                        bundle.toString()))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "bench-verify.txt").toFile())
                .start();
        if (!process.waitFor(20, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("verify: " + Files.readString(Path.of("target", "bench-verify.txt")));
        }
        double verifying = millis(start);
        figures.within("verify 1,000 acts, wall, with its start (20,000/s)", verifying / acts * THOUSAND, "ms", 50);
        figures.plain("(acts verified)", acts / verifying * THOUSAND, "1/s");
    }
}
