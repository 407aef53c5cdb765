package vn.chuanmuc.kernel;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** Dates as Vietnamese offices write them: day, month, year. */
public final class VietnameseDates {

    private static final Pattern DAY = Pattern.compile("(\\d{1,2}) ?([/.-]) ?(\\d{1,2}) ?\\2 ?(\\d{1,4})");
    private static final Pattern MONTH_AND_YEAR = Pattern.compile("\\d{1,2} ?[/.-] ?\\d{4}");
    private static final Pattern YEAR = Pattern.compile("\\d{4}");

    private VietnameseDates() {}

    /** What reading a date gives: the day, or why the text is none. */
    public sealed interface Parsed {
        record Read(LocalDate day) implements Parsed {}

        record Refused(Reason reason) implements Parsed {}
    }

    public enum Reason {
        /** Nothing is written. */
        EMPTY,
        /** Only a year ("1985"). */
        YEAR_ONLY,
        /** Only a month and a year ("02/1985"). */
        MONTH_AND_YEAR,
        /** The year has two digits ("05/02/85"): it could be of either century. */
        TWO_DIGIT_YEAR,
        /** Written as a date, but the calendar has no such day ("31/02/1980"), or the year is outside 1800–2199. */
        NOT_REAL,
        /** Anything else, including year first and mixed separators. */
        FORMAT
    }

    /**
     * Reads {@code dd/MM/yyyy} or {@code d/M/yyyy}; the separators may be all {@code -} or all {@code .}, with a blank beside them.
     * Nothing is guessed: no two-digit years, no month first, no day that rolls over.
     */
    public static Parsed parse(String text) {
        if (text.length() > 40) {
            return new Parsed.Refused(Reason.FORMAT);
        }
        var line = Texts.oneLine(text);
        if (line.isEmpty()) {
            return new Parsed.Refused(Reason.EMPTY);
        }
        var day = DAY.matcher(line);
        if (!day.matches()) {
            return new Parsed.Refused(
                    YEAR.matcher(line).matches()
                            ? Reason.YEAR_ONLY
                            : MONTH_AND_YEAR.matcher(line).matches() ? Reason.MONTH_AND_YEAR : Reason.FORMAT);
        }
        var year = day.group(4);
        if (year.length() != 4) {
            return new Parsed.Refused(year.length() == 2 ? Reason.TWO_DIGIT_YEAR : Reason.FORMAT);
        }
        return of(Integer.parseInt(year), Integer.parseInt(day.group(3)), Integer.parseInt(day.group(1)));
    }

    /** {@code 05/02/2026} */
    public static String format(LocalDate day) {
        return pad(day.getDayOfMonth()) + "/" + pad(day.getMonthValue()) + "/" + fourDigits(day.getYear());
    }

    /**
     * {@code ngày 05 tháng 02 năm 2026}, {@code ngày 15 tháng 3 năm 2026}: a zero before days 1–9 and months 1–2 only (Decree
     * 30/2020/NĐ-CP, Appendix I).
     */
    public static String formatOnPaper(LocalDate day) {
        var month = day.getMonthValue();
        return "ngày " + pad(day.getDayOfMonth()) + " tháng " + (month <= 2 ? pad(month) : month) + " năm "
                + fourDigits(day.getYear());
    }

    private static Parsed of(int year, int month, int day) {
        if (year < 1800 || year > 2199) {
            return new Parsed.Refused(Reason.NOT_REAL);
        }
        try {
            return new Parsed.Read(LocalDate.of(year, month, day));
        } catch (DateTimeException e) {
            return new Parsed.Refused(Reason.NOT_REAL);
        }
    }

    private static String pad(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static String fourDigits(int year) {
        Check.that(year >= 0 && year <= 9999, "a year of four digits");
        return "0".repeat(4 - Integer.toString(year).length()) + year;
    }
}
