package vn.chuanmuc.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one stage says of one person.
 *
 * @param levels of item 1, 2 …: the ordinal of its level in the book's scale, from 1; null: not assessed
 * @param figures brought in, by the codes of the book
 * @param facts what a person said of disqualifiers, by their codes: whether it strikes; nobody looked at one that is missing
 */
public record Answers(List<@Nullable Integer> levels, Map<String, BigDecimal> figures, Map<String, Boolean> facts) {
    public Answers {
        levels = Collections.unmodifiableList(new ArrayList<>(levels));
        figures = Map.copyOf(figures);
        facts = Map.copyOf(facts);
    }

    public static Answers of(List<@Nullable Integer> levels) {
        return new Answers(levels, Map.of(), Map.of());
    }

    /** From a column of ordinals as they are kept. */
    public static Answers of(@Nullable Short... levels) {
        var ordinals = new ArrayList<@Nullable Integer>();
        for (Short level : levels) {
            ordinals.add(level == null ? null : Integer.valueOf(level));
        }
        return of(ordinals);
    }
}
