package vn.chuanmuc.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DateRangeTest {

    private static final LocalDate JULY = LocalDate.of(2025, 7, 1);

    @Test
    void holdsItsFirstDayAndNotItsEnd() {
        var year = new DateRange(JULY, JULY.plusYears(1));
        assertThat(year.contains(JULY)).isTrue();
        assertThat(year.contains(JULY.minusDays(1))).isFalse();
        assertThat(year.contains(JULY.plusYears(1).minusDays(1))).isTrue();
        assertThat(year.contains(JULY.plusYears(1))).isFalse();
        assertThat(DateRange.since(JULY).contains(LocalDate.of(9999, 12, 31))).isTrue();
    }

    @Test
    void overlapsOnlyWithASharedDay() {
        var before = new DateRange(JULY.minusYears(4), JULY);
        var after = DateRange.since(JULY);
        assertThat(before.overlaps(after)).isFalse();
        assertThat(after.overlaps(before)).isFalse();
        assertThat(before.overlaps(new DateRange(JULY.minusDays(1), null))).isTrue();
        assertThat(after.overlaps(DateRange.since(JULY.plusYears(9)))).isTrue();
        assertThat(DateRange.since(JULY.plusYears(9)).overlaps(after)).isTrue();
        assertThat(before.overlaps(before)).isTrue();
    }

    @Test
    void isNeverEmpty() {
        assertThatThrownBy(() -> new DateRange(JULY, JULY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DateRange(JULY, JULY.minusDays(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
