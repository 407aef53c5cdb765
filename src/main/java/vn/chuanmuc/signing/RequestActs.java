package vn.chuanmuc.signing;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.CampaignActs;

/** Checks with their reports, signatures, seals and sealed lists: of requests whose subject begins with the campaign. */
@Component
class RequestActs implements CampaignActs {
    @Override
    public List<String> subjects(UUID tenantId, UUID campaignId) {
        return List.of("select q.id from signing.request q where q.tenant_id = '%s' and q.subject like '%s/%%'"
                .formatted(tenantId, campaignId));
    }

    /** Whether a certificate was revoked is told by what was brought in for all. */
    @Override
    public List<String> always() {
        return List.of("signing.revocation-brought");
    }
}
