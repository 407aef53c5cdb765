package vn.chuanmuc.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class RecheckingTest {
    @Autowired
    Rechecking rechecking;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestBodies bodies;

    /** A step runs in a transaction of its job; the check reads in one of its own, or what is ordered meanwhile is a fault. */
    @Test
    void readsEverythingAsOfOneMomentAlthoughTheJobHasATransactionOpen() {
        var body = bodies.create();
        UUID inspector = body.viewer(Role.INSPECTOR, body.root).accountId();
        Set<@Nullable Integer> isolations = new HashSet<>();
        Step step = transaction.execute(status -> rechecking.step(
                job(body.tenant, inspector),
                (done, total) ->
                        isolations.add(TransactionSynchronizationManager.getCurrentTransactionIsolationLevel())));
        assertThat(isolations).containsExactly(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        assertThat(step).isInstanceOf(Step.Done.class);
    }

    private static Job job(UUID tenant, UUID account) {
        Instant now = Instant.now();
        return new Job(
                tenant,
                Ids.next(),
                Rechecking.KIND,
                tenant,
                "",
                Map.of(),
                Job.State.RUNNING,
                "",
                0,
                0,
                false,
                1,
                null,
                account,
                now,
                now,
                null);
    }
}
