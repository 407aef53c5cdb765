package vn.chuanmuc.submissions;

import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Rosters;

/** Every unit × bloc of a frozen roster gets its list, named as on that day. */
@Component
class ListsOfRosters implements Rosters {
    private final ListStore store;

    ListsOfRosters(ListStore store) {
        this.store = store;
    }

    @Override
    public void frozen(UUID tenantId, UUID campaignId) {
        store.makeLists(tenantId, campaignId);
    }

    /** The first of a bloc that the unit had nobody in. */
    @Override
    public void joined(UUID tenantId, UUID campaignId, UUID personId) {
        store.makeLists(tenantId, campaignId);
    }

    @Override
    public void left(UUID tenantId, UUID campaignId, UUID personId) {
        // the list stays: it may have been sent
    }
}
