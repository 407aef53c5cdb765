package vn.chuanmuc.inspection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Bundles;
import vn.chuanmuc.ledger.Entry;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Proofs;
import vn.chuanmuc.ledger.Recheck;

/** The ledger as inspectors, boards and administrators see it. */
@Component
public class Inspection {
    static final UUID NOBODY = new UUID(0, 0); // the installation itself
    static final String RECHECKED = "inspection.rechecked";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** An act has a bounded size: so many of the faults are in it. */
    private static final int MOST_TOLD = 100;

    private final Proofs proofs;
    private final Ledger ledger;
    private final Campaigns campaigns;
    private final Supplements supplements;
    private final Criteria criteria;
    private final Units units;
    private final Access access;
    private final Jobs jobs;
    private final Recheck recheck;
    private final Clock clock;
    private final int hour;
    private final Path folder;

    Inspection(
            Proofs proofs,
            Ledger ledger,
            Campaigns campaigns,
            Supplements supplements,
            Criteria criteria,
            Units units,
            Access access,
            @Lazy Jobs jobs, // which knows the works, two of which are ours
            Recheck recheck,
            Clock clock,
            @Value("${chuanmuc.ledger.recheck-hour:2}") int hour,
            @Value("${chuanmuc.data:data}") String data) {
        this.proofs = proofs;
        this.ledger = ledger;
        this.campaigns = campaigns;
        this.supplements = supplements;
        this.criteria = criteria;
        this.units = units;
        this.access = access;
        this.jobs = jobs;
        this.recheck = recheck;
        this.clock = clock;
        this.hour = hour;
        this.folder = Path.of(data, "so-cai", "bo-chung-cu");
    }

    /**
     * What came of the last re-check.
     *
     * @param count how many faults, {@code faults} the first hundred of them
     */
    public record Checked(Instant at, long acts, long count, List<Fault> faults) {}

    /** A bundle that can be downloaded. @param campaign null: of everything */
    public record Bundle(UUID subject, @Nullable Campaign campaign, long bytes, Instant made) {}

    /**
     * @param checks whether the viewer may have everything checked now
     * @param nextCheck when it is checked by itself; empty while there is no act
     * @param whole whether the viewer may take a bundle of everything
     * @param rotates whether the viewer may begin a new key
     * @param campaigns of which the viewer may take a bundle
     */
    public record Overview(
            Optional<Proofs.Head> head,
            List<Proofs.Key> keys,
            Optional<Checked> checked,
            boolean checks,
            Optional<Instant> nextCheck,
            boolean whole,
            boolean rotates,
            List<Campaign> campaigns,
            List<Bundle> bundles,
            @Nullable UUID exporting,
            @Nullable UUID rechecking) {}

    public Overview overview(Viewer viewer) {
        access.require(viewer, Permission.READ_CHECKPOINTS);
        UUID tenant = viewer.tenantId();
        List<Campaign> exportable = exportable(viewer);
        boolean whole = mayAll(viewer);
        return new Overview(
                proofs.newest(tenant),
                proofs.keys(tenant),
                viewer.may(Permission.READ_LEDGER) ? lastCheck(tenant) : Optional.empty(),
                access.covers(viewer, Permission.READ_LEDGER, units.root(tenant)),
                nextCheck(tenant),
                whole,
                mayRotate(viewer),
                exportable,
                bundles(tenant, whole, exportable),
                own(viewer, Exporting.KIND, tenant),
                own(viewer, Rechecking.KIND, tenant));
    }

    /**
     * The same at the end of a day that is past: checkpoint, keys and re-check of then. Of bundles only the newest is kept, so none
     * is told.
     *
     * @param end the first moment after the day
     */
    public Overview overview(Viewer viewer, Instant end) {
        access.require(viewer, Permission.READ_CHECKPOINTS);
        UUID tenant = viewer.tenantId();
        Optional<Proofs.Head> head = proofs.newest(tenant, end);
        long size = head.map(Proofs.Head::size).orElse(0L);
        return new Overview(
                head,
                proofs.keys(tenant).stream().filter(key -> key.from() < size).toList(),
                viewer.may(Permission.READ_LEDGER) ? lastCheck(tenant, end) : Optional.empty(),
                false,
                Optional.empty(),
                false,
                false,
                List.of(),
                List.of(),
                null,
                null);
    }

    private Optional<Checked> lastCheck(UUID tenantId, Instant end) {
        return ledger.search(tenantId, new Ledger.Search("", RECHECKED, tenantId, null, null, end), null, 1).stream()
                .findFirst()
                .map(Inspection::read);
    }

    private @Nullable UUID own(Viewer viewer, String kind, UUID subject) {
        return jobs.live(viewer.tenantId(), kind, subject)
                .filter(job -> job.requestedBy().equals(viewer.accountId()))
                .map(Job::id)
                .orElse(null);
    }

    boolean mayAll(Viewer viewer) {
        return access.covers(viewer, Permission.EXPORT_EVIDENCE, units.root(viewer.tenantId()));
    }

    boolean mayRotate(Viewer viewer) {
        return access.covers(viewer, Permission.MANAGE_ACCOUNTS, units.root(viewer.tenantId()));
    }

    private List<Campaign> exportable(Viewer viewer) {
        return viewer.may(Permission.EXPORT_EVIDENCE)
                ? campaigns.list(viewer.tenantId()).stream()
                        .filter(campaign -> campaign.state() != Campaigns.State.DRAFT)
                        .filter(campaign -> access.covers(viewer, Permission.EXPORT_EVIDENCE, campaign.receiverUnit()))
                        .toList()
                : List.of();
    }

    private List<Bundle> bundles(UUID tenantId, boolean whole, List<Campaign> exportable) {
        var bundles = new ArrayList<Bundle>();
        if (whole) {
            bundle(tenantId, tenantId, null).ifPresent(bundles::add);
        }
        exportable.forEach(campaign -> bundle(tenantId, campaign.id(), campaign).ifPresent(bundles::add));
        return bundles;
    }

    private Optional<Bundle> bundle(UUID tenantId, UUID subject, @Nullable Campaign campaign) {
        Path file = file(tenantId, subject);
        try {
            return Files.exists(file)
                    ? Optional.of(new Bundle(
                            subject,
                            campaign,
                            Files.size(file),
                            Files.getLastModifiedTime(file).toInstant()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the bundle of a body or of a campaign lies: one each, the newest. */
    Path file(UUID tenantId, UUID subject) {
        return folder.resolve(tenantId.toString()).resolve(subject + ".zip");
    }

    /** A bundle that was made, if the viewer may have it. */
    public Path download(Viewer viewer, UUID subject) {
        requireExport(viewer, subject);
        Path file = file(viewer.tenantId(), subject);
        if (!Files.exists(file)) {
            throw new NotFound("bundle");
        }
        return file;
    }

    void requireExport(Viewer viewer, UUID subject) {
        access.require(
                viewer,
                Permission.EXPORT_EVIDENCE,
                subject.equals(viewer.tenantId())
                        ? units.root(viewer.tenantId())
                        : campaigns.get(viewer.tenantId(), subject).receiverUnit());
    }

    /** Asks for a bundle of a campaign, or of everything when the subject is the body itself. Returns the job. */
    @Transactional
    public UUID export(Viewer viewer, UUID subject) {
        requireExport(viewer, subject);
        String label = subject.equals(viewer.tenantId())
                ? units.names(viewer.tenantId(), List.of(units.root(viewer.tenantId())))
                        .getOrDefault(units.root(viewer.tenantId()), "")
                : campaigns.get(viewer.tenantId(), subject).title();
        return jobs.start(
                new Jobs.Request(viewer.tenantId(), viewer.accountId(), Exporting.KIND, subject, label, Map.of()));
    }

    Bundles.Scope scope(UUID tenantId, UUID subject) {
        if (subject.equals(tenantId)) {
            return Bundles.Scope.ALL;
        }
        Campaign campaign = campaigns.get(tenantId, subject);
        var about = new ArrayList<>(List.of(subject));
        // Of a supplementary campaign also what was signed before, in its base or in another supplementary one on it,
        // and the words there.
        UUID base = campaign.baseId();
        var decisions = new LinkedHashSet<>(List.of(campaign.decisionId()));
        if (base != null) {
            about.add(base);
            decisions.add(campaigns.get(tenantId, base).decisionId());
            for (Campaign beside : supplements.of(tenantId, base)) {
                if (!beside.id().equals(subject) && beside.state() != Campaigns.State.DRAFT) {
                    about.add(beside.id());
                    decisions.add(beside.decisionId());
                }
            }
        }
        for (UUID decision : decisions) {
            about.add(decision);
            criteria.sets(tenantId, decision).forEach(set -> about.add(set.id()));
        }
        return new Bundles.Scope(subject, about);
    }

    /** Has everything checked now. Returns the job. */
    @Transactional
    public UUID recheck(Viewer viewer) {
        access.require(viewer, Permission.READ_LEDGER, units.root(viewer.tenantId()));
        UUID tenant = viewer.tenantId();
        return jobs.start(new Jobs.Request(
                tenant,
                viewer.accountId(),
                Rechecking.KIND,
                tenant,
                units.names(tenant, List.of(units.root(tenant))).getOrDefault(units.root(tenant), ""),
                Map.of()));
    }

    /** A new key for checkpoints, by whoever runs the installation. */
    @Transactional
    public void rotateKey(Viewer viewer) {
        access.require(viewer, Permission.MANAGE_ACCOUNTS, units.root(viewer.tenantId()));
        ledger.append(
                new Act(viewer.tenantId(), "inspection.key-asked", viewer.tenantId(), viewer.accountId(), Map.of()));
        proofs.rotateKeys();
    }

    /** Puts what a re-check found into the ledger. */
    void keep(UUID tenantId, UUID actor, Recheck.Result result) {
        ledger.append(new Act(
                tenantId,
                RECHECKED,
                tenantId,
                actor,
                Map.of(
                        "acts",
                        result.acts(),
                        "faults",
                        result.count(),
                        "first",
                        result.faults().stream()
                                .limit(MOST_TOLD)
                                .map(fault -> Map.of("kind", fault.kind(), "key", fault.key(), "fault", fault.fault()))
                                .toList())));
    }

    public Optional<Checked> lastCheck(UUID tenantId) {
        return ledger.newest(tenantId, tenantId, RECHECKED, null, 1).stream()
                .findFirst()
                .map(Inspection::read);
    }

    /** When everything of the body is checked by itself next; a moment that is past means soon. */
    public Optional<Instant> nextCheck(UUID tenantId) {
        return recheck.began(tenantId)
                .map(began -> RecheckTimes.next(
                        began,
                        lastCheck(tenantId).map(Checked::at).orElse(null),
                        clock.instant(),
                        hour,
                        clock.getZone()));
    }

    private static Checked read(Entry entry) {
        var facts = JSON.readTree(entry.payload());
        var faults = new ArrayList<Fault>();
        facts.path("first")
                .forEach(fault -> faults.add(new Fault(
                        fault.path("kind").asString(""),
                        fault.path("key").asString(""),
                        fault.path("fault").asString(""))));
        return new Checked(
                entry.at(), facts.path("acts").asLong(0), facts.path("faults").asLong(0), List.copyOf(faults));
    }
}
