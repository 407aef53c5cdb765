package vn.chuanmuc.petitions;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.rules.WorkingCalendar;

/** Reckons the last days of a petition's clocks. Working days are counted from the day after; a day that is not worked moves nothing but itself. */
public final class Terms {
    private static final int MOST_DAYS = 2_000;

    private Terms() {}

    /** Working days behind {@code after} and up to {@code until} do not count: an opinion was waited for. */
    public record Still(LocalDate after, LocalDate until) {
        boolean holds(LocalDate day) {
            return day.isAfter(after) && !day.isAfter(until);
        }
    }

    /** Why a day was passed over, or counted although it would not be. */
    public enum Why {
        WEEKEND,
        OFF,
        /** Worked in place of another. */
        WORKED,
        STILL
    }

    /** Days in a row. @param name of the holiday, or what the worked day stands for; empty for a weekend */
    public record Passed(LocalDate from, LocalDate to, Why why, String name) {}

    /**
     * The end of a clock and how it comes about.
     *
     * @param from the day after which is counted
     * @param unknownYears years it ran through for which the body has entered no day: Tết is missing then, and the last day may move
     */
    public record Reckoning(LocalDate from, int days, LocalDate last, List<Passed> passed, Set<Integer> unknownYears) {
        public boolean certain() {
            return unknownYears.isEmpty();
        }
    }

    public static LocalDate last(WorkingCalendar calendar, LocalDate from, int days, List<Still> still) {
        return reckon(calendar, Map.of(), from, days, still).last();
    }

    /** @param names of days that are off or worked, as far as they have any */
    public static Reckoning reckon(
            WorkingCalendar calendar, Map<LocalDate, String> names, LocalDate from, int days, List<Still> still) {
        Check.that(days >= 0, "days are counted forward");
        var passed = new ArrayList<Passed>();
        var years = new TreeSet<Integer>();
        LocalDate at = from;
        int left = days;
        for (int steps = 0; left > 0; steps++) {
            Check.that(steps < MOST_DAYS, "a calendar has working days");
            at = at.plusDays(1);
            years.add(at.getYear());
            boolean weekend = at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY;
            String name = names.getOrDefault(at, "");
            if (!calendar.works(at)) {
                boolean named = !weekend || calendar.days().containsKey(at);
                add(passed, at, named ? Why.OFF : Why.WEEKEND, named ? name : "");
            } else if (held(still, at)) {
                add(passed, at, Why.STILL, "");
            } else {
                left--;
                if (weekend) {
                    add(passed, at, Why.WORKED, name);
                }
            }
        }
        Set<Integer> known = calendar.known();
        years.removeIf(known::contains);
        return new Reckoning(from, days, at, List.copyOf(passed), Set.copyOf(years));
    }

    private static boolean held(List<Still> still, LocalDate day) {
        return still.stream().anyMatch(one -> one.holds(day));
    }

    private static void add(List<Passed> passed, LocalDate day, Why why, String name) {
        if (!passed.isEmpty()) {
            Passed before = passed.getLast();
            if (before.why() == why && before.name().equals(name) && before.to().plusDays(1).equals(day)) {
                passed.set(passed.size() - 1, new Passed(before.from(), day, why, name));
                return;
            }
        }
        passed.add(new Passed(day, day, why, name));
    }

    /** How far a clock has come. */
    public enum Urgency {
        QUIET,
        /** So many working days or fewer are left as the book reminds at. */
        NEAR,
        OVER,
        /** So many working days over that the head is told. */
        LONG_OVER;

        /** As it is kept: 0 to 3. */
        public int level() {
            return ordinal();
        }

        public static Urgency of(int level) {
            return values()[Math.clamp(level, 0, 3)];
        }
    }

    /** @param remind working days before its end; {@code headAfter} behind it */
    public static Urgency urgency(
            WorkingCalendar calendar, LocalDate last, LocalDate today, int remind, int headAfter) {
        if (today.isAfter(last)) {
            return calendar.between(last, today) >= headAfter ? Urgency.LONG_OVER : Urgency.OVER;
        }
        return calendar.between(today, last) <= remind ? Urgency.NEAR : Urgency.QUIET;
    }
}
