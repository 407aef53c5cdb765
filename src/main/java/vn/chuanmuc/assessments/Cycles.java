package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle.Stage;
import vn.chuanmuc.assessments.Cycle.State;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.platform.Recent;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.RuleVersion;
import vn.chuanmuc.rules.Rules;

/** Cycles of assessment: planned, checked, opened with all their forms, closed; and what is done for many forms at once. */
@Component
public class Cycles {
    /** With more people the forms are made by a job. */
    private static final int PEOPLE_NOW = 3_000;
    /** People looked at in one step: a step's transaction is short, and a stop loses little. */
    static final int CHUNK = 10_000;

    private static final int MOST_CASES = 200;

    private final CycleStore store;
    private final FormCreation creation;
    private final Exceptions exceptions;
    private final Rollups rollups;
    private final Campaigns campaigns;
    private final Rules rules;
    private final StageDays days;
    private final ApprovalWays approvals;
    private final Access access;
    private final Ledger ledger;
    private final Jobs jobs;
    private final Clock clock;
    private final Recent<Watched, List<UnitProgress>> progress = new Recent<>(Duration.ofSeconds(10));

    Cycles(
            CycleStore store,
            FormCreation creation,
            Exceptions exceptions,
            Rollups rollups,
            Campaigns campaigns,
            Rules rules,
            StageDays days,
            ApprovalWays approvals,
            Access access,
            Ledger ledger,
            @Lazy Jobs jobs, // which knows the works, one of which is ours
            Clock clock) {
        this.store = store;
        this.creation = creation;
        this.exceptions = exceptions;
        this.rollups = rollups;
        this.campaigns = campaigns;
        this.rules = rules;
        this.days = days;
        this.approvals = approvals;
        this.access = access;
        this.ledger = ledger;
        this.jobs = jobs;
        this.clock = clock;
    }

    private record Watched(UUID tenantId, UUID cycleId, List<UUID> held) {}

    /** What is planned; the rules are those in force at the campaign's receiver on the day it opens. */
    public record Plan(Period period, UUID campaignId, String title, LocalDate opensOn) {}

    public sealed interface Saved {
        record Done(UUID cycleId) implements Saved {}

        record Refused(String field, Reason why) implements Saved {}
    }

    /** What came of opening a cycle. */
    public sealed interface Opening {
        /** It is open, now or already. */
        record Opened(int forms, int notAssessed) implements Opening {}

        /** A job makes the forms, asked for now or before; {@code own}: by the viewer. */
        record Later(UUID jobId, boolean own) implements Opening {}

        record Refused(List<CycleGate> gates) implements Opening {}
    }

    /** What came of a step out of the ordinary. */
    public sealed interface Done {
        /** @param forms how many it reached */
        record Now(int forms) implements Done {}

        /** Somebody had done it before: nothing was added. */
        record Already() implements Done {}

        record Refused(String field, Reason why) implements Done {}
    }

    /**
     * How far a unit is.
     *
     * @param complete forms that wait for the decision only
     * @param stages by code; those that are not begun are not in it
     */
    public record UnitProgress(
            UUID unitId,
            String unitName,
            long forms,
            long notAssessed,
            long cancelled,
            long complete,
            Map<String, OfStage> stages) {
        /** @param late not in though their day is over */
        public record OfStage(long all, long handed, long late) {}

        public long assessed() {
            return forms - notAssessed;
        }
    }

    public Optional<Cycle> find(UUID tenantId, UUID cycleId) {
        return store.find(tenantId, cycleId);
    }

    /** The cycles a viewer may know of by what they read or run, the newest first; at most 100. */
    public List<Cycle> visible(Viewer viewer) {
        return store.visible(
                viewer.tenantId(),
                viewer.unitsWith(Permission.READ_ASSESSMENTS),
                viewer.unitsWith(Permission.RUN_CYCLE));
    }

    /** The cycle, when the viewer may know of it. */
    public Cycle getVisible(Viewer viewer, UUID cycleId) {
        return visible(viewer).stream()
                .filter(cycle -> cycle.id().equals(cycleId))
                .findFirst()
                .orElseThrow(() -> new NotFound("cycle"));
    }

    /** The stages as frozen at the opening; of a draft as the rules would make them. */
    public List<Stage> stages(UUID tenantId, Cycle cycle) {
        List<Stage> frozen = store.stages(tenantId, cycle.id());
        return frozen.isEmpty() ? planned(tenantId, cycle) : frozen;
    }

    private List<Stage> planned(UUID tenantId, Cycle cycle) {
        return days.of(tenantId, rules.book(tenantId, cycle.ruleVersion()).stages(), cycle.opensOn());
    }

    public RuleBook book(UUID tenantId, Cycle cycle) {
        return rules.book(tenantId, cycle.ruleVersion());
    }

    /** The day of the quarter's last month on which the unit's rules have people assessed; the 25th where they are the default. */
    public LocalDate assessmentDay(UUID tenantId, UUID unitId, Period period) {
        LocalDate last = period.lastDay();
        return rules.inForce(tenantId, unitId, Purpose.QUARTER, last)
                .map(rule -> Math.min(rule.book().deadlines().day(), last.getDayOfMonth()))
                .map(last::withDayOfMonth)
                .orElse(period.assessmentDay());
    }

    @Transactional
    public Saved plan(Viewer viewer, Plan wished) {
        return save(viewer, null, 0, wished);
    }

    /** Changes a plan that is not opened yet. @param version as it was read */
    @Transactional
    public Saved change(Viewer viewer, UUID cycleId, int version, Plan wished) {
        Cycle before = store.find(viewer.tenantId(), cycleId).orElseThrow(() -> new NotFound("cycle"));
        access.require(viewer, Permission.RUN_CYCLE, before.unitId());
        return save(viewer, before, version, wished);
    }

    private Saved save(Viewer viewer, @Nullable Cycle before, int version, Plan wished) {
        UUID tenant = viewer.tenantId();
        Optional<Campaign> known = campaigns.list(tenant).stream()
                .filter(campaign -> campaign.id().equals(wished.campaignId()))
                .filter(campaign -> access.covers(viewer, Permission.RUN_CYCLE, campaign.receiverUnit()))
                .findFirst();
        if (known.isEmpty()) {
            access.require(viewer, Permission.RUN_CYCLE);
            return new Saved.Refused("dot", Reason.of("assessments.plan.campaign.none"));
        }
        Campaign campaign = known.get();
        String title = Texts.oneLine(wished.title());
        if (title.isEmpty() || title.length() > 300) {
            return new Saved.Refused("ten", Reason.of("assessments.plan.title.missing"));
        }
        if (campaign.year() != wished.period().year()) {
            return new Saved.Refused(
                    "dot", Reason.of("assessments.plan.campaign.year", String.valueOf(campaign.year())));
        }
        if (wished.opensOn().isBefore(wished.period().firstDay())) {
            return new Saved.Refused(
                    "ngay",
                    Reason.of("assessments.plan.day.early", wished.period().firstDay()));
        }
        if (wished.opensOn().isAfter(wished.period().lastDay().plusYears(1))) {
            return new Saved.Refused(
                    "ngay",
                    Reason.of("assessments.plan.day.late", wished.period().lastDay()));
        }
        RuleVersion rule = rules.inForce(tenant, campaign.receiverUnit(), Purpose.QUARTER, wished.opensOn())
                .orElseThrow(() -> new IllegalStateException("for quarters there are always rules"));
        var cycle = new Cycle(
                before == null ? Ids.next() : before.id(),
                wished.period(),
                campaign.id(),
                campaign.receiverUnit(),
                rule.id(),
                title,
                wished.opensOn(),
                State.DRAFT,
                version,
                null,
                null,
                viewer.accountId(),
                null,
                null);
        Reason taken = Reason.of(
                "assessments.plan.taken",
                wished.period().numeral(),
                String.valueOf(wished.period().year()));
        if (before == null) {
            if (!store.insert(tenant, cycle, now())) {
                return new Saved.Refused("quy", taken);
            }
        } else {
            switch (store.update(tenant, cycle)) {
                case DONE -> {}
                case TAKEN -> {
                    return new Saved.Refused("quy", taken);
                }
                case BEHIND -> {
                    return new Saved.Refused("", Reason.of("assessments.plan.behind"));
                }
            }
        }
        ledger.append(
                before == null
                        ? new Act(tenant, "assessments.cycle-planned", cycle.id(), viewer.accountId(), facts(cycle))
                        : new Act(tenant, "assessments.cycle-changed", cycle.id(), viewer.accountId(), facts(cycle)));
        return new Saved.Done(cycle.id());
    }

    private static Map<String, Object> facts(Cycle cycle) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("period", cycle.period().code());
        facts.put("campaign", cycle.campaignId().toString());
        facts.put("unit", cycle.unitId().toString());
        facts.put("rule", cycle.ruleVersion().toString());
        facts.put("title", cycle.title());
        facts.put("opensOn", cycle.opensOn().toString());
        return facts;
    }

    /**
     * How ready a draft is.
     *
     * @param forms how many would be made for {@code people}, {@code assessed} of them of people who are assessed
     * @param unknownYears whose public holidays are not entered, the first first
     */
    public record Readiness(long people, long forms, long assessed, List<CycleGate> gates, List<Integer> unknownYears) {
        public boolean blocked() {
            return gates.stream().anyMatch(gate -> gate.kind().blocking());
        }
    }

    /** What stands in the way of opening it, and what should be known before. */
    @Transactional(readOnly = true)
    public Readiness readiness(Viewer viewer, Cycle cycle) {
        access.require(viewer, Permission.RUN_CYCLE, cycle.unitId());
        return readiness(viewer.tenantId(), cycle);
    }

    private Readiness readiness(UUID tenantId, Cycle cycle) {
        var counts = new EnumMap<CycleGate.Kind, Long>(CycleGate.Kind.class);
        if (!ruleInForce(tenantId, cycle)) {
            counts.put(CycleGate.Kind.RULE_NOT_IN_FORCE, 1L);
        }
        if (!rules.book(tenantId, cycle.ruleVersion()).named()) {
            counts.put(CycleGate.Kind.NO_BASIS, 1L);
        }
        if (cycle.opensOn().isAfter(today())) {
            counts.put(CycleGate.Kind.OPENS_LATER, 1L);
        }
        List<Integer> unknown = days.unknownYears(tenantId, planned(tenantId, cycle), cycle.opensOn()).stream()
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            counts.put(CycleGate.Kind.CALENDAR_UNKNOWN, (long) unknown.size());
        }
        if (campaigns.get(tenantId, cycle.campaignId()).state() == Campaigns.State.DRAFT) {
            counts.put(CycleGate.Kind.CAMPAIGN_NOT_LAUNCHED, 1L);
            return new Readiness(0, 0, 0, gates(tenantId, cycle, counts), unknown);
        }
        FormCreation.Counts found = creation.count(ground(tenantId, cycle));
        counts.putAll(found.cases());
        RuleBook book = rules.book(tenantId, cycle.ruleVersion());
        if (book.stages().stream().noneMatch(stage -> stage.actor() == RuleBook.Actor.HEAD)) {
            counts.remove(CycleGate.Kind.UNIT_WITHOUT_HEAD);
        }
        if (book.route(true).stream()
                .noneMatch(stage -> stage.actor() == RuleBook.Actor.HEAD || stage.actor() == RuleBook.Actor.SUPERIOR)) {
            counts.remove(CycleGate.Kind.HEAD_WITHOUT_SUPERIOR);
        }
        return new Readiness(found.people(), found.forms(), found.assessed(), gates(tenantId, cycle, counts), unknown);
    }

    private boolean ruleInForce(UUID tenantId, Cycle cycle) {
        return rules.inForce(tenantId, cycle.unitId(), Purpose.QUARTER, cycle.opensOn())
                .filter(rule -> rule.id().equals(cycle.ruleVersion()))
                .isPresent();
    }

    private List<CycleGate> gates(UUID tenantId, Cycle cycle, Map<CycleGate.Kind, Long> counts) {
        var gates = new ArrayList<CycleGate>();
        for (CycleGate.Kind kind : CycleGate.Kind.values()) {
            long count = counts.getOrDefault(kind, 0L);
            if (count > 0) {
                gates.add(new CycleGate(
                        kind, count, creation.cases(ground(tenantId, cycle), kind, 0, CycleGate.EXAMPLES)));
            }
        }
        return gates;
    }

    /** Part of the cases of a gate, by name; at most 200. */
    @Transactional(readOnly = true)
    public List<CycleGate.Case> gateCases(Viewer viewer, Cycle cycle, CycleGate.Kind kind, int offset, int limit) {
        access.require(viewer, Permission.RUN_CYCLE, cycle.unitId());
        return creation.cases(ground(viewer.tenantId(), cycle), kind, offset, Math.min(limit, MOST_CASES));
    }

    private FormCreation.Ground ground(UUID tenantId, Cycle cycle) {
        return new FormCreation.Ground(
                tenantId,
                cycle.id(),
                cycle.period(),
                cycle.campaignId(),
                rules.book(tenantId, cycle.ruleVersion()),
                today());
    }

    /**
     * Opens a cycle and makes all its forms: now, or by a job where there are many. Until all are made nobody sees any; given up
     * half-way, it is a draft again and nothing is left. Of two who open it at once the second is told.
     */
    @Transactional
    public Opening open(Viewer viewer, UUID cycleId) {
        UUID tenant = viewer.tenantId();
        Cycle cycle = store.lock(tenant, cycleId).orElseThrow(() -> new NotFound("cycle"));
        access.require(viewer, Permission.RUN_CYCLE, cycle.unitId());
        if (cycle.state() == State.CREATING) {
            return later(viewer, cycle);
        }
        if (cycle.state() != State.DRAFT) {
            return new Opening.Opened(number(cycle.forms()), number(cycle.notAssessed()));
        }
        Readiness readiness = readiness(tenant, cycle);
        if (readiness.blocked()) {
            return new Opening.Refused(readiness.gates());
        }
        Check.that(store.move(tenant, cycleId, State.DRAFT, State.CREATING), "a locked draft stands as it was read");
        store.insertStages(tenant, cycleId, planned(tenant, cycle));
        if (readiness.people() > PEOPLE_NOW) {
            return later(viewer, cycle);
        }
        UUID last = null;
        FormCreation.Part part;
        do {
            part = creation.make(ground(tenant, cycle), last, CHUNK);
            last = part.last();
        } while (part.people() == CHUNK);
        Cycle opened = finish(tenant, viewer.accountId(), cycleId);
        return new Opening.Opened(number(opened.forms()), number(opened.notAssessed()));
    }

    private static int number(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private Opening later(Viewer viewer, Cycle cycle) {
        UUID job = jobs.start(new Jobs.Request(
                viewer.tenantId(), viewer.accountId(), CreationWork.KIND, cycle.id(), cycle.title(), Map.of()));
        return new Opening.Later(
                job,
                jobs.find(viewer.tenantId(), job)
                        .filter(found -> found.requestedBy().equals(viewer.accountId()))
                        .isPresent());
    }

    /** Whether a job is making its forms. */
    public boolean creating(UUID tenantId, UUID cycleId) {
        return jobs.live(tenantId, CreationWork.KIND, cycleId).isPresent();
    }

    /** The next part of the roster; empty when nobody is left. */
    Optional<FormCreation.Part> next(UUID tenantId, UUID cycleId, @Nullable UUID after) {
        Cycle cycle = store.lock(tenantId, cycleId).orElseThrow(() -> new NotFound("cycle"));
        Check.that(cycle.state() == State.CREATING, "forms are made while a cycle is being opened");
        return Optional.of(creation.make(ground(tenantId, cycle), after, CHUNK)).filter(part -> part.people() > 0);
    }

    /** All forms are there: people see them from now on. */
    Cycle finish(UUID tenantId, UUID account, UUID cycleId) {
        Cycle creating = store.find(tenantId, cycleId).orElseThrow();
        RuleBook book = rules.book(tenantId, creating.ruleVersion());
        Check.that(
                store.opened(tenantId, cycleId, book.scale().size(), account, now()),
                "a cycle whose forms are made can be opened");
        rollups.changed(tenantId, cycleId);
        Cycle cycle = store.find(tenantId, cycleId).orElseThrow();
        var facts = facts(cycle);
        facts.put("forms", number(cycle.forms()));
        facts.put("notAssessed", number(cycle.notAssessed()));
        facts.put(
                "ruleHash",
                rules.find(tenantId, cycle.ruleVersion()).orElseThrow().hex());
        ledger.append(new Act(tenantId, "assessments.cycle-opened", cycleId, account, facts)
                .with(Piece.of(AssessmentEvidence.CYCLE, cycleId), Piece.of(AssessmentEvidence.STAGES, cycleId)));
        return cycle;
    }

    /** The opening was given up: nothing of it is left. */
    void giveUp(UUID tenantId, UUID cycleId) {
        Cycle cycle = store.lock(tenantId, cycleId).orElseThrow();
        if (cycle.state() == State.CREATING) {
            store.unmake(tenantId, cycle);
            Check.that(store.move(tenantId, cycleId, State.CREATING, State.DRAFT), "it is a draft again");
        }
    }

    /** Makes the form of somebody who came onto the roster while a cycle of it is open. */
    void joined(UUID tenantId, UUID campaignId, UUID personId) {
        for (Cycle cycle : store.openOf(tenantId, campaignId)) {
            FormCreation.Part part = creation.makeFor(ground(tenantId, cycle), personId);
            if (part.forms() > 0) {
                rollups.changed(tenantId, cycle, personId);
                progress.forget(watched -> watched.cycleId().equals(cycle.id()));
            }
        }
    }

    /** Ends a cycle: nothing is filled in or handed in any more. Waits for those who are just doing so. */
    @Transactional
    public Done close(Viewer viewer, UUID cycleId, String reason, String basis) {
        return turn(viewer, cycleId, Exceptions.Kind.CLOSE, State.CLOSED, reason, basis);
    }

    /** Goes on with a cycle that was closed or called off; one that was never opened becomes a draft again. */
    @Transactional
    public Done reopen(Viewer viewer, UUID cycleId, String reason, String basis) {
        return turn(viewer, cycleId, Exceptions.Kind.REOPEN, State.OPEN, reason, basis);
    }

    /** Calls a cycle off; what was handed in stays on record. Another one of the quarter can be planned then. */
    @Transactional
    public Done cancel(Viewer viewer, UUID cycleId, String reason, String basis) {
        return turn(viewer, cycleId, Exceptions.Kind.CANCEL, State.CANCELLED, reason, basis);
    }

    private Done turn(Viewer viewer, UUID cycleId, Exceptions.Kind kind, State wanted, String reason, String basis) {
        UUID tenant = viewer.tenantId();
        store.lockCycle(cycleId, true);
        Cycle cycle = store.lock(tenant, cycleId).orElseThrow(() -> new NotFound("cycle"));
        access.require(viewer, Permission.RUN_CYCLE, cycle.unitId());
        State to = wanted == State.OPEN && cycle.openedAt() == null ? State.DRAFT : wanted;
        if (cycle.state() == to) {
            return new Done.Already();
        }
        boolean fits = switch (kind) {
            case CLOSE -> cycle.state() == State.OPEN;
            case CANCEL -> cycle.state() == State.DRAFT || cycle.state() == State.OPEN;
            case REOPEN -> cycle.state() == State.CLOSED || cycle.state() == State.CANCELLED;
            case EXTEND, REROUTE, SEND_BACK, DELEGATE, TAKE_BACK, DIVIDE -> false;
        };
        if (!fits) {
            return new Done.Refused(
                    "", Reason.of("assessments.cycle.not-now." + cycle.state().code()));
        }
        Optional<Done.Refused> refused = Exceptions.refused(reason, basis);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (cycle.state() == State.CANCELLED && store.taken(tenant, cycle)) {
            return new Done.Refused(
                    "",
                    Reason.of(
                            "assessments.plan.taken",
                            cycle.period().numeral(),
                            String.valueOf(cycle.period().year())));
        }
        Check.that(store.move(tenant, cycleId, cycle.state(), to), "a cycle that is locked stands as it was read");
        if (to == State.OPEN && cycle.state() == State.CANCELLED) {
            rollups.changed(tenant, cycleId); // nothing was added up while it was called off
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("from", cycle.state().code());
        said.put("to", to.code());
        UUID id = exceptions.record(
                viewer,
                new Exceptions.Entry(cycleId, null, null, null, kind, said, number(cycle.forms()), reason, basis));
        Act act = switch (kind) {
            case CLOSE -> new Act(tenant, "assessments.cycle-closed", cycleId, viewer.accountId(), said);
            case CANCEL -> new Act(tenant, "assessments.cycle-cancelled", cycleId, viewer.accountId(), said);
            default -> new Act(tenant, "assessments.cycle-reopened", cycleId, viewer.accountId(), said);
        };
        var pieces = new ArrayList<Piece>();
        pieces.add(Piece.of(AssessmentEvidence.EXCEPTION, id));
        if (cycle.openedAt() != null) {
            pieces.add(Piece.of(AssessmentEvidence.CYCLE, cycleId));
        }
        ledger.append(act.with(pieces));
        return new Done.Now(number(cycle.forms()));
    }

    /**
     * Gives a unit with all below it more days for a stage: those who are not in yet and whose day is earlier.
     *
     * @param due the new last day
     */
    @Transactional
    public Done extend(
            Viewer viewer, UUID cycleId, UUID unitId, String stage, LocalDate due, String reason, String basis) {
        UUID tenant = viewer.tenantId();
        store.lockCycle(cycleId, false);
        Cycle cycle = store.find(tenant, cycleId).orElseThrow(() -> new NotFound("cycle"));
        access.require(viewer, Permission.RUN_CYCLE, cycle.unitId());
        access.require(viewer, Permission.RUN_CYCLE, unitId);
        if (cycle.state() != State.OPEN) {
            return new Done.Refused(
                    "", Reason.of("assessments.cycle.not-now." + cycle.state().code()));
        }
        Optional<Stage> known = store.stages(tenant, cycleId).stream()
                .filter(one -> one.code().equals(stage))
                .findFirst();
        if (known.isEmpty()) {
            return new Done.Refused("buoc", Reason.of("assessments.extend.stage"));
        }
        Optional<Done.Refused> refused = tooEarly(due).or(() -> Exceptions.refused(reason, basis));
        if (refused.isPresent()) {
            return refused.get();
        }
        int forms = known.get().actor() == RuleBook.Actor.APPROVAL
                ? approvals.extend(tenant, cycle, unitId, due)
                : store.extend(tenant, cycle, unitId, stage, due);
        if (forms == 0) {
            return new Done.Refused("ngay", Reason.of("assessments.extend.nobody", due));
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("unit", unitId.toString());
        said.put("stage", stage);
        said.put("due", due.toString());
        said.put("forms", forms);
        UUID id = exceptions.record(
                viewer,
                new Exceptions.Entry(cycleId, null, unitId, stage, Exceptions.Kind.EXTEND, said, forms, reason, basis));
        ledger.append(new Act(tenant, "assessments.stage-extended", cycleId, viewer.accountId(), said)
                .with(Piece.of(AssessmentEvidence.EXCEPTION, id)));
        progress.forget(watched -> watched.cycleId().equals(cycleId));
        return new Done.Now(forms);
    }

    Optional<Done.Refused> tooEarly(LocalDate due) {
        return due.isBefore(today())
                ? Optional.of(new Done.Refused("ngay", Reason.of("assessments.extend.past", today())))
                : Optional.empty();
    }

    /** How far the units the viewer reads in are, by name; as of a moment ago. At most 5,000. */
    @Transactional(readOnly = true)
    public List<UnitProgress> progress(Viewer viewer, Cycle cycle) {
        UUID[] held = viewer.unitsWith(Permission.READ_ASSESSMENTS);
        var sorted = List.copyOf(new TreeSet<>(Arrays.asList(held)));
        return progress.get(
                new Watched(viewer.tenantId(), cycle.id(), sorted),
                () -> store.progress(viewer.tenantId(), cycle, held, today()));
    }

    /** The steps out of the ordinary in a cycle that concern the viewer's units, the newest first; at most 100. */
    public List<Exceptions.Made> exceptions(Viewer viewer, Cycle cycle) {
        return exceptions.ofCycle(viewer.tenantId(), cycle.id(), viewer.unitsWith(Permission.READ_ASSESSMENTS));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return Objects.requireNonNull(LocalDate.now(clock));
    }
}
