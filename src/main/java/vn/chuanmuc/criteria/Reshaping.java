package vn.chuanmuc.criteria;

import org.jspecify.annotations.Nullable;

/** How a proof-reader changes which items there are and where they stand; places by their path ({@link Place#where()}). */
public sealed interface Reshaping {
    /**
     * @param after the item behind which it stands; null for the head of the criterion
     * @param line of the source where the words stand, 0 for none
     */
    record Add(String criterion, @Nullable String after, String words, int line) implements Reshaping {}

    /** Takes an item out; it can be moved back in. */
    record Remove(String item) implements Reshaping {}

    /** One place up or down, beyond the criterion's end into the neighbouring one. */
    record Shift(String item, boolean up) implements Reshaping {}

    /** To the end of another criterion; back in, when the item was removed. */
    record Move(String item, String criterion) implements Reshaping {}

    /** Into several items, one for each paragraph of the words: paragraphs are parted by a blank line. */
    record Split(String item, String words) implements Reshaping {}

    /** With the item below it in the same criterion. */
    record Merge(String item) implements Reshaping {}
}
