package vn.chuanmuc.inspection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Bundles;
import vn.chuanmuc.ledger.Ledger;

/** Writes a bundle: whole or not at all, in one step. */
@Component
class Exporting implements Work {
    static final String KIND = "inspection.export";
    private static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Inspection inspection;
    private final Bundles bundles;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Clock clock;

    Exporting(Inspection inspection, Bundles bundles, Ledger ledger, Accounts accounts, Clock clock) {
        this.inspection = inspection;
        this.bundles = bundles;
        this.ledger = ledger;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Step step(Job job, Progress progress) {
        @Nullable
        Viewer viewer = accounts.acting(job.tenantId(), job.requestedBy()).orElse(null);
        if (viewer == null || !may(viewer, job)) {
            return new Step.Refused(Reason.of("inspection.job.export.refused"));
        }
        Path file = inspection.file(job.tenantId(), job.subject());
        try {
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
            Optional<Bundles.Written> written = bundles.write(
                    job.tenantId(), inspection.scope(job.tenantId(), job.subject()), file, seldom(progress));
            if (written.isEmpty()) {
                return new Step.Refused(Reason.of("inspection.job.export.busy"));
            }
            Files.setLastModifiedTime(file, FileTime.from(clock.instant())); // shown as when it was made
            long acts = written.get().acts();
            ledger.append(new Act(
                    job.tenantId(),
                    "inspection.exported",
                    job.subject(),
                    job.requestedBy(),
                    Map.of("acts", acts, "size", written.get().size())));
            return new Step.Done(Reason.of("inspection.job.export.done", acts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean may(Viewer viewer, Job job) {
        try {
            inspection.requireExport(viewer, job.subject());
            return true;
        } catch (Forbidden e) {
            return false;
        }
    }

    private static Bundles.Told seldom(Progress progress) {
        var last = new long[] {System.nanoTime()};
        return (done, total) -> {
            if (System.nanoTime() - last[0] > TELL_NANOS) {
                progress.at(done, total);
                last[0] = System.nanoTime();
            }
        };
    }

    @Override
    public String page(Job job) {
        return "/so-cai";
    }
}
