package vn.chuanmuc.campaigns.web;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Closing;
import vn.chuanmuc.campaigns.Campaigns.Frozen;
import vn.chuanmuc.campaigns.Campaigns.Readiness;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.campaigns.Gate;
import vn.chuanmuc.campaigns.ListProgress;
import vn.chuanmuc.campaigns.SigningProgress.Signed;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

/**
 * @param readiness what is missing in the viewer's units; nothing once open
 * @param branches the same in few words, where there are many units
 * @param closings when it was closed and opened again, by accounts of these {@code names}
 * @param lists how far the lists are, for whoever may close the campaign
 * @param launching whether a job is just opening it
 * @param refused why opening was just refused, as a message key
 */
record CampaignPage(
        Viewer viewer,
        Campaign campaign,
        @Nullable PublishedDecision decision,
        String receiver,
        @Nullable String lineName,
        List<Unit> units,
        List<BranchLine> branches,
        Readiness readiness,
        @Nullable Frozen frozen,
        @Nullable Signed progress,
        List<Closing> closings,
        Map<UUID, String> names,
        ListProgress.@Nullable Overview lists,
        boolean mayRun,
        boolean mayReadPeople,
        boolean mayReadProgress,
        boolean own,
        boolean launching,
        Supplementary supplementary,
        @Nullable String refused,
        AsOf asOf)
        implements View {
    /**
     * How this campaign and supplementary ones belong together.
     *
     * @param base the one it stands on; null when it is none
     * @param replaced the decision whose place its own took; null when it is none
     * @param later the supplementary campaigns on it
     * @param unanswered decisions that took the place of its own and have no supplementary campaign yet
     * @param year how the year of its people stands; null while no supplementary campaign was opened
     * @param late of a supplementary campaign: who signs again and is not on its roster yet
     * @param today as it is written
     */
    record Supplementary(
            @Nullable Campaign base,
            @Nullable PublishedDecision replaced,
            List<Campaign> later,
            List<PublishedDecision> unanswered,
            Supplements.@Nullable Year year,
            List<Supplements.Late> late,
            String today) {}

    @Override
    public int status() {
        return refused != null ? 422 : asOf.status();
    }

    boolean draft() {
        return campaign.state() == State.DRAFT;
    }

    /** The ways to sign that are allowed, in the order they are offered. */
    List<String> methods() {
        return Campaigns.methods().stream().filter(campaign.methods()::contains).toList();
    }

    boolean late() {
        return campaign.state() == State.LAUNCHED && campaign.signBy().isBefore(asOf.day());
    }

    boolean closed() {
        return campaign.state() == State.CLOSED;
    }

    boolean blocked() {
        return readiness.blocked();
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
