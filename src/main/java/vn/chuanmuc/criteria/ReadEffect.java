package vn.chuanmuc.criteria;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * From when the decision is in force.
 *
 * @param date only with {@link Rule#ON_DATE}
 * @param clause the line that says so, null with {@link Rule#UNKNOWN} when no line does
 */
public record ReadEffect(
        Rule rule, @Nullable LocalDate date, @Nullable Printed clause) {
    public enum Rule {
        FROM_SIGNING,
        ON_DATE,
        UNKNOWN
    }
}
