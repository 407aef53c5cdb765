package vn.chuanmuc.assessments;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;

/** Makes the forms of a large roster, part by part; after a stop it goes on behind the last part. */
@Component
class CreationWork implements Work {
    static final String KIND = "assessments.create";

    private final Cycles cycles;
    private final Campaigns campaigns;
    private final Accounts accounts;
    private final Access access;

    CreationWork(Cycles cycles, Campaigns campaigns, Accounts accounts, Access access) {
        this.cycles = cycles;
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
        Cycle cycle = cycles.find(job.tenantId(), job.subject()).orElseThrow();
        if (viewer == null || !access.covers(viewer, Permission.RUN_CYCLE, cycle.unitId())) {
            return new Step.Refused(Reason.of("assessments.job.create.refused"));
        }
        if (cycle.state() != Cycle.State.CREATING) {
            return new Step.Refused(Reason.of("assessments.job.create.moved"));
        }
        UUID after = job.progress().isEmpty() ? null : UUID.fromString(job.progress());
        Optional<FormCreation.Part> part = cycles.next(job.tenantId(), job.subject(), after);
        if (part.isEmpty()) {
            Cycle opened = cycles.finish(job.tenantId(), job.requestedBy(), job.subject());
            return new Step.Done(Reason.of(
                    "assessments.job.create.done",
                    opened.forms() == null ? 0 : opened.forms(),
                    opened.notAssessed() == null ? 0 : opened.notAssessed()));
        }
        long total = campaigns
                .frozen(job.tenantId(), cycle.campaignId())
                .map(Campaigns.Frozen::people)
                .orElse(0);
        long done = job.done() + part.get().people();
        return new Step.More(String.valueOf(part.get().last()), done, Math.max(total, done));
    }

    @Override
    public String page(Job job) {
        return "/danh-gia/dot/" + job.subject();
    }

    @Override
    public void ended(Job job) {
        cycles.giveUp(job.tenantId(), job.subject());
    }
}
