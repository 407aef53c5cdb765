package vn.chuanmuc.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import vn.chuanmuc.kernel.Check;

/**
 * Which days are worked: Monday to Friday, without the days that are off and with those worked in their place.
 *
 * @param fixed days off of every year, as shipped
 * @param days what the body entered; comes before everything else
 */
public record WorkingCalendar(List<Fixed> fixed, Map<LocalDate, Kind> days) {
    private static final int MOST_DAYS = 2_000;

    public WorkingCalendar {
        fixed = List.copyOf(fixed);
        days = Map.copyOf(days);
    }

    public enum Kind {
        OFF,
        WORK,
        /** As its weekday says: takes back an earlier entry or a shipped day. */
        USUAL
    }

    /**
     * A day off of every year from one on, by a law.
     *
     * @param verified whether somebody has compared it with the law itself; never true of what ships
     */
    public record Fixed(MonthDay day, int fromYear, String name, String basis, boolean verified) {}

    /**
     * The last day of a clock.
     *
     * @param unknownYears years it ran through for which the body has entered no day: Tết is missing then, and the day may move
     */
    public record Due(LocalDate day, Set<Integer> unknownYears) {
        public boolean certain() {
            return unknownYears.isEmpty();
        }
    }

    public boolean works(LocalDate day) {
        Kind own = days.get(day);
        if (own == Kind.OFF || own == Kind.WORK) {
            return own == Kind.WORK;
        }
        boolean weekday = day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
        return weekday && (own == Kind.USUAL || fixed.stream().noneMatch(one -> falls(one, day)));
    }

    private static boolean falls(Fixed one, LocalDate day) {
        return day.getYear() >= one.fromYear() && MonthDay.from(day).equals(one.day());
    }

    /** The nth working day after a day, which is not counted itself. */
    public LocalDate after(LocalDate day, int n) {
        return due(day, n).day();
    }

    /** The same, and whether the calendar of the years it ran through is known. */
    public Due due(LocalDate day, int n) {
        Check.that(n >= 0, "days are counted forward");
        LocalDate at = day;
        int left = n;
        var years = new TreeSet<Integer>();
        for (int steps = 0; left > 0; steps++) {
            Check.that(steps < MOST_DAYS, "a calendar has working days");
            at = at.plusDays(1);
            years.add(at.getYear());
            if (works(at)) {
                left--;
            }
        }
        Set<Integer> known = known();
        years.removeIf(known::contains);
        return new Due(at, Set.copyOf(years));
    }

    /** How many working days lie behind a day and up to another, which counts. */
    public int between(LocalDate after, LocalDate until) {
        int count = 0;
        for (LocalDate at = after.plusDays(1); !at.isAfter(until); at = at.plusDays(1)) {
            Check.that(count < MOST_DAYS, "clocks run for days, not for years");
            count += works(at) ? 1 : 0;
        }
        return count;
    }

    /** Years of which the body entered days. */
    public Set<Integer> known() {
        var years = new HashSet<Integer>();
        days.forEach((day, kind) -> years.add(day.getYear()));
        return years;
    }
}
