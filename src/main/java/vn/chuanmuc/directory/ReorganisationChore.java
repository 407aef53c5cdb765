package vn.chuanmuc.directory;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Carries out what is approved once its day has come. What does not hold any more waits, and says so on its page. */
@Component
class ReorganisationChore implements Chore {
    private static final Logger log = LoggerFactory.getLogger(ReorganisationChore.class);

    private final Reorganisations reorganisations;

    ReorganisationChore(Reorganisations reorganisations) {
        this.reorganisations = reorganisations;
    }

    @Override
    public String name() {
        return "directory.reorganisations";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        for (ReorganisationStore.Due due : reorganisations.due()) {
            try {
                reorganisations.carryOut(due.tenantId(), due.id());
            } catch (RuntimeException e) {
                // the next one belongs to another body and must not wait for this one
                log.error("re-organisation {} of {} failed", due.id(), due.tenantId(), e);
            }
        }
    }
}
