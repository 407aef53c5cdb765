package vn.chuanmuc.notifications;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Sha256;

/**
 * One-time codes that prove who reads an address: made when their mail is sent, so that they stand in clear in the mail and nowhere
 * else. Twelve of 31 letters: 59 bits.
 */
@Component
class MailCodes {
    static final Duration LIFE = Duration.ofHours(24);
    /** Without 0 O 1 I L, which look alike. */
    private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static final int LENGTH = 12;

    private final RecipientStore store;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    MailCodes(RecipientStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A code for the address, good once its row is there: in a transaction of its own, before the mail goes. A mail that is tried again
     * has another code, and both are good.
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public String make(UUID tenantId, UUID accountId, String address) {
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % 4 == 0) {
                code.append('-');
            }
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        store.addCode(
                tenantId,
                accountId,
                hash(accountId, address, code.toString()),
                clock.instant().plus(LIFE));
        return code.toString();
    }

    static byte[] hash(UUID accountId, String address, String typed) {
        return Sha256.of(accountId + "\n" + address + "\n"
                + typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""));
    }
}
