package vn.chuanmuc.publication;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.PaperCodes;
import vn.chuanmuc.documents.PaperFacts;
import vn.chuanmuc.documents.PaperFacts.Shown;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.publication.Finding.File;
import vn.chuanmuc.publication.Finding.Standing;
import vn.chuanmuc.publication.Finding.Step;

/**
 * Says of a paper, by its code or its file, whether it is ours and still stands. Answers anybody: a code has 55 random bits, so who
 * knows one has the paper before them, and is told nothing that is not on it.
 */
@Component
public class Verifications {
    /** Larger files are none of ours: a scan of a paper has a few pages. */
    public static final long MOST_BYTES = 30L << 20;

    private static final int MOST_SUCCESSORS = 50;

    private final Papers papers;
    private final PaperCodes codes;
    private final List<PaperFacts> facts;

    Verifications(Papers papers, PaperCodes codes, List<PaperFacts> facts) {
        this.papers = papers;
        this.codes = codes;
        this.facts = List.copyOf(facts);
    }

    /** @param typed as read by a machine or typed by a person */
    public Finding byCode(String typed) {
        Optional<PaperCode> code = PaperCode.read(typed.strip());
        if (code.isEmpty()) {
            return new Finding.NoCode(typed);
        }
        return papers.find(code.get())
                .<Finding>map(paper -> known(paper, File.NONE, null))
                .orElseGet(
                        () -> codes.genuine(code.get()) ? new Finding.NoPaper(code.get()) : new Finding.NoCode(typed));
    }

    /** A PDF, by its bytes first, then by the code that stands on it. */
    public Finding byFile(Path file) {
        byte[] hash;
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > MOST_BYTES) {
                return new Finding.Unreadable("publication.file.too-large");
            }
            hash = Sha256.of(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Paper> printed = papers.ofFile(hash);
        if (!printed.isEmpty()) {
            return known(printed.getFirst(), File.PRINT, hash);
        }
        Optional<Paper> document =
                facts.stream().flatMap(kind -> kind.ofDocument(hash).stream()).findFirst();
        if (document.isPresent()) {
            return known(document.get(), File.DOCUMENT, hash);
        }
        Set<PaperCode> onIt;
        try {
            onIt = PdfCodes.read(file);
        } catch (PdfCodes.NotRead e) {
            return new Finding.Unreadable(e.key());
        }
        return onIt.stream()
                .flatMap(code -> papers.find(code).stream())
                .findFirst()
                .<Finding>map(
                        paper -> known(paper, of(paper).isDocument(paper, hash) ? File.DOCUMENT : File.OTHER, hash))
                .orElseGet(() -> new Finding.NoFile(hash));
    }

    private PaperFacts of(Paper paper) {
        return facts.stream()
                .filter(kind -> kind.tells(paper.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody tells of papers of kind " + paper.kind()));
    }

    private Finding.Known known(Paper paper, File file, byte @Nullable [] hash) {
        Shown shown = of(paper).shown(paper);
        Standing standing = switch (paper.state()) {
            case ISSUED -> shown.signed() == null ? Standing.UNSIGNED : Standing.VALID;
            case SIGNED -> Standing.VALID;
            case SUPERSEDED -> Standing.SUPERSEDED;
            case WITHDRAWN -> Standing.WITHDRAWN;
        };
        List<Step> history = papers.history(paper.tenantId(), paper.id()).stream()
                .map(change -> new Step(change.state(), change.at()))
                .toList();
        return new Finding.Known(paper.code(), standing, paper.since(), shown, file, hash, replaced(paper), history);
    }

    /** Whether the paper at the end of those that took the place one of another stands. */
    private boolean replaced(Paper paper) {
        Paper at = paper;
        for (int step = 0; step < MOST_SUCCESSORS && at.state() == PaperState.SUPERSEDED; step++) {
            UUID successor = papers.history(at.tenantId(), at.id()).getLast().successor();
            if (successor == null) {
                return false;
            }
            at = papers.find(paper.tenantId(), successor).orElseThrow();
        }
        return at.state().live() && at != paper;
    }
}
