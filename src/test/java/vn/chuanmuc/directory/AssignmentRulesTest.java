package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.directory.AssignmentRules.Fate;
import vn.chuanmuc.directory.AssignmentRules.Line;
import vn.chuanmuc.directory.AssignmentRules.Piece;
import vn.chuanmuc.directory.AssignmentRules.Planned;
import vn.chuanmuc.kernel.Ids;

/** Whoever works somewhere has exactly one main assignment (ADR 0009, rule 2), whatever is done. */
class AssignmentRulesTest {
    private static final LocalDate START = LocalDate.of(2020, 1, 1);
    private static final UUID WARD_ONE = new UUID(1, 1);
    private static final UUID WARD_TWO = new UUID(1, 2);
    private static final UUID WARD_THREE = new UUID(1, 3);

    private static Line line(UUID unit, boolean main, int from, @Nullable Integer to) {
        return new Line(
                Ids.next(),
                0,
                unit,
                new UUID(2, 1),
                new UUID(3, 1),
                "cong-chuc",
                main,
                AssignmentMode.REGULAR,
                50,
                1,
                "",
                START.plusDays(from),
                to == null ? null : START.plusDays(to));
    }

    private static List<Line> lines(Planned planned) {
        assertThat(planned).isInstanceOf(Planned.Lines.class);
        return ((Planned.Lines) planned).lines();
    }

    private static String why(Planned planned) {
        assertThat(planned).isInstanceOf(Planned.Refused.class);
        return ((Planned.Refused) planned).why().key();
    }

    private static @Nullable UUID mainUnitOn(List<Line> lines, int day) {
        return lines.stream()
                .filter(line -> line.main() && line.on(START.plusDays(day)))
                .map(Line::unitId)
                .findFirst()
                .orElse(null);
    }

    @Test
    void endingTheMainOneAsksWhichOfTheOthersBecomesMain() {
        var main = line(WARD_ONE, true, 0, null);
        var second = line(WARD_TWO, false, 10, null);
        List<Line> held = List.of(main, second);
        assertThat(why(AssignmentRules.end(held, main, START.plusDays(20), null, Ids::next)))
                .isEqualTo("directory.assignment.refused.next-main");
        List<Line> after = lines(AssignmentRules.end(held, main, START.plusDays(20), second.id(), Ids::next));
        assertThat(mainUnitOn(after, 19)).isEqualTo(WARD_ONE);
        assertThat(mainUnitOn(after, 20)).isEqualTo(WARD_TWO);
        assertThat(after.stream().filter(Line::open))
                .singleElement()
                .satisfies(line -> assertThat(line.main()).isTrue());
        assertThat(lines(AssignmentRules.end(held, second, START.plusDays(20), null, Ids::next)).stream()
                        .filter(Line::open))
                .containsExactly(main);
    }

    @Test
    void anotherBecomesMainFromADayAndBothKeepTheirPast() {
        var main = line(WARD_ONE, true, 0, null);
        var second = line(WARD_TWO, false, 10, null);
        List<Line> after =
                lines(AssignmentRules.makeMain(List.of(main, second), second, START.plusDays(30), Ids::next));
        assertThat(after).hasSize(4);
        assertThat(mainUnitOn(after, 29)).isEqualTo(WARD_ONE);
        assertThat(mainUnitOn(after, 30)).isEqualTo(WARD_TWO);
        assertThat(why(AssignmentRules.makeMain(List.of(main, second), second, START.plusDays(5), Ids::next)))
                .isEqualTo("directory.assignment.refused.before");
        assertThat(lines(AssignmentRules.makeMain(List.of(main, second), second, START.plusDays(10), Ids::next)))
                .hasSize(3);
    }

    @Test
    void aSecondmentIsNeverMain() {
        var main = line(WARD_ONE, true, 0, null);
        var away = new Line(
                Ids.next(),
                0,
                WARD_TWO,
                new UUID(2, 1),
                new UUID(3, 1),
                "cong-chuc",
                false,
                AssignmentMode.SECONDMENT,
                50,
                1,
                "",
                START.plusDays(3),
                null);
        assertThat(why(AssignmentRules.makeMain(List.of(main, away), away, START.plusDays(9), Ids::next)))
                .isEqualTo("directory.assignment.refused.seconded-main");
        assertThat(why(AssignmentRules.end(List.of(main, away), main, START.plusDays(9), away.id(), Ids::next)))
                .isEqualTo("directory.assignment.refused.seconded-main");
        assertThat(why(AssignmentRules.begin(List.of(), away, false)))
                .isEqualTo("directory.assignment.refused.seconded-main");
    }

    @Test
    void sharesAreNotMoreThanTheWholeUnlessSaid() {
        var main = line(WARD_ONE, true, 0, null);
        var half = line(WARD_TWO, false, 5, null);
        var third = line(WARD_THREE, false, 6, null);
        List<Line> two = lines(AssignmentRules.begin(List.of(main), half, false));
        assertThat(why(AssignmentRules.begin(two, third, false))).isEqualTo("directory.assignment.refused.share");
        assertThat(lines(AssignmentRules.begin(two, third, true))).hasSize(3);
    }

    @Test
    void refusesASecondAssignmentBeforeThereIsAMainOneAndTwiceInOneUnit() {
        var main = line(WARD_ONE, true, 10, null);
        assertThat(why(AssignmentRules.begin(List.of(main), line(WARD_TWO, false, 5, null), true)))
                .isEqualTo("directory.assignment.refused.two-mains");
        assertThat(why(AssignmentRules.begin(List.of(main), line(WARD_ONE, false, 12, null), true)))
                .isEqualTo("directory.assignment.refused.same-unit");
    }

    @Test
    void aCorrectionStaysInPlaceAndLeavesNoDayWithTwoMainOnes() {
        var before = line(WARD_ONE, true, 0, 50);
        var now = line(WARD_TWO, true, 50, null);
        assertThat(why(AssignmentRules.correct(List.of(before, now), now, line(WARD_TWO, true, 40, null), false)))
                .isEqualTo("directory.assignment.refused.two-mains");
        List<Line> after =
                lines(AssignmentRules.correct(List.of(before, now), now, line(WARD_TWO, true, 60, null), false));
        assertThat(after).hasSize(2).extracting(Line::id).containsExactlyInAnyOrder(before.id(), now.id());
        assertThat(mainUnitOn(after, 55)).isNull();
    }

    @Test
    void aTransferTakesOverTheAssignmentThatIsThereAlready() {
        var main = line(WARD_ONE, true, 0, null);
        var there = line(WARD_TWO, false, 10, null);
        List<Line> after =
                lines(AssignmentRules.move(List.of(main, there), main, line(WARD_TWO, false, 30, null), false));
        assertThat(after.stream().filter(Line::open)).singleElement().satisfies(line -> {
            assertThat(line.unitId()).isEqualTo(WARD_TWO);
            assertThat(line.main()).isTrue();
        });
        assertThat(why(AssignmentRules.move(List.of(main), main, line(WARD_TWO, false, 0, null), false)))
                .isEqualTo("directory.transfer.refused.day");
    }

    @Test
    void mergingKeepsWhatTheKeptRecordSaysAndMovesTheRest() {
        // kept: ward one from day 10; given up: ward one from day 0 (said from 10 on), ward two main 0–5
        var kept = line(WARD_ONE, true, 10, null);
        var same = line(WARD_ONE, true, 0, null);
        List<Piece> pieces = AssignmentRules.merge(List.of(kept), List.of(same), Ids::next);
        assertThat(pieces).extracting(Piece::fate).containsExactly(Fate.MOVED, Fate.SAID);
        assertThat(pieces.getFirst().line().to()).isEqualTo(START.plusDays(10));
        assertThat(pieces.getFirst().line().id()).isEqualTo(same.id());
        var elsewhere = line(WARD_TWO, true, 0, null);
        List<Piece> split = AssignmentRules.merge(List.of(kept), List.of(elsewhere), Ids::next);
        assertThat(split).extracting(Piece::fate).containsExactly(Fate.MOVED, Fate.SECOND);
        assertThat(split.getLast().line().main()).isFalse();
        List<Line> after = AssignmentRules.merged(List.of(kept), split);
        assertThat(AssignmentRules.problem(after, START)).isNull();
        assertThat(mainUnitOn(after, 5)).isEqualTo(WARD_TWO);
        assertThat(mainUnitOn(after, 15)).isEqualTo(WARD_ONE);
    }

    /** Thousands of random courses of life: never two main assignments, never none, never twice in one unit. */
    @Test
    void whateverIsDoneEveryDayHasOneMainAssignmentAndMergingKeepsThatToo() {
        for (int seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            List<Line> one = course(random);
            List<Line> other = course(random);
            assertThat(AssignmentRules.problem(one, START)).as("seed %d", seed).isNull();
            List<Piece> pieces = AssignmentRules.merge(one, other, Ids::next);
            List<Line> merged = AssignmentRules.merged(one, pieces);
            assertThat(AssignmentRules.problem(merged, START))
                    .as("merged, seed %d", seed)
                    .isNull();
            assertThat(merged).extracting(Line::id).doesNotHaveDuplicates();
            for (int day = 0; day < 120; day++) {
                LocalDate on = START.plusDays(day);
                // nobody is lost and nobody is counted twice
                boolean somewhere = one.stream().anyMatch(line -> line.on(on))
                        || other.stream().anyMatch(line -> line.on(on));
                assertThat(merged.stream()
                                .filter(line -> line.main() && line.on(on))
                                .count())
                        .as("seed %d day %d", seed, day)
                        .isEqualTo(somewhere ? 1 : 0);
                for (Line line : other) {
                    assertThat(!line.on(on)
                                    || merged.stream().anyMatch(l -> l.unitId().equals(line.unitId()) && l.on(on)))
                            .isTrue();
                }
            }
        }
    }

    private static List<Line> course(Random random) {
        List<Line> lines = List.of();
        List<UUID> units = List.of(WARD_ONE, WARD_TWO, WARD_THREE, new UUID(1, 4));
        for (int day = random.nextInt(20); day < 100; day += 1 + random.nextInt(9)) {
            LocalDate on = START.plusDays(day);
            List<Line> open = lines.stream().filter(Line::open).toList();
            UUID unit = units.get(random.nextInt(units.size()));
            Line any = open.isEmpty() ? null : open.get(random.nextInt(open.size()));
            Line next = open.isEmpty() ? null : open.get(random.nextInt(open.size()));
            Planned planned = switch (random.nextInt(6)) {
                case 0, 1 -> AssignmentRules.begin(lines, line(unit, false, day, null), true);
                case 2 -> any == null ? null : AssignmentRules.makeMain(lines, any, on, Ids::next);
                case 3 ->
                    any == null || next == null ? null : AssignmentRules.end(lines, any, on, next.id(), Ids::next);
                case 4 -> any == null ? null : AssignmentRules.move(lines, any, line(unit, false, day, null), true);
                default -> random.nextInt(4) == 0 ? AssignmentRules.endAll(lines, on) : null;
            };
            if (planned instanceof Planned.Lines(var after)) {
                lines = new ArrayList<>(after);
            }
        }
        return lines;
    }
}
