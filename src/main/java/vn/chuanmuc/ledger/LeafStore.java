package vn.chuanmuc.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Check;

/** The tree's tables. Leaves, nodes and checkpoints are only ever added. */
@Component
class LeafStore {
    private static final String LEAF = "e.tenant_id, e.id, e.at, e.act, e.subject_id, e.actor_id, e.payload_hash, "
            + "e.document_hash, e.records_hash";
    private static final RowMapper<Leaf> LEAF_ROW = (row, n) -> leaf(row);

    private final JdbcClient jdbc;

    LeafStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(row.getLong("size"), row.getLong("before"), row.getBytes("root"), row.getString("note"));
    }

    /** Of a row with the columns of an entry. */
    static Leaf leaf(ResultSet row) throws SQLException {
        return new Leaf(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("act"),
                row.getObject("subject_id", UUID.class),
                row.getObject("actor_id", UUID.class),
                row.getBytes("payload_hash"),
                row.getBytes("document_hash"),
                row.getBytes("records_hash"));
    }

    /** @param before the size of the one before it; 0 for the first */
    record Checkpoint(long size, long before, byte[] root, String note) {}

    record Node(int level, long position, byte[] hash) {}

    /** Every body that has an entry, by stepping from one to the next in the index. */
    List<UUID> tenants() {
        return jdbc.sql("""
                        with recursive bodies (id) as (
                            (select tenant_id from ledger.entry order by tenant_id limit 1)
                            union all
                            select (select e.tenant_id from ledger.entry e where e.tenant_id > b.id order by e.tenant_id limit 1)
                            from bodies b where b.id is not null)
                        select id from bodies where id is not null
                        """).query((row, n) -> row.getObject("id", UUID.class)).list();
    }

    /** Whether nobody else holds it; held until the transaction ends. */
    boolean hold(UUID tenantId) {
        return jdbc.sql("select pg_try_advisory_xact_lock(ledger.sequencer_lock(?))")
                .param(tenantId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    boolean anyWaiting(UUID tenantId) {
        return jdbc.sql("select exists (select from ledger.waiting where tenant_id = ?)")
                .param(tenantId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Entries that have no place yet, the oldest first. */
    List<Leaf> waiting(UUID tenantId, int limit) {
        return jdbc.sql("select " + LEAF + """
                         from ledger.waiting w
                        join ledger.entry e on e.tenant_id = w.tenant_id and e.id = w.entry_id
                        where w.tenant_id = ?
                        order by w.entry_id
                        limit ?
                        """)
                .params(tenantId, limit)
                .query(LEAF_ROW)
                .list();
    }

    /** How many leaves there are. */
    long size(UUID tenantId) {
        return jdbc.sql("select coalesce(max(position) + 1, 0) from ledger.leaf where tenant_id = ?")
                .param(tenantId)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    MerkleTree tree(UUID tenantId) {
        return new MerkleTree((level, from, count) -> jdbc.sql(level == 0 ? """
                                select hash from ledger.leaf where tenant_id = ? and position >= ? and position < ?
                                order by position
                                """ : """
                                select hash from ledger.node where tenant_id = ? and position >= ? and position < ? and level = ?
                                order by position
                                """)
                .params(
                        level == 0
                                ? List.of(tenantId, from, from + count)
                                : List.of(tenantId, from, from + count, level))
                .query((row, n) -> row.getBytes("hash"))
                .list());
    }

    void place(UUID tenantId, long from, List<Leaf> leaves, List<byte[]> hashes) {
        UUID[] entries = leaves.stream().map(Leaf::entryId).toArray(UUID[]::new);
        int rows = jdbc.sql("""
                        insert into ledger.leaf (tenant_id, position, entry_id, hash)
                        select ?, ? + l.n - 1, l.entry_id, l.hash
                        from unnest(cast(? as uuid[]), cast(? as bytea[])) with ordinality as l (entry_id, hash, n)
                        """)
                .params(tenantId, from, entries, hashes.toArray(byte[][]::new))
                .update();
        Check.that(rows == leaves.size(), "every entry gets one leaf");
        int taken = jdbc.sql("delete from ledger.waiting where tenant_id = ? and entry_id = any (?)")
                .params(tenantId, entries)
                .update();
        Check.that(taken == leaves.size(), "every entry waits once");
    }

    void keep(UUID tenantId, List<Node> nodes) {
        if (nodes.isEmpty()) {
            return;
        }
        int rows = jdbc.sql("""
                        insert into ledger.node (tenant_id, level, position, hash)
                        select ?, n.level, n.position, n.hash
                        from unnest(cast(? as int[]), cast(? as bigint[]), cast(? as bytea[])) as n (level, position, hash)
                        """)
                .param(tenantId)
                .param(nodes.stream().map(Node::level).toArray(Integer[]::new))
                .param(nodes.stream().map(Node::position).toArray(Long[]::new))
                .param(nodes.stream().map(Node::hash).toArray(byte[][]::new))
                .update();
        Check.that(rows == nodes.size(), "every node is one row");
    }

    void keep(UUID tenantId, Checkpoint checkpoint) {
        int rows = jdbc.sql(
                        "insert into ledger.checkpoint (tenant_id, size, before, root, note) values (?, ?, ?, ?, ?)")
                .params(tenantId, checkpoint.size(), checkpoint.before(), checkpoint.root(), checkpoint.note())
                .update();
        Check.that(rows == 1, "a checkpoint is one row");
    }

    Optional<Checkpoint> newest(UUID tenantId) {
        return jdbc.sql("""
                        select size, before, root, note from ledger.checkpoint where tenant_id = ? order by size desc limit 1
                        """).param(tenantId).query((row, n) -> checkpoint(row)).optional();
    }

    Optional<Checkpoint> checkpoint(UUID tenantId, long size) {
        return jdbc.sql("select size, before, root, note from ledger.checkpoint where tenant_id = ? and size = ?")
                .params(tenantId, size)
                .query((row, n) -> checkpoint(row))
                .optional();
    }

    /** Checkpoints above a size, the smallest first. */
    List<Checkpoint> checkpoints(UUID tenantId, long above, int limit) {
        return jdbc.sql("""
                        select size, before, root, note from ledger.checkpoint where tenant_id = ? and size > ? order by size limit ?
                        """)
                .params(tenantId, above, limit)
                .query((row, n) -> checkpoint(row))
                .list();
    }

    Optional<Long> position(UUID tenantId, UUID entryId) {
        return jdbc.sql("select position from ledger.leaf where tenant_id = ? and entry_id = ?")
                .params(tenantId, entryId)
                .query((row, n) -> row.getLong("position"))
                .optional();
    }

    Optional<Leaf> leaf(UUID tenantId, UUID entryId) {
        return jdbc.sql("select " + LEAF + " from ledger.entry e where e.tenant_id = ? and e.id = ?")
                .params(tenantId, entryId)
                .query(LEAF_ROW)
                .optional();
    }

    String payload(UUID tenantId, UUID entryId) {
        return jdbc.sql("select payload from ledger.entry where tenant_id = ? and id = ?")
                .params(tenantId, entryId)
                .query((row, n) -> row.getString("payload"))
                .single();
    }

    List<String> recordLines(UUID tenantId, UUID entryId) {
        return jdbc.sql("select n, kind, key, hash from ledger.record where tenant_id = ? and entry_id = ? order by n")
                .params(tenantId, entryId)
                .query((row, n) -> Leaf.recordLine(
                        row.getInt("n"), row.getString("kind"), row.getString("key"), row.getBytes("hash")))
                .list();
    }

    /** Payloads of the acts of one name about the body itself, the oldest first. */
    List<String> payloads(UUID tenantId, String act) {
        return jdbc.sql("""
                        select payload from ledger.entry where tenant_id = ? and subject_id = ? and act = ? order by id
                        """)
                .params(tenantId, tenantId, act)
                .query((row, n) -> row.getString("payload"))
                .list();
    }

    boolean keepStamp(UUID tenantId, long size, byte[] token) {
        return jdbc.sql("insert into ledger.stamp (tenant_id, size, token) values (?, ?, ?) on conflict do nothing")
                        .params(tenantId, size, token)
                        .update()
                == 1;
    }

    record Stamp(long size, byte[] token) {}

    Optional<Stamp> newestStamp(UUID tenantId) {
        return jdbc.sql("select size, token from ledger.stamp where tenant_id = ? order by size desc limit 1")
                .param(tenantId)
                .query((row, n) -> new Stamp(row.getLong("size"), row.getBytes("token")))
                .optional();
    }

    /** The newest checkpoint that stands for nothing done at this moment or later. */
    Optional<Checkpoint> newest(UUID tenantId, Instant end) {
        return jdbc.sql("""
                        select c.size, c.before, c.root, c.note
                        from (select e.id from ledger.entry e
                              join ledger.leaf l on l.tenant_id = e.tenant_id and l.entry_id = e.id
                              where e.tenant_id = ? and e.at < ? order by e.at desc, e.id desc limit 1) last
                        join ledger.leaf l on l.tenant_id = ? and l.entry_id = last.id
                        join ledger.checkpoint c on c.tenant_id = ? and c.size <= l.position + 1
                        order by c.size desc
                        limit 1
                        """)
                .params(tenantId, Timestamp.from(end), tenantId, tenantId)
                .query((row, n) -> checkpoint(row))
                .optional();
    }

    /** The newest stamp of a tree no larger than this. */
    Optional<Stamp> newestStamp(UUID tenantId, long size) {
        return jdbc.sql(
                        "select size, token from ledger.stamp where tenant_id = ? and size <= ? order by size desc limit 1")
                .params(tenantId, size)
                .query((row, n) -> new Stamp(row.getLong("size"), row.getBytes("token")))
                .optional();
    }

    Optional<Instant> firstAct(UUID tenantId) {
        return jdbc.sql("select at from ledger.entry where tenant_id = ? order by id limit 1")
                .param(tenantId)
                .query((row, n) -> row.getTimestamp("at").toInstant())
                .optional();
    }

    /** When the last act of a tree of this size was done. */
    @Nullable
    Instant lastAct(UUID tenantId, long size) {
        return jdbc.sql("""
                        select e.at from ledger.leaf l
                        join ledger.entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
                        where l.tenant_id = ? and l.position = ?
                        """)
                .params(tenantId, size - 1)
                .query((row, n) -> row.getTimestamp("at").toInstant())
                .optional()
                .orElse(null);
    }
}
