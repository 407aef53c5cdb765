package vn.chuanmuc.sheets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/**
 * Deletes pictures that nobody needs any more: of papers that were handed in, whose scan is evidence in the contents; of pages that
 * belong to no paper; of all that nobody read in half a year.
 */
@Component
class SheetChore implements Chore {
    static final Duration KEPT = Duration.ofDays(30);
    static final Duration UNREAD = Duration.ofDays(183);

    private final SheetStore store;
    private final SheetPrintStore prints;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SheetChore(SheetStore store, SheetPrintStore prints, Ledger ledger, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.prints = prints;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sheets.sweeping";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        transaction.executeWithoutResult(status -> {
            prints.deleteBefore(now.minus(SheetPrints.KEPT));
            for (SheetStore.Swept swept : store.sweep(now.minus(KEPT), now.minus(UNREAD))) {
                // Nobody does this: it follows from what was brought being read, or not.
                ledger.append(new Act(
                        swept.tenant(),
                        "sheets.pictures-deleted",
                        swept.pile(),
                        swept.by(),
                        Map.of("pictures", swept.pictures())));
            }
        });
    }
}
