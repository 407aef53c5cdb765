package vn.chuanmuc.kernel;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A period of whole days: from its first day to the day before {@code to}. It holds at least one day.
 *
 * @param from the first day
 * @param to the day after the last day; null: no end is known
 */
public record DateRange(LocalDate from, @Nullable LocalDate to) {

    public DateRange {
        Check.that(to == null || from.isBefore(to), "a period ends after it begins");
    }

    /** The period that begins on this day and has no known end. */
    public static DateRange since(LocalDate from) {
        return new DateRange(from, null);
    }

    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && (to == null || day.isBefore(to));
    }

    /** Whether the two share at least one day. */
    public boolean overlaps(DateRange other) {
        return (other.to == null || from.isBefore(other.to)) && (to == null || other.from.isBefore(to));
    }
}
