package vn.chuanmuc.notifications;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.jobs.Chore;
import vn.chuanmuc.notifications.BounceReader.Failed;

/**
 * Mails that our server took and another gave back later. A report counts when it bears the id of a mail that was sent, and names the
 * very address it was sent to; then the mail failed after all, as if it had been refused at once.
 */
@Component
class BounceChore implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(BounceChore.class);
    /** Servers give up after five days (RFC 5321, 4.5.4.1); what is told of much older mails is not believed. */
    static final Duration LATEST = Duration.ofDays(14);

    private final BounceBox box;
    private final MailStore store;
    private final RecipientStore recipients;
    private final MailSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BounceChore(
            BounceBox box,
            MailStore store,
            RecipientStore recipients,
            MailSettings settings,
            TransactionTemplate transaction,
            Clock clock) {
        this.box = box;
        this.store = store;
        this.recipients = recipients;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "notifications.bounces";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        if (!box.named() || !settings.missing().isEmpty()) {
            return;
        }
        try {
            box.read(this::take);
        } catch (MessagingException e) {
            LOG.warn("the mailbox of bounces could not be read: {}", e.getMessage());
        }
    }

    /** One report, whoever wrote it. */
    void take(byte[] report) {
        BounceReader.read(report, settings.domain())
                .ifPresent(bounce -> bounce.failed()
                        .forEach(failed -> transaction.executeWithoutResult(status -> failed(bounce, failed))));
    }

    private void failed(BounceReader.Bounce bounce, Failed failed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        store.bounced(bounce.mail(), failed.address(), failed.reason(), failed.words(), now, now.minus(LATEST))
                .filter(mail -> Postman.faulty(mail.purpose(), failed.reason()))
                .ifPresent(mail -> recipients.faulty(mail.tenantId(), mail.accountId(), mail.address(), now));
    }
}
