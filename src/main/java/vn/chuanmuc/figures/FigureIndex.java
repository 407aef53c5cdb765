package vn.chuanmuc.figures;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.VietnameseNumbers;
import vn.chuanmuc.rules.RuleBook.Measure;

/**
 * What is measured, on the days from {@code validFrom} to {@code validTo}.
 *
 * @param code as rule books name it in {@code so_lieu(…)}
 * @param counted what a count counts: “hồ sơ”; empty for the other measures
 * @param least and {@code most}: in per cent, in points, or how many
 * @param basis document and article; empty: there is none yet
 * @param validTo last day; null: no end is known
 * @param enteredBy null for an index that ships with the program
 */
public record FigureIndex(
        String code,
        String words,
        Measure measure,
        String counted,
        BigDecimal least,
        BigDecimal most,
        About about,
        String basis,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        @Nullable UUID enteredBy,
        @Nullable Instant enteredAt) {
    /** Whose a figure is. */
    public enum About {
        PERSON,
        UNIT
    }

    boolean on(LocalDate day) {
        return !day.isBefore(validFrom) && (validTo == null || !day.isAfter(validTo));
    }

    /** The unit of measure as people write it. */
    public String unit() {
        return unit(measure, counted);
    }

    static String unit(Measure measure, String counted) {
        return switch (measure) {
            case SHARE -> "%";
            case POINTS -> "điểm";
            case COUNT -> counted;
        };
    }

    /** A value with its unit, as people read it: “92,5 %”, “1.204 hồ sơ”. */
    static String written(BigDecimal value, Measure measure, String counted) {
        return VietnameseNumbers.format(value) + " " + unit(measure, counted);
    }
}
