package vn.chuanmuc.sheets;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scanned page: which page of which paper it is, and nothing else of what is on it.
 *
 * @param number in its file, from 1
 * @param hint what was seen of a code, or why the page could not be drawn
 * @param page of the paper; null while it belongs to none
 * @param dropped another picture of the same page counts
 * @param placed whether it is known how the printed page lies in the picture
 */
public record PaperPage(
        UUID id,
        UUID pileId,
        UUID unitId,
        String fileName,
        int number,
        Found found,
        String hint,
        @Nullable UUID paperId,
        @Nullable Integer page,
        boolean dropped,
        boolean placed,
        boolean byHand,
        int width,
        int height,
        boolean pictured,
        Instant readAt) {

    /** What was found on a page. */
    public enum Found {
        /** A page of an assessment form of this body. */
        OURS,
        /** A paper of this body of another kind, such as a commitment. */
        OTHER,
        /** A paper of another body: nothing of it is kept. */
        FOREIGN,
        /** Of somebody whose papers the clerk does not enter: nothing of it is kept. */
        ELSEWHERE,
        /** Of the paper, but of another number of pages than the others: printed differently. */
        DIFFERS,
        /** Something like a code that could not be read, or that is none of ours. */
        UNREADABLE,
        /** No code. */
        STRANGER,
        BLANK,
        /** The page itself could not be drawn. */
        BROKEN;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Found of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        /** Whether somebody may put the page to a paper by hand. */
        public boolean assignable() {
            return this == UNREADABLE || this == STRANGER || this == DIFFERS;
        }
    }
}
