package vn.chuanmuc.campaigns;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Participants;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.directory.Units;

/** Which units take part in a campaign. */
@Component
class TakingPart {
    private final CampaignStore store;
    private final Supplements supplements;
    private final Units units;

    TakingPart(CampaignStore store, Supplements supplements, Units units) {
        this.store = store;
        this.supplements = supplements;
        this.units = units;
    }

    /** The units that take part, as they are today. Unbounded by purpose. */
    Participants of(UUID tenantId, Campaign campaign) {
        Set<UUID> chosen = campaign.supplementary() && campaign.state() == State.DRAFT
                ? supplements.units(tenantId, campaign)
                : store.units(tenantId, campaign.id());
        List<Units.Unit> tree = units.under(tenantId, campaign.receiverUnit());
        return new Participants(
                tree, tree.stream().filter(unit -> chosen.contains(unit.id())).toList());
    }
}
