package vn.chuanmuc.campaigns;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Closing;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.campaigns.Campaigns.Turned;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** Closes campaigns and opens them again. */
@Component
class CampaignTurning {
    private static final int LONGEST_REASON = 1_000;

    private final CampaignStore store;
    private final Supplements supplements;
    private final ListProgress lists;
    private final SigningProgress signing;
    private final Access access;
    private final Ledger ledger;
    private final Clock clock;

    CampaignTurning(
            CampaignStore store,
            Supplements supplements,
            ListProgress lists,
            SigningProgress signing,
            Access access,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.supplements = supplements;
        this.lists = lists;
        this.signing = signing;
        this.access = access;
        this.ledger = ledger;
        this.clock = clock;
    }

    Turned turn(Viewer viewer, UUID campaignId, String reason, boolean close) {
        UUID tenant = viewer.tenantId();
        // Before the row: whoever holds the campaign shared may still need the row for a foreign key.
        UUID base = store.find(tenant, campaignId)
                .orElseThrow(() -> new NotFound("campaign"))
                .baseId();
        if (base != null) {
            store.lockCampaign(base, true);
        }
        store.lockCampaign(campaignId, true);
        Campaign campaign = store.lock(tenant, campaignId).orElseThrow(() -> new NotFound("campaign"));
        access.require(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit());
        State from = close ? State.LAUNCHED : State.CLOSED;
        State to = close ? State.CLOSED : State.LAUNCHED;
        if (campaign.state() == to) {
            return new Turned.Already();
        }
        if (campaign.state() != from) {
            return new Turned.Refused("", Reason.of("campaigns.close.draft"));
        }
        Optional<Campaign> inTheWay = close || base == null ? Optional.empty() : supplements.inTheWay(tenant, campaign);
        if (inTheWay.isPresent()) {
            return new Turned.Refused(
                    "",
                    Reason.of(
                            "campaigns.reopen.later-supplement", inTheWay.get().title()));
        }
        long late = close && base != null ? supplements.countLate(tenant, campaign) : 0;
        if (late > 0) {
            return new Turned.Refused("", Reason.of("campaigns.close.late", late));
        }
        // Closed, nobody would look at them again: what they signed was replaced before they signed it.
        Optional<Campaign> newest = close && base == null ? supplements.newest(tenant, campaignId) : Optional.empty();
        long missing = newest.map(supplement -> supplements.countLate(tenant, supplement))
                .orElse(0L);
        if (newest.isPresent() && missing > 0) {
            return new Turned.Refused(
                    "",
                    Reason.of(
                            newest.get().state() == State.CLOSED
                                    ? "campaigns.close.base-late.closed"
                                    : "campaigns.close.base-late",
                            missing,
                            newest.get().title()));
        }
        ListProgress.Overview overview = lists.overview(tenant, campaignId, 0);
        String why = Texts.oneLine(reason);
        if (why.length() > LONGEST_REASON) {
            return new Turned.Refused("ly-do", Reason.of("campaigns.close.reason.long", LONGEST_REASON));
        }
        if (why.isEmpty() && !close) {
            return new Turned.Refused("ly-do", Reason.of("campaigns.reopen.reason"));
        }
        if (why.isEmpty() && !overview.complete()) {
            return new Turned.Refused(
                    "ly-do", Reason.of("campaigns.close.reason", overview.lists() - overview.accepted()));
        }
        SigningProgress.Signed signed = signing.progress(
                        tenant, List.of(campaignId), new UUID[] {campaign.receiverUnit()})
                .getOrDefault(campaignId, new SigningProgress.Signed(0, 0));
        var closing = new Closing(
                close,
                why,
                overview.lists(),
                overview.accepted(),
                signed.expected(),
                signed.signed(),
                viewer.accountId(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        Check.that(store.turn(tenant, campaignId, from, to), "a campaign that is locked stands as it was read");
        UUID id = Ids.next();
        store.insertClosing(tenant, id, campaignId, closing);
        ledger.append(new Act(
                        tenant,
                        close ? "campaigns.closed" : "campaigns.reopened",
                        campaignId,
                        viewer.accountId(),
                        Map.of(
                                "reason",
                                why,
                                "lists",
                                overview.lists(),
                                "accepted",
                                overview.accepted(),
                                "expected",
                                signed.expected(),
                                "signed",
                                signed.signed()))
                .with(Piece.of(CampaignEvidence.CLOSING, id), Piece.of(CampaignEvidence.CAMPAIGN, campaignId)));
        return new Turned.Done();
    }
}
