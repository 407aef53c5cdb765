package vn.chuanmuc.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.notifications.Letters.Counted;
import vn.chuanmuc.notifications.Letters.Words;
import vn.chuanmuc.notifications.MailStore.Claim;
import vn.chuanmuc.notifications.MailStore.Purpose;
import vn.chuanmuc.notifications.MailStore.Told;
import vn.chuanmuc.notifications.Post.Letter;
import vn.chuanmuc.notifications.Post.Outcome;

/**
 * Empties the outbox. One mail is one transaction: its row is held, the server takes it or not, the row says so. Two instances never
 * hold the same row. Between the server's “taken” and our commit the machine may stop: then it goes a second time, with the same id.
 */
@Component
class Postman {
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    /** After this a mail that could not be delivered is a failure that somebody is told of. */
    static final Duration PATIENCE = Duration.ofHours(72);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
    /** The chore's thread is one of four. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(50);
    /** Nothing more goes to an address of which the server says this; of others the next mail may fare better. */
    private static final Set<String> FAULTY = Set.of("no-such-address", "bad-address");

    private final MailStore store;
    private final RecipientStore recipients;
    private final MailSettings settings;
    private final Letters letters;
    private final MailCodes codes;
    private final Post post;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Postman(
            MailStore store,
            RecipientStore recipients,
            MailSettings settings,
            Letters letters,
            MailCodes codes,
            Post post,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.recipients = recipients;
        this.settings = settings;
        this.letters = letters;
        this.codes = codes;
        this.post = post;
        this.transaction = transaction;
        this.clock = clock;
    }

    private enum Round {
        NOTHING,
        TRIED,
        /** Not sent, and not for want of a server. */
        DROPPED,
        DOWN
    }

    /** Sends what is due, as fast as is allowed. @return how many were tried */
    int run() {
        if (!settings.missing().isEmpty()) {
            return 0;
        }
        long begun = System.nanoTime(); // how long it takes, whatever the day's clock does meanwhile
        int tried = 0;
        try (Post.Line line = post.line()) {
            Round round = Round.TRIED;
            while (round != Round.NOTHING
                    && round != Round.DOWN
                    && store.tried(now().minus(Duration.ofMinutes(1))) < settings.perMinute()
                    && System.nanoTime() - begun < LONGEST_RUN.toNanos()) {
                round = transaction.execute(status ->
                        store.claim(now()).map(claim -> deliver(claim, line)).orElse(Round.NOTHING));
                if (round == Round.TRIED || round == Round.DOWN) {
                    tried++;
                }
            }
        }
        return tried;
    }

    /** Tries one mail now, for somebody who waits for it. */
    void tryNow(UUID tenantId, UUID id) {
        try (Post.Line line = post.line()) {
            transaction.executeWithoutResult(
                    status -> store.claim(tenantId, id).ifPresent(claim -> deliver(claim, line)));
        }
    }

    private Round deliver(Claim mail, Post.Line line) {
        Optional<String> unwanted = unwanted(mail);
        if (unwanted.isPresent()) {
            store.dropped(mail, unwanted.get(), now());
            return Round.DROPPED;
        }
        String address = address(mail);
        if (address == null) {
            store.failed(mail, null, "no-address", null, now());
            return Round.DROPPED;
        }
        Words words = words(mail, address);
        if (words == null) {
            store.dropped(mail, "read", now());
            return Round.DROPPED;
        }
        return switch (line.send(new Letter(mail.id(), address, words.subject(), words.text(), words.language()))) {
            case Outcome.Accepted accepted -> {
                store.sent(mail, address, now());
                yield Round.TRIED;
            }
            case Outcome.Never(var reason, var answer) -> {
                never(mail, address, reason, answer);
                yield Round.TRIED;
            }
            case Outcome.Later(var reason, var answer) -> {
                later(mail, address, reason, answer);
                yield Round.TRIED;
            }
            case Outcome.Down(var reason, var answer) -> {
                LOG.warn("mail waits, the server does not take any ({})", reason);
                later(mail, address, reason, answer);
                yield Round.DOWN;
            }
        };
    }

    /** Why a mail is not wanted any more. */
    private static Optional<String> unwanted(Claim mail) {
        if (mail.accountClosed()) {
            return Optional.of("closed");
        }
        return switch (mail.purpose()) {
            case NOTICE, DIGEST -> mail.faulty() ? Optional.of("faulty") : Optional.empty();
            case VERIFY ->
                mail.wanted() == null || !mail.wanted().equals(mail.address())
                        ? Optional.of("other")
                        : Optional.empty();
            case MOVED, TEST -> Optional.empty();
        };
    }

    private static @Nullable String address(Claim mail) {
        return switch (mail.purpose()) {
            case NOTICE, DIGEST -> mail.verified();
            case VERIFY, MOVED, TEST -> mail.address();
        };
    }

    /** Null when all of it was read in the product meanwhile. */
    private @Nullable Words words(Claim mail, String address) {
        return switch (mail.purpose()) {
            case NOTICE -> {
                Optional<Told> told = store.told(mail).filter(one -> !one.read());
                yield told.isEmpty()
                        ? null
                        : letters.notice(
                                mail.language(),
                                told.get().noticeId(),
                                told.get().kind(),
                                told.get().due());
            }
            case DIGEST -> {
                List<Counted> counted = store.counted(mail);
                yield counted.isEmpty() ? null : letters.digest(mail.language(), counted);
            }
            case VERIFY ->
                letters.verify(mail.language(), codes.make(mail.tenantId(), mail.accountId(), address), (int)
                        MailCodes.LIFE.toHours());
            case MOVED -> letters.moved(mail.language());
            case TEST -> letters.test(mail.language());
        };
    }

    private void never(Claim mail, String address, String reason, String answer) {
        store.failed(mail, address, reason, answer, now());
        if (faulty(mail.purpose(), reason)) {
            recipients.faulty(mail.tenantId(), mail.accountId(), address, now());
        }
    }

    /** Whether nothing more goes to an address of which this was said of such a mail. */
    static boolean faulty(Purpose purpose, String reason) {
        return (purpose == Purpose.NOTICE || purpose == Purpose.DIGEST) && FAULTY.contains(reason);
    }

    /** Whoever sends a test wants to know now; all others wait, longer each time, and not for ever. */
    private void later(Claim mail, String address, String reason, String answer) {
        Instant now = now();
        Instant due = now.plus(pause(mail.tries()));
        if (mail.purpose() == Purpose.TEST || due.isAfter(mail.since().plus(PATIENCE))) {
            store.failed(mail, address, reason, answer, now);
        } else {
            store.later(mail, address, reason, answer, now, due);
        }
    }

    /** 1, 2, 4, 8 … minutes, at most four hours. */
    static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
