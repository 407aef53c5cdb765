package vn.chuanmuc.submissions;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Check;

/**
 * How a person's row differs between two versions.
 *
 * @param before absent when the person was added
 * @param after absent when the person was removed
 * @param fields what differs; empty for added and removed
 */
public record ListChange(
        Kind kind, @Nullable ListRow before, @Nullable ListRow after, List<Field> fields) {
    public ListChange {
        Check.that(before != null || after != null, "a change is of somebody");
        fields = List.copyOf(fields);
    }

    public enum Kind {
        ADDED,
        REMOVED,
        /** Signed, declined, recorded with a reason or open again; words may differ as well. */
        STANDING,
        /** Only words differ: name, post, date, reason … */
        WORDS;

        static Kind of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }

        public String key() {
            return "submissions.change." + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public enum Field {
        RANK,
        NAME,
        BIRTH,
        POSITION,
        UNIT,
        SET,
        STANDING,
        SIGNED,
        METHOD,
        /** The same person signed another document: also at the same time and in the same way. */
        DOCUMENT,
        REASON,
        NOTE;

        public String key() {
            return "submissions.column." + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The row to name the person by. */
    public ListRow row() {
        return after != null ? after : java.util.Objects.requireNonNull(before);
    }
}
