package vn.chuanmuc.criteria;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.platform.Planner;

@Component
class ApplicabilityStore {
    private final JdbcClient jdbc;

    ApplicabilityStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From as many units on a pass through the whole body is cheaper than looking people up one by one. */
    private static final int MANY_UNITS = 50;

    private static final int MANY_PEOPLE = 1_000;

    /** Each person of the units once: by the main post, else by the oldest. */
    private static final String PEOPLE = """
            with post as materialized (
                select distinct on (a.person_id) a.person_id, a.unit_id, a.position_id, o.name as position_name,
                       case when o.leads then cast(:forLeaders as uuid) else cast(:forStaff as uuid) end as proposed
                from unnest(cast(:scope as uuid[])) as u (id)
                join directory.assignment a on a.tenant_id = :tenant and a.unit_id = u.id and a.valid_to is null
                join directory.position o on o.tenant_id = :tenant and o.id = a.position_id
                order by a.person_id, a.main desc, a.id)
            """;

    private static final String DECIDED = """
            left join criteria.applicability x
                on x.tenant_id = :tenant and x.decision_id = :decision and x.person_id = c.person_id
            """;

    /**
     * Where to look and what is proposed.
     *
     * @param scope the units themselves, none below them
     * @param forLeaders the set proposed for whoever leads, or null; {@code forStaff} for the others
     */
    record Ground(
            UUID tenantId,
            UUID decisionId,
            List<UUID> scope,
            @Nullable UUID forLeaders,
            @Nullable UUID forStaff) {}

    /** Few units may have many people, too. */
    private boolean manyPeople(Ground ground) {
        return jdbc.sql("""
                                select count(*)
                                from (select 1
                                      from directory.assignment
                                      where tenant_id = ? and valid_to is null and unit_id = any (?)
                                      limit ?) a
                                """)
                        .param(ground.tenantId())
                        .param(ground.scope().toArray(UUID[]::new))
                        .param(MANY_PEOPLE + 1)
                        .query((row, n) -> row.getInt(1))
                        .single()
                > MANY_PEOPLE;
    }

    /** Whether looking person by person would take long. */
    boolean large(Ground ground) {
        return ground.scope().size() > MANY_UNITS || manyPeople(ground);
    }

    private JdbcClient.StatementSpec bound(String sql, Ground ground) {
        if (large(ground)) {
            Planner.wholeBody(jdbc);
        }
        return jdbc.sql(sql)
                .param("tenant", ground.tenantId())
                .param("decision", ground.decisionId())
                .param("scope", ground.scope().toArray(UUID[]::new))
                .param("forLeaders", ground.forLeaders())
                .param("forStaff", ground.forStaff());
    }

    Applicability.Counts counts(Ground ground) {
        return bound(PEOPLE + """
                        select count(*) as people,
                               count(*) filter (where x.person_id is null) as undecided,
                               count(*) filter (where x.set_id is not null and x.set_id is distinct from c.proposed) as differing,
                               count(*) filter (where x.person_id is null and c.proposed is not null) as acceptable
                        from post c
                        """ + DECIDED, ground)
                .query((row, n) -> new Applicability.Counts(
                        row.getLong("people"),
                        row.getLong("undecided"),
                        row.getLong("differing"),
                        row.getLong("acceptable")))
                .single();
    }

    private static String condition(Applicability.Filter filter) {
        return switch (filter) {
            case ALL -> "true";
            case UNDECIDED -> "x.person_id is null";
            case DIFFERING -> "x.set_id is not null and x.set_id is distinct from c.proposed";
        };
    }

    private static final String LISTED =
            """
            from post c
            join directory.person p on p.tenant_id = :tenant and p.id = c.person_id
            """ + DECIDED + " where (:words = '' or p.search_key like '%' || :words || '%') and ";

    long count(Ground ground, Applicability.Filter filter, String words) {
        return bound(PEOPLE + "select count(*) " + LISTED + condition(filter), ground)
                .param("words", Texts.searchKey(words))
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** In the order of Vietnamese names; with words, names that have them with just these marks come first. */
    List<Applicability.Candidate> page(
            Ground ground, Applicability.Filter filter, String words, int offset, int limit) {
        return candidates(
                bound(
                                PEOPLE
                                        + "select c.*, p.full_name, p.birth_date, x.set_id, x.proposed as as_proposed, x.reason "
                                        + LISTED + condition(filter)
                                        + " order by position(:exact in lower(p.full_name)) = 0, p.sort_key, c.person_id"
                                        + " limit :limit offset :offset",
                                ground)
                        .param("words", Texts.searchKey(words))
                        .param("exact", Texts.oneLine(words).toLowerCase(Locale.ROOT))
                        .param("limit", limit)
                        .param("offset", offset),
                ground.tenantId());
    }

    /** One person of the units. */
    Optional<Applicability.Candidate> one(Ground ground, UUID personId) {
        return candidates(
                        bound(
                                        PEOPLE.replace(
                                                        "and a.valid_to is null\n",
                                                        "and a.valid_to is null and a.person_id = :person\n")
                                                + "select c.*, p.full_name, p.birth_date, x.set_id,"
                                                + " x.proposed as as_proposed, x.reason "
                                                + LISTED + "true",
                                        ground)
                                .param("person", personId)
                                .param("words", ""),
                        ground.tenantId())
                .stream()
                .findFirst();
    }

    private List<Applicability.Candidate> candidates(JdbcClient.StatementSpec query, UUID tenantId) {
        record Found(Applicability.Candidate candidate, UUID unit) {}
        List<Found> found = query.query((row, n) -> {
                    Date birth = row.getDate("birth_date");
                    UUID set = row.getObject("set_id", UUID.class);
                    return new Found(
                            new Applicability.Candidate(
                                    row.getObject("person_id", UUID.class),
                                    row.getString("full_name"),
                                    birth == null ? null : birth.toLocalDate(),
                                    row.getString("position_name"),
                                    "",
                                    row.getObject("proposed", UUID.class),
                                    set == null
                                            ? null
                                            : new Applicability.Decided(
                                                    set, row.getBoolean("as_proposed"), row.getString("reason"))),
                            row.getObject("unit_id", UUID.class));
                })
                .list();
        Map<UUID, String> units = new HashMap<>();
        jdbc.sql(
                        "select unit_id, name from directory.unit_version where tenant_id = ? and unit_id = any (?) and valid_to is null")
                .param(tenantId)
                .param(found.stream().map(Found::unit).distinct().toArray(UUID[]::new))
                .query(row -> {
                    units.put(row.getObject("unit_id", UUID.class), row.getString("name"));
                });
        return found.stream()
                .map(one -> one.candidate().in(units.getOrDefault(one.unit(), "")))
                .toList();
    }

    /** A position with what it proposes and the reason to keep. */
    record Proposal(UUID positionId, UUID setId, String reason) {}

    record Position(UUID id, String name, boolean leads) {}

    List<Position> positions(UUID tenantId) {
        return jdbc.sql("select id, name, leads from directory.position where tenant_id = ?")
                .param(tenantId)
                .query((row, n) ->
                        new Position(row.getObject("id", UUID.class), row.getString("name"), row.getBoolean("leads")))
                .list();
    }

    record Peopled(UUID unitId, int people) {}

    /** The units after the given one that have people, in the order of their ids. */
    List<Peopled> peopled(UUID tenantId, List<UUID> scope, @Nullable UUID after) {
        return jdbc.sql("""
                        select a.unit_id, count(*) as people
                        from directory.assignment a
                        where a.tenant_id = :tenant and a.valid_to is null and a.unit_id = any (:scope)
                          and (cast(:after as uuid) is null or a.unit_id > :after)
                        group by a.unit_id
                        order by a.unit_id
                        """)
                .param("tenant", tenantId)
                .param("scope", scope.toArray(UUID[]::new))
                .param("after", after)
                .query((row, n) -> new Peopled(row.getObject("unit_id", UUID.class), row.getInt("people")))
                .list();
    }

    record Added(UUID personId, UUID setId) {}

    /**
     * Decides as proposed for everybody of some units in one statement; whoever was decided meanwhile stays so. Who has posts in
     * several units of the scope is taken with the one that counts in it.
     */
    List<Added> addProposed(
            UUID tenantId,
            UUID decisionId,
            List<UUID> units,
            List<UUID> scope,
            List<Proposal> proposals,
            UUID by,
            Instant at) {
        Planner.wholeBody(jdbc);
        return jdbc.sql("""
                        with here as materialized (
                            select a.person_id, a.position_id, a.main, a.id
                            from unnest(cast(:units as uuid[])) as u (id)
                            join directory.assignment a
                                on a.tenant_id = :tenant and a.unit_id = u.id and a.valid_to is null),
                        better as materialized (
                            select distinct h.person_id, h.id
                            from here h
                            join directory.assignment b
                                on b.tenant_id = :tenant and b.person_id = h.person_id and b.valid_to is null
                                   and b.id <> h.id and ((b.main and not h.main) or (b.main = h.main and b.id < h.id))
                            join unnest(cast(:scope as uuid[])) as s (id) on s.id = b.unit_id)
                        insert into criteria.applicability
                            (tenant_id, decision_id, person_id, set_id, proposed, reason, decided_by, decided_at)
                        select :tenant, :decision, h.person_id, n.set_id, true, n.reason, :by, :at
                        from here h
                        join unnest(cast(:positions as uuid[]), cast(:sets as uuid[]), cast(:reasons as text[]))
                            as n (position_id, set_id, reason) on n.position_id = h.position_id
                        left join better b on b.person_id = h.person_id and b.id = h.id
                        left join criteria.applicability x
                            on x.tenant_id = :tenant and x.decision_id = :decision and x.person_id = h.person_id
                        where x.person_id is null and b.person_id is null
                        on conflict (tenant_id, decision_id, person_id) do nothing
                        returning person_id, set_id
                        """)
                .param("tenant", tenantId)
                .param("decision", decisionId)
                .param("units", units.toArray(UUID[]::new))
                .param("scope", scope.toArray(UUID[]::new))
                .param("positions", proposals.stream().map(Proposal::positionId).toArray(UUID[]::new))
                .param("sets", proposals.stream().map(Proposal::setId).toArray(UUID[]::new))
                .param("reasons", proposals.stream().map(Proposal::reason).toArray(String[]::new))
                .param("by", by)
                .param("at", Timestamp.from(at))
                .query((row, n) ->
                        new Added(row.getObject("person_id", UUID.class), row.getObject("set_id", UUID.class)))
                .list();
    }

    /** Decides or decides again; false if exactly this was decided already. */
    boolean decide(
            UUID tenantId,
            UUID decisionId,
            UUID personId,
            UUID setId,
            boolean proposed,
            String reason,
            UUID by,
            Instant at) {
        return jdbc.sql("""
                                insert into criteria.applicability as a
                                    (tenant_id, decision_id, person_id, set_id, proposed, reason, decided_by, decided_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, decision_id, person_id) do update
                                set set_id = excluded.set_id, proposed = excluded.proposed, reason = excluded.reason,
                                    decided_by = excluded.decided_by, decided_at = excluded.decided_at
                                where (a.set_id, a.proposed, a.reason)
                                    is distinct from (excluded.set_id, excluded.proposed, excluded.reason)
                                """)
                        .params(tenantId, decisionId, personId, setId, proposed, reason, by, Timestamp.from(at))
                        .update()
                == 1;
    }

    /** A unit the person is assigned to at or below one of the tops, the main assignment's first. */
    Optional<UUID> unitInScope(UUID tenantId, UUID personId, UUID[] tops) {
        return jdbc.sql("""
                        select a.unit_id
                        from directory.assignment a
                        where a.tenant_id = ? and a.person_id = ? and a.valid_to is null
                          and exists (
                              select from directory.unit_closure c
                              where c.tenant_id = a.tenant_id and c.descendant_id = a.unit_id and c.ancestor_id = any (?))
                        order by a.main desc, a.id
                        limit 1
                        """)
                .param(tenantId)
                .param(personId)
                .param(tops)
                .query((row, n) -> row.getObject("unit_id", UUID.class))
                .optional();
    }
}
