package vn.chuanmuc.reports;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the other modules' views; one pass over an index for all counts, one over the lists. */
@Component
class ProgressStore {
    private static final RowMapper<ListState> STATE = (row, n) -> new ListState(
            row.getObject("unit_id", UUID.class),
            row.getObject("bloc_id", UUID.class),
            row.getString("unit_name"),
            row.getString("bloc_name"),
            row.getString("state"));

    private final JdbcClient jdbc;

    ProgressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Count(UUID unitId, String standing, long people) {}

    record ListState(UUID unitId, UUID blocId, String unitName, String blocName, String state) {}

    List<Count> counts(UUID tenantId, UUID campaignId, UUID[] units) {
        return jdbc.sql("""
                        with counted as materialized (
                            select unit_id, standing, count(*) as people
                            from commitments.v_standing
                            where tenant_id = :tenant and campaign_id = :campaign
                            group by unit_id, standing
                        )
                        select unit_id, standing, people
                        from counted
                        where unit_id in (
                            select descendant_id from directory.unit_closure
                            where tenant_id = :tenant and ancestor_id = any (:units))
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("units", units)
                .query((row, n) -> new Count(
                        row.getObject("unit_id", UUID.class), row.getString("standing"), row.getLong("people")))
                .list();
    }

    /** The same at the end of a day in the past. */
    List<Count> counts(UUID tenantId, UUID campaignId, UUID[] units, LocalDate day) {
        return jdbc.sql("""
                        select unit_id, standing, count(*) as people
                        from commitments.standing_on(:tenant, :campaign, :day)
                        where unit_id in (
                            select descendant_id from directory.unit_closure
                            where tenant_id = :tenant and ancestor_id = any (:units))
                        group by unit_id, standing
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("day", Date.valueOf(day))
                .param("units", units)
                .query((row, n) -> new Count(
                        row.getObject("unit_id", UUID.class), row.getString("standing"), row.getLong("people")))
                .list();
    }

    List<ListState> lists(UUID tenantId, UUID campaignId, UUID[] units, LocalDate day) {
        return jdbc.sql("""
                        select unit_id, bloc_id, unit_name, bloc_name, state
                        from submissions.list_state_on(:tenant, :campaign, :day)
                        where unit_id in (
                            select descendant_id from directory.unit_closure
                            where tenant_id = :tenant and ancestor_id = any (:units))
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("day", Date.valueOf(day))
                .param("units", units)
                .query(STATE)
                .list();
    }

    List<ListState> lists(UUID tenantId, UUID campaignId, UUID[] units) {
        return jdbc.sql("""
                        select unit_id, bloc_id, unit_name, bloc_name, state
                        from submissions.v_list_state
                        where tenant_id = :tenant and campaign_id = :campaign
                            and unit_id in (
                                select descendant_id from directory.unit_closure
                                where tenant_id = :tenant and ancestor_id = any (:units))
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("units", units)
                .query(STATE)
                .list();
    }
}
