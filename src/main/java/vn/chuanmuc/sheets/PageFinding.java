package vn.chuanmuc.sheets;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.PaperForms;
import vn.chuanmuc.assessments.PaperForms.Blank;
import vn.chuanmuc.documents.PageMark;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.office.PdfWriter.Measured;
import vn.chuanmuc.scans.ScannedFiles.ReadPage;
import vn.chuanmuc.sheets.PaperPage.Found;
import vn.chuanmuc.sheets.SheetStore.NewPage;
import vn.chuanmuc.sheets.SheetStore.Reading;

/** Finds out which page of which paper a scanned page is. Nothing that is written on it is read by the machine. */
@Component
class PageFinding {
    private final SheetStore store;
    private final SheetPapers sheetPapers;
    private final PaperForms forms;
    private final Papers papers;
    private final Clock clock;

    PageFinding(SheetStore store, SheetPapers sheetPapers, PaperForms forms, Papers papers, Clock clock) {
        this.store = store;
        this.sheetPapers = sheetPapers;
        this.forms = forms;
        this.papers = papers;
        this.clock = clock;
    }

    /** Keeps the page, in the open transaction. @param viewer the clerk who brought it */
    void keep(Viewer viewer, UUID pile, UUID file, int number, ReadPage read) {
        PageMark mark = read.mark();
        if (mark == null) {
            keep(viewer, pile, file, number, read, Found.of(read.found().code()), read.hint(), null, null);
            return;
        }
        String code = mark.code().written();
        Optional<Paper> paper = papers.find(mark.code());
        if (paper.isEmpty()) {
            keep(viewer, pile, file, number, read, Found.UNREADABLE, code, null, null);
        } else if (!paper.get().tenantId().equals(viewer.tenantId())) {
            keep(viewer, pile, file, number, read, Found.FOREIGN, "", null, null);
        } else if (!paper.get().kind().equals(SheetPapers.KIND)) {
            keep(viewer, pile, file, number, read, Found.OTHER, code, null, null);
        } else {
            Optional<Reading> reading = reading(viewer, paper.get(), mark.pages());
            if (reading.isEmpty()) {
                keep(viewer, pile, file, number, read, Found.ELSEWHERE, code, null, null);
            } else if (reading.get().pages() != mark.pages()) {
                keep(viewer, pile, file, number, read, Found.DIFFERS, code, null, null);
            } else {
                keep(
                        viewer,
                        pile,
                        file,
                        number,
                        read,
                        Found.OURS,
                        "",
                        paper.get().id(),
                        mark.page());
            }
        }
    }

    /**
     * What is read of the paper, begun if nobody did; empty when the viewer does not enter papers of its form's unit.
     *
     * @param pages as printed on it; null when nobody knows: as it would be printed today
     */
    Optional<Reading> reading(Viewer viewer, Paper paper, @Nullable Integer pages) {
        SheetStore.Sheet sheet = store.sheet(paper.tenantId(), paper.subject()).orElseThrow();
        if (!forms.inReach(viewer, sheet.place())) {
            return Optional.empty();
        }
        Optional<Reading> known = store.reading(paper.tenantId(), paper.id());
        if (known.isPresent()) {
            return known;
        }
        Blank blank = forms.blank(viewer, sheet.place());
        Measured now = sheetPapers.measure(paper.tenantId(), blank, paper);
        int counted = pages == null ? now.pages() : pages;
        store.begin(
                paper.tenantId(),
                paper.id(),
                sheet.id(),
                counted,
                counted == now.pages() ? now.rows() : List.of(),
                blank.form().items());
        return store.reading(paper.tenantId(), paper.id());
    }

    private void keep(
            Viewer viewer,
            UUID pile,
            UUID file,
            int number,
            ReadPage read,
            Found found,
            String hint,
            @Nullable UUID paper,
            @Nullable Integer page) {
        boolean shown = found != Found.FOREIGN && found != Found.ELSEWHERE;
        store.insertPage(
                viewer.tenantId(),
                new NewPage(
                        Ids.next(),
                        pile,
                        file,
                        number,
                        found,
                        hint,
                        paper,
                        page,
                        read.place(),
                        read.width(),
                        read.height(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        shown ? read.jpeg() : null));
    }
}
