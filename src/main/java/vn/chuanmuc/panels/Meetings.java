package vn.chuanmuc.panels;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.assessments.PanelStages;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.notifications.Kind;
import vn.chuanmuc.notifications.Notice;
import vn.chuanmuc.notifications.Notifications;
import vn.chuanmuc.panels.Meeting.Conclusion;
import vn.chuanmuc.panels.Meeting.Item;
import vn.chuanmuc.panels.Meeting.Presence;
import vn.chuanmuc.panels.Meeting.Remark;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Seat;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;

/**
 * Meetings: planned, convened, opened, attended, concluded, called off. Whoever prepares them for the unit plans and convenes; from
 * then on the chair and the secretary lead it. Every move holds the meeting's row, so of two at once one happens.
 */
@Component
public class Meetings {
    public static final int LONGEST_REASON = 1_000;
    public static final int LONGEST_REMARK = 2_000;
    public static final int MOST_SEATS = 200;
    public static final int MOST_ITEMS = 200;

    private static final int LONGEST_TITLE = 300;
    private static final int COUNTERS = 2;
    private static final int LONGEST_ABSENCE = 300;
    private static final int MOST_NOTES = 50;
    private static final int MOST_REMARKS = 200;

    private final MeetingStore store;
    private final RoundStore rounds;
    private final PanelSettings settings;
    private final PanelStages stages;
    private final Rules rules;
    private final Units units;
    private final MinutesEnds ends;
    private final Access access;
    private final Notifications notifications;
    private final Ledger ledger;
    private final Clock clock;

    Meetings(
            MeetingStore store,
            RoundStore rounds,
            PanelSettings settings,
            PanelStages stages,
            Rules rules,
            Units units,
            MinutesEnds ends,
            Access access,
            Notifications notifications,
            Ledger ledger,
            Clock clock) {
        this.notifications = notifications;
        this.store = store;
        this.rounds = rounds;
        this.settings = settings;
        this.stages = stages;
        this.rules = rules;
        this.units = units;
        this.ends = ends;
        this.access = access;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What came of a command. */
    public sealed interface Done {
        record Now() implements Done {}

        /** Somebody had done it before: nothing was added. */
        record Already() implements Done {}

        /** @param field of the form, empty for the whole */
        record Refused(String field, Reason why) implements Done {}
    }

    /** @param votes a secretary of the office may sit there without one */
    public record Chosen(UUID personId, Role role, boolean votes) {}

    /** @param forms in the order of the agenda */
    public record Plan(
            String title, LocalDate heldOn, LocalTime heldAt, String place, List<UUID> forms, List<Chosen> seats) {}

    public sealed interface Saved {
        record Done(UUID meetingId) implements Saved {}

        record Refused(String field, Reason why) implements Saved {}
    }

    /** Where a meeting could be held. @param waiting forms whose stage is not done */
    public record Occasion(Cycle cycle, Cycle.Stage stage, UUID unitId, String unitName, int waiting) {}

    /** Occasions in the viewer's units, the newest cycle first. */
    public List<Occasion> occasions(Viewer viewer) {
        UUID tenant = viewer.tenantId();
        UUID[] held = viewer.unitsWith(Permission.CONVENE_PANEL);
        Map<UUID, String> names = units.names(tenant, List.of(held));
        var occasions = new ArrayList<Occasion>();
        for (Cycle cycle : stages.cycles(tenant)) {
            for (Cycle.Stage stage : stages.stages(tenant, cycle.id())) {
                Set<UUID> claimed = Set.copyOf(store.claimed(tenant, cycle.period(), stage.code(), null));
                var byUnit = new LinkedHashMap<UUID, Occasion>();
                for (UUID unit : held) {
                    List<PanelStages.Waiting> waiting =
                            stages.waiting(tenant, cycle.period(), cycle.id(), stage.code(), unit).stream()
                                    .filter(one -> !claimed.contains(one.formId()))
                                    .toList();
                    if (!waiting.isEmpty()) {
                        byUnit.put(
                                unit, new Occasion(cycle, stage, unit, names.getOrDefault(unit, ""), waiting.size()));
                    }
                    for (PanelStages.Waiting one : waiting) {
                        if (!List.of(held).contains(one.unitId())) {
                            byUnit.merge(
                                    one.unitId(),
                                    new Occasion(cycle, stage, one.unitId(), one.unitName(), 1),
                                    (before, more) -> new Occasion(
                                            cycle, stage, one.unitId(), one.unitName(), before.waiting() + 1));
                        }
                    }
                }
                occasions.addAll(byUnit.values());
            }
        }
        return occasions;
    }

    /** An occasion that is looked at before anything is planned. */
    public Occasion occasion(Viewer viewer, UUID cycleId, String stage, UUID unitId) {
        access.require(viewer, Permission.CONVENE_PANEL, unitId);
        Cycle cycle = stages.cycles(viewer.tenantId()).stream()
                .filter(one -> one.id().equals(cycleId))
                .findFirst()
                .orElseThrow(() -> new NotFound("cycle with meetings"));
        Cycle.Stage found = stages.stages(viewer.tenantId(), cycleId).stream()
                .filter(one -> one.code().equals(stage))
                .findFirst()
                .orElseThrow(() -> new NotFound("stage of meetings"));
        String name = Optional.ofNullable(
                        units.names(viewer.tenantId(), List.of(unitId)).get(unitId))
                .orElseThrow(() -> new NotFound("unit"));
        return new Occasion(cycle, found, unitId, name, 0);
    }

    /** Forms that may stand on the agenda: whose stage is not done, and before no other meeting. */
    public List<PanelStages.Waiting> candidates(Viewer viewer, Occasion occasion, @Nullable UUID meetingId) {
        UUID tenant = viewer.tenantId();
        Cycle cycle = occasion.cycle();
        Set<UUID> claimed = new HashSet<>(
                store.claimed(tenant, cycle.period(), occasion.stage().code(), meetingId));
        return stages
                .waiting(tenant, cycle.period(), cycle.id(), occasion.stage().code(), occasion.unitId())
                .stream()
                .filter(one -> !claimed.contains(one.formId()))
                .toList();
    }

    /** People who may be convened: of the unit itself, those named, and whoever has the words in their name. */
    public List<Seat> people(Viewer viewer, UUID unitId, List<UUID> named, String words, LocalDate day) {
        access.require(viewer, Permission.CONVENE_PANEL, unitId);
        String key = Texts.searchKey(words);
        return store.people(viewer.tenantId(), unitId, named.toArray(UUID[]::new), key.length() < 2 ? "" : key, day);
    }

    /** Meetings the viewer sits in or has the units of, the newest first. */
    public List<Meeting> list(Viewer viewer, @Nullable State state, int offset, int limit) {
        return store.list(viewer.tenantId(), viewer.personId(), reading(viewer), state, offset, limit);
    }

    public long count(Viewer viewer, @Nullable State state) {
        return store.count(viewer.tenantId(), viewer.personId(), reading(viewer), state);
    }

    private static UUID[] reading(Viewer viewer) {
        var held = new HashSet<UUID>(List.of(viewer.unitsWith(Permission.CONVENE_PANEL)));
        held.addAll(List.of(viewer.unitsWith(Permission.READ_ASSESSMENTS)));
        return held.toArray(UUID[]::new);
    }

    /**
     * A meeting with everything kept of it, for whoever sits in it, prepares it, or reads assessments of the unit. What it says about
     * the viewer themself is for the page to leave out ({@link Protocol#shows}).
     */
    public Protocol protocol(Viewer viewer, UUID meetingId) {
        Protocol protocol = protocol(
                viewer.tenantId(), store.find(viewer.tenantId(), meetingId).orElseThrow(() -> new NotFound("meeting")));
        UUID unit = protocol.meeting().unitId();
        boolean sits = protocol.meeting().state() != State.DRAFT
                && protocol.seat(viewer.personId()).isPresent();
        if (!sits
                && !access.covers(viewer, Permission.CONVENE_PANEL, unit)
                && !access.covers(viewer, Permission.READ_ASSESSMENTS, unit)) {
            throw new NotFound("meeting");
        }
        return protocol;
    }

    Protocol protocol(UUID tenantId, Meeting meeting) {
        UUID id = meeting.id();
        PanelRule rule = meeting.state() == State.DRAFT
                ? settings.on(tenantId, meeting.heldOn())
                : settings.get(tenantId, meeting.ruleId());
        return new Protocol(
                meeting,
                rule,
                rules.book(tenantId, meeting.ruleVersion()),
                store.seats(tenantId, id),
                store.agenda(tenantId, id),
                store.presences(tenantId, id),
                store.remarks(tenantId, id),
                rounds.rounds(tenantId, id),
                rounds.counts(tenantId, id),
                rounds.witnesses(tenantId, id),
                store.conclusions(tenantId, id),
                store.minutes(tenantId, id),
                store.copies(tenantId, id),
                store.signatures(tenantId, id),
                store.deliveries(tenantId, id));
    }

    public boolean prepares(Viewer viewer, Meeting meeting) {
        return access.covers(viewer, Permission.CONVENE_PANEL, meeting.unitId());
    }

    /** Whether the viewer reads what the meeting wrote down: who leads and signs it, prepares it, or reads assessments there. */
    public boolean reads(Viewer viewer, Protocol protocol) {
        return protocol.is(viewer, Role.CHAIR, Role.SECRETARY)
                || prepares(viewer, protocol.meeting())
                || access.covers(
                        viewer, Permission.READ_ASSESSMENTS, protocol.meeting().unitId());
    }

    /** Whether a person's stage is at its turn, by form. */
    public Map<UUID, Turn> turns(UUID tenantId, Protocol protocol) {
        var turns = new HashMap<UUID, Turn>();
        for (Item item : protocol.agenda()) {
            stages.turn(
                            tenantId,
                            protocol.meeting().period(),
                            item.formId(),
                            protocol.meeting().stage())
                    .ifPresent(turn -> turns.put(item.formId(), turn));
        }
        return turns;
    }

    @Transactional
    public Saved plan(Viewer viewer, UUID cycleId, String stage, UUID unitId, Plan plan) {
        Occasion occasion = occasion(viewer, cycleId, stage, unitId);
        Optional<Saved> refused = wrong(plan);
        if (refused.isPresent()) {
            return refused.get();
        }
        var meeting = new Meeting(
                Ids.next(),
                cycleId,
                occasion.cycle().period(),
                stage,
                occasion.stage().name(),
                unitId,
                occasion.unitName(),
                occasion.cycle().ruleVersion(),
                Texts.oneLine(plan.title()),
                plan.heldOn(),
                plan.heldAt(),
                Texts.oneLine(plan.place()),
                null,
                State.DRAFT,
                1,
                0,
                "",
                viewer.accountId(),
                now(),
                null,
                null,
                null,
                null);
        store.insert(viewer.tenantId(), meeting);
        return written(viewer, occasion, meeting, plan, "panels.meeting-planned");
    }

    /** @param version as it was read; somebody else's change since is not overwritten */
    @Transactional
    public Saved change(Viewer viewer, UUID meetingId, int version, Plan plan) {
        Meeting meeting = locked(viewer, meetingId);
        access.require(viewer, Permission.CONVENE_PANEL, meeting.unitId());
        Optional<Saved> refused = wrong(plan);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (meeting.state() != State.DRAFT) {
            return new Saved.Refused(
                    "", Reason.of("panels.locked." + meeting.state().code()));
        }
        if (meeting.version() != version) {
            return new Saved.Refused("", Reason.of("panels.plan.behind"));
        }
        Occasion occasion = occasion(viewer, meeting.cycleId(), meeting.stage(), meeting.unitId());
        var changed = new Meeting(
                meeting.id(),
                meeting.cycleId(),
                meeting.period(),
                meeting.stage(),
                meeting.stageName(),
                meeting.unitId(),
                meeting.unitName(),
                meeting.ruleVersion(),
                Texts.oneLine(plan.title()),
                plan.heldOn(),
                plan.heldAt(),
                Texts.oneLine(plan.place()),
                null,
                State.DRAFT,
                version,
                0,
                "",
                meeting.createdBy(),
                meeting.createdAt(),
                null,
                null,
                null,
                null);
        Check.that(store.change(viewer.tenantId(), changed), "a draft that is held stands as read");
        return written(viewer, occasion, changed, plan, "panels.meeting-changed");
    }

    private static Optional<Saved> wrong(Plan plan) {
        String title = Texts.oneLine(plan.title());
        String place = Texts.oneLine(plan.place());
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            return Optional.of(new Saved.Refused("ten", Reason.of("panels.plan.title", LONGEST_TITLE)));
        }
        if (place.isEmpty() || place.length() > LONGEST_TITLE) {
            return Optional.of(new Saved.Refused("noi", Reason.of("panels.plan.place", LONGEST_TITLE)));
        }
        if (plan.forms().size() > MOST_ITEMS) {
            return Optional.of(new Saved.Refused("phieu", Reason.of("panels.plan.most-items", MOST_ITEMS)));
        }
        if (plan.seats().size() > MOST_SEATS) {
            return Optional.of(new Saved.Refused("thanh-phan", Reason.of("panels.plan.most-seats", MOST_SEATS)));
        }
        for (Role role : List.of(Role.CHAIR, Role.SECRETARY)) {
            if (plan.seats().stream().filter(seat -> seat.role() == role).count() > 1) {
                return Optional.of(new Saved.Refused("thanh-phan", Reason.of("panels.plan.one." + role.code())));
            }
        }
        return Optional.empty();
    }

    private Saved written(Viewer viewer, Occasion occasion, Meeting meeting, Plan plan, String act) {
        UUID tenant = viewer.tenantId();
        Map<UUID, PanelStages.Waiting> candidates = new HashMap<>();
        candidates(viewer, occasion, meeting.id()).forEach(one -> candidates.put(one.formId(), one));
        var agenda = new ArrayList<Item>();
        for (UUID form : new java.util.LinkedHashSet<>(plan.forms())) {
            PanelStages.Waiting one = candidates.get(form);
            if (one == null) {
                rollBack();
                return new Saved.Refused("phieu", Reason.of("panels.plan.taken"));
            }
            agenda.add(new Item(form, one.personId(), one.fullName(), one.positionName(), one.unitName()));
        }
        Map<UUID, Seat> known = new HashMap<>();
        List<UUID> named = plan.seats().stream().map(Chosen::personId).toList();
        people(viewer, meeting.unitId(), named, "", plan.heldOn()).forEach(seat -> known.put(seat.personId(), seat));
        var seats = new ArrayList<Seat>();
        for (Chosen chosen : plan.seats()) {
            Seat person = known.get(chosen.personId());
            if (person == null) {
                rollBack();
                return new Saved.Refused("thanh-phan", Reason.of("panels.plan.nobody"));
            }
            if (seats.stream().noneMatch(seat -> seat.personId().equals(person.personId()))) {
                seats.add(new Seat(
                        person.personId(),
                        chosen.role(),
                        chosen.votes() || chosen.role() != Role.SECRETARY,
                        person.fullName(),
                        person.positionName(),
                        person.unitName(),
                        person.accountId()));
            }
        }
        if (!store.plan(tenant, meeting, seats, agenda).isEmpty()) {
            rollBack();
            return new Saved.Refused("phieu", Reason.of("panels.plan.taken"));
        }
        var facts = facts(meeting);
        facts.put("seats", seats.size());
        facts.put("people", agenda.size());
        Act done = act.equals("panels.meeting-planned")
                ? new Act(tenant, "panels.meeting-planned", meeting.id(), viewer.accountId(), facts)
                : new Act(tenant, "panels.meeting-changed", meeting.id(), viewer.accountId(), facts);
        ledger.append(done);
        return new Saved.Done(meeting.id());
    }

    /** A refusal after something was written takes it back: nothing half planned stays. */
    private static void rollBack() {
        org.springframework.transaction.interceptor.TransactionAspectSupport.currentTransactionStatus()
                .setRollbackOnly();
    }

    static LinkedHashMap<String, Object> facts(Meeting meeting) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", meeting.cycleId().toString());
        facts.put("period", meeting.period().code());
        facts.put("stage", meeting.stage());
        facts.put("unit", meeting.unitId().toString());
        facts.put("heldOn", meeting.heldOn().toString());
        return facts;
    }

    /** Why a draft cannot be convened yet, by field; empty when it can. */
    public List<Reason> missing(Protocol protocol) {
        var missing = new ArrayList<Reason>();
        if (protocol.agenda().isEmpty()) {
            missing.add(Reason.of("panels.convene.agenda"));
        }
        for (Role role : List.of(Role.CHAIR, Role.SECRETARY)) {
            Optional<Seat> holder = protocol.holder(role);
            if (holder.isEmpty()) {
                missing.add(Reason.of("panels.convene." + role.code()));
            } else if (holder.get().accountId() == null) {
                missing.add(Reason.of("panels.convene.account", holder.get().fullName()));
            }
        }
        if (protocol.counters().size() != COUNTERS) {
            missing.add(Reason.of(
                    "panels.convene.counters", COUNTERS, protocol.counters().size()));
        }
        protocol.counters().stream()
                .filter(seat -> seat.accountId() == null)
                .forEach(seat -> missing.add(Reason.of("panels.convene.account", seat.fullName())));
        if (protocol.members() < 2) {
            missing.add(Reason.of("panels.convene.members"));
        }
        return missing;
    }

    @Transactional
    public Done convene(Viewer viewer, UUID meetingId) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = locked(viewer, meetingId);
        access.require(viewer, Permission.CONVENE_PANEL, meeting.unitId());
        if (meeting.state() == State.CONVENED) {
            return new Done.Already();
        }
        if (meeting.state() != State.DRAFT) {
            return new Done.Refused(
                    "", Reason.of("panels.locked." + meeting.state().code()));
        }
        Protocol protocol = protocol(tenant, meeting);
        List<Reason> missing = missing(protocol);
        if (!missing.isEmpty()) {
            return new Done.Refused("", missing.getFirst());
        }
        store.rule(tenant, meetingId, protocol.rule().id());
        Check.that(store.move(tenant, meetingId, State.DRAFT, State.CONVENED, "", now()), "a draft that is held");
        var facts = facts(meeting);
        facts.put("seats", protocol.seats().size());
        facts.put("members", protocol.members());
        facts.put("people", protocol.agenda().size());
        ledger.append(new Act(tenant, "panels.meeting-convened", meetingId, viewer.accountId(), facts)
                .with(
                        Piece.of(PanelEvidence.MEETING, meetingId),
                        Piece.of(PanelEvidence.SEATS, meetingId),
                        Piece.of(PanelEvidence.AGENDA, meetingId)));
        tell(viewer, protocol, Kind.MEETING_CONVENED);
        return new Done.Now();
    }

    /** Tells everybody who sits in it. */
    private void tell(Viewer viewer, Protocol protocol, Kind kind) {
        Meeting meeting = protocol.meeting();
        String day = VietnameseDates.format(meeting.heldOn());
        notifications.tellPeople(
                new Notice(
                        viewer.tenantId(),
                        kind,
                        viewer.accountId(),
                        meeting.id(),
                        "",
                        List.of(meeting.title(), meeting.heldAt() + ", " + day, meeting.place()),
                        "/hop/" + meeting.id(),
                        null),
                protocol.seats().stream().map(Seat::personId).toList());
    }

    /** Calls it off, as long as its minutes are not signed by both. What was noted stays; its forms are free for another meeting. */
    @Transactional
    public Done cancel(Viewer viewer, UUID meetingId, String reason) {
        UUID tenant = viewer.tenantId();
        Protocol before = protocol(viewer, meetingId);
        access.require(viewer, Permission.CONVENE_PANEL, before.meeting().unitId());
        String why = Texts.nfc(reason).strip();
        boolean said = !why.isEmpty() && why.length() <= LONGEST_REASON;
        if (said && before.meeting().state() == State.COUNTED) {
            ends.requests(tenant, before);
        }
        Meeting meeting = locked(viewer, meetingId);
        if (meeting.state() == State.CANCELLED) {
            return new Done.Already();
        }
        if (meeting.state() == State.CLOSED) {
            return new Done.Refused("", Reason.of("panels.locked.closed"));
        }
        if (meeting.state() == State.VOTING) {
            return new Done.Refused("", Reason.of("panels.cancel.voting"));
        }
        if (!said) {
            return new Done.Refused("ly-do", Reason.of("panels.reason", LONGEST_REASON));
        }
        ends.papers(tenant, meeting, why, viewer.accountId());
        ends.number(tenant, meeting, why, viewer.accountId());
        Check.that(
                store.move(tenant, meetingId, meeting.state(), State.CANCELLED, why, now()), "a meeting that is held");
        store.release(tenant, meetingId);
        var facts = facts(meeting);
        facts.put("from", meeting.state().code());
        facts.put("reason", why);
        var act = new Act(tenant, "panels.meeting-cancelled", meetingId, viewer.accountId(), facts);
        ledger.append(meeting.convenedAt() == null ? act : act.with(Piece.of(PanelEvidence.MEETING, meetingId)));
        if (meeting.convenedAt() != null) {
            tell(viewer, protocol(tenant, meeting), Kind.MEETING_CANCELLED);
        }
        return new Done.Now();
    }

    /** Opens it: chair and secretary are noted as there, and so many members as the rule asks for. */
    @Transactional
    public Done open(Viewer viewer, UUID meetingId) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = led(viewer, meetingId);
        if (meeting.state() == State.OPEN || meeting.state() == State.VOTING) {
            return new Done.Already();
        }
        if (meeting.state() != State.CONVENED) {
            return new Done.Refused(
                    "", Reason.of("panels.locked." + meeting.state().code()));
        }
        if (meeting.heldOn().isAfter(today())) {
            return new Done.Refused("", Reason.of("panels.open.early", meeting.heldOn()));
        }
        Protocol protocol = protocol(tenant, meeting);
        for (Role role : List.of(Role.CHAIR, Role.SECRETARY)) {
            if (!protocol.there(protocol.holder(role).orElseThrow().personId())) {
                return new Done.Refused("", Reason.of("panels.open." + role.code()));
            }
        }
        Optional<Done> few = few(protocol);
        if (few.isPresent()) {
            return few.get();
        }
        Check.that(store.move(tenant, meetingId, State.CONVENED, State.OPEN, "", now()), "a meeting that is held");
        var facts = facts(meeting);
        facts.put("members", protocol.members());
        facts.put("present", protocol.present().size());
        facts.put("quorum", protocol.quorum().code());
        ledger.append(new Act(tenant, "panels.meeting-opened", meetingId, viewer.accountId(), facts)
                .with(Piece.of(PanelEvidence.MEETING, meetingId)));
        return new Done.Now();
    }

    /** Too few are there for what the rule says; nothing where no rule says how many. */
    static Optional<Done> few(Protocol protocol) {
        PanelRule.Share share = protocol.rule().quorum();
        if (share == null || protocol.quorum() != PanelRule.Quorum.MISSING) {
            return Optional.empty();
        }
        return Optional.of(new Done.Refused(
                "",
                Reason.of(
                        "panels.quorum.missing",
                        protocol.present().size(),
                        protocol.members(),
                        share.least(protocol.members()))));
    }

    /** How somebody is noted. @param since null: now */
    public record Tick(
            UUID personId, boolean present, @Nullable LocalTime since, String reason) {}

    /** Notes who is there, came late, left early, or is absent and why; only what differs from before is added. */
    @Transactional
    public Done attend(Viewer viewer, UUID meetingId, List<Tick> ticks) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = led(viewer, meetingId);
        if (meeting.state() != State.CONVENED && meeting.state() != State.OPEN && meeting.state() != State.VOTING) {
            return new Done.Refused(
                    "", Reason.of("panels.locked." + meeting.state().code()));
        }
        if (meeting.heldOn().isAfter(today())) {
            return new Done.Refused("", Reason.of("panels.open.early", meeting.heldOn()));
        }
        Protocol protocol = protocol(tenant, meeting);
        Instant now = now();
        LocalTime clockTime = LocalTime.ofInstant(now, clock.getZone()).truncatedTo(ChronoUnit.MINUTES);
        var noted = new ArrayList<Presence>();
        for (Tick tick : ticks) {
            if (protocol.seat(tick.personId()).isEmpty()) {
                throw new NotFound("seat");
            }
            String reason = Texts.oneLine(tick.reason());
            if (reason.length() > LONGEST_ABSENCE) {
                return new Done.Refused("ly-do-" + tick.personId(), Reason.of("panels.attend.reason", LONGEST_ABSENCE));
            }
            Optional<Presence> before = protocol.presence(tick.personId());
            LocalTime since = tick.since() == null ? before.map(Presence::since).orElse(clockTime) : tick.since();
            if (tick.since() == null && before.isPresent() && before.get().present() != tick.present()) {
                since = clockTime;
            }
            if (before.isPresent()
                    && before.get().present() == tick.present()
                    && before.get().since().equals(since)
                    && before.get().reason().equals(reason)) {
                continue;
            }
            int seq = before.map(Presence::seq).orElse(0) + 1;
            if (seq > MOST_NOTES) {
                return new Done.Refused("", Reason.of("panels.attend.most", MOST_NOTES));
            }
            noted.add(new Presence(tick.personId(), seq, tick.present(), since, reason, viewer.accountId(), now));
        }
        if (noted.isEmpty()) {
            return new Done.Already();
        }
        noted.forEach(presence -> store.note(tenant, meetingId, presence));
        var facts = facts(meeting);
        facts.put("noted", noted.size());
        ledger.append(new Act(tenant, "panels.attendance-noted", meetingId, viewer.accountId(), facts)
                .with(noted.stream()
                        .map(one -> Piece.of(PanelEvidence.PRESENCE, meetingId, one.personId(), (short) one.seq()))
                        .toList()));
        return new Done.Now();
    }

    /** Notes what was said when a person was presented. */
    @Transactional
    public Done note(Viewer viewer, UUID meetingId, UUID formId, String words) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = led(viewer, meetingId);
        if (meeting.state() != State.OPEN && meeting.state() != State.VOTING) {
            return new Done.Refused(
                    "", Reason.of("panels.locked." + meeting.state().code()));
        }
        Protocol protocol = protocol(tenant, meeting);
        Item item = protocol.item(formId).orElseThrow(() -> new NotFound("person of the agenda"));
        if (!protocol.shows(viewer, item)) {
            return new Done.Refused("", Reason.of("panels.own"));
        }
        String said = Texts.nfc(words).strip();
        if (said.isEmpty() || said.length() > LONGEST_REMARK) {
            return new Done.Refused("y-kien", Reason.of("panels.note.words", LONGEST_REMARK));
        }
        List<Remark> before = protocol.remarks(formId);
        if (!before.isEmpty() && before.getLast().words().equals(said)) {
            return new Done.Already();
        }
        if (before.size() >= MOST_REMARKS) {
            return new Done.Refused("y-kien", Reason.of("panels.note.most", MOST_REMARKS));
        }
        var remark = new Remark(formId, before.size() + 1, said, viewer.accountId(), now());
        store.remark(tenant, meetingId, remark);
        ledger.append(new Act(tenant, "panels.remark-noted", meetingId, viewer.accountId(), facts(meeting))
                .with(Piece.of(PanelEvidence.REMARK, meetingId, formId, (short) remark.seq())));
        return new Done.Now();
    }

    /**
     * Writes down what the meeting concludes about a person. The product only suggests: another grade than suggested, or one where
     * nothing is, has a reason.
     *
     * @param grade null: left for another meeting, with the reason
     */
    @Transactional
    public Done conclude(Viewer viewer, UUID meetingId, UUID formId, @Nullable String grade, String reason) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = led(viewer, meetingId);
        if (meeting.state() != State.OPEN) {
            return new Done.Refused(
                    "",
                    meeting.state() == State.VOTING
                            ? Reason.of("panels.conclude.voting")
                            : Reason.of("panels.locked." + meeting.state().code()));
        }
        Protocol protocol = protocol(tenant, meeting);
        Item item = protocol.item(formId).orElseThrow(() -> new NotFound("person of the agenda"));
        if (!protocol.shows(viewer, item)) {
            return new Done.Refused("", Reason.of("panels.own"));
        }
        String why = Texts.nfc(reason).strip();
        if (why.length() > LONGEST_REASON) {
            return new Done.Refused("ly-do", Reason.of("panels.reason.long", LONGEST_REASON));
        }
        Optional<Protocol.Counted> counted = protocol.counted(formId);
        Optional<RuleBook.Grade> chosen =
                grade == null ? Optional.empty() : protocol.book().grade(grade);
        if (grade != null && chosen.isEmpty()) {
            return new Done.Refused("muc", Reason.of("panels.conclude.grade"));
        }
        if (grade == null && why.isEmpty()) {
            return new Done.Refused("ly-do", Reason.of("panels.conclude.left"));
        }
        if (grade != null && counted.isEmpty()) {
            return new Done.Refused("muc", Reason.of("panels.conclude.unvoted"));
        }
        Integer place = counted.isEmpty() ? null : counted.get().suggestion().place();
        String suggested =
                place == null ? null : protocol.book().grades().get(place).code();
        if (grade != null && !grade.equals(suggested) && why.isEmpty()) {
            return new Done.Refused(
                    "ly-do",
                    suggested == null ? Reason.of("panels.conclude.unsuggested") : Reason.of("panels.conclude.other"));
        }
        Optional<Conclusion> stands = protocol.conclusion(formId);
        if (stands.filter(one -> java.util.Objects.equals(one.grade(), grade)
                        && one.reason().equals(why))
                .isPresent()) {
            return new Done.Already();
        }
        var conclusion = new Conclusion(
                formId,
                protocol.conclusions(formId).size() + 1,
                counted.map(now -> now.round().id()).orElse(null),
                suggested,
                grade,
                chosen.map(RuleBook.Grade::words).orElse(null),
                why,
                viewer.accountId(),
                now());
        store.conclude(tenant, meetingId, conclusion);
        var facts = facts(meeting);
        facts.put("person", item.personId().toString());
        facts.put("version", conclusion.version());
        facts.put("suggested", String.valueOf(suggested));
        facts.put("grade", String.valueOf(grade));
        ledger.append(new Act(tenant, "panels.concluded", meetingId, viewer.accountId(), facts)
                .with(Piece.of(PanelEvidence.CONCLUSION, meetingId, formId, (short) conclusion.version())));
        return new Done.Now();
    }

    /** The meeting, held until the transaction ends, for whoever knows it. */
    @Transactional(propagation = Propagation.MANDATORY)
    Meeting locked(Viewer viewer, UUID meetingId) {
        protocol(viewer, meetingId); // who has nothing to do there does not find it
        return store.lock(viewer.tenantId(), meetingId).orElseThrow(() -> new NotFound("meeting"));
    }

    /** The same for its chair or its secretary. */
    @Transactional(propagation = Propagation.MANDATORY)
    Meeting led(Viewer viewer, UUID meetingId) {
        Meeting meeting = locked(viewer, meetingId);
        if (!protocol(viewer.tenantId(), meeting).is(viewer, Role.CHAIR, Role.SECRETARY)) {
            throw new Forbidden(Permission.CONVENE_PANEL);
        }
        return meeting;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
