package vn.chuanmuc.directory;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Duplicates.Likeness;
import vn.chuanmuc.directory.Duplicates.Merge;
import vn.chuanmuc.directory.Duplicates.Pair;
import vn.chuanmuc.kernel.Check;

@Component
class DuplicateStore {
    /** Day and month the other way round, where that is a date. */
    static final String REVERSED = """
            case when extract(day from p.birth_date) <= 12 and extract(day from p.birth_date) <> extract(month from p.birth_date)
                 then make_date(cast(extract(year from p.birth_date) as int), cast(extract(day from p.birth_date) as int),
                                cast(extract(month from p.birth_date) as int)) end
            """;

    private static final String MINE = """
            mine as materialized (
                select distinct a.person_id as id
                from directory.unit_closure c
                join directory.assignment a on a.tenant_id = c.tenant_id and a.unit_id = c.descendant_id and a.valid_to is null
                where c.tenant_id = :tenant and c.ancestor_id = any (:tops) and not c.custody
            )
            """;

    private final JdbcClient jdbc;
    private final LookAlikes lookAlikes;

    DuplicateStore(JdbcClient jdbc, LookAlikes lookAlikes) {
        this.jdbc = jdbc;
        this.lookAlikes = lookAlikes;
    }

    static String alike(Likeness likeness) {
        return switch (likeness) {
            case SAME -> "q.folded_key = p.folded_key and q.birth_date = p.birth_date";
            case UNDATED -> "q.folded_key = p.folded_key and (q.birth_date is null or p.birth_date is null)";
            case REVERSED -> "q.folded_key = p.folded_key and q.birth_date = " + REVERSED;
            case CODE -> "lower(q.staff_code) = lower(p.staff_code)";
        };
    }

    /** Those that cannot have a twin need not be looked for. */
    static String worth(Likeness likeness) {
        return switch (likeness) {
            case SAME, REVERSED -> "p.birth_date is not null";
            case UNDATED -> "true";
            case CODE -> "p.staff_code is not null";
        };
    }

    /** Of whom pairs are looked for: everybody, a large part of the body, or few people. */
    enum Reach {
        WHOLE,
        PART,
        FEW
    }

    /**
     * Pairs that look alike, of which at least one works in the scope. The whole body and a large part of it read the pairs that
     * were noted ({@link LookAlikes}), or walk the records without a birth date, in the order of the page; few people are looked
     * up one by one.
     *
     * @param end as the pairs stood before that moment; null for now
     */
    List<Pair> pairs(Scope scope, Reach reach, Likeness likeness, @Nullable Instant end, int offset, int limit) {
        boolean walked = reach != Reach.FEW;
        boolean noted = walked && likeness != Likeness.UNDATED;
        String one = noted ? "l.one_id" : "p.id";
        String other = noted ? "l.other_id" : "q.id";
        // Numbers of the page in the text, and pair by pair in the order of an index: names that are alike look so rare
        // to the planner that, left free to join, it reads everybody.
        var pairs = jdbc.sql("""
                        with %1$s
                        select %2$s as one_id, %3$s as other_id
                        from %4$s
                          %8$s
                          and not exists (select from directory.not_same n
                                          where n.tenant_id = :tenant and n.one_id = least(%2$s, %3$s)
                                            and n.other_id = greatest(%2$s, %3$s) %9$s)
                          and not exists (select from directory.merge m
                                          where m.tenant_id = :tenant and %10$s
                                            and least(m.kept_id, m.given_up_id) = least(%2$s, %3$s)
                                            and greatest(m.kept_id, m.given_up_id) = greatest(%2$s, %3$s))
                        order by %5$s, %2$s, %3$s
                        limit %6$d offset %7$d
                        """.formatted(
                                reach == Reach.WHOLE ? "mine as (select 1)" : MINE,
                                one,
                                other,
                                noted ? noted(likeness) : walked ? UNDATED : among(likeness),
                                noted ? "l.sort_key" : "p.sort_key",
                                limit,
                                offset,
                                (reach == Reach.PART
                                                ? "and (%1$s in (select id from mine) or %2$s in (select id from mine))"
                                                : "")
                                        .concat(end == null ? "" : ENTERED)
                                        .formatted(one, other),
                                end == null ? "" : "and n.made_at < :end",
                                end == null ? "m.state = 'proposed'" : WAITED.formatted("m")))
                .param("tenant", scope.tenantId())
                .param("tops", scope.tops())
                .param("likeness", likeness.code());
        return (end == null ? pairs : pairs.param("end", Timestamp.from(end)))
                .query((row, n) -> new Pair(row.getObject("one_id", UUID.class), row.getObject("other_id", UUID.class)))
                .list();
    }

    /** Both records were there before a moment. */
    private static final String ENTERED = """
             and not exists (select from directory.person x
                             where x.tenant_id = :tenant and x.id in (%1$s, %2$s) and x.created_at >= :end)
            """;

    /** A proposal that waited before a moment. */
    private static final String WAITED =
            "%1$s.proposed_at < :end and (%1$s.decided_at is null or %1$s.decided_at >= :end)";

    /** They were not told apart; those that were make room for others of the same name. */
    private static final String UNTOLD = """
            not exists (select from directory.not_same s
                        where s.tenant_id = :tenant and s.one_id = least(p.id, q.id) and s.other_id = greatest(p.id, q.id))
            """;

    private static final String UNDATED = """
            directory.person p
            cross join lateral (
                (select q.id from directory.person q
                 where q.tenant_id = :tenant and q.merged_into is null and q.birth_date is null and q.folded_key = p.folded_key
                   and q.id > p.id and %1$s
                 order by q.id limit %2$d)
                union all
                (select q.id from directory.person q
                 where q.tenant_id = :tenant and q.merged_into is null and q.birth_date is not null and q.folded_key = p.folded_key
                   and q.id <> p.id and %1$s
                 order by q.birth_date, q.id limit %2$d)) q
            where p.tenant_id = :tenant and p.merged_into is null and p.birth_date is null
            """.formatted(UNTOLD.strip(), LookAlikes.MOST);

    private static String noted(Likeness likeness) {
        return """
                directory.look_alike l
                cross join lateral (
                    select from directory.person p
                    join directory.person q on q.tenant_id = :tenant and q.id = l.other_id and q.merged_into is null and %s
                    where p.tenant_id = :tenant and p.id = l.one_id and p.merged_into is null
                    offset 0) s
                where l.tenant_id = :tenant and l.likeness = :likeness
                """.formatted(alike(likeness));
    }

    private static String among(Likeness likeness) {
        return """
                mine i join directory.person p on p.tenant_id = :tenant and p.id = i.id
                cross join lateral (
                    select q.id from directory.person q
                    where q.tenant_id = :tenant and q.merged_into is null and q.id <> p.id and %s
                      and (q.id > p.id or not exists (select from mine o where o.id = q.id)) and %s
                    order by q.id limit %d) q
                where p.tenant_id = :tenant and p.merged_into is null and %s
                """.formatted(alike(likeness), UNTOLD.strip(), LookAlikes.MOST, worth(likeness));
    }

    /** Who these are and where they work, or worked last. */
    List<Duplicates.Record> records(UUID tenantId, Collection<UUID> people) {
        return jdbc.sql("""
                        select p.id, p.full_name, p.birth_date, p.staff_code, p.sample, p.merged_into, a.valid_from, a.valid_to,
                               coalesce(o.name, '') as position_name,
                               coalesce((select v.name from directory.unit_version v
                                         where v.tenant_id = p.tenant_id and v.unit_id = a.unit_id
                                         order by v.valid_from desc limit 1), '') as unit_name
                        from directory.person p
                        left join lateral (
                            select a.unit_id, a.position_id, a.valid_from, a.valid_to from directory.assignment a
                            where a.tenant_id = p.tenant_id and a.person_id = p.id
                            order by a.valid_to is not null, a.main desc, a.valid_to desc, a.valid_from desc
                            limit 1
                        ) as a on true
                        left join directory.position o on o.tenant_id = p.tenant_id and o.id = a.position_id
                        where p.tenant_id = ? and p.id = any (?)
                        """)
                .param(tenantId)
                .param(people.toArray(UUID[]::new))
                .query((row, n) -> new Duplicates.Record(
                        row.getObject("id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getString("staff_code"),
                        row.getBoolean("sample"),
                        row.getObject("merged_into", UUID.class),
                        row.getString("unit_name"),
                        row.getString("position_name"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class)))
                .list();
    }

    private static final String MERGE = """
            select id, kept_id, given_up_id, state, reason, proposed_by, proposed_at, decided_by, decided_at, decision
            from directory.merge where tenant_id = ?
            """;

    private static final RowMapper<Merge> MERGES = (row, n) -> {
        Timestamp decided = row.getTimestamp("decided_at");
        return new Merge(
                row.getObject("id", UUID.class),
                row.getObject("kept_id", UUID.class),
                row.getObject("given_up_id", UUID.class),
                Merge.State.of(row.getString("state")),
                row.getString("reason"),
                row.getObject("proposed_by", UUID.class),
                row.getTimestamp("proposed_at").toInstant(),
                row.getObject("decided_by", UUID.class),
                decided == null ? null : decided.toInstant(),
                row.getString("decision"));
    };

    private JdbcClient.MappedQuerySpec<Merge> merges(String where, Object... parameters) {
        return jdbc.sql(MERGE + where).params(parameters).query(MERGES);
    }

    Optional<Merge> find(UUID tenantId, UUID id) {
        return merges(" and id = ?", tenantId, id).optional();
    }

    Optional<Merge> lock(UUID tenantId, UUID id) {
        return merges(" and id = ? for update", tenantId, id).optional();
    }

    /** The proposal about exactly these two that waits for a decision. */
    Optional<Merge> proposed(UUID tenantId, UUID one, UUID other) {
        return merges("""
                         and state = 'proposed' and least(kept_id, given_up_id) = least(cast(? as uuid), cast(? as uuid))
                         and greatest(kept_id, given_up_id) = greatest(cast(? as uuid), cast(? as uuid))
                        """, tenantId, one, other, one, other).optional();
    }

    private static final String IN_SCOPE = """
             and exists (
                select from directory.assignment a
                join directory.unit_closure c on c.tenant_id = a.tenant_id and c.descendant_id = a.unit_id
                    and c.ancestor_id = any (:tops)
                where a.tenant_id = merge.tenant_id and a.person_id in (merge.kept_id, merge.given_up_id))
            """;

    /**
     * Proposals that wait, of which at least one record is or was in the scope; oldest first.
     *
     * @param end that waited before that moment; null for now
     */
    List<Merge> waiting(Scope scope, @Nullable Instant end, int limit) {
        return merges(
                scope,
                " and " + (end == null ? "state = 'proposed'" : WAITED.formatted("merge")) + IN_SCOPE
                        + " order by proposed_at, id limit :limit",
                end,
                limit);
    }

    /** Records that were two before a moment and were made one later; the newest first. */
    List<Merge> mergedSince(Scope scope, Instant end, int limit) {
        return merges(
                scope,
                " and state = 'done' and decided_at >= :end" + IN_SCOPE + " order by decided_at desc, id limit :limit",
                end,
                limit);
    }

    private List<Merge> merges(Scope scope, String where, @Nullable Instant end, int limit) {
        var merges = jdbc.sql(MERGE.replace("tenant_id = ?", "tenant_id = :tenant") + where)
                .param("tenant", scope.tenantId())
                .param("tops", scope.tops())
                .param("limit", limit);
        return (end == null ? merges : merges.param("end", Timestamp.from(end)))
                .query(MERGES)
                .list();
    }

    /** False when the two are proposed already. */
    boolean propose(UUID tenantId, UUID id, UUID kept, UUID givenUp, String reason, UUID actor, Instant now) {
        return jdbc.sql("""
                        insert into directory.merge (tenant_id, id, kept_id, given_up_id, state, reason, proposed_by, proposed_at)
                        values (?, ?, ?, ?, 'proposed', ?, ?, ?)
                        on conflict do nothing
                        """)
                        .params(tenantId, id, kept, givenUp, reason, actor, Timestamp.from(now))
                        .update()
                == 1;
    }

    void decide(UUID tenantId, UUID id, Merge.State state, UUID actor, String words, Instant now) {
        hold(jdbc.sql("""
                        update directory.merge set state = ?, decided_by = ?, decided_at = ?, decision = ?
                        where tenant_id = ? and id = ? and state = 'proposed'
                        """)
                .params(state.code(), actor, Timestamp.from(now), words, tenantId, id)
                .update());
    }

    /** Whoever is not among those that are proposed any more: other proposals about a record that is gone fall away. */
    void dropOthers(UUID tenantId, UUID givenUp, UUID actor, String words, Instant now) {
        jdbc.sql("""
                        update directory.merge set state = 'withdrawn', decided_by = ?, decided_at = ?, decision = ?
                        where tenant_id = ? and state = 'proposed' and (kept_id = ? or given_up_id = ?)
                        """)
                .params(actor, Timestamp.from(now), words, tenantId, givenUp, givenUp)
                .update();
    }

    boolean notSame(UUID tenantId, UUID one, UUID other, String reason, UUID actor, Instant now) {
        return jdbc.sql("""
                        insert into directory.not_same (tenant_id, one_id, other_id, reason, made_by, made_at)
                        values (?, least(cast(? as uuid), cast(? as uuid)), greatest(cast(? as uuid), cast(? as uuid)), ?, ?, ?)
                        on conflict do nothing
                        """)
                        .params(tenantId, one, other, one, other, reason, actor, Timestamp.from(now))
                        .update()
                == 1;
    }

    /** From now on the one record leads to the other, and so do those that led to it; the kept one takes over what it lacks. */
    void giveUp(UUID tenantId, UUID kept, UUID givenUp, @Nullable LocalDate birthDate, @Nullable String staffCode) {
        hold(jdbc.sql("""
                        update directory.person set merged_into = ?, staff_code = null, version = version + 1
                        where tenant_id = ? and id = ? and merged_into is null
                        """).params(kept, tenantId, givenUp).update());
        jdbc.sql("update directory.person set merged_into = ? where tenant_id = ? and merged_into = ?")
                .params(kept, tenantId, givenUp)
                .update();
        hold(jdbc.sql("""
                        update directory.person
                        set birth_date = coalesce(birth_date, cast(? as date)), staff_code = coalesce(staff_code, ?),
                            version = version + 1
                        where tenant_id = ? and id = ? and merged_into is null
                        """)
                .param(birthDate == null ? null : java.sql.Date.valueOf(birthDate))
                .param(staffCode)
                .param(tenantId)
                .param(kept)
                .update());
        jdbc.sql("update directory.unit_version set head_id = ? where tenant_id = ? and head_id = ?")
                .params(kept, tenantId, givenUp)
                .update();
        lookAlikes.forget(tenantId, List.of(givenUp));
        lookAlikes.corrected(tenantId, List.of(kept));
    }

    private static void hold(int rows) {
        Check.that(rows == 1, "a locked record is one row");
    }

    /** The record an id leads to now: itself, or the one that took it over. */
    UUID present(UUID tenantId, UUID personId) {
        return jdbc.sql("select coalesce(merged_into, id) from directory.person where tenant_id = ? and id = ?")
                .params(tenantId, personId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional()
                .orElse(personId);
    }

    /** The ids of the records that were given up for this one. */
    List<UUID> givenUpFor(UUID tenantId, UUID personId) {
        return jdbc.sql("select id from directory.person where tenant_id = ? and merged_into = ? order by id limit 100")
                .params(tenantId, personId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** What the units are called now, or were called last. */
    Map<UUID, String> unitNames(UUID tenantId, Collection<UUID> units) {
        Map<UUID, String> names = new HashMap<>();
        jdbc.sql("""
                        select distinct on (unit_id) unit_id, name from directory.unit_version
                        where tenant_id = ? and unit_id = any (?) order by unit_id, valid_from desc
                        """).param(tenantId).param(units.toArray(UUID[]::new)).query(row -> {
            names.put(row.getObject("unit_id", UUID.class), row.getString("name"));
        });
        return names;
    }

    UUID root(UUID tenantId) {
        return jdbc.sql("""
                        select unit_id from directory.unit_version
                        where tenant_id = ? and parent_id is null and valid_to is null
                        """)
                .param(tenantId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
    }
}
