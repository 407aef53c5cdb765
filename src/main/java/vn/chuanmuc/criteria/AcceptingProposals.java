package vn.chuanmuc.criteria;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;

/** Decides as proposed for more people than one request should wait for: some units at a time, gone on with after a stop. */
@Component
class AcceptingProposals implements Work {
    private static final String KIND = "criteria.accept-proposals";
    private static final String DECISION = "decision";
    private static final String UNITS = "units";
    private static final String PEOPLE = "people";

    private final Applicability applicability;
    private final Accounts accounts;
    private final Access access;

    AcceptingProposals(Applicability applicability, Accounts accounts, Access access) {
        this.applicability = applicability;
        this.accounts = accounts;
        this.access = access;
    }

    /** @param people how many there are to decide for, as far as is known */
    static Jobs.Request request(Viewer viewer, UUID decisionId, String label, List<UUID> units, long people) {
        return new Jobs.Request(
                viewer.tenantId(),
                viewer.accountId(),
                KIND,
                units.getFirst(),
                label,
                Map.of(
                        DECISION,
                        decisionId.toString(),
                        UNITS,
                        units.stream().map(UUID::toString).collect(Collectors.joining(",")),
                        PEOPLE,
                        String.valueOf(people)));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Step step(Job job, Progress progress) {
        List<UUID> units = Arrays.stream(job.parameter(UNITS).split(","))
                .map(UUID::fromString)
                .toList();
        @Nullable
        Viewer viewer = accounts.acting(job.tenantId(), job.requestedBy()).orElse(null);
        if (viewer == null || units.stream().anyMatch(unit -> !access.covers(viewer, Permission.DECIDE_SETS, unit))) {
            return new Step.Refused(Reason.of("criteria.job.accept-proposals.refused"));
        }
        UUID after = job.progress().isEmpty() ? null : UUID.fromString(job.progress());
        var accepted = applicability.acceptSome(viewer, UUID.fromString(job.parameter(DECISION)), units, after);
        long done = job.done() + accepted.people();
        UUID upTo = accepted.upTo();
        return upTo == null
                ? new Step.Done(Reason.of("criteria.job.accept-proposals.done", done))
                : new Step.More(upTo.toString(), done, Math.max(done, Long.parseLong(job.parameter(PEOPLE))));
    }

    @Override
    public String page(Job job) {
        return "/can-bo/bo-tieu-chi?van-ban=" + job.parameter(DECISION);
    }
}
