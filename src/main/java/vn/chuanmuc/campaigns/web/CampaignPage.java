package vn.chuanmuc.campaigns.web;

import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Frozen;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.campaigns.Gate;
import vn.chuanmuc.campaigns.SigningProgress.Signed;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.View;

/**
 * @param gates what is missing in the viewer's units; empty once open
 * @param people how many would be on the roster, or are in the viewer's units
 * @param refused whether opening was just refused
 */
record CampaignPage(
        Viewer viewer,
        Campaign campaign,
        @Nullable PublishedDecision decision,
        String receiver,
        List<Unit> units,
        List<Gate> gates,
        int people,
        @Nullable Frozen frozen,
        @Nullable Signed progress,
        boolean mayRun,
        boolean mayReadPeople,
        boolean own,
        boolean refused,
        LocalDate today)
        implements View {
    static final int SHOWN = 5;

    @Override
    public int status() {
        return refused ? 422 : 200;
    }

    boolean draft() {
        return campaign.state() == State.DRAFT;
    }

    boolean late() {
        return campaign.state() == State.LAUNCHED && campaign.signBy().isBefore(today);
    }

    boolean blocked() {
        return gates.stream().anyMatch(gate -> gate.kind().blocking());
    }

    String link(Gate gate, Gate.Case one) {
        return GatePage.link(viewer, campaign, gate.kind(), one);
    }

    String more(Gate gate) {
        return "/dot/" + campaign.id() + "/dieu-kien/" + gate.kind().code();
    }

    String hash() {
        return frozen == null ? "" : HexFormat.of().formatHex(frozen.hash());
    }
}
