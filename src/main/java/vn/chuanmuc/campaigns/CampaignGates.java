package vn.chuanmuc.campaigns;

import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Readiness;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.VietnameseDates;

/** What stands in the way of opening a campaign, as it is today: counted for whoever looks, and for all when it is opened. */
@Component
class CampaignGates {
    private final GateStore store;
    private final TakingPart taking;
    private final Access access;
    private final Accounts accounts;
    private final Units units;
    private final Criteria criteria;
    private final Supplements supplements;
    private final Clock clock;

    CampaignGates(
            GateStore store,
            TakingPart taking,
            Access access,
            Accounts accounts,
            Units units,
            Criteria criteria,
            Supplements supplements,
            Clock clock) {
        this.store = store;
        this.taking = taking;
        this.access = access;
        this.accounts = accounts;
        this.units = units;
        this.criteria = criteria;
        this.supplements = supplements;
        this.clock = clock;
    }

    /** How ready it is to be opened, as far as the viewer's units are concerned. */
    Readiness readiness(Viewer viewer, Campaign campaign) {
        Grounds grounds = grounds(viewer, campaign);
        UUID[] held = held(viewer, campaign);
        return readiness(grounds, held == null, held);
    }

    /** Part of the cases of a gate: people in the order of Vietnamese names, units in the order of the tree; at most 200. */
    List<Gate.Case> cases(Viewer viewer, Campaign campaign, Gate.Kind kind, int offset, int limit) {
        int most = Math.min(limit, 200);
        Grounds grounds = grounds(viewer, campaign);
        if (campaign.supplementary() && kind == Gate.Kind.PERSON_WITHOUT_SET) {
            return supplements.cases(
                    viewer.tenantId(), campaign, Supplements.Verdict.NO_SET, held(viewer, campaign), offset, most);
        }
        if (GateStore.personal(kind)) {
            return store.cases(grounds.ground(), kind, offset, most, today());
        }
        boolean sees = access.covers(viewer, Permission.READ_CAMPAIGNS, campaign.receiverUnit());
        return general(grounds, sees).getOrDefault(kind, List.of()).stream()
                .skip(offset)
                .limit(most)
                .toList();
    }

    /** How ready it is with all its units, whoever looks. @param chosen the units that take part */
    Readiness readiness(UUID tenant, Campaign campaign, List<Units.Unit> chosen) {
        return readiness(grounds(tenant, campaign, chosen), true, null);
    }

    /** The viewer's units; null when they see the whole campaign. */
    private UUID @Nullable [] held(Viewer viewer, Campaign campaign) {
        return access.covers(viewer, Permission.READ_CAMPAIGNS, campaign.receiverUnit())
                ? null
                : viewer.unitsWith(Permission.READ_CAMPAIGNS);
    }

    /** Where to look, and the units seen in the order of the tree. */
    private record Grounds(GateStore.Ground ground, List<Units.Unit> seen) {}

    private Grounds grounds(Viewer viewer, Campaign campaign) {
        UUID tenant = viewer.tenantId();
        Grounds all = grounds(tenant, campaign, taking.of(tenant, campaign).units());
        UUID[] held = held(viewer, campaign);
        if (held == null) {
            return all;
        }
        List<Units.Unit> chosen = all.seen();
        List<UUID> ids = chosen.stream().map(Units.Unit::id).toList();
        Set<UUID> under = units.within(tenant, ids, held);
        List<Units.Unit> seen =
                chosen.stream().filter(unit -> under.contains(unit.id())).toList();
        return new Grounds(
                new GateStore.Ground(
                        tenant, campaign, ids, seen.stream().map(Units.Unit::id).toList()),
                seen);
    }

    private Grounds grounds(UUID tenant, Campaign campaign, List<Units.Unit> chosen) {
        List<Units.Unit> seen = chosen;
        if (campaign.supplementary()) {
            // Lists come to be only where somebody signs again: nothing is asked of the other units.
            Set<UUID> concerned = new HashSet<>(supplements.concernedUnits(tenant, campaign));
            seen = chosen.stream().filter(unit -> concerned.contains(unit.id())).toList();
        }
        List<UUID> ids = seen.stream().map(Units.Unit::id).toList();
        return new Grounds(new GateStore.Ground(tenant, campaign, ids, ids), seen);
    }

    private Readiness readiness(Grounds grounds, boolean whole, UUID @Nullable [] held) {
        var found = new EnumMap<Gate.Kind, Gate>(Gate.Kind.class);
        general(grounds, whole).forEach((kind, cases) -> {
            if (!cases.isEmpty()) {
                found.put(
                        kind,
                        new Gate(
                                kind,
                                cases.size(),
                                cases.stream().limit(Gate.EXAMPLES).toList()));
            }
        });
        Campaign campaign = grounds.ground().campaign();
        if (campaign.supplementary()) {
            return readiness(grounds.ground().tenantId(), campaign, found, whole, held);
        }
        GateStore.Counts counts = store.count(grounds.ground(), today());
        counts.cases()
                .forEach((kind, count) -> found.put(
                        kind, new Gate(kind, count, store.cases(grounds.ground(), kind, 0, Gate.EXAMPLES, today()))));
        return new Readiness(counts.people(), List.copyOf(found.values()));
    }

    /** Of a supplementary campaign: who signs again, and what stands in the way of knowing it. */
    private Readiness readiness(
            UUID tenant, Campaign campaign, Map<Gate.Kind, Gate> found, boolean whole, UUID @Nullable [] held) {
        Map<Supplements.Verdict, Long> counts = supplements.counts(tenant, campaign, held);
        long undecided = counts.getOrDefault(Supplements.Verdict.NO_SET, 0L);
        if (undecided > 0) {
            found.put(
                    Gate.Kind.PERSON_WITHOUT_SET,
                    new Gate(
                            Gate.Kind.PERSON_WITHOUT_SET,
                            undecided,
                            supplements.cases(tenant, campaign, Supplements.Verdict.NO_SET, held, 0, Gate.EXAMPLES)));
        }
        long people = counts.getOrDefault(Supplements.Verdict.CHANGED, 0L);
        if (whole && people == 0) {
            found.put(Gate.Kind.NOBODY_CONCERNED, about(Gate.Kind.NOBODY_CONCERNED, campaign));
        }
        supplements
                .inTheWay(tenant, campaign)
                .ifPresent(other -> found.put(Gate.Kind.SUPPLEMENT_OPEN, about(Gate.Kind.SUPPLEMENT_OPEN, other)));
        return new Readiness(people, List.copyOf(found.values()));
    }

    private static Gate about(Gate.Kind kind, Campaign campaign) {
        return new Gate(kind, 1, List.of(new Gate.Case(campaign.id(), campaign.title(), campaign.receiverUnit(), "")));
    }

    /** Everything but the people: at most as many cases as there are units. */
    private Map<Gate.Kind, List<Gate.Case>> general(Grounds grounds, boolean whole) {
        GateStore.Ground ground = grounds.ground();
        Campaign campaign = ground.campaign();
        var cases = new EnumMap<Gate.Kind, List<Gate.Case>>(Gate.Kind.class);
        if (whole) {
            var decision = criteria.findPublished(ground.tenantId(), campaign.decisionId());
            if (decision.isEmpty() || !CampaignRules.inForce(decision.get(), today())) {
                cases.put(
                        Gate.Kind.DECISION_NOT_IN_FORCE,
                        List.of(new Gate.Case(
                                campaign.decisionId(),
                                decision.map(Criteria.PublishedDecision::number).orElse(""),
                                campaign.receiverUnit(),
                                "")));
            }
            if (campaign.signBy().isBefore(today())) {
                cases.put(
                        Gate.Kind.DEADLINE_PASSED,
                        List.of(new Gate.Case(
                                campaign.receiverUnit(),
                                VietnameseDates.format(campaign.signBy()),
                                campaign.receiverUnit(),
                                "")));
            }
        }
        if (!campaign.supplementary()) {
            cases.put(Gate.Kind.UNIT_WITHOUT_PEOPLE, lacking(grounds, store.unitsWithoutPeople(ground, today())));
        }
        cases.put(Gate.Kind.UNIT_WITHOUT_HEAD, lacking(grounds, unitsLacking(ground, Role.HEAD, Lines.Duty.APPROVER)));
        cases.put(Gate.Kind.UNIT_WITHOUT_CLERK, lacking(grounds, unitsLacking(ground, Role.CLERK, Lines.Duty.CLERK)));
        return cases;
    }

    /** In a line whoever has the duty and an account does it: the role is needed only where nobody has. */
    private List<UUID> unitsLacking(GateStore.Ground ground, Role role, Lines.Duty duty) {
        List<UUID> lacking = accounts.unitsLackingRole(ground.tenantId(), role, ground.scope());
        if (ground.campaign().lineId() == null || lacking.isEmpty()) {
            return lacking;
        }
        Set<UUID> staffed = store.unitsOnDuty(ground, duty, lacking);
        return lacking.stream().filter(unit -> !staffed.contains(unit)).toList();
    }

    private static List<Gate.Case> lacking(Grounds grounds, List<UUID> units) {
        var lacking = new HashSet<>(units);
        return grounds.seen().stream()
                .filter(unit -> lacking.contains(unit.id()))
                .map(unit -> new Gate.Case(unit.id(), unit.name(), unit.id(), ""))
                .toList();
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
