package vn.chuanmuc.criteria;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A criteria set.
 *
 * @param position 1-based, in the order of the text
 * @param heading the line that opens the set, such as "BỘ TIÊU CHÍ"
 * @param title what the set is about, lines joined with a blank; empty if the text gives none
 * @param clause "(ban hành kèm theo …)" as printed, null if the text gives none
 * @param audience a guess from the title's words
 */
public record ReadSet(
        int position,
        String heading,
        String title,
        @Nullable Printed clause,
        Audience audience,
        List<ReadGroup> groups,
        int line) {
    public ReadSet {
        groups = List.copyOf(groups);
    }
}
