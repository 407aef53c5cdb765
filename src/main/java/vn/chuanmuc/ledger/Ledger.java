package vn.chuanmuc.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    private final JdbcClient jdbc;
    private final Clock clock;

    Ledger(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Records the act; it stands or falls with the transaction that is open.
     *
     * @return the entry's id
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID append(Act act) {
        String payload = CANONICAL.writeValueAsString(act.facts());
        UUID id = Ids.next();
        // PostgreSQL keeps microseconds: what is stored is what is told.
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int rows = jdbc.sql("""
                        insert into ledger.entry
                            (tenant_id, id, at, act, subject_id, actor_id, payload, payload_hash, document_hash)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
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
        Check.that(rows == 1, "a ledger entry is one row");
        return id;
    }

    /**
     * Records many acts with one statement, in their order; they stand or fall with the transaction that is open.
     *
     * @return the entries' ids
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<UUID> appendAll(List<Act> acts) {
        if (acts.isEmpty()) {
            return List.of();
        }
        List<UUID> ids = acts.stream().map(act -> Ids.next()).toList();
        List<String> payloads = acts.stream()
                .map(act -> CANONICAL.writeValueAsString(act.facts()))
                .toList();
        // PostgreSQL keeps microseconds: what is stored is what is told.
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int rows = jdbc.sql("""
                        insert into ledger.entry
                            (tenant_id, id, at, act, subject_id, actor_id, payload, payload_hash, document_hash)
                        select e.tenant_id, e.id, ?, e.act, e.subject_id, e.actor_id, e.payload, e.payload_hash, e.document_hash
                        from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as text[]), cast(? as uuid[]),
                                cast(? as uuid[]), cast(? as text[]), cast(? as bytea[]), cast(? as bytea[]))
                            as e (tenant_id, id, act, subject_id, actor_id, payload, payload_hash, document_hash)
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
                .query((row, n) -> new Entry(
                        row.getObject("id", UUID.class),
                        row.getTimestamp("at").toInstant(),
                        row.getString("act"),
                        row.getObject("subject_id", UUID.class),
                        row.getObject("actor_id", UUID.class),
                        row.getString("payload"),
                        row.getBytes("payload_hash"),
                        row.getBytes("document_hash")))
                .list();
    }
}
