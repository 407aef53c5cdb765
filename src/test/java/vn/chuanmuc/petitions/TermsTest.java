package vn.chuanmuc.petitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.petitions.Terms.Passed;
import vn.chuanmuc.petitions.Terms.Still;
import vn.chuanmuc.petitions.Terms.Urgency;
import vn.chuanmuc.petitions.Terms.Why;
import vn.chuanmuc.rules.WorkingCalendar;
import vn.chuanmuc.rules.WorkingCalendar.Kind;
import vn.chuanmuc.rules.WorkingDays;

/** Clocks of petitions: 5 working days to file, 10 to answer are defaults of the rule book (domain.md, 2, public restatement). */
class TermsTest {
    /** Tết 2026 as the government announced it for public servants: 14/02 to 22/02/2026 off; here also one Saturday worked instead. */
    private static WorkingCalendar tet() {
        var days = new HashMap<LocalDate, Kind>();
        for (LocalDate day = LocalDate.of(2026, 2, 16); !day.isAfter(LocalDate.of(2026, 2, 20)); day = day.plusDays(1)) {
            days.put(day, Kind.OFF);
        }
        days.put(LocalDate.of(2026, 2, 28), Kind.WORK);
        return new WorkingCalendar(WorkingDays.shipped(), days);
    }

    private static LocalDate day(int year, int month, int day) {
        return LocalDate.of(year, month, day);
    }

    @Test
    void theDayItselfIsNotCountedAndWeekendsAreNot() {
        // Told on Thursday 08/01/2026: 09, 12, 13, 14, 15.
        assertThat(Terms.last(tet(), day(2026, 1, 8), 5, List.of())).isEqualTo(day(2026, 1, 15));
    }

    @Test
    void tetIsPassedOverAndTheSaturdayWorkedInsteadCounts() {
        // Told on Thursday 12/02/2026: 13; Tết 16–20; 23, 24, 25, 26.
        var five = Terms.reckon(tet(), Map.of(day(2026, 2, 16), "Tết"), day(2026, 2, 12), 5, List.of());
        assertThat(five.last()).isEqualTo(day(2026, 2, 26));
        assertThat(five.certain()).isTrue();
        assertThat(five.passed())
                .containsExactly(
                        new Passed(day(2026, 2, 14), day(2026, 2, 15), Why.WEEKEND, ""),
                        new Passed(day(2026, 2, 16), day(2026, 2, 16), Why.OFF, "Tết"),
                        new Passed(day(2026, 2, 17), day(2026, 2, 20), Why.OFF, ""),
                        new Passed(day(2026, 2, 21), day(2026, 2, 22), Why.WEEKEND, ""));
        // From 26/02: Friday 27, Saturday 28 is worked, Monday 02/03.
        var three = Terms.reckon(tet(), Map.of(day(2026, 2, 28), "Làm bù"), day(2026, 2, 26), 3, List.of());
        assertThat(three.last()).isEqualTo(day(2026, 3, 2));
        assertThat(three.passed()).contains(new Passed(day(2026, 2, 28), day(2026, 2, 28), Why.WORKED, "Làm bù"));
    }

    @Test
    void overTheEndOfTheYearTheFirstOfJanuaryIsOffAndAYearWithoutEntriesIsProvisional() {
        // Told on Wednesday 30/12/2026: 31; 01/01 off; 04, 05, 06, 07.
        var clock = Terms.reckon(tet(), Map.of(), day(2026, 12, 30), 5, List.of());
        assertThat(clock.last()).isEqualTo(day(2027, 1, 7));
        assertThat(clock.unknownYears()).containsExactly(2027);
    }

    @Test
    void standsStillBehindTheQuestionUntilTheAnswerCameAndNoLonger() {
        // Filed on Monday 05/01/2026; 10 days: until 19/01. Asked on Wednesday 07, answered on Friday 09: 08 and 09 do not count.
        assertThat(Terms.last(tet(), day(2026, 1, 5), 10, List.of())).isEqualTo(day(2026, 1, 19));
        var still = List.of(new Still(day(2026, 1, 7), day(2026, 1, 9)));
        assertThat(Terms.last(tet(), day(2026, 1, 5), 10, still)).isEqualTo(day(2026, 1, 21));
        assertThat(Terms.last(tet(), day(2026, 1, 5), 10, List.of(still.getFirst(), new Still(day(2026, 1, 8), day(2026, 1, 9)))))
                .as("two questions at once stand still once")
                .isEqualTo(day(2026, 1, 21));
        assertThat(Terms.last(tet(), day(2026, 1, 5), 10, List.of(new Still(day(2026, 1, 7), day(2026, 1, 7)))))
                .as("answered on the same day")
                .isEqualTo(day(2026, 1, 19));
    }

    @Test
    void callsWhenSoManyWorkingDaysAreLeftThenOverThenLongOver() {
        LocalDate last = day(2026, 1, 15); // a Thursday
        assertThat(urgency(last, 9)).isEqualTo(Urgency.QUIET); // 12, 13, 14, 15 are left
        assertThat(urgency(last, 12)).isEqualTo(Urgency.QUIET);
        assertThat(urgency(last, 13)).isEqualTo(Urgency.NEAR);
        assertThat(urgency(last, 15)).isEqualTo(Urgency.NEAR);
        assertThat(urgency(last, 16)).isEqualTo(Urgency.OVER);
        assertThat(urgency(last, 18)).as("over the weekend nothing grows").isEqualTo(Urgency.OVER);
        assertThat(urgency(last, 19)).isEqualTo(Urgency.LONG_OVER);
    }

    private static Urgency urgency(LocalDate last, int today) {
        return Terms.urgency(tet(), last, day(2026, 1, today), 2, 2);
    }
}
