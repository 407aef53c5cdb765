package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.directory.ReorganisationGround.scope;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Lines.Duty;
import vn.chuanmuc.directory.Reorganisations.CarriedOut;
import vn.chuanmuc.directory.Reorganisations.LineFlow;
import vn.chuanmuc.directory.Reorganisations.LinePlace;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** When units end, their places in lines go to whoever takes their people, and nobody is doubled or silently lost (ADR 0011, 10). */
@ProductTest
class ReorganisedLinesTest {
    private static final LocalDate FROM = LocalDate.of(2021, 1, 1);
    private static final LocalDate DAY = LocalDate.of(2025, 7, 1);
    private static final UUID NOBODY = new UUID(0, 0);

    @Autowired
    TestBodies bodies;

    @Autowired
    ReorganisationGround ground;

    @Autowired
    Reorganisations reorganisations;

    @Autowired
    Units units;

    @Autowired
    Lines lines;

    @Autowired
    LineMembers members;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer preparer;
    private Viewer approver;
    private Scope all;

    @BeforeEach
    void prepare() {
        body = bodies.create();
        preparer = ground.board(body);
        approver = ground.board(body);
        all = new Scope(body.tenant, preparer.accountId(), List.of(body.root));
    }

    private UUID line(String name) {
        return done(lines.found(all, new Lines.Saying(name, Lines.Kind.PARTY, "", FROM)));
    }

    private static UUID done(Lines.Saved saved) {
        assertThat(saved).isInstanceOf(Lines.Saved.Done.class);
        return ((Lines.Saved.Done) saved).id();
    }

    private void place(UUID line, UUID unit, @Nullable UUID superior) {
        done(lines.place(all, line, unit, superior, FROM, ""));
    }

    private @Nullable UUID through(UUID line, UUID person, LocalDate day) {
        return lines.of(body.tenant, person, day).stream()
                .filter(standing -> standing.lineId().equals(line))
                .map(Lines.Standing::unitId)
                .findFirst()
                .orElse(null);
    }

    @Test
    void theNewWardTakesThePlacesOfTheOldAndPeopleGoOnThroughIt() {
        UUID three = units.addAll(
                        body.tenant, NOBODY, List.of(new Units.NewUnit("P3", "Phường Ba", Units.Kind.WARD, body.root)))
                .getFirst();
        List<UUID> one = body.people(3, body.wardOne, body.partyBloc);
        List<UUID> two = body.people(2, body.wardTwo, body.partyBloc);
        List<UUID> rest = body.people(2, three, body.partyBloc);
        UUID elsewhere = body.person("Bùi Thị Nơi Khác", three, body.stateBloc, body.staff);
        UUID gone = body.person("Đỗ Văn Nghỉ", body.wardOne, body.stateBloc, body.staff);
        ground.since2015(body.tenant);
        UUID line = line("Tuyến Đảng");
        place(line, body.root, null);
        place(line, body.wardOne, body.root);
        place(line, body.wardTwo, body.root);
        place(line, three, body.wardOne);
        one.forEach(person -> done(members.join(all, line, body.wardOne, person, FROM)));
        two.forEach(person -> done(members.join(all, line, body.wardTwo, person, FROM)));
        rest.forEach(person -> done(members.join(all, line, three, person, FROM)));
        done(members.join(all, line, body.wardOne, elsewhere, FROM));
        done(members.join(all, line, body.wardOne, gone, FROM));
        jdbc.sql("update directory.assignment set valid_to = date '2024-01-01' where tenant_id = ? and person_id = ?")
                .params(body.tenant, gone)
                .update();
        done(lines.appoint(all, line, body.wardOne, Duty.CLERK, one.getFirst(), FROM));
        done(lines.appoint(all, line, body.wardOne, Duty.APPROVER, one.getLast(), FROM.plusDays(3)));

        UUID id = ground.draft(preparer, DAY);
        UUID merged = ground.newWard(preparer, id, "PM", "Phường Mới", body.root);
        ground.end(preparer, id, body.wardOne, merged, merged);
        ground.end(preparer, id, body.wardTwo, merged, merged);
        assertThat(ground.gates(preparer, id)).containsEntry("line-changes", 1).containsEntry("line-members-leave", 1);
        var preview = reorganisations.inLines(scope(preparer), id).getFirst();
        assertThat(preview.ended()).containsExactly("Phường Hai", "Phường Một");
        assertThat(preview.begun()).extracting(LinePlace::unit).containsExactly("Phường Mới");
        assertThat(preview.begun().getFirst().superior()).isEqualTo(rootName());
        assertThat(preview.moved()).containsExactly(new LinePlace("Phường Ba", "Phường Mới"));
        assertThat(preview.flows())
                .containsExactlyInAnyOrder(
                        new LineFlow("Phường Hai", "Phường Mới", 2),
                        new LineFlow("Phường Một", "Phường Mới", 3),
                        new LineFlow("Phường Một", "Phường Ba", 1),
                        new LineFlow("Phường Một", "", 1));
        assertThat(preview.leaving())
                .extracting(Reorganisations.LineLeaver::name)
                .containsExactly("Đỗ Văn Nghỉ");
        assertThat(preview.duties()).isEqualTo(2);
        var page = body.browser(preparer).get("/sap-xep/" + id + "/xem-truoc").page();
        assertThat(page.select("#tuyen").text()).isEqualTo("Trong các tuyến");
        assertThat(page.text()).contains("Phường Mới, dưới " + rootName(), "Đỗ Văn Nghỉ", "Thôi ở tuyến");

        ReorganisationGround.done(reorganisations.submit(scope(preparer), id, ground.version(preparer, id)));
        assertThat(ReorganisationGround.refusal(
                        reorganisations.approve(scope(approver), id, ground.version(preparer, id), "")))
                .as("whoever leaves a line is taken notice of")
                .isEqualTo("directory.reorg.refused.acknowledge");
        ReorganisationGround.done(
                reorganisations.approve(scope(approver), id, ground.version(preparer, id), "Đã nghỉ việc"));
        assertThat(reorganisations.carryOut(body.tenant, id)).isInstanceOf(CarriedOut.Done.class);

        one.forEach(person -> {
            assertThat(through(line, person, DAY.minusDays(1))).isEqualTo(body.wardOne);
            assertThat(through(line, person, DAY)).isEqualTo(merged);
        });
        rest.forEach(person -> assertThat(through(line, person, DAY)).isEqualTo(three));
        assertThat(through(line, elsewhere, DAY)).isEqualTo(three);
        assertThat(through(line, gone, DAY)).isNull();
        assertThat(through(line, gone, DAY.minusDays(1))).isEqualTo(body.wardOne);
        var place = lines.places(body.tenant, line, merged).getFirst();
        assertThat(place.superiorId()).isEqualTo(body.root);
        assertThat(place.validFrom()).isEqualTo(DAY);
        assertThat(place.basis()).isEqualTo("1656/NQ-THỬ, Cơ quan thử");
        assertThat(lines.places(body.tenant, line, three).getFirst().superiorId())
                .isEqualTo(merged);
        assertThat(lines.holders(body.tenant, line, body.wardOne))
                .hasSize(2)
                .allSatisfy(holder -> assertThat(holder.validTo()).isEqualTo(DAY));
        assertThat(lines.holders(body.tenant, line, merged)).isEmpty();
        consistent(List.of(line), Set.of(body.wardOne, body.wardTwo));
    }

    private String rootName() {
        return units.names(body.tenant, List.of(body.root)).getOrDefault(body.root, "");
    }

    /** A department goes into a ward that is in the line: no new place, and nobody rises to the top. */
    @Test
    void whatGoesIntoAUnitThatIsCoveredTakesNoPlaceOfItsOwn() {
        List<UUID> offices = units.addAll(
                body.tenant,
                NOBODY,
                List.of(
                        new Units.NewUnit("VP1", "Văn phòng Một", Units.Kind.OFFICE, body.wardOne),
                        new Units.NewUnit("VP2", "Văn phòng Hai", Units.Kind.OFFICE, body.wardTwo)));
        List<UUID> people = body.people(3, offices.getFirst(), body.partyBloc);
        body.people(1, offices.getLast(), body.partyBloc);
        ground.since2015(body.tenant);
        UUID line = line("Tuyến Đảng");
        place(line, body.root, null);
        place(line, body.wardTwo, body.root);
        place(line, offices.getFirst(), body.root);
        people.forEach(person -> done(members.join(all, line, offices.getFirst(), person, FROM)));
        UUID id = ground.draft(preparer, DAY);
        ground.end(preparer, id, offices.getFirst(), offices.getLast(), body.wardTwo);
        assertThat(ground.gates(preparer, id)).doesNotContainKey("line-members-leave");
        ground.approve(preparer, approver, id, "");
        assertThat(reorganisations.carryOut(body.tenant, id)).isInstanceOf(CarriedOut.Done.class);
        people.forEach(person -> assertThat(through(line, person, DAY)).isEqualTo(body.wardTwo));
        assertThat(lines.places(body.tenant, line, offices.getLast())).isEmpty();
        consistent(List.of(line), Set.of(offices.getFirst()));
    }

    @Test
    void randomOnesLoseAndDoubleNobody() {
        var random = new Random(20250701);
        int endedPlaces = 0;
        int carried = 0;
        for (int round = 0; round < 40; round++) {
            prepare();
            var wards = new ArrayList<>(units.addAll(
                    body.tenant,
                    NOBODY,
                    List.of(
                            new Units.NewUnit("P3", "Phường Ba", Units.Kind.WARD, body.root),
                            new Units.NewUnit("P4", "Phường Bốn", Units.Kind.WARD, body.root),
                            new Units.NewUnit("P5", "Phường Năm", Units.Kind.WARD, body.root))));
            wards.addAll(List.of(body.wardOne, body.wardTwo));
            var places = new ArrayList<>(wards);
            for (int i = 0; i < 4; i++) {
                UUID parent = wards.get(random.nextInt(wards.size()));
                places.addAll(units.addAll(
                        body.tenant,
                        NOBODY,
                        List.of(new Units.NewUnit("V" + i, "Văn phòng số " + i, Units.Kind.OFFICE, parent))));
            }
            var people = new ArrayList<UUID>();
            for (UUID unit : places) {
                people.addAll(body.people(1 + random.nextInt(3), unit, body.partyBloc));
            }
            ground.since2015(body.tenant);
            var made = List.of(line("Tuyến A"), line("Tuyến B"));
            for (UUID line : made) {
                place(line, body.root, null);
                var placed = new ArrayList<>(List.of(body.root));
                for (UUID unit : places) {
                    if (random.nextInt(4) > 0) {
                        place(line, unit, placed.get(random.nextInt(placed.size())));
                        placed.add(unit);
                    }
                }
                for (UUID person : people) {
                    if (random.nextInt(3) > 0) {
                        LocalDate from = random.nextInt(6) == 0 ? DAY.plusDays(random.nextInt(40)) : FROM;
                        done(members.join(all, line, placed.get(random.nextInt(placed.size())), person, from));
                    }
                }
                for (UUID unit : placed) {
                    if (random.nextBoolean()) {
                        lines.appoint(all, line, unit, Duty.CLERK, people.get(random.nextInt(people.size())), FROM);
                    }
                }
            }
            for (int i = 0; i < 4; i++) {
                UUID leaver = people.get(random.nextInt(people.size()));
                jdbc.sql(
                                "update directory.assignment set valid_to = date '2024-01-01' where tenant_id = ? and person_id = ?")
                        .params(body.tenant, leaver)
                        .update();
            }
            UUID id = ground.draft(preparer, DAY);
            UUID merged = ground.newWard(preparer, id, "PM", "Phường Mới", body.root);
            var ending = new HashSet<UUID>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                UUID ward = wards.get(i);
                UUID into = random.nextInt(4) == 0 ? wards.getLast() : merged;
                ground.end(preparer, id, ward, into, into);
                ending.add(ward);
            }
            Set<String> before = standing(DAY.minusDays(1));
            before.addAll(standing(DAY.plusDays(60)));
            var listed = new TreeSet<String>();
            for (var line : reorganisations.inLines(scope(preparer), id)) {
                line.leaving().forEach(leaver -> listed.add(line.lineId() + " " + leaver.personId()));
                endedPlaces += line.ended().size();
                carried += line.flows().stream()
                        .filter(flow -> !flow.to().isEmpty())
                        .mapToInt(LineFlow::people)
                        .sum();
            }
            ground.approve(preparer, approver, id, "Đã xem");
            assertThat(reorganisations.carryOut(body.tenant, id))
                    .as("round %d", round)
                    .isInstanceOf(CarriedOut.Done.class);
            var after = standing(DAY.plusDays(60));
            assertThat(after).as("nobody is both listed and carried").noneMatch(listed::contains);
            after.addAll(listed);
            assertThat(after).as("nobody is lost, round %d", round).isEqualTo(before);
            ending.addAll(endedBelow());
            consistent(made, ending);
        }
        assertThat(endedPlaces).isGreaterThan(50);
        assertThat(carried).isGreaterThan(100);
    }

    private Set<UUID> endedBelow() {
        return new HashSet<>(jdbc.sql("""
                        select unit_id from directory.unit_version where tenant_id = ?
                        group by unit_id having bool_and(valid_to is not null)
                        """)
                .param(body.tenant)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list());
    }

    private Set<String> standing(LocalDate day) {
        return new TreeSet<>(jdbc.sql("""
                        select line_id || ' ' || person_id from directory.line_member
                        where tenant_id = ? and valid_from <= ? and (valid_to is null or valid_to > ?)
                        """)
                .params(body.tenant, Date.valueOf(day), Date.valueOf(day))
                .query((row, n) -> row.getString(1))
                .list());
    }

    private void consistent(List<UUID> made, Set<UUID> ended) {
        for (String table : List.of("line_place", "line_duty", "line_member")) {
            assertThat(jdbc.sql("""
                                    select count(*) from directory.%s
                                    where tenant_id = ? and unit_id = any (?) and (valid_to is null or valid_to > ?)
                                    """.formatted(table))
                            .param(body.tenant)
                            .param(ended.toArray(UUID[]::new))
                            .param(Date.valueOf(DAY))
                            .query((row, n) -> row.getInt(1))
                            .single())
                    .as("%s of units that ended", table)
                    .isZero();
        }
        assertThat(jdbc.sql("""
                                select count(*) from directory.line_member a
                                join directory.line_member b on b.tenant_id = a.tenant_id and b.line_id = a.line_id
                                    and b.person_id = a.person_id and b.valid_from > a.valid_from
                                    and b.valid_from < coalesce(a.valid_to, 'infinity')
                                where a.tenant_id = ?
                                """)
                        .param(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .as("nobody stands in a line twice on a day")
                .isZero();
        assertThat(jdbc.sql("""
                                select count(*) from directory.line_member m
                                where m.tenant_id = ? and m.valid_to is null and not exists (
                                    select from directory.line_place p
                                    where p.tenant_id = m.tenant_id and p.line_id = m.line_id and p.unit_id = m.unit_id
                                      and p.valid_to is null)
                                """)
                        .param(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .as("everybody stands through a place")
                .isZero();
        assertThat(jdbc.sql("""
                                select day || ': ' || (select max(name) from directory.unit_version v where v.unit_id = c.unit_id) || ' below '
                                       || (select string_agg(name || valid_from || coalesce(valid_to::text, ''), ';')
                                           from directory.unit_version v where v.unit_id = c.superior_id)
                                       || ', ' || c.valid_from
                                from directory.line_place c
                                cross join (values (date '2021-06-01'), (date '2025-06-30'), (date '2025-07-01'), (date '2025-09-01'))
                                    as on_day (day)
                                where c.tenant_id = ? and c.superior_id is not null
                                  and c.valid_from <= day and (c.valid_to is null or c.valid_to > day) and not exists (
                                    select from directory.line_place p
                                    where p.tenant_id = c.tenant_id and p.line_id = c.line_id and p.unit_id = c.superior_id
                                      and p.valid_from <= day and (p.valid_to is null or p.valid_to > day))
                                """)
                        .param(body.tenant)
                        .query((row, n) -> row.getString(1))
                        .list())
                .as("every superior has a place")
                .isEmpty();
        for (UUID line : made) {
            assertThat(jdbc.sql("""
                                    with recursive down as (
                                        select unit_id from directory.line_place
                                        where tenant_id = :tenant and line_id = :line and valid_to is null and superior_id is null
                                        union all
                                        select p.unit_id from down d
                                        join directory.line_place p on p.tenant_id = :tenant and p.line_id = :line
                                            and p.superior_id = d.unit_id and p.valid_to is null)
                                    select (select count(*) from down)
                                           - (select count(*) from directory.line_place
                                              where tenant_id = :tenant and line_id = :line and valid_to is null)
                                    """)
                            .param("tenant", body.tenant)
                            .param("line", line)
                            .query((row, n) -> row.getInt(1))
                            .single())
                    .as("all places are below a top: no circle")
                    .isZero();
        }
        LineCountsTest.countedIsStored(jdbc, body.tenant);
    }
}
