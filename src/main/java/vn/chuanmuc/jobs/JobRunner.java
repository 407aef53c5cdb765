package vn.chuanmuc.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Job.State;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.platform.DatabaseLoss;

/**
 * Runs jobs step by step. The queue is db-scheduler's: one instance at a time holds a job, another takes over when its
 * heartbeat stops. Chores come back in the same queue. What an attempt writes, it writes in transactions that end by asking whether it is still the newest one.
 */
@Component
class JobRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final int THREADS = 4;
    private static final int TRIES = 3;
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration POLLING = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED = 4;
    private static final Duration STOPPING = Duration.ofSeconds(20);

    private final JobStore store;
    private final Map<String, Work> works;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate aside;
    private final DataSource source;
    private final OneTimeTask<Void> task;
    private final List<RecurringTask<Void>> chores;
    private @Nullable Scheduler scheduler;

    JobRunner(
            JobStore store,
            List<Work> works,
            List<Chore> chores,
            Clock clock,
            PlatformTransactionManager transactions,
            DataSource source) {
        this.store = store;
        this.works = works.stream().collect(Collectors.toUnmodifiableMap(Work::kind, Function.identity()));
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.aside = new TransactionTemplate(transactions);
        this.aside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.source = source;
        this.task = Tasks.oneTime("job")
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AGAIN))
                .onDeadExecutionRevive()
                .execute(this::execute);
        this.chores = chores.stream()
                .map(chore -> Tasks.recurring(chore.name(), FixedDelay.of(chore.pause()))
                        .execute((instance, context) -> chore.run()))
                .toList();
    }

    Work work(String kind) {
        return Objects.requireNonNull(works.get(kind), () -> "no work " + kind);
    }

    void requireKnown(String kind) {
        work(kind);
    }

    /** In the caller's transaction: job and queue entry are there together or not at all. */
    void enqueue(UUID tenantId, UUID id) {
        Scheduler queue = Objects.requireNonNull(scheduler, "not started");
        // By the machine's clock, as the queue itself goes: the injected one may stand in another year (sample mode).
        queue.scheduleIfNotExists(task.instance(tenantId + " " + id), Instant.now());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                queue.triggerCheckForDueExecutions();
            }
        });
    }

    private void execute(TaskInstance<Void> instance, ExecutionContext context) {
        String[] ids = instance.getId().split(" ");
        var started = aside.execute(
                status -> store.attempt(UUID.fromString(ids[0]), UUID.fromString(ids[1]), clock.instant()));
        if (started == null || started.isEmpty()) {
            return; // ended already
        }
        Job job = started.get();
        try {
            while (job.live()) {
                if (context.getSchedulerState().isShuttingDown()) {
                    throw new Stopping();
                }
                job = step(job);
            }
        } catch (TakenOver e) {
            log.warn("Attempt {} at job {} was taken over", job.attempt(), job.id());
        }
    }

    /** One step and what it came to, committed together. */
    private Job step(Job job) {
        Work work = work(job.kind());
        try {
            if (store.find(job.tenantId(), job.id()).orElseThrow().cancelling()) {
                throw new Cancelled();
            }
            transaction.executeWithoutResult(status -> {
                switch (work.step(job, (done, total) -> tell(job, done, total))) {
                    case Step.More more -> hold(store.advance(job, more));
                    case Step.Done(var told) -> hold(store.end(job, State.DONE, told, clock.instant()));
                    case Step.Refused(var why) -> throw new RefusedStep(why);
                }
            });
        } catch (Cancelled e) {
            end(work, job, State.CANCELLED, null);
        } catch (RefusedStep e) {
            end(work, job, State.REFUSED, e.why);
        } catch (TakenOver | Stopping e) {
            throw e;
        } catch (RuntimeException e) {
            if (passing(e) && job.attempt() < TRIES) {
                throw e; // the queue tries again in a while
            }
            log.error("Job {} ({}) failed", job.id(), job.kind(), e);
            end(work, job, State.FAILED, null);
        }
        return store.find(job.tenantId(), job.id()).orElseThrow();
    }

    private void end(Work work, Job job, State state, @Nullable Reason outcome) {
        aside.executeWithoutResult(status -> {
            hold(store.end(job, state, outcome, clock.instant()));
            work.ended(store.find(job.tenantId(), job.id()).orElseThrow());
        });
    }

    private void tell(Job job, long done, long total) {
        if (!Boolean.TRUE.equals(aside.execute(status -> store.beat(job, done, total)))) {
            throw store.find(job.tenantId(), job.id())
                            .filter(now -> now.cancelling() && now.attempt() == job.attempt())
                            .isPresent()
                    ? new Cancelled()
                    : new TakenOver();
        }
    }

    private static void hold(boolean still) {
        if (!still) {
            throw new TakenOver();
        }
    }

    private static boolean passing(RuntimeException e) {
        return e instanceof TransientDataAccessException || DatabaseLoss.in(e);
    }

    private static final class Cancelled extends RuntimeException {}

    private static final class TakenOver extends RuntimeException {}

    /** The product is being stopped; the job goes on behind its last step after the next start. */
    private static final class Stopping extends RuntimeException {}

    private static final class RefusedStep extends RuntimeException {
        private final transient Reason why;

        RefusedStep(Reason why) {
            this.why = why;
        }
    }

    @Override
    public void start() {
        // Joins the caller's transaction when there is one.
        Scheduler queue = Scheduler.create(new TransactionAwareDataSourceProxy(source), task)
                .startTasks(chores)
                .tableName("jobs.scheduled_tasks")
                .threads(THREADS)
                .pollingInterval(POLLING)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED)
                .shutdownMaxWait(STOPPING)
                .build();
        queue.start();
        scheduler = queue;
    }

    @Override
    public void stop() {
        Scheduler queue = scheduler;
        if (queue != null) {
            queue.stop();
            scheduler = null;
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }
}
