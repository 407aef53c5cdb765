package vn.chuanmuc.sheets;

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
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.PaperForms;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.assessments.PaperForms.Side;
import vn.chuanmuc.directory.Units;
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
import vn.chuanmuc.sheets.SheetPapers.Issuing;

/**
 * The blank forms of many people in one file for the printer. A few are made at once; more are a job, part by part: each part is the PDF
 * of some forms, kept until the file is fetched and put together on the way out, so that memory is bounded by one part.
 */
@Component
public class SheetPrints {
    static final String WORK = "sheets.print";
    static final Duration KEPT = Duration.ofDays(7);

    /** Laid out together they need memory: so many are one part, and one part is made at a time. */
    private static final int IN_A_PART = 20;

    private static final int MOST = 20_000;
    private static final Semaphore ONE = new Semaphore(1, true);

    private final SheetPrintStore store;
    private final SheetPapers papers;
    private final PaperForms forms;
    private final Units units;
    private final Access access;
    private final Jobs jobs;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SheetPrints(
            SheetPrintStore store,
            SheetPapers papers,
            PaperForms forms,
            Units units,
            Access access,
            Jobs jobs,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.papers = papers;
        this.forms = forms;
        this.units = units;
        this.access = access;
        this.jobs = jobs;
        this.ledger = ledger;
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
        return IN_A_PART;
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
        if (places.size() <= IN_A_PART) {
            Part part = print(viewer, places, label);
            if (part.papers() == 0) {
                return new Start.Refused(part.why());
            }
            transaction.executeWithoutResult(
                    status -> told(viewer, Ids.next(), cycle.id(), label, part.papers()));
            return new Start.Now(part.pdf());
        }
        UUID job = Objects.requireNonNull(transaction.execute(status -> {
            UUID run = Ids.next();
            store.insert(viewer, run, cycle, label, places, clock.instant().truncatedTo(ChronoUnit.MICROS));
            return jobs.start(new Jobs.Request(viewer.tenantId(), viewer.accountId(), WORK, run, label, Map.of()));
        }));
        return new Start.Later(job);
    }

    private record Part(byte[] pdf, int papers, int skipped, Reason why) {}

    private Part print(Viewer viewer, List<Place> places, String label) {
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
        return new Part(bytes.toByteArray(), letters.size(), places.size() - letters.size(), why);
    }

    private void told(Viewer viewer, UUID run, UUID cycle, String label, int count) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", cycle.toString());
        facts.put("label", label);
        facts.put("papers", count);
        ledger.append(new Act(viewer.tenantId(), "sheets.printed", run, viewer.accountId(), facts));
    }

    /** Prints the next part of a run in the open transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Run advance(Viewer viewer, UUID runId) {
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
        ONE.acquireUninterruptibly();
        try (var bundle = new PdfBundle(out)) {
            for (int part = 1; part <= (run.forms() + IN_A_PART - 1) / IN_A_PART; part++) {
                byte[] pdf = store.part(viewer.tenantId(), runId, part);
                if (pdf.length > 0) {
                    bundle.add(pdf);
                }
            }
        } finally {
            ONE.release();
        }
    }
}
