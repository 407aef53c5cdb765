package vn.chuanmuc.commitments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.CommitmentPapers.File;
import vn.chuanmuc.commitments.CommitmentPapers.Issuing;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PdfBundle;
import vn.chuanmuc.office.PdfWriter;

/**
 * The papers of many people in one file for the printer. A few are made at once; more are a job, part by part: each part is the PDF of
 * some people, kept until the file is fetched and put together on the way out, so that memory is bounded by one part.
 */
@Component
public class PrintRuns {
    static final String WORK = "commitments.print";

    private static final int AT_ONCE = PdfWriter.MAX_LETTERS;
    private static final int MOST = 20_000;
    private static final int IN_A_PART = 25;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Semaphore ONE = new Semaphore(1, true);

    private final PrintStore store;
    private final StandingStore standings;
    private final CommitmentStore commitments;
    private final CommitmentPapers papers;
    private final Access access;
    private final Jobs jobs;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PrintRuns(
            PrintStore store,
            StandingStore standings,
            CommitmentStore commitments,
            CommitmentPapers papers,
            Access access,
            Jobs jobs,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.standings = standings;
        this.commitments = commitments;
        this.papers = papers;
        this.access = access;
        this.jobs = jobs;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What came of asking for the papers of many. */
    public sealed interface Start {
        record Now(File file) implements Start {}

        /** @param job that prints them */
        record Later(UUID job) implements Start {}

        record Refused(Reason why) implements Start {}
    }

    /**
     * A run as it stands.
     *
     * @param people whom it is to print
     * @param done of them, how many were looked at
     * @param papers printed
     * @param skipped who signed, left or was moved out of the requester's reach meanwhile
     */
    public record Run(
            UUID id, UUID campaignId, String label, int people, int done, int papers, int skipped, UUID requestedBy, Instant at) {
        public boolean finished() {
            return done == people;
        }
    }

    /** More papers than this nobody prints in one go. */
    public static int most() {
        return MOST;
    }

    /** Up to so many are made while somebody waits. */
    public static int atOnce() {
        return AT_ONCE;
    }

    /** How many papers the query comes to; with no standing asked for, those of people who have not signed. */
    public long count(Viewer viewer, Campaign campaign, SignerQuery query) {
        return standings.people(viewer.tenantId(), campaign, held(viewer), query, MOST + 1).size();
    }

    private static UUID[] held(Viewer viewer) {
        return viewer.unitsWith(Permission.PRINT_COMMITMENTS);
    }

    /** @param label names the run for people, such as the unit */
    public Start start(Viewer viewer, Campaign campaign, SignerQuery query, String label) {
        access.require(viewer, Permission.PRINT_COMMITMENTS);
        List<UUID> people = standings.people(viewer.tenantId(), campaign, held(viewer), query, MOST + 1);
        if (people.isEmpty()) {
            return new Start.Refused(Reason.of("commitments.print.nobody"));
        }
        if (people.size() > MOST) {
            return new Start.Refused(Reason.of("commitments.print.too-many", MOST));
        }
        if (people.size() <= AT_ONCE) {
            Part part = print(viewer, campaign.id(), people, label);
            if (part.papers() == 0) {
                return new Start.Refused(part.why());
            }
            transaction.executeWithoutResult(
                    status -> told(viewer, Ids.next(), campaign.id(), label, part.papers()));
            return new Start.Now(new File("ban-cam-ket.pdf", "application/pdf", part.pdf()));
        }
        UUID job = java.util.Objects.requireNonNull(transaction.execute(status -> {
            UUID run = Ids.next();
            store.insert(viewer, run, campaign.id(), label, people, now());
            return jobs.start(
                    new Jobs.Request(viewer.tenantId(), viewer.accountId(), WORK, run, label, Map.of()));
        }));
        return new Start.Later(job);
    }

    /** @param why of the last who had none, for a part with no paper at all */
    private record Part(byte[] pdf, int papers, int skipped, Reason why) {}

    private Part print(Viewer viewer, UUID campaignId, List<UUID> people, String label) {
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
                case Issuing.Refused(var reason) -> why = reason;
            }
        }
        var bytes = new ByteArrayOutputStream(1 << 18);
        if (!letters.isEmpty()) {
            ONE.acquireUninterruptibly();
            try {
                PdfWriter.write(label, letters, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                ONE.release();
            }
        }
        return new Part(bytes.toByteArray(), letters.size(), people.size() - letters.size(), why);
    }

    private void told(Viewer viewer, UUID run, UUID campaignId, String label, int count) {
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

    /** A run the viewer asked for. */
    public Run get(Viewer viewer, UUID runId) {
        return store.find(viewer.tenantId(), runId)
                .filter(run -> run.requestedBy().equals(viewer.accountId()))
                .orElseThrow(() -> new NotFound("run of printing"));
    }

    /** Writes the file of a finished run; part by part, and leaves the stream open. */
    public void write(Viewer viewer, UUID runId, OutputStream out) throws IOException {
        Run run = get(viewer, runId);
        access.require(viewer, Permission.PRINT_COMMITMENTS);
        Check.that(run.finished() && run.papers() > 0, "a file is fetched when it is finished");
        ONE.acquireUninterruptibly();
        try (var bundle = new PdfBundle(out)) {
            int parts = (run.people() + IN_A_PART - 1) / IN_A_PART;
            for (int part = 1; part <= parts; part++) {
                byte[] pdf = store.part(viewer.tenantId(), runId, part);
                if (pdf.length > 0) {
                    bundle.add(pdf);
                }
            }
        } finally {
            ONE.release();
        }
    }

    /** Forgets the files nobody fetched in a week: what was printed can be printed again. */
    @Transactional
    public void forgetOld() {
        store.deleteBefore(now().minus(KEPT));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
