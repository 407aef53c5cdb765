package vn.chuanmuc.inspection;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Recheck;

/** The re-check of a body because somebody asked for it. */
@Component
class Rechecking implements Work {
    static final String KIND = "inspection.recheck";

    private final Recheck recheck;
    private final Inspection inspection;
    private final Accounts accounts;
    private final Access access;
    private final Units units;
    private final TransactionTemplate outside;

    Rechecking(
            Recheck recheck,
            Inspection inspection,
            Accounts accounts,
            Access access,
            Units units,
            PlatformTransactionManager transactions) {
        this.recheck = recheck;
        this.inspection = inspection;
        this.accounts = accounts;
        this.access = access;
        this.units = units;
        this.outside = new TransactionTemplate(transactions);
        this.outside.setPropagationBehavior(TransactionTemplate.PROPAGATION_NOT_SUPPORTED);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Step step(Job job, Progress progress) {
        @Nullable
        Viewer viewer = accounts.acting(job.tenantId(), job.requestedBy()).orElse(null);
        if (viewer == null || !access.covers(viewer, Permission.READ_LEDGER, units.root(job.tenantId()))) {
            return new Step.Refused(Reason.of("inspection.job.recheck.refused"));
        }
        recheck.settle(job.tenantId());
        // Not within the step's own transaction, which would read each table at another moment: what is ordered meanwhile would
        // be called a fault.
        Recheck.Result result = Objects.requireNonNull(
                outside.execute(status -> recheck.run(job.tenantId(), progress::at)));
        inspection.keep(job.tenantId(), job.requestedBy(), result);
        return new Step.Done(
                result.good()
                        ? Reason.of("inspection.job.recheck.good", result.acts())
                        : Reason.of("inspection.job.recheck.bad", result.count()));
    }

    @Override
    public String page(Job job) {
        return "/so-cai";
    }
}
