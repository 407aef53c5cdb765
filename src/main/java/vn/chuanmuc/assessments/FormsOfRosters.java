package vn.chuanmuc.assessments;

import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Rosters;

/** Who comes onto a roster while it is assessed gets a form; whoever leaves keeps theirs, for the days they were there. */
@Component
class FormsOfRosters implements Rosters {
    private final ObjectProvider<Cycles> cycles; // which know the campaigns, which tell their rosters here

    FormsOfRosters(ObjectProvider<Cycles> cycles) {
        this.cycles = cycles;
    }

    @Override
    public void frozen(UUID tenantId, UUID campaignId) {
        // no cycle is open before its roster is frozen
    }

    @Override
    public void joined(UUID tenantId, UUID campaignId, UUID personId) {
        cycles.getObject().joined(tenantId, campaignId, personId);
    }

    @Override
    public void left(UUID tenantId, UUID campaignId, UUID personId) {
        // what was assessed until then stays; calling a form off is a step with a reason
    }
}
