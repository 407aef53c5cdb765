package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.directory.ReorganisationGround.done;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.OrganisationModel.Line;
import vn.chuanmuc.directory.OrganisationModel.Person;
import vn.chuanmuc.directory.OrganisationModel.Post;
import vn.chuanmuc.directory.OrganisationModel.Unit;
import vn.chuanmuc.testing.TestBodies.Body;

/** What must hold after every step. */
final class OrganisationChecks {
    private final OrganisationGround ground;
    private final OrganisationHistory history;
    private final OrganisationModel model;
    private final Body body;

    OrganisationChecks(OrganisationGround ground, OrganisationHistory history) {
        this.ground = ground;
        this.history = history;
        this.model = history.model;
        this.body = history.body;
    }

    private record Path(
            UUID above,
            UUID below,
            LocalDate from,
            @Nullable LocalDate to) {}

    private record Pair(UUID above, UUID below) {}

    /** @param touched the earliest day the step spoke of: all days since on which anything changes are counted */
    void everything(boolean everyDay, LocalDate touched) {
        List<Line> lines = ground.jdbc()
                .sql("""
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
        assertThat(ground.jdbc()
                        .sql("select id from directory.person where tenant_id = ?")
                        .param(body.tenant)
                        .query((row, n) -> row.getObject(1, UUID.class))
                        .list())
                .as("nobody is lost, nobody doubled")
                .containsExactlyInAnyOrderElementsOf(model.people.keySet());
        for (Person person : model.people.values()) {
            assertThat(lines.stream()
                            .filter(line -> line.person().equals(person.id) && line.to() == null && line.main())
                            .count())
                    .as("open main assignments of %s", history.name(person))
                    .isEqualTo(person.open().isEmpty() ? 0 : 1);
        }
        List<Path> paths = ground.jdbc()
                .sql("""
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
        days.add(history.today);
        days.addAll(known.stream().filter(day -> !day.isBefore(touched)).toList());
        days.add(history.any(known));
        days.add(history.any(known).minusDays(1));
        for (LocalDate day : days) {
            checkDay(day, lines, paths);
        }
        checkList(history.today);
        checkList(history.any(known));
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
                model.above(unit.id, history.today).forEach(above -> expected.add(new Pair(above, unit.id)));
            } else {
                Unit keeper = model.unit(Objects.requireNonNull(unit.custodian));
                assertThat(keeper.alive()).as("custodian of %s", unit.name).isTrue();
                model.above(keeper.id, history.today).forEach(above -> kept.add(new Pair(above, unit.id)));
            }
        }
        assertThat(open).as("paths of history.today").isEqualTo(expected);
        List<Pair> closure = new ArrayList<>();
        List<Pair> custody = new ArrayList<>();
        ground.jdbc()
                .sql("select ancestor_id, descendant_id, custody from directory.unit_closure where tenant_id = ?")
                .param(body.tenant)
                .query(row -> {
                    (row.getBoolean(3) ? custody : closure)
                            .add(new Pair(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
                });
        assertThat(closure).as("closure").containsExactlyInAnyOrderElementsOf(expected);
        assertThat(custody).as("custody").containsExactlyInAnyOrderElementsOf(kept);
    }

    private void checkUnits(List<Line> lines) {
        Map<UUID, String> names = ground.units().names(body.tenant, model.units.keySet());
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
        Set<UUID> living = ground
                .jdbc()
                .sql("select unit_id from directory.unit_version where tenant_id = ? and valid_to is null")
                .param(body.tenant)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list()
                .stream()
                .collect(Collectors.toSet());
        assertThat(living)
                .isEqualTo(model.living().stream().map(unit -> unit.id).collect(Collectors.toSet()));
        Map<UUID, UUID> keepers = new HashMap<>();
        ground.jdbc()
                .sql(
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
        for (UUID unit : history.campaignUnits) {
            long ofUnit = 0;
            long signedOfUnit = 0;
            for (UUID bloc : List.of(body.partyBloc, body.stateBloc)) {
                var counts = ground.commitments().counts(body.tenant, history.campaign, unit, bloc);
                assertThat(counts.signed()).isBetween(0L, counts.expected());
                assertThat(counts.open()).isNotNegative();
                ofUnit += counts.expected();
                signedOfUnit += counts.signed();
            }
            assertThat(ofUnit)
                    .as("expected of %s", history.name(unit))
                    .isEqualTo(history.roster.values().stream()
                            .filter(unit::equals)
                            .count());
            assertThat(signedOfUnit)
                    .as("signed of %s", history.name(unit))
                    .isEqualTo(history.signed.stream()
                            .filter(person -> unit.equals(history.roster.get(person)))
                            .count());
            expected += ofUnit;
            done += signedOfUnit;
        }
        assertThat(done).isBetween(0L, expected);
        if (hash) {
            assertThat(ground.campaigns()
                            .checkRoster(body.tenant, history.campaign)
                            .matches())
                    .isTrue();
        }
    }

    private void checkDay(LocalDate day, List<Line> lines, List<Path> paths) {
        Map<UUID, Integer> expected = model.counts(day);
        assertThat(ground.headcounts().on(body.tenant, model.units.keySet(), day))
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
        Unit unit = history.any(List.copyOf(model.units.values()));
        var page = ground.members().list(history.top, new Members.Filter("", unit.id, null, false, day), 0, 200);
        assertThat(page.people().stream()
                        .map(listed -> listed.member().personId())
                        .sorted()
                        .toList())
                .as("people of %s on %s", unit.name, day)
                .isEqualTo(model.members(unit.id, day));
    }
}
