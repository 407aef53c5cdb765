package vn.chuanmuc.campaigns.web;

import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.campaigns.ListProgress;
import vn.chuanmuc.campaigns.SigningProgress.Signed;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Before a campaign is closed, or opened again: what is still open in it. */
record ClosePage(Campaign campaign, ListProgress.Overview lists, Signed signed, String reason, FormErrors errors)
        implements View {
    static final int SHOWN = 50;

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean reopening() {
        return campaign.state() == State.CLOSED;
    }

    int notAccepted() {
        return lists.lists() - lists.accepted();
    }

    String address(ListProgress.Open list) {
        return "/danh-sach/" + campaign.id() + "/" + list.unitId() + "/" + list.blocId();
    }
}
