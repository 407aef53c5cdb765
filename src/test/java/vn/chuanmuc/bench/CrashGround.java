package vn.chuanmuc.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.DigitalCommitments;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.platform.EmbeddedPostgres;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.scans.Scans;
import vn.chuanmuc.scans.Sheaf;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.testing.FreshDatabase;

/**
 * People who are to sign in each of the three ways, made through the modules' commands before the product starts; afterwards the judge,
 * who reads the killed database beside the product, with none of its jobs running.
 */
final class CrashGround implements AutoCloseable {
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final int DPI = 110;

    /** Somebody who is to sign. @param file the signed PDF, or the day on the paper; {@code place} where it is sent */
    record Signer(Way way, String username, UUID person, String place, byte @Nullable [] file) {}

    enum Way {
        ELECTRONIC,
        DIGITAL,
        PAPER
    }

    private final DelegatingDataSource source = new DelegatingDataSource();
    private final ConfigurableApplicationContext context;
    private final List<Signer> waiting = new ArrayList<>();
    private final BenchBody body;

    CrashGround(Path folder, int electronic, int digital, int papers) throws IOException {
        // As the product starts it: its tables are the same bytes afterwards.
        try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), Map.of("fsync", "off"))) {
            at(postgres.jdbcUrl(), postgres.password());
            context = context(folder, postgres);
            body = new BenchBody(
                    context,
                    "mat dien",
                    Set.of(Commitments.ELECTRONIC, Commitments.PAPER, Commitments.DIGITAL),
                    electronic + digital + papers);
            List<UUID> people = body.people;
            for (int i = 0; i < electronic; i++) {
                waiting.add(new Signer(
                        Way.ELECTRONIC,
                        body.official(BenchBody.name(i), people.get(i)).username(),
                        people.get(i),
                        "/cam-ket/" + body.campaign,
                        null));
            }
            digital(electronic, digital);
            papers(people.subList(electronic + digital, people.size()));
            while (count("select count(*) from ledger.waiting where tenant_id = ?") > 0) {
                pause();
            }
            context.stop(); // from here on only the product works
        }
    }

    private ConfigurableApplicationContext context(Path folder, EmbeddedPostgres postgres) {
        try {
            var application = new SpringApplication(Class.forName("vn.chuanmuc.ChuanMuc"));
            application.setInitializers(application.getInitializers().stream()
                    .filter(initializer -> !(initializer instanceof FreshDatabase))
                    .toList());
            application.addInitializers(fresh ->
                    ((GenericApplicationContext) fresh).registerBean("dataSource", DataSource.class, () -> source));
            return application.run(
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--chuanmuc.data=" + folder,
                    "--logging.file.name=" + folder.resolve("judge.log"),
                    "--spring.flyway.url=" + postgres.jdbcUrl(),
                    "--spring.flyway.user=" + postgres.user(),
                    "--spring.flyway.password=" + postgres.password());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the database is now. */
    void at(String url, String password) {
        closeSource();
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername("postgres");
        pool.setPassword(password);
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        pool.setInitializationFailTimeout(-1);
        source.setTargetDataSource(pool);
    }

    private void closeSource() {
        if (source.getTargetDataSource() instanceof HikariDataSource before) {
            before.close();
        }
    }

    private void digital(int from, int count) {
        var digital = context.getBean(DigitalCommitments.class);
        var commitments = context.getBean(Commitments.class);
        var signatures = context.getBean(Signatures.class);
        var accounts = new BenchAccounts(context, body.tenant);
        DigitalSamples.trust(
                context.getBean(TrustList.class),
                accounts.open("quan tri mat dien", Role.ADMINISTRATOR, body.root),
                body.board);
        for (int i = from; i < from + count; i++) {
            Viewer official = body.official(BenchBody.name(i), body.people.get(i));
            var form = commitments.form(official, body.campaign).orElseThrow();
            UUID request = ((DigitalCommitments.Begun.Asked)
                            digital.begin(official, body.campaign, form.set().id(), form.bodyHash()))
                    .requestId();
            byte[] signed = DigitalSamples.sign(
                    signatures.paper(official, request), DigitalSamples.holder(BenchBody.name(i)), "NguoiCamKet");
            signatures.upload(official, request, signed);
            waiting.add(new Signer(
                    Way.DIGITAL, official.username(), body.people.get(i), "/ky-so/" + request + "/tep", signed));
        }
        // Each certificate was looked at before, and the file is still to come.
        context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
            List<UUID> confirmed = jdbc().sql("""
                            update signing.trusted set state = 'confirmed', decided_by = ?, decided_at = now()
                            where tenant_id = ? and kind = 'nguoi-ky'
                            returning id
                            """)
                    .params(body.clerk.accountId(), body.tenant)
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .list();
            context.getBean(Ledger.class)
                    .append(new Act(
                                    body.tenant,
                                    "signing.trust-confirmed",
                                    body.tenant,
                                    body.clerk.accountId(),
                                    Map.of())
                            .with(Piece.each("signing.trusted", List.of(), confirmed)));
        });
        jdbc().sql(
                        "update signing.request set state = 'open', candidate = null, candidate_way = null where tenant_id = ?")
                .param(body.tenant)
                .update();
    }

    private void papers(List<UUID> people) throws IOException {
        if (people.isEmpty()) {
            return;
        }
        var papers = context.getBean(CommitmentPapers.class);
        var scans = context.getBean(Scans.class);
        var scanner = new Scanner(1);
        var incoming = new ArrayList<Scans.Incoming>();
        for (UUID person : people) {
            var printing = (CommitmentPapers.Printing.Printed)
                    papers.of(body.clerk, body.campaign, person, CommitmentPapers.Format.PDF);
            var sheets = new ArrayList<Scanner.Sheet>();
            for (var page : scanner.printed(printing.file().bytes(), DPI, true)) {
                sheets.add(new Scanner.Sheet(Scanner.jpeg(page, 0.8f), DPI, false));
            }
            Path file = Files.createTempFile("quet", ".pdf");
            Files.write(file, Scanner.pdf(sheets));
            incoming.add(new Scans.Incoming(file.getFileName().toString(), file));
        }
        var taking = scans.take(
                body.clerk,
                new Scans.Bringing(null, body.campaign, body.units.getFirst(), "", LocalDate.now(ZONE), incoming));
        for (Scans.Incoming file : incoming) {
            Files.delete(file.file());
        }
        UUID pile = ((Scans.Taking.Taken) taking).pile();
        while (scans.overview(body.clerk, pile).reading() != null) {
            pause();
        }
        List<Sheaf> read = scans.overview(body.clerk, pile).in(Sheaf.Group.READY);
        if (read.size() != people.size()) {
            throw new IllegalStateException(read.size() + " of " + people.size() + " papers are complete");
        }
        for (Sheaf sheaf : read) {
            UUID person = jdbc().sql("select subject_id from documents.paper where tenant_id = ? and id = ?")
                    .params(body.tenant, sheaf.paperId())
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .single();
            waiting.add(new Signer(
                    Way.PAPER, body.clerk.username(), person, "/ban-quet/" + pile + "/ban/" + sheaf.id(), null));
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<Signer> signers() {
        return List.copyOf(waiting);
    }

    private JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    private long count(String sql) {
        return jdbc().sql(sql)
                .param(body.tenant)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    String receipt() {
        return "/cam-ket/" + body.campaign + "/bien-nhan";
    }

    /** Whether the person has signed, as the record says. */
    boolean signed(UUID person) {
        return jdbc().sql("select standing = 'signed' from commitments.standing "
                        + "where tenant_id = ? and campaign_id = ? and person_id = ?")
                .params(body.tenant, body.campaign, person)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    Map<String, Integer> signedByMethod() {
        var counts = new TreeMap<String, Integer>();
        jdbc().sql("select method, count(*)::int as signed from commitments.commitment "
                        + "where tenant_id = ? and standing = 'signed' group by method")
                .param(body.tenant)
                .query(row -> {
                    counts.put(row.getString("method"), row.getInt("signed"));
                });
        return counts;
    }

    long acts() {
        return count("select count(*) from ledger.entry where tenant_id = ?");
    }

    /** What a recheck of the whole body says, from the live tables. */
    Recheck.Result recheck() {
        return context.getBean(Recheck.class).run(body.tenant, (done, total) -> {});
    }

    /** Every commitment of the campaign of which there is something but not all, each with what there is. */
    List<String> halves() {
        return jdbc().sql("""
                        with k as (
                            select * from commitments.commitment
                            where tenant_id = :tenant and campaign_id = :campaign and standing = 'signed'),
                        parts (id, method, part) as (
                            select id, method, 'commitment' from k
                            union all
                            select k.id, k.method, 'standing' from commitments.standing s
                            left join k on k.person_id = s.person_id and k.version = s.version
                            where s.tenant_id = :tenant and s.campaign_id = :campaign and s.standing = 'signed'
                            union all
                            select e.subject_id, k.method, 'entry' from ledger.entry e
                            left join k on k.id = e.subject_id and k.document_hash = e.document_hash
                            where e.tenant_id = :tenant and e.act = 'commitments.signed'
                            union all
                            select e.subject_id, k.method, 'record' from ledger.entry e
                            join ledger.record r on r.tenant_id = e.tenant_id and r.entry_id = e.id
                                and r.kind = 'commitments.commitment'
                            left join k on k.id = e.subject_id and r.key = k.year || '/' || k.person_id || '/' || k.version
                            where e.tenant_id = :tenant and e.act = 'commitments.signed'
                            union all
                            select e.subject_id, k.method, 'placed' from ledger.entry e
                            left join k on k.id = e.subject_id
                            where e.tenant_id = :tenant and e.act = 'commitments.signed'
                              and (exists (select from ledger.leaf l where l.tenant_id = e.tenant_id and l.entry_id = e.id)
                                   or exists (select from ledger.waiting w
                                              where w.tenant_id = e.tenant_id and w.entry_id = e.id))
                            union all
                            select k.id, k.method, 'signed paper' from documents.paper_state s
                            left join k on k.paper_id = s.paper_id
                            where s.tenant_id = :tenant and s.state = 'signed'
                            union all
                            select k.id, k.method, 'file' from k
                            join documents.content c on c.tenant_id = k.tenant_id and c.hash = k.document_hash
                                and sha256(c.bytes) = c.hash
                            union all
                            select k.id, k.method, 'signature' from signing.signature s
                            join signing.checked h on h.tenant_id = s.tenant_id and h.id = s.check_id and h.verdict = 'valid'
                            left join k on k.document_hash = s.document_hash
                            where s.tenant_id = :tenant
                            union all
                            select k.id, k.method, 'request' from signing.request q
                            join signing.signature s on s.tenant_id = q.tenant_id and s.request_id = q.id
                            left join k on k.document_hash = s.document_hash
                            where q.tenant_id = :tenant and q.state = 'done'
                            union all
                            select k.id, k.method, 'signature''s entry' from ledger.entry e
                            left join k on k.document_hash = e.document_hash
                            where e.tenant_id = :tenant and e.act = 'signing.accepted'
                            union all
                            select k.id, k.method, 'sheaf' from scans.sheaf s
                            left join k on k.id = s.commitment_id and k.document_hash = s.content_hash
                            where s.tenant_id = :tenant and s.state = 'confirmed'
                            union all
                            select k.id, k.method, 'sheaf''s entry' from ledger.entry e
                            left join k on k.document_hash = e.document_hash
                            where e.tenant_id = :tenant and e.act = 'scans.confirmed')
                        select coalesce(id::text, 'no commitment') || ' ' || coalesce(method, 'no method') || ': '
                               || string_agg(part, ', ' order by part) as what
                        from parts
                        group by id, method
                        having array_agg(part order by part) is distinct from case method
                            when 'xac-nhan-dien-tu' then array['commitment', 'entry', 'placed', 'record', 'standing']
                            when 'chu-ky-so' then array['commitment', 'entry', 'file', 'placed', 'record', 'request', 'signature',
                                'signature''s entry', 'signed paper', 'standing']
                            when 'giay' then array['commitment', 'entry', 'file', 'placed', 'record', 'sheaf', 'sheaf''s entry',
                                'signed paper', 'standing']
                            end
                        """)
                .param("tenant", body.tenant)
                .param("campaign", body.campaign)
                .query((row, n) -> row.getString("what"))
                .list();
    }

    @Override
    public void close() {
        context.close();
        closeSource();
    }
}
