package vn.chuanmuc.notifications;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.notifications.MailStore.Whose;

/** Mails of the day: one for all that was made before somebody's hour and that they have not read. */
@Component
class Digests {
    static final LocalTime MORNING = LocalTime.of(7, 0);
    static final LocalTime EVENING = LocalTime.of(17, 0);
    private static final int AT_ONCE = 500;

    private final MailStore store;
    private final MailSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Digests(MailStore store, MailSettings settings, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @return how many were put into the outbox */
    int look() {
        if (!settings.missing().isEmpty()) {
            return 0;
        }
        ZonedDateTime now = ZonedDateTime.now(clock).truncatedTo(ChronoUnit.MICROS);
        int made = 0;
        var last = new Whose(new UUID(0, 0), new UUID(0, 0));
        List<Whose> some;
        do {
            some = store.digests(last(now, MORNING), last(now, EVENING), now.toInstant(), last, AT_ONCE);
            for (Whose whose : some) {
                last = whose;
                Boolean one = transaction.execute(status -> store.digest(whose, now.toInstant()));
                made += Boolean.TRUE.equals(one) ? 1 : 0;
            }
        } while (some.size() == AT_ONCE);
        return made;
    }

    /** The newest moment at which it was that hour, by the clock on the wall. */
    static Instant last(ZonedDateTime now, LocalTime hour) {
        ZonedDateTime today = now.with(hour);
        return (today.isAfter(now) ? today.minusDays(1) : today).toInstant();
    }
}
