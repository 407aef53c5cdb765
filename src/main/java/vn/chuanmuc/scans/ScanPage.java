package vn.chuanmuc.scans;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page as it was read.
 *
 * @param number in its file, from 1
 * @param hint what was seen of a code, or why the page could not be drawn
 * @param page of the paper; null while it belongs to none
 * @param chosen whether it is the one that counts among several pictures of the same page; null while nobody said
 * @param placed whether it is known how the printed page lies in the picture
 * @param turned degrees clockwise from the file to the picture
 */
public record ScanPage(
        UUID id,
        UUID pileId,
        UUID fileId,
        String fileName,
        int number,
        Found found,
        String hint,
        @Nullable UUID sheafId,
        @Nullable Integer page,
        @Nullable Boolean chosen,
        boolean placed,
        boolean byHand,
        String reason,
        @Nullable UUID assignedBy,
        int turned,
        int width,
        int height,
        Instant readAt) {

    /** What was found on a page. */
    public enum Found {
        /** A genuine code of a paper of this body. */
        OURS,
        /** A genuine code of another body's paper: nothing of it is shown. */
        FOREIGN,
        /** Something like a code that could not be read, or that is none of ours. */
        UNREADABLE,
        /** No code. */
        STRANGER,
        BLANK,
        /** The page itself could not be drawn. */
        BROKEN;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Found of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }
    }

    public boolean assigned() {
        return sheafId != null;
    }
}
