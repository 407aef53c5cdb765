package vn.chuanmuc.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Mails as whoever looks after them sees them: what waits, went, did not arrive and why; sending again; whether the server works. */
@Component
public class Deliveries {
    /** Failures older than this are no longer called to anybody's mind. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    /** Reasons that say nothing of the mail itself. */
    static final Set<String> DOWN = Set.of("connection", "tls", "auth", "sender");

    private static final int MOST_TESTS = 5;
    private static final Duration TESTS_WITHIN = Duration.ofMinutes(10);
    private static final Duration TROUBLE_SHOWN = Duration.ofHours(6);

    private final MailStore store;
    private final RecipientStore recipients;
    private final MailSettings settings;
    private final Postman postman;
    private final Units units;
    private final Access access;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Deliveries(
            MailStore store,
            RecipientStore recipients,
            MailSettings settings,
            Postman postman,
            Units units,
            Access access,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.recipients = recipients;
        this.settings = settings;
        this.postman = postman;
        this.units = units;
        this.access = access;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    public enum State {
        FAILED,
        WAITING,
        SENT,
        /** Not sent, because it was not wanted or not needed any more. */
        DROPPED;

        public String code() {
            return Kind.code(this);
        }

        public static Optional<State> read(String code) {
            return Arrays.stream(values())
                    .filter(state -> state.code().equals(code))
                    .findFirst();
        }
    }

    /**
     * A mail in the list.
     *
     * @param name of the account it is for
     * @param kind of a mail that tells of one thing
     * @param address null until it was tried
     * @param dueAt when it is tried next
     * @param reason part of a message key; {@code answer} the server's own words
     */
    public record Mail(
            UUID id,
            UUID account,
            String name,
            String purpose,
            @Nullable Kind kind,
            @Nullable String address,
            State state,
            Instant madeAt,
            Instant dueAt,
            int tries,
            @Nullable Instant triedAt,
            @Nullable Instant endedAt,
            @Nullable String reason,
            @Nullable String answer) {
        public String shown() {
            return address == null ? "" : MailAddress.shown(address);
        }
    }

    /** The server did not take the newest mail that was tried. */
    public record Trouble(String reason, String answer, Instant at, long waiting) {}

    /** @param missing what an operator has yet to set; empty when mail is sent */
    public record Server(
            List<String> missing,
            String host,
            int port,
            String from,
            @Nullable Trouble trouble) {}

    /** How mail is sent, as far as whoever looks after it needs to know. */
    public Server server() {
        List<String> missing = settings.missing();
        return new Server(
                missing,
                settings.host(),
                settings.port(),
                settings.from(),
                missing.isEmpty() ? store.trouble(now().minus(TROUBLE_SHOWN)).orElse(null) : null);
    }

    public Map<State, Long> counts(Viewer viewer, String words) {
        return store.counts(viewer, reach(viewer), words);
    }

    /** Of accounts in the viewer's units, the newest first; at most 200. */
    public List<Mail> list(Viewer viewer, String words, @Nullable State state, int offset, int limit) {
        return store.list(viewer, reach(viewer), words, state, offset, limit);
    }

    /** Failures of the last 30 days that nobody has dealt with, counted no further than the limit. */
    int failures(Viewer viewer, int most) {
        return store.failures(viewer.tenantId(), reach(viewer), now().minus(REMEMBERED), most);
    }

    private static UUID[] reach(Viewer viewer) {
        return viewer.unitsWith(Permission.MANAGE_MAIL);
    }

    public sealed interface Done {
        /** @param again it had been done: nothing changed */
        record Now(boolean again) implements Done {}

        record Refused(String field, Reason why) implements Done {}
    }

    /** Sends a failed mail again, to the address its receiver has now. */
    @Transactional
    public Done again(Viewer viewer, UUID id) {
        Mail mail = store.find(viewer, reach(viewer), id).orElseThrow(() -> new NotFound("mail"));
        if (mail.state() != State.FAILED) {
            return new Done.Now(true);
        }
        if (!settings.missing().isEmpty()) {
            return new Done.Refused("", Reason.of("notifications.address.off"));
        }
        boolean told = mail.purpose().equals("notice") || mail.purpose().equals("digest");
        if (!told) {
            return new Done.Refused("", Reason.of("notifications.again.other"));
        }
        if (recipients
                .find(viewer.tenantId(), mail.account())
                .filter(own -> own.address() != null)
                .isEmpty()) {
            return new Done.Refused("", Reason.of("notifications.again.no-address", mail.name()));
        }
        if (!store.again(viewer.tenantId(), id, now())) {
            return new Done.Now(true);
        }
        recipients.faultless(viewer.tenantId(), mail.account());
        ledger.append(new Act(viewer.tenantId(), "notifications.mail-resent", id, viewer.accountId(), facts(mail)));
        return new Done.Now(false);
    }

    /** Says that somebody was told in another way: the failure is closed. */
    @Transactional
    public Done settle(Viewer viewer, UUID id) {
        Mail mail = store.find(viewer, reach(viewer), id).orElseThrow(() -> new NotFound("mail"));
        if (!store.settle(viewer.tenantId(), id)) {
            return new Done.Now(true);
        }
        ledger.append(new Act(viewer.tenantId(), "notifications.failure-settled", id, viewer.accountId(), facts(mail)));
        return new Done.Now(false);
    }

    private static Map<String, Object> facts(Mail mail) {
        return Map.of("account", mail.account().toString(), "purpose", mail.purpose());
    }

    /** What came of a mail that was sent to try the server. */
    public sealed interface Tested {
        record Sent(String address) implements Tested {}

        /** @param reason part of a message key; {@code answer} the server's own words */
        record Failed(String reason, String answer) implements Tested {}

        record Refused(String field, Reason why) implements Tested {}
    }

    /** Sends a mail that says nothing to an address and waits for what the server says; for who runs the system of the whole body. */
    public Tested test(Viewer viewer, String typed) {
        access.require(viewer, Permission.MANAGE_ACCOUNTS, units.root(viewer.tenantId()));
        if (!settings.missing().isEmpty()) {
            return new Tested.Refused("", Reason.of("notifications.address.off"));
        }
        String address;
        switch (MailAddress.read(typed)) {
            case MailAddress.Reading.Refused(var why) -> {
                return new Tested.Refused("dia-chi", why);
            }
            case MailAddress.Reading.Read(var read) -> address = read;
        }
        if (store.made(viewer.tenantId(), MailStore.Purpose.TEST, now().minus(TESTS_WITHIN)) >= MOST_TESTS) {
            return new Tested.Refused(
                    "", Reason.of("notifications.test.often", MOST_TESTS, (int) TESTS_WITHIN.toMinutes()));
        }
        UUID id = transaction.execute(status -> {
            UUID made = store.insert(viewer, viewer.accountId(), MailStore.Purpose.TEST, address, now());
            ledger.append(new Act(
                    viewer.tenantId(), "notifications.test-sent", made, viewer.accountId(), Map.of("purpose", "test")));
            return made;
        });
        postman.tryNow(viewer.tenantId(), id);
        Mail mail = store.one(viewer.tenantId(), id);
        return mail.state() == State.SENT
                ? new Tested.Sent(mail.shown())
                : new Tested.Failed(
                        mail.reason() == null ? "busy" : mail.reason(), mail.answer() == null ? "" : mail.answer());
    }

    /** Whether the viewer may try the server. */
    public boolean mayTest(Viewer viewer) {
        return access.covers(viewer, Permission.MANAGE_ACCOUNTS, units.root(viewer.tenantId()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
