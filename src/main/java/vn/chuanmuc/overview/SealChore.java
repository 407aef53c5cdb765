package vn.chuanmuc.overview;

import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** What may be shown of a cycle is written down soon after it was closed. */
@Component
class SealChore implements Chore {
    private final Seals seals;

    SealChore(Seals seals) {
        this.seals = seals;
    }

    @Override
    public String name() {
        return "overview.seals";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void run() {
        seals.sealClosed();
    }
}
