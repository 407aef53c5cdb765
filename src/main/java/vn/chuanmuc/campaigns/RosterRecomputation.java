package vn.chuanmuc.campaigns;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recomputation;

/**
 * The hash of every roster from its lines, who stands on it now from its lines and changes, and whether it is open; of a supplementary
 * campaign also who is on it from what was found about everybody, and that from the words of the sets.
 */
@Component
class RosterRecomputation implements Recomputation {
    /** What does not follow from evidence, by what it is. All of a body at once: each is one pass over its tables. */
    private static final Map<String, String> CONTRADICTIONS =
            Map.of("campaigns.roster_entry", """
            select r.campaign_id || '/' || r.person_id as key
            from campaigns.roster_entry r
            join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id and c.state <> 'draft'
            left join campaigns.roster_line l on l.tenant_id = r.tenant_id and l.campaign_id = r.campaign_id
                and l.person_id = r.person_id and l.entry = r.entry
            left join (
                select tenant_id, campaign_id, person_id, (array_agg(kind order by id desc))[1] as kind,
                       (array_agg(effective order by id desc))[1] as effective
                from campaigns.roster_change group by tenant_id, campaign_id, person_id) g
                on g.tenant_id = r.tenant_id and g.campaign_id = r.campaign_id and g.person_id = r.person_id
            where r.tenant_id = ?
              and (l.person_id is null
                   or (r.unit_id, r.unit_name, r.bloc_id, r.bloc_name, r.full_name, r.position_name, r.rank_order, r.set_id,
                       r.joined_on)
                      <> (l.unit_id, l.unit_name, l.bloc_id, l.bloc_name, l.full_name, l.position_name, l.rank_order, l.set_id,
                          l.joined_on)
                   or r.birth_date is distinct from l.birth_date
                   or r.year <> c.year or r.base_id is distinct from c.base_id
                   or r.left_on is distinct from case when g.kind = 'leave' then g.effective end)
            """, "campaigns.campaign", """
            select c.id::text as key
            from campaigns.campaign c
            left join (
                select tenant_id, campaign_id, (array_agg(kind order by id desc))[1] as kind
                from campaigns.closing group by tenant_id, campaign_id) t on t.tenant_id = c.tenant_id and t.campaign_id = c.id
            where c.tenant_id = ? and c.state <> 'draft' and (c.state = 'closed') <> (coalesce(t.kind, '') = 'close')
            """, CampaignEvidence.SUPPLEMENT, """
            with opened as (
                select tenant_id, id, year from campaigns.campaign
                where tenant_id = ? and base_id is not null and state <> 'draft')
            select coalesce(p.campaign_id, l.campaign_id) || '/' || coalesce(p.person_id, l.person_id) as key
            from (select p.* from campaigns.supplement_person p
                  join opened c on c.tenant_id = p.tenant_id and c.id = p.campaign_id
                  where p.verdict = 'changed') p
            full join (select l.* from campaigns.roster_line l
                       join opened c on c.tenant_id = l.tenant_id and c.id = l.campaign_id
                       where l.change_id is null) l
                on l.tenant_id = p.tenant_id and l.campaign_id = p.campaign_id and l.person_id = p.person_id
            where p.person_id is null or l.person_id is null or p.set_after <> l.set_id
            union all
            select p.campaign_id || '/' || p.person_id
            from campaigns.supplement_person p
            join opened c on c.tenant_id = p.tenant_id and c.id = p.campaign_id
            left join commitments.commitment m on m.tenant_id = p.tenant_id and m.id = p.commitment_id
            where p.commitment_id is not null
              and (m.id is null or m.person_id <> p.person_id or m.year <> c.year or m.set_id <> p.set_before)
            """);

    private final Campaigns campaigns;
    private final Supplements supplements;
    private final JdbcClient jdbc;

    RosterRecomputation(Campaigns campaigns, Supplements supplements, JdbcClient jdbc) {
        this.supplements = supplements;
        this.campaigns = campaigns;
        this.jdbc = jdbc;
    }

    @Override
    public void check(UUID tenantId, Consumer<Fault> faults) {
        List<UUID> opened = jdbc.sql("select id from campaigns.campaign where tenant_id = ? and state <> 'draft'")
                .param(tenantId)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
        for (UUID campaign : opened) {
            Campaigns.RosterCheck check = campaigns.checkRoster(tenantId, campaign);
            if (!check.matches() && check.carriedOver() == 0) {
                faults.accept(new Fault(CampaignEvidence.ROSTER, campaign.toString(), Fault.DISAGREES));
            }
        }
        List<UUID> supplementary = jdbc.sql("""
                        select id from campaigns.campaign
                        where tenant_id = ? and base_id is not null and state <> 'draft'
                        """)
                .param(tenantId)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
        for (UUID supplement : supplementary) {
            if (!verdictsAgree(tenantId, supplement)) {
                faults.accept(new Fault(CampaignEvidence.SUPPLEMENT, supplement.toString(), Fault.DISAGREES));
            }
        }
        CONTRADICTIONS.forEach((what, sql) -> jdbc.sql(sql).param(tenantId).query(row -> {
            faults.accept(new Fault(what, row.getString("key"), Fault.DISAGREES));
        }));
    }

    private boolean verdictsAgree(UUID tenantId, UUID supplement) {
        try {
            return supplements.verdictsAgree(tenantId, campaigns.get(tenantId, supplement));
        } catch (IllegalArgumentException | NotFound e) {
            return false; // a row says what no row can say
        }
    }
}
