package vn.chuanmuc.campaigns;

import java.util.UUID;

/** Told, in the same transaction, when a roster comes to be or changes, so that standings keep step with it. */
public interface Rosters {
    /** The roster of the campaign was frozen: all its entries are new. */
    void frozen(UUID tenantId, UUID campaignId);

    void joined(UUID tenantId, UUID campaignId, UUID personId);

    void left(UUID tenantId, UUID campaignId, UUID personId);
}
