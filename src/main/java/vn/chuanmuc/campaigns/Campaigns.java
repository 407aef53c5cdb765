package vn.chuanmuc.campaigns;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Campaigns and their rosters. */
@Component
public class Campaigns {
    private final CampaignStore store;
    private final RosterStore rosters;
    private final CampaignGates gates;
    private final TakingPart taking;
    private final CampaignOpening opening;
    private final CampaignTurning turning;
    private final RosterChanges changes;
    private final ListProgress lists;
    private final Access access;
    private final Units units;
    private final Lines lines;
    private final Criteria criteria;
    private final Ledger ledger;
    private final Clock clock;

    Campaigns(
            CampaignStore store,
            RosterStore rosters,
            CampaignGates gates,
            TakingPart taking,
            CampaignOpening opening,
            CampaignTurning turning,
            RosterChanges changes,
            ListProgress lists,
            Access access,
            Units units,
            Lines lines,
            Criteria criteria,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.rosters = rosters;
        this.gates = gates;
        this.taking = taking;
        this.opening = opening;
        this.turning = turning;
        this.changes = changes;
        this.lists = lists;
        this.access = access;
        this.units = units;
        this.lines = lines;
        this.criteria = criteria;
        this.ledger = ledger;
        this.clock = clock;
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
        return taking.of(tenantId, campaign);
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
        return gates.readiness(viewer, campaign);
    }

    /** A page of the cases of a gate about people or units in the viewer's units, with how many there are. */
    @Transactional(readOnly = true)
    public Optional<Gate> gate(Viewer viewer, Campaign campaign, Gate.Kind kind) {
        return gates.readiness(viewer, campaign).gates().stream()
                .filter(gate -> gate.kind() == kind)
                .findFirst();
    }

    /** Part of the cases of a gate: people in the order of Vietnamese names, units in the order of the tree; at most 200. */
    @Transactional(readOnly = true)
    public List<Gate.Case> gateCases(Viewer viewer, Campaign campaign, Gate.Kind kind, int offset, int limit) {
        return gates.cases(viewer, campaign, kind, offset, limit);
    }

    /**
     * Opens the campaign and freezes its roster, once: the gates are looked at again inside the transaction, and of two
     * people who open it at the same moment the second is told that it is open. All of it or nothing; memory does not grow
     * with the people.
     */
    public Launch launch(Viewer viewer, UUID campaignId) {
        return opening.launch(viewer, campaignId);
    }

    /** Opens it now or, with more people than one request should wait for, by a job. */
    public Launch launchOrAsk(Viewer viewer, UUID campaignId) {
        return opening.launchOrAsk(viewer, campaignId);
    }

    /** As {@link #launch} within a transaction. @return empty when it is to be rolled back and done again */
    Optional<Launch> open(Viewer viewer, UUID campaignId, Progress progress) {
        return opening.open(viewer, campaignId, progress);
    }

    /** Whether a job is just opening it. */
    public boolean launching(UUID tenantId, UUID campaignId) {
        return opening.underWay(tenantId, campaignId);
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
        return opening.check(tenantId, campaignId);
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
        return turning.turn(viewer, campaignId, reason, true);
    }

    /** Opens a closed campaign again; always with a reason. */
    @Transactional
    public Turned reopen(Viewer viewer, UUID campaignId, String reason) {
        return turning.turn(viewer, campaignId, reason, false);
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
        return changes.candidates(viewer, campaignId, words);
    }

    /**
     * Puts somebody onto the roster after it was frozen, by their open assignment in the unit.
     *
     * @param date from when they count; not in the future
     */
    @Transactional
    public Changed join(
            Viewer viewer, UUID campaignId, UUID personId, UUID unitId, UUID setId, LocalDate date, String reason) {
        return changes.join(viewer, campaignId, personId, unitId, setId, date, reason);
    }

    /**
     * Takes somebody off the roster: they are no longer counted, signed or not. What they signed stays.
     *
     * @param date the first day they no longer count; not in the future
     */
    @Transactional
    public Changed leave(Viewer viewer, UUID campaignId, UUID personId, LocalDate date, String reason) {
        return changes.leave(viewer, campaignId, personId, date, reason);
    }

    /**
     * Takes over what was corrected in the directory about somebody's name or birth date, as a dated change of the roster. The caller
     * holds the list of their unit's bloc and has asked for the authority.
     *
     * @return whether anything differed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean correct(Viewer viewer, UUID campaignId, UUID personId, String reason) {
        return changes.correct(viewer, campaignId, personId, reason);
    }

    /** Why nothing of this person's list may change now, when an accepted list locks it. */
    public Optional<Reason> frozenReason(UUID tenantId, Campaign campaign, RosterEntry entry) {
        return changes.frozenReason(tenantId, campaign, entry);
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
