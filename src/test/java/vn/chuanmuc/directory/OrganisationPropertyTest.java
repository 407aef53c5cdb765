package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.directory.ReorganisationGround.done;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Changed;
import vn.chuanmuc.commitments.CommitmentSamples;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.OrganisationModel.Begin;
import vn.chuanmuc.directory.OrganisationModel.Change;
import vn.chuanmuc.directory.OrganisationModel.End;
import vn.chuanmuc.directory.OrganisationModel.Line;
import vn.chuanmuc.directory.OrganisationModel.Order;
import vn.chuanmuc.directory.OrganisationModel.Person;
import vn.chuanmuc.directory.OrganisationModel.Post;
import vn.chuanmuc.directory.OrganisationModel.Unit;
import vn.chuanmuc.directory.ReorganisationDraft.Rule;
import vn.chuanmuc.directory.Reorganisations.CarriedOut;
import vn.chuanmuc.directory.Reorganisations.Row;
import vn.chuanmuc.directory.Transfer.Kind;
import vn.chuanmuc.directory.Transfer.State;
import vn.chuanmuc.directory.Transfers.Outcome;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;
import vn.chuanmuc.testing.TurnedClock;

/**
 * Whatever happens in whatever order – people come, go and move, units merge, split, move and end, people sign – nobody is lost
 * or counted twice, every day has its own figures, and nobody signed who is not expected (issue 3). Random histories of several
 * bodies are led through the product's own commands beside {@link OrganisationModel}; after every step the two must agree.
 *
 * <p>{@code -Dchuanmuc.seed=…} leads the same histories again, {@code -Dchuanmuc.steps=…} says how long they are together.
 */
@ProductTest
class OrganisationPropertyTest {
    private static final long SEED = Long.getLong("chuanmuc.seed", 20250701L);
    private static final int STEPS = Integer.getInteger("chuanmuc.steps", 600);
    /** A body gets a history of so many steps; then comes the next body, so that a step stays cheap. */
    private static final int STEPS_OF_A_BODY = 150;

    private static final int MOST_PEOPLE = 45;
    private static final int MOST_UNITS = 14;
    private static final List<Integer> SHARES = List.of(10, 50, 100);

    @Autowired
    TestBodies bodies;

    @Autowired
    TurnedClock clock;

    @Autowired
    Units units;

    @Autowired
    People people;

    @Autowired
    Members members;

    @Autowired
    Assignments assignments;

    @Autowired
    Transfers transfers;

    @Autowired
    Reorganisations reorganisations;

    @Autowired
    Headcounts headcounts;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    JdbcClient jdbc;

    /** What was tried, and what came of it: how often. */
    private final Map<String, Integer> outcomes = new TreeMap<>();

    @AfterEach
    void turnBack() {
        clock.turnBack();
    }

    @Test
    void nothingIsLostOrDoubledWhateverHappens() {
        int done = 0;
        for (int number = 0; done < STEPS; number++) {
            int steps = Math.min(STEPS_OF_A_BODY, STEPS - done);
            new History(number).lead(steps);
            done += steps;
        }
        if (Boolean.getBoolean("chuanmuc.tell")) {
            outcomes.forEach((what, times) -> System.out.println(what + ": " + times));
        }
        if (STEPS >= 600) {
            assertThat(outcomes)
                    .as("everything happened")
                    .containsKeys(
                            "person done",
                            "begin done",
                            "end done",
                            "main done",
                            "correct done",
                            "move done",
                            "move waiting done",
                            "add done",
                            "out done",
                            "in done",
                            "newcomer done",
                            "unit done",
                            "merge done",
                            "split done",
                            "rename done",
                            "branch done",
                            "dissolve done",
                            "reorganisation waiting done",
                            "sign done",
                            "leave done",
                            "join done");
        }
    }

    /** An order that waits for its day, of the model's kind. */
    private record Waiting(UUID id, LocalDate day, String what, Kind kind, Runnable inModel) {}

    private record WaitingReorganisation(String what, Order order) {}

    /** One body and what happens to it. */
    private final class History {
        private final int number;
        private final Random random;
        private final OrganisationModel model = new OrganisationModel();
        private final Deque<String> told = new ArrayDeque<>();
        private final List<Waiting> waiting = new ArrayList<>();
        private final List<WaitingReorganisation> waitingReorganisations = new ArrayList<>();
        private final Map<UUID, Viewer> officials = new LinkedHashMap<>();
        /** Everybody who is or was on the roster: the unit they count in; null when they left. */
        private final Map<UUID, @Nullable UUID> roster = new LinkedHashMap<>();

        private final Set<UUID> signed = new HashSet<>();

        private final Body body;
        private final Scope top;
        private final Viewer preparer;
        private final Viewer approver;
        private final SmallDecision decision;
        private final LocalDate beginning = LocalDate.now(clock).plusDays(400);
        private final UUID campaign;
        private final List<UUID> campaignUnits;
        private LocalDate today = beginning;
        private int names;

        History(int number) {
            this.number = number;
            random = new Random(SEED * 1_000 + number);
            clock.turnTo(today);
            body = bodies.create();
            preparer = body.viewer(Role.BOARD, body.root);
            approver = body.viewer(Role.BOARD, body.root);
            top = new Scope(body.tenant, preparer.accountId(), List.of(body.root));
            know(body.root, "GOC", units.tenantName(body.tenant), Units.Kind.ROOT, null);
            know(body.wardOne, "P1", "Phường Một", Units.Kind.WARD, body.root);
            know(body.wardTwo, "P2", "Phường Hai", Units.Kind.WARD, body.root);
            for (UUID parent : List.of(body.wardOne, body.wardOne, body.wardTwo, body.root)) {
                addUnit(parent, Units.Kind.OFFICE);
            }
            for (int i = 0; i < 16; i++) {
                addPerson(any(model.living()), today.minusDays(random.nextInt(300)));
            }
            decision = SmallDecision.publish(jdbc, body);
            campaignUnits = model.people.values().stream()
                    .map(person -> person.posts.getFirst().unit())
                    .distinct()
                    .toList();
            campaign =
                    CampaignSamples.launched(campaigns, body, preparer, decision, campaignUnits.toArray(UUID[]::new));
            for (Person person : model.people.values()) {
                roster.put(person.id, person.posts.getFirst().unit());
                if (officials.size() < 7) {
                    officials.put(person.id, body.official(person.id));
                }
            }
            advance(10);
        }

        void lead(int steps) {
            int step = 0;
            try {
                check(true);
                for (step = 1; step <= steps; step++) {
                    step();
                    check(step == steps);
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "-Dchuanmuc.seed=%d, body %d, step %d, on %s; the last steps were\n%s\n%s"
                                .formatted(SEED, number, step, today, String.join("\n", told), e),
                        e);
            }
        }

        // What happens

        private void step() {
            advance(random.nextInt(4));
            switch (random.nextInt(24)) {
                case 0, 1 -> newPerson();
                case 2, 3 -> begin();
                case 4, 5 -> end();
                case 6 -> makeMain();
                case 7 -> correct();
                case 8, 9, 10 -> move();
                case 11 -> add();
                case 12 -> out();
                case 13, 14 -> in();
                case 15 -> newUnit();
                case 16 -> sign();
                case 17 -> leaveRoster();
                case 18 -> joinRoster();
                case 19 -> {
                    tell("compacts the head-counts");
                    headcounts.compact(body.tenant);
                }
                default -> reorganise();
            }
        }

        /** Day by day, so that everything ordered is carried out on its own day. */
        private void advance(int days) {
            for (int i = 0; i < days; i++) {
                today = today.plusDays(1);
                clock.turnTo(today);
                for (Waiting order : List.copyOf(waiting)) {
                    if (order.day().equals(today)) {
                        waiting.remove(order);
                        transfers.carryOut(body.tenant, order.id());
                        State state = transfers
                                .find(top, order.id())
                                .map(Transfer::state)
                                .orElse(State.FAILED);
                        tell("on its day: " + order.what() + " → " + state);
                        count(order.kind().code() + " waiting", state == State.DONE ? "done" : "failed");
                        if (state == State.DONE) {
                            order.inModel().run();
                        }
                    }
                }
                for (WaitingReorganisation order : List.copyOf(waitingReorganisations)) {
                    if (order.order().day().equals(today)) {
                        waitingReorganisations.remove(order);
                        carryOut("reorganisation waiting", order);
                    }
                }
            }
        }

        private void newPerson() {
            if (present().size() < MOST_PEOPLE) {
                addPerson(any(model.living()), past());
            }
        }

        private void addPerson(Unit unit, LocalDate from) {
            String name = "Nguyễn Văn " + word(model.people.size());
            tell("new person %s in %s from %s", name, unit.name, from);
            var saved = people.add(top, unit.id, name, null, "", post(), from, true);
            if (accepted("person", saved) instanceof People.Saved.Done(UUID id)) {
                know(id).posts.add(new Post(unit.id, true, from, null));
            }
        }

        private void begin() {
            Person person = somebody();
            if (person == null) {
                return;
            }
            Unit unit = any(model.living());
            LocalDate from = past();
            tell("%s begins in %s from %s, too", name(person), unit.name, from);
            if (accepted("begin", assignments.begin(top, person.id, unit.id, work(), from, "phân công"))
                    instanceof People.Saved.Done) {
                person.begin(unit.id, from);
            }
        }

        private void end() {
            Person person = somebody();
            if (person == null) {
                return;
            }
            Post post = any(person.open());
            var others = new ArrayList<>(person.open());
            others.remove(post);
            Post heir = post.main() && !others.isEmpty() ? any(others) : null;
            LocalDate day = past();
            tell("%s ends in %s on %s, heir %s", name(person), name(post.unit()), day, String.valueOf(heir));
            var held = held(person, post);
            var saved = assignments.end(
                    top,
                    person.id,
                    held.id(),
                    held.version(),
                    day,
                    heir == null ? null : held(person, heir).id(),
                    "thôi");
            if (accepted("end", saved) instanceof People.Saved.Done) {
                person.end(post, day, heir);
            }
        }

        private void makeMain() {
            List<Person> several = present().stream()
                    .filter(person -> person.open().size() > 1)
                    .toList();
            if (several.isEmpty()) {
                return;
            }
            Person person = any(several);
            Post chosen = any(person.open());
            LocalDate day = past();
            tell("main of %s becomes %s from %s", name(person), name(chosen.unit()), day);
            var held = held(person, chosen);
            var saved = assignments.makeMain(top, person.id, held.id(), held.version(), day, "đổi");
            if (accepted("main", saved) instanceof People.Saved.Done) {
                person.makeMain(chosen, day);
            }
        }

        private void correct() {
            Person person = somebody();
            if (person == null) {
                return;
            }
            Post post = any(person.posts);
            if (!model.unit(post.unit()).alive()) {
                return; // records of dissolved units are only read
            }
            LocalDate from = post.from().plusDays(random.nextInt(11) - 5);
            LocalDate until = post.to();
            LocalDate to = until == null ? null : until.plusDays(random.nextInt(11) - 5);
            tell("corrects %s in %s to %s–%s", name(person), post, from, String.valueOf(to));
            var held = held(person, post);
            var saved = assignments.correct(top, person.id, held.id(), held.version(), work(), from, to, "nhầm");
            if (accepted("correct", saved) instanceof People.Saved.Done) {
                person.replace(post, new Post(post.unit(), post.main(), from, to));
            }
        }

        private void move() {
            Person person = somebody();
            if (person == null) {
                return;
            }
            Post post = any(person.open());
            Unit to = any(model.living());
            order(
                    Kind.MOVE,
                    person,
                    held(person, post).id(),
                    to,
                    day -> person.move(post.unit(), to.id, day),
                    List.of(post.unit(), to.id));
        }

        private void add() {
            Person person = somebody();
            if (person == null) {
                return;
            }
            Unit to = any(model.living());
            UUID main = person.open().stream()
                    .filter(Post::main)
                    .findFirst()
                    .orElseThrow()
                    .unit();
            order(Kind.ADD, person, null, to, day -> person.begin(to.id, day), List.of(main, to.id));
        }

        private void out() {
            Person person = somebody();
            if (person != null) {
                order(Kind.OUT, person, null, null, person::leave, List.of());
            }
        }

        private void in() {
            Unit to = any(model.living());
            List<Person> absent = model.people.values().stream()
                    .filter(person -> person.open().isEmpty())
                    .toList();
            if (!absent.isEmpty() && random.nextBoolean()) {
                Person person = any(absent);
                order(Kind.IN, person, null, to, day -> person.begin(to.id, day), List.of());
            } else if (present().size() < MOST_PEOPLE) {
                order(Kind.IN, null, null, to, day -> {}, List.of());
            }
        }

        private interface OnDay {
            void happens(LocalDate day);
        }

        /** Ordered by one over both sides, or by one side and answered by the other. */
        private void order(
                Kind kind,
                @Nullable Person person,
                @Nullable UUID assignment,
                @Nullable Unit to,
                OnDay inModel,
                List<UUID> sides) {
            LocalDate day = random.nextInt(3) == 0 ? today.plusDays(1 + random.nextInt(9)) : past();
            String word = person == null ? "newcomer" : kind.code();
            String who = person == null ? "a newcomer" : name(person);
            String what = "%s of %s to %s on %s".formatted(word, who, to == null ? "elsewhere" : to.name, day);
            tell(what);
            String newName = "Trần Thị " + word(model.people.size());
            boolean outside = kind == Kind.IN || kind == Kind.OUT;
            var order = new Transfers.Order(
                    kind,
                    person == null ? null : person.id,
                    person == null ? new Transfers.Newcomer(PersonName.of(newName), null) : null,
                    assignment,
                    to == null ? null : to.id,
                    outside ? "Quận ủy khác" : "",
                    work(),
                    day,
                    "",
                    "điều động");
            boolean answered = sides.size() == 2 && random.nextInt(3) == 0;
            Outcome outcome;
            if (answered) {
                boolean sending = random.nextBoolean();
                outcome = transfers.propose(side(sides.get(sending ? 0 : 1)), order);
                if (outcome instanceof Outcome.Done(UUID id, State state) && state == State.PROPOSED) {
                    Scope other = side(sides.get(sending ? 1 : 0));
                    if (random.nextInt(4) == 0) {
                        assertThat(transfers.decline(other, id, "không nhận")).isInstanceOf(Outcome.Done.class);
                        count(word, "declined");
                        return;
                    }
                    outcome = transfers.accept(other, id, "đồng ý");
                    if (outcome instanceof Outcome.Refused) {
                        transfers.withdraw(top, id, "không được");
                    }
                }
            } else {
                outcome = transfers.propose(top, order);
            }
            switch (outcome) {
                case Outcome.Refused(String field, var why) -> {
                    tell("  refused: " + why.key());
                    count(word, why.key());
                }
                case Outcome.Done(UUID id, State state) -> {
                    Runnable follows = () -> {
                        if (person == null) {
                            UUID entered = Objects.requireNonNull(
                                    transfers.find(top, id).orElseThrow().personId());
                            know(entered).posts.add(new Post(Objects.requireNonNull(to).id, true, day, null));
                        } else {
                            inModel.happens(day);
                        }
                    };
                    if (state == State.DONE) {
                        count(word, "done");
                        follows.run();
                    } else if (random.nextInt(6) == 0) {
                        assertThat(transfers.withdraw(top, id, "đổi ý")).isInstanceOf(Outcome.Done.class);
                        tell("  taken back");
                        count(word, "withdrawn");
                    } else {
                        assertThat(state).isEqualTo(State.AGREED);
                        waiting.add(new Waiting(id, day, what, kind, follows));
                    }
                }
            }
        }

        private void newUnit() {
            if (model.living().size() < MOST_UNITS) {
                addUnit(any(model.living()).id, random.nextBoolean() ? Units.Kind.OFFICE : Units.Kind.SCHOOL);
            }
        }

        private void addUnit(UUID parent, Units.Kind kind) {
            String name = newName();
            String code = "M" + names;
            tell("new unit %s under %s", name, name(parent));
            switch (units.add(body.tenant, preparer.accountId(), new Units.NewUnit(code, name, kind, parent))) {
                case Units.Added.Done(UUID id) -> {
                    count("unit", "done");
                    know(id, code, name, kind, parent);
                }
                case Units.Added.Refused(String field, var why) -> count("unit", why.key());
            }
        }

        // Re-organisations

        private void reorganise() {
            LocalDate day = switch (random.nextInt(4)) {
                case 0 -> past();
                case 1 -> today.plusDays(1 + random.nextInt(6));
                default -> today;
            };
            UUID id = done(reorganisations.create(top, ReorganisationGround.head(day)));
            var order = new Order(id, day, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            String what = switch (random.nextInt(model.living().size() >= MOST_UNITS ? 3 : 6)) {
                case 0 -> merge(order);
                case 1 -> dissolve(order);
                case 2 -> branch(order);
                case 3 -> rename(order);
                default -> split(order);
            };
            if (random.nextInt(5) == 0) {
                rename(order);
            }
            tell("%s on %s: %s", what, day, describe(order));
            write(order);
            var submitted = reorganisations.submit(top, id, version(id));
            if (submitted instanceof Reorganisations.Saved.Refused(String field, var why)) {
                String gates = gates(id);
                tell("  refused: " + why.key() + " " + gates);
                count(what, gates);
                return;
            }
            var second = new Scope(body.tenant, approver.accountId(), List.of(body.root));
            done(reorganisations.approve(second, id, version(id), "đã biết"));
            if (day.isAfter(today)) {
                if (random.nextInt(6) == 0) {
                    done(reorganisations.withdraw(top, id, "đổi ý"));
                    tell("  taken back");
                    count(what, "withdrawn");
                } else {
                    waitingReorganisations.add(new WaitingReorganisation(what, order));
                }
            } else {
                carryOut(what, new WaitingReorganisation(what, order));
            }
        }

        private String gates(UUID id) {
            return reorganisations.outlook(top, id).gates().stream()
                    .filter(gate -> gate.kind().weight() == ReorganisationGate.Weight.BLOCKING)
                    .map(gate -> gate.kind().code())
                    .collect(Collectors.joining(" "));
        }

        private void carryOut(String what, WaitingReorganisation reorganisation) {
            Order order = reorganisation.order();
            switch (reorganisations.carryOut(body.tenant, order.id())) {
                case CarriedOut.Done done -> {
                    tell("carried out: " + reorganisation.what() + " " + describe(order));
                    count(what, "done");
                    model.carryOut(order);
                }
                case CarriedOut.Blocked blocked -> {
                    tell("blocked: " + reorganisation.what() + " " + gates(order.id()));
                    count(what, "blocked " + gates(order.id()));
                    done(reorganisations.withdraw(top, order.id(), "không còn đúng"));
                }
                case CarriedOut.NotDue notDue -> throw new IllegalStateException("not due on its day");
            }
        }

        private int version(UUID id) {
            return reorganisations.find(top, id).orElseThrow().facts().version();
        }

        private void write(Order order) {
            var ids = new HashMap<UUID, UUID>();
            for (Begin begin : List.copyOf(order.begun())) {
                UUID parent = ids.getOrDefault(begin.parent(), begin.parent());
                UUID unit = done(reorganisations.putUnit(
                        top, order.id(), null, begin.code(), begin.name(), begin.kind(), parent));
                ids.put(begin.unit(), unit);
                order.begun().remove(begin);
                order.begun().add(new Begin(unit, begin.code(), begin.name(), begin.kind(), parent));
            }
            order.ended().replaceAll(end -> {
                var real = new End(
                        end.unit(),
                        ids.getOrDefault(end.destination(), end.destination()),
                        ids.getOrDefault(end.custodian(), end.custodian()),
                        new LinkedHashMap<>(end.people()),
                        new LinkedHashMap<>(end.below()));
                real.people().replaceAll((who, to) -> ids.getOrDefault(to, to));
                real.below().replaceAll((unit, to) -> ids.getOrDefault(to, to));
                return real;
            });
            order.changed()
                    .replaceAll(change -> new Change(
                            change.unit(),
                            change.code(),
                            change.name(),
                            change.kind(),
                            ids.getOrDefault(change.parent(), change.parent())));
            if (!order.ended().isEmpty()) {
                done(reorganisations.table(
                        top,
                        order.id(),
                        order.ended().stream()
                                .map(end -> new Row(end.unit(), true, end.destination(), end.custodian()))
                                .toList()));
            }
            for (End end : order.ended()) {
                end.people()
                        .forEach((who, to) -> done(
                                reorganisations.putParts(top, order.id(), end.unit(), Rule.PERSON, List.of(who), to)));
                end.below()
                        .forEach((unit, to) -> done(
                                reorganisations.putParts(top, order.id(), end.unit(), Rule.UNIT, List.of(unit), to)));
            }
            for (Change change : order.changed()) {
                done(reorganisations.change(
                        top,
                        order.id(),
                        change.unit(),
                        new ReorganisationDraft.Changed(change.code(), change.name(), change.kind(), change.parent())));
            }
        }

        /** Several units become one: a new one, or one of those there are. */
        private String merge(Order order) {
            List<Unit> some = some(1 + random.nextInt(3));
            UUID into = random.nextBoolean() ? begin(order) : any(model.living()).id;
            some.stream()
                    .filter(unit -> !unit.id.equals(into))
                    .forEach(unit -> order.ended().add(new End(unit.id, into, keeper(into), Map.of(), Map.of())));
            return "merge";
        }

        /** One unit's people go to two or three places; its units below may have places of their own. */
        private String split(Order order) {
            Unit unit = some(1).getFirst();
            UUID one = begin(order);
            UUID two = random.nextBoolean() ? begin(order) : any(model.living()).id;
            Map<UUID, UUID> named = new LinkedHashMap<>();
            for (Person person : present()) {
                if (person.open().stream().anyMatch(post -> model.below(post.unit(), unit.id))
                        && random.nextInt(3) == 0) {
                    named.put(person.id, two);
                }
            }
            Map<UUID, UUID> below = new LinkedHashMap<>();
            model.living().stream()
                    .filter(child -> unit.id.equals(child.parent()))
                    .filter(child -> random.nextInt(3) == 0)
                    .forEach(child -> below.put(child.id, two));
            order.ended().add(new End(unit.id, one, keeper(two), named, below));
            if (random.nextInt(3) == 0) { // a unit below goes on somewhere else
                model.living().stream()
                        .filter(child -> unit.id.equals(child.parent()) && !below.containsKey(child.id))
                        .findFirst()
                        .ifPresent(child ->
                                order.changed().add(new Change(child.id, child.code, child.name, child.kind, one)));
            }
            return "split";
        }

        private String dissolve(Order order) {
            Unit unit = some(1).getFirst();
            UUID destination = any(model.living()).id;
            order.ended().add(new End(unit.id, destination, any(model.living()).id, Map.of(), Map.of()));
            return "dissolve";
        }

        private String rename(Order order) {
            List<Unit> free = some(1).stream()
                    .filter(unit -> order.changed().stream()
                                    .noneMatch(change -> change.unit().equals(unit.id))
                            && order.ended().stream()
                                    .noneMatch(end -> end.unit().equals(unit.id)))
                    .toList();
            free.forEach(unit -> order.changed()
                    .add(new Change(unit.id, unit.code, newName(), unit.kind, Objects.requireNonNull(unit.parent()))));
            if (free.isEmpty()) {
                begin(order);
            }
            return "rename";
        }

        private String branch(Order order) {
            Unit unit = some(1).getFirst();
            UUID to = random.nextInt(4) == 0 && model.living().size() < MOST_UNITS
                    ? begin(order)
                    : any(model.living()).id;
            if (to.equals(unit.parent())) {
                return rename(order);
            }
            order.changed().add(new Change(unit.id, unit.code, unit.name, unit.kind, to));
            return "branch";
        }

        /** A unit that will begin, by an id of the model's that {@link #write} replaces. */
        private UUID begin(Order order) {
            UUID id = Ids.next();
            String name = newName();
            order.begun().add(new Begin(id, "M" + names, name, Units.Kind.WARD, any(model.living()).id));
            return id;
        }

        private UUID keeper(UUID into) {
            return random.nextInt(4) == 0 ? any(model.living()).id : into;
        }

        private List<Unit> some(int most) {
            var all = new ArrayList<>(model.living());
            all.removeIf(unit -> unit.id.equals(body.root));
            var some = new ArrayList<Unit>();
            while (some.size() < most && !all.isEmpty()) {
                some.add(all.remove(random.nextInt(all.size())));
            }
            if (some.isEmpty()) {
                some.add(model.unit(body.root)); // refused, or only renamed
            }
            return some;
        }

        // The campaign

        private void sign() {
            UUID person = any(List.copyOf(officials.keySet()));
            Viewer official = Objects.requireNonNull(officials.get(person));
            boolean done = CommitmentSamples.sign(commitments, official, campaign);
            tell("%s signs: %s", name(model.person(person)), done);
            count("sign", done ? "done" : "refused");
            assertThat(done).isEqualTo(roster.get(person) != null && !signed.contains(person));
            if (done) {
                signed.add(person);
            }
        }

        private void leaveRoster() {
            UUID person = any(List.copyOf(roster.keySet()));
            UUID unit = roster.get(person);
            tell("%s leaves the roster", name(model.person(person)));
            try {
                boolean done = campaigns.leave(preparer, campaign, person, today, "chuyển đi") instanceof Changed.Done;
                count("leave", done ? "done" : "refused");
                assertThat(done).isEqualTo(unit != null);
                roster.put(person, null);
            } catch (Forbidden e) {
                count("leave", "forbidden");
                assertThat(unit == null || !model.unit(unit).alive())
                        .as("only records of dissolved units cannot be changed")
                        .isTrue();
            }
        }

        private void joinRoster() {
            Person person = somebody();
            if (person == null) {
                return;
            }
            UUID unit = any(person.open()).unit();
            tell("%s joins the roster in %s", name(person), name(unit));
            var changed = campaigns.join(preparer, campaign, person.id, unit, decision.staff, today, "chuyển về");
            boolean done = changed instanceof Changed.Done;
            count("join", done ? "done" : "refused");
            assertThat(done).isEqualTo(campaignUnits.contains(unit) && roster.get(person.id) == null);
            if (done) {
                roster.put(person.id, unit);
            }
        }

        // What must hold

        private record Path(
                UUID above,
                UUID below,
                LocalDate from,
                @Nullable LocalDate to) {}

        private record Pair(UUID above, UUID below) {}

        private void check(boolean everyDay) {
            List<Line> lines = jdbc.sql("""
                            select person_id, unit_id, main, valid_from, valid_to
                            from directory.assignment where tenant_id = ?
                            """)
                    .param(body.tenant)
                    .query((row, n) -> new Line(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getBoolean(3),
                            row.getObject(4, LocalDate.class),
                            row.getObject(5, LocalDate.class)))
                    .list();
            assertThat(lines).as("who is where, on every day").containsExactlyInAnyOrderElementsOf(model.lines());
            assertThat(jdbc.sql("select id from directory.person where tenant_id = ?")
                            .param(body.tenant)
                            .query((row, n) -> row.getObject(1, UUID.class))
                            .list())
                    .as("nobody is lost, nobody doubled")
                    .containsExactlyInAnyOrderElementsOf(model.people.keySet());
            for (Person person : model.people.values()) {
                assertThat(lines.stream()
                                .filter(line -> line.person().equals(person.id) && line.to() == null && line.main())
                                .count())
                        .as("open main assignments of %s", name(person))
                        .isEqualTo(person.open().isEmpty() ? 0 : 1);
            }
            List<Path> paths = jdbc.sql("""
                            select ancestor_id, descendant_id, valid_from, valid_to
                            from directory.unit_path where tenant_id = ?
                            """)
                    .param(body.tenant)
                    .query((row, n) -> new Path(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getObject(3, LocalDate.class),
                            row.getObject(4, LocalDate.class)))
                    .list();
            checkTree(paths);
            checkUnits(lines);
            checkCampaign(everyDay);
            List<LocalDate> known = model.days();
            var days = new TreeSet<LocalDate>(everyDay ? known : List.of());
            days.add(today);
            days.add(any(known));
            days.add(any(known).minusDays(1));
            for (LocalDate day : days) {
                checkDay(day, lines, paths);
            }
            checkList(today);
            checkList(any(known));
        }

        private void checkTree(List<Path> paths) {
            Set<Pair> open = paths.stream()
                    .filter(path -> path.to() == null)
                    .map(path -> new Pair(path.above(), path.below()))
                    .collect(Collectors.toSet());
            Set<Pair> expected = new HashSet<>();
            Set<Pair> kept = new HashSet<>();
            for (Unit unit : model.units.values()) {
                if (unit.alive()) {
                    model.above(unit.id, today).forEach(above -> expected.add(new Pair(above, unit.id)));
                } else {
                    Unit keeper = model.unit(Objects.requireNonNull(unit.custodian));
                    assertThat(keeper.alive()).as("custodian of %s", unit.name).isTrue();
                    model.above(keeper.id, today).forEach(above -> kept.add(new Pair(above, unit.id)));
                }
            }
            assertThat(open).as("paths of today").isEqualTo(expected);
            List<Pair> closure = new ArrayList<>();
            List<Pair> custody = new ArrayList<>();
            jdbc.sql("select ancestor_id, descendant_id, custody from directory.unit_closure where tenant_id = ?")
                    .param(body.tenant)
                    .query(row -> {
                        (row.getBoolean(3) ? custody : closure)
                                .add(new Pair(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
                    });
            assertThat(closure).as("closure").containsExactlyInAnyOrderElementsOf(expected);
            assertThat(custody).as("custody").containsExactlyInAnyOrderElementsOf(kept);
        }

        private void checkUnits(List<Line> lines) {
            Map<UUID, String> names = units.names(body.tenant, model.units.keySet());
            for (Unit unit : model.units.values()) {
                assertThat(names.get(unit.id)).as("name that remains").isEqualTo(unit.name);
            }
            Set<UUID> ended = model.units.values().stream()
                    .filter(unit -> !unit.alive())
                    .map(unit -> unit.id)
                    .collect(Collectors.toSet());
            assertThat(lines)
                    .as("nobody is in a dissolved unit")
                    .noneMatch(line -> line.to() == null && ended.contains(line.unit()));
            Set<UUID> living = jdbc
                    .sql("select unit_id from directory.unit_version where tenant_id = ? and valid_to is null")
                    .param(body.tenant)
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .list()
                    .stream()
                    .collect(Collectors.toSet());
            assertThat(living)
                    .isEqualTo(model.living().stream().map(unit -> unit.id).collect(Collectors.toSet()));
            Map<UUID, UUID> keepers = new HashMap<>();
            jdbc.sql(
                            "select unit_id, custodian_id from directory.unit_custody where tenant_id = ? and valid_to is null")
                    .param(body.tenant)
                    .query(row -> {
                        keepers.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                    });
            assertThat(keepers)
                    .as("custodians")
                    .isEqualTo(ended.stream()
                            .collect(Collectors.toMap(
                                    unit -> unit, unit -> Objects.requireNonNull(model.unit(unit).custodian))));
        }

        private void checkCampaign(boolean hash) {
            long expected = 0;
            long done = 0;
            for (UUID unit : campaignUnits) {
                long ofUnit = 0;
                long signedOfUnit = 0;
                for (UUID bloc : List.of(body.partyBloc, body.stateBloc)) {
                    var counts = commitments.counts(body.tenant, campaign, unit, bloc);
                    assertThat(counts.signed()).isBetween(0L, counts.expected());
                    assertThat(counts.open()).isNotNegative();
                    ofUnit += counts.expected();
                    signedOfUnit += counts.signed();
                }
                assertThat(ofUnit)
                        .as("expected of %s", name(unit))
                        .isEqualTo(roster.values().stream().filter(unit::equals).count());
                assertThat(signedOfUnit)
                        .as("signed of %s", name(unit))
                        .isEqualTo(signed.stream()
                                .filter(person -> unit.equals(roster.get(person)))
                                .count());
                expected += ofUnit;
                done += signedOfUnit;
            }
            assertThat(done).isBetween(0L, expected);
            if (hash) {
                assertThat(campaigns.checkRoster(body.tenant, campaign).matches())
                        .isTrue();
            }
        }

        private void checkDay(LocalDate day, List<Line> lines, List<Path> paths) {
            Map<UUID, Integer> expected = model.counts(day);
            assertThat(headcounts.on(body.tenant, model.units.keySet(), day))
                    .as("stored head-counts on %s", day)
                    .isEqualTo(expected);
            Map<UUID, Integer> counted = new HashMap<>();
            for (Line line : lines) {
                if (line.main() && new Post(line.unit(), true, line.from(), line.to()).on(day)) {
                    for (Path path : paths) {
                        if (path.below().equals(line.unit())
                                && new Post(line.unit(), true, path.from(), path.to()).on(day)) {
                            counted.merge(path.above(), 1, Integer::sum);
                        }
                    }
                }
            }
            assertThat(counted).as("counted on %s", day).isEqualTo(expected);
        }

        private void checkList(LocalDate day) {
            Unit unit = any(List.copyOf(model.units.values()));
            var page = members.list(top, new Members.Filter("", unit.id, null, false, day), 0, 200);
            assertThat(page.people().stream()
                            .map(listed -> listed.member().personId())
                            .sorted()
                            .toList())
                    .as("people of %s on %s", unit.name, day)
                    .isEqualTo(model.members(unit.id, day));
        }

        // Inside

        private void know(UUID id, String code, String name, Units.Kind kind, @Nullable UUID parent) {
            model.units.put(id, new Unit(id, code, name, kind, parent, today));
        }

        private Person know(UUID id) {
            var person = new Person(id, model.people.size());
            model.people.put(id, person);
            return person;
        }

        private People.Saved accepted(String what, People.Saved saved) {
            if (saved instanceof People.Saved.Refused(String field, var why)) {
                tell("  refused: " + why.key());
                count(what, why.key());
            } else {
                count(what, "done");
            }
            return saved;
        }

        private People.Assignment held(Person person, Post post) {
            return people.portrait(top, person.id).orElseThrow().assignments().stream()
                    .filter(held -> new Post(held.unitId(), held.main(), held.validFrom(), held.validTo()).equals(post))
                    .findFirst()
                    .orElseThrow();
        }

        private Scope side(UUID unit) {
            return new Scope(body.tenant, preparer.accountId(), List.of(unit));
        }

        private Assignments.Work work() {
            return new Assignments.Work(post(), AssignmentMode.REGULAR, any(SHARES), true);
        }

        private People.Post post() {
            return new People.Post(
                    "Chuyên viên",
                    false,
                    random.nextBoolean() ? "Khối chính quyền" : "Khối Đảng, đoàn thể",
                    PersonKind.CIVIL_SERVANT,
                    null,
                    "");
        }

        private List<Person> present() {
            return model.people.values().stream()
                    .filter(person -> !person.open().isEmpty())
                    .toList();
        }

        /** A day up to today, mostly a near one. */
        private LocalDate past() {
            return today.minusDays(random.nextInt(random.nextInt(6) == 0 ? 60 : 6));
        }

        private @Nullable Person somebody() {
            List<Person> present = present();
            return present.isEmpty() ? null : any(present);
        }

        private <T> T any(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private String newName() {
            return "Đơn vị số " + ++names;
        }

        private String name(Person person) {
            return "person " + person.number;
        }

        private String name(UUID unit) {
            Unit known = model.units.get(unit);
            return known == null ? "(begins)" : known.name;
        }

        private String describe(Order order) {
            var words = new ArrayList<String>();
            order.begun().forEach(begin -> words.add("begins " + begin.name() + " under " + name(begin.parent())));
            order.ended()
                    .forEach(end -> words.add("ends %s → %s, kept by %s, %d people and %d units named"
                            .formatted(
                                    name(end.unit()),
                                    name(end.destination()),
                                    name(end.custodian()),
                                    end.people().size(),
                                    end.below().size())));
            order.changed()
                    .forEach(change -> words.add("changes %s: %s under %s"
                            .formatted(name(change.unit()), change.name(), name(change.parent()))));
            return String.join("; ", words);
        }

        private void tell(String words, Object... arguments) {
            told.add(today + " " + (arguments.length == 0 ? words : words.formatted(arguments)));
            if (told.size() > 40) {
                told.removeFirst();
            }
        }

        private void count(String what, String outcome) {
            outcomes.merge(what + " " + outcome, 1, Integer::sum);
        }
    }

    private static String word(int number) {
        var word = new StringBuilder();
        int rest = number;
        do {
            word.append((char) ('a' + rest % 26));
            rest /= 26;
        } while (rest > 0);
        word.setCharAt(0, Character.toUpperCase(word.charAt(0)));
        return word.toString();
    }
}
