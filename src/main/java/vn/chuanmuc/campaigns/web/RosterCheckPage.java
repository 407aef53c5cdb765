package vn.chuanmuc.campaigns.web;

import java.util.HexFormat;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.RosterCheck;
import vn.chuanmuc.ui.View;

/** The hash of a frozen roster taken once more, beside the one that was kept. */
record RosterCheckPage(Campaign campaign, RosterCheck check) implements View {
    String kept() {
        return HexFormat.of().formatHex(check.kept().hash());
    }

    String now() {
        return HexFormat.of().formatHex(check.hash());
    }
}
