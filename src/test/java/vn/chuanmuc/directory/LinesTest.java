package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.directory.LineMembers.Carried;
import vn.chuanmuc.directory.LineMembers.Change;
import vn.chuanmuc.directory.LineMembers.Move;
import vn.chuanmuc.directory.LineMembers.Selection;
import vn.chuanmuc.directory.Lines.Duty;
import vn.chuanmuc.directory.Lines.Saved;
import vn.chuanmuc.kernel.DateRange;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Lines over the same people and units (domain.md, 4, rule 3), in the real database. */
@ProductTest
class LinesTest {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final LocalDate FROM = LocalDate.of(2021, 1, 1);

    @Autowired
    TestBodies bodies;

    @Autowired
    Lines lines;

    @Autowired
    LineMembers members;

    @Autowired
    LineStore store;

    @Autowired
    LineRecords records;

    @Autowired
    Units units;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private static Scope all(Body body) {
        return new Scope(body.tenant, NOBODY, List.of(body.root));
    }

    private UUID line(Body body, String name) {
        return done(lines.found(all(body), new Lines.Saying(name, Lines.Kind.PARTY, "", FROM)));
    }

    private UUID place(Body body, UUID line, UUID unit, @Nullable UUID superior, LocalDate from) {
        return done(lines.place(all(body), line, unit, superior, from, ""));
    }

    private static UUID done(Saved saved) {
        assertThat(saved).isInstanceOf(Saved.Done.class);
        return ((Saved.Done) saved).id();
    }

    private static String refused(Saved saved) {
        assertThat(saved).isInstanceOf(Saved.Refused.class);
        return ((Saved.Refused) saved).why().key().substring("directory.line.refused.".length());
    }

    private List<UUID> offices(Body body, int count) {
        var wished = new ArrayList<Units.NewUnit>();
        for (int i = 0; i < count; i++) {
            wished.add(new Units.NewUnit("V" + i, "Văn phòng " + i, Units.Kind.OFFICE, body.wardOne));
        }
        return units.addAll(body.tenant, NOBODY, wished);
    }

    @Test
    void hasItsOwnSuperiorsWhichChangeFromADayAndLeaveThePastAsItWas() {
        var body = bodies.create();
        UUID line = line(body, "Tuyến Đảng");
        place(body, line, body.wardTwo, null, FROM);
        UUID one = place(body, line, body.wardOne, body.wardTwo, FROM.plusDays(10));
        place(body, line, body.root, body.wardTwo, FROM);
        LocalDate day = FROM.plusYears(1);
        done(lines.move(all(body), line, one, 0, body.root, day, "12-QĐ/ĐU"));
        assertThat(superiors(body, line, day.minusDays(1)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(body.wardOne, body.wardTwo, body.root, body.wardTwo));
        assertThat(superiors(body, line, day))
                .containsExactlyInAnyOrderEntriesOf(Map.of(body.wardOne, body.root, body.root, body.wardTwo));
        assertThat(superiors(body, line, FROM)).containsOnlyKeys(body.root);
        assertThat(units.find(body.tenant, body.wardOne).orElseThrow().parentId())
                .as("the tree of units is not touched")
                .isEqualTo(body.root);
        assertThat(refused(lines.move(all(body), line, one, 0, null, day, ""))).isEqualTo("meanwhile");
    }

    private Map<UUID, UUID> superiors(Body body, UUID line, LocalDate day) {
        var superiors = new HashMap<UUID, UUID>();
        for (Lines.Node node : lines.tree(all(body), line, day, null).nodes()) {
            UUID superior = node.superiorId();
            if (superior != null) {
                superiors.put(node.unitId(), superior);
            }
        }
        return superiors;
    }

    @Test
    void refusesCirclesOnTheDaysOnWhichTheyWouldClose() {
        var body = bodies.create();
        UUID line = line(body, "Tuyến");
        UUID root = place(body, line, body.root, null, FROM);
        UUID one = place(body, line, body.wardOne, body.root, FROM);
        place(body, line, body.wardTwo, body.wardOne, FROM);
        assertThat(refused(lines.move(all(body), line, root, 0, body.wardTwo, FROM.plusDays(5), "")))
                .isEqualTo("cycle");
        assertThat(refused(lines.correctPlace(all(body), line, root, 0, body.wardOne, FROM, "", "thử")))
                .isEqualTo("cycle");
        assertThat(refused(lines.correctPlace(all(body), line, root, 0, body.root, FROM, "", "thử")))
                .isEqualTo("itself");
        // once ward one is at the top itself, what was above it may come under it from that day, not from before
        done(lines.move(all(body), line, one, 0, null, FROM.plusDays(30), ""));
        assertThat(refused(lines.move(all(body), line, root, 0, body.wardTwo, FROM.plusDays(29), "")))
                .isEqualTo("cycle");
        done(lines.move(all(body), line, root, 0, body.wardTwo, FROM.plusDays(30), ""));
        assertThat(refused(lines.place(all(body), line, body.wardTwo, null, FROM, "")))
                .isEqualTo("placed");
    }

    /** Random trees that change over time: no day ever has a circle, and what is refused as one would have been one. */
    @Test
    void randomMovesNeverCloseACircleOnAnyDay() {
        var random = new Random(20211010);
        var body = bodies.create();
        UUID line = line(body, "Tuyến");
        List<UUID> all = offices(body, 8);
        for (UUID unit : all) {
            place(body, line, unit, null, FROM);
        }
        int circles = 0;
        int moved = 0;
        for (int i = 0; i < 150; i++) {
            UUID unit = all.get(random.nextInt(all.size()));
            UUID superior = all.get(random.nextInt(all.size()));
            Lines.Place open = lines.places(body.tenant, line, unit).getFirst();
            LocalDate day = open.validFrom().plusDays(1 + random.nextInt(20));
            boolean closes = naiveCircle(body, line, all, unit, superior, day);
            Saved saved = lines.move(all(body), line, open.id(), open.version(), superior, day, "");
            if (saved instanceof Saved.Done) {
                assertThat(closes).isFalse();
                moved++;
            } else if (refused(saved).equals("cycle")) {
                assertThat(closes).isTrue();
                circles++;
            }
        }
        assertThat(moved).isGreaterThan(10);
        assertThat(circles).isGreaterThan(10);
    }

    /** Walks up on every single day from the given one on. */
    private boolean naiveCircle(Body body, UUID line, List<UUID> all, UUID unit, UUID superior, LocalDate from) {
        var places = new HashMap<UUID, List<Lines.Place>>();
        LocalDate last = from;
        for (UUID each : all) {
            places.put(each, lines.places(body.tenant, line, each));
            for (Lines.Place place : places.getOrDefault(each, List.of())) {
                last = place.validFrom().isAfter(last) ? place.validFrom() : last;
            }
        }
        for (LocalDate day = from; !day.isAfter(last); day = day.plusDays(1)) {
            UUID at = superior;
            var seen = new HashSet<UUID>();
            while (at != null && seen.add(at)) {
                if (at.equals(unit)) {
                    return true;
                }
                UUID above = null;
                for (Lines.Place place : places.getOrDefault(at, List.of())) {
                    if (new DateRange(place.validFrom(), place.validTo()).contains(day)) {
                        above = place.superiorId();
                    }
                }
                at = above;
            }
        }
        return false;
    }

    @Test
    void keepsWhatRestsOnAPlace() {
        var body = bodies.create();
        UUID line = line(body, "Tuyến");
        UUID top = place(body, line, body.root, null, FROM);
        UUID one = place(body, line, body.wardOne, body.root, FROM);
        UUID an = body.person("Nguyễn Văn An", body.wardOne, body.partyBloc, body.staff);
        assertThat(refused(lines.place(all(body), line, body.wardTwo, NOBODY, FROM, "")))
                .isEqualTo("superior-absent");
        assertThat(refused(lines.place(all(body), line, body.wardTwo, null, FROM.minusDays(1), "")))
                .isEqualTo("before-line");
        assertThat(refused(lines.place(
                        all(body),
                        line,
                        body.wardTwo,
                        null,
                        LocalDate.now(clock).plusDays(2),
                        "")))
                .isEqualTo("future");
        assertThat(refused(lines.endPlace(all(body), line, top, 0, FROM.plusDays(9), "x")))
                .isEqualTo("units-under");
        done(members.join(all(body), line, body.wardOne, an, FROM.plusDays(3)));
        assertThat(refused(lines.correctPlace(all(body), line, one, 0, body.root, FROM.plusDays(4), "", "x")))
                .isEqualTo("rests");
        assertThat(refused(lines.withdrawPlace(all(body), line, one, 0, "x"))).isEqualTo("rests");
        assertThat(refused(lines.endPlace(all(body), line, one, 0, FROM.plusDays(3), "x")))
                .isEqualTo("began-later");
        assertThat(refused(lines.endPlace(all(body), line, one, 0, FROM.plusDays(9), " ")))
                .isEqualTo("reason");
        done(lines.endPlace(all(body), line, one, 0, FROM.plusDays(9), "sắp xếp lại"));
        assertThat(people(body, line, FROM.plusDays(8))).isEqualTo(1);
        assertThat(people(body, line, FROM.plusDays(9))).isZero();
        assertThat(refused(members.join(all(body), line, body.wardOne, an, FROM.plusDays(9))))
                .isEqualTo("no-place");
        done(lines.end(all(body), line, 0, FROM.plusDays(20), "hết nhiệm kỳ"));
        assertThat(lines.list(body.tenant, FROM.plusDays(19))).hasSize(1);
        assertThat(lines.list(body.tenant, FROM.plusDays(20))).isEmpty();
        line(body, "Tuyến"); // the name is free again
    }

    private long people(Body body, UUID line, LocalDate day) {
        return lines.totals(body.tenant, day, List.of(body.root)).people().getOrDefault(line, 0L);
    }

    @Test
    void aSuccessorEndsTheDutyOfWhoeverHadItAndNobodyApprovesWhatTheyCompile() {
        var body = bodies.create();
        UUID line = line(body, "Tuyến");
        place(body, line, body.wardOne, null, FROM);
        UUID an = body.person("Nguyễn Văn An", body.wardOne, body.partyBloc, body.staff);
        UUID binh = body.person("Trần Thị Bình", body.wardOne, body.partyBloc, body.staff);
        done(lines.appoint(all(body), line, body.wardOne, Duty.CLERK, an, FROM));
        assertThat(refused(lines.appoint(all(body), line, body.wardOne, Duty.APPROVER, an, FROM.plusDays(1))))
                .isEqualTo("compiles");
        assertThat(refused(lines.appoint(all(body), line, body.wardOne, Duty.CLERK, binh, FROM)))
                .isEqualTo("duty-taken");
        done(lines.appoint(all(body), line, body.wardOne, Duty.CLERK, binh, FROM.plusDays(7)));
        UUID approver = done(lines.appoint(all(body), line, body.wardOne, Duty.APPROVER, an, FROM.plusDays(7)));
        assertThat(refused(lines.correctDuty(all(body), line, approver, 0, FROM.plusDays(6), "x")))
                .isEqualTo("compiles");
        Lines.Node then =
                lines.tree(all(body), line, FROM.plusDays(6), null).nodes().getFirst();
        assertThat(then.clerk()).isEqualTo("Nguyễn Văn An");
        assertThat(then.approver()).isNull();
        Lines.Tree now = lines.tree(all(body), line, FROM.plusDays(7), null);
        assertThat(now.nodes().getFirst().clerk()).isEqualTo("Trần Thị Bình");
        assertThat(now.gaps()).isZero();
        var elsewhere = bodies.create();
        UUID stranger = elsewhere.person("Lê Văn Lạ", elsewhere.wardOne, elsewhere.partyBloc, elsewhere.staff);
        assertThat(refused(lines.appoint(all(body), line, body.wardOne, Duty.CLERK, stranger, FROM.plusDays(9))))
                .isEqualTo("person");
    }

    @Test
    void ofTwoWhoWriteAtOnceOnePersonIsInTheLineOnce() throws Exception {
        var body = bodies.create();
        UUID line = line(body, "Tuyến");
        place(body, line, body.wardOne, null, FROM);
        place(body, line, body.wardTwo, null, FROM);
        UUID an = body.person("Nguyễn Văn An", body.wardOne, body.partyBloc, body.staff);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tries = new ArrayList<Callable<Saved>>();
            for (int i = 0; i < 8; i++) {
                UUID unit = i % 2 == 0 ? body.wardOne : body.wardTwo;
                LocalDate from = FROM.plusDays(i);
                tries.add(() -> members.join(all(body), line, unit, an, from));
            }
            int written = 0;
            for (var outcome : threads.invokeAll(tries)) {
                if (outcome.get() instanceof Saved.Done) {
                    written++;
                } else {
                    assertThat(refused(outcome.get())).isEqualTo("member");
                }
            }
            assertThat(written).isEqualTo(1);
        }
        assertThat(people(body, line, LocalDate.now(clock))).isEqualTo(1);
    }

    @Test
    void twoMovesAtOnceDoNotCloseACircleTogether() throws Exception {
        var body = bodies.create();
        UUID line = line(body, "Tuyến");
        UUID one = place(body, line, body.wardOne, null, FROM);
        UUID two = place(body, line, body.wardTwo, null, FROM);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var outcomes = threads.invokeAll(List.<Callable<Saved>>of(
                    () -> lines.move(all(body), line, one, 0, body.wardTwo, FROM.plusDays(1), ""),
                    () -> lines.move(all(body), line, two, 0, body.wardOne, FROM.plusDays(1), "")));
            var kinds = new HashSet<String>();
            for (var outcome : outcomes) {
                kinds.add(outcome.get() instanceof Saved.Done ? "done" : refused(outcome.get()));
            }
            assertThat(kinds).containsExactlyInAnyOrder("done", "cycle");
        }
    }

    /** Sums over lines count a person once: compared with sets made by hand, on random days. */
    @Test
    void totalsCountEverybodyOnceOnEveryDay() {
        var random = new Random(264);
        var body = bodies.create();
        List<UUID> people = body.people(25, body.wardOne, body.partyBloc);
        List<UUID> wards = List.of(body.wardOne, body.wardTwo, body.root);
        var made = new ArrayList<UUID>();
        for (String name : List.of("Tuyến Đảng", "Tuyến chính quyền", "Công đoàn")) {
            UUID line = line(body, name);
            wards.forEach(unit -> place(body, line, unit, null, FROM));
            made.add(line);
        }
        record Was(UUID line, UUID person, UUID unit, DateRange period) {}
        var naive = new ArrayList<Was>();
        for (int i = 0; i < 160; i++) {
            UUID line = made.get(random.nextInt(3));
            UUID person = people.get(random.nextInt(people.size()));
            UUID unit = wards.get(random.nextInt(3));
            LocalDate from = FROM.plusDays(random.nextInt(300));
            boolean free = naive.stream()
                    .noneMatch(was -> was.line().equals(line)
                            && was.person().equals(person)
                            && was.period().overlaps(DateRange.since(from)));
            Saved saved = members.join(all(body), line, unit, person, from);
            assertThat(saved instanceof Saved.Done).isEqualTo(free);
            if (free && random.nextInt(3) > 0) {
                LocalDate to = from.plusDays(1 + random.nextInt(60));
                done(members.change(all(body), line, person, from, 0, Change.END, to, "thử"));
                naive.add(new Was(line, person, unit, new DateRange(from, to)));
            } else if (free) {
                naive.add(new Was(line, person, unit, DateRange.since(from)));
            }
        }
        for (List<UUID> tops :
                List.of(List.of(body.root), List.of(body.wardOne), List.of(body.wardOne, body.wardTwo))) {
            for (int i = 0; i < 40; i++) {
                LocalDate day = FROM.plusDays(random.nextInt(380));
                Set<UUID> seen = new HashSet<>(tops.contains(body.root) ? wards : tops);
                var byLine = new HashMap<UUID, Long>();
                var byPerson = new HashMap<UUID, Integer>();
                for (Was was : naive) {
                    if (was.period().contains(day) && seen.contains(was.unit())) {
                        byLine.merge(was.line(), 1L, Long::sum);
                        byPerson.merge(was.person(), 1, Integer::sum);
                    }
                }
                var several = new HashMap<Integer, Long>();
                byPerson.values().stream().filter(n -> n > 1).forEach(n -> several.merge(n, 1L, Long::sum));
                Lines.Totals totals = lines.totals(body.tenant, day, tops);
                assertThat(totals.people()).isEqualTo(byLine);
                assertThat(totals.together()).isEqualTo(byPerson.size());
                assertThat(totals.inSeveral()).isEqualTo(several);
            }
        }
        UUID someone = naive.getFirst().person();
        assertThat(lines.of(body.tenant, someone, FROM.plusDays(100)).stream()
                        .map(Lines.Standing::lineId)
                        .toList())
                .containsExactlyInAnyOrderElementsOf(naive.stream()
                        .filter(was ->
                                was.person().equals(someone) && was.period().contains(FROM.plusDays(100)))
                        .map(Was::line)
                        .toList());
    }

    @Test
    void bringsEverybodyOfAUnitInThroughTheNearestPlaceAndTakesThemOutAgain() {
        var body = bodies.create();
        List<UUID> offices = offices(body, 2);
        jdbc.sql("update directory.unit_path set valid_from = ? where tenant_id = ?")
                .params(FROM, body.tenant)
                .update();
        body.people(4, body.wardOne, body.partyBloc);
        body.people(3, offices.getFirst(), body.stateBloc);
        body.people(2, body.wardTwo, body.partyBloc);
        UUID line = line(body, "Tuyến");
        place(body, line, body.wardOne, null, FROM);
        LocalDate day = FROM.plusDays(40);
        var everybody = new Selection(Move.JOIN, day, body.root, null, null, false);
        var preview = members.preview(all(body), line, everybody);
        assertThat(preview).isEqualTo(new LineMembers.Preview(9, 7, 0, 2));
        assertThat(members.carryOut(all(body), line, everybody, 6, "Nghị quyết"))
                .isInstanceOf(Carried.Refused.class);
        assertThat(members.carryOut(all(body), line, everybody, 7, "Nghị quyết"))
                .isEqualTo(new Carried.Done(7));
        assertThat(members.carryOut(all(body), line, everybody, 7, "Nghị quyết"))
                .as("a double click changes nothing")
                .isEqualTo(new Carried.Done(0));
        assertThat(lines.tree(all(body), line, day, null).nodes().getFirst().people())
                .isEqualTo(7);
        var stateBloc = new Selection(Move.LEAVE, day.plusDays(5), body.wardOne, body.stateBloc, null, false);
        assertThat(members.carryOut(all(body), line, stateBloc, 3, "chuyển tuyến"))
                .isEqualTo(new Carried.Done(3));
        assertThat(people(body, line, day.plusDays(5))).isEqualTo(4);
        var mistake = new Selection(Move.WITHDRAW, day, body.wardOne, null, null, false);
        assertThat(members.carryOut(all(body), line, mistake, 4, "ghi nhầm")).isEqualTo(new Carried.Done(4));
        assertThat(people(body, line, day)).isEqualTo(3);
    }

    @Test
    void nobodyWritesBeyondTheirUnits() {
        var body = bodies.create();
        UUID line = line(body, "Tuyến");
        place(body, line, body.wardOne, null, FROM);
        UUID two = place(body, line, body.wardTwo, null, FROM);
        UUID far = body.person("Bùi Văn Xa", body.wardTwo, body.partyBloc, body.staff);
        var clerk = new Scope(body.tenant, NOBODY, List.of(body.wardOne));
        assertThatThrownBy(() -> members.join(clerk, line, body.wardTwo, far, FROM))
                .isInstanceOf(NotFound.class);
        assertThat(refused(members.join(clerk, line, body.wardOne, far, FROM))).isEqualTo("person");
        assertThatThrownBy(() -> lines.endPlace(clerk, line, two, 0, FROM.plusDays(1), "x"))
                .isInstanceOf(NotFound.class);
        assertThat(refused(lines.found(clerk, new Lines.Saying("Khác", Lines.Kind.MASS, "", FROM))))
                .isEqualTo("whole-body");
        assertThat(lines.tree(clerk, line, LocalDate.now(clock), null).nodes())
                .extracting(Lines.Node::unitId)
                .containsExactly(body.wardOne);
        var other = bodies.create();
        assertThat(store.find(other.tenant, line)).isEmpty();
        assertThat(lines.totals(other.tenant, LocalDate.now(clock), List.of(other.root))
                        .together())
                .isZero();
    }

    @Test
    void whenTwoRecordsBecomeOneTheirPlacesInLinesDoToo() {
        var body = bodies.create();
        UUID line = line(body, "Tuyến");
        place(body, line, body.wardOne, null, FROM);
        UUID an = body.person("Nguyễn Văn An", body.wardOne, body.partyBloc, body.staff);
        UUID twin = body.person("Nguyễn Văn An", body.wardOne, body.partyBloc, body.staff);
        done(members.join(all(body), line, body.wardOne, an, FROM));
        done(members.join(all(body), line, body.wardOne, twin, FROM.plusDays(10)));
        assertThat(records.objection(body.tenant, an, twin)).isPresent();
        done(members.change(all(body), line, an, FROM, 0, Change.END, FROM.plusDays(10), "thử"));
        assertThat(records.objection(body.tenant, an, twin)).isEmpty();
        records.merged(body.tenant, NOBODY, an, twin);
        assertThat(lines.of(body.tenant, twin, FROM.plusDays(10))).isEmpty();
        assertThat(lines.of(body.tenant, an, FROM.plusDays(10))).hasSize(1);
        assertThat(lines.of(body.tenant, an, FROM)).hasSize(1);
    }
}
