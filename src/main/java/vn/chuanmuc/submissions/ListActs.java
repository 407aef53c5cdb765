package vn.chuanmuc.submissions;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.CampaignActs;

/** The lists of a campaign and the papers of their seals, whose scope is the list. */
@Component
class ListActs implements CampaignActs {
    @Override
    public List<String> subjects(UUID tenantId, UUID campaignId) {
        return List.of(
                "select l.id from submissions.list l where l.tenant_id = '%s' and l.campaign_id = '%s'"
                        .formatted(tenantId, campaignId),
                """
                select p.id from documents.paper p
                join submissions.list l on l.tenant_id = p.tenant_id and l.id = p.scope_id
                where p.tenant_id = '%s' and l.campaign_id = '%s'""".formatted(tenantId, campaignId));
    }
}
