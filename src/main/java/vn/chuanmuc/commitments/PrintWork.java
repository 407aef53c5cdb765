package vn.chuanmuc.commitments;

import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;

/** Prints the papers of many people, a part a step. */
@Component
class PrintWork implements Work {
    private final PrintParts parts;
    private final Accounts accounts;

    PrintWork(PrintParts parts, Accounts accounts) {
        this.parts = parts;
        this.accounts = accounts;
    }

    @Override
    public String kind() {
        return PrintRuns.WORK;
    }

    @Override
    public Step step(Job job, Progress progress) {
        Viewer viewer = accounts.acting(job.tenantId(), job.requestedBy()).orElse(null);
        if (viewer == null || !viewer.may(Permission.PRINT_COMMITMENTS)) {
            return new Step.Refused(Reason.of("commitments.job.print.refused"));
        }
        PrintRuns.Run run = parts.advance(viewer, job.subject());
        return run.finished()
                ? new Step.Done(Reason.of("commitments.job.print.done", run.papers(), run.skipped()))
                : new Step.More("", run.done(), run.people());
    }

    @Override
    public String page(Job job) {
        return "/cam-ket/in/ket-qua/" + job.subject();
    }
}
