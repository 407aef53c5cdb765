package vn.chuanmuc.scans;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.scans.Sheaf.Group;
import vn.chuanmuc.testing.ProductTest;

/** PostgreSQL ends the sessions that write, at random points: each paper is confirmed whole or not at all, each page read once. */
@ProductTest
class ScanCrashTest {
    private static final int PEOPLE = 12;

    @Autowired
    ScanGround ground;

    @Autowired
    Scans scans;

    @Autowired
    JdbcClient jdbc;

    @Value("${spring.flyway.url}")
    String url;

    @Value("${spring.flyway.user}")
    String user;

    @Value("${spring.flyway.password}")
    String password;

    /** Ends, every few milliseconds, a session that is in the midst of a transaction on our tables. */
    private final class Reaper implements AutoCloseable {
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final AtomicInteger ended = new AtomicInteger();
        private final Thread thread;

        Reaper(long seed, int pause) {
            thread = Thread.ofPlatform().start(() -> reap(new Random(seed), pause));
        }

        private void reap(Random random, int pause) {
            try (var connection = DriverManager.getConnection(url, user, password);
                    var statement = connection.prepareStatement("""
                            select count(pg_terminate_backend(pid)) from (
                                select pid from pg_stat_activity
                                where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
                                  and (query like '%scans.%' or query like '%documents.content%'
                                       or query like '%commitments.%' or query like '%documents.paper%'
                                       or query like '%ledger.entry%')
                                order by random() limit 1) as one
                            """)) {
                while (going.get()) {
                    Thread.sleep(1 + random.nextInt(pause));
                    try (var rows = statement.executeQuery()) {
                        rows.next();
                        ended.addAndGet(rows.getInt(1));
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws InterruptedException {
            going.set(false);
            thread.join();
        }
    }

    private long count(String sql, UUID... parameters) {
        return jdbc.sql(sql)
                .params((Object[]) parameters)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** Whatever was broken off: signature, paper, scan, record and decision are there together or not at all. */
    private void wholeOrNotAtAll(ScanGround.Ward ward, UUID pile) {
        long confirmed = count(
                "select count(*) from scans.sheaf where tenant_id = ? and pile_id = ? and state = 'confirmed'",
                ward.body.tenant,
                pile);
        assertThat(ward.signatures()).isEqualTo(confirmed);
        assertThat(count("""
                select count(*) from documents.paper_state where tenant_id = ? and state = 'signed'
                """, ward.body.tenant)).isEqualTo(confirmed);
        assertThat(count(
                        "select count(*) from documents.content where tenant_id = ? and media_type = 'application/pdf'",
                        ward.body.tenant))
                .isEqualTo(confirmed);
        for (String act : List.of("scans.confirmed", "commitments.signed")) {
            assertThat(count(
                            "select count(*) from ledger.entry where tenant_id = ? and act = '" + act + "'",
                            ward.body.tenant))
                    .as(act)
                    .isEqualTo(confirmed);
        }
        assertThat(count("""
                select count(*) from scans.sheaf s
                join commitments.commitment k
                    on k.tenant_id = s.tenant_id and k.id = s.commitment_id and k.document_hash = s.content_hash
                join documents.content c on c.tenant_id = s.tenant_id and c.hash = s.content_hash
                where s.tenant_id = ? and s.pile_id = ? and sha256(c.bytes) = c.hash
                """, ward.body.tenant, pile)).isEqualTo(confirmed);
    }

    @Test
    void leavesNothingOrAllOfReadingAndConfirming() throws Exception {
        var ward = ground.ward(PEOPLE);
        var scanner = new Scanner(23);
        var sheets = new ArrayList<Scanner.Sheet>();
        for (UUID person : ward.people) {
            sheets.addAll(ward.signed(scanner, person, 150));
        }
        UUID pile = ward.bring(Scanner.pdf(sheets));
        int broken = 0;
        try (var reaper = new Reaper(1, 400)) {
            int rounds = 0;
            while (read(pile, ward) < sheets.size() && rounds++ < 200) {
                try {
                    if (scans.overview(ward.clerk, pile).reading() == null) {
                        scans.resume(ward.clerk, pile);
                    }
                } catch (RuntimeException e) {
                    broken++;
                }
                Thread.sleep(200);
            }
            broken += reaper.ended.get();
        }
        scans.resume(ward.clerk, pile);
        var overview = ward.read(pile);
        assertThat(broken).as("sessions ended while reading").isGreaterThan(3);
        assertThat(overview.pile().read()).isEqualTo(sheets.size());
        assertThat(overview.in(Group.READY)).hasSize(PEOPLE);

        LocalDate today = LocalDate.now(ScanTimes.ZONE);
        List<Sheaf> papers = overview.in(Group.READY);
        papers.forEach(paper -> scans.look(ward.clerk, pile, paper.id()));
        int failed = 0;
        try (var reaper = new Reaper(2, 12)) {
            for (int round = 0; round < 15; round++) {
                for (Sheaf paper : papers) {
                    try {
                        scans.confirm(ward.clerk, pile, paper.id(), paper.version(), today);
                    } catch (RuntimeException e) {
                        failed++;
                    }
                }
            }
        }
        wholeOrNotAtAll(ward, pile);
        assertThat(failed).as("confirmations broken off").isGreaterThan(3);
        for (Sheaf paper : papers) {
            assertThat(scans.confirm(ward.clerk, pile, paper.id(), paper.version(), today))
                    .isNotInstanceOf(Scans.Confirming.Refused.class);
        }
        wholeOrNotAtAll(ward, pile);
        assertThat(ward.signatures()).isEqualTo(PEOPLE);
    }

    private long read(UUID pile, ScanGround.Ward ward) {
        try {
            return count("select count(*) from scans.page where tenant_id = ? and pile_id = ?", ward.body.tenant, pile);
        } catch (RuntimeException e) {
            return 0;
        }
    }
}
