package vn.chuanmuc.campaigns;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Closing;
import vn.chuanmuc.campaigns.Campaigns.Freeze;
import vn.chuanmuc.campaigns.Campaigns.Frozen;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.kernel.Check;

@Component
class CampaignStore {
    private static final int MOST_CAMPAIGNS = 100;

    private static final String CAMPAIGN = """
            select c.id, c.year, c.title, c.plan_number, c.plan_date, c.decision_id, c.sign_by, c.submit_by, c.methods,
                   c.receiver_unit, c.state, c.version, c.launched_at, c.line_id, c.base_id, c.replaced_decision
            from campaigns.campaign c
            where c.tenant_id = :tenant
            """;
    /** The same as it stood before a moment: what was only planned then stands as its plan was written last. */
    private static final String CAMPAIGN_BEFORE = CAMPAIGN.replace("c.state,", """
                    case when c.launched_at is null or c.launched_at >= :over then 'draft'
                         when (select k.kind from campaigns.closing k
                               where k.tenant_id = c.tenant_id and k.campaign_id = c.id and k.made_at < :over
                               order by k.id desc limit 1) = 'close' then 'closed'
                         else 'launched' end as state,
                    """)
                    .replace("c.launched_at,", "case when c.launched_at < :over then c.launched_at end as launched_at,")
            + " and c.created_at < :over";
    /** Those of the units held (above the receiving one, which is quick to see, or one that takes part), and, once open, the one whose roster the viewer is on. */
    private static final String VISIBLE = """
             and (exists (
                     select from directory.unit_closure d
                     where d.tenant_id = c.tenant_id and d.descendant_id = c.receiver_unit and d.ancestor_id = any (:held))
                  or exists (
                     select from campaigns.campaign_unit u
                     join directory.unit_closure d on d.tenant_id = u.tenant_id and d.descendant_id = u.unit_id
                     where u.tenant_id = c.tenant_id and u.campaign_id = c.id and d.ancestor_id = any (:held))
                  or exists (
                     select from campaigns.roster_entry r
                     where r.tenant_id = c.tenant_id and r.campaign_id = c.id and r.person_id = :person))
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
            moment(row.getTimestamp("launched_at")),
            row.getObject("line_id", UUID.class),
            row.getObject("base_id", UUID.class),
            row.getObject("replaced_decision", UUID.class));
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
        return jdbc.sql(CAMPAIGN + " order by c.year desc, c.base_id is not null, c.id desc limit :limit")
                .param("tenant", tenantId)
                .param("limit", MOST_CAMPAIGNS)
                .query(CAMPAIGN_ROW)
                .list();
    }

    List<Campaign> visible(UUID tenantId, UUID[] held, @Nullable UUID personId) {
        return jdbc.sql(CAMPAIGN + VISIBLE + " order by c.year desc, c.base_id is not null, c.id desc limit :limit")
                .param("tenant", tenantId)
                .param("held", held)
                .param("person", personId)
                .param("limit", MOST_CAMPAIGNS)
                .query(CAMPAIGN_ROW)
                .list();
    }

    /** Those of them that there were before a moment, as they stood then. */
    List<Campaign> visible(UUID tenantId, UUID[] held, @Nullable UUID personId, Instant over) {
        return jdbc.sql(CAMPAIGN_BEFORE + VISIBLE
                        + " order by c.year desc, c.base_id is not null, c.id desc limit :limit")
                .param("tenant", tenantId)
                .param("held", held)
                .param("person", personId)
                .param("over", Timestamp.from(over))
                .param("limit", MOST_CAMPAIGNS)
                .query(CAMPAIGN_ROW)
                .list();
    }

    Optional<Campaign> before(UUID tenantId, UUID campaignId, Instant over) {
        return jdbc.sql(CAMPAIGN_BEFORE + " and c.id = :id")
                .param("tenant", tenantId)
                .param("id", campaignId)
                .param("over", Timestamp.from(over))
                .query(CAMPAIGN_ROW)
                .optional();
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
        return insert(tenantId, id, plan, null, null, account, now);
    }

    /** @return false when there is such a campaign already */
    boolean insert(
            UUID tenantId,
            UUID id,
            Plan plan,
            @Nullable UUID base,
            @Nullable UUID replaced,
            UUID account,
            Instant now) {
        return jdbc.sql("""
                                insert into campaigns.campaign
                                    (tenant_id, id, year, title, plan_number, plan_date, decision_id, sign_by, submit_by,
                                     methods, receiver_unit, state, created_by, created_at, line_id, base_id,
                                     replaced_decision)
                                values (:tenant, :id, :year, :title, :planNumber, :planDate, :decision, :signBy, :submitBy,
                                        :methods, :receiver, 'draft', :account, :now, :line, :base, :replaced)
                                on conflict do nothing
                                """)
                        .params(plan(plan))
                        .param("planDate", plan.planDate())
                        .param("line", plan.lineId())
                        .param("base", base)
                        .param("replaced", replaced)
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
                            where tenant_id = ? and year = ? and receiver_unit = ? and line_id is not distinct from cast(? as uuid)
                              and base_id is null
                              and id <> ?)
                        """)
                .param(tenantId)
                .param(plan.year())
                .param(plan.receiverUnit())
                .param(plan.lineId())
                .param(campaignId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    boolean update(UUID tenantId, UUID id, int version, Plan plan) {
        return jdbc.sql("""
                                update campaigns.campaign
                                set year = :year, title = :title, plan_number = :planNumber, plan_date = :planDate,
                                    decision_id = :decision, sign_by = :signBy, submit_by = :submitBy, methods = :methods,
                                    receiver_unit = :receiver, line_id = :line, version = version + 1
                                where tenant_id = :tenant and id = :id and state = 'draft' and version = :version
                                """)
                        .params(plan(plan))
                        .param("planDate", plan.planDate())
                        .param("line", plan.lineId())
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

    long people(UUID tenantId, Collection<UUID> units, @Nullable UUID lineId, LocalDate day) {
        return jdbc.sql("""
                        select count(distinct a.person_id)
                        from directory.assignment a
                        where a.tenant_id = :tenant and a.unit_id = any (:units) and a.valid_to is null %s
                        """.formatted(lineId == null ? "" : """
                          and exists (select from directory.line_member m
                                      where m.tenant_id = :tenant and m.line_id = :line and m.person_id = a.person_id
                                        and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day))
                        """))
                .param("tenant", tenantId)
                .param("units", units.toArray(UUID[]::new))
                .param("line", lineId)
                .param("day", Date.valueOf(day))
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** Those of the units in which somebody has a post who stands in the line. */
    Set<UUID> unitsOfLine(UUID tenantId, Collection<UUID> units, UUID lineId, LocalDate day) {
        return new LinkedHashSet<>(jdbc.sql("""
                        select distinct a.unit_id
                        from directory.line_member m
                        join directory.assignment a
                            on a.tenant_id = m.tenant_id and a.person_id = m.person_id and a.valid_to is null
                        where m.tenant_id = :tenant and m.line_id = :line and a.unit_id = any (:units)
                          and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
                        """)
                .param("tenant", tenantId)
                .param("line", lineId)
                .param("units", units.toArray(UUID[]::new))
                .param("day", Date.valueOf(day))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list());
    }

    Set<UUID> units(UUID tenantId, UUID campaignId) {
        return new LinkedHashSet<>(
                jdbc.sql("select unit_id from campaigns.campaign_unit where tenant_id = ? and campaign_id = ?")
                        .params(tenantId, campaignId)
                        .query((row, n) -> row.getObject(1, UUID.class))
                        .list());
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

    /** The campaign shared, the bloc as asked: in this order everywhere. */
    void lockBloc(UUID campaignId, UUID unitId, UUID blocId, boolean alone) {
        jdbc.sql("select pg_advisory_xact_lock_shared(campaigns.campaign_lock(?)), pg_advisory_xact_lock"
                        + (alone ? "" : "_shared") + "(campaigns.bloc_lock(?, ?, ?))")
                .params(campaignId, campaignId, unitId, blocId)
                .query((row, n) -> n)
                .single();
    }

    void lockCampaign(UUID campaignId, boolean alone) {
        jdbc.sql("select pg_advisory_xact_lock" + (alone ? "" : "_shared") + "(campaigns.campaign_lock(?))")
                .param(campaignId)
                .query((row, n) -> n)
                .single();
    }

    /** @return whether it stood as expected */
    boolean turn(UUID tenantId, UUID campaignId, State from, State to) {
        return jdbc.sql("""
                                update campaigns.campaign set state = ?, version = version + 1
                                where tenant_id = ? and id = ? and state = ?
                                """).params(code(to), tenantId, campaignId, code(from)).update() == 1;
    }

    private static String code(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    void insertClosing(UUID tenantId, UUID id, UUID campaignId, Closing closing) {
        int rows = jdbc.sql("""
                        insert into campaigns.closing
                            (tenant_id, id, campaign_id, kind, reason, lists, accepted, expected, signed, made_by, made_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        id,
                        campaignId,
                        closing.closed() ? "close" : "reopen",
                        closing.reason(),
                        closing.lists(),
                        closing.accepted(),
                        closing.expected(),
                        closing.signed(),
                        closing.madeBy(),
                        Timestamp.from(closing.madeAt()))
                .update();
        Check.that(rows == 1, "a closing is one row");
    }

    List<Closing> closings(UUID tenantId, UUID campaignId) {
        return jdbc.sql("""
                        select kind, reason, lists, accepted, expected, signed, made_by, made_at
                        from campaigns.closing
                        where tenant_id = ? and campaign_id = ?
                        order by id desc
                        limit 100
                        """)
                .params(tenantId, campaignId)
                .query((row, n) -> new Closing(
                        row.getString("kind").equals("close"),
                        row.getString("reason"),
                        row.getInt("lists"),
                        row.getInt("accepted"),
                        row.getLong("expected"),
                        row.getLong("signed"),
                        row.getObject("made_by", UUID.class),
                        row.getTimestamp("made_at").toInstant()))
                .list();
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
