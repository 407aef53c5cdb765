package vn.chuanmuc.documents;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.CampaignActs;

/** The papers issued in a campaign, whatever became of them; and numbers that they bear. */
@Component
class PaperActs implements CampaignActs {
    @Override
    public List<String> subjects(UUID tenantId, UUID campaignId) {
        return List.of("select p.id from documents.paper p where p.tenant_id = '%s' and p.scope_id = '%s'"
                .formatted(tenantId, campaignId));
    }
}
