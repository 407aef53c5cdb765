package vn.chuanmuc.scans;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.scans.ScanStore.Finished;

/** Deletes files and pictures of finished piles once their time is over; what was confirmed is in the contents and stays. */
@Component
class RetentionChore implements Chore {
    static final int DAYS = 30;
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final ScanStore store;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RetentionChore(ScanStore store, Ledger ledger, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "scans.retention";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LocalDate today = LocalDate.ofInstant(now, ZONE);
        for (Finished pile : store.unswept()) {
            int days = PileEnding.days(store.retentions(pile.tenantId()), today);
            if (!LocalDate.ofInstant(pile.finishedAt(), ZONE).plusDays(days).isAfter(today)) {
                transaction.executeWithoutResult(status -> sweep(pile, days, now));
            }
        }
    }

    private void sweep(Finished pile, int days, Instant now) {
        var swept = store.sweep(pile.tenantId(), pile.pileId(), pile.finishedAt(), now);
        if (swept == null) {
            return;
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("days", days);
        facts.put("files", swept.files());
        facts.put("pictures", swept.pictures());
        facts.put("strangers", swept.strangers());
        // Nobody does this: it follows from the clerk's finishing the pile.
        ledger.append(new Act(pile.tenantId(), "scans.pile-deleted", pile.pileId(), pile.finishedBy(), facts));
    }
}
