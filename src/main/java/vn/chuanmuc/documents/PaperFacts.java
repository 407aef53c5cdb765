package vn.chuanmuc.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.office.PaperDocument;

/** What a kind of paper tells whoever holds one. Implemented by the module whose paper it is; every kind has one. */
public interface PaperFacts {
    /** A signature that stands: how, when, and the SHA-256 of what was signed. @param signedOn the day written on a paper */
    record Signed(String method, Instant at, @Nullable LocalDate signedOn, byte[] documentHash) {}

    /**
     * What stands on the paper, as far as it may be told again.
     *
     * @param signed null while, or as far as, no signature stands
     */
    record Shown(
            String title,
            String words,
            List<PaperDocument.Fact> facts,
            @Nullable Signed signed) {}

    /** Whether papers of this kind are told of here. */
    boolean tells(String kind);

    Shown shown(Paper paper);

    /** Whether a file with this SHA-256 is the paper's signed document, as accepted or as preserved since. */
    boolean isDocument(Paper paper, byte[] fileHash);

    /** The paper whose signed document this is, whatever body it belongs to, where it can be found by it. */
    Optional<Paper> ofDocument(byte[] fileHash);
}
