package vn.chuanmuc.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Job.State;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.testing.ProductTest;

@ProductTest
class JobsTest {
    @Autowired
    Jobs jobs;

    @Autowired
    JobStore store;

    @Autowired
    CountingWork work;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final UUID tenant = UUID.randomUUID();
    private final UUID account = UUID.randomUUID();

    private Jobs.Request request(String label) {
        return new Jobs.Request(tenant, account, CountingWork.KIND, UUID.randomUUID(), label, Map.of("to", "3"));
    }

    private Job ended(UUID id) throws InterruptedException {
        return until(id, false);
    }

    private Job until(UUID id, boolean running) throws InterruptedException {
        Instant patience = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(patience)) {
            Job job = jobs.find(tenant, id).orElseThrow();
            if (running ? job.state() == State.RUNNING : !job.live()) {
                return job;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("still " + jobs.find(tenant, id));
    }

    @Test
    void goesOnWhereTheLastStepEnded() throws InterruptedException {
        var seen = new java.util.concurrent.ConcurrentLinkedQueue<String>();
        work.scripts.put("steps", (job, progress) -> {
            seen.add(job.progress());
            int at = job.progress().isEmpty() ? 0 : Integer.parseInt(job.progress());
            return at == Integer.parseInt(job.parameter("to"))
                    ? new Step.Done(Reason.of("jobs.state.done", at))
                    : new Step.More(Integer.toString(at + 1), at + 1, 3);
        });
        Job job = ended(jobs.start(request("steps")));
        assertThat(seen).containsExactly("", "1", "2", "3");
        assertThat(job.state()).isEqualTo(State.DONE);
        assertThat(job.done()).isEqualTo(3);
        assertThat(job.outcome()).isEqualTo(Reason.of("jobs.state.done", 3L));
        assertThat(work.ended).doesNotContainKey("steps");
    }

    @Test
    void askedForManyTimesAtOnceItIsDoneOnce() throws Exception {
        var runs = new AtomicInteger();
        var release = new CountDownLatch(1);
        work.scripts.put("once", (job, progress) -> {
            runs.incrementAndGet();
            await(release);
            return new Step.Done(Reason.of("jobs.state.done"));
        });
        Jobs.Request request = request("once");
        Set<UUID> ids = new HashSet<>();
        try (var people = Executors.newFixedThreadPool(8)) {
            var asked = people.invokeAll(
                    java.util.Collections.<java.util.concurrent.Callable<UUID>>nCopies(16, () -> jobs.start(request)));
            for (var one : asked) {
                ids.add(one.get());
            }
        }
        assertThat(ids).hasSize(1);
        release.countDown();
        assertThat(ended(ids.iterator().next()).state()).isEqualTo(State.DONE);
        assertThat(runs).hasValue(1);
        assertThat(jobs.start(request))
                .as("once it has ended it may be asked for again")
                .isNotIn(ids);
    }

    @Test
    void isForgottenWithTheTransactionThatAskedForIt() throws InterruptedException {
        UUID id = transaction.execute(status -> {
            status.setRollbackOnly();
            return jobs.start(request("never"));
        });
        assertThat(id).isNotNull();
        assertThat(jobs.find(tenant, id)).isEmpty();
        assertThat(jdbc.sql("select count(*) from jobs.scheduled_tasks where task_instance like '%' || ?")
                        .param(id.toString())
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isZero();
    }

    @Test
    void cancellingUndoesTheStepThatRuns() throws InterruptedException {
        work.scripts.put("cancelled", (job, progress) -> {
            jdbc.sql("update jobs.job set label = 'changed' where tenant_id = ? and id = ?")
                    .params(UUID.randomUUID(), job.id())
                    .update();
            for (long i = 0; ; i++) {
                progress.at(i, 1_000_000);
                sleep();
            }
        });
        UUID id = jobs.start(request("cancelled"));
        Job running = until(id, true);
        assertThat(running.attempt()).isEqualTo(1);
        assertThat(jobs.cancel(tenant, id)).isTrue();
        assertThat(jobs.cancel(tenant, id)).as("a second click").isFalse();
        Job job = ended(id);
        assertThat(job.state()).isEqualTo(State.CANCELLED);
        assertThat(work.ended.values()).anyMatch(one -> one.id().equals(id) && one.state() == State.CANCELLED);
    }

    @Test
    void aRefusalIsToldAndItsStepUndone() throws InterruptedException {
        UUID other = jobs.start(request("other"));
        work.scripts.put("refused", (job, progress) -> {
            jobs.cancel(tenant, other);
            return new Step.Refused(Reason.of("jobs.hint.failed", "vì lý do"));
        });
        work.scripts.put("other", (job, progress) -> {
            sleep();
            return new Step.More(job.progress(), 0, 0);
        });
        Job job = ended(jobs.start(request("refused")));
        assertThat(job.state()).isEqualTo(State.REFUSED);
        assertThat(job.outcome()).isEqualTo(Reason.of("jobs.hint.failed", "vì lý do"));
        assertThat(jobs.find(tenant, other).orElseThrow().cancelling()).isFalse();
        jobs.cancel(tenant, other);
        ended(other);
    }

    @Test
    void aBrokenStepEndsTheJobAndAPassingTroubleDoesNot() throws InterruptedException {
        work.scripts.put("broken", (job, progress) -> {
            throw new IllegalStateException("on purpose");
        });
        assertThat(ended(jobs.start(request("broken"))).state()).isEqualTo(State.FAILED);
        work.scripts.put("passing", (job, progress) -> {
            if (job.attempt() < 2) {
                throw new CannotAcquireLockException("on purpose");
            }
            return new Step.Done(Reason.of("jobs.state.done"));
        });
        Job job = ended(jobs.start(request("passing")));
        assertThat(job.state()).isEqualTo(State.DONE);
        assertThat(job.attempt()).isEqualTo(2);
    }

    /** An attempt that was thought dead wakes up: what it still writes is undone. */
    @Test
    void anOlderAttemptCanNoLongerWrite() throws InterruptedException {
        var release = new CountDownLatch(1);
        var runs = new AtomicInteger();
        work.scripts.put("overtaken", (job, progress) -> {
            runs.incrementAndGet();
            await(release);
            return new Step.Done(Reason.of("jobs.state.done"));
        });
        UUID id = jobs.start(request("overtaken"));
        until(id, true);
        Job newer = store.attempt(tenant, id, Instant.now()).orElseThrow();
        release.countDown();
        Thread.sleep(300);
        assertThat(jobs.find(tenant, id).orElseThrow().live()).isTrue();
        assertThat(store.end(newer, State.DONE, null, Instant.now())).isTrue();
        assertThat(runs).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
