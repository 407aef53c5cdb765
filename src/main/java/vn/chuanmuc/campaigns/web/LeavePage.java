package vn.chuanmuc.campaigns.web;

import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.RosterEntry;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

record LeavePage(
        Campaign campaign, RosterEntry entry, @Nullable Reason lock, String date, String reason, FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String list() {
        return "/danh-sach/" + campaign.id() + "/" + entry.unitId() + "/" + entry.blocId();
    }
}
