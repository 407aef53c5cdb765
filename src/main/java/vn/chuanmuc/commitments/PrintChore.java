package vn.chuanmuc.commitments;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Chore;

/** Forgets the files of runs of printing after a week: what was printed can be printed again. */
@Component
class PrintChore implements Chore {
    private static final Duration KEPT = Duration.ofDays(7);

    private final PrintStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PrintChore(PrintStore store, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
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
        transaction.executeWithoutResult(
                status -> store.deleteBefore(clock.instant().minus(KEPT)));
    }
}
