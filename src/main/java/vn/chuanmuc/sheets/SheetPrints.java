package vn.chuanmuc.sheets;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.PaperForms;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.assessments.PaperForms.Side;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;

/**
 * The blank forms of many people in one file for the printer. A few are made at once; more are a job, part by part: each part is the PDF
 * of some forms, kept until the file is fetched and put together on the way out, so that memory is bounded by one part.
 */
@Component
public class SheetPrints {
    static final String WORK = "sheets.print";
    static final Duration KEPT = Duration.ofDays(7);

    private static final int MOST = 20_000;

    private final SheetPrintStore store;
    private final SheetPrintParts parts;
    private final PaperFiles files;
    private final PaperForms forms;
    private final Units units;
    private final Access access;
    private final Jobs jobs;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SheetPrints(
            SheetPrintStore store,
            SheetPrintParts parts,
            PaperFiles files,
            PaperForms forms,
            Units units,
            Access access,
            Jobs jobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.parts = parts;
        this.files = files;
        this.forms = forms;
        this.units = units;
        this.access = access;
        this.jobs = jobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What came of asking for the forms of many. */
    public sealed interface Start {
        record Now(byte[] pdf) implements Start {}

        /** @param job that prints them */
        record Later(UUID job) implements Start {}

        record Refused(Reason why) implements Start {}
    }

    /** A run as it stands. @param skipped handed in, called off or out of the requester's reach meanwhile */
    public record Run(
            UUID id,
            UUID cycleId,
            String label,
            int forms,
            int done,
            int papers,
            int skipped,
            UUID requestedBy,
            Instant at) {
        public boolean finished() {
            return done == forms;
        }
    }

    /** Up to so many are made while somebody waits. */
    public static int atOnce() {
        return SheetPrintParts.IN_A_PART;
    }

    /** Cycles of which the viewer may print something now. */
    public List<Cycle> cycles(Viewer viewer) {
        return forms.cycles(viewer);
    }

    /** How many forms it comes to. @param unit with all below it; null for all in reach */
    public int count(Viewer viewer, Cycle cycle, @Nullable UUID unit, Side side) {
        return forms.open(viewer, cycle, unit, side, MOST + 1).size();
    }

    public Start start(Viewer viewer, Cycle cycle, @Nullable UUID unit, Side side) {
        if (!viewer.may(Permission.ENTER_PAPER_FORMS)) {
            access.require(viewer, Permission.RATE_AS_HEAD);
        }
        List<Place> places = forms.open(viewer, cycle, unit, side, MOST + 1);
        if (places.isEmpty()) {
            return new Start.Refused(Reason.of("sheets.print.nobody"));
        }
        if (places.size() > MOST) {
            return new Start.Refused(Reason.of("sheets.print.many", MOST));
        }
        String label = unit == null
                ? cycle.title()
                : cycle.title() + " – "
                        + units.names(viewer.tenantId(), List.of(unit)).getOrDefault(unit, "");
        if (places.size() <= SheetPrintParts.IN_A_PART) {
            SheetPrintParts.Part part = parts.print(viewer, places, label);
            if (part.papers() == 0) {
                return new Start.Refused(part.why());
            }
            transaction.executeWithoutResult(
                    status -> parts.told(viewer, Ids.next(), cycle.id(), label, part.papers()));
            return new Start.Now(part.pdf());
        }
        UUID job = Objects.requireNonNull(transaction.execute(status -> {
            UUID run = Ids.next();
            store.insert(viewer, run, cycle, label, places, clock.instant().truncatedTo(ChronoUnit.MICROS));
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
        Check.that(run.finished() && run.papers() > 0, "a file is fetched when it is finished");
        int count = (run.forms() + SheetPrintParts.IN_A_PART - 1) / SheetPrintParts.IN_A_PART;
        files.join(count, part -> store.part(viewer.tenantId(), runId, part), out);
    }
}
