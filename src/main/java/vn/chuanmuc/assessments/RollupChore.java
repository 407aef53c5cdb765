package vn.chuanmuc.assessments;

import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Figures follow forms within seconds. */
@Component
class RollupChore implements Chore {
    private final Rollups rollups;

    RollupChore(Rollups rollups) {
        this.rollups = rollups;
    }

    @Override
    public String name() {
        return "assessments.rollups";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(3);
    }

    @Override
    public void run() {
        rollups.follow();
    }
}
