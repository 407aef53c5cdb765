package vn.chuanmuc.rules;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.RuleVersion.State;

@Component
class RuleStore {
    static final int MOST = 300;

    private static final String VERSION = """
            select v.id, b.unit_id, v.number, v.content, v.hash, v.valid_from, v.valid_to, v.entered_by, v.entered_at,
                   d.confirmed, d.reason, d.decided_by, d.decided_at,
                   w.withdrawn_from, w.reason as withdrawal, w.withdrawn_by, w.withdrawn_at
            from rules.version v
            join rules.book b on b.tenant_id = v.tenant_id and b.id = v.book_id
            left join rules.verdict d on d.tenant_id = v.tenant_id and d.version_id = v.id
            left join rules.withdrawal w on w.tenant_id = v.tenant_id and w.version_id = v.id
            where v.tenant_id = :tenant
            """;

    private final JdbcClient jdbc;

    RuleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static RuleVersion version(ResultSet row) throws SQLException {
        String json = row.getString("content");
        Timestamp decided = row.getTimestamp("decided_at");
        Date to = row.getDate("valid_to");
        Date withdrawnFrom = row.getDate("withdrawn_from");
        Timestamp withdrawn = row.getTimestamp("withdrawn_at");
        State state = decided == null
                ? State.ENTERED
                : !row.getBoolean("confirmed") ? State.REFUSED : withdrawn == null ? State.CONFIRMED : State.WITHDRAWN;
        String reason = row.getString("reason");
        String withdrawal = row.getString("withdrawal");
        return new RuleVersion(
                row.getObject("id", UUID.class),
                row.getObject("unit_id", UUID.class),
                row.getInt("number"),
                RuleBookJson.read(json),
                json,
                row.getBytes("hash"),
                row.getDate("valid_from").toLocalDate(),
                to == null ? null : to.toLocalDate(),
                state,
                row.getObject("entered_by", UUID.class),
                row.getTimestamp("entered_at").toInstant(),
                row.getObject("decided_by", UUID.class),
                decided == null ? null : decided.toInstant(),
                reason == null ? "" : reason,
                withdrawnFrom == null ? null : withdrawnFrom.toLocalDate(),
                row.getObject("withdrawn_by", UUID.class),
                withdrawn == null ? null : withdrawn.toInstant(),
                withdrawal == null ? "" : withdrawal);
    }

    Optional<RuleVersion> find(UUID tenantId, UUID id) {
        return jdbc.sql(VERSION + " and v.id = :id")
                .param("tenant", tenantId)
                .param("id", id)
                .query((row, n) -> version(row))
                .optional();
    }

    /**
     * The confirmed version of the purpose that holds on the day: the unit's own, or that of the nearest above that has one. Of a day
     * before a unit was entered the unit above it is the first one known.
     */
    Optional<RuleVersion> inForce(UUID tenantId, UUID unitId, Purpose purpose, LocalDate day) {
        return jdbc.sql("""
                        with recursive above (unit_id, steps) as (
                            select cast(:unit as uuid), 0
                            union all
                            select u.parent_id, a.steps + 1
                            from above a
                            cross join lateral (
                                select v.parent_id from directory.unit_version v
                                where v.tenant_id = :tenant and v.unit_id = a.unit_id
                                order by v.valid_from <= :day and (v.valid_to is null or v.valid_to > :day) desc, v.valid_from
                                limit 1) u
                            where u.parent_id is not null and a.steps < 40)
                        select found.* from (%s and b.purpose = :purpose and b.unit_id in (select unit_id from above)
                            and d.confirmed and v.valid_from <= :day and (v.valid_to is null or v.valid_to >= :day)
                            and (w.withdrawn_from is null or w.withdrawn_from > :day)) found
                        join above on above.unit_id = found.unit_id
                        order by above.steps, found.valid_from desc, found.number desc
                        limit 1
                        """.formatted(VERSION))
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("purpose", code(purpose))
                .param("day", Date.valueOf(day))
                .query((row, n) -> version(row))
                .optional();
    }

    /** Versions of units that the viewer reads, above them or below, the newest first. */
    List<RuleVersion> list(UUID tenantId, UUID[] units) {
        return jdbc.sql(VERSION + """
                         and exists (
                            select from directory.unit_closure c
                            where c.tenant_id = v.tenant_id
                              and (c.descendant_id = b.unit_id and c.ancestor_id = any (:units)
                                   or c.ancestor_id = b.unit_id and c.descendant_id = any (:units)))
                        order by v.id desc limit %d
                        """.formatted(MOST))
                .param("tenant", tenantId)
                .param("units", units)
                .query((row, n) -> version(row))
                .list();
    }

    /** Whether the unit is one of these, above or below one of them. */
    boolean sees(UUID tenantId, UUID unitId, UUID[] units) {
        return jdbc.sql("""
                        select exists (
                            select from directory.unit_closure c
                            where c.tenant_id = :tenant
                              and (c.descendant_id = :unit and c.ancestor_id = any (:units)
                                   or c.ancestor_id = :unit and c.descendant_id = any (:units)))
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("units", units)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Locks the book of a unit and purpose, which is made where there is none. */
    UUID hold(UUID tenantId, UUID newId, UUID unitId, Purpose purpose) {
        return jdbc.sql("""
                        insert into rules.book as b (tenant_id, id, unit_id, purpose) values (?, ?, ?, ?)
                        on conflict (tenant_id, unit_id, purpose) do update set last = b.last
                        returning id
                        """)
                .params(tenantId, newId, unitId, code(purpose))
                .query((row, n) -> row.getObject("id", UUID.class))
                .single();
    }

    /** The number for one more version; the book is held. */
    int next(UUID tenantId, UUID bookId) {
        return jdbc.sql("update rules.book set last = last + 1 where tenant_id = ? and id = ? returning last")
                .params(tenantId, bookId)
                .query((row, n) -> row.getInt("last"))
                .single();
    }

    boolean insert(
            UUID tenantId,
            UUID id,
            UUID bookId,
            int number,
            String json,
            byte[] hash,
            LocalDate from,
            @Nullable LocalDate to,
            String origin,
            UUID by,
            Instant at) {
        return jdbc.sql("""
                                insert into rules.version
                                    (tenant_id, id, book_id, number, content, hash, valid_from, valid_to, origin, entered_by, entered_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                        .param(tenantId)
                        .param(id)
                        .param(bookId)
                        .param(number)
                        .param(json)
                        .param(hash)
                        .param(Date.valueOf(from))
                        .param(to == null ? null : Date.valueOf(to))
                        .param(origin)
                        .param(by)
                        .param(Timestamp.from(at))
                        .update()
                == 1;
    }

    /** A version of the book with this content and these days that is not refused or withdrawn: what a second click would enter. */
    Optional<UUID> same(UUID tenantId, UUID bookId, byte[] hash, LocalDate from, @Nullable LocalDate to) {
        return jdbc.sql("""
                        select v.id from rules.version v
                        where v.tenant_id = ? and v.book_id = ? and v.hash = ? and v.valid_from = ?
                          and v.valid_to is not distinct from cast(? as date)
                          and not exists (select from rules.verdict d
                                          where d.tenant_id = v.tenant_id and d.version_id = v.id and not d.confirmed)
                          and not exists (select from rules.withdrawal w
                                          where w.tenant_id = v.tenant_id and w.version_id = v.id)
                        order by v.number desc limit 1
                        """)
                .param(tenantId)
                .param(bookId)
                .param(hash)
                .param(Date.valueOf(from))
                .param(to == null ? null : Date.valueOf(to))
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional();
    }

    /** Another version that is confirmed for the same first day and not withdrawn. */
    Optional<Integer> sameDay(UUID tenantId, UUID versionId) {
        return jdbc.sql("""
                        select o.number
                        from rules.version v
                        join rules.version o on o.tenant_id = v.tenant_id and o.book_id = v.book_id
                            and o.valid_from = v.valid_from and o.id <> v.id
                        join rules.verdict d on d.tenant_id = o.tenant_id and d.version_id = o.id and d.confirmed
                        where v.tenant_id = ? and v.id = ? and not exists (
                            select from rules.withdrawal w where w.tenant_id = o.tenant_id and w.version_id = o.id)
                        order by o.number limit 1
                        """)
                .params(tenantId, versionId)
                .query((row, n) -> row.getInt("number"))
                .optional();
    }

    /** False when it is decided already. */
    boolean decide(UUID tenantId, UUID versionId, boolean confirmed, String reason, UUID by, Instant at) {
        return jdbc.sql("""
                                insert into rules.verdict (tenant_id, version_id, confirmed, reason, decided_by, decided_at)
                                values (?, ?, ?, ?, ?, ?) on conflict (tenant_id, version_id) do nothing
                                """)
                        .params(tenantId, versionId, confirmed, reason, by, Timestamp.from(at))
                        .update()
                == 1;
    }

    boolean withdraw(UUID tenantId, UUID versionId, LocalDate from, String reason, UUID by, Instant at) {
        return jdbc.sql("""
                                insert into rules.withdrawal
                                    (tenant_id, version_id, withdrawn_from, reason, withdrawn_by, withdrawn_at)
                                select d.tenant_id, d.version_id, ?, ?, ?, ?
                                from rules.verdict d
                                where d.tenant_id = ? and d.version_id = ? and d.confirmed
                                on conflict (tenant_id, version_id) do nothing
                                """)
                        .params(Date.valueOf(from), reason, by, Timestamp.from(at), tenantId, versionId)
                        .update()
                == 1;
    }

    /** Versions of others that wait to be confirmed in these units and below. */
    long waiting(UUID tenantId, UUID[] units, UUID account) {
        return jdbc.sql("""
                        select count(*) from rules.version v
                        join rules.book b on b.tenant_id = v.tenant_id and b.id = v.book_id
                        where v.tenant_id = ? and v.entered_by <> ?
                          and not exists (select from rules.verdict d where d.tenant_id = v.tenant_id and d.version_id = v.id)
                          and exists (select from directory.unit_closure c where c.tenant_id = v.tenant_id
                                      and c.descendant_id = b.unit_id and c.ancestor_id = any (?) and not c.custody)
                        """)
                .params(tenantId, account, units)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    static String code(Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT);
    }
}
