package vn.chuanmuc.sheets;

import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;

/** Prints the blank forms of many people, a part a step. */
@Component
class SheetPrintWork implements Work {
    private final SheetPrintParts parts;
    private final Accounts accounts;

    SheetPrintWork(SheetPrintParts parts, Accounts accounts) {
        this.parts = parts;
        this.accounts = accounts;
    }

    @Override
    public String kind() {
        return SheetPrints.WORK;
    }

    @Override
    public Step step(Job job, Progress progress) {
        Viewer viewer = accounts.acting(job.tenantId(), job.requestedBy()).orElse(null);
        if (viewer == null || !viewer.may(Permission.ENTER_PAPER_FORMS) && !viewer.may(Permission.RATE_AS_HEAD)) {
            return new Step.Refused(Reason.of("sheets.job.refused"));
        }
        SheetPrints.Run run = parts.advance(viewer, job.subject());
        return run.finished()
                ? new Step.Done(Reason.of("sheets.job.printed", run.papers(), run.skipped()))
                : new Step.More("", run.done(), run.forms());
    }

    @Override
    public String page(Job job) {
        return "/phieu-giay/in/ket-qua/" + job.subject();
    }
}
