package vn.chuanmuc.campaigns;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Candidate;
import vn.chuanmuc.campaigns.Campaigns.RosterChange;
import vn.chuanmuc.campaigns.Campaigns.RosterEntry;
import vn.chuanmuc.campaigns.Campaigns.RosterQuery;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.platform.Planner;

/** Who is on a roster: the lines as they came onto it, which are evidence, and where each person stands now. */
@Component
class RosterStore {
    private static final int BATCH = 5_000;
    private static final String ROSTER = """
            select r.campaign_id, r.person_id, r.year, r.unit_id, r.unit_name, r.bloc_id, r.bloc_name, r.full_name, r.sort_key,
                   r.birth_date, r.position_name, r.rank_order, r.set_id, r.sample, r.joined_on, r.left_on
            from campaigns.roster_entry r
            where r.tenant_id = :tenant
            """;
    /**
     * The roster as it was on a day, from what nothing changes: the line somebody stood on it with, and whether they had left
     * that by the day. Order and search go by the name they have now.
     */
    private static final String ROSTER_THEN = """
            (select l.tenant_id, l.campaign_id, l.person_id, e.year, l.unit_id, l.unit_name, l.bloc_id, l.bloc_name, l.full_name,
                    e.sort_key, e.search_key, l.birth_date, l.position_name, l.rank_order, l.set_id, e.sample, l.joined_on,
                    (select min(g.effective) from campaigns.roster_change g
                     where g.tenant_id = l.tenant_id and g.campaign_id = l.campaign_id and g.person_id = l.person_id
                       and g.kind = 'leave' and g.effective <= :day
                       and (l.change_id is null or g.id > l.change_id)) as left_on
             from campaigns.roster_line l
             join campaigns.roster_entry e
                 on e.tenant_id = l.tenant_id and e.campaign_id = l.campaign_id and e.person_id = l.person_id
             where l.joined_on <= :day
               and not exists (select from campaigns.roster_line n
                               where n.tenant_id = l.tenant_id and n.campaign_id = l.campaign_id and n.person_id = l.person_id
                                 and n.entry > l.entry and n.joined_on <= :day))
            """;

    private static final String ROSTER_SEEN = """
             and r.campaign_id = :campaign
             and r.unit_id in (select d.descendant_id from directory.unit_closure d
                               where d.tenant_id = :tenant and d.ancestor_id = any (:held))
             and (cast(:unit as uuid) is null or r.unit_id = :unit)
             and (:words = '' or r.search_key like '%' || :words || '%')
            """;
    /** A line's campaign takes those who stand in the line on the day and are on no other roster of the year. */
    private static final String OF_THE_LINE = """
            where person_id in (select m.person_id from directory.line_member m
                                where m.tenant_id = :tenant and m.line_id = :line
                                  and m.valid_from <= :joined and (m.valid_to is null or m.valid_to > :joined))
              and person_id not in (select o.person_id from campaigns.roster_entry o
                                    where o.tenant_id = :tenant and o.year = :year and o.campaign_id <> :campaign
                                      and o.base_id is null)
            """;

    private static final RowMapper<RosterEntry> ROSTER_ROW = (row, n) -> new RosterEntry(
            row.getObject("campaign_id", UUID.class),
            row.getObject("person_id", UUID.class),
            row.getInt("year"),
            row.getObject("unit_id", UUID.class),
            row.getString("unit_name"),
            row.getObject("bloc_id", UUID.class),
            row.getString("bloc_name"),
            row.getString("full_name"),
            row.getBytes("sort_key"),
            day(row.getDate("birth_date")),
            row.getString("position_name"),
            row.getInt("rank_order"),
            row.getObject("set_id", UUID.class),
            row.getBoolean("sample"),
            row.getDate("joined_on").toLocalDate(),
            day(row.getDate("left_on")));

    private final JdbcClient jdbc;

    RosterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static @Nullable LocalDate day(@Nullable Date date) {
        return date == null ? null : date.toLocalDate();
    }

    /** For those of the people who are counted in another campaign of the year: its title. */
    Map<UUID, String> otherRosters(UUID tenantId, UUID campaignId, int year, Collection<UUID> people) {
        Map<UUID, String> others = new HashMap<>();
        jdbc.sql("""
                        select r.person_id, c.title
                        from campaigns.roster_entry r
                        join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
                        where r.tenant_id = ? and r.year = ? and r.campaign_id <> ? and r.person_id = any (?)
                          and r.base_id is null
                        """)
                .param(tenantId)
                .param(year)
                .param(campaignId)
                .param(people.toArray(UUID[]::new))
                .query(row -> {
                    others.put(row.getObject("person_id", UUID.class), row.getString("title"));
                });
        return others;
    }

    /** @param people how many have a post in the units; {@code written}: how many of them came onto the roster */
    record Written(int people, int written) {}

    /**
     * Everybody of the units by the one post that counts, with the set that was decided, in one statement: of one moment.
     * Whoever has no set, no clear post, or is on another roster of the year is not written: then the numbers differ.
     */
    Written freeze(UUID tenantId, Campaign campaign, Collection<UUID> units, LocalDate joinedOn) {
        Planner.wholeBody(jdbc);
        String ofTheLine = campaign.lineId() == null ? "" : OF_THE_LINE;
        return jdbc.sql("""
                        with post as materialized (
                            select a.person_id, a.unit_id, a.bloc_id, a.position_id, a.rank_order, a.main
                            from unnest(cast(:units as uuid[])) as u (id)
                            join directory.assignment a
                                on a.tenant_id = :tenant and a.unit_id = u.id and a.valid_to is null),
                        person as materialized (
                            select person_id, count(*) as posts, count(*) filter (where main) as mains
                            from post %s group by person_id),
                        written as (
                            insert into campaigns.roster_entry
                                (tenant_id, campaign_id, person_id, year, unit_id, unit_name, bloc_id, bloc_name, full_name,
                                 sort_key, search_key, birth_date, position_name, rank_order, set_id, sample, joined_on, entry)
                            select :tenant, :campaign, c.person_id, :year, a.unit_id, v.name, a.bloc_id, b.name, p.full_name,
                                   p.sort_key, p.search_key, p.birth_date, o.name, a.rank_order, x.set_id, p.sample, :joined, 1
                            from person c
                            join post a on a.person_id = c.person_id and (c.posts = 1 or (c.mains = 1 and a.main))
                            join directory.person p on p.tenant_id = :tenant and p.id = c.person_id
                            join criteria.applicability x
                                on x.tenant_id = :tenant and x.decision_id = :decision and x.person_id = c.person_id
                            join directory.unit_version v
                                on v.tenant_id = :tenant and v.unit_id = a.unit_id and v.valid_to is null
                            join directory.bloc b on b.tenant_id = :tenant and b.id = a.bloc_id
                            join directory.position o on o.tenant_id = :tenant and o.id = a.position_id
                            on conflict do nothing
                            returning 1)
                        select (select count(*) from person) as people, (select count(*) from written) as written
                        """.formatted(ofTheLine))
                .param("line", campaign.lineId())
                .param("tenant", tenantId)
                .param("campaign", campaign.id())
                .param("year", campaign.year())
                .param("decision", campaign.decisionId())
                .param("units", units.toArray(UUID[]::new))
                .param("joined", joinedOn)
                .query((row, n) -> new Written(row.getInt("people"), row.getInt("written")))
                .single();
    }

    /** The frozen entries once more, where nothing changes them. */
    int keepLines(UUID tenantId, UUID campaignId) {
        return jdbc.sql("""
                        insert into campaigns.roster_line
                            (tenant_id, campaign_id, person_id, entry, unit_id, unit_name, bloc_id, bloc_name, full_name,
                             birth_date, position_name, rank_order, set_id, joined_on)
                        select tenant_id, campaign_id, person_id, entry, unit_id, unit_name, bloc_id, bloc_name, full_name,
                               birth_date, position_name, rank_order, set_id, joined_on
                        from campaigns.roster_entry
                        where tenant_id = ? and campaign_id = ?
                        """).params(tenantId, campaignId).update();
    }

    /** The lines as frozen at the opening, in the order the hash takes them, from a cursor: needs an open transaction. */
    void frozenLines(UUID tenantId, UUID campaignId, Consumer<RosterHash.Line> each) {
        jdbc.sql("""
                        select person_id, unit_id, unit_name, bloc_id, bloc_name, full_name, birth_date, position_name,
                               rank_order, set_id
                        from campaigns.roster_line
                        where tenant_id = ? and campaign_id = ? and change_id is null
                        order by person_id
                        """).withFetchSize(BATCH).params(tenantId, campaignId).query(row -> {
            each.accept(new RosterHash.Line(
                    row.getObject("person_id", UUID.class),
                    row.getObject("unit_id", UUID.class),
                    row.getString("unit_name"),
                    row.getObject("bloc_id", UUID.class),
                    row.getString("bloc_name"),
                    row.getString("full_name"),
                    day(row.getDate("birth_date")),
                    row.getString("position_name"),
                    row.getInt("rank_order"),
                    row.getObject("set_id", UUID.class)));
        });
    }

    int carriedOver(UUID tenantId, UUID campaignId) {
        return jdbc.sql("""
                        select count(*) from campaigns.roster_line
                        where tenant_id = ? and campaign_id = ? and change_id is null and carried_over
                        """)
                .params(tenantId, campaignId)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    Optional<RosterEntry> rosterEntry(UUID tenantId, UUID campaignId, UUID personId) {
        return jdbc.sql(ROSTER + " and r.campaign_id = :campaign and r.person_id = :person")
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("person", personId)
                .query(ROSTER_ROW)
                .optional();
    }

    List<RosterEntry> rostersOf(UUID tenantId, UUID personId) {
        return jdbc.sql(ROSTER + " and r.person_id = :person order by r.year desc limit 50")
                .param("tenant", tenantId)
                .param("person", personId)
                .query(ROSTER_ROW)
                .list();
    }

    List<RosterEntry> roster(UUID tenantId, UUID campaignId, UUID[] held, RosterQuery query) {
        String order = query.byRank() ? "r.rank_order, r.sort_key, r.person_id" : "r.sort_key, r.person_id";
        return asked(
                        on(query, ROSTER) + ROSTER_SEEN + " order by " + order + " limit :limit offset :offset",
                        tenantId,
                        campaignId,
                        held,
                        query)
                .param("limit", Math.min(query.limit(), 200))
                .param("offset", query.offset())
                .query(ROSTER_ROW)
                .list();
    }

    long countRoster(UUID tenantId, UUID campaignId, UUID[] held, RosterQuery query) {
        String count = "select count(*) from campaigns.roster_entry r where r.tenant_id = :tenant";
        return asked(on(query, count) + ROSTER_SEEN, tenantId, campaignId, held, query)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    private static String on(RosterQuery query, String sql) {
        return query.day() == null ? sql : sql.replace("campaigns.roster_entry r", ROSTER_THEN + " r");
    }

    private JdbcClient.StatementSpec asked(String sql, UUID tenantId, UUID campaignId, UUID[] held, RosterQuery query) {
        LocalDate day = query.day();
        return jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("held", held)
                .param("unit", query.unitId())
                .param("day", day == null ? null : Date.valueOf(day))
                .param("words", Texts.searchKey(query.words()));
    }

    /** @param base of a supplementary campaign: only who is on that roster */
    List<Candidate> candidates(
            UUID tenantId, UUID campaignId, @Nullable UUID base, UUID[] held, String words, String exact) {
        return jdbc.sql("""
                        select p.id, p.full_name, p.birth_date, a.unit_id, v.name as unit_name, b.name as bloc_name,
                               o.name as position_name, r.person_id is not null as left_before
                        from directory.person p
                        join directory.assignment a on a.tenant_id = p.tenant_id and a.person_id = p.id and a.valid_to is null
                        join campaigns.campaign_unit c
                            on c.tenant_id = a.tenant_id and c.campaign_id = :campaign and c.unit_id = a.unit_id
                        join directory.unit_version v on v.tenant_id = a.tenant_id and v.unit_id = a.unit_id and v.valid_to is null
                        join directory.bloc b on b.tenant_id = a.tenant_id and b.id = a.bloc_id
                        join directory.position o on o.tenant_id = a.tenant_id and o.id = a.position_id
                        left join campaigns.roster_entry r
                            on r.tenant_id = p.tenant_id and r.campaign_id = :campaign and r.person_id = p.id
                        where p.tenant_id = :tenant
                          and (r.person_id is null or r.left_on is not null)
                          and (cast(:base as uuid) is null or exists (
                              select from campaigns.roster_entry b
                              where b.tenant_id = :tenant and b.campaign_id = :base and b.person_id = p.id and b.left_on is null))
                          and exists (select from campaigns.campaign g
                                      where g.tenant_id = :tenant and g.id = :campaign
                                        and (g.line_id is null or exists (
                                            select from directory.line_member m
                                            where m.tenant_id = :tenant and m.line_id = g.line_id and m.person_id = p.id
                                              and m.valid_to is null)))
                          and a.unit_id in (select d.descendant_id from directory.unit_closure d
                                            where d.tenant_id = :tenant and d.ancestor_id = any (:held))
                          and (:words = '' or p.search_key like '%' || :words || '%')
                        order by position(:exact in lower(p.full_name)) = 0, p.sort_key, a.unit_id
                        limit 20
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("base", base)
                .param("held", held)
                .param("words", words)
                .param("exact", exact)
                .query((row, n) -> new Candidate(
                        row.getObject("id", UUID.class),
                        row.getString("full_name"),
                        day(row.getDate("birth_date")),
                        row.getObject("unit_id", UUID.class),
                        row.getString("unit_name"),
                        row.getString("bloc_name"),
                        row.getString("position_name"),
                        row.getBoolean("left_before")))
                .list();
    }

    /**
     * A new entry, or the next one of somebody who had left.
     *
     * @return the entry's number, from 1; empty when the person is on the roster
     */
    OptionalInt join(UUID tenantId, Campaign campaign, RosterRow row, LocalDate from) {
        var member = row.member();
        return jdbc
                .sql("""
                        insert into campaigns.roster_entry as r
                            (tenant_id, campaign_id, person_id, year, unit_id, unit_name, bloc_id, bloc_name, full_name,
                             sort_key, search_key, birth_date, position_name, rank_order, set_id, sample, joined_on, entry,
                             base_id)
                        values (:tenant, :campaign, :person, :year, :unit, :unitName, :bloc, :blocName, :fullName,
                                :sortKey, :searchKey, :birthDate, :position, :rank, :set, :sample, :from, 1, :base)
                        on conflict (tenant_id, campaign_id, person_id) do update
                        set unit_id = excluded.unit_id, unit_name = excluded.unit_name, bloc_id = excluded.bloc_id,
                            bloc_name = excluded.bloc_name, full_name = excluded.full_name,
                            sort_key = excluded.sort_key, search_key = excluded.search_key,
                            birth_date = excluded.birth_date, position_name = excluded.position_name,
                            rank_order = excluded.rank_order, set_id = excluded.set_id,
                            joined_on = excluded.joined_on, left_on = null, entry = r.entry + 1
                        where r.left_on is not null
                        returning entry
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaign.id())
                .param("person", member.personId())
                .param("year", campaign.year())
                .param("unit", member.unitId())
                .param("unitName", member.unitName())
                .param("bloc", member.blocId())
                .param("blocName", member.blocName())
                .param("fullName", member.fullName())
                .param("sortKey", member.sortKey())
                .param("searchKey", member.searchKey())
                .param("birthDate", member.birthDate())
                .param("position", member.positionName())
                .param("rank", member.rankOrder())
                .param("set", row.setId())
                .param("sample", member.sample())
                .param("from", from)
                .param("base", campaign.baseId())
                .query((found, n) -> found.getInt("entry"))
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /**
     * The next entry of somebody whose name or birth date was corrected in the directory: all else stays as it is.
     *
     * @return the entry's number; empty when nothing differs or the person has left
     */
    OptionalInt correct(UUID tenantId, UUID campaignId, UUID personId, LocalDate from) {
        return jdbc
                .sql("""
                        update campaigns.roster_entry r
                        set full_name = p.full_name, sort_key = p.sort_key, search_key = p.search_key, birth_date = p.birth_date,
                            joined_on = greatest(r.joined_on, cast(? as date)), entry = r.entry + 1
                        from directory.person p
                        where r.tenant_id = ? and r.campaign_id = ? and r.person_id = ? and r.left_on is null
                          and p.tenant_id = r.tenant_id and p.id = r.person_id
                          and (p.full_name <> r.full_name or p.birth_date is distinct from r.birth_date)
                        returning r.entry
                        """)
                .param(Date.valueOf(from))
                .param(tenantId)
                .param(campaignId)
                .param(personId)
                .query((row, n) -> row.getInt("entry"))
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /** The entry a change has just made, once more, where nothing changes it. */
    void keepLine(UUID tenantId, UUID campaignId, UUID personId, int entry, UUID changeId) {
        int rows = jdbc.sql("""
                        insert into campaigns.roster_line
                            (tenant_id, campaign_id, person_id, entry, change_id, unit_id, unit_name, bloc_id, bloc_name,
                             full_name, birth_date, position_name, rank_order, set_id, joined_on)
                        select tenant_id, campaign_id, person_id, entry, ?, unit_id, unit_name, bloc_id, bloc_name,
                               full_name, birth_date, position_name, rank_order, set_id, joined_on
                        from campaigns.roster_entry
                        where tenant_id = ? and campaign_id = ? and person_id = ? and entry = ? and left_on is null
                        """)
                .params(changeId, tenantId, campaignId, personId, entry)
                .update();
        Check.that(rows == 1, "an entry of the roster is one line");
    }

    boolean leave(UUID tenantId, UUID campaignId, UUID personId, UUID unitId, UUID blocId, LocalDate date) {
        return jdbc.sql("""
                                update campaigns.roster_entry set left_on = ?
                                where tenant_id = ? and campaign_id = ? and person_id = ? and unit_id = ? and bloc_id = ?
                                  and left_on is null
                                """)
                        .params(date, tenantId, campaignId, personId, unitId, blocId)
                        .update()
                == 1;
    }

    void insertChange(
            UUID tenantId,
            UUID id,
            UUID campaignId,
            UUID personId,
            String kind,
            LocalDate effective,
            String reason,
            UUID account,
            Instant now) {
        int rows = jdbc.sql("""
                        insert into campaigns.roster_change
                            (tenant_id, id, campaign_id, person_id, kind, effective, reason, made_by, made_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(tenantId, id, campaignId, personId, kind, effective, reason, account, Timestamp.from(now))
                .update();
        Check.that(rows == 1, "a change of the roster is one row");
    }

    List<RosterChange> changes(UUID tenantId, UUID campaignId, UUID[] held, @Nullable LocalDate day) {
        return jdbc.sql("""
                        select h.person_id, h.kind, h.effective, h.reason, h.made_by, h.made_at
                        from campaigns.roster_change h
                        join campaigns.roster_entry r
                            on r.tenant_id = h.tenant_id and r.campaign_id = h.campaign_id and r.person_id = h.person_id
                        where h.tenant_id = ? and h.campaign_id = ? and h.effective <= coalesce(cast(? as date), 'infinity')
                          and r.unit_id in (select d.descendant_id from directory.unit_closure d
                                            where d.tenant_id = ? and d.ancestor_id = any (?))
                        order by h.id desc
                        limit 200
                        """)
                .param(tenantId)
                .param(campaignId)
                .param(day == null ? null : Date.valueOf(day))
                .param(tenantId)
                .param(held)
                .query((row, n) -> new RosterChange(
                        row.getObject("person_id", UUID.class),
                        row.getString("kind"),
                        row.getDate("effective").toLocalDate(),
                        row.getString("reason"),
                        row.getObject("made_by", UUID.class),
                        row.getTimestamp("made_at").toInstant()))
                .list();
    }
}
