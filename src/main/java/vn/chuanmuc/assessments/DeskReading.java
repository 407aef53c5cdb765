package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.Elsewhere;
import vn.chuanmuc.assessments.LevelDecisions.Result;
import vn.chuanmuc.assessments.LevelDecisions.State;
import vn.chuanmuc.assessments.LevelDecisions.TakenFigure;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.Rules;

/** Desks as a viewer may see them: who finds one, who decides at it, who approves. */
@Component
class DeskReading {
    private final LevelDecisionStore store;
    private final CycleStore cycles;
    private final Rules rules;
    private final Units units;
    private final Access access;
    private final SignRules signs;
    private final ObjectProvider<FigureSource> figures;
    private final Clock clock;

    DeskReading(
            LevelDecisionStore store,
            CycleStore cycles,
            Rules rules,
            Units units,
            Access access,
            SignRules signs,
            ObjectProvider<FigureSource> figures,
            Clock clock) {
        this.store = store;
        this.cycles = cycles;
        this.rules = rules;
        this.units = units;
        this.access = access;
        this.signs = signs;
        this.figures = figures;
        this.clock = clock;
    }

    Desk desk(Viewer viewer, UUID cycleId, UUID unitId) {
        Desk desk = load(viewer.tenantId(), cycleId, unitId);
        boolean concerned = holds(viewer, unitId)
                || access.covers(viewer, Permission.READ_ASSESSMENTS, unitId)
                || desk.cases().stream()
                        .anyMatch(one -> viewer.accountId().equals(one.instead()) || approves(viewer, one));
        if (!concerned) {
            throw new NotFound("desk");
        }
        return desk;
    }

    /** A desk, whoever asks. */
    Desk load(UUID tenantId, UUID cycleId, UUID unitId) {
        Cycle cycle = cycles.find(tenantId, cycleId).filter(Cycle::opened).orElseThrow(() -> new NotFound("cycle"));
        RuleBook book = rules.book(tenantId, cycle.ruleVersion());
        List<Case> cases = marked(tenantId, store.cases(tenantId, cycle, unitId, book.figures(), today()));
        String name = Optional.ofNullable(units.names(tenantId, List.of(unitId)).get(unitId))
                .orElseThrow(() -> new NotFound("unit"));
        if (cases.isEmpty()) {
            throw new NotFound("desk");
        }
        LocalDate day = cycles.stages(tenantId, cycleId).stream()
                .filter(stage -> stage.actor() == Actor.APPROVAL)
                .map(Cycle.Stage::due)
                .max(Comparator.naturalOrder())
                .orElse(cycle.opensOn());
        LocalDate due = cases.stream()
                .filter(Case::unapproved)
                .map(one -> Objects.requireNonNullElse(one.way().due(), day))
                .min(Comparator.naturalOrder())
                .orElse(day);
        return new Desk(
                cycle,
                unitId,
                name,
                book,
                signs.on(tenantId, today()),
                cases,
                elsewhere(tenantId, cycle, book, cases),
                due);
    }

    /** Cases with what became of their figures at the source since they were taken. */
    private List<Case> marked(UUID tenantId, List<Case> cases) {
        Set<UUID> taken = cases.stream()
                .flatMap(one -> one.taken().stream())
                .map(TakenFigure::id)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var changes = new HashMap<UUID, FigureSource.Change>();
        if (!taken.isEmpty()) {
            figures.forEach(source -> changes.putAll(source.changed(tenantId, taken)));
        }
        return changes.isEmpty()
                ? cases
                : cases.stream().map(one -> one.marked(changes)).toList();
    }

    /** Quotas of the agency count who sits at other desks too. */
    private Elsewhere elsewhere(UUID tenantId, Cycle cycle, RuleBook book, List<Case> cases) {
        if (book.quotas().stream().noneMatch(quota -> quota.among().agency())) {
            return Elsewhere.NONE;
        }
        UUID unit = cycle.unitId();
        return new Elsewhere(
                Optional.ofNullable(units.names(tenantId, List.of(unit)).get(unit))
                        .orElse(""),
                store.elsewhere(
                        tenantId, cycle, cases.stream().map(Case::formId).toList()));
    }

    Desk deskOf(Viewer viewer, Period period, UUID formId) {
        LevelDecisionStore.Place place =
                store.place(viewer.tenantId(), period, formId, today()).orElseThrow(() -> new NotFound("form"));
        return desk(viewer, place.cycleId(), place.unitId());
    }

    boolean decides(Viewer viewer, Case about) {
        return !about.personId().equals(viewer.personId())
                && (viewer.accountId().equals(about.instead()) || (!about.unheaded() && holds(viewer, about.unitId())));
    }

    static boolean holds(Viewer viewer, UUID unitId) {
        return Arrays.asList(viewer.unitsWith(Permission.RATE_AS_HEAD)).contains(unitId);
    }

    static boolean approves(Viewer viewer, Case about) {
        UUID account = about.way().accountId();
        Result result = about.result();
        UUID unit = result == null ? about.way().unitId() : result.approverUnit();
        return !about.personId().equals(viewer.personId())
                && (account == null ? unit != null && holds(viewer, unit) : account.equals(viewer.accountId()));
    }

    Optional<Reason> mayNotApprove(Viewer viewer, Desk desk, Case about) {
        Result result = about.result();
        if (result == null) {
            return Optional.of(Reason.of("assessments.approve.nothing"));
        }
        return mayNotSpeak(viewer, about, result).or(() -> {
            UUID unit = result.approverUnit();
            boolean runs = about.way().accountId() == null
                    && runs(viewer, desk)
                    && (unit == null
                            || !store.headed(
                                    viewer.tenantId(),
                                    unit,
                                    about.personId(),
                                    result.decidedBy(),
                                    result.deciderPerson(),
                                    today()));
            return approves(viewer, about) || runs
                    ? Optional.empty()
                    : Optional.of(Reason.of("assessments.approve.not-yours"));
        });
    }

    /** Why the viewer may not send the decision that waits back: who approves may, and who runs the cycle, whoever approves. */
    Optional<Reason> mayNotSendBack(Viewer viewer, Desk desk, Case about) {
        Result result = about.result();
        return result == null
                ? Optional.of(Reason.of("assessments.approve.nothing"))
                : mayNotSpeak(viewer, about, result)
                        .or(() -> runs(viewer, desk) ? Optional.empty() : mayNotApprove(viewer, desk, about));
    }

    private boolean runs(Viewer viewer, Desk desk) {
        return access.covers(viewer, Permission.RUN_CYCLE, desk.cycle().unitId());
    }

    /** Why a decision is not theirs to say anything about, whatever else they may. */
    private Optional<Reason> mayNotSpeak(Viewer viewer, Case about, Result result) {
        if (result.state() != State.DECIDED) {
            return Optional.of(Reason.of("assessments.approve.nothing"));
        }
        if (about.personId().equals(viewer.personId())) {
            return Optional.of(Reason.of("assessments.approve.own"));
        }
        if (result.decidedBy().equals(viewer.accountId())
                || (result.deciderPerson() != null && result.deciderPerson().equals(viewer.personId()))
                || (result.version() > 1 && store.decidedBefore(viewer, about))) {
            return Optional.of(Reason.of("assessments.approve.same-person"));
        }
        return Optional.empty();
    }

    boolean reads(Viewer viewer, Desk desk) {
        return holds(viewer, desk.unitId()) || access.covers(viewer, Permission.READ_ASSESSMENTS, desk.unitId());
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }
}
