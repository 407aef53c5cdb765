package vn.chuanmuc.criteria;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item between two lists.
 *
 * @param before null with {@link Kind#ADDED}
 * @param after null with {@link Kind#REMOVED}
 * @param moved whether the pair stands in another criterion or another order; always with {@link Kind#MOVED}
 * @param printedAlike whether both texts are the same in print too (NFC, blanks folded), not only in their words
 * @param segments the word-level difference; KEPT and REMOVED together are the text before, KEPT and ADDED the text after (NFC)
 */
public record ItemChange(
        Kind kind,
        @Nullable Entry before,
        @Nullable Entry after,
        boolean moved,
        boolean printedAlike,
        List<Segment> segments) {
    public ItemChange {
        segments = List.copyOf(segments);
    }

    public enum Kind {
        /** The same words: equal but for capitals, quotation marks, punctuation and blanks. */
        SAME,
        /** Alike, but with other words. */
        REWORDED,
        /** The same words at another place. */
        MOVED,
        ADDED,
        REMOVED
    }

    /** An item and where it stands, such as {@code group[1].criterion[2].item[3]}. */
    public record Entry(String path, String text) {}

    /** A run of text; blanks and punctuation belong to a run as printed. */
    public record Segment(Fate fate, String text) {
        public enum Fate {
            KEPT,
            REMOVED,
            ADDED
        }
    }
}
