package vn.chuanmuc.ledger;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.testing.ProductTest;

/** What the database's owner changes behind the product's back is found, and named, whatever column it is. */
@ProductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecheckTest {
    /** Ledger tables beside the evidence of the modules. {@code waiting} is work data. */
    private static final List<String> OWN =
            List.of("ledger.entry", "ledger.record", "ledger.leaf", "ledger.node", "ledger.checkpoint");

    /** Tables that are not looked at row by row: the ledger's own, and rows that count as part of another. */
    private static final Set<String> WHOLE = new HashSet<>(OWN);

    static {
        WHOLE.add("campaigns.roster_line");
    }

    @Autowired
    EvidenceGround grounds;

    @Autowired
    EvidenceText texts;

    @Autowired
    Sequencer sequencer;

    @Autowired
    LeafStore store;

    /** The checks and keys of a table, and the keys other tables have of it; those of partitions go with their table's. */
    private static final String CONSTRAINTS = """
            from pg_constraint
            where conparentid = 0
              and (conrelid = to_regclass(?) and contype in ('c', 'f') or confrelid = to_regclass(?) and contype = 'f')
            """;

    @Autowired
    Stamping stamping;

    @Autowired
    Recheck recheck;

    @Autowired
    Border border;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @TempDir
    Path folder;

    @Value("${chuanmuc.data}")
    String data;

    /** Made once: whatever a test spoils of it is taken back. */
    private EvidenceGround.Ground ground;

    /** Tables a flipped column of which a re-check of everything was tried with. */
    private final Set<String> tried = new HashSet<>();

    @BeforeAll
    void aBodyWithEvidenceOfEveryKind() throws Exception {
        ground = grounds.make();
        fill(300);
        Sequenced.all(sequencer, store, ground.tenant());
        try (var service = new TimeStampService()) {
            assertThat(stamping.stamp(ground.tenant(), service.url())).isTrue();
            Sequenced.all(sequencer, store, ground.tenant());
            assertThat(stamping.stamp(ground.tenant(), service.url()))
                    .as("the act of a stamp alone is not stamped")
                    .isFalse();
        }
    }

    /** So many more acts, so that the tree has stored nodes. */
    private void fill(int acts) {
        transaction.executeWithoutResult(status -> ledger.appendAll(java.util.stream.IntStream.range(0, acts)
                .mapToObj(i -> new Act(
                        ground.tenant(),
                        "access.password-chosen",
                        UUID.randomUUID(),
                        new UUID(0, 0),
                        java.util.Map.of("n", i)))
                .toList()));
    }

    private Recheck.Result check() {
        return recheck.run(ground.tenant(), (done, total) -> {});
    }

    @Test
    void findsNothingWhereNothingWasChanged() {
        Recheck.Result result = check();
        assertThat(result.faults()).isEmpty();
        assertThat(result.acts()).isGreaterThan(300);
        texts.kinds()
                .keySet()
                .forEach(kind -> assertThat(
                                jdbc.sql("select count(*) from ledger.record where tenant_id = ? and kind = ?")
                                        .params(ground.tenant(), kind)
                                        .query((row, n) -> row.getInt(1))
                                        .single())
                        .as("records of %s", kind)
                        .isPositive());
    }

    /** Another program than ours reads the token and finds it good for the checkpoint it is about. */
    @Test
    void aTimeStampHoldsForOpenssl() throws Exception {
        act();
        try (var service = new TimeStampService()) {
            assertThat(stamping.stamp(ground.tenant(), service.url())).isTrue();
            LeafStore.Stamp stamp = store.newestStamp(ground.tenant()).orElseThrow();
            Path note = Files.writeString(
                    folder.resolve("note"),
                    store.checkpoint(ground.tenant(), stamp.size())
                            .orElseThrow()
                            .note());
            Path token = Files.write(folder.resolve("token"), stamp.token());
            Path certificate = Files.writeString(
                    folder.resolve("ca.pem"),
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(service.certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            assertThat(openssl(token, note, certificate)).contains("Verification: OK");
            Files.writeString(note, "x");
            assertThat(openssl(token, note, certificate)).doesNotContain("Verification: OK");
        }
        Sequenced.all(sequencer, store, ground.tenant());
        assertThat(check().faults()).isEmpty();
    }

    private void act() {
        fill(2);
        Sequenced.all(sequencer, store, ground.tenant());
    }

    private static String openssl(Path token, Path note, Path certificate) throws Exception {
        Process process = new ProcessBuilder(
                        "openssl",
                        "ts",
                        "-verify",
                        "-token_in",
                        "-in",
                        token.toString(),
                        "-data",
                        note.toString(),
                        "-CAfile",
                        certificate.toString(),
                        "-partial_chain")
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return told;
    }

    private record Column(String table, String name, String type, boolean key) {}

    private List<Column> columns(Set<String> tables) {
        return jdbc.sql("""
                        select n.nspname || '.' || c.relname as tbl, a.attname, format_type(a.atttypid, null) as type,
                               exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary
                                       and a.attnum = any (i.indkey)) as is_key
                        from pg_attribute a
                        join pg_class c on c.oid = a.attrelid
                        join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname || '.' || c.relname = any (?) and a.attnum > 0 and not a.attisdropped
                        order by 1, a.attnum
                        """)
                .param(tables.toArray(String[]::new))
                .query((row, n) -> new Column(
                        row.getString("tbl"),
                        row.getString("attname"),
                        row.getString("type"),
                        row.getBoolean("is_key")))
                .list();
    }

    /** The smallest change of a value that is another value of the column's type. */
    private static String flipped(Column column) {
        String c = column.name();
        return switch (column.type()) {
            case "uuid" ->
                "overlay(" + c + "::text placing (case substr(" + c
                        + "::text, 13, 1) when '0' then '1' else '0' end) from 13)::uuid"; // not the end: ids count up,
            // it may be a neighbour's
            case "smallint", "integer", "bigint" -> c + " + 4096";
            case "boolean" -> "not " + c;
            case "date" -> c + " + 1";
            case "timestamp with time zone" -> c + " + interval '1 microsecond'";
            case "bytea" ->
                "case when length(" + c + ") = 0 then '\\x00'::bytea else set_bit(" + c + ", 8 * (length(" + c
                        + ") - 1), 1 - get_bit(" + c + ", 8 * (length(" + c + ") - 1))) end";
            case "text" -> c + " || ' '";
            case "text[]" -> "array_append(" + c + ", 'x')";
            case "smallint[]" -> "array_append(" + c + ", 1::smallint)";
            case "integer[]" -> "array_append(" + c + ", 0)";
            case "uuid[]" -> "array_append(" + c + ", gen_random_uuid())";
            case "jsonb" -> c + " || '{\"x\": 1}'::jsonb";
            default -> throw new AssertionError("no way to flip " + column);
        };
    }

    /** The same for a column that holds nothing. */
    private static String filled(Column column) {
        return switch (column.type()) {
            case "uuid" -> "gen_random_uuid()";
            case "smallint", "integer", "bigint" -> "1";
            case "date" -> "date '2020-01-01'";
            case "timestamp with time zone" -> "now()";
            case "bytea" -> "sha256('x')";
            case "text" -> "'x'";
            default -> throw new AssertionError("no way to fill " + column);
        };
    }

    /**
     * As the owner of the database, with every check and key of the table out of the way; all of it is taken back afterwards. The
     * product's chores read the same tables meanwhile: every lock is taken before the first change, at once or not at all, since of
     * two that wait for each other the database gives one up.
     */
    private void spoiling(String table, Consumer<TransactionStatus> deeds) {
        for (int left = 200; ; left--) {
            try {
                transaction.executeWithoutResult(status -> {
                    status.setRollbackOnly();
                    jdbc.sql("reset role").update();
                    locked(table);
                    List<String> dropped = jdbc.sql(
                                    "select 'alter table ' || conrelid::regclass || ' drop constraint ' ||"
                                            + " quote_ident(conname) " + CONSTRAINTS)
                            .params(table, table)
                            .query((row, n) -> row.getString(1))
                            .list();
                    dropped.forEach(drop -> jdbc.sql(drop).update());
                    deeds.accept(status);
                });
                return;
            } catch (CannotAcquireLockException busy) {
                if (left == 0) {
                    throw busy;
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private void locked(String table) {
        String tables = jdbc.sql(
                        "select string_agg(distinct name::regclass::text, ', ') from (select conrelid, confrelid "
                                + CONSTRAINTS
                                + ") c, unnest(array[?::regclass::oid, conrelid, confrelid]) name where name <> 0")
                .params(table, table, table)
                .query((row, n) -> Objects.requireNonNullElse(row.getString(1), table)) // one that is tied to no other
                .single();
        jdbc.sql("lock table " + tables + " in access exclusive mode nowait").update();
    }

    /** What is found after one change, which is taken back at once. */
    private List<Fault> after(TransactionStatus status, String change, Supplier<List<Fault>> looking) {
        Object before = status.createSavepoint();
        assertThat(jdbc.sql(change).param(ground.tenant()).update()).as(change).isEqualTo(1);
        List<Fault> faults = looking.get();
        status.rollbackToSavepoint(before);
        return faults;
    }

    private List<Fault> after(String table, String change, Supplier<List<Fault>> looking) {
        var faults = new ArrayList<Fault>();
        spoiling(table, status -> faults.addAll(after(status, change, looking)));
        return faults;
    }

    private List<Fault> everything() {
        return check().faults();
    }

    /**
     * The part of a re-check that looks at the rows of a table of evidence. A re-check of everything does the same for each table: that
     * it comes to this one is tried with the table's first column.
     */
    private List<Fault> rowsOf(String table) {
        var faults = new ArrayList<Fault>();
        Set<String> drawn = border.drawnFor(ground.tenant());
        texts.kinds().values().stream()
                .filter(kind -> kind.table().equals(table))
                .forEach(kind -> recheck.evidence(ground.tenant(), kind.name(), drawn, faults::add));
        return faults;
    }

    @Test
    void findsEveryColumnOfEveryTableOfEvidence() {
        var tables = new TreeMap<String, String>();
        texts.kinds().values().forEach(kind -> tables.put(kind.table(), kind.name()));
        var flips = new AtomicInteger();
        var missed = new ArrayList<String>();
        var all = new java.util.TreeSet<>(tables.keySet());
        all.addAll(OWN);
        Map<String, List<Column>> columns =
                columns(all).stream().collect(groupingBy(Column::table, TreeMap::new, toList()));
        columns.forEach((table, its) ->
                spoiling(table, status -> its.forEach(column -> flips.addAndGet(flips(status, column, missed)))));
        assertThat(missed).as("of %d flips", flips.get()).isEmpty();
        assertThat(flips.get()).isGreaterThan(200);
    }

    /** One row that has a value, one that has none, and for tables with two kinds one of each. */
    private int flips(TransactionStatus status, Column column, List<String> missed) {
        String one = "ctid = (select ctid from " + column.table() + " where tenant_id = ? %s order by ctid limit 1)";
        var rows = new ArrayList<String>();
        rows.add("and " + column.name() + " is not null");
        texts.kinds().values().stream()
                .filter(kind ->
                        kind.table().equals(column.table()) && !kind.condition().equals("true"))
                .forEach(kind -> rows.add("and " + column.name() + " is not null and ("
                        + kind.condition().replace("t.", column.table() + ".") + ")"));
        int flips = 0;
        for (String which : rows) {
            flips += flip(status, column, one.formatted(which), flipped(column), missed);
        }
        return flips + flip(status, column, one.formatted("and " + column.name() + " is null"), null, missed);
    }

    private int flip(
            TransactionStatus status, Column column, String which, @Nullable String flipped, List<String> missed) {
        boolean any = jdbc.sql("select exists (select from " + column.table() + " where " + which + ")")
                .param(ground.tenant())
                .query((row, n) -> row.getBoolean(1))
                .single();
        if (!any) {
            return 0;
        }
        String value = flipped == null ? filled(column) : flipped;
        if (column.name().equals("kind") && column.table().equals("ledger.record")) {
            value = "case kind when 'documents.content' then 'criteria.item' else 'documents.content' end";
        }
        String change = "update " + column.table() + " set " + column.name() + " = " + value + " where " + which;
        boolean rows = tried.contains(column.table()) && !WHOLE.contains(column.table());
        List<Fault> faults = after(status, change, () -> rows ? rowsOf(column.table()) : everything());
        tried.add(column.table());
        boolean named = faults.stream()
                .anyMatch(fault -> !fault.key().isEmpty()
                        && (fault.kind().equals(column.table())
                                || fault.kind().startsWith("campaigns.roster")
                                        && column.table().equals("campaigns.roster_line")
                                || column.table().equals("ledger.record")
                                || column.table().equals("ledger.leaf")));
        if (!named) {
            missed.add(column + ": " + change + " -> " + faults);
        }
        return 1;
    }

    @Test
    void findsARowThatIsGoneAndOneThatNoActWrote() {
        var tables = new java.util.TreeSet<String>();
        texts.kinds().values().forEach(kind -> tables.add(kind.table()));
        tables.addAll(OWN);
        for (String table : tables) {
            String one = " where ctid = (select ctid from " + table + " where tenant_id = ? order by ctid limit 1)";
            assertThat(after(
                            table,
                            "delete from " + table + one,
                            () -> WHOLE.contains(table) ? everything() : rowsOf(table)))
                    .as("a row of %s is gone", table)
                    .isNotEmpty();
        }
        assertThat(after("commitments.commitment", """
                        insert into commitments.commitment
                            (tenant_id, year, person_id, version, campaign_id, id, standing, set_id, at, account_id, reason_kind)
                        select tenant_id, year, person_id, 99, campaign_id, gen_random_uuid(), 'declined', set_id, at, account_id,
                               'khac'
                        from commitments.commitment where tenant_id = ? limit 1
                        """, this::everything))
                .anyMatch(fault -> fault.fault().equals(Fault.UNRECORDED)
                        && fault.kind().equals("commitments.commitment")
                        && fault.key().endsWith("/99"));
    }

    @Test
    void namesAnActThatWaitsLongerThanItShould() {
        assertThat(waiting(14)).as("minutes may be").isEmpty();
        assertThat(waiting(16))
                .hasSize(2)
                .allMatch(fault -> fault.kind().equals("ledger.waiting")
                        && fault.fault().equals(Fault.LATE)
                        && !fault.key().isEmpty());
    }

    /** What is found when two acts wait for so long; nothing of it is kept, and the product's own sequencer never sees them. */
    private List<Fault> waiting(int minutes) {
        return transaction.execute(status -> {
            fill(2);
            jdbc.sql("reset role").update();
            assertThat(jdbc.sql("""
                                    update ledger.entry e set at = now() - make_interval(mins => ?)
                                    where e.tenant_id = ? and e.id in (select w.entry_id from ledger.waiting w where w.tenant_id = ?)
                                    """)
                            .params(minutes, ground.tenant(), ground.tenant())
                            .update())
                    .isEqualTo(2);
            status.setRollbackOnly();
            return check().faults();
        });
    }

    @Test
    void holdsTheKeysInTheFolderAgainstThoseTheActsTellOf() throws Exception {
        Path strange = Path.of(data, "so-cai", "khoa-0.pem");
        Files.writeString(strange, "nothing");
        try {
            assertThat(check().faults()).containsExactly(new Fault("ledger.key", "khoa-0.pem", Fault.CHANGED));
        } finally {
            Files.delete(strange);
        }
        assertThat(after("ledger.entry", """
                        update ledger.entry
                        set payload = regexp_replace(payload, '"size":0', '"size":7')
                        where tenant_id = ? and act = 'ledger.key-begun'
                        """, this::everything))
                .anyMatch(fault ->
                        fault.kind().equals("ledger.key") && fault.fault().equals(Fault.CHANGED));
    }
}
