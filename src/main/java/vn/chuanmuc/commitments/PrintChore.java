package vn.chuanmuc.commitments;

import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.chuanmuc.jobs.Chore;

/** Forgets old files of runs of printing. */
@Component
class PrintChore implements Chore {
    private final PrintRuns runs;

    PrintChore(PrintRuns runs) {
        this.runs = runs;
    }

    @Override
    public String name() {
        return "commitments.print-runs";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        runs.forgetOld();
    }
}
