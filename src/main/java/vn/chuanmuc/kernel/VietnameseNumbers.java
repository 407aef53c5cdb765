package vn.chuanmuc.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as Vietnamese write them: {@code 1.234.567,5}. Rounding is half up. */
public final class VietnameseNumbers {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private VietnameseNumbers() {}

    public static String format(long number) {
        return format(BigDecimal.valueOf(number));
    }

    /** All digits the number has, without zeros at the end of the fraction. */
    public static String format(BigDecimal number) {
        var plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        var start = plain.startsWith("-") ? 1 : 0;
        var point = plain.indexOf('.');
        var end = point < 0 ? plain.length() : point;
        var text = new StringBuilder(plain.length() + end / 3 + 1);
        text.append(plain, 0, start);
        for (var i = start; i < end; i++) {
            if (i > start && (end - i) % 3 == 0) {
                text.append('.');
            }
            text.append(plain.charAt(i));
        }
        if (point >= 0) {
            text.append(',').append(plain, point + 1, plain.length());
        }
        return text.toString();
    }

    /** At most so many decimals. */
    public static String format(BigDecimal number, int decimals) {
        return format(number.setScale(decimals, RoundingMode.HALF_UP));
    }

    /** A ratio as a percentage: 0.875 is {@code 87,5%}. */
    public static String percent(BigDecimal ratio, int decimals) {
        return format(ratio.multiply(HUNDRED), decimals) + "%";
    }

    /**
     * A part of a whole as a percentage with at most one decimal. It says 100% only when nothing is missing and 0% only when
     * nothing is there: 2.999 of 3.000 is {@code 99,9%}.
     *
     * @throws IllegalArgumentException unless 0 ≤ part ≤ whole and whole > 0
     */
    public static String percent(long part, long whole) {
        Check.that(part >= 0 && part <= whole && whole > 0, "a part of a whole");
        var percent =
                HUNDRED.multiply(BigDecimal.valueOf(part)).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
        var least = new BigDecimal("0.1");
        var most = HUNDRED.subtract(least);
        if (part > 0 && percent.compareTo(least) < 0) {
            percent = least;
        } else if (part < whole && percent.compareTo(most) > 0) {
            percent = most;
        }
        return format(percent) + "%";
    }
}
