package vn.chuanmuc.assessments;

import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Forms that have opened, are due soon or overdue are told of. */
@Component
class StageChore implements Chore {
    private final StageLooks looks;

    StageChore(StageLooks looks) {
        this.looks = looks;
    }

    @Override
    public String name() {
        return "assessments.notices";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(15);
    }

    @Override
    public void run() {
        looks.look();
    }
}
