package vn.chuanmuc.jobs;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Ids;

/** Long work: asked for in the caller's transaction, done soon after by any running instance. */
@Component
public class Jobs {
    private static final int MOST_LISTED = 50;

    private final JobStore store;
    private final JobRunner runner;
    private final Clock clock;

    Jobs(JobStore store, JobRunner runner, Clock clock) {
        this.store = store;
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * @param kind see {@link Work#kind()}
     * @param subject the record to work on; one live job of a kind per record
     * @param label names the record for people; at most 300 characters are kept
     */
    public record Request(
            UUID tenantId, UUID requestedBy, String kind, UUID subject, String label, Map<String, String> parameters) {
        public Request {
            label = label.substring(0, Math.min(label.length(), 300));
        }
    }

    /**
     * Asks for the work; it begins once the caller's transaction is committed. Asked for twice, it is done once: the live job
     * is returned.
     */
    @Transactional(propagation = Propagation.REQUIRED)
    public UUID start(Request request) {
        runner.requireKnown(request.kind());
        UUID id = Ids.next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        while (!store.insert(request, id, now)) {
            Optional<Job> live = store.live(request.tenantId(), request.kind(), request.subject());
            if (live.isPresent()) {
                return live.get().id();
            }
        }
        runner.enqueue(request.tenantId(), id);
        return id;
    }

    public Optional<Job> find(UUID tenantId, UUID id) {
        return store.find(tenantId, id);
    }

    /** The job of this kind that waits or runs for the record. */
    public Optional<Job> live(UUID tenantId, String kind, UUID subject) {
        return store.live(tenantId, kind, subject);
    }

    /** What an account asked for, the newest first; at most 50. */
    public List<Job> of(UUID tenantId, UUID accountId) {
        return store.of(tenantId, accountId, MOST_LISTED);
    }

    /** Asks a job to stop: it does so after its running step, or in the midst of one that tells its progress. */
    public boolean cancel(UUID tenantId, UUID id) {
        return store.cancel(tenantId, id);
    }

    /** Where people see what came of a job. */
    public String page(Job job) {
        return runner.work(job.kind()).page(job);
    }
}
