package vn.chuanmuc.scans;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.scans.ScanStore.FileRow;
import vn.chuanmuc.scans.ScanStore.NextPage;

/**
 * Reads a pile, one page a step; the pages that are written are the checkpoint. A file stays open between the steps of one attempt;
 * another attempt opens it anew and goes on with the first page that is not there.
 */
@Component
class ReadingWork implements Work {
    static final String KIND = "scans.reading";

    private final ScanStore store;
    private final PageReading reading;
    private final Accounts accounts;
    private final Access access;
    private final Map<UUID, Open> open = new ConcurrentHashMap<>();

    private record Open(int attempt, UUID file, PageSource source) {}

    ReadingWork(ScanStore store, PageReading reading, Accounts accounts, Access access) {
        this.store = store;
        this.reading = reading;
        this.accounts = accounts;
        this.access = access;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Step step(Job job, Progress progress) {
        @Nullable
        Viewer viewer = accounts.acting(job.tenantId(), job.requestedBy()).orElse(null);
        @Nullable Pile pile = store.pile(job.tenantId(), job.subject()).orElse(null);
        if (viewer == null
                || pile == null
                || !access.covers(viewer, Permission.RECORD_PAPER_SIGNATURE, pile.unitId())) {
            close(job.id());
            return new Step.Refused(Reason.of("scans.job.refused"));
        }
        if (!store.shareOpen(job.tenantId(), pile.id())) {
            close(job.id());
            return new Step.Refused(Reason.of("scans.job.finished"));
        }
        Optional<NextPage> next = store.nextPage(job.tenantId(), pile.id());
        if (next.isEmpty()) {
            close(job.id());
            return new Step.Done(Reason.of("scans.job.read", pile.pages()));
        }
        try {
            PageSource source = source(job, pile.id(), next.get().fileId());
            reading.read(
                    job.tenantId(), pile.id(), next.get().fileId(), next.get().number(), source);
        } catch (RuntimeException e) {
            close(job.id());
            throw e;
        }
        return new Step.More("", pile.read() + 1L, pile.pages());
    }

    private PageSource source(Job job, UUID pile, UUID fileId) {
        Open held = open.get(job.id());
        if (held != null && held.attempt() == job.attempt() && held.file().equals(fileId)) {
            return held.source();
        }
        close(job.id());
        FileRow file = store.files(job.tenantId(), pile).stream()
                .filter(one -> one.id().equals(fileId))
                .findFirst()
                .orElseThrow();
        try {
            PageSource source = store.open(job.tenantId(), file);
            open.put(job.id(), new Open(job.attempt(), fileId, source));
            return source;
        } catch (Unreadable e) {
            // It was readable when it came: what is kept is not what came.
            throw new IllegalStateException("file " + fileId + " cannot be opened: " + e.code(), e);
        }
    }

    private void close(UUID job) {
        Open held = open.remove(job);
        if (held != null) {
            held.source().close();
        }
    }

    @Override
    public String page(Job job) {
        return "/ban-quet/" + job.subject();
    }

    @Override
    public void ended(Job job) {
        close(job.id());
    }
}
