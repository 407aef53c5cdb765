package vn.chuanmuc.commitments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.commitments.CommitmentPapers.Issuing;
import vn.chuanmuc.commitments.PrintRuns.Run;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.office.PaperDocument;

/** Makes the parts of a run of printing: the PDF of some people each. */
@Component
class PrintParts {
    private static final int IN_A_PART = 25;

    private final PrintStore store;
    private final CommitmentStore commitments;
    private final CommitmentPapers papers;
    private final PaperFiles files;
    private final Access access;
    private final Ledger ledger;

    PrintParts(
            PrintStore store,
            CommitmentStore commitments,
            CommitmentPapers papers,
            PaperFiles files,
            Access access,
            Ledger ledger) {
        this.store = store;
        this.commitments = commitments;
        this.papers = papers;
        this.files = files;
        this.access = access;
        this.ledger = ledger;
    }

    /** How many parts a run of so many people has. */
    static int count(int people) {
        return (people + IN_A_PART - 1) / IN_A_PART;
    }

    /** @param why of the last who had none, for a part with no paper at all */
    record Part(byte[] pdf, int papers, int skipped, Reason why) {}

    Part print(Viewer viewer, UUID campaignId, List<UUID> people, String label) {
        var letters = new ArrayList<PaperDocument>();
        Reason why = Reason.of("commitments.print.nobody");
        for (UUID person : people) {
            boolean covered = commitments
                    .place(viewer.tenantId(), campaignId, person)
                    .filter(place -> access.covers(viewer, Permission.PRINT_COMMITMENTS, place.unitId()))
                    .isPresent();
            switch (covered ? papers.issue(viewer, campaignId, person) : new Issuing.Refused(why)) {
                case Issuing.Issued(var paper) -> letters.add(papers.letter(paper));
                case Issuing.Scanned(var receipt) -> why = Reason.of("commitments.print.scanned");
                case Issuing.SignedFile(var receipt) -> why = Reason.of("commitments.print.signed-file");
                case Issuing.Refused(var reason) -> why = reason;
            }
        }
        byte[] pdf = letters.isEmpty() ? new byte[0] : files.bundle(label, letters);
        return new Part(pdf, letters.size(), people.size() - letters.size(), why);
    }

    void told(Viewer viewer, UUID run, UUID campaignId, String label, int count) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("campaign", campaignId.toString());
        facts.put("label", label);
        facts.put("papers", count);
        ledger.append(new Act(viewer.tenantId(), "commitments.papers-printed", run, viewer.accountId(), facts));
    }

    /** Prints the next part of a run in the open transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    Run advance(Viewer viewer, UUID runId) {
        Run run = store.find(viewer.tenantId(), runId).orElseThrow(() -> new NotFound("run of printing"));
        if (run.finished()) {
            return run;
        }
        List<UUID> next = store.people(viewer.tenantId(), runId, run.done(), IN_A_PART);
        Part part = print(viewer, run.campaignId(), next, run.label());
        store.add(viewer.tenantId(), runId, run.done() / IN_A_PART + 1, part.papers(), part.skipped(), part.pdf());
        Run now = store.find(viewer.tenantId(), runId).orElseThrow();
        if (now.finished()) {
            told(viewer, runId, run.campaignId(), run.label(), now.papers());
        }
        return now;
    }
}
