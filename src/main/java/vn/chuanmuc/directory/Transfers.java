package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import vn.chuanmuc.directory.AssignmentRules.Line;
import vn.chuanmuc.directory.AssignmentRules.Planned;
import vn.chuanmuc.directory.Transfer.Kind;
import vn.chuanmuc.directory.Transfer.Side;
import vn.chuanmuc.directory.Transfer.State;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/**
 * People who move: between units of the body by an order of two sides, out of the body, into it. An order waits for its day and
 * can be taken back until then; rosters of campaigns that run are not touched.
 */
@Component
public class Transfers {
    private static final int YEARS_AHEAD = 2;

    private final TransferStore store;
    private final AssignmentStore people;
    private final PeopleStore newcomers;
    private final Assignments assignments;
    private final ObjectProvider<PersonRecords> records;
    private final Ledger ledger;
    private final Clock clock;

    Transfers(
            TransferStore store,
            AssignmentStore people,
            PeopleStore newcomers,
            Assignments assignments,
            ObjectProvider<PersonRecords> records,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.people = people;
        this.newcomers = newcomers;
        this.assignments = assignments;
        this.records = records;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Somebody who was never here. */
    public record Newcomer(PersonName name, @Nullable LocalDate birthDate) {}

    /**
     * An order as it is proposed.
     *
     * @param personId who; null for a newcomer
     * @param assignmentId what ends; for a move
     * @param toUnit where to; null for those who leave the body
     * @param elsewhere whence or whither outside the body; empty inside
     * @param effective the first day it holds; on a later day than today it waits
     * @param basis the document; empty while there is none
     */
    public record Order(
            Kind kind,
            @Nullable UUID personId,
            @Nullable Newcomer newcomer,
            @Nullable UUID assignmentId,
            @Nullable UUID toUnit,
            String elsewhere,
            Assignments.Work work,
            LocalDate effective,
            String basis,
            String reason) {
        /** The same, and said which assignment ends. */
        Order from(UUID assignment) {
            return new Order(kind, personId, newcomer, assignment, toUnit, elsewhere, work, effective, basis, reason);
        }
    }

    /** What came of a command about an order. */
    public sealed interface Outcome {
        record Done(UUID transferId, State state) implements Outcome {}

        record Refused(String field, Reason why) implements Outcome {}
    }

    /** Which orders to list. */
    public enum Part {
        /** Those the asker's side has to answer. */
        WAITING("cho-tra-loi"),
        /** All that are not over. */
        OPEN("dang-cho"),
        /** Carried out, and the roster of a campaign may have to follow. */
        FOLLOW_UP("danh-sach-chot"),
        ENDED("da-xong");

        private final String code;

        Part(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public String key() {
            return "directory.transfer.part." + code;
        }
    }

    /**
     * Somebody of a name and birth date.
     *
     * @param unitName where they work, or worked last
     * @param left the day they left; null for those who work here
     * @param assignmentId the main assignment, or the last one
     */
    public record Known(
            UUID personId,
            String fullName,
            @Nullable LocalDate birthDate,
            String unitName,
            @Nullable LocalDate left,
            @Nullable UUID assignmentId) {
        public boolean works() {
            return left == null && assignmentId != null;
        }
    }

    /** A unit somebody may be sent to. */
    public record Place(UUID unitId, String code, String name, String above) {}

    public Optional<Transfer> find(Scope scope, UUID id) {
        return find(scope, id, null);
    }

    /** @param end as the order stood before that moment; null for now */
    public Optional<Transfer> find(Scope scope, UUID id, @Nullable Instant end) {
        return store.find(scope, id, end).filter(order -> order.ofFrom() || order.ofTo());
    }

    public List<Transfer> list(Scope scope, Part part, int offset, int limit) {
        return list(scope, part, null, offset, limit);
    }

    /** @param end as the orders stood before that moment; null for now */
    public List<Transfer> list(Scope scope, Part part, @Nullable Instant end, int offset, int limit) {
        return store.list(scope, part, end, offset, Math.min(limit, 200));
    }

    /** At most 1,000. */
    public int count(Scope scope, Part part) {
        return count(scope, part, null);
    }

    public int count(Scope scope, Part part, @Nullable Instant end) {
        return store.count(scope, part, end);
    }

    /** Orders whose day came and that could not be carried out. */
    public int countFailed(Scope scope) {
        return store.countFailed(scope);
    }

    /** All orders about a person, newest first. */
    public List<Transfer> of(Scope scope, UUID personId) {
        return store.of(scope, personId);
    }

    /** Everybody of exactly this name (whatever the tone placement) and birth date, in the whole body; at most 20. */
    public List<Known> known(UUID tenantId, PersonName name, @Nullable LocalDate birthDate) {
        return store.known(tenantId, name, birthDate);
    }

    /** Units of the body with this code or name; at most 20. */
    public List<Place> places(UUID tenantId, String text) {
        String clean = Texts.oneLine(text);
        return clean.isEmpty() || clean.length() > 300
                ? List.of()
                : store.places(tenantId, clean, UnitNames.matchKey(clean));
    }

    /**
     * Proposes an order. Of whoever looks after both sides (or the only one) it is agreed at once; and when its day has come,
     * carried out.
     */
    @Transactional
    public Outcome propose(Scope scope, Order asked) {
        Order order = clean(asked);
        Optional<Outcome> refused = refused(scope.tenantId(), order);
        if (refused.isPresent()) {
            return refused.get();
        }
        List<Line> lines = List.of();
        UUID fromUnit = null;
        boolean ofFrom = false;
        if (order.personId() != null) {
            if (!people.lock(scope.tenantId(), order.personId())) {
                throw new NotFound("person");
            }
            lines = people.lines(scope.tenantId(), order.personId());
            if (order.kind() != Kind.IN) {
                Line sends = sends(lines, order);
                if (sends == null) {
                    return new Outcome.Refused("", Reason.of("directory.transfer.refused.gone"));
                }
                fromUnit = sends.unitId();
                order = order.kind() == Kind.MOVE ? order.from(sends.id()) : order;
                ofFrom = people.covers(scope, fromUnit);
            }
        }
        boolean ofTo = order.toUnit() != null && people.covers(scope, order.toUnit());
        if (order.kind() == Kind.OUT ? !ofFrom : order.kind() == Kind.IN ? !ofTo : !ofFrom && !ofTo) {
            throw new NotFound("person");
        }
        if (order.toUnit() != null && order.toUnit().equals(fromUnit)) {
            return new Outcome.Refused("den", Reason.of("directory.transfer.refused.same-unit"));
        }
        if (plan(scope.tenantId(), order, lines) instanceof Planned.Refused(var field, var why)) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly(); // with a position that was new
            return new Outcome.Refused(field, why);
        }
        boolean whole = order.kind() == Kind.OUT || order.kind() == Kind.IN || ofFrom && ofTo;
        Side side = whole ? Side.BOTH : ofFrom ? Side.FROM : Side.TO;
        State state = whole ? State.AGREED : State.PROPOSED;
        UUID id = Ids.next();
        if (!store.insert(scope.tenantId(), id, order, fromUnit, side, state, scope.actor(), now())) {
            return new Outcome.Refused("", Reason.of("directory.transfer.refused.live"));
        }
        record(scope.tenantId(), scope.actor(), "directory.transfer-proposed", id, order, Map.of("side", side.code()));
        if (state == State.AGREED && !order.effective().isAfter(today())) {
            carryOut(scope, id, scope.actor());
            return new Outcome.Done(id, State.DONE);
        }
        return new Outcome.Done(id, state);
    }

    /** The assignment somebody is sent away from: the one said, otherwise the main one. */
    private static @Nullable Line sends(List<Line> lines, Order order) {
        return lines.stream()
                .filter(Line::open)
                .filter(line ->
                        order.assignmentId() == null ? line.main() : line.id().equals(order.assignmentId()))
                .findFirst()
                .orElse(null);
    }

    /** The other side agrees; when the day has come it is carried out. */
    @Transactional
    public Outcome accept(Scope scope, UUID id, String words) {
        Transfer order = locked(scope, id);
        if (order.state() != State.PROPOSED) {
            return answered(scope, order, State.AGREED, State.DONE);
        }
        if (!order.awaitsMe()) {
            throw new NotFound("transfer");
        }
        if (words.length() > 500) {
            return new Outcome.Refused("loi", Reason.of("directory.transfer.refused.words"));
        }
        boolean due = !order.effective().isAfter(today());
        if (due && trouble(scope.tenantId(), order) instanceof Planned.Refused(var field, var why)) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return new Outcome.Refused("", why);
        }
        store.decide(scope.tenantId(), id, State.PROPOSED, State.AGREED, scope.actor(), now(), Texts.oneLine(words));
        record(scope, "directory.transfer-agreed", order, words);
        if (due) {
            carryOut(scope, id, scope.actor());
        }
        return new Outcome.Done(id, due ? State.DONE : State.AGREED);
    }

    /** The other side says no, and why. */
    @Transactional
    public Outcome decline(Scope scope, UUID id, String reason) {
        Transfer order = locked(scope, id);
        if (order.state() != State.PROPOSED) {
            return answered(scope, order, State.DECLINED);
        }
        if (!order.awaitsMe()) {
            throw new NotFound("transfer");
        }
        return ended(scope, order, State.DECLINED, "directory.transfer-declined", reason);
    }

    /** Taken back before its day; or put away after it failed. */
    @Transactional
    public Outcome withdraw(Scope scope, UUID id, String reason) {
        Transfer order = locked(scope, id);
        if (order.state() == State.DECLINED || order.state() == State.WITHDRAWN || order.state() == State.DONE) {
            return answered(scope, order, State.WITHDRAWN);
        }
        if (!order.withdrawable()) {
            throw new NotFound("transfer");
        }
        return ended(scope, order, State.WITHDRAWN, "directory.transfer-withdrawn", reason);
    }

    /** Somebody has looked whether the roster of a campaign must follow. */
    @Transactional
    public Outcome followUp(Scope scope, UUID id) {
        Transfer order = locked(scope, id);
        if (store.followedUp(scope.tenantId(), id)) {
            record(scope, "directory.transfer-followed-up", order, "");
        }
        return new Outcome.Done(id, order.state());
    }

    private Outcome ended(Scope scope, Transfer order, State state, String act, String reason) {
        if (!People.told(reason)) {
            return new Outcome.Refused("ly-do", Reason.of("directory.person.refused.reason"));
        }
        store.decide(scope.tenantId(), order.id(), order.state(), state, scope.actor(), now(), Texts.oneLine(reason));
        record(scope, act, order, reason);
        return new Outcome.Done(order.id(), state);
    }

    /** Of an order that is decided already: the same again from the same hand is done, anything else came too late. */
    private static Outcome answered(Scope scope, Transfer order, State... same) {
        return List.of(same).contains(order.state()) && scope.actor().equals(order.decidedBy())
                ? new Outcome.Done(order.id(), order.state())
                : new Outcome.Refused("", Reason.of("directory.transfer.refused.decided"));
    }

    private Transfer locked(Scope scope, UUID id) {
        return store.lock(scope, id)
                .filter(order -> order.ofFrom() || order.ofTo())
                .orElseThrow(() -> new NotFound("transfer"));
    }

    /** Orders of a body whose day has come. */
    List<UUID> due(UUID tenantId, int limit) {
        return store.due(tenantId, today(), limit);
    }

    /** Carries out an order whose day has come; what cannot be done is told to both sides. */
    @Transactional
    void carryOut(UUID tenantId, UUID id) {
        carryOut(new Scope(tenantId, tenantId, List.of()), id, null);
    }

    private void carryOut(Scope scope, UUID id, @Nullable UUID actor) {
        Transfer order = store.lock(scope, id).orElseThrow(() -> new NotFound("transfer"));
        if (order.state() != State.AGREED || order.effective().isAfter(today())) {
            return; // taken back, or done by another instance
        }
        UUID tenant = scope.tenantId();
        // who agreed answers for what is done on the day
        UUID doer = actor != null ? actor : order.decidedBy() != null ? order.decidedBy() : order.proposedBy();
        Order asked = asked(order);
        UUID personId = order.personId();
        if (personId != null && !people.lock(tenant, personId)) {
            throw new NotFound("person");
        }
        List<Line> before = personId == null ? List.of() : people.lines(tenant, personId);
        switch (plan(tenant, asked, before)) {
            case Planned.Refused(var field, var why) -> {
                store.failed(tenant, id, plain(why));
                record(tenant, doer, "directory.transfer-failed", id, asked, Map.of("why", why.key()));
            }
            case Planned.Lines(var after) -> {
                UUID done;
                if (personId == null) {
                    done = enter(tenant, asked, after.getLast());
                } else {
                    done = personId;
                    people.write(tenant, personId, before, after);
                }
                boolean onRoster = records.stream()
                        .flatMap(module -> module.of(tenant, List.of(done)).stream())
                        .anyMatch(PersonRecords.Held::running);
                store.done(tenant, id, done, now(), onRoster);
                record(tenant, doer, "directory.transfer-done", id, asked, Map.of("entered", done.toString()));
            }
        }
    }

    /** Reasons with days in them lose them here: the page shows the order's own days beside the reason. */
    private static String plain(Reason why) {
        return why.arguments().isEmpty() ? why.key() : "directory.transfer.refused.changed";
    }

    private UUID enter(UUID tenantId, Order order, Line line) {
        Newcomer newcomer = Objects.requireNonNull(order.newcomer());
        UUID id = Ids.next();
        newcomers.insert(
                tenantId,
                List.of(new PeopleStore.NewRow(
                        id,
                        newcomer.name(),
                        newcomer.birthDate(),
                        null,
                        false,
                        new PeopleStore.NewAssignment(
                                line.id(),
                                line.unitId(),
                                line.positionId(),
                                line.blocId(),
                                line.kind(),
                                true,
                                line.rank(),
                                line.note(),
                                line.from()))),
                now());
        return id;
    }

    private Planned trouble(UUID tenantId, Transfer order) {
        UUID personId = order.personId();
        if (personId != null && !people.lock(tenantId, personId)) {
            return new Planned.Refused("", Reason.of("directory.transfer.refused.gone"));
        }
        return plan(tenantId, asked(order), personId == null ? List.of() : people.lines(tenantId, personId));
    }

    private Planned plan(UUID tenantId, Order order, List<Line> lines) {
        UUID to = order.toUnit();
        if (to != null && !alive(tenantId, to)) {
            return new Planned.Refused("den", Reason.of("directory.transfer.refused.dissolved"));
        }
        return switch (order.kind()) {
            case MOVE -> {
                Line held = sends(lines, order);
                yield held == null
                        ? new Planned.Refused("", Reason.of("directory.transfer.refused.gone"))
                        : AssignmentRules.move(
                                lines,
                                held,
                                fresh(tenantId, order),
                                order.work().over());
            }
            case ADD -> {
                if (sends(lines, order) == null) {
                    yield new Planned.Refused("", Reason.of("directory.transfer.refused.gone"));
                }
                yield inEffect(AssignmentRules.begin(
                        lines, fresh(tenantId, order), order.work().over()));
            }
            case OUT -> AssignmentRules.endAll(lines, order.effective());
            case IN ->
                lines.stream().anyMatch(line -> line.open() || line.on(order.effective()))
                        ? new Planned.Refused("", Reason.of("directory.transfer.refused.here"))
                        : inEffect(AssignmentRules.begin(
                                lines, fresh(tenantId, order), order.work().over()));
        };
    }

    /** The day has another name on these forms. */
    private static Planned inEffect(Planned planned) {
        return planned instanceof Planned.Refused(var field, var why) && field.equals("tu-ngay")
                ? new Planned.Refused("hieu-luc", why)
                : planned;
    }

    private boolean alive(UUID tenantId, UUID unitId) {
        return newcomers.alive(tenantId, unitId);
    }

    private Line fresh(UUID tenantId, Order order) {
        return assignments.line(
                tenantId, Ids.next(), Objects.requireNonNull(order.toUnit()), order.work(), order.effective(), null);
    }

    private static Order asked(Transfer order) {
        return new Order(
                order.kind(),
                order.personId(),
                order.personId() == null ? new Newcomer(PersonName.of(order.fullName()), order.birthDate()) : null,
                order.assignmentId(),
                order.toUnit(),
                order.elsewhere(),
                order.work(),
                order.effective(),
                order.basis(),
                order.reason());
    }

    private static Order clean(Order order) {
        return new Order(
                order.kind(),
                order.personId(),
                order.newcomer(),
                order.assignmentId(),
                order.toUnit(),
                Texts.oneLine(order.elsewhere()),
                order.work(),
                order.effective(),
                Texts.oneLine(order.basis()),
                Texts.oneLine(order.reason()));
    }

    private Optional<Outcome> refused(UUID tenantId, Order order) {
        if (order.kind() != Kind.OUT
                && assignments.refused(tenantId, order.work()).orElse(null)
                        instanceof People.Saved.Refused(var field, var why)) {
            return Optional.of(new Outcome.Refused(field, why));
        }
        boolean outside = order.kind() == Kind.OUT || order.kind() == Kind.IN;
        if (outside && (order.elsewhere().isEmpty() || order.elsewhere().length() > 300)) {
            return Optional.of(new Outcome.Refused("ngoai", Reason.of("directory.transfer.refused.elsewhere")));
        }
        if (order.kind() == Kind.ADD
                && order.work().mode() == AssignmentMode.REGULAR
                && order.work().share() < 1) {
            return Optional.of(new Outcome.Refused("phan", Reason.of("directory.assignment.refused.percent")));
        }
        if (order.kind() == Kind.MOVE && order.work().mode() == AssignmentMode.SECONDMENT) {
            return Optional.of(new Outcome.Refused("hinh-thuc", Reason.of("directory.transfer.refused.seconded")));
        }
        if (order.newcomer() != null
                && order.newcomer().birthDate() != null
                && order.newcomer().birthDate().isAfter(today())) {
            return Optional.of(new Outcome.Refused("ngay-sinh", Reason.of("directory.person.refused.birth-future")));
        }
        if (order.effective().isAfter(today().plusYears(YEARS_AHEAD))) {
            return Optional.of(new Outcome.Refused("hieu-luc", Reason.of("directory.leave.refused.far")));
        }
        if (order.basis().length() > 300) {
            return Optional.of(new Outcome.Refused("can-cu", Reason.of("directory.transfer.refused.basis")));
        }
        if (!People.told(order.reason())) {
            return Optional.of(new Outcome.Refused("ly-do", Reason.of("directory.person.refused.reason")));
        }
        return Optional.empty();
    }

    private void record(Scope scope, String act, Transfer order, String words) {
        record(scope.tenantId(), scope.actor(), act, order.id(), asked(order), Map.of("words", words.strip()));
    }

    private void record(UUID tenantId, UUID actor, String act, UUID id, Order order, Map<String, ?> more) {
        Map<String, Object> facts = new HashMap<>(more);
        facts.put("kind", order.kind().code());
        facts.put("person", String.valueOf(order.personId()));
        facts.put("to", String.valueOf(order.toUnit()));
        facts.put("elsewhere", order.elsewhere());
        facts.put("effective", order.effective().toString());
        facts.put("basis", order.basis());
        facts.put("reason", order.reason());
        if (order.newcomer() != null) {
            facts.put("newcomer", order.newcomer().name().display());
        }
        ledger.append(new Act(tenantId, act, id, actor, facts));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
