package vn.chuanmuc.commitments;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.CommitmentPapers.File;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
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

    private final PrintStore store;
    private final StandingStore standings;
    private final PrintParts parts;
    private final PaperFiles files;
    private final Access access;
    private final Jobs jobs;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PrintRuns(
            PrintStore store,
            StandingStore standings,
            PrintParts parts,
            PaperFiles files,
            Access access,
            Jobs jobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.standings = standings;
        this.parts = parts;
        this.files = files;
        this.access = access;
        this.jobs = jobs;
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
            UUID id,
            UUID campaignId,
            String label,
            int people,
            int done,
            int papers,
            int skipped,
            UUID requestedBy,
            Instant at) {
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
        return standings
                .people(viewer.tenantId(), campaign, held(viewer), query, MOST + 1)
                .size();
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
            PrintParts.Part part = parts.print(viewer, campaign.id(), people, label);
            if (part.papers() == 0) {
                return new Start.Refused(part.why());
            }
            transaction.executeWithoutResult(
                    status -> parts.told(viewer, Ids.next(), campaign.id(), label, part.papers()));
            return new Start.Now(new File("ban-cam-ket.pdf", "application/pdf", part.pdf()));
        }
        UUID job = java.util.Objects.requireNonNull(transaction.execute(status -> {
            UUID run = Ids.next();
            store.insert(viewer, run, campaign.id(), label, people, now());
            return jobs.start(new Jobs.Request(viewer.tenantId(), viewer.accountId(), WORK, run, label, Map.of()));
        }));
        return new Start.Later(job);
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
        files.join(PrintParts.count(run.people()), part -> store.part(viewer.tenantId(), runId, part), out);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
