package vn.chuanmuc.sheets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.sheets.SheetPapers.Issuing;
import vn.chuanmuc.sheets.SheetPrints.Run;

/** Some blank forms as one PDF: all of a small run, or the next part of a large one. */
@Component
class SheetPrintParts {
    /** Laid out together they need memory: so many are one part. */
    static final int IN_A_PART = 20;

    private final SheetPrintStore store;
    private final SheetPapers papers;
    private final PaperFiles files;
    private final Ledger ledger;

    SheetPrintParts(SheetPrintStore store, SheetPapers papers, PaperFiles files, Ledger ledger) {
        this.store = store;
        this.papers = papers;
        this.files = files;
        this.ledger = ledger;
    }

    /** @param why of the last that was left out, for a part with no paper at all */
    record Part(byte[] pdf, int papers, int skipped, Reason why) {}

    Part print(Viewer viewer, List<Place> places, String label) {
        var letters = new ArrayList<PaperDocument>();
        Reason why = Reason.of("sheets.print.nobody");
        for (Place place : places) {
            try {
                switch (papers.issue(viewer, place)) {
                    case Issuing.Issued(var paper, var letter) -> letters.add(letter);
                    case Issuing.Refused(var reason) -> why = reason;
                }
            } catch (NotFound e) {
                // Moved out of the requester's reach meanwhile: left out, and counted.
            }
        }
        byte[] pdf = letters.isEmpty() ? new byte[0] : files.bundle(label, letters);
        return new Part(pdf, letters.size(), places.size() - letters.size(), why);
    }

    void told(Viewer viewer, UUID run, UUID cycle, String label, int count) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", cycle.toString());
        facts.put("label", label);
        facts.put("papers", count);
        ledger.append(new Act(viewer.tenantId(), "sheets.printed", run, viewer.accountId(), facts));
    }

    /** Prints the next part of a run in the open transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    Run advance(Viewer viewer, UUID runId) {
        UUID tenant = viewer.tenantId();
        Run run = store.find(tenant, runId).orElseThrow(() -> new NotFound("run of printing"));
        if (run.finished()) {
            return run;
        }
        Part part = print(viewer, store.places(tenant, runId, run.done(), IN_A_PART), run.label());
        store.add(tenant, runId, run.done() / IN_A_PART + 1, part.papers(), part.skipped(), part.pdf());
        Run now = store.find(tenant, runId).orElseThrow();
        if (now.finished()) {
            told(viewer, runId, run.cycleId(), run.label(), now.papers());
        }
        return now;
    }
}
