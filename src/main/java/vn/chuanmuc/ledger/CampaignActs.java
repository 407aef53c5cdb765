package vn.chuanmuc.ledger;

import java.util.List;
import java.util.UUID;

/**
 * Acts of a module that belong to a campaign although their facts do not name it: those about its papers, its seals, its scans. They
 * go into the campaign's bundle with all they wrote. Each such module brings one.
 */
public interface CampaignActs {
    /** SQL statements that select one column each, the subjects of such acts; ids are written into them, for they are ids. */
    List<String> subjects(UUID tenantId, UUID campaignId);

    /** Codes of acts that belong to every campaign: without them what they are needed for cannot be checked. */
    default List<String> always() {
        return List.of();
    }
}
