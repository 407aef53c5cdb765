package vn.chuanmuc.inspection;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.ledger.Recheck;

/** Every night every body is checked once; a machine that slept does it when it wakes. */
@Component
class Nightly implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);
    private static final Duration LATE = Duration.ofHours(36);

    private final Recheck recheck;
    private final Inspection inspection;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final int hour;

    Nightly(
            Recheck recheck,
            Inspection inspection,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${chuanmuc.ledger.recheck-hour:2}") int hour) {
        this.recheck = recheck;
        this.inspection = inspection;
        this.transaction = transaction;
        this.clock = clock;
        this.hour = hour;
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

    /** In the hour that is set, once a day; at any hour when more than a night was missed. */
    private boolean due(UUID tenantId) {
        var last = inspection.lastCheck(tenantId).map(Inspection.Checked::at);
        if (last.isPresent() && last.get().plus(LATE).isBefore(clock.instant())) {
            return true;
        }
        boolean today = last.map(at -> LocalDate.ofInstant(at, clock.getZone()).equals(LocalDate.now(clock)))
                .orElse(false);
        return LocalTime.now(clock).getHour() == hour && !today;
    }

    void check(UUID tenantId) {
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
