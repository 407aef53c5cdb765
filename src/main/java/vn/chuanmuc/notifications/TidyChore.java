package vn.chuanmuc.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Chore;

/** Addresses and notices are not kept longer than somebody asks for them: mails that ended half a year, notices two years. */
@Component
class TidyChore implements Chore {
    static final Duration MAILS = Duration.ofDays(180);
    static final Duration NOTICES = Duration.ofDays(730);

    private final MailStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TidyChore(MailStore store, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "notifications.tidy";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> store.tidy(now.minus(MAILS), now.minus(NOTICES), now));
    }
}
