package vn.chuanmuc.campaigns;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Frozen;
import vn.chuanmuc.campaigns.Campaigns.Launch;
import vn.chuanmuc.campaigns.Campaigns.Readiness;
import vn.chuanmuc.campaigns.Campaigns.RosterCheck;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** Opens campaigns: looks at the gates once more and freezes the roster, whole or not at all. */
@Component
class CampaignOpening {
    private static final int ATTEMPTS = 3;
    /** What is told apart while it runs: gates, roster, its lines, their hash, standings and lists. */
    private static final int PARTS = 5;
    /** With more people a campaign is opened by a job. */
    private static final int PEOPLE_NOW = 5_000;

    private final CampaignStore store;
    private final RosterStore rosters;
    private final CampaignGates gates;
    private final TakingPart taking;
    private final Supplements supplements;
    private final Access access;
    private final Ledger ledger;
    private final Jobs jobs;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final ObjectProvider<Rosters> listeners;

    CampaignOpening(
            CampaignStore store,
            RosterStore rosters,
            CampaignGates gates,
            TakingPart taking,
            Supplements supplements,
            Access access,
            Ledger ledger,
            @Lazy Jobs jobs, // which knows the works, one of which is ours
            Clock clock,
            TransactionTemplate transaction,
            ObjectProvider<Rosters> listeners) {
        this.store = store;
        this.rosters = rosters;
        this.gates = gates;
        this.taking = taking;
        this.supplements = supplements;
        this.access = access;
        this.ledger = ledger;
        this.jobs = jobs;
        this.clock = clock;
        this.transaction = transaction;
        this.listeners = listeners;
    }

    Launch launch(Viewer viewer, UUID campaignId) {
        for (int attempt = 1; ; attempt++) {
            Launch launch = transaction.execute(status -> {
                Launch outcome = open(viewer, campaignId, (done, total) -> {}).orElse(null);
                if (outcome == null) {
                    status.setRollbackOnly();
                }
                return outcome;
            });
            if (launch != null) {
                return launch;
            }
            if (attempt == ATTEMPTS) {
                Readiness readiness = gates.readiness(viewer, get(viewer.tenantId(), campaignId));
                return readiness.blocked() ? new Launch.Refused(readiness.gates()) : new Launch.Moved();
            }
        }
    }

    /** Opens it now or, with more than {@value #PEOPLE_NOW} people, by a job. */
    Launch launchOrAsk(Viewer viewer, UUID campaignId) {
        Campaign campaign = get(viewer.tenantId(), campaignId);
        access.require(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit());
        if (campaign.state() == State.DRAFT) {
            Readiness readiness = gates.readiness(viewer, campaign);
            if (readiness.blocked()) {
                return new Launch.Refused(readiness.gates());
            }
            if (readiness.people() > PEOPLE_NOW) {
                UUID job = jobs.start(new Jobs.Request(
                        viewer.tenantId(), viewer.accountId(), Launching.KIND, campaignId, campaign.title(), Map.of()));
                return new Launch.Later(
                        job,
                        jobs.find(viewer.tenantId(), job)
                                .filter(found -> found.requestedBy().equals(viewer.accountId()))
                                .isPresent());
            }
        }
        return launch(viewer, campaignId);
    }

    /** Whether a job is just opening it. */
    boolean underWay(UUID tenantId, UUID campaignId) {
        return jobs.live(tenantId, Launching.KIND, campaignId).isPresent();
    }

    /** @return empty when people came or went between looking and freezing: to be rolled back and done again */
    Optional<Launch> open(Viewer viewer, UUID campaignId, Progress progress) {
        UUID tenant = viewer.tenantId();
        UUID base = get(tenant, campaignId).baseId();
        if (base != null) {
            // Waits for those who are just signing there and keeps others waiting: what stands is what is looked at.
            store.lockCampaign(base, true);
        }
        Campaign campaign = store.lock(tenant, campaignId).orElseThrow(() -> new NotFound("campaign"));
        access.require(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit());
        if (campaign.state() != State.DRAFT) {
            return Optional.of(new Launch.Launched(
                    store.frozen(tenant, campaignId).orElseThrow().people()));
        }
        List<Units.Unit> chosen = taking.of(tenant, campaign).units();
        List<UUID> ids = chosen.stream().map(Units.Unit::id).toList();
        Readiness readiness = gates.readiness(tenant, campaign, chosen);
        if (readiness.blocked()) {
            return Optional.of(new Launch.Refused(readiness.gates()));
        }
        progress.at(1, PARTS);
        if (campaign.supplementary()) {
            store.setUnits(tenant, campaignId, ids);
        }
        RosterStore.Written written = campaign.supplementary()
                ? supplements.freeze(tenant, campaign, today())
                : rosters.freeze(tenant, campaign, ids, today());
        // The directory is not held still: who moved since the units were looked up may be on the list of a unit that
        // takes no part.
        if (written.written() != written.people()
                || campaign.supplementary() && supplements.strays(tenant, campaignId)) {
            return Optional.empty();
        }
        progress.at(2, PARTS);
        Check.that(rosters.keepLines(tenant, campaignId) == written.people(), "every entry of the roster is one line");
        progress.at(3, PARTS);
        byte[] hash = hash(tenant, campaignId).finish();
        progress.at(4, PARTS);
        Check.that(
                store.launched(tenant, campaignId, viewer.accountId(), now(), written.people(), hash),
                "a campaign that is locked as a draft can be opened");
        var facts = new LinkedHashMap<String, Object>();
        facts.put("year", campaign.year());
        facts.put("decision", campaign.decisionId().toString());
        facts.put("people", written.people());
        facts.put("rosterHash", HexFormat.of().formatHex(hash));
        var pieces = new ArrayList<Piece>();
        pieces.add(Piece.of(CampaignEvidence.CAMPAIGN, campaignId));
        pieces.add(Piece.of(CampaignEvidence.UNITS, campaignId));
        pieces.add(Piece.of(CampaignEvidence.ROSTER, campaignId));
        if (base != null) {
            facts.put("base", base.toString());
            pieces.add(Piece.of(CampaignEvidence.SUPPLEMENT, campaignId));
        }
        ledger.append(new Act(
                tenant, "campaigns.launched", campaignId, viewer.accountId(), facts, hash, List.copyOf(pieces)));
        listeners.forEach(listener -> listener.frozen(tenant, campaignId));
        return Optional.of(new Launch.Launched(written.people()));
    }

    private RosterHash hash(UUID tenantId, UUID campaignId) {
        var hash = new RosterHash();
        rosters.frozenLines(tenantId, campaignId, hash::add);
        return hash;
    }

    /** Takes the hash of a roster as it was frozen once more, whoever has come and gone since. */
    RosterCheck check(UUID tenantId, UUID campaignId) {
        Frozen kept = store.frozen(tenantId, campaignId).orElseThrow(() -> new NotFound("roster"));
        RosterHash hash = hash(tenantId, campaignId);
        return new RosterCheck(kept, hash.lines(), hash.finish(), rosters.carriedOver(tenantId, campaignId));
    }

    private Campaign get(UUID tenantId, UUID campaignId) {
        return store.find(tenantId, campaignId).orElseThrow(() -> new NotFound("campaign"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
