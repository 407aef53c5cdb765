package vn.chuanmuc.submissions;

import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.ListProgress;

/** What a campaign's board asks before it closes the campaign. */
@Component
class ListsOfCampaigns implements ListProgress {
    private final ListStore store;

    ListsOfCampaigns(ListStore store) {
        this.store = store;
    }

    @Override
    public Overview overview(UUID tenantId, UUID campaignId, int examples) {
        return store.overview(tenantId, campaignId, examples);
    }
}
