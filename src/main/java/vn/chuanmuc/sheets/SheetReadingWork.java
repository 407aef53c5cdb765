package vn.chuanmuc.sheets;

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
import vn.chuanmuc.scans.ScannedFiles;
import vn.chuanmuc.sheets.SheetStore.FileRow;
import vn.chuanmuc.sheets.SheetStore.NextPage;

/**
 * Reads the codes of a pile, one page a step; the pages that are written are the checkpoint. A file stays open between the steps of one
 * attempt; another attempt opens it anew and goes on with the first page that is not there.
 */
@Component
class SheetReadingWork implements Work {
    static final String KIND = "sheets.reading";

    private final SheetStore store;
    private final PageFinding finding;
    private final ScannedFiles files;
    private final Accounts accounts;
    private final Access access;
    private final Map<UUID, Held> open = new ConcurrentHashMap<>();

    private record Held(int attempt, UUID file, ScannedFiles.Open source) {}

    SheetReadingWork(SheetStore store, PageFinding finding, ScannedFiles files, Accounts accounts, Access access) {
        this.store = store;
        this.finding = finding;
        this.files = files;
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
        @Nullable SheetPile pile = store.pile(job.tenantId(), job.subject()).orElse(null);
        if (viewer == null || pile == null || !access.covers(viewer, Permission.ENTER_PAPER_FORMS, pile.unitId())) {
            close(job.id());
            return new Step.Refused(Reason.of("sheets.job.refused"));
        }
        store.hold(job.tenantId(), pile.id());
        Optional<NextPage> next = store.nextPage(job.tenantId(), pile.id());
        if (next.isEmpty()) {
            close(job.id());
            return new Step.Done(Reason.of("sheets.job.read", pile.pages()));
        }
        FileRow file = next.get().file();
        int number = next.get().number();
        try {
            finding.keep(viewer, pile.id(), file.id(), number, source(job, file).page(number));
            if (number == file.pages()) {
                store.dropFile(job.tenantId(), file.id());
            }
        } catch (RuntimeException e) {
            close(job.id());
            throw e;
        }
        return new Step.More("", pile.read() + 1L, pile.pages());
    }

    private ScannedFiles.Open source(Job job, FileRow file) {
        Held held = open.get(job.id());
        if (held != null && held.attempt() == job.attempt() && held.file().equals(file.id())) {
            return held.source();
        }
        close(job.id());
        ScannedFiles.Open source = files.open(file.kind(), to -> store.copyFile(job.tenantId(), file.id(), to));
        open.put(job.id(), new Held(job.attempt(), file.id(), source));
        return source;
    }

    private void close(UUID job) {
        Held held = open.remove(job);
        if (held != null) {
            held.source().close();
        }
    }

    @Override
    public String page(Job job) {
        return "/phieu-giay/chong/" + job.subject();
    }

    @Override
    public void ended(Job job) {
        close(job.id());
    }
}
