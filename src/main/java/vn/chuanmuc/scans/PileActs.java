package vn.chuanmuc.scans;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.CampaignActs;

/** The piles that were brought in a campaign, and what they were kept under. */
@Component
class PileActs implements CampaignActs {
    @Override
    public List<String> subjects(UUID tenantId, UUID campaignId) {
        return List.of("select p.id from scans.pile p where p.tenant_id = '%s' and p.campaign_id = '%s'"
                .formatted(tenantId, campaignId));
    }

    @Override
    public List<String> always() {
        return List.of("scans.retention-set");
    }
}
