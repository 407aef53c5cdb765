package vn.chuanmuc.campaigns;

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

/** Opens a campaign of more people than one request should wait for: whole or not at all, in one step. */
@Component
class Launching implements Work {
    static final String KIND = "campaigns.launch";

    private final Campaigns campaigns;
    private final Accounts accounts;
    private final Access access;

    Launching(Campaigns campaigns, Accounts accounts, Access access) {
        this.campaigns = campaigns;
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
        if (viewer == null
                || !access.covers(
                        viewer,
                        Permission.RUN_CAMPAIGN,
                        campaigns.get(job.tenantId(), job.subject()).receiverUnit())) {
            return new Step.Refused(Reason.of("campaigns.job.launch.refused"));
        }
        return switch (campaigns.open(viewer, job.subject(), progress).orElse(null)) {
            case null -> new Step.Refused(Reason.of("campaigns.job.launch.moved"));
            case Campaigns.Launch.Moved moved -> new Step.Refused(Reason.of("campaigns.job.launch.moved"));
            case Campaigns.Launch.Launched(int people) -> new Step.Done(Reason.of("campaigns.job.launch.done", people));
            case Campaigns.Launch.Later later -> throw new IllegalStateException("a job opens by itself");
            case Campaigns.Launch.Refused refused -> new Step.Refused(Reason.of("campaigns.job.launch.gates"));
        };
    }

    @Override
    public String page(Job job) {
        return "/dot/" + job.subject();
    }
}
