package vn.chuanmuc.campaigns;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Candidate;
import vn.chuanmuc.campaigns.Campaigns.Freeze;
import vn.chuanmuc.campaigns.Campaigns.Frozen;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.campaigns.Campaigns.RosterChange;
import vn.chuanmuc.campaigns.Campaigns.RosterEntry;
import vn.chuanmuc.campaigns.Campaigns.RosterQuery;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Texts;

@Component
class CampaignStore {
    /** Rows of one statement: few enough to keep its parameters small, many enough to forget its cost. */
    private static final int BATCH = 5_000;

    private static final int MOST_CAMPAIGNS = 100;

    private static final String CAMPAIGN = """
            select c.id, c.year, c.title, c.plan_number, c.plan_date, c.decision_id, c.sign_by, c.submit_by, c.methods,
                   c.receiver_unit, c.state, c.version, c.launched_at
            from campaigns.campaign c
            where c.tenant_id = :tenant
            """;
    /** Those of the units held, and, once open, the one whose roster the viewer is on. */
    private static final String VISIBLE = """
             and (exists (
                     select from campaigns.campaign_unit u
                     join directory.unit_closure d on d.tenant_id = u.tenant_id and d.descendant_id = u.unit_id
                     where u.tenant_id = c.tenant_id and u.campaign_id = c.id and d.ancestor_id = any (:held))
                  or exists (
                     select from directory.unit_closure d
                     where d.tenant_id = c.tenant_id and d.descendant_id = c.receiver_unit and d.ancestor_id = any (:held))
                  or exists (
                     select from campaigns.roster_entry r
                     where r.tenant_id = c.tenant_id and r.campaign_id = c.id and r.person_id = :person))
            """;

    private static final String ROSTER = """
            select r.campaign_id, r.person_id, r.year, r.unit_id, r.unit_name, r.bloc_id, r.bloc_name, r.full_name, r.sort_key,
                   r.birth_date, r.position_name, r.rank_order, r.set_id, r.sample, r.joined_on, r.left_on
            from campaigns.roster_entry r
            where r.tenant_id = :tenant
            """;
    private static final String ROSTER_SEEN = """
             and r.campaign_id = :campaign
             and r.unit_id in (select d.descendant_id from directory.unit_closure d
                               where d.tenant_id = :tenant and d.ancestor_id = any (:held))
             and (cast(:unit as uuid) is null or r.unit_id = :unit)
             and (:words = '' or r.search_key like '%' || :words || '%')
            """;
    private static final RowMapper<Campaign> CAMPAIGN_ROW = (row, n) -> new Campaign(
            row.getObject("id", UUID.class),
            row.getInt("year"),
            row.getString("title"),
            row.getString("plan_number"),
            day(row.getDate("plan_date")),
            row.getObject("decision_id", UUID.class),
            row.getDate("sign_by").toLocalDate(),
            row.getDate("submit_by").toLocalDate(),
            Set.of((String[]) row.getArray("methods").getArray()),
            row.getObject("receiver_unit", UUID.class),
            State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            row.getInt("version"),
            moment(row.getTimestamp("launched_at")));
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

    CampaignStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static @Nullable LocalDate day(@Nullable Date date) {
        return date == null ? null : date.toLocalDate();
    }

    private static @Nullable Instant moment(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    Optional<Campaign> find(UUID tenantId, UUID campaignId) {
        return jdbc.sql(CAMPAIGN + " and c.id = :id")
                .param("tenant", tenantId)
                .param("id", campaignId)
                .query(CAMPAIGN_ROW)
                .optional();
    }

    /** Whoever comes second waits here until the first has opened the campaign or given up. */
    Optional<Campaign> lock(UUID tenantId, UUID campaignId) {
        return jdbc.sql(CAMPAIGN + " and c.id = :id for update")
                .param("tenant", tenantId)
                .param("id", campaignId)
                .query(CAMPAIGN_ROW)
                .optional();
    }

    List<Campaign> list(UUID tenantId) {
        return jdbc.sql(CAMPAIGN + " order by c.year desc, c.id desc limit :limit")
                .param("tenant", tenantId)
                .param("limit", MOST_CAMPAIGNS)
                .query(CAMPAIGN_ROW)
                .list();
    }

    List<Campaign> visible(UUID tenantId, UUID[] held, @Nullable UUID personId) {
        return jdbc.sql(CAMPAIGN + VISIBLE + " order by c.year desc, c.id desc limit :limit")
                .param("tenant", tenantId)
                .param("held", held)
                .param("person", personId)
                .param("limit", MOST_CAMPAIGNS)
                .query(CAMPAIGN_ROW)
                .list();
    }

    Optional<Campaign> visible(UUID tenantId, UUID campaignId, UUID[] held, @Nullable UUID personId) {
        return jdbc.sql(CAMPAIGN + VISIBLE + " and c.id = :id")
                .param("tenant", tenantId)
                .param("held", held)
                .param("person", personId)
                .param("id", campaignId)
                .query(CAMPAIGN_ROW)
                .optional();
    }

    /** @return false when the receiving unit has a campaign of that year already */
    boolean insert(UUID tenantId, UUID id, Plan plan, UUID account, Instant now) {
        return jdbc.sql("""
                                insert into campaigns.campaign
                                    (tenant_id, id, year, title, plan_number, plan_date, decision_id, sign_by, submit_by,
                                     methods, receiver_unit, state, created_by, created_at)
                                values (:tenant, :id, :year, :title, :planNumber, :planDate, :decision, :signBy, :submitBy,
                                        :methods, :receiver, 'draft', :account, :now)
                                on conflict (tenant_id, year, receiver_unit) do nothing
                                """)
                        .params(plan(plan))
                        .param("planDate", plan.planDate())
                        .param("tenant", tenantId)
                        .param("id", id)
                        .param("account", account)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    boolean yearTaken(UUID tenantId, UUID campaignId, Plan plan) {
        return jdbc.sql("""
                        select exists (
                            select from campaigns.campaign
                            where tenant_id = ? and year = ? and receiver_unit = ? and id <> ?)
                        """)
                .params(tenantId, plan.year(), plan.receiverUnit(), campaignId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    boolean update(UUID tenantId, UUID id, int version, Plan plan) {
        return jdbc.sql("""
                                update campaigns.campaign
                                set year = :year, title = :title, plan_number = :planNumber, plan_date = :planDate,
                                    decision_id = :decision, sign_by = :signBy, submit_by = :submitBy, methods = :methods,
                                    receiver_unit = :receiver, version = version + 1
                                where tenant_id = :tenant and id = :id and state = 'draft' and version = :version
                                """)
                        .params(plan(plan))
                        .param("planDate", plan.planDate())
                        .param("tenant", tenantId)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private static Map<String, Object> plan(Plan plan) {
        return Map.of(
                "year", plan.year(),
                "title", plan.title(),
                "planNumber", plan.planNumber(),
                "decision", plan.decisionId(),
                "signBy", plan.signBy(),
                "submitBy", plan.submitBy(),
                "methods", plan.methods().stream().sorted().toArray(String[]::new),
                "receiver", plan.receiverUnit());
    }

    /** The units are those of a draft, in the transaction that holds its row. */
    void setUnits(UUID tenantId, UUID campaignId, Collection<UUID> units) {
        jdbc.sql("delete from campaigns.campaign_unit where tenant_id = ? and campaign_id = ?")
                .params(tenantId, campaignId)
                .update();
        int rows = jdbc.sql("""
                        insert into campaigns.campaign_unit (tenant_id, campaign_id, unit_id)
                        select ?, ?, u.id from unnest(cast(? as uuid[])) as u (id)
                        """)
                .param(tenantId)
                .param(campaignId)
                .param(units.toArray(UUID[]::new))
                .update();
        Check.that(rows == units.size(), "every unit is one row");
    }

    Set<UUID> units(UUID tenantId, UUID campaignId) {
        return new LinkedHashSet<>(
                jdbc.sql("select unit_id from campaigns.campaign_unit where tenant_id = ? and campaign_id = ?")
                        .params(tenantId, campaignId)
                        .query((row, n) -> row.getObject(1, UUID.class))
                        .list());
    }

    int peopleIn(UUID tenantId, List<UUID> units) {
        return jdbc.sql("""
                        select count(distinct person_id) from directory.assignment
                        where tenant_id = ? and unit_id = any (?) and valid_to is null
                        """)
                .param(tenantId)
                .param(units.toArray(UUID[]::new))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** For those of the people who are counted in another campaign of the year: its title. */
    Map<UUID, String> otherRosters(UUID tenantId, UUID campaignId, int year, Collection<UUID> people) {
        Map<UUID, String> others = new HashMap<>();
        jdbc.sql("""
                        select r.person_id, c.title
                        from campaigns.roster_entry r
                        join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
                        where r.tenant_id = ? and r.year = ? and r.campaign_id <> ? and r.person_id = any (?)
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

    void insertRoster(UUID tenantId, Campaign campaign, List<RosterRow> roster, LocalDate joinedOn) {
        for (int from = 0; from < roster.size(); from += BATCH) {
            List<RosterRow> rows = roster.subList(from, Math.min(from + BATCH, roster.size()));
            int written = jdbc.sql("""
                            insert into campaigns.roster_entry
                                (tenant_id, campaign_id, person_id, year, unit_id, unit_name, bloc_id, bloc_name, full_name,
                                 sort_key, search_key, birth_date, position_name, rank_order, set_id, sample, joined_on)
                            select ?, ?, u.person_id, ?, u.unit_id, u.unit_name, u.bloc_id, u.bloc_name, u.full_name,
                                   u.sort_key, u.search_key, u.birth_date, u.position_name, u.rank_order, u.set_id, u.sample, ?
                            from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as text[]), cast(? as uuid[]),
                                        cast(? as text[]), cast(? as text[]), cast(? as bytea[]), cast(? as text[]),
                                        cast(? as date[]), cast(? as text[]), cast(? as int[]), cast(? as uuid[]),
                                        cast(? as boolean[]))
                                as u (person_id, unit_id, unit_name, bloc_id, bloc_name, full_name, sort_key, search_key,
                                      birth_date, position_name, rank_order, set_id, sample)
                            """)
                    .param(tenantId)
                    .param(campaign.id())
                    .param(campaign.year())
                    .param(joinedOn)
                    .param(column(rows, row -> row.member().personId(), UUID[]::new))
                    .param(column(rows, row -> row.member().unitId(), UUID[]::new))
                    .param(column(rows, row -> row.member().unitName(), String[]::new))
                    .param(column(rows, row -> row.member().blocId(), UUID[]::new))
                    .param(column(rows, row -> row.member().blocName(), String[]::new))
                    .param(column(rows, row -> row.member().fullName(), String[]::new))
                    .param(column(rows, row -> row.member().sortKey(), byte[][]::new))
                    .param(column(rows, row -> row.member().searchKey(), String[]::new))
                    .param(column(rows, CampaignStore::birthDate, String[]::new))
                    .param(column(rows, row -> row.member().positionName(), String[]::new))
                    .param(column(rows, row -> row.member().rankOrder(), Integer[]::new))
                    .param(column(rows, RosterRow::setId, UUID[]::new))
                    .param(column(rows, row -> row.member().sample(), Boolean[]::new))
                    .update();
            Check.that(written == rows.size(), "every person is one row of the roster");
        }
    }

    private static @Nullable String birthDate(RosterRow row) {
        LocalDate day = row.member().birthDate();
        return day == null ? null : day.toString();
    }

    private static <T extends @Nullable Object> T[] column(
            List<RosterRow> rows, Function<RosterRow, T> value, java.util.function.IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    boolean launched(UUID tenantId, UUID campaignId, UUID account, Instant now, int people, byte[] rosterHash) {
        return jdbc.sql("""
                                update campaigns.campaign
                                set state = 'launched', launched_by = ?, launched_at = ?, roster_size = ?, roster_hash = ?,
                                    version = version + 1
                                where tenant_id = ? and id = ? and state = 'draft'
                                """)
                        .params(account, Timestamp.from(now), people, rosterHash, tenantId, campaignId)
                        .update()
                == 1;
    }

    Optional<Frozen> frozen(UUID tenantId, UUID campaignId) {
        return jdbc.sql("""
                        select roster_size, roster_hash from campaigns.campaign
                        where tenant_id = ? and id = ? and state <> 'draft'
                        """)
                .params(tenantId, campaignId)
                .query((row, n) -> new Frozen(row.getInt("roster_size"), row.getBytes("roster_hash")))
                .optional();
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
        return jdbc.sql(ROSTER + ROSTER_SEEN + " order by " + order + " limit :limit offset :offset")
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("held", held)
                .param("unit", query.unitId())
                .param("words", Texts.searchKey(query.words()))
                .param("limit", Math.min(query.limit(), 200))
                .param("offset", query.offset())
                .query(ROSTER_ROW)
                .list();
    }

    long countRoster(UUID tenantId, UUID campaignId, UUID[] held, RosterQuery query) {
        return jdbc.sql("select count(*) from campaigns.roster_entry r where r.tenant_id = :tenant" + ROSTER_SEEN)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("held", held)
                .param("unit", query.unitId())
                .param("words", Texts.searchKey(query.words()))
                .query((row, n) -> row.getLong(1))
                .single();
    }

    List<Candidate> candidates(UUID tenantId, UUID campaignId, UUID[] held, String words, String exact) {
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
                          and a.unit_id in (select d.descendant_id from directory.unit_closure d
                                            where d.tenant_id = :tenant and d.ancestor_id = any (:held))
                          and (:words = '' or p.search_key like '%' || :words || '%')
                        order by position(:exact in lower(p.full_name)) = 0, p.sort_key, a.unit_id
                        limit 20
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
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

    /** A new row, or the row of somebody who had left; false when the person is on the roster. */
    boolean join(UUID tenantId, Campaign campaign, RosterRow row, LocalDate from) {
        var member = row.member();
        return jdbc.sql("""
                                insert into campaigns.roster_entry as r
                                    (tenant_id, campaign_id, person_id, year, unit_id, unit_name, bloc_id, bloc_name, full_name,
                                     sort_key, search_key, birth_date, position_name, rank_order, set_id, sample, joined_on)
                                values (:tenant, :campaign, :person, :year, :unit, :unitName, :bloc, :blocName, :fullName,
                                        :sortKey, :searchKey, :birthDate, :position, :rank, :set, :sample, :from)
                                on conflict (tenant_id, campaign_id, person_id) do update
                                set unit_id = excluded.unit_id, unit_name = excluded.unit_name, bloc_id = excluded.bloc_id,
                                    bloc_name = excluded.bloc_name, full_name = excluded.full_name,
                                    sort_key = excluded.sort_key, search_key = excluded.search_key,
                                    birth_date = excluded.birth_date, position_name = excluded.position_name,
                                    rank_order = excluded.rank_order, set_id = excluded.set_id,
                                    joined_on = excluded.joined_on, left_on = null
                                where r.left_on is not null
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
                        .update()
                == 1;
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

    List<RosterChange> changes(UUID tenantId, UUID campaignId, UUID[] held) {
        return jdbc.sql("""
                        select h.person_id, h.kind, h.effective, h.reason, h.made_by, h.made_at
                        from campaigns.roster_change h
                        join campaigns.roster_entry r
                            on r.tenant_id = h.tenant_id and r.campaign_id = h.campaign_id and r.person_id = h.person_id
                        where h.tenant_id = ? and h.campaign_id = ?
                          and r.unit_id in (select d.descendant_id from directory.unit_closure d
                                            where d.tenant_id = ? and d.ancestor_id = any (?))
                        order by h.id desc
                        limit 200
                        """)
                .param(tenantId)
                .param(campaignId)
                .param(tenantId)
                .param(held)
                .query((row, n) -> new RosterChange(
                        row.getObject("person_id", UUID.class),
                        row.getString("kind").equals("join"),
                        row.getDate("effective").toLocalDate(),
                        row.getString("reason"),
                        row.getObject("made_by", UUID.class),
                        row.getTimestamp("made_at").toInstant()))
                .list();
    }

    Optional<Freeze> freeze(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        return jdbc.sql("""
                        select list_id, since from campaigns.freeze
                        where tenant_id = ? and campaign_id = ? and unit_id = ? and bloc_id = ?
                        """)
                .params(tenantId, campaignId, unitId, blocId)
                .query((row, n) -> new Freeze(
                        row.getObject("list_id", UUID.class),
                        row.getTimestamp("since").toInstant()))
                .optional();
    }

    void lockBloc(UUID campaignId, UUID unitId, UUID blocId, boolean alone) {
        jdbc.sql("select pg_advisory_xact_lock" + (alone ? "" : "_shared") + "(campaigns.bloc_lock(?, ?, ?))")
                .params(campaignId, unitId, blocId)
                .query((row, n) -> n)
                .single();
    }

    boolean insertFreeze(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId, UUID listId, Instant now) {
        return jdbc.sql("""
                                insert into campaigns.freeze (tenant_id, campaign_id, unit_id, bloc_id, list_id, since)
                                values (?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, campaign_id, unit_id, bloc_id) do nothing
                                """)
                        .params(tenantId, campaignId, unitId, blocId, listId, Timestamp.from(now))
                        .update()
                == 1;
    }

    boolean deleteFreeze(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId, UUID listId) {
        return jdbc.sql("""
                                delete from campaigns.freeze
                                where tenant_id = ? and campaign_id = ? and unit_id = ? and bloc_id = ? and list_id = ?
                                """)
                        .params(tenantId, campaignId, unitId, blocId, listId)
                        .update()
                == 1;
    }
}
