package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.DigitalCommitments.Begun;
import vn.chuanmuc.samples.SampleAuthority.Holder;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;

/**
 * Database connections are cut at random moments of digital signing: afterwards each commitment is there whole – file, signature,
 * record, standing, paper, ledger entries – or not at all, and signing again finishes it. {@code -Dkills=300} is the long command.
 */
@ProductTest
class CrashedSigningTest {
    private static final int KILLS = Integer.getInteger("kills", 25);
    private static final int PEOPLE = 8;
    private static final String NAME = "Trần Thị Hoà";

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    DigitalCommitments digital;

    @Autowired
    Signatures signatures;

    @Autowired
    TrustList trust;

    @Autowired
    JdbcClient jdbc;

    /** The owner's, for the product may cut nobody's connection. */
    @Value("${spring.flyway.url}")
    String url;

    @Value("${spring.flyway.user}")
    String user;

    @Value("${spring.flyway.password}")
    String password;

    private record Signer(Viewer official, UUID request, byte[] file) {}

    @Test
    void leavesNothingOrAll() throws Exception {
        Holder holder = DigitalSamples.holder(NAME);
        var random = new Random(20261122);
        var cut = new AtomicInteger();
        int rounds = 0;
        while (cut.get() < KILLS) {
            assertThat(++rounds).as("rounds").isLessThan(KILLS + 20);
            round(holder, random, cut);
        }
    }

    private void round(Holder holder, Random random, AtomicInteger cut) throws Exception {
        var body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        DigitalSamples.trust(trust, body.viewer(Role.ADMINISTRATOR, body.root), board);
        var people = new ArrayList<UUID>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(body.person(NAME, body.wardOne, body.partyBloc, body.staff));
        }
        UUID campaign = CampaignSamples.launched(
                campaigns, body, board, SmallDecision.publish(jdbc, body), Set.of(Commitments.DIGITAL), body.wardOne);
        var signers = new ArrayList<Signer>();
        for (UUID person : people) {
            Viewer official = body.official(person);
            var form = commitments.form(official, campaign).orElseThrow();
            UUID request =
                    ((Begun.Asked) digital.begin(official, campaign, form.set().id(), form.bodyHash())).requestId();
            signers.add(new Signer(
                    official,
                    request,
                    DigitalSamples.sign(signatures.paper(official, request), holder, "NguoiCamKet")));
        }
        confirmEverybody(body.tenant, signers, clerk);

        try (var threads = Executors.newFixedThreadPool(4);
                var cutter = Executors.newSingleThreadExecutor()) {
            var cutting = cutter.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(random.nextInt(1, 6_000_000));
                    cut.addAndGet(cutOne());
                }
            });
            var tasks = signers.stream()
                    .<Callable<Object>>map(signer -> () -> {
                        for (int i = 0; i < 3; i++) {
                            try {
                                return signatures.upload(signer.official(), signer.request(), signer.file());
                            } catch (DataAccessException | TransactionException e) {
                                whole(body.tenant, campaign); // at any moment, not only at the end
                            }
                        }
                        return "";
                    })
                    .toList();
            for (var done : threads.invokeAll(tasks)) {
                try {
                    done.get();
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOfAny(DataAccessException.class, TransactionException.class);
                }
            }
            cutting.cancel(true);
        }
        settled(() -> whole(body.tenant, campaign));
        for (Signer signer : signers) {
            settled(() -> signatures.upload(signer.official(), signer.request(), signer.file()));
        }
        assertThat(settled(() -> whole(body.tenant, campaign))).isEqualTo(PEOPLE);
    }

    /** The certificate was looked at for each before: what is tried here is the last step. */
    private void confirmEverybody(UUID tenant, List<Signer> signers, Viewer clerk) {
        for (Signer signer : signers) {
            signatures.upload(signer.official(), signer.request(), signer.file());
        }
        jdbc.sql("""
                        update signing.trusted set state = 'confirmed', decided_by = ?, decided_at = now()
                        where tenant_id = ? and kind = 'nguoi-ky'
                        """).params(clerk.accountId(), tenant).update();
        jdbc.sql(
                        "update signing.request set state = 'open', candidate = null, candidate_way = null where tenant_id = ?")
                .params(tenant)
                .update();
    }

    /** Cuts a connection that is in the midst of writing a signature, if there is one. */
    private int cutOne() {
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                            select count(pg_terminate_backend(pid)) from (
                                select pid from pg_stat_activity
                                where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
                                  and (query like '%signing.%' or query like '%commitments.%' or query like '%ledger.entry%'
                                       or query like '%documents.%')
                                order by random() limit 1) one
                            """)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Step<T> {
        T take();
    }

    private static <T> T settled(Step<T> step) {
        for (int i = 0; ; i++) {
            try {
                return step.take();
            } catch (DataAccessException | TransactionException e) {
                if (i == 20) {
                    throw e;
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    /** Counts the signed, and holds every part of each against the others, in one look. */
    private long whole(UUID tenant, UUID campaign) {
        long[] counts = jdbc.sql("""
                        select
                            (select count(*) from commitments.commitment
                             where tenant_id = :tenant and campaign_id = :campaign and standing = 'signed'),
                            (select count(*) from commitments.standing
                             where tenant_id = :tenant and campaign_id = :campaign and standing = 'signed'),
                            (select count(*) from signing.signature where tenant_id = :tenant),
                            (select count(*) from signing.request where tenant_id = :tenant and state = 'done'),
                            (select count(*) from ledger.entry where tenant_id = :tenant and act = 'commitments.signed'),
                            (select count(*) from ledger.entry where tenant_id = :tenant and act = 'signing.accepted'),
                            (select count(*) from signing.signature s
                             join documents.content c on c.tenant_id = s.tenant_id and c.hash = s.document_hash
                             join commitments.commitment k on k.tenant_id = s.tenant_id and k.document_hash = s.document_hash
                             join signing.checked h on h.tenant_id = s.tenant_id and h.id = s.check_id and h.verdict = 'valid'
                             where s.tenant_id = :tenant)
                        """)
                .param("tenant", tenant)
                .param("campaign", campaign)
                .query((row, n) -> {
                    var all = new long[7];
                    for (int i = 0; i < all.length; i++) {
                        all[i] = row.getLong(i + 1);
                    }
                    return all;
                })
                .single();
        assertThat(counts).containsOnly(counts[0]);
        return counts[0];
    }
}
