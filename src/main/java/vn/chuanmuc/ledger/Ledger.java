package vn.chuanmuc.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Sha256;

/** Appends acts in the transaction that does them, and reads them back. */
@Component
public class Ledger {
    private static final int MOST_ROWS = 500;
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final RowMapper<Entry> ENTRIES = (row, n) -> new Entry(
            row.getObject("id", UUID.class),
            row.getTimestamp("at").toInstant(),
            row.getString("act"),
            row.getObject("subject_id", UUID.class),
            row.getObject("actor_id", UUID.class),
            row.getString("payload"),
            row.getBytes("payload_hash"),
            row.getBytes("document_hash"));

    /** The statement that writes an act, what comes before the entry's own parameters, and how many rows it counts. */
    private record Recording(String sql, List<Object> parameters, int rows) {}

    private static final String ENTRY = """
            entry as (
                insert into ledger.entry
                    (tenant_id, id, at, act, subject_id, actor_id, payload, payload_hash, document_hash, records, records_hash)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, %s, %s)
                returning tenant_id, id)
            """;
    private static final Recording NO_RECORDS = new Recording(
            "with " + ENTRY.formatted("0", "null")
                    + "insert into ledger.waiting (tenant_id, entry_id) select tenant_id, id from entry",
            List.of(),
            1);
    /** In the form of {@link Leaf#recordLine}. */
    private static final String RECORD_LINES = """
            (select sha256(convert_to(string_agg(
                n || E'\\t' || kind || E'\\t' || key || E'\\t' || encode(hash, 'hex') || E'\\n', '' order by n), 'UTF8')) from r)
            """;

    /** What follows the rows found. */
    private static final String RECORDING = """
            ), r as materialized (
                select (row_number() over (order by piece, key) - 1)::int as n, kind, key, hash from found),
            """ + ENTRY.formatted("(select count(*) from r)", RECORD_LINES) + """
            , waits as (
                insert into ledger.waiting (tenant_id, entry_id) select tenant_id, id from entry)
            insert into ledger.record (tenant_id, entry_id, n, kind, key, hash)
            select entry.tenant_id, entry.id, r.n, r.kind, r.key, r.hash from entry cross join r
            """;

    private final JdbcClient jdbc;
    private final EvidenceText texts;
    private final Clock clock;

    Ledger(JdbcClient jdbc, EvidenceText texts, Clock clock) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Records the act and which rows of evidence it wrote, with one statement; all of it stands or falls with the transaction
     * that is open.
     *
     * @return the entry's id
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID append(Act act) {
        UUID id = Ids.next();
        // PostgreSQL keeps microseconds: what is stored is what is told.
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String payload = CANONICAL.writeValueAsString(act.facts());
        Recording recording = recording(act);
        int rows = jdbc.sql(recording.sql)
                .params(recording.parameters)
                .param(act.tenantId())
                .param(id)
                .param(Timestamp.from(at))
                .param(act.name())
                .param(act.subject())
                .param(act.actor())
                .param(payload)
                .param(Sha256.of(payload))
                .param(act.documentHash())
                .update();
        Check.that(
                rows == recording.rows,
                "an act is appended after the rows it names: " + act.name() + " " + act.pieces());
        return id;
    }

    private Recording recording(Act act) {
        if (act.pieces().isEmpty()) {
            return NO_RECORDS;
        }
        var found = new ArrayList<String>();
        var parameters = new ArrayList<>();
        int rows = 0;
        for (Piece piece : act.pieces()) {
            EvidenceText.Shape shape = texts.shape(piece.kind());
            Evidence.Kind kind = shape.kind();
            int named = piece.key().size() + (piece.among() == null ? 0 : 1);
            Check.that(
                    named == (shape.grouped() ? kind.together() : kind.key().size()),
                    "a piece names a row or a group of " + kind.name());
            var sql = new StringBuilder("select " + found.size() + " as piece, '" + kind.name() + "' as kind, ");
            sql.append(shape.grouped() && piece.among() == null ? "cast(? as text)" : shape.name())
                    .append(" as key, ")
                    .append(shape.grouped() ? shape.groupHash() : shape.rowHash())
                    .append(" as hash from ")
                    .append(kind.table())
                    .append(" t where t.tenant_id = ? and (")
                    .append(kind.condition())
                    .append(')');
            if (shape.grouped() && piece.among() == null) {
                parameters.add(String.join(
                        "/", piece.key().stream().map(Object::toString).toList()));
            }
            parameters.add(act.tenantId());
            for (int i = 0; i < piece.key().size(); i++) {
                sql.append(" and t.").append(kind.key().get(i)).append(" = ?");
                parameters.add(piece.key().get(i));
            }
            if (piece.among() != null) {
                Check.that(!shape.grouped(), "rows that stand together are named by their group");
                sql.append(" and t.").append(kind.key().get(piece.key().size())).append(" = any (?)");
                parameters.add(piece.among().toArray(UUID[]::new));
            }
            found.add(sql.toString());
            rows += piece.among() == null ? 1 : piece.among().size();
        }
        return new Recording("with found as (" + String.join("\nunion all ", found) + RECORDING, parameters, rows);
    }

    /**
     * Names rows of a kind that no act names yet; for rows of the time before acts named what they wrote.
     *
     * @return how many, at most the limit; with none nothing is recorded
     */
    @Transactional(propagation = Propagation.MANDATORY)
    int takeUp(UUID tenantId, UUID actor, String kind, int limit) {
        String unnamed = "select s.key, s.hash from (" + texts.shape(kind).named() + ") s where not exists ("
                + "select from ledger.record x where x.tenant_id = ? and x.kind = ? and x.key = s.key)";
        boolean any = jdbc.sql("select exists (" + unnamed + ")")
                .params(tenantId, tenantId, kind)
                .query((row, n) -> row.getBoolean(1))
                .single();
        if (!any) {
            return 0;
        }
        String payload = CANONICAL.writeValueAsString(Map.of("kind", kind));
        return jdbc.sql("with found as (select 0 as piece, cast(? as text) as kind, u.key, u.hash from (" + unnamed
                        + " limit ?) u" + RECORDING)
                .params(kind, tenantId, tenantId, kind, limit)
                .param(tenantId)
                .param(Ids.next())
                .param(Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .param("ledger.taken-up")
                .param(tenantId)
                .param(actor)
                .param(payload)
                .param(Sha256.of(payload))
                .param(null)
                .update();
    }

    /**
     * Records many acts that wrote no rows of evidence with one statement, in their order; those that did one by one. They stand
     * or fall with the transaction that is open.
     *
     * @return the entries' ids
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<UUID> appendAll(List<Act> acts) {
        if (acts.isEmpty()) {
            return List.of();
        }
        if (acts.stream().anyMatch(act -> !act.pieces().isEmpty())) {
            return acts.stream().map(this::append).toList();
        }
        List<UUID> ids = acts.stream().map(act -> Ids.next()).toList();
        List<String> payloads = acts.stream()
                .map(act -> CANONICAL.writeValueAsString(act.facts()))
                .toList();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int rows = jdbc.sql("""
                        with entry as (
                            insert into ledger.entry
                                (tenant_id, id, at, act, subject_id, actor_id, payload, payload_hash, document_hash)
                            select e.tenant_id, e.id, ?, e.act, e.subject_id, e.actor_id, e.payload, e.payload_hash,
                                   e.document_hash
                            from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as text[]), cast(? as uuid[]),
                                    cast(? as uuid[]), cast(? as text[]), cast(? as bytea[]), cast(? as bytea[]))
                                as e (tenant_id, id, act, subject_id, actor_id, payload, payload_hash, document_hash)
                            returning tenant_id, id)
                        insert into ledger.waiting (tenant_id, entry_id) select tenant_id, id from entry
                        """)
                .param(Timestamp.from(at))
                .param(acts.stream().map(Act::tenantId).toArray(UUID[]::new))
                .param(ids.toArray(UUID[]::new))
                .param(acts.stream().map(Act::name).toArray(String[]::new))
                .param(acts.stream().map(Act::subject).toArray(UUID[]::new))
                .param(acts.stream().map(Act::actor).toArray(UUID[]::new))
                .param(payloads.toArray(String[]::new))
                .param(payloads.stream().map(Sha256::of).toArray(byte[][]::new))
                .param(acts.stream().map(Act::documentHash).toArray(byte[][]::new))
                .update();
        Check.that(rows == acts.size(), "a ledger entry is one row");
        return ids;
    }

    /** The newest entries about one record, the newest first; at most 500. */
    public List<Entry> newest(UUID tenantId, UUID subject, int limit) {
        return newest(tenantId, subject, "", null, limit);
    }

    /**
     * Entries, the newest first; at most 500.
     *
     * @param subject only those about this record, or null
     * @param acts only acts whose name starts so; empty for all
     * @param before only those older than this entry, or null
     */
    public List<Entry> newest(UUID tenantId, @Nullable UUID subject, String acts, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                        select id, at, act, subject_id, actor_id, payload, payload_hash, document_hash
                        from ledger.entry
                        where tenant_id = :tenant and (cast(:subject as uuid) is null or subject_id = :subject)
                          and starts_with(act, :acts) and (cast(:before as uuid) is null or id < :before)
                        order by id desc
                        limit :limit
                        """)
                .params(Map.of("tenant", tenantId, "acts", acts, "limit", Math.min(limit, MOST_ROWS)))
                .param("before", before)
                .param("subject", subject)
                .query(ENTRIES)
                .list();
    }

    /**
     * What acts are looked for.
     *
     * @param acts only acts whose name starts so; empty for all
     * @param act only this one; empty for all
     * @param subject only those about this record, or null
     * @param actor only those of this account, or null
     * @param from only those from this moment on, or null
     * @param until only those before this moment, or null
     */
    public record Search(
            String acts,
            String act,
            @Nullable UUID subject,
            @Nullable UUID actor,
            @Nullable Instant from,
            @Nullable Instant until) {}

    private static final String FOUND = """
            select e.id, e.at, e.act, e.subject_id, e.actor_id, e.payload, e.payload_hash, e.document_hash
            from ledger.entry e
            where e.tenant_id = :tenant
            """;
    private static final String NEWEST_FIRST = " order by e.at desc, e.id desc limit :limit";

    /**
     * Entries by the moment they were done, the newest first; at most 500. By kind, by who acted, by what it is about and by day each
     * has an index in this order, so a page costs the same however long the record is.
     *
     * @param before only those behind this entry in the same order, or null
     */
    public List<Entry> search(UUID tenantId, Search search, @Nullable UUID before, int limit) {
        var where = new StringBuilder();
        var parameters = new HashMap<String, Object>();
        parameters.put("tenant", tenantId);
        parameters.put("limit", Math.min(limit, MOST_ROWS));
        add(where, parameters, " and e.subject_id = :subject", "subject", search.subject());
        add(where, parameters, " and e.actor_id = :actor", "actor", search.actor());
        add(where, parameters, " and e.at >= :from", "from", timestamp(search.from()));
        add(where, parameters, " and e.at < :until", "until", timestamp(search.until()));
        if (before != null) {
            Optional<Instant> at = at(tenantId, before);
            if (at.isEmpty()) {
                return List.of();
            }
            where.append(" and (e.at, e.id) < (:before_at, :before)");
            parameters.put("before_at", Timestamp.from(at.get()));
            parameters.put("before", before);
        }
        String sql;
        if (!search.act().isEmpty()) {
            parameters.put("act", search.act());
            parameters.put("acts", search.acts());
            sql = FOUND + where + " and e.act = :act and starts_with(:act, :acts)" + NEWEST_FIRST;
        } else if (search.acts().isEmpty()) {
            sql = FOUND + where + NEWEST_FIRST;
        } else if (search.actor() != null || search.subject() != null) {
            parameters.put("acts", search.acts());
            sql = FOUND + where + " and starts_with(e.act, :acts)" + NEWEST_FIRST;
        } else { // some kinds of many: the newest of each, and of these the newest
            parameters.put("names", acts(tenantId, search.acts()).toArray(String[]::new));
            sql = "select e.* from unnest(cast(:names as text[])) as k (act) cross join lateral (" + FOUND + where
                    + " and e.act = k.act" + NEWEST_FIRST + ") e" + NEWEST_FIRST;
        }
        return jdbc.sql(sql).params(parameters).query(ENTRIES).list();
    }

    private static void add(
            StringBuilder where,
            Map<String, Object> parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            where.append(condition);
            parameters.put(name, value);
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant moment) {
        return moment == null ? null : Timestamp.from(moment);
    }

    private Optional<Instant> at(UUID tenantId, UUID entry) {
        return jdbc.sql("select at from ledger.entry where tenant_id = ? and id = ?")
                .params(tenantId, entry)
                .query((row, n) -> row.getTimestamp("at").toInstant())
                .optional();
    }

    /** The kinds of acts there are whose name starts so, by name. Jumps from kind to kind in the index. */
    public List<String> acts(UUID tenantId, String start) {
        return jdbc.sql("""
                        with recursive kind (act) as (
                            select min(e.act) from ledger.entry e where e.tenant_id = :tenant
                            union all
                            select (select min(e.act) from ledger.entry e where e.tenant_id = :tenant and e.act > k.act)
                            from kind k where k.act is not null)
                        select act from kind where act is not null and starts_with(act, :start) order by act limit 500
                        """)
                .param("tenant", tenantId)
                .param("start", start)
                .query((row, n) -> row.getString("act"))
                .list();
    }
}
