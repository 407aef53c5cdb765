package vn.chuanmuc.campaigns;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Supplements.Line;
import vn.chuanmuc.campaigns.Supplements.Query;
import vn.chuanmuc.campaigns.Supplements.Verdict;
import vn.chuanmuc.platform.Planner;

/** Whom on a base roster a new decision concerns: found out from what stands now, or as it was kept at an opening. */
@Component
class SupplementStore {
    /**
     * Everybody on the base roster by the post that counts today: the one in the unit they stand there with; otherwise, as when the base
     * was frozen, the main one or the only one in its units. Who has none of these, but has moved and now has the main post elsewhere below
     * the receiving unit, is found there; everybody else, and who left the line of the campaign, is away.
     */
    private static final String FOUND = """
            with who as materialized (
                select r.person_id, r.unit_id as base_unit, r.left_on, k.id as commitment_id, k.set_id as set_before,
                       x.set_id as set_after
                from campaigns.roster_entry r
                left join commitments.v_in_force k
                    on k.tenant_id = r.tenant_id and k.year = r.year and k.person_id = r.person_id
                left join criteria.applicability x
                    on x.tenant_id = r.tenant_id and x.decision_id = :decision and x.person_id = r.person_id
                where r.tenant_id = :tenant and r.campaign_id = :base %s),
            post as materialized (
                select distinct on (w.person_id) w.person_id, a.unit_id, a.bloc_id, a.position_id, a.rank_order
                from who w
                join directory.assignment a on a.tenant_id = :tenant and a.person_id = w.person_id and a.valid_to is null
                join directory.unit_closure d on d.tenant_id = a.tenant_id and d.descendant_id = a.unit_id
                    and d.ancestor_id = :receiver and not d.custody
                left join campaigns.campaign_unit c
                    on c.tenant_id = :tenant and c.campaign_id = :base and c.unit_id = a.unit_id
                where (a.unit_id = w.base_unit or c.unit_id is not null or a.main) %s
                order by w.person_id, a.unit_id = w.base_unit desc, c.unit_id is not null desc, a.main desc, a.rank_order,
                         a.valid_from, a.id),
            found as materialized (
                select w.person_id, w.base_unit, w.commitment_id, w.set_before, w.set_after,
                       a.unit_id, a.bloc_id, a.position_id, a.rank_order,
                       case when w.left_on is not null then 'left'
                            when w.commitment_id is null then 'unsigned'
                            when a.person_id is null then 'away'
                            when w.set_after is null then 'no-set'
                            when exists (select from unnest(cast(:old as uuid[]), cast(:now as uuid[])) as s (old, now)
                                         where s.old = w.set_before and s.now = w.set_after) then 'same'
                            else 'changed' end as verdict
                from who w
                left join post a on a.person_id = w.person_id)
            """;
    /**
     * Those of a base roster about whom more than was kept when a supplementary campaign was opened has to be found out: they are not on its
     * roster, or no more, and something stands for them of which it was not found then that nothing changes. A handful where the roster
     * has ten thousand.
     */
    private static final String UNSETTLED = """
             and r.left_on is null and k.id is not null
             and not exists (select from campaigns.roster_entry n
                             where n.tenant_id = r.tenant_id and n.campaign_id = :opened and n.person_id = r.person_id
                               and n.left_on is null)
             and not exists (select from campaigns.supplement_person s
                             where s.tenant_id = r.tenant_id and s.campaign_id = :opened and s.person_id = r.person_id
                               and s.verdict = 'same' and s.commitment_id = k.id and s.set_after = x.set_id)
            """;

    private static final String IN_THE_LINE = """
            and exists (select from directory.line_member m
                        where m.tenant_id = :tenant and m.line_id = :line and m.person_id = a.person_id
                          and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day))
            """;
    /** The same as it was kept when the campaign was opened. */
    private static final String KEPT = """
            with found as (
                select p.person_id, r.unit_id as base_unit, p.commitment_id, p.set_before, p.set_after, p.verdict
                from campaigns.supplement_person p
                join campaigns.roster_entry r
                    on r.tenant_id = p.tenant_id and r.campaign_id = :base and r.person_id = p.person_id
                where p.tenant_id = :tenant and p.campaign_id = :supplement)
            """;

    private static final String SEEN = """
             f.base_unit in (select d.descendant_id from directory.unit_closure d
                             where d.tenant_id = :tenant and d.ancestor_id = any (:held))
            """;

    private final JdbcClient jdbc;

    SupplementStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What to look at.
     *
     * @param old sets somebody may have signed, each with the one in the same place of {@code now} that leaves all items as they are
     * @param kept the supplementary campaign when it was opened and so knows what was found; null to look now
     */
    record Ground(
            UUID tenantId,
            Campaign base,
            UUID decisionId,
            List<UUID> old,
            List<UUID> now,
            @Nullable UUID kept,
            LocalDate day) {}

    private StatementSpec of(Ground ground, String sql) {
        return of(ground, "", sql);
    }

    /** @param only a condition for whom to look at */
    private StatementSpec of(Ground ground, String only, String sql) {
        UUID line = ground.base().lineId();
        String with = ground.kept() != null ? KEPT : FOUND.formatted(only, line == null ? "" : IN_THE_LINE);
        return jdbc.sql(with + sql)
                .param("tenant", ground.tenantId())
                .param("base", ground.base().id())
                .param("receiver", ground.base().receiverUnit())
                .param("decision", ground.decisionId())
                .param("old", ground.old().toArray(UUID[]::new))
                .param("now", ground.now().toArray(UUID[]::new))
                .param("line", line)
                .param("day", Date.valueOf(ground.day()))
                .param("supplement", ground.kept());
    }

    /** @param held units of the viewer; null for all */
    Map<Verdict, Long> counts(Ground ground, UUID @Nullable [] held) {
        Planner.wholeBody(jdbc);
        var counts = new EnumMap<Verdict, Long>(Verdict.class);
        of(
                        ground,
                        "select f.verdict, count(*) as people from found f" + (held == null ? "" : " where" + SEEN)
                                + " group by f.verdict")
                .param("held", held == null ? new UUID[0] : held)
                .query(row -> {
                    counts.put(Verdict.of(row.getString("verdict")), row.getLong("people"));
                });
        return counts;
    }

    /** How many there are of a verdict with these sets. */
    record Group(
            Verdict verdict,
            @Nullable UUID before,
            @Nullable UUID after,
            long people) {}

    /** What is found about everybody of the units, and a page of the people: both out of one look. */
    record Looked(List<Group> groups, Supplements.People people) {}

    /**
     * @param held units whose people are counted, those of most people first
     * @param named units whose people are named; those asked for, in the order of names
     */
    Looked look(Ground ground, UUID[] held, UUID[] named, Query query, int offset, int limit) {
        Planner.wholeBody(jdbc);
        Verdict verdict = query.verdict();
        var groups = new ArrayList<Group>();
        var lines = new ArrayList<Line>();
        var all = new AtomicLong();
        of(ground, """
                        , grouped as (
                            select f.verdict, f.set_before, f.set_after, count(*) as people
                            from found f
                            where %s
                            group by f.verdict, f.set_before, f.set_after),
                        asked as (
                            select f.person_id, f.verdict, f.set_before, f.set_after, r.full_name, r.position_name, r.unit_name,
                                   r.unit_id, r.left_on, row_number() over (order by r.sort_key, r.person_id) as place
                            from found f
                            join campaigns.roster_entry r
                                on r.tenant_id = :tenant and r.campaign_id = :base and r.person_id = f.person_id
                            where %s
                              and (:verdict = '' or f.verdict = :verdict)
                              and (:words = '' or r.search_key like '%%' || :words || '%%'))
                        select 'group' as what, g.people, g.verdict, g.set_before, g.set_after, cast(null as uuid) as person_id,
                               null as full_name, null as position_name, null as unit_name, cast(null as uuid) as unit_id,
                               cast(null as date) as left_on, 0 as place
                        from grouped g
                        union all
                        select 'all', (select count(*) from asked), null, null, null, null, null, null, null, null, null, 0
                        union all
                        select 'line', 0, a.verdict, a.set_before, a.set_after, a.person_id, a.full_name, a.position_name, a.unit_name,
                               a.unit_id, a.left_on, a.place
                        from asked a
                        where a.place > :offset and a.place <= :offset + :limit
                        order by place, people desc, set_before, set_after, verdict
                        """.formatted(SEEN, SEEN.replace(":held", ":named")))
                .param("held", held)
                .param("named", named)
                .param("verdict", verdict == null ? "" : verdict.code())
                .param("words", query.key())
                .param("offset", offset)
                .param("limit", limit)
                .query(row -> {
                    switch (row.getString("what")) {
                        case "all" -> all.set(row.getLong("people"));
                        case "group" ->
                            groups.add(new Group(
                                    Verdict.of(row.getString("verdict")),
                                    row.getObject("set_before", UUID.class),
                                    row.getObject("set_after", UUID.class),
                                    row.getLong("people")));
                        default ->
                            lines.add(new Line(
                                    row.getObject("person_id", UUID.class),
                                    row.getString("full_name"),
                                    row.getString("position_name"),
                                    row.getObject("unit_id", UUID.class),
                                    row.getString("unit_name"),
                                    Verdict.of(row.getString("verdict")),
                                    row.getObject("set_before", UUID.class),
                                    row.getObject("set_after", UUID.class),
                                    row.getObject("left_on", LocalDate.class)));
                    }
                });
        return new Looked(groups, new Supplements.People(lines, all.get()));
    }

    /** People of one verdict for a gate, in the order of names. */
    List<Gate.Case> cases(Ground ground, Verdict verdict, UUID @Nullable [] held, int offset, int limit) {
        return of(
                        ground,
                        """
                        select f.person_id, r.full_name, f.base_unit, r.unit_name
                        from found f
                        join campaigns.roster_entry r
                            on r.tenant_id = :tenant and r.campaign_id = :base and r.person_id = f.person_id
                        where f.verdict = :verdict
                        """ + (held == null ? "" : " and" + SEEN)
                                + " order by r.sort_key, r.person_id limit :limit offset :offset")
                .param("verdict", verdict.code())
                .param("held", held == null ? new UUID[0] : held)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> new Gate.Case(
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("base_unit", UUID.class),
                        row.getString("unit_name")))
                .list();
    }

    /** How many sign again or need not, by sets, as it was kept at the opening. */
    List<Group> kept(UUID tenantId, UUID supplementId) {
        return jdbc.sql("""
                        select verdict, set_before, set_after, count(*) as people
                        from campaigns.supplement_person
                        where tenant_id = ? and campaign_id = ? and verdict in ('changed', 'same')
                        group by verdict, set_before, set_after
                        """)
                .params(tenantId, supplementId)
                .query((row, n) -> new Group(
                        Verdict.of(row.getString("verdict")),
                        row.getObject("set_before", UUID.class),
                        row.getObject("set_after", UUID.class),
                        row.getLong("people")))
                .list();
    }

    /** Where those are now who sign again. */
    List<UUID> units(Ground ground) {
        return of(ground, "select distinct f.unit_id from found f where f.verdict = 'changed'")
                .query((row, n) -> row.getObject("unit_id", UUID.class))
                .list();
    }

    /** What is found about one person. */
    record One(Verdict verdict, @Nullable UUID setAfter) {}

    Optional<One> one(Ground ground, UUID personId) {
        return of(ground, "select f.verdict, f.set_after from found f where f.person_id = :person")
                .param("person", personId)
                .query((row, n) ->
                        new One(Verdict.of(row.getString("verdict")), row.getObject("set_after", UUID.class)))
                .optional();
    }

    /**
     * Keeps what is found about everybody and puts those who sign again onto the roster, in one statement: of one moment.
     *
     * @return those who sign again, and how many of them came onto the roster
     */
    RosterStore.Written freeze(Ground ground, Campaign supplement, LocalDate joinedOn) {
        Planner.wholeBody(jdbc);
        return of(ground, """
                        , kept as (
                            insert into campaigns.supplement_person
                                (tenant_id, campaign_id, person_id, verdict, commitment_id, set_before, set_after)
                            select :tenant, :campaign, f.person_id, f.verdict, f.commitment_id, f.set_before, f.set_after
                            from found f where f.verdict <> 'no-set'
                            returning 1),
                        written as (
                            insert into campaigns.roster_entry
                                (tenant_id, campaign_id, person_id, year, unit_id, unit_name, bloc_id, bloc_name, full_name,
                                 sort_key, search_key, birth_date, position_name, rank_order, set_id, sample, joined_on, entry,
                                 base_id)
                            select :tenant, :campaign, f.person_id, :year, f.unit_id, v.name, f.bloc_id, b.name, p.full_name,
                                   p.sort_key, p.search_key, p.birth_date, o.name, f.rank_order, f.set_after, p.sample, :joined, 1,
                                   :base
                            from found f
                            join directory.person p on p.tenant_id = :tenant and p.id = f.person_id
                            join directory.unit_version v
                                on v.tenant_id = :tenant and v.unit_id = f.unit_id and v.valid_to is null
                            join directory.bloc b on b.tenant_id = :tenant and b.id = f.bloc_id
                            join directory.position o on o.tenant_id = :tenant and o.id = f.position_id
                            where f.verdict = 'changed'
                            returning 1)
                        select (select count(*) from found where verdict in ('changed', 'no-set')) as people,
                               (select count(*) from written) as written, (select count(*) from kept) as kept
                        """)
                .param("campaign", supplement.id())
                .param("year", supplement.year())
                .param("joined", joinedOn)
                .query((row, n) -> new RosterStore.Written(row.getInt("people"), row.getInt("written")))
                .single();
    }

    /** The supplementary campaigns that stand on a base, in the order they were planned; at most 50. */
    List<UUID> of(UUID tenantId, UUID baseId) {
        return jdbc.sql("select id from campaigns.campaign where tenant_id = ? and base_id = ? order by id limit 50")
                .params(tenantId, baseId)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
    }

    private static final String LATE = """
             f.verdict = 'changed' and not exists (
                 select from campaigns.roster_entry n
                 where n.tenant_id = :tenant and n.campaign_id = :opened and n.person_id = f.person_id)
            """;

    /** Those of {@link #LATE} who can be put onto the roster: where they are took part when the campaign was opened. */
    private static final String ADDABLE = LATE + """
             and exists (select from campaigns.campaign_unit c
                         where c.tenant_id = :tenant and c.campaign_id = :opened and c.unit_id = f.unit_id)
             and (:all or f.unit_id in (select d.descendant_id from directory.unit_closure d
                                        where d.tenant_id = :tenant and d.ancestor_id = any (:held)))
            """;

    private StatementSpec addable(
            Ground ground, UUID supplementId, UUID @Nullable [] held, String select, String rest) {
        return of(ground, UNSETTLED, select + ADDABLE + rest)
                .param("opened", supplementId)
                .param("all", held == null)
                .param("held", held == null ? new UUID[0] : held);
    }

    /** @param held units of the viewer; null for all */
    long countLate(Ground ground, UUID supplementId, UUID @Nullable [] held) {
        return addable(ground, supplementId, held, "select count(*) from found f where", "")
                .query((row, n) -> row.getLong(1))
                .single();
    }

    List<Supplements.Late> late(Ground ground, UUID supplementId, UUID[] held, int limit) {
        return addable(ground, supplementId, held, """
                        select f.person_id, p.full_name, o.name as position_name, f.unit_id, v.name as unit_name, f.set_after
                        from found f
                        join directory.person p on p.tenant_id = :tenant and p.id = f.person_id
                        join directory.unit_version v
                            on v.tenant_id = :tenant and v.unit_id = f.unit_id and v.valid_to is null
                        join directory.position o on o.tenant_id = :tenant and o.id = f.position_id
                        where
                        """, " order by p.sort_key, f.person_id limit :limit")
                .param("limit", limit)
                .query((row, n) -> new Supplements.Late(
                        row.getObject("person_id", UUID.class),
                        row.getString("full_name"),
                        row.getString("position_name"),
                        row.getObject("unit_id", UUID.class),
                        row.getString("unit_name"),
                        row.getObject("set_after", UUID.class)))
                .list();
    }

    /**
     * How the year stands of those on a base roster, each once.
     *
     * @param ground what stands now by the decision of the supplementary campaign opened last
     * @param held units of the viewer
     */
    Supplements.Year year(Ground ground, UUID supplementId, UUID[] held) {
        Planner.wholeBody(jdbc);
        return of(ground, UNSETTLED, """
                        select count(*) as people,
                               count(*) filter (where late) as late,
                               count(*) filter (where not late and k.campaign_id = :base and again) as waits,
                               count(*) filter (where not late and k.campaign_id = :base and not again and off) as off,
                               count(*) filter (where not late and k.campaign_id = :base and not again and not off and away) as away,
                               count(*) filter (where not late and k.campaign_id = :base and not again and not off and not away) as stands,
                               count(*) filter (where not late and k.campaign_id <> :base) as replaced
                        from (
                            select r.person_id, r.year,
                                   exists (
                                       select from campaigns.campaign c
                                       join campaigns.roster_entry n
                                           on n.tenant_id = c.tenant_id and n.campaign_id = c.id and n.person_id = r.person_id
                                       where c.tenant_id = :tenant and c.base_id = :base and n.left_on is null) as again,
                                   coalesce(f.verdict <> 'same', false) and exists (
                                       select from campaigns.roster_entry n
                                       where n.tenant_id = :tenant and n.campaign_id = :opened and n.person_id = r.person_id
                                         and n.left_on is not null) as off,
                                   coalesce(f.verdict = 'away', false) as away,
                                   coalesce(
                        """ + LATE + """
                                   , false) as late
                            from campaigns.roster_entry r
                            left join found f on f.person_id = r.person_id
                            where r.tenant_id = :tenant and r.campaign_id = :base and r.left_on is null
                              and r.unit_id in (select d.descendant_id from directory.unit_closure d
                                                where d.tenant_id = :tenant and d.ancestor_id = any (:held))) r
                        left join commitments.v_in_force k
                            on k.tenant_id = :tenant and k.year = r.year and k.person_id = r.person_id
                        """)
                .param("opened", supplementId)
                .param("held", held)
                .query((row, n) -> new Supplements.Year(
                        row.getLong("people"),
                        row.getLong("stands"),
                        row.getLong("waits"),
                        row.getLong("replaced"),
                        row.getLong("late"),
                        row.getLong("off"),
                        row.getLong("away")))
                .single();
    }

    /** Whether a roster names a unit that is none of the campaign's. */
    boolean strays(UUID tenantId, UUID campaignId) {
        return jdbc.sql("""
                        select exists (
                            select from campaigns.roster_entry r
                            where r.tenant_id = :tenant and r.campaign_id = :campaign
                              and not exists (select from campaigns.campaign_unit c
                                              where c.tenant_id = r.tenant_id and c.campaign_id = r.campaign_id
                                                and c.unit_id = r.unit_id))
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /**
     * Campaigns, open or closed, whose decision others took the place of in their year, one after the other, without a supplementary one
     * for the last of them.
     */
    List<UUID> unanswered(UUID tenantId, List<UUID> campaigns) {
        return new ArrayList<>(jdbc.sql("""
                        with recursive later as (
                            select c.id as campaign_id, c.year, d.id, 1 as n
                            from campaigns.campaign c
                            join criteria.decision d on d.tenant_id = c.tenant_id and d.supersedes_id = c.decision_id
                                and d.state in ('published', 'superseded') and d.effective_from < make_date(c.year + 1, 1, 1)
                            where c.tenant_id = :tenant and c.id = any (:campaigns) and c.base_id is null
                              and c.state <> 'draft'
                            union all
                            select l.campaign_id, l.year, d.id, l.n + 1
                            from later l
                            join criteria.decision d on d.tenant_id = :tenant and d.supersedes_id = l.id
                                and d.state in ('published', 'superseded') and d.effective_from < make_date(l.year + 1, 1, 1)
                            where l.n < 50),
                        newest as (
                            select distinct on (campaign_id) campaign_id, id from later order by campaign_id, n desc, id desc)
                        select w.campaign_id as id
                        from newest w
                        where not exists (select from campaigns.campaign s
                                          where s.tenant_id = :tenant and s.base_id = w.campaign_id and s.decision_id = w.id)
                        """)
                .param("tenant", tenantId)
                .param("campaigns", campaigns.toArray(UUID[]::new))
                .query((row, n) -> row.getObject("id", UUID.class))
                .list());
    }
}
