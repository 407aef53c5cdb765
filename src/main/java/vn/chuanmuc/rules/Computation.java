package vn.chuanmuc.rules;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.rules.RuleBook.Level;
import vn.chuanmuc.rules.RuleBook.Weighting;

/**
 * A result with everything it came from: what was put in, what each item weighs and why, and each step, so that a person can do it
 * again with a spreadsheet.
 *
 * @param parts criteria and groups, each group behind its criteria
 * @param result as the book rounds it; null where there is none
 * @param unrounded the same before it was rounded for the end
 * @param byRule the grade that the result comes to, before anything keeps it down
 * @param suggested the grade that is suggested; null where nothing is, and {@code none} says why
 */
public record Computation(
        List<Item> items,
        List<Tally> tallies,
        int counted,
        int notApplicable,
        int notAssessed,
        List<Part> parts,
        List<Alternative> alternatives,
        List<Step> steps,
        @Nullable Amount result,
        @Nullable Amount unrounded,
        @Nullable Grade byRule,
        List<Cap> caps,
        @Nullable Grade suggested,
        @Nullable Reason none) {

    public enum Standing {
        COUNTED,
        NOT_APPLICABLE,
        NOT_ASSESSED
    }

    /**
     * @param place {@code I.2.3}
     * @param level null when it is not assessed
     * @param weight part of the whole under the book's weighting: {@code 1/27}; {@code 0} when it does not count
     * @param percent the same in per cent
     * @param source where the weight comes from
     */
    public record Item(
            int position,
            String place,
            Standing standing,
            @Nullable Level level,
            String weight,
            BigDecimal percent,
            Reason source) {}

    /** How many items have a level; of a level that does not count too. */
    public record Tally(Level level, int items) {}

    /**
     * A criterion or a group.
     *
     * @param place {@code I.2}, or {@code I} for a group
     * @param counted its items that count
     * @param weight beside its neighbours
     * @param mean null without points or without items that count
     */
    public record Part(
            String place,
            String title,
            boolean group,
            int items,
            int counted,
            BigDecimal weight,
            Reason source,
            @Nullable Amount mean) {}

    /**
     * What the mean would be under another weighting.
     *
     * @param difference to the one under the book's weighting, as rounded
     */
    public record Alternative(
            Weighting weighting, boolean chosen, Amount mean, BigDecimal rounded, BigDecimal difference) {}

    /**
     * @param what in words
     * @param expression with the numbers put in; empty where the words say it
     * @param value null for what is not a number; {@code words} then says it
     */
    public record Step(
            int number,
            Reason what,
            String expression,
            @Nullable Amount value,
            @Nullable Reason words) {}

    public enum Struck {
        YES,
        NO,
        UNKNOWN
    }

    /** A rule that may keep the grade down, whether it did, and why that is not known. */
    public record Cap(
            Disqualifier rule, Struck struck, @Nullable Reason why) {}

    public Computation {
        items = List.copyOf(items);
        tallies = List.copyOf(tallies);
        parts = List.copyOf(parts);
        alternatives = List.copyOf(alternatives);
        steps = List.copyOf(steps);
        caps = List.copyOf(caps);
    }
}
