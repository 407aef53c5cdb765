package vn.chuanmuc.campaigns;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.ReorganisationObjections;
import vn.chuanmuc.kernel.Reason;

/**
 * A campaign that is open and in which lists of the units are not accepted yet: once the units are gone nobody can finish them.
 * An accepted list is one that freezes its unit's bloc.
 */
@Component
class CampaignsOfEndingUnits implements ReorganisationObjections {
    private final JdbcClient jdbc;

    CampaignsOfEndingUnits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Objection> against(UUID tenantId, Collection<UUID> endingUnits) {
        UUID[] units = endingUnits.toArray(UUID[]::new);
        return jdbc
                .sql("""
                        select c.id, c.title, c.receiver_unit = any (:units) as receives,
                               (select count(*) from (
                                    select distinct r.unit_id, r.bloc_id
                                    from campaigns.roster_entry r
                                    where r.tenant_id = c.tenant_id and r.campaign_id = c.id and r.unit_id = any (:units)
                                      and not exists (
                                          select from campaigns.freeze f
                                          where f.tenant_id = r.tenant_id and f.campaign_id = r.campaign_id
                                            and f.unit_id = r.unit_id and f.bloc_id = r.bloc_id)) as open) as lists
                        from campaigns.campaign c
                        where c.tenant_id = :tenant and c.state = 'launched'
                        order by c.year, c.id limit 200
                        """)
                .param("tenant", tenantId)
                .param("units", units)
                .query((row, n) -> {
                    UUID id = row.getObject("id", UUID.class);
                    int lists = row.getInt("lists");
                    boolean receives = row.getBoolean("receives");
                    return new Objection(
                            "campaign " + id + (receives ? " receiver" : ""),
                            id,
                            row.getString("title"),
                            receives
                                    ? Reason.of("campaigns.reorg.receiver", lists)
                                    : Reason.of("campaigns.reorg.lists", lists),
                            lists == 0 && !receives ? "" : "/dot/" + id);
                })
                .list()
                .stream()
                .filter(objection -> !objection.href().isEmpty())
                .toList();
    }
}
