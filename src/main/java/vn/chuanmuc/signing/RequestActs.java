package vn.chuanmuc.signing;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.CampaignActs;

/** Checks with their reports, signatures, seals and sealed lists: of requests whose subject begins with the campaign. */
@Component
class RequestActs implements CampaignActs {
    /**
     * What the checks relied on, as it was proposed, confirmed and ended: anchors, time stamps and which certificate is which unit's,
     * and of people's certificates those that signed here. Other people's are no matter of the campaign.
     */
    private static final String TRUST = """
            select t.id from signing.trusted t
            where t.tenant_id = '%1$s' and (t.kind in ('neo', 'dau-thoi-gian', 'co-quan') or t.certificate_hash in (
                select s.certificate_hash from signing.signature s
                join signing.request q on q.tenant_id = s.tenant_id and q.id = s.request_id
                where s.tenant_id = '%1$s' and q.subject like '%2$s/%%'))
            """;

    @Override
    public List<String> subjects(UUID tenantId, UUID campaignId) {
        return List.of(
                "select q.id from signing.request q where q.tenant_id = '%s' and q.subject like '%s/%%'"
                        .formatted(tenantId, campaignId),
                TRUST.formatted(tenantId, campaignId));
    }

    /** Whether a certificate was revoked is told by what was brought in for all. */
    @Override
    public List<String> always() {
        return List.of("signing.revocation-brought");
    }
}
