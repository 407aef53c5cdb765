package vn.chuanmuc.ledger;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Orders every body's entries, seconds after they are written. */
@Component
class Sequencing implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencing.class);

    private final LeafStore store;
    private final Sequencer sequencer;
    private final Stamping stamping;

    Sequencing(LeafStore store, Sequencer sequencer, Stamping stamping) {
        this.store = store;
        this.sequencer = sequencer;
        this.stamping = stamping;
    }

    @Override
    public String name() {
        return "ledger.sequencing";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() {
        for (UUID tenant : store.tenants()) {
            try {
                sequencer.sequence(tenant);
                stamping.stamp(tenant);
            } catch (RuntimeException e) {
                LOG.error("The entries of body {} could not be ordered, goes on with the others", tenant, e);
            }
        }
    }
}
