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
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns.Changed;
import vn.chuanmuc.commitments.CommitmentSamples;
import vn.chuanmuc.directory.OrganisationModel.Begin;
import vn.chuanmuc.directory.OrganisationModel.Change;
import vn.chuanmuc.directory.OrganisationModel.End;
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
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies.Body;

/** One body and what happens to it, told to the product and to {@link OrganisationModel} alike. */
final class OrganisationHistory {
    private static final int MOST_PEOPLE = 45;
    private static final int MOST_UNITS = 14;
    private static final List<Integer> SHARES = List.of(10, 50, 100);
    private static final List<AssignmentMode> MODES = List.of(AssignmentMode.values());
    private static final String BLOC = "Khối chính quyền";
    private static final List<String> POSITIONS = List.of("Chuyên viên", "Cán sự", "Văn thư");

    /** An order that waits for its day, of the model's kind. */
    private record Waiting(UUID id, LocalDate day, String what, Kind kind, Runnable inModel) {}

    private record WaitingReorganisation(String what, Order order) {}

    final OrganisationModel model = new OrganisationModel();
    /** What was tried, and what came of it: how often. */
    final Map<String, Integer> outcomes;

    private final OrganisationGround ground;
    private final OrganisationChecks checks;
    private final long seed;
    private final int number;
    private final Random random;
    private final Deque<String> told = new ArrayDeque<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<WaitingReorganisation> waitingReorganisations = new ArrayList<>();
    private final Map<UUID, Viewer> officials = new LinkedHashMap<>();
    /** Everybody who is or was on the roster: the unit they count in; null when they left. */
    final Map<UUID, @Nullable UUID> roster = new LinkedHashMap<>();

    final Set<UUID> signed = new HashSet<>();

    final Body body;
    final Scope top;
    private final Viewer preparer;
    private final Viewer approver;
    private final SmallDecision decision;
    final UUID campaign;
    final List<UUID> campaignUnits;
    LocalDate today;
    /** The earliest day that the last step spoke of: every day since is checked. */
    private LocalDate touched = LocalDate.MAX;

    private int names;

    OrganisationHistory(OrganisationGround ground, long seed, int number, Map<String, Integer> outcomes) {
        this.ground = ground;
        this.seed = seed;
        this.number = number;
        this.outcomes = outcomes;
        random = new Random(seed * 1_000 + number);
        today = LocalDate.now(ground.clock()).plusDays(400);
        ground.clock().turnTo(today);
        body = ground.bodies().create();
        checks = new OrganisationChecks(ground, this);
        preparer = body.viewer(Role.BOARD, body.root);
        approver = body.viewer(Role.BOARD, body.root);
        top = new Scope(body.tenant, preparer.accountId(), List.of(body.root));
        know(body.root, "GOC", ground.units().tenantName(body.tenant), Units.Kind.ROOT, null);
        know(body.wardOne, "P1", "Phường Một", Units.Kind.WARD, body.root);
        know(body.wardTwo, "P2", "Phường Hai", Units.Kind.WARD, body.root);
        for (UUID parent : List.of(body.wardOne, body.wardOne, body.wardTwo, body.root)) {
            addUnit(parent, Units.Kind.OFFICE);
        }
        for (int i = 0; i < 16; i++) {
            addPerson(any(model.living()), today.minusDays(random.nextInt(300)));
        }
        decision = SmallDecision.publish(ground.jdbc(), body);
        campaignUnits = model.people.values().stream()
                .map(person -> person.posts.getFirst().unit())
                .distinct()
                .toList();
        campaign = CampaignSamples.launched(
                ground.campaigns(), body, preparer, decision, campaignUnits.toArray(UUID[]::new));
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
            checks.everything(true, today);
            for (step = 1; step <= steps; step++) {
                touched = today;
                step();
                checks.everything(step == steps, touched);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "-Dchuanmuc.seed=%d, body %d, step %d, on %s; the last steps were\n%s\n%s"
                            .formatted(seed, number, step, today, String.join("\n", told), e),
                    e);
        }
    }

    // What happens

    private void step() {
        advance(random.nextInt(4));
        switch (random.nextInt(30)) {
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
            case 20, 21 -> importSome();
            case 22 -> makeOne();
            case 23 -> leave();
            case 19 -> {
                tell("compacts the head-counts");
                ground.headcounts().compact(body.tenant);
            }
            default -> reorganise();
        }
    }

    /** Day by day, so that everything ordered is carried out on its own day. */
    private void advance(int days) {
        for (int i = 0; i < days; i++) {
            today = today.plusDays(1);
            ground.clock().turnTo(today);
            for (Waiting order : List.copyOf(waiting)) {
                if (order.day().equals(today)) {
                    waiting.remove(order);
                    ground.transfers().carryOut(body.tenant, order.id());
                    State state = ground.transfers()
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
        var saved = ground.people().add(top, unit.id, name, null, "", post(), from, true);
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
        if (accepted("begin", ground.assignments().begin(top, person.id, unit.id, work(), from, "phân công"))
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
        var saved = ground.assignments()
                .end(
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
        List<Person> several =
                present().stream().filter(person -> person.open().size() > 1).toList();
        if (several.isEmpty()) {
            return;
        }
        Person person = any(several);
        Post chosen = any(person.open());
        LocalDate day = past();
        tell("main of %s becomes %s from %s", name(person), name(chosen.unit()), day);
        var held = held(person, chosen);
        var saved = ground.assignments().makeMain(top, person.id, held.id(), held.version(), day, "đổi");
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
        var saved = ground.assignments().correct(top, person.id, held.id(), held.version(), work(), from, to, "nhầm");
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
                .filter(person -> person.open().isEmpty() && !person.givenUp)
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
            outcome = ground.transfers().propose(side(sides.get(sending ? 0 : 1)), order);
            if (outcome instanceof Outcome.Done(UUID id, State state) && state == State.PROPOSED) {
                Scope other = side(sides.get(sending ? 1 : 0));
                if (random.nextInt(4) == 0) {
                    assertThat(ground.transfers().decline(other, id, "không nhận"))
                            .isInstanceOf(Outcome.Done.class);
                    count(word, "declined");
                    return;
                }
                outcome = ground.transfers().accept(other, id, "đồng ý");
                if (outcome instanceof Outcome.Refused) {
                    ground.transfers().withdraw(top, id, "không được");
                }
            }
        } else {
            outcome = ground.transfers().propose(top, order);
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
                                ground.transfers().find(top, id).orElseThrow().personId());
                        know(entered).posts.add(new Post(Objects.requireNonNull(to).id, true, day, null));
                    } else {
                        inModel.happens(day);
                    }
                };
                if (state == State.DONE) {
                    count(word, "done");
                    follows.run();
                } else if (random.nextInt(6) == 0) {
                    assertThat(ground.transfers().withdraw(top, id, "đổi ý")).isInstanceOf(Outcome.Done.class);
                    tell("  taken back");
                    count(word, "withdrawn");
                } else {
                    assertThat(state).isEqualTo(State.AGREED);
                    waiting.add(new Waiting(id, day, what, kind, follows));
                }
            }
        }
    }

    /** A personnel system sends some people: new ones, some in another unit, some with another post. */
    private void importSome() {
        LocalDate from = past();
        var rows = new ArrayList<PersonData>();
        var follows = new ArrayList<Runnable>();
        var coded = new ArrayList<>(model.people.values().stream()
                .filter(person -> person.code != null && !person.givenUp)
                .toList());
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Unit unit = any(model.living());
            if (!coded.isEmpty() && random.nextInt(4) > 0) {
                Person person = coded.remove(random.nextInt(coded.size()));
                String position = any(POSITIONS);
                tell("import: %s in %s as %s from %s", name(person), unit.name, position, from);
                rows.add(data(Objects.requireNonNull(person.code), null, unit, position));
                Post there = person.openIn(unit.id);
                boolean news = there == null
                        || !held(person, there).positionName().equals(position)
                        || !held(person, there).blocName().equals(BLOC);
                follows.add(() -> person.imported(unit.id, news, from));
            } else if (present().size() < MOST_PEOPLE) {
                String code = "SH" + rows.size() + "-" + model.people.size();
                String position = any(POSITIONS);
                tell("import: newcomer %s in %s from %s", code, unit.name, from);
                rows.add(data(code, "Lê Thị " + word(model.people.size() + rows.size()), unit, position));
                follows.add(() -> {
                    UUID id = ground.jdbc()
                            .sql("select id from directory.person where tenant_id = ? and staff_code = ?")
                            .params(body.tenant, code)
                            .query((row, n) -> row.getObject(1, UUID.class))
                            .single();
                    Person person = know(id);
                    person.code = code;
                    person.imported(unit.id, true, from);
                });
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        var sent = ground.transaction().execute(status -> {
            var outcome =
                    ground.imports().send(top, body.root, "Hệ thống nhân sự", Sha256.of(rows.toString()), rows, from);
            if (outcome instanceof PeopleImports.Sent.Refused) {
                status.setRollbackOnly();
            }
            return outcome;
        });
        switch (Objects.requireNonNull(sent)) {
            case PeopleImports.Sent.Refused(var problems) -> {
                tell("  refused: " + problems);
                count("import", problems.getFirst().why().key());
            }
            case PeopleImports.Sent.Done done -> {
                count("import", "done");
                follows.forEach(Runnable::run);
            }
        }
    }

    private static PersonData data(String code, @Nullable String name, Unit unit, String position) {
        return new PersonData(code, name, null, unit.code, position, BLOC, PersonKind.CIVIL_SERVANT, null, null);
    }

    /** Two records of one person, as it turns out: one proposes, another decides. */
    private void makeOne() {
        List<Person> free =
                model.people.values().stream().filter(person -> !person.givenUp).toList();
        Person kept = any(free);
        Person givenUp = any(free);
        if (kept == givenUp || roster.containsKey(givenUp.id)) {
            return;
        }
        tell("%s is made one with %s", name(givenUp), name(kept));
        if (!(ground.duplicates().propose(top, kept.id, givenUp.id, "một người")
                instanceof Duplicates.Outcome.Done(UUID merge))) {
            count("one", "refused");
            return;
        }
        var second = new Scope(body.tenant, approver.accountId(), List.of(body.root));
        if (random.nextInt(5) == 0) {
            assertThat(ground.duplicates().decline(second, merge, "hai người"))
                    .isInstanceOf(Duplicates.Outcome.Done.class);
            count("one", "declined");
            return;
        }
        assertThat(ground.duplicates().accept(top, merge, "", "")).isInstanceOf(Duplicates.Outcome.Refused.class);
        String seen = ground.duplicates().preview(second, kept.id, givenUp.id).fingerprint();
        switch (ground.duplicates().accept(second, merge, seen, "đã xem")) {
            case Duplicates.Outcome.Done done -> {
                count("one", "done");
                kept.takeOver(givenUp);
                touched = LocalDate.MIN;
            }
            case Duplicates.Outcome.Refused(String field, var why) -> {
                tell("  refused: " + why.key());
                count("one", why.key());
                assertThat(ground.duplicates().withdraw(top, merge, "không được"))
                        .isInstanceOf(Duplicates.Outcome.Done.class);
            }
        }
    }

    /** Somebody is away for a time: they count as before. */
    private void leave() {
        Person person = somebody();
        if (person == null) {
            return;
        }
        LocalDate from = today.plusDays(random.nextInt(20) - 10);
        LocalDate last = random.nextInt(3) == 0 ? null : from.plusDays(random.nextInt(30));
        LeaveKind kind = any(List.of(LeaveKind.values()));
        tell("%s is on leave (%s) %s–%s", name(person), kind.code(), from, String.valueOf(last));
        var saved = ground.leaves().enter(top, person.id, new Leaves.Entry(kind, from, last, "", "nghỉ"));
        boolean meets = person.away.stream().anyMatch(away -> away.meets(kind, from, last));
        count("away", saved instanceof People.Saved.Done ? "done" : "refused");
        assertThat(saved instanceof People.Saved.Done).isEqualTo(!meets);
        if (!meets) {
            person.away.add(new OrganisationModel.Away(kind, from, last));
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
        switch (ground.units().add(body.tenant, preparer.accountId(), new Units.NewUnit(code, name, kind, parent))) {
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
        UUID id = done(ground.reorganisations().create(top, ReorganisationGround.head(day)));
        var order = new Order(id, day, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        String what = switch (random.nextInt(model.living().size() >= MOST_UNITS ? 4 : 7)) {
            case 0 -> merge(order);
            case 1 -> dissolve(order);
            case 2, 3 -> branch(order);
            case 4 -> rename(order);
            default -> split(order);
        };
        if (random.nextInt(5) == 0) {
            rename(order);
        }
        tell("%s on %s: %s", what, day, describe(order));
        write(order);
        var submitted = ground.reorganisations().submit(top, id, version(id));
        if (submitted instanceof Reorganisations.Saved.Refused(String field, var why)) {
            String gates = gates(id);
            tell("  refused: " + why.key() + " " + gates);
            count(what, gates);
            return;
        }
        var second = new Scope(body.tenant, approver.accountId(), List.of(body.root));
        done(ground.reorganisations().approve(second, id, version(id), "đã biết"));
        if (day.isAfter(today)) {
            if (random.nextInt(6) == 0) {
                done(ground.reorganisations().withdraw(top, id, "đổi ý"));
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
        return ground.reorganisations().outlook(top, id).gates().stream()
                .filter(gate -> gate.kind().weight() == ReorganisationGate.Weight.BLOCKING)
                .map(gate -> gate.kind().code())
                .collect(Collectors.joining(" "));
    }

    private void carryOut(String what, WaitingReorganisation reorganisation) {
        Order order = reorganisation.order();
        switch (ground.reorganisations().carryOut(body.tenant, order.id())) {
            case CarriedOut.Done done -> {
                tell("carried out: " + reorganisation.what() + " " + describe(order));
                count(what, "done");
                model.carryOut(order);
            }
            case CarriedOut.Blocked blocked -> {
                tell("blocked: " + reorganisation.what() + " " + gates(order.id()));
                count(what, "blocked " + gates(order.id()));
                done(ground.reorganisations().withdraw(top, order.id(), "không còn đúng"));
            }
            case CarriedOut.NotDue notDue -> throw new IllegalStateException("not due on its day");
        }
    }

    private int version(UUID id) {
        return ground.reorganisations().find(top, id).orElseThrow().facts().version();
    }

    private void write(Order order) {
        var ids = new HashMap<UUID, UUID>();
        for (Begin begin : List.copyOf(order.begun())) {
            UUID parent = ids.getOrDefault(begin.parent(), begin.parent());
            UUID unit = done(ground.reorganisations()
                    .putUnit(top, order.id(), null, begin.code(), begin.name(), begin.kind(), parent));
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
            done(ground.reorganisations()
                    .table(
                            top,
                            order.id(),
                            order.ended().stream()
                                    .map(end -> new Row(end.unit(), true, end.destination(), end.custodian()))
                                    .toList()));
        }
        for (End end : order.ended()) {
            end.people()
                    .forEach((who, to) -> done(ground.reorganisations()
                            .putParts(top, order.id(), end.unit(), Rule.PERSON, List.of(who), to)));
            end.below()
                    .forEach((unit, to) -> done(ground.reorganisations()
                            .putParts(top, order.id(), end.unit(), Rule.UNIT, List.of(unit), to)));
        }
        for (Change change : order.changed()) {
            done(ground.reorganisations()
                    .change(
                            top,
                            order.id(),
                            change.unit(),
                            new ReorganisationDraft.Changed(
                                    change.code(), change.name(), change.kind(), change.parent())));
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
            if (person.open().stream().anyMatch(post -> model.below(post.unit(), unit.id)) && random.nextInt(3) == 0) {
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
                .filter(unit -> unit.parent() != null
                        && order.changed().stream()
                                .noneMatch(change -> change.unit().equals(unit.id))
                        && order.ended().stream().noneMatch(end -> end.unit().equals(unit.id)))
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
        if (unit.parent() == null) {
            return rename(order);
        }
        UUID to = random.nextInt(4) == 0 && model.living().size() < MOST_UNITS ? begin(order) : any(model.living()).id;
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
        boolean done = CommitmentSamples.sign(ground.commitments(), official, campaign);
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
            boolean done =
                    ground.campaigns().leave(preparer, campaign, person, today, "chuyển đi") instanceof Changed.Done;
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
        var changed = ground.campaigns().join(preparer, campaign, person.id, unit, decision.staff, today, "chuyển về");
        boolean done = changed instanceof Changed.Done;
        count("join", done ? "done" : "refused");
        assertThat(done).isEqualTo(campaignUnits.contains(unit) && roster.get(person.id) == null);
        if (done) {
            roster.put(person.id, unit);
        }
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
        return ground.people().portrait(top, person.id).orElseThrow().assignments().stream()
                .filter(held -> new Post(held.unitId(), held.main(), held.validFrom(), held.validTo()).equals(post))
                .findFirst()
                .orElseThrow();
    }

    private Scope side(UUID unit) {
        return new Scope(body.tenant, preparer.accountId(), List.of(unit));
    }

    private Assignments.Work work() {
        return new Assignments.Work(post(), any(MODES), any(SHARES), true);
    }

    private People.Post post() {
        return new People.Post(
                "Chuyên viên",
                false,
                random.nextBoolean() ? BLOC : "Khối Đảng, đoàn thể",
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
        LocalDate day = today.minusDays(random.nextInt(random.nextInt(6) == 0 ? 60 : 6));
        touched = day.isBefore(touched) ? day : touched;
        return day;
    }

    private @Nullable Person somebody() {
        List<Person> present = present();
        return present.isEmpty() ? null : any(present);
    }

    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String newName() {
        return "Đơn vị số " + ++names;
    }

    String name(Person person) {
        return "person " + person.number;
    }

    String name(UUID unit) {
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
