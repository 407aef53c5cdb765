package vn.chuanmuc.scans;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.documents.PageMark;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.scans.ScanPage.Found;
import vn.chuanmuc.scans.ScanStore.NewPage;
import vn.chuanmuc.scans.Sheaf.Box;

/** Reads one page: draws it, finds its code, turns it upright, and puts it to its paper. Nothing is guessed. */
@Component
class PageReading {
    private static final double MILLIMETRE = 25.4 / 72;
    private final ScanStore store;
    private final Papers papers;
    private final ScannedFiles files;
    private final CommitmentPapers commitmentPapers;
    private final Clock clock;

    PageReading(ScanStore store, Papers papers, ScannedFiles files, CommitmentPapers commitmentPapers, Clock clock) {
        this.store = store;
        this.papers = papers;
        this.files = files;
        this.commitmentPapers = commitmentPapers;
        this.clock = clock;
    }

    /** What a paper looks like as printed. */
    record Printed(int pages, List<Box> boxes) {}

    /** Reads the page and writes what it is, in the open transaction. */
    void read(UUID tenant, UUID pile, UUID file, int number, PageSource source) {
        ScannedFiles.Page seen = files.look(source, number);
        if (seen.found() instanceof CodeReader.Found.Mark(PageMark mark, PagePlace ignored)) {
            Optional<Paper> paper = papers.find(mark.code());
            if (paper.isEmpty()) {
                keep(tenant, pile, file, number, Found.UNREADABLE, mark.code().written(), seen);
            } else if (!paper.get().tenantId().equals(tenant)) {
                keep(tenant, pile, file, number, Found.FOREIGN, "", seen);
            } else if (!paper.get().kind().equals(CommitmentPapers.FORM)) {
                keep(tenant, pile, file, number, Found.STRANGER, mark.code().written(), seen);
            } else {
                keep(tenant, pile, file, number, mark, paper.get(), seen);
            }
            return;
        }
        switch (seen.found()) {
            case null -> keep(tenant, pile, file, number, Found.BROKEN, seen.problem(), seen);
            case CodeReader.Found.Unreadable(var hint) ->
                keep(tenant, pile, file, number, Found.UNREADABLE, hint, seen);
            case CodeReader.Found.Stranger(var hint) -> keep(tenant, pile, file, number, Found.STRANGER, hint, seen);
            case CodeReader.Found.Blank() -> keep(tenant, pile, file, number, Found.BLANK, "", seen);
            case CodeReader.Found.Mark mark -> throw new IllegalStateException("handled above");
        }
    }

    private void keep(
            UUID tenant, UUID pile, UUID file, int number, PageMark mark, Paper paper, ScannedFiles.Page seen) {
        Optional<UUID> whole = sheaf(tenant, pile, mark, paper);
        if (whole.isEmpty()) {
            // Not as we print it, or of another printing than the others: somebody has to look.
            keep(tenant, pile, file, number, Found.UNREADABLE, mark.code().written(), seen);
            return;
        }
        UUID sheaf = whole.get();
        store.changed(tenant, sheaf);
        store.insertPage(page(tenant, pile, file, number, Found.OURS, "", sheaf, mark.page(), seen));
    }

    /**
     * What the page belongs to. How many pages there are is what is printed on them, for the layout of today may be another than that of
     * the day they were printed on; all pages of one paper in a pile must agree.
     */
    private Optional<UUID> sheaf(UUID tenant, UUID pile, PageMark mark, Paper paper) {
        Optional<ScanStore.Counted> known = store.counted(tenant, pile, paper.id());
        if (known.isPresent() && known.get().pages() == mark.pages()) {
            return Optional.of(known.get().sheaf());
        }
        Printed today = printed(paper);
        if (!plausible(mark.pages(), today.pages())) {
            return Optional.empty();
        }
        // Where signatures belong is known of today's layout only.
        List<Box> boxes = mark.pages() == today.pages() ? today.boxes() : List.of();
        UUID sheaf = store.sheaf(tenant, pile, paper.id(), mark.pages(), boxes);
        return store.countsAs(tenant, sheaf, mark.pages(), boxes) ? Optional.of(sheaf) : Optional.empty();
    }

    /** Whether a layout of ours may need so many pages for what needs {@code today} in today's. */
    private static boolean plausible(int printed, int today) {
        return printed <= 2 * today + 2 && today <= 2 * printed + 2;
    }

    private void keep(UUID tenant, UUID pile, UUID file, int number, Found found, String hint, ScannedFiles.Page seen) {
        store.insertPage(page(tenant, pile, file, number, found, hint, null, null, seen));
    }

    private NewPage page(
            UUID tenant,
            UUID pile,
            UUID file,
            int number,
            Found found,
            String hint,
            @Nullable UUID sheaf,
            @Nullable Integer page,
            ScannedFiles.Page seen) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new NewPage(
                tenant,
                Ids.next(),
                pile,
                file,
                number,
                found,
                shown(hint),
                sheaf,
                page,
                seen.place(),
                seen.turned(),
                seen.width(),
                seen.height(),
                now,
                found == Found.FOREIGN ? null : seen.jpeg());
    }

    /** What a stranger's code says is anybody's text: a line of it, without what no text holds. */
    static String shown(String hint) {
        String clean = hint.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > 200 ? clean.substring(0, 200) : clean;
    }

    /** How many pages the paper has and where its signatures belong, by laying it out again. */
    Printed printed(Paper paper) {
        try (PDDocument pdf = Loader.loadPDF(commitmentPapers.rendition(paper))) {
            var boxes = new ArrayList<Box>();
            PDAcroForm form = pdf.getDocumentCatalog().getAcroForm();
            if (form != null) {
                for (PDField field : form.getFields()) {
                    PDRectangle at = field.getWidgets().getFirst().getRectangle();
                    PDPage page = field.getWidgets().getFirst().getPage();
                    boxes.add(new Box(
                            field.getPartialName(),
                            pdf.getPages().indexOf(page) + 1,
                            at.getLowerLeftX() * MILLIMETRE,
                            (page.getMediaBox().getHeight() - at.getUpperRightY()) * MILLIMETRE,
                            at.getWidth() * MILLIMETRE,
                            at.getHeight() * MILLIMETRE));
                }
            }
            return new Printed(pdf.getNumberOfPages(), boxes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
