package vn.chuanmuc.commitments;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.commitments.Commitments.Signer;
import vn.chuanmuc.kernel.Texts;

/** Where everybody on a roster stood at the end of a day in the past, from evidence alone: costs more than today's standing. */
@Component
class StandingHistory {
    private static final String ON_DAY = """
             from commitments.standing_on(:tenant, :campaign, :day) as s
             join campaigns.roster_entry r
                 on r.tenant_id = :tenant and r.campaign_id = :campaign and r.person_id = s.person_id
             where s.unit_id in (select d.descendant_id from directory.unit_closure d
                                 where d.tenant_id = :tenant and d.ancestor_id = any (:held))
               and (cast(:unit as uuid) is null or s.unit_id in (
                    select d.descendant_id from directory.unit_closure d
                    where d.tenant_id = :tenant and d.ancestor_id = :unit))
               and (:words = '' or r.search_key like '%' || :words || '%')
            """;

    private final JdbcClient jdbc;

    StandingHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Counts counts(UUID tenantId, Campaign campaign, UUID[] held, SignerQuery query, LocalDate day) {
        return bound(StandingStore.COUNTED + ON_DAY, tenantId, campaign, held, query, day)
                .query(StandingStore.COUNTS)
                .single();
    }

    List<Signer> signers(UUID tenantId, Campaign campaign, UUID[] held, SignerQuery query, LocalDate day) {
        String order = (query.words().isBlank() ? "" : "position(:exact in lower(s.full_name)) = 0, ")
                + (query.byRank() ? "s.rank_order, r.sort_key, r.person_id" : "r.sort_key, r.person_id");
        Standing standing = query.standing();
        return bound(
                        """
                        select s.person_id, s.full_name, s.birth_date, s.position_name, s.unit_id, s.unit_name, s.bloc_name,
                               r.sample, s.standing, s.at, s.reason_kind, s.reason
                        """
                                + ON_DAY
                                + (standing == null ? " and s.standing <> 'left'" : " and s.standing = :standing")
                                + " order by " + order + " limit " + Math.min(query.limit(), 200) + " offset "
                                + query.offset(),
                        tenantId,
                        campaign,
                        held,
                        query,
                        day)
                .param("standing", standing == null ? null : standing.code())
                .param("exact", Texts.oneLine(query.words()).toLowerCase(Locale.ROOT))
                .query(StandingStore.SIGNER)
                .list();
    }

    private JdbcClient.StatementSpec bound(
            String sql, UUID tenantId, Campaign campaign, UUID[] held, SignerQuery query, LocalDate day) {
        return jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("campaign", campaign.id())
                .param("held", held)
                .param("unit", query.unitId())
                .param("words", Texts.searchKey(query.words()))
                .param("day", Date.valueOf(day));
    }
}
