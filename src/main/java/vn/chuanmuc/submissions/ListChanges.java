package vn.chuanmuc.submissions;

import java.util.List;
import java.util.stream.Collectors;
import vn.chuanmuc.kernel.Reason;

/**
 * How the rows of a list changed between two versions, or since a version was compiled.
 *
 * @param added how many people came
 * @param removed how many are no longer on it
 * @param standing how many stand differently
 * @param words in how many rows only words differ
 * @param first the first of them, row by row in the order asked for, those removed at the end
 */
public record ListChanges(int added, int removed, int standing, int words, List<ListChange> first) {
    public static final ListChanges NONE = new ListChanges(0, 0, 0, 0, List.of());
    private static final int NAMED = 3;

    public ListChanges {
        first = List.copyOf(first);
    }

    public int total() {
        return added + removed + standing + words;
    }

    /** How many there are beyond the first. */
    public int unseen() {
        return total() - first.size();
    }

    public int of(ListChange.Kind kind) {
        return switch (kind) {
            case ADDED -> added;
            case REMOVED -> removed;
            case STANDING -> standing;
            case WORDS -> words;
        };
    }

    /** Whom it concerns: the first names, and how many more. */
    public Reason who() {
        String names = first.stream()
                .limit(NAMED)
                .map(change -> change.row().fullName())
                .collect(Collectors.joining(", "));
        int more = total() - Math.min(NAMED, first.size());
        return more == 0 ? Reason.of("submissions.who", names) : Reason.of("submissions.who.more", names, more);
    }
}
