package vn.chuanmuc.publication;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.PaperFacts.Shown;
import vn.chuanmuc.documents.PaperState;

/** What came of checking a code or a file. */
public sealed interface Finding {
    /** How a paper stands. */
    enum Standing {
        /** Signed, and nothing took its place. */
        VALID,
        /** Issued; no signature on it is recorded. */
        UNSIGNED,
        /** Another paper took its place. */
        SUPERSEDED,
        /** Taken back. */
        WITHDRAWN
    }

    /** How the file that was brought compares with what was issued. */
    enum File {
        /** Only a code was asked about. */
        NONE,
        /** Byte for byte a file we printed of this paper. */
        PRINT,
        /** Byte for byte the file that is the signed document: a scan, or a digitally signed PDF. */
        DOCUMENT,
        /** It bears the paper's code and is no file we know: it may have been changed, or saved anew. */
        OTHER
    }

    /** Not one of our codes: misread, mistyped or made up. */
    record NoCode(String typed) implements Finding {}

    /** The code checks, but there is no such paper here. */
    record NoPaper(PaperCode code) implements Finding {}

    /** The file bears no code of ours and is none we issued. */
    record NoFile(byte[] hash) implements Finding {}

    /** The file cannot be read. @param why key of a message */
    record Unreadable(String why) implements Finding {}

    /**
     * A paper of ours.
     *
     * @param shown what it says, as far as whoever holds it may be told again
     * @param since when it came to stand so
     * @param hash SHA-256 of the file that was brought, or null
     * @param replaced whether a paper that took its place stands. Its code is on that paper alone: who holds an old one is shown no other
     */
    record Known(
            PaperCode code,
            Standing standing,
            Instant since,
            Shown shown,
            File file,
            byte @Nullable [] hash,
            boolean replaced,
            List<Step> history)
            implements Finding {}

    /** One step of a paper's life. */
    record Step(PaperState state, Instant at) {}
}
