package vn.chuanmuc.campaigns;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.People.Member;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** Campaigns and their rosters. */
@Component
public class Campaigns {
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_CLOSING_REASON = 1_000;

    private static final int LAUNCH_ATTEMPTS = 3;
    /** What is told apart while it runs: gates, roster, its lines, their hash, standings and lists. */
    private static final int LAUNCH_PARTS = 5;
    /** With more people a campaign is opened by a job. */
    private static final int PEOPLE_NOW = 5_000;

    private final CampaignStore store;
    private final RosterStore rosters;
    private final GateStore gates;
    private final Access access;
    private final Accounts accounts;
    private final Units units;
    private final People people;
    private final Lines lines;
    private final Criteria criteria;
    private final Supplements supplements;
    private final Ledger ledger;
    private final Jobs jobs;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final ListProgress lists;
    private final SigningProgress signing;
    private final ObjectProvider<Rosters> listeners;

    Campaigns(
            CampaignStore store,
            RosterStore rosters,
            GateStore gates,
            Access access,
            Accounts accounts,
            Units units,
            People people,
            Lines lines,
            Criteria criteria,
            Supplements supplements,
            Ledger ledger,
            @Lazy Jobs jobs, // which knows the works, one of which is ours
            Clock clock,
            TransactionTemplate transaction,
            ListProgress lists,
            SigningProgress signing,
            ObjectProvider<Rosters> listeners) {
        this.store = store;
        this.rosters = rosters;
        this.gates = gates;
        this.access = access;
        this.accounts = accounts;
        this.units = units;
        this.people = people;
        this.lines = lines;
        this.criteria = criteria;
        this.supplements = supplements;
        this.ledger = ledger;
        this.jobs = jobs;
        this.clock = clock;
        this.transaction = transaction;
        this.lists = lists;
        this.signing = signing;
        this.listeners = listeners;
    }

    /** The ways to sign that a campaign may allow, as codes, in the order they are offered. */
    public static List<String> methods() {
        return CampaignRules.METHODS;
    }

    public enum State {
        DRAFT,
        LAUNCHED,
        CLOSED
    }

    /**
     * @param signBy last day to sign (2021: 10/10; afterwards 30/01 every year)
     * @param submitBy last day for units to submit their lists
     * @param methods codes of the ways to sign that are allowed, see {@link #methods()}
     * @param receiverUnit the unit whose board receives the lists
     * @param lineId the line whose people it is for; null for the whole organisation
     * @param baseId the campaign it stands on when it is a supplementary one (đợt bổ sung), see {@link Supplements}; otherwise null
     * @param replacedDecision whose place {@code decisionId} took; of a supplementary campaign
     */
    public record Campaign(
            UUID id,
            int year,
            String title,
            String planNumber,
            @Nullable LocalDate planDate,
            UUID decisionId,
            LocalDate signBy,
            LocalDate submitBy,
            Set<String> methods,
            UUID receiverUnit,
            State state,
            int version,
            @Nullable Instant launchedAt,
            @Nullable UUID lineId,
            @Nullable UUID baseId,
            @Nullable UUID replacedDecision) {
        /** Only those sign in it whose items a new decision changed. */
        public boolean supplementary() {
            return baseId != null;
        }
    }

    /** What the plan of a year says; the units are those whose people are to sign. */
    public record Plan(
            int year,
            String title,
            String planNumber,
            @Nullable LocalDate planDate,
            UUID decisionId,
            LocalDate signBy,
            LocalDate submitBy,
            Set<String> methods,
            UUID receiverUnit,
            Set<UUID> units,
            @Nullable UUID lineId) {
        /** A plan for the whole organisation. */
        public Plan(
                int year,
                String title,
                String planNumber,
                @Nullable LocalDate planDate,
                UUID decisionId,
                LocalDate signBy,
                LocalDate submitBy,
                Set<String> methods,
                UUID receiverUnit,
                Set<UUID> units) {
            this(year, title, planNumber, planDate, decisionId, signBy, submitBy, methods, receiverUnit, units, null);
        }
    }

    /** A person on the roster, as they were when it was frozen or when they joined. */
    public record RosterEntry(
            UUID campaignId,
            UUID personId,
            int year,
            UUID unitId,
            String unitName,
            UUID blocId,
            String blocName,
            String fullName,
            byte[] sortKey,
            @Nullable LocalDate birthDate,
            String positionName,
            int rankOrder,
            UUID setId,
            boolean sample,
            LocalDate joinedOn,
            @Nullable LocalDate leftOn) {}

    /** An accepted list that freezes a unit's bloc. */
    public record Freeze(UUID listId, Instant since) {}

    /** The roster as it was when it was frozen: how many, and the SHA-256 over its lines ({@link RosterHash}). */
    public record Frozen(int people, byte[] hash) {}

    /** A later change of the roster, with its reason. @param kind {@code join}, {@code leave} or {@code correct} */
    public record RosterChange(
            UUID personId, String kind, LocalDate effective, String reason, UUID madeBy, Instant madeAt) {}

    /** What came of writing down a plan. */
    public sealed interface Saved {
        record Done(UUID campaignId) implements Saved {}

        /** Nothing was written; what is wrong by form field, the empty name for the whole. */
        record Refused(Map<String, Reason> byField) implements Saved {}
    }

    /** What came of opening a campaign. */
    public sealed interface Launch {
        /** It is open, now or already; so many people are on the roster. */
        record Launched(int people) implements Launch {}

        /** It is more than one request should wait for: this job does it, asked for now or before. */
        record Later(UUID jobId, boolean own) implements Launch {}

        record Refused(List<Gate> gates) implements Launch {}

        /** People or units came, went or moved each time it was tried; nothing was frozen. */
        record Moved() implements Launch {}
    }

    /**
     * That a campaign was closed, or opened again.
     *
     * @param lists how many lists there were, {@code accepted} of them accepted
     * @param signed of {@code expected} people on the roster, at that moment
     */
    public record Closing(
            boolean closed,
            String reason,
            int lists,
            int accepted,
            long expected,
            long signed,
            UUID madeBy,
            Instant madeAt) {}

    /** What came of closing a campaign or opening it again. */
    public sealed interface Turned {
        record Done() implements Turned {}

        /** Somebody had done it before: nothing was added. */
        record Already() implements Turned {}

        record Refused(String field, Reason why) implements Turned {}
    }

    /** What came of changing the roster. */
    public sealed interface Changed {
        record Done() implements Changed {}

        record Refused(String field, Reason why) implements Changed {}
    }

    /** The deadline that is proposed for a year, with its basis; empty where no document is known. */
    public static Optional<SigningDeadline> proposedDeadline(int year) {
        return SigningDeadlines.of(year);
    }

    public Campaign get(UUID tenantId, UUID campaignId) {
        return store.find(tenantId, campaignId).orElseThrow(() -> new NotFound("campaign"));
    }

    /** Campaigns, the newest year first; at most 100. */
    public List<Campaign> list(UUID tenantId) {
        return store.list(tenantId);
    }

    /** The campaigns a viewer may know of: those of their units, and open ones whose roster they are on; at most 100. */
    public List<Campaign> visible(Viewer viewer) {
        return store.visible(viewer.tenantId(), viewer.unitsWith(Permission.READ_CAMPAIGNS), viewer.personId());
    }

    /** The campaign, when the viewer may know of it. */
    public Campaign getVisible(Viewer viewer, UUID campaignId) {
        return store.visible(
                        viewer.tenantId(), campaignId, viewer.unitsWith(Permission.READ_CAMPAIGNS), viewer.personId())
                .orElseThrow(() -> new NotFound("campaign"));
    }

    /** Those of them that there were by the end of a day, as they stood then; who may know of them is a matter of today. */
    public List<Campaign> visible(Viewer viewer, LocalDate day) {
        return store.visible(
                viewer.tenantId(), viewer.unitsWith(Permission.READ_CAMPAIGNS), viewer.personId(), over(day));
    }

    /** A campaign as it stood at the end of a day; empty where nobody had planned it by then. */
    public Optional<Campaign> on(UUID tenantId, UUID campaignId, LocalDate day) {
        return store.before(tenantId, campaignId, over(day));
    }

    private Instant over(LocalDate day) {
        return day.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
    }

    public Optional<RosterEntry> rosterEntry(UUID tenantId, UUID campaignId, UUID personId) {
        return rosters.rosterEntry(tenantId, campaignId, personId);
    }

    /** The rosters of launched campaigns that a person is on, the newest year first. */
    public List<RosterEntry> rostersOf(UUID tenantId, UUID personId) {
        return rosters.rostersOf(tenantId, personId);
    }

    public Optional<Freeze> freeze(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        return store.freeze(tenantId, campaignId, unitId, blocId);
    }

    public Optional<Frozen> frozen(UUID tenantId, UUID campaignId) {
        return store.frozen(tenantId, campaignId);
    }

    /**
     * The units that take part.
     *
     * @param tree all units of the receiver, in the order of the tree
     * @param units those of them that take part
     */
    public record Participants(List<Units.Unit> tree, List<Units.Unit> units) {
        public Branches branches() {
            return Branches.of(tree, units.stream().map(Units.Unit::id).collect(Collectors.toSet()));
        }
    }

    /** The units that take part, as they are today. Unbounded by purpose. */
    public Participants participants(UUID tenantId, Campaign campaign) {
        Set<UUID> chosen = campaign.supplementary() && campaign.state() == State.DRAFT
                ? supplements.units(tenantId, campaign)
                : store.units(tenantId, campaign.id());
        List<Units.Unit> tree = units.under(tenantId, campaign.receiverUnit());
        return new Participants(
                tree, tree.stream().filter(unit -> chosen.contains(unit.id())).toList());
    }

    private List<Units.Unit> unitsOf(UUID tenantId, Campaign campaign) {
        return participants(tenantId, campaign).units();
    }

    /**
     * How many people have a post in one of the units today.
     *
     * @param lineId only those who stand in the line today; null for all
     */
    public long people(UUID tenantId, Collection<UUID> units, @Nullable UUID lineId) {
        return store.people(tenantId, units, lineId, today());
    }

    /** Those of the units in which somebody of a line has a post today: what a plan for it begins with. */
    public Set<UUID> unitsOfLine(UUID tenantId, Collection<UUID> units, UUID lineId) {
        return store.unitsOfLine(tenantId, units, lineId, today());
    }

    /**
     * The newest changes of a roster, newest first, of people in the viewer's units; at most 200.
     *
     * @param day only those in effect on it; null for all
     */
    public List<RosterChange> changes(Viewer viewer, UUID campaignId, @Nullable LocalDate day) {
        return rosters.changes(viewer.tenantId(), campaignId, viewer.unitsWith(Permission.READ_PEOPLE), day);
    }

    @Transactional
    public Saved create(Viewer viewer, Plan wished) {
        access.require(viewer, Permission.RUN_CAMPAIGN, wished.receiverUnit());
        Plan plan = tidy(wished);
        Map<String, Reason> problems = problems(viewer.tenantId(), plan);
        if (!problems.isEmpty()) {
            return new Saved.Refused(problems);
        }
        UUID id = Ids.next();
        if (!store.insert(viewer.tenantId(), id, plan, viewer.accountId(), now())) {
            return new Saved.Refused(taken(plan));
        }
        store.setUnits(viewer.tenantId(), id, plan.units());
        ledger.append(new Act(viewer.tenantId(), "campaigns.drafted", id, viewer.accountId(), facts(plan)));
        return new Saved.Done(id);
    }

    /** Changes a plan that has not been opened yet. @param version as it was read */
    @Transactional
    public Saved change(Viewer viewer, UUID campaignId, int version, Plan wished) {
        Campaign before = get(viewer.tenantId(), campaignId);
        access.require(viewer, Permission.RUN_CAMPAIGN, before.receiverUnit());
        access.require(viewer, Permission.RUN_CAMPAIGN, wished.receiverUnit());
        if (before.supplementary()) {
            throw new NotFound("campaign with a plan of its own"); // see Supplements.save
        }
        Plan plan = tidy(wished);
        Map<String, Reason> problems = problems(viewer.tenantId(), plan);
        if (!problems.isEmpty()) {
            return new Saved.Refused(problems);
        }
        if (store.yearTaken(viewer.tenantId(), campaignId, plan)) {
            return new Saved.Refused(taken(plan));
        }
        if (!store.update(viewer.tenantId(), campaignId, version, plan)) {
            boolean open = get(viewer.tenantId(), campaignId).state() != State.DRAFT;
            return new Saved.Refused(
                    Map.of("", Reason.of(open ? "campaigns.refused.open" : "campaigns.refused.changed-meanwhile")));
        }
        store.setUnits(viewer.tenantId(), campaignId, plan.units());
        ledger.append(new Act(viewer.tenantId(), "campaigns.changed", campaignId, viewer.accountId(), facts(plan)));
        return new Saved.Done(campaignId);
    }

    private static Plan tidy(Plan plan) {
        return new Plan(
                plan.year(),
                Texts.oneLine(plan.title()),
                Texts.oneLine(plan.planNumber()),
                plan.planDate(),
                plan.decisionId(),
                plan.signBy(),
                plan.submitBy(),
                plan.methods(),
                plan.receiverUnit(),
                plan.units(),
                plan.lineId());
    }

    private Map<String, Reason> problems(UUID tenantId, Plan plan) {
        var problems = new LinkedHashMap<>(CampaignRules.problems(plan));
        if (criteria.findPublished(tenantId, plan.decisionId()).isEmpty()) {
            problems.putIfAbsent("van-ban", Reason.of("campaigns.form.decision.none"));
        }
        UUID line = plan.lineId();
        if (line != null && lines.find(tenantId, line).filter(Lines.Line::open).isEmpty()) {
            problems.putIfAbsent("tuyen", Reason.of("campaigns.form.line.none"));
        }
        if (!units.within(tenantId, plan.units(), plan.receiverUnit()).containsAll(plan.units())) {
            problems.putIfAbsent("don-vi", Reason.of("campaigns.form.units.outside"));
        }
        return problems;
    }

    private static Map<String, Reason> taken(Plan plan) {
        return Map.of("nam", Reason.of("campaigns.form.year.taken", String.valueOf(plan.year())));
    }

    private static Map<String, Object> facts(Plan plan) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("year", plan.year());
        facts.put("title", plan.title());
        facts.put("planNumber", plan.planNumber());
        facts.put("planDate", plan.planDate() == null ? "" : plan.planDate().toString());
        facts.put("decision", plan.decisionId().toString());
        facts.put("signBy", plan.signBy().toString());
        facts.put("submitBy", plan.submitBy().toString());
        facts.put("methods", plan.methods().stream().sorted().toList());
        facts.put("receiver", plan.receiverUnit().toString());
        facts.put("units", plan.units().size());
        facts.put("line", plan.lineId() == null ? "" : String.valueOf(plan.lineId()));
        return facts;
    }

    /**
     * How ready a draft is.
     *
     * @param people how many there are in the viewer's units
     * @param gates what stands in the way there, in the order of {@link Gate.Kind}
     */
    public record Readiness(long people, List<Gate> gates) {
        public boolean blocked() {
            return gates.stream().anyMatch(gate -> gate.kind().blocking());
        }
    }

    /** How ready it is to be opened, as far as the viewer's units are concerned. */
    @Transactional(readOnly = true)
    public Readiness readiness(Viewer viewer, Campaign campaign) {
        Grounds grounds = grounds(viewer, campaign);
        UUID[] held = held(viewer, campaign);
        return readiness(grounds, held == null, held);
    }

    /** A page of the cases of a gate about people or units in the viewer's units, with how many there are. */
    @Transactional(readOnly = true)
    public Optional<Gate> gate(Viewer viewer, Campaign campaign, Gate.Kind kind) {
        return readiness(viewer, campaign).gates().stream()
                .filter(gate -> gate.kind() == kind)
                .findFirst();
    }

    /** Part of the cases of a gate: people in the order of Vietnamese names, units in the order of the tree; at most 200. */
    @Transactional(readOnly = true)
    public List<Gate.Case> gateCases(Viewer viewer, Campaign campaign, Gate.Kind kind, int offset, int limit) {
        int most = Math.min(limit, 200);
        Grounds grounds = grounds(viewer, campaign);
        if (campaign.supplementary() && kind == Gate.Kind.PERSON_WITHOUT_SET) {
            return supplements.cases(
                    viewer.tenantId(), campaign, Supplements.Verdict.NO_SET, held(viewer, campaign), offset, most);
        }
        if (GateStore.personal(kind)) {
            return gates.cases(grounds.ground(), kind, offset, most, today());
        }
        boolean sees = access.covers(viewer, Permission.READ_CAMPAIGNS, campaign.receiverUnit());
        return general(grounds, sees).getOrDefault(kind, List.of()).stream()
                .skip(offset)
                .limit(most)
                .toList();
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
        Grounds all = grounds(tenant, campaign, unitsOf(tenant, campaign));
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
        GateStore.Counts counts = gates.count(grounds.ground(), today());
        counts.cases()
                .forEach((kind, count) -> found.put(
                        kind, new Gate(kind, count, gates.cases(grounds.ground(), kind, 0, Gate.EXAMPLES, today()))));
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
            cases.put(Gate.Kind.UNIT_WITHOUT_PEOPLE, lacking(grounds, gates.unitsWithoutPeople(ground, today())));
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
        Set<UUID> staffed = gates.unitsOnDuty(ground, duty, lacking);
        return lacking.stream().filter(unit -> !staffed.contains(unit)).toList();
    }

    private static List<Gate.Case> lacking(Grounds grounds, List<UUID> units) {
        var lacking = new HashSet<>(units);
        return grounds.seen().stream()
                .filter(unit -> lacking.contains(unit.id()))
                .map(unit -> new Gate.Case(unit.id(), unit.name(), unit.id(), ""))
                .toList();
    }

    /**
     * Opens the campaign and freezes its roster, once: the gates are looked at again inside the transaction, and of two
     * people who open it at the same moment the second is told that it is open. All of it or nothing; memory does not grow
     * with the people.
     */
    public Launch launch(Viewer viewer, UUID campaignId) {
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
            if (attempt == LAUNCH_ATTEMPTS) {
                Readiness readiness = readiness(viewer, get(viewer.tenantId(), campaignId));
                return readiness.blocked() ? new Launch.Refused(readiness.gates()) : new Launch.Moved();
            }
        }
    }

    /** Opens it now or, with more than {@value #PEOPLE_NOW} people, by a job. */
    public Launch launchOrAsk(Viewer viewer, UUID campaignId) {
        Campaign campaign = get(viewer.tenantId(), campaignId);
        access.require(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit());
        if (campaign.state() == State.DRAFT) {
            Readiness readiness = readiness(viewer, campaign);
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
    public boolean launching(UUID tenantId, UUID campaignId) {
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
        List<Units.Unit> chosen = unitsOf(tenant, campaign);
        List<UUID> ids = chosen.stream().map(Units.Unit::id).toList();
        Readiness readiness = readiness(grounds(tenant, campaign, chosen), true, null);
        if (readiness.blocked()) {
            return Optional.of(new Launch.Refused(readiness.gates()));
        }
        progress.at(1, LAUNCH_PARTS);
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
        progress.at(2, LAUNCH_PARTS);
        Check.that(rosters.keepLines(tenant, campaignId) == written.people(), "every entry of the roster is one line");
        progress.at(3, LAUNCH_PARTS);
        byte[] hash = hash(tenant, campaignId).finish();
        progress.at(4, LAUNCH_PARTS);
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

    /**
     * The hash of the roster taken once more.
     *
     * @param kept what stands in the campaign and in the ledger since it was opened
     * @param people how many frozen lines there are now, {@code hash} the SHA-256 over them
     * @param carriedOver how many of them an earlier version of the program had overwritten, so that a later one stands there
     */
    public record RosterCheck(Frozen kept, int people, byte[] hash, int carriedOver) {
        public boolean matches() {
            return people == kept.people() && Arrays.equals(hash, kept.hash());
        }
    }

    /** Takes the hash of a roster as it was frozen once more, whoever has come and gone since. */
    @Transactional(readOnly = true)
    public RosterCheck checkRoster(UUID tenantId, UUID campaignId) {
        Frozen kept = store.frozen(tenantId, campaignId).orElseThrow(() -> new NotFound("roster"));
        RosterHash hash = hash(tenantId, campaignId);
        return new RosterCheck(kept, hash.lines(), hash.finish(), rosters.carriedOver(tenantId, campaignId));
    }

    /** How far the lists of a campaign are; names at most so many of those that are not accepted. */
    public ListProgress.Overview lists(UUID tenantId, UUID campaignId, int examples) {
        return lists.overview(tenantId, campaignId, examples);
    }

    /** When it was closed and opened again, the newest first. */
    public List<Closing> closings(UUID tenantId, UUID campaignId) {
        return store.closings(tenantId, campaignId);
    }

    /** The same by the end of a day. */
    public List<Closing> closings(UUID tenantId, UUID campaignId, LocalDate day) {
        return closings(tenantId, campaignId).stream()
                .filter(closing -> closing.madeAt().isBefore(over(day)))
                .toList();
    }

    /**
     * Closes a campaign: from then on nothing is signed, recorded, compiled or decided in it. Waits for those who are just
     * doing so. Whoever may open it may close it.
     *
     * @param reason needed unless every list is accepted
     */
    @Transactional
    public Turned close(Viewer viewer, UUID campaignId, String reason) {
        return turn(viewer, campaignId, reason, true);
    }

    /** Opens a closed campaign again; always with a reason. */
    @Transactional
    public Turned reopen(Viewer viewer, UUID campaignId, String reason) {
        return turn(viewer, campaignId, reason, false);
    }

    private Turned turn(Viewer viewer, UUID campaignId, String reason, boolean close) {
        UUID tenant = viewer.tenantId();
        // Before the row: whoever holds the campaign shared may still need the row for a foreign key.
        UUID base = get(tenant, campaignId).baseId();
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
        if (why.length() > LONGEST_CLOSING_REASON) {
            return new Turned.Refused("ly-do", Reason.of("campaigns.close.reason.long", LONGEST_CLOSING_REASON));
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
                now());
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

    /** Somebody who could join a roster: an open assignment in one of its units, and not on it (any more). */
    public record Candidate(
            UUID personId,
            String fullName,
            @Nullable LocalDate birthDate,
            UUID unitId,
            String unitName,
            String blocName,
            String positionName,
            boolean leftBefore) {}

    /** People of the viewer's units whose name holds the words and who could join; at most 20. */
    public List<Candidate> candidates(Viewer viewer, UUID campaignId, String words) {
        return rosters.candidates(
                viewer.tenantId(),
                campaignId,
                get(viewer.tenantId(), campaignId).baseId(),
                viewer.unitsWith(Permission.MANAGE_PEOPLE),
                Texts.searchKey(words),
                Texts.oneLine(words).toLowerCase(java.util.Locale.ROOT));
    }

    /**
     * Puts somebody onto the roster after it was frozen, by their open assignment in the unit.
     *
     * @param date from when they count; not in the future
     */
    @Transactional
    public Changed join(
            Viewer viewer, UUID campaignId, UUID personId, UUID unitId, UUID setId, LocalDate date, String reason) {
        Campaign campaign = get(viewer.tenantId(), campaignId);
        access.require(viewer, Permission.MANAGE_PEOPLE, unitId);
        String why = Texts.oneLine(reason);
        Optional<Changed> refused = refusal(campaign, date, why);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (criteria.sets(viewer.tenantId(), campaign.decisionId()).stream()
                .noneMatch(set -> set.id().equals(setId))) {
            return new Changed.Refused("bo", Reason.of("campaigns.join.set"));
        }
        Optional<Member> found = !store.units(viewer.tenantId(), campaignId).contains(unitId)
                ? Optional.empty()
                : people.membersOf(viewer.tenantId(), List.of(unitId)).stream()
                        .filter(member -> member.personId().equals(personId))
                        .findFirst();
        if (found.isEmpty()) {
            return new Changed.Refused("nguoi", Reason.of("campaigns.join.person"));
        }
        Member member = found.get();
        lockBloc(viewer.tenantId(), campaignId, unitId, member.blocId());
        if (get(viewer.tenantId(), campaignId).state() != State.LAUNCHED) {
            return new Changed.Refused("", Reason.of("campaigns.roster.not-open"));
        }
        Optional<Reason> frozen = frozenReason(
                viewer.tenantId(), campaign, unitId, member.unitName(), member.blocId(), member.blocName());
        if (frozen.isPresent()) {
            return new Changed.Refused("", frozen.get());
        }
        UUID line = campaign.lineId();
        if (line != null
                && lines.of(viewer.tenantId(), personId, date).stream()
                        .noneMatch(standing -> standing.lineId().equals(line))) {
            return new Changed.Refused("nguoi", Reason.of("campaigns.join.not-in-line", member.fullName(), date));
        }
        if (campaign.supplementary()) {
            Optional<Reason> unconcerned = supplements.refusal(
                    viewer.tenantId(),
                    campaign,
                    personId,
                    setId,
                    member.fullName(),
                    rosterEntry(viewer.tenantId(), campaignId, personId).isPresent());
            if (unconcerned.isPresent()) {
                return new Changed.Refused("nguoi", unconcerned.get());
            }
        } else {
            String other = rosters.otherRosters(viewer.tenantId(), campaignId, campaign.year(), Set.of(personId))
                    .get(personId);
            if (other != null) {
                return new Changed.Refused("nguoi", Reason.of("campaigns.join.other-roster", other));
            }
        }
        OptionalInt entry = rosters.join(viewer.tenantId(), campaign, new RosterRow(member, setId), date);
        if (entry.isEmpty()) {
            return new Changed.Refused("nguoi", Reason.of("campaigns.join.already", member.fullName()));
        }
        record(
                viewer,
                campaignId,
                personId,
                "join",
                date,
                why,
                Map.of("unit", unitId.toString(), "set", setId.toString()),
                entry);
        listeners.forEach(listener -> listener.joined(viewer.tenantId(), campaignId, personId));
        return new Changed.Done();
    }

    /**
     * Takes somebody off the roster: they are no longer counted, signed or not. What they signed stays.
     *
     * @param date the first day they no longer count; not in the future
     */
    @Transactional
    public Changed leave(Viewer viewer, UUID campaignId, UUID personId, LocalDate date, String reason) {
        Campaign campaign = get(viewer.tenantId(), campaignId);
        RosterEntry entry = rosters.rosterEntry(viewer.tenantId(), campaignId, personId)
                .orElseThrow(() -> new NotFound("person on the roster"));
        access.require(viewer, Permission.MANAGE_PEOPLE, entry.unitId());
        String why = Texts.oneLine(reason);
        Optional<Changed> refused = refusal(campaign, date, why);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (date.isBefore(entry.joinedOn())) {
            return new Changed.Refused("ngay", Reason.of("campaigns.leave.before-joining", entry.joinedOn()));
        }
        lockBloc(viewer.tenantId(), campaignId, entry.unitId(), entry.blocId());
        if (get(viewer.tenantId(), campaignId).state() != State.LAUNCHED) {
            return new Changed.Refused("", Reason.of("campaigns.roster.not-open"));
        }
        Optional<Reason> frozen = frozenReason(viewer.tenantId(), campaign, entry);
        if (frozen.isPresent()) {
            return new Changed.Refused("", frozen.get());
        }
        if (!rosters.leave(viewer.tenantId(), campaignId, personId, entry.unitId(), entry.blocId(), date)) {
            return new Changed.Refused("", Reason.of("campaigns.leave.already", entry.fullName()));
        }
        record(
                viewer,
                campaignId,
                personId,
                "leave",
                date,
                why,
                Map.of("unit", entry.unitId().toString()),
                OptionalInt.empty());
        listeners.forEach(listener -> listener.left(viewer.tenantId(), campaignId, personId));
        return new Changed.Done();
    }

    /**
     * Takes over what was corrected in the directory about somebody's name or birth date, as a dated change of the roster. The caller
     * holds the list of their unit's bloc and has asked for the authority.
     *
     * @return whether anything differed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean correct(Viewer viewer, UUID campaignId, UUID personId, String reason) {
        LocalDate day = today();
        OptionalInt entry = rosters.correct(viewer.tenantId(), campaignId, personId, day);
        if (entry.isEmpty()) {
            return false;
        }
        String why = Texts.oneLine(reason);
        record(
                viewer,
                campaignId,
                personId,
                "correct",
                day,
                why.substring(0, Math.min(why.length(), LONGEST_REASON)),
                Map.of(),
                entry);
        return true;
    }

    private Optional<Changed> refusal(Campaign campaign, LocalDate date, String reason) {
        if (campaign.state() != State.LAUNCHED) {
            return Optional.of(new Changed.Refused("", Reason.of("campaigns.roster.not-open")));
        }
        if (date.isAfter(today())) {
            return Optional.of(new Changed.Refused("ngay", Reason.of("campaigns.roster.future", today())));
        }
        if (date.getYear() < campaign.year() - 1) {
            return Optional.of(new Changed.Refused("ngay", Reason.of("campaigns.roster.long-ago", date)));
        }
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return Optional.of(new Changed.Refused("ly-do", Reason.of("campaigns.roster.reason")));
        }
        return Optional.empty();
    }

    /** @param entry which line of the person's on this roster the change brings; empty when it brings none */
    private void record(
            Viewer viewer,
            UUID campaignId,
            UUID personId,
            String kind,
            LocalDate date,
            String reason,
            Map<String, String> more,
            OptionalInt entry) {
        UUID id = Ids.next();
        rosters.insertChange(
                viewer.tenantId(), id, campaignId, personId, kind, date, reason, viewer.accountId(), now());
        var facts = new LinkedHashMap<String, Object>(more);
        facts.put("campaign", campaignId.toString());
        facts.put("person", personId.toString());
        facts.put("date", date.toString());
        facts.put("reason", reason);
        var pieces = new ArrayList<Piece>();
        pieces.add(Piece.of(CampaignEvidence.CHANGE, id));
        if (entry.isPresent()) {
            rosters.keepLine(viewer.tenantId(), campaignId, personId, entry.getAsInt(), id);
            pieces.add(Piece.of(CampaignEvidence.LINE, campaignId, personId, entry.getAsInt()));
        }
        ledger.append(
                new Act(viewer.tenantId(), "campaigns.roster-" + kind, id, viewer.accountId(), facts).with(pieces));
    }

    /** Why nothing of this person's list may change now, when an accepted list locks it. */
    public Optional<Reason> frozenReason(UUID tenantId, Campaign campaign, RosterEntry entry) {
        return frozenReason(tenantId, campaign, entry.unitId(), entry.unitName(), entry.blocId(), entry.blocName());
    }

    private Optional<Reason> frozenReason(
            UUID tenantId, Campaign campaign, UUID unitId, String unitName, UUID blocId, String blocName) {
        return store.freeze(tenantId, campaign.id(), unitId, blocId)
                .map(freeze -> Reason.of(
                        "campaigns.frozen",
                        unitName,
                        blocName,
                        freeze.since(),
                        units.names(tenantId, List.of(campaign.receiverUnit()))
                                .getOrDefault(campaign.receiverUnit(), "")));
    }

    /**
     * Held shared, until the transaction ends, by whoever changes what the list of a unit's bloc counts. Read the freeze
     * in a statement of its own after this one.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lockBloc(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        store.lockBloc(campaignId, unitId, blocId, false);
    }

    /**
     * Held alone, until the transaction ends, by whoever counts a list for good: waits for those who are just changing what
     * it counts, and keeps the next ones waiting. Count in a statement after this one.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lockBlocAlone(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        store.lockBloc(campaignId, unitId, blocId, true);
    }

    /**
     * Freezes a unit's bloc because its list was accepted: from here on nobody there signs, declines, joins or leaves.
     * Waits for those who are just doing so; count after calling this, not before.
     *
     * @return whether it was not frozen before
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean freeze(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId, UUID listId) {
        store.lockBloc(campaignId, unitId, blocId, true);
        return store.insertFreeze(tenantId, campaignId, unitId, blocId, listId, now());
    }

    /**
     * Held shared, until the transaction ends, by whoever moves a list: nobody closes the campaign meanwhile.
     *
     * @return whether it is open
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean holdOpen(UUID tenantId, UUID campaignId) {
        store.lockCampaign(campaignId, false);
        return get(tenantId, campaignId).state() == State.LAUNCHED;
    }

    /** Lifts the freeze that this list laid. @return whether there was one */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lift(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId, UUID listId) {
        store.lockBloc(campaignId, unitId, blocId, true);
        return store.deleteFreeze(tenantId, campaignId, unitId, blocId, listId);
    }

    /**
     * What a page of the roster shows.
     *
     * @param byRank in rank order instead of name order
     * @param day who had come by that day, with the line they stood on it with; null for today
     */
    public record RosterQuery(
            String words,
            @Nullable UUID unitId,
            boolean byRank,
            @Nullable LocalDate day,
            int offset,
            int limit) {}

    /** People on the roster in the viewer's units, those who left included. */
    public List<RosterEntry> roster(Viewer viewer, UUID campaignId, RosterQuery query) {
        return rosters.roster(viewer.tenantId(), campaignId, viewer.unitsWith(Permission.READ_PEOPLE), query);
    }

    public long countRoster(Viewer viewer, UUID campaignId, RosterQuery query) {
        return rosters.countRoster(viewer.tenantId(), campaignId, viewer.unitsWith(Permission.READ_PEOPLE), query);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
