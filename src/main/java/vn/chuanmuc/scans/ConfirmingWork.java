package vn.chuanmuc.scans;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;

/** Confirms the papers a clerk has looked at, one a step: each is whole or not at all. */
@Component
class ConfirmingWork implements Work {
    static final String KIND = "scans.confirming";
    /** Parameters: papers as {@code id/version}, one after the other with blanks; the day on them. */
    static final String PAPERS = "papers";

    static final String DAY = "day";

    private final PaperConfirming confirming;
    private final Accounts accounts;

    ConfirmingWork(PaperConfirming confirming, Accounts accounts) {
        this.confirming = confirming;
        this.accounts = accounts;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Step step(Job job, Progress progress) {
        @Nullable
        Viewer viewer = accounts.acting(job.tenantId(), job.requestedBy()).orElse(null);
        if (viewer == null) {
            return new Step.Refused(Reason.of("scans.job.refused"));
        }
        String[] papers = job.parameter(PAPERS).split(" ");
        String[] done = job.progress().isEmpty()
                ? new String[] {"0", "0"}
                : job.progress().split(" ");
        int at = Integer.parseInt(done[0]);
        int refused = Integer.parseInt(done[1]);
        if (at == papers.length) {
            return new Step.Done(
                    refused == 0
                            ? Reason.of("scans.job.confirmed", at)
                            : Reason.of("scans.job.confirmed-some", at - refused, refused));
        }
        String[] paper = papers[at].split("/");
        Scans.Confirming came = confirming.confirm(
                viewer,
                job.subject(),
                UUID.fromString(paper[0]),
                Integer.parseInt(paper[1]),
                LocalDate.parse(job.parameter(DAY)));
        if (came instanceof Scans.Confirming.Refused) {
            refused++;
        }
        return new Step.More((at + 1) + " " + refused, at + 1L, papers.length);
    }

    @Override
    public String page(Job job) {
        return "/ban-quet/" + job.subject();
    }
}
