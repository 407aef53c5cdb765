package vn.chuanmuc.campaigns;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.People.Member;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Campaigns and their rosters. */
@Component
public class Campaigns {
    private static final int LONGEST_REASON = 500;

    private final CampaignStore store;
    private final Access access;
    private final Accounts accounts;
    private final Units units;
    private final People people;
    private final Criteria criteria;
    private final Ledger ledger;
    private final Clock clock;
    private final ObjectProvider<Rosters> listeners;

    Campaigns(
            CampaignStore store,
            Access access,
            Accounts accounts,
            Units units,
            People people,
            Criteria criteria,
            Ledger ledger,
            Clock clock,
            ObjectProvider<Rosters> listeners) {
        this.store = store;
        this.access = access;
        this.accounts = accounts;
        this.units = units;
        this.people = people;
        this.criteria = criteria;
        this.ledger = ledger;
        this.clock = clock;
        this.listeners = listeners;
    }

    public enum State {
        DRAFT,
        LAUNCHED,
        CLOSED
    }

    /**
     * @param signBy last day to sign (2021: 10/10; afterwards 30/01 every year)
     * @param submitBy last day for units to submit their lists
     * @param methods codes of the ways to sign that are allowed: {@code xac-nhan-dien-tu}, {@code giay}, {@code chu-ky-so}
     * @param receiverUnit the unit whose board receives the lists
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
            @Nullable Instant launchedAt) {}

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
            Set<UUID> units) {}

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

    /** A later change of the roster, with its reason. */
    public record RosterChange(
            UUID personId, boolean joined, LocalDate effective, String reason, UUID madeBy, Instant madeAt) {}

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

        record Refused(List<Gate> gates) implements Launch {}
    }

    /** What came of changing the roster. */
    public sealed interface Changed {
        record Done() implements Changed {}

        record Refused(String field, Reason why) implements Changed {}
    }

    /** The last day to sign that is proposed for a year. */
    public static LocalDate proposedSignBy(int year) {
        return CampaignRules.proposedSignBy(year);
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

    public Optional<RosterEntry> rosterEntry(UUID tenantId, UUID campaignId, UUID personId) {
        return store.rosterEntry(tenantId, campaignId, personId);
    }

    /** The rosters of launched campaigns that a person is on, the newest year first. */
    public List<RosterEntry> rostersOf(UUID tenantId, UUID personId) {
        return store.rostersOf(tenantId, personId);
    }

    public Optional<Freeze> freeze(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        return store.freeze(tenantId, campaignId, unitId, blocId);
    }

    public Optional<Frozen> frozen(UUID tenantId, UUID campaignId) {
        return store.frozen(tenantId, campaignId);
    }

    /** The units that take part, in the order of the tree. Unbounded by purpose. */
    public List<Units.Unit> unitsOf(UUID tenantId, Campaign campaign) {
        Set<UUID> chosen = store.units(tenantId, campaign.id());
        return units.under(tenantId, campaign.receiverUnit()).stream()
                .filter(unit -> chosen.contains(unit.id()))
                .toList();
    }

    /** The newest changes of a roster, newest first, of people in the viewer's units; at most 200. */
    public List<RosterChange> changes(Viewer viewer, UUID campaignId) {
        return store.changes(viewer.tenantId(), campaignId, viewer.unitsWith(Permission.READ_PEOPLE));
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
                plan.units());
    }

    private Map<String, Reason> problems(UUID tenantId, Plan plan) {
        var problems = new LinkedHashMap<>(CampaignRules.problems(plan));
        if (criteria.findPublished(tenantId, plan.decisionId()).isEmpty()) {
            problems.putIfAbsent("van-ban", Reason.of("campaigns.form.decision.none"));
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
        return facts;
    }

    /** What stands in the way of opening it, as far as the viewer's units are concerned. */
    public List<Gate> gates(Viewer viewer, Campaign campaign) {
        UUID[] held = viewer.unitsWith(Permission.READ_CAMPAIGNS);
        List<Gate> all = ready(viewer.tenantId(), campaign).gates();
        Set<UUID> seen = units.within(
                viewer.tenantId(),
                all.stream()
                        .flatMap(gate -> gate.cases().stream())
                        .map(Gate.Case::unitId)
                        .filter(java.util.Objects::nonNull)
                        .distinct()
                        .toList(),
                held);
        var gates = new ArrayList<Gate>();
        for (Gate gate : all) {
            List<Gate.Case> cases = gate.cases().stream()
                    .filter(one -> seen.contains(one.unitId()))
                    .toList();
            if (!cases.isEmpty()) {
                gates.add(new Gate(gate.kind(), cases));
            }
        }
        return gates;
    }

    private record Ready(List<Gate> gates, List<RosterRow> roster) {}

    private Ready ready(UUID tenantId, Campaign campaign) {
        List<Units.Unit> chosen = unitsOf(tenantId, campaign);
        List<UUID> unitIds = chosen.stream().map(Units.Unit::id).toList();
        List<Member> members = people.membersOf(tenantId, unitIds);
        var ids = new LinkedHashSet<UUID>();
        members.forEach(member -> ids.add(member.personId()));
        Map<UUID, UUID> sets = criteria.chosenSets(tenantId, campaign.decisionId(), ids);
        List<Gate> gates = CampaignRules.gates(new CampaignRules.Facts(
                today(),
                campaign.signBy(),
                campaign.submitBy(),
                campaign.receiverUnit(),
                criteria.findPublished(tenantId, campaign.decisionId()).orElse(null),
                chosen.stream()
                        .map(unit -> new CampaignRules.UnitName(unit.id(), unit.name()))
                        .toList(),
                members,
                sets,
                store.otherRosters(tenantId, campaign.id(), campaign.year(), ids),
                accounts.unitsLackingRole(tenantId, Role.HEAD, unitIds),
                accounts.unitsLackingRole(tenantId, Role.CLERK, unitIds)));
        var roster = new ArrayList<RosterRow>(members.size());
        CampaignRules.counted(members).forEach((person, member) -> {
            UUID set = sets.get(person);
            if (set != null) {
                roster.add(new RosterRow(member, set));
            }
        });
        return new Ready(gates, roster);
    }

    /** How many people would be on the roster now. */
    public int wouldBeOnRoster(UUID tenantId, Campaign campaign) {
        List<UUID> unitIds = List.copyOf(store.units(tenantId, campaign.id()));
        return store.peopleIn(tenantId, unitIds);
    }

    /**
     * Opens the campaign and freezes its roster, once: the gates are looked at again inside the transaction, and of two
     * people who open it at the same moment the second is told that it is open.
     */
    @Transactional
    public Launch launch(Viewer viewer, UUID campaignId) {
        Campaign campaign = store.lock(viewer.tenantId(), campaignId).orElseThrow(() -> new NotFound("campaign"));
        access.require(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit());
        if (campaign.state() != State.DRAFT) {
            return new Launch.Launched(
                    store.frozen(viewer.tenantId(), campaignId).orElseThrow().people());
        }
        Ready ready = ready(viewer.tenantId(), campaign);
        if (ready.gates().stream().anyMatch(gate -> gate.kind().blocking())) {
            return new Launch.Refused(ready.gates());
        }
        List<RosterRow> roster = ready.roster();
        byte[] hash = RosterHash.of(roster.stream().map(RosterHash.Line::of).toList());
        store.insertRoster(viewer.tenantId(), campaign, roster, today());
        Check.that(
                store.launched(viewer.tenantId(), campaignId, viewer.accountId(), now(), roster.size(), hash),
                "a campaign that is locked as a draft can be opened");
        ledger.append(new Act(
                viewer.tenantId(),
                "campaigns.launched",
                campaignId,
                viewer.accountId(),
                Map.of(
                        "year", campaign.year(),
                        "decision", campaign.decisionId().toString(),
                        "people", roster.size(),
                        "rosterHash", HexFormat.of().formatHex(hash)),
                hash));
        listeners.forEach(listener -> listener.frozen(viewer.tenantId(), campaignId));
        return new Launch.Launched(roster.size());
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
        return store.candidates(
                viewer.tenantId(),
                campaignId,
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
        Optional<Reason> frozen = frozenReason(
                viewer.tenantId(), campaign, unitId, member.unitName(), member.blocId(), member.blocName());
        if (frozen.isPresent()) {
            return new Changed.Refused("", frozen.get());
        }
        String other = store.otherRosters(viewer.tenantId(), campaignId, campaign.year(), Set.of(personId))
                .get(personId);
        if (other != null) {
            return new Changed.Refused("nguoi", Reason.of("campaigns.join.other-roster", other));
        }
        if (!store.join(viewer.tenantId(), campaign, new RosterRow(member, setId), date)) {
            return new Changed.Refused("nguoi", Reason.of("campaigns.join.already", member.fullName()));
        }
        record(
                viewer,
                campaignId,
                personId,
                "join",
                date,
                why,
                Map.of("unit", unitId.toString(), "set", setId.toString()));
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
        RosterEntry entry = store.rosterEntry(viewer.tenantId(), campaignId, personId)
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
        Optional<Reason> frozen = frozenReason(viewer.tenantId(), campaign, entry);
        if (frozen.isPresent()) {
            return new Changed.Refused("", frozen.get());
        }
        if (!store.leave(viewer.tenantId(), campaignId, personId, entry.unitId(), entry.blocId(), date)) {
            return new Changed.Refused("", Reason.of("campaigns.leave.already", entry.fullName()));
        }
        record(
                viewer,
                campaignId,
                personId,
                "leave",
                date,
                why,
                Map.of("unit", entry.unitId().toString()));
        listeners.forEach(listener -> listener.left(viewer.tenantId(), campaignId, personId));
        return new Changed.Done();
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

    private void record(
            Viewer viewer,
            UUID campaignId,
            UUID personId,
            String kind,
            LocalDate date,
            String reason,
            Map<String, String> more) {
        UUID id = Ids.next();
        store.insertChange(viewer.tenantId(), id, campaignId, personId, kind, date, reason, viewer.accountId(), now());
        var facts = new LinkedHashMap<String, Object>(more);
        facts.put("campaign", campaignId.toString());
        facts.put("person", personId.toString());
        facts.put("date", date.toString());
        facts.put("reason", reason);
        ledger.append(new Act(viewer.tenantId(), "campaigns.roster-" + kind, id, viewer.accountId(), facts));
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

    /** Lifts the freeze that this list laid. @return whether there was one */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lift(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId, UUID listId) {
        store.lockBloc(campaignId, unitId, blocId, true);
        return store.deleteFreeze(tenantId, campaignId, unitId, blocId, listId);
    }

    /** What a page of the roster shows. @param byRank in rank order instead of name order */
    public record RosterQuery(String words, @Nullable UUID unitId, boolean byRank, int offset, int limit) {}

    /** People on the roster in the viewer's units, those who left included. */
    public List<RosterEntry> roster(Viewer viewer, UUID campaignId, RosterQuery query) {
        return store.roster(viewer.tenantId(), campaignId, viewer.unitsWith(Permission.READ_PEOPLE), query);
    }

    public long countRoster(Viewer viewer, UUID campaignId, RosterQuery query) {
        return store.countRoster(viewer.tenantId(), campaignId, viewer.unitsWith(Permission.READ_PEOPLE), query);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
