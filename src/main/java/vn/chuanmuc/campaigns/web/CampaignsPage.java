package vn.chuanmuc.campaigns.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.campaigns.SigningProgress.Signed;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

record CampaignsPage(List<Line> campaigns, boolean mayCreate, AsOf asOf) implements View {
    /** @param progress of the viewer's units; null where they look after none that takes part */
    record Line(Campaign campaign, @Nullable Signed progress, boolean own) {}

    @Override
    public int status() {
        return asOf.status();
    }

    boolean late(Campaign campaign) {
        return campaign.state() == State.LAUNCHED && campaign.signBy().isBefore(asOf.day());
    }
}
