package vn.chuanmuc.inspection;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.ledger.Recheck;

/** Every night every body is checked once; a new one soon after its first act, and a machine that slept when it wakes. */
@Component
class Nightly implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);

    private final Recheck recheck;
    private final Inspection inspection;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Nightly(Recheck recheck, Inspection inspection, TransactionTemplate transaction, Clock clock) {
        this.recheck = recheck;
        this.inspection = inspection;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "inspection.nightly";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(20);
    }

    @Override
    public void run() {
        for (UUID tenant : recheck.bodies()) {
            if (!due(tenant)) {
                continue;
            }
            try {
                check(tenant);
            } catch (RuntimeException e) {
                LOG.error("The re-check of body {} broke off", tenant, e);
            }
        }
    }

    private boolean due(UUID tenantId) {
        return inspection
                .nextCheck(tenantId)
                .filter(at -> !at.isAfter(clock.instant()))
                .isPresent();
    }

    void check(UUID tenantId) {
        recheck.settle(tenantId);
        Recheck.Result result = recheck.run(tenantId, (done, total) -> {});
        transaction.executeWithoutResult(status -> inspection.keep(tenantId, Inspection.NOBODY, result));
        if (!result.good()) {
            LOG.error(
                    "The re-check of body {} found {} faults, the first: {}",
                    tenantId,
                    result.count(),
                    result.faults().getFirst());
        }
    }
}
