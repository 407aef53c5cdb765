package vn.chuanmuc.directory;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Carries out the orders whose day has come, each in a transaction of its own. */
@Component
class TransferChore implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(TransferChore.class);
    private static final int AT_ONCE = 1_000;

    private final UnitStore units;
    private final Transfers transfers;

    TransferChore(UnitStore units, Transfers transfers) {
        this.units = units;
        this.transfers = transfers;
    }

    @Override
    public String name() {
        return "directory.transfers";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        for (UUID tenant : units.tenants()) {
            for (UUID order : transfers.due(tenant, AT_ONCE)) {
                try {
                    transfers.carryOut(tenant, order);
                } catch (RuntimeException e) {
                    LOG.error("transfer {} could not be carried out, goes on with the others", order, e);
                }
            }
        }
    }
}
