package vn.chuanmuc.directory;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.ImportReading.Read;
import vn.chuanmuc.directory.ImportReading.Reading;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleImports.State;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Reason;

/**
 * Reads a large list, one chunk a step; the rows that are staged are the checkpoint. The file stays open between the steps of one
 * attempt; another attempt opens it anew and goes on behind the last staged row. What another system sent is then applied, when
 * no row is bad.
 */
@Component
class ReadImport implements Work {
    static final String KIND = "directory.import-read";
    private static final String APPLY = "apply";

    private final ImportStore store;
    private final ImportReading reading;
    private final ImportApplying applying;
    private final Map<UUID, Open> open = new ConcurrentHashMap<>();

    private record Open(int attempt, Reading reading) {}

    ReadImport(ImportStore store, ImportReading reading, ImportApplying applying) {
        this.store = store;
        this.reading = reading;
        this.applying = applying;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Step step(Job job, Progress progress) {
        Import of = store.get(job.tenantId(), job.subject());
        if (job.progress().equals(APPLY)) {
            return apply(job, of, progress);
        }
        if (!applying.mayGoOn(job, of)) {
            return new Step.Refused(Reason.of("directory.imports.refused.authority"));
        }
        try {
            return read(job, of);
        } catch (RuntimeException e) {
            close(job.id());
            throw e;
        }
    }

    private Step read(Job job, Import of) {
        Open held = open.compute(job.id(), (id, before) -> {
            if (before != null && before.attempt() == job.attempt()) {
                return before;
            }
            if (before != null) {
                before.reading().close();
            }
            return new Open(job.attempt(), reading.open(of));
        });
        Read came = held.reading().next();
        if (came instanceof Read.More(var row)) {
            Check.that(store.readTo(of.tenantId(), of.id(), row), "one job reads a list");
            return new Step.More(Integer.toString(row), held.reading().people(), 0);
        }
        int people = held.reading().people();
        close(job.id());
        if (came instanceof Read.Refused(var why)) {
            return new Step.Refused(why);
        }
        Check.that(store.move(of.tenantId(), of.id(), List.of(State.READING), State.READ), "one job reads a list");
        Import read = store.get(of.tenantId(), of.id());
        return read.automatic() && read.bad() == 0
                ? new Step.More(APPLY, 0, people)
                : new Step.Done(Reason.of("directory.imports.told.read", read.good(), read.bad()));
    }

    private Step apply(Job job, Import of, Progress progress) {
        if (!store.claim(of.tenantId(), of.id(), PeopleImports.suggested(of))) {
            return new Step.Refused(Reason.of("directory.imports.refused.not-waiting"));
        }
        return applying.step(job, store.get(of.tenantId(), of.id()), progress);
    }

    private void close(UUID job) {
        Open held = open.remove(job);
        if (held != null) {
            held.reading().close();
        }
    }

    @Override
    public String page(Job job) {
        return "/can-bo/nhap/" + job.subject();
    }

    @Override
    public void ended(Job job) {
        close(job.id());
        if (job.progress().equals(APPLY)) {
            applying.ended(job);
            return;
        }
        boolean gone = job.state() == Job.State.CANCELLED
                ? store.move(job.tenantId(), job.subject(), List.of(State.READING), State.DROPPED)
                : store.unreadable(job.tenantId(), job.subject(), ImportApplying.failed(job));
        if (gone) {
            store.clear(job.tenantId(), job.subject());
        }
    }
}
