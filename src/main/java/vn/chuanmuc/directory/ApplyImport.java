package vn.chuanmuc.directory;

import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;

/** Writes a large list: one step, for it is whole or nothing. */
@Component
class ApplyImport implements Work {
    static final String KIND = "directory.import-apply";

    private final ImportStore store;
    private final ImportApplying applying;

    ApplyImport(ImportStore store, ImportApplying applying) {
        this.store = store;
        this.applying = applying;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Step step(Job job, Progress progress) {
        Import of = store.get(job.tenantId(), job.subject());
        return of.state() == PeopleImports.State.APPLYING
                ? applying.step(job, of, progress)
                : new Step.Refused(Reason.of("directory.imports.refused.not-waiting"));
    }

    @Override
    public String page(Job job) {
        return "/can-bo/nhap/" + job.subject();
    }

    @Override
    public void ended(Job job) {
        applying.ended(job);
    }
}
