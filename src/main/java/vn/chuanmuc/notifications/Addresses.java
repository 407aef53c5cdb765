package vn.chuanmuc.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/**
 * Where and how somebody gets mail: an address is entered by themself or by whoever looks after mail in their unit, and used once its
 * owner, signed in, has typed the code that was sent there. Until then the one before goes on being used.
 */
@Component
public class Addresses {
    /** Verification mails of one account within an hour. */
    static final int MOST_AN_HOUR = 5;
    /** Wrong codes before another mail is needed. */
    static final int MOST_WRONG = 10;
    /** Verification mails to one address within a day, whoever asks for them. */
    static final int MOST_A_DAY = 10;

    private final RecipientStore store;
    private final MailStore mails;
    private final MailSettings settings;
    private final Notifications notifications;
    private final Ledger ledger;
    private final Clock clock;

    Addresses(
            RecipientStore store,
            MailStore mails,
            MailSettings settings,
            Notifications notifications,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.mails = mails;
        this.settings = settings;
        this.notifications = notifications;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** When mails go that do not have to go at once. */
    public enum Rhythm {
        NOW,
        /** One mail at 7 o'clock. */
        MORNING,
        /** One mail at 17 o'clock. */
        EVENING;

        public String code() {
            return Kind.code(this);
        }

        static Rhythm of(String code) {
            return read(code).orElseThrow();
        }

        public static Optional<Rhythm> read(String code) {
            return java.util.Arrays.stream(values())
                    .filter(rhythm -> rhythm.code().equals(code))
                    .findFirst();
        }
    }

    /**
     * How mail reaches an account.
     *
     * @param address the verified one; null: none
     * @param faultyAt since when a server refuses it for good
     * @param wanted entered and not verified; null: none
     * @param wrong wrong codes since
     * @param muted codes of the groups of kinds that are not sent
     */
    public record Own(
            @Nullable String address,
            @Nullable Instant verifiedAt,
            @Nullable Instant faultyAt,
            @Nullable String wanted,
            @Nullable UUID wantedBy,
            @Nullable Instant wantedAt,
            int wrong,
            Rhythm rhythm,
            List<String> muted,
            String language) {
        static final Own NOTHING = new Own(null, null, null, null, null, null, 0, Rhythm.NOW, List.of(), "vi");

        /** The addresses as people write them. */
        public String shown() {
            return address == null ? "" : MailAddress.shown(address);
        }

        public String shownWanted() {
            return wanted == null ? "" : MailAddress.shown(wanted);
        }

        public boolean waits() {
            return wanted != null;
        }
    }

    /** An account in the list of whoever looks after mail. */
    public record Holder(
            UUID account,
            String name,
            String username,
            String unitName,
            @Nullable String address,
            @Nullable Instant faultyAt,
            @Nullable String wanted) {
        public String state() {
            return faultyAt != null ? "faulty" : address != null ? "verified" : wanted != null ? "waiting" : "none";
        }

        public String shown() {
            String any = address == null ? wanted : address;
            return any == null ? "" : MailAddress.shown(any);
        }
    }

    /** Which accounts a list can be narrowed to. */
    public static final List<String> STATES = List.of("verified", "waiting", "faulty", "none");

    public sealed interface Done {
        /** @param again it was so before: nothing was done */
        record Now(boolean again) implements Done {}

        /** @param field of the form; empty for the whole */
        record Refused(String field, Reason why) implements Done {}
    }

    /** Whether mail is sent at all. */
    public boolean sending() {
        return settings.missing().isEmpty();
    }

    public Own own(Viewer viewer) {
        return store.find(viewer.tenantId(), viewer.accountId()).orElse(Own.NOTHING);
    }

    /** Groups of kinds that can be done without, as codes. */
    public List<String> groups() {
        return RecipientStore.groups();
    }

    /** Enters one's own address: the verification mail goes there, everything else goes on as before. */
    @Transactional
    public Done enter(Viewer viewer, String typed) {
        return enter(viewer, viewer.accountId(), typed);
    }

    private Done enter(Viewer viewer, UUID account, String typed) {
        if (!sending()) {
            return refused("", "notifications.address.off");
        }
        String address;
        switch (MailAddress.read(typed)) {
            case MailAddress.Reading.Refused(var why) -> {
                return new Done.Refused("dia-chi", why);
            }
            case MailAddress.Reading.Read(var read) -> address = read;
        }
        UUID tenant = viewer.tenantId();
        Own before = store.hold(tenant, account);
        if (address.equals(before.wanted())) {
            return new Done.Now(true);
        }
        if (address.equals(before.address()) && before.faultyAt() == null) {
            return refused("dia-chi", "notifications.address.same");
        }
        Optional<Done> many = tooMany(tenant, account, address);
        if (many.isPresent()) {
            return many.get();
        }
        store.want(tenant, account, address, viewer.accountId(), now());
        mails.insert(viewer, account, MailStore.Purpose.VERIFY, address, now());
        boolean self = account.equals(viewer.accountId());
        ledger.append(new Act(
                tenant,
                "notifications.address-entered",
                account,
                viewer.accountId(),
                Map.of("by", self ? "self" : "clerk")));
        if (!self) {
            notifications.tell(
                    new Notice(
                            tenant,
                            Kind.ADDRESS_ENTERED,
                            viewer.accountId(),
                            account,
                            now().toString(),
                            List.of(viewer.name()),
                            "/thong-bao/thu",
                            null),
                    List.of(account));
        }
        return new Done.Now(false);
    }

    private Optional<Done> tooMany(UUID tenant, UUID account, String address) {
        if (mails.verifications(tenant, account, now().minus(Duration.ofHours(1))) >= MOST_AN_HOUR) {
            return Optional.of(refused("", "notifications.address.often", MOST_AN_HOUR));
        }
        return mails.verifications(tenant, address, now().minus(Duration.ofDays(1))) >= MOST_A_DAY
                ? Optional.of(refused("dia-chi", "notifications.address.often-there", MOST_A_DAY))
                : Optional.empty();
    }

    private static Done refused(String field, String key, Object... arguments) {
        return new Done.Refused(field, Reason.of(key, arguments));
    }

    /** Sends another code to one's own address that waits. */
    @Transactional
    public Done sendCode(Viewer viewer) {
        UUID tenant = viewer.tenantId();
        Own own = store.hold(tenant, viewer.accountId());
        String wanted = own.wanted();
        if (wanted == null) {
            return refused("", "notifications.code.nothing");
        }
        if (!sending()) {
            return refused("", "notifications.address.off");
        }
        if (mails.waits(tenant, viewer.accountId(), MailStore.Purpose.VERIFY)) {
            return new Done.Now(true);
        }
        Optional<Done> many = tooMany(tenant, viewer.accountId(), wanted);
        if (many.isPresent()) {
            return many.get();
        }
        store.want(tenant, viewer.accountId(), wanted, viewer.accountId(), now());
        mails.insert(viewer, viewer.accountId(), MailStore.Purpose.VERIFY, wanted, now());
        return new Done.Now(false);
    }

    /** Types the code that was sent: the address is used from now on; the one before is told. */
    @Transactional
    public Done verify(Viewer viewer, String typed) {
        UUID tenant = viewer.tenantId();
        UUID account = viewer.accountId();
        Own own = store.hold(tenant, account);
        String wanted = own.wanted();
        if (wanted == null) {
            // A second click, or the link in the mail after the code was typed.
            return own.address() != null ? new Done.Now(true) : refused("", "notifications.code.nothing");
        }
        if (own.wrong() >= MOST_WRONG) {
            return refused("ma", "notifications.code.locked", MOST_WRONG);
        }
        if (typed.isBlank()) {
            return refused("ma", "notifications.code.missing");
        }
        Optional<Instant> expires = store.code(tenant, account, MailCodes.hash(account, wanted, typed));
        if (expires.isEmpty()) {
            store.wrong(tenant, account);
            return refused("ma", "notifications.code.wrong", MOST_WRONG - own.wrong() - 1);
        }
        if (!now().isBefore(expires.get())) {
            return refused("ma", "notifications.code.expired", (int) MailCodes.LIFE.toHours());
        }
        store.verified(tenant, account, now());
        String before = own.address();
        if (before != null && !before.equals(wanted)) {
            mails.insert(viewer, account, MailStore.Purpose.MOVED, before, now());
        }
        ledger.append(new Act(
                tenant,
                "notifications.address-verified",
                account,
                account,
                Map.of("changed", before != null && !before.equals(wanted))));
        return new Done.Now(false);
    }

    /** Gives up an address that was entered and not verified. */
    @Transactional
    public Done withdraw(Viewer viewer) {
        Own own = store.hold(viewer.tenantId(), viewer.accountId());
        if (own.wanted() == null) {
            return new Done.Now(true);
        }
        store.unwant(viewer.tenantId(), viewer.accountId());
        return new Done.Now(false);
    }

    /** Does without mail: what there is to know stands in the product. */
    @Transactional
    public Done remove(Viewer viewer) {
        UUID tenant = viewer.tenantId();
        Own own = store.hold(tenant, viewer.accountId());
        if (own.address() == null && own.wanted() == null) {
            return new Done.Now(true);
        }
        store.remove(tenant, viewer.accountId());
        ledger.append(new Act(
                tenant,
                "notifications.address-removed",
                viewer.accountId(),
                viewer.accountId(),
                Map.of("verified", own.address() != null)));
        return new Done.Now(false);
    }

    /** Chooses how mail comes. @param muted groups to do without; those that are always sent are refused */
    @Transactional
    public Done choose(Viewer viewer, String rhythm, Collection<String> muted, String language) {
        Optional<Rhythm> chosen = Rhythm.read(rhythm);
        if (chosen.isEmpty()) {
            return refused("nhip", "notifications.rhythm.wrong");
        }
        if (!groups().containsAll(muted)) {
            return refused("nhom", "notifications.group.always");
        }
        if (!language.equals("vi") && !language.equals("en")) {
            return refused("ngon-ngu", "notifications.language.wrong");
        }
        UUID tenant = viewer.tenantId();
        Own before = store.hold(tenant, viewer.accountId());
        List<String> groups = muted.stream().distinct().sorted().toList();
        if (before.rhythm() == chosen.get()
                && before.muted().equals(groups)
                && before.language().equals(language)) {
            return new Done.Now(true);
        }
        store.choose(tenant, viewer.accountId(), chosen.get(), groups, language);
        return new Done.Now(false);
    }

    // For whoever looks after mail in a unit

    public List<Holder> holders(Viewer viewer, String words, String state, int offset, int limit) {
        return store.holders(viewer, units(viewer), words, state, offset, limit);
    }

    public long countHolders(Viewer viewer, String words, String state) {
        return store.countHolders(viewer, units(viewer), words, state);
    }

    private static UUID[] units(Viewer viewer) {
        return viewer.unitsWith(Permission.MANAGE_MAIL);
    }

    /** Somebody's mail, for whoever looks after it. @param name of the account */
    public record Others(UUID account, String name, Own own) {}

    /** @throws NotFound when the account is none of the viewer's units */
    public Others others(Viewer viewer, UUID account) {
        String name =
                store.reached(viewer.tenantId(), units(viewer), account).orElseThrow(() -> new NotFound("account"));
        return new Others(account, name, store.find(viewer.tenantId(), account).orElse(Own.NOTHING));
    }

    /** Enters somebody's address for them; they verify it themself. */
    @Transactional
    public Done enterFor(Viewer viewer, UUID account, String typed) {
        others(viewer, account);
        return enter(viewer, account, typed);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
