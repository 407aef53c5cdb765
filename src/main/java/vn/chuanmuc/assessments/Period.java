package vn.chuanmuc.assessments;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import vn.chuanmuc.kernel.Check;

/** A quarter of a year, stored as year × 10 + quarter: 20214. */
public record Period(int year, int quarter) {
    /** The day of the quarter's last month on which people are assessed (domain.md, 2); an opening may name another. */
    private static final int DAY = 25;

    private static final List<String> NUMERALS = List.of("I", "II", "III", "IV");

    public Period {
        Check.that(quarter >= 1 && quarter <= 4 && year >= 2000 && year <= 2200, "a quarter is one of four of a year");
    }

    public static Period of(int code) {
        return new Period(code / 10, code % 10);
    }

    public static Period of(LocalDate day) {
        return new Period(day.getYear(), (day.getMonthValue() + 2) / 3);
    }

    /** The quarter a form or an address names; empty when it is none. */
    public static Optional<Period> read(String code) {
        return code.matches("2[01][0-9]{2}[1-4]") ? Optional.of(of(Integer.parseInt(code))) : Optional.empty();
    }

    public int code() {
        return year * 10 + quarter;
    }

    /** I, II, III or IV: as quarters are written. */
    public String numeral() {
        return NUMERALS.get(quarter - 1);
    }

    public LocalDate firstDay() {
        return LocalDate.of(year, quarter * 3 - 2, 1);
    }

    public LocalDate lastDay() {
        return firstDay().plusMonths(3).minusDays(1);
    }

    /** The 25th of its last month. */
    public LocalDate assessmentDay() {
        return LocalDate.of(year, quarter * 3, DAY);
    }

    public Period previous() {
        return quarter == 1 ? new Period(year - 1, 4) : new Period(year, quarter - 1);
    }
}
