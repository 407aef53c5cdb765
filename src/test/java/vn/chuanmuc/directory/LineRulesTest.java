package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.directory.LineRules.Held;
import vn.chuanmuc.directory.Lines.Duty;
import vn.chuanmuc.kernel.DateRange;

/** What may stand in a line at one time (domain.md, 4, rule 3; two pairs of eyes). */
class LineRulesTest {
    private static final LocalDate DAY = LocalDate.of(2025, 7, 1);
    private static final UUID AN = new UUID(0, 1);
    private static final UUID BINH = new UUID(0, 2);

    private static Held held(int id, UUID person, Duty duty, int from, @Nullable Integer to) {
        return new Held(
                new UUID(1, id),
                person,
                person.equals(AN) ? "An" : "Bình",
                duty,
                new DateRange(DAY.plusDays(from), to == null ? null : DAY.plusDays(to)));
    }

    @Test
    void refusesThatOneCompilesAndApprovesAtTheSameTime() {
        assertThat(LineRules.duty(held(2, AN, Duty.APPROVER, 5, null), List.of(held(1, AN, Duty.CLERK, 0, null))))
                .hasValueSatisfying(why -> assertThat(why.key()).isEqualTo("directory.line.refused.compiles"));
        assertThat(LineRules.duty(held(2, AN, Duty.CLERK, 0, 6), List.of(held(1, AN, Duty.APPROVER, 5, null))))
                .hasValueSatisfying(why -> assertThat(why.key()).isEqualTo("directory.line.refused.approves"));
        assertThat(LineRules.duty(held(2, AN, Duty.APPROVER, 5, null), List.of(held(1, AN, Duty.CLERK, 0, 5))))
                .isEmpty();
        assertThat(LineRules.duty(held(2, BINH, Duty.APPROVER, 0, null), List.of(held(1, AN, Duty.CLERK, 0, null))))
                .isEmpty();
    }

    @Test
    void refusesTwoHoldersOfOneDutyOnOneDay() {
        assertThat(LineRules.duty(held(2, BINH, Duty.CLERK, 4, 6), List.of(held(1, AN, Duty.CLERK, 0, 5))))
                .hasValueSatisfying(why -> assertThat(why.key()).isEqualTo("directory.line.refused.duty-taken"));
        assertThat(LineRules.duty(held(2, BINH, Duty.CLERK, 5, 6), List.of(held(1, AN, Duty.CLERK, 0, 5))))
                .isEmpty();
        assertThat(LineRules.duty(held(1, AN, Duty.CLERK, 2, null), List.of(held(1, AN, Duty.CLERK, 0, null))))
                .as("a correction does not stand in its own way")
                .isEmpty();
    }

    @Test
    void findsTheFirstDayThatIsNotCovered() {
        var year = new DateRange(DAY, DAY.plusDays(10));
        assertThat(LineRules.uncovered(year, List.of())).hasValue(DAY);
        assertThat(LineRules.uncovered(year, List.of(DateRange.since(DAY.minusDays(1)))))
                .isEmpty();
        assertThat(LineRules.uncovered(
                        year,
                        List.of(new DateRange(DAY.plusDays(4), DAY.plusDays(10)), new DateRange(DAY, DAY.plusDays(4)))))
                .isEmpty();
        assertThat(LineRules.uncovered(
                        year, List.of(new DateRange(DAY, DAY.plusDays(4)), DateRange.since(DAY.plusDays(5)))))
                .hasValue(DAY.plusDays(4));
        assertThat(LineRules.uncovered(DateRange.since(DAY), List.of(new DateRange(DAY, DAY.plusDays(4)))))
                .hasValue(DAY.plusDays(4));
    }

    @Test
    void writesNothingOfTheFutureAndNothingBeforeTheLine() {
        assertThat(LineRules.begin(DAY.plusDays(1), DAY, LocalDate.MIN)).isPresent();
        assertThat(LineRules.begin(DAY, DAY, DAY)).isEmpty();
        assertThat(LineRules.begin(DAY.minusDays(1), DAY, DAY)).isPresent();
        assertThat(LineRules.end(DAY, DAY, DAY)).isPresent();
        assertThat(LineRules.end(DAY, DAY, DAY.minusDays(1))).isEmpty();
        assertThat(LineRules.reason("  \u00a0 ")).isPresent();
    }
}
