package vn.chuanmuc.campaigns;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Freeze;
import vn.chuanmuc.campaigns.Campaigns.RosterEntry;
import vn.chuanmuc.campaigns.Campaigns.State;

@Component
class CampaignStore {
    private static final String CAMPAIGN = """
            select id, year, title, plan_number, plan_date, decision_id, sign_by, submit_by, methods, receiver_unit, state,
                   version, launched_at
            from campaigns.campaign
            where tenant_id = ?
            """;
    private static final String ROSTER = """
            select r.campaign_id, r.person_id, r.year, r.unit_id, r.unit_name, r.bloc_id, r.bloc_name, r.full_name, r.sort_key,
                   r.birth_date, r.position_name, r.rank_order, r.set_id, r.sample, r.joined_on, r.left_on
            from campaigns.roster_entry r
            where r.tenant_id = ?
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
        return jdbc.sql(CAMPAIGN + " and id = ?")
                .param(tenantId)
                .param(campaignId)
                .query(CAMPAIGN_ROW)
                .optional();
    }

    List<Campaign> list(UUID tenantId) {
        return jdbc.sql(CAMPAIGN + " order by year desc, id desc limit 100")
                .param(tenantId)
                .query(CAMPAIGN_ROW)
                .list();
    }

    Optional<RosterEntry> rosterEntry(UUID tenantId, UUID campaignId, UUID personId) {
        return jdbc.sql(ROSTER + " and r.campaign_id = ? and r.person_id = ?")
                .param(tenantId)
                .param(campaignId)
                .param(personId)
                .query(ROSTER_ROW)
                .optional();
    }

    List<RosterEntry> rostersOf(UUID tenantId, UUID personId) {
        return jdbc.sql(ROSTER + " and r.person_id = ? order by r.year desc limit 50")
                .param(tenantId)
                .param(personId)
                .query(ROSTER_ROW)
                .list();
    }

    Optional<Freeze> freeze(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        return jdbc.sql("""
                        select list_id, since from campaigns.freeze
                        where tenant_id = ? and campaign_id = ? and unit_id = ? and bloc_id = ?
                        """)
                .param(tenantId)
                .param(campaignId)
                .param(unitId)
                .param(blocId)
                .query((row, n) -> new Freeze(
                        row.getObject("list_id", UUID.class),
                        row.getTimestamp("since").toInstant()))
                .optional();
    }
}
