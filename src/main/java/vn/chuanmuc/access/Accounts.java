package vn.chuanmuc.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** Accounts: made for officials, entered the first time with a one-time code, afterwards with a password of their own. */
@Component
public class Accounts {
    /** How long a one-time code opens the door; a clerk can issue a new one. */
    private static final Duration CODE_LIFE = Duration.ofDays(30);

    /** How long a form that was sent shows its slips again: for a jammed printer or a page loaded anew. */
    private static final Duration SLIPS_SHOWN = Duration.ofMinutes(30);

    /** Accounts and codes at once; the rest are told. */
    public static final int MOST_CODES = 1_000;

    private static final byte[] NO_SESSION = new byte[0];

    private static final int FAILURES_BEFORE_LOCK = 10;
    private static final Duration LOCK = Duration.ofMinutes(5);
    static final int SHORTEST_PASSWORD = 10;
    /** bcrypt reads 72 bytes; a longer password would be cut silently. */
    private static final int LONGEST_PASSWORD_BYTES = 72;

    private final AccountStore store;
    private final CodeStore codes;
    private final PasskeyStore passkeys;
    private final PasswordEncoder encoder;
    private final Ledger ledger;
    private final Access access;
    private final Units units;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final String nobodysHash;

    Accounts(
            AccountStore store,
            CodeStore codes,
            PasskeyStore passkeys,
            PasswordEncoder encoder,
            Ledger ledger,
            Access access,
            Units units,
            Clock clock) {
        this.access = access;
        this.units = units;
        this.store = store;
        this.codes = codes;
        this.passkeys = passkeys;
        this.encoder = encoder;
        this.ledger = ledger;
        this.clock = clock;
        this.nobodysHash = String.valueOf(encoder.encode("nobody"));
    }

    /** A new account and the code to enter it, in clear: shown once, never stored. */
    public record Issued(UUID accountId, String username, String displayName, String code) {}

    /** A role held in a unit. */
    public record Held(Role role, UUID unitId, String unitName) {}

    /** An account as an administrator sees it. */
    public record Listed(
            UUID id,
            String username,
            String displayName,
            boolean official,
            boolean passwordSet,
            boolean closed,
            List<Held> roles) {}

    /**
     * An account as it may act today, for work that is done after the request that asked for it. Empty once it is closed.
     */
    public Optional<Viewer> acting(UUID tenantId, UUID accountId) {
        return store.find(tenantId, accountId)
                .filter(account -> !account.closed())
                .map(account -> new Viewer(
                        tenantId,
                        accountId,
                        store.get(tenantId, accountId).personId(),
                        account.displayName(),
                        account.username(),
                        account.roles().stream()
                                .map(held -> new Viewer.Grant(held.role(), held.unitId()))
                                .toList(),
                        false,
                        false));
    }

    /**
     * Makes an account for an official or, with no person, for an office, and a one-time code to enter it.
     *
     * @param wishedName sign-in name wished for; a number is put behind it when it is taken
     */
    @Transactional
    public Issued open(UUID tenantId, UUID actor, String displayName, String wishedName, @Nullable UUID personId) {
        store.lockNames();
        String code = Secrets.newCode(random);
        UUID id = insert(tenantId, actor, displayName, wishedName, personId, Secrets.hash(code));
        return new Issued(id, store.get(tenantId, id).username(), displayName, code);
    }

    private UUID insert(
            UUID tenantId,
            UUID actor,
            String displayName,
            String wishedName,
            @Nullable UUID personId,
            byte @Nullable [] codeHash) {
        String username = new SignInNames(store, List.of(wishedName)).next(wishedName);
        var account = new AccountStore.NewAccount(Ids.next(), username, displayName, personId, codeHash);
        insert(tenantId, actor, List.of(account));
        return account.id();
    }

    private void insert(UUID tenantId, UUID actor, List<AccountStore.NewAccount> accounts) {
        Instant now = clock.instant();
        store.insert(tenantId, accounts, now, now.plus(CODE_LIFE));
        ledger.appendAll(accounts.stream()
                .map(account -> new Act(
                        tenantId,
                        "access.account-opened",
                        account.id(),
                        actor,
                        Map.of("username", account.username(), "name", account.displayName())))
                .toList());
    }

    /**
     * Makes an account that is entered with a password known beforehand: for sample people, whose password is no secret.
     *
     * @param encodedPassword as Spring Security's delegating encoder writes it
     */
    @Transactional
    public UUID openKnown(
            UUID tenantId,
            UUID actor,
            String displayName,
            String wishedName,
            @Nullable UUID personId,
            String encodedPassword) {
        store.lockNames();
        String wished = wishedName.isEmpty() ? wishedName(displayName) : wishedName;
        UUID id = insert(tenantId, actor, displayName, wished, personId, null);
        store.setPassword(tenantId, id, encodedPassword);
        return id;
    }

    /** Who is behind a sign-in name, as others see them; empty when there is no such account. */
    public Optional<String> displayName(String username) {
        return store.byUsername(username).map(AccountStore.Account::displayName);
    }

    /** How far somebody has come to an account. */
    public enum Entered {
        /** Has no account. */
        NONE,
        /** Was issued a code and has not signed in. */
        WAITING,
        /** Was issued a code, which has run out. */
        EXPIRED,
        ENTERED
    }

    /**
     * A person of a unit and their account; {@code username} is null without one.
     *
     * @param holdsRole whoever holds a role gets codes from the administrator: no clerk may enter as the head
     */
    public record Entry(
            UUID personId,
            String fullName,
            String unitName,
            String positionName,
            boolean sample,
            @Nullable String username,
            Entered entered,
            boolean holdsRole) {}

    /** Which people of a unit and below are asked for: by words of the name, and by how far they have come; null for all. */
    public record EntryQuery(
            UUID unitId, String words, @Nullable Entered entered, int offset, int limit) {}

    /** A page of the people of a unit and below, by name; at most 200. Throws {@link Forbidden} outside the viewer's units. */
    public List<Entry> entries(Viewer viewer, EntryQuery query) {
        access.require(viewer, Permission.ISSUE_CODES, query.unitId());
        return codes.page(viewer.tenantId(), query, clock.instant());
    }

    /** How many of the people the query asks for there are of each kind, whatever kind and page it asks for itself. */
    public Map<Entered, Integer> entryCounts(Viewer viewer, EntryQuery query) {
        access.require(viewer, Permission.ISSUE_CODES, query.unitId());
        return codes.counts(viewer.tenantId(), query, clock.instant());
    }

    /** Who gets a code. */
    public enum Wanted {
        /** Those who were ticked. */
        CHOSEN,
        /** Those who have no account, or whose code has run out. */
        WITHOUT_CODE,
        /** Those as well whose code is still good but has not been used: it ends. */
        NOT_ENTERED
    }

    /** For the next form that issues codes: 256 random bits, to be carried in a hidden field. */
    public String newForm() {
        return Secrets.newToken(random);
    }

    /**
     * Issues codes to people of a unit and below who have never signed in and hold no role, in name order; at most
     * {@link #MOST_CODES} at once. The same form sent again shows the same slips and issues nothing.
     *
     * @param chosen of no matter unless {@code wanted} is CHOSEN
     * @param form as {@link #newForm} gave it
     */
    @Transactional
    public Issuance issueCodes(Viewer viewer, UUID unitId, Wanted wanted, List<UUID> chosen, String form) {
        access.require(viewer, Permission.ISSUE_CODES, unitId);
        byte[] token = Secrets.readToken(form);
        if (token == null) {
            return new Issuance.Refused("", Reason.of("access.codes.no-form"));
        }
        if (wanted == Wanted.CHOSEN && chosen.isEmpty()) {
            return new Issuance.Refused("", Reason.of("access.codes.nobody"));
        }
        UUID tenant = viewer.tenantId();
        store.lockNames();
        Optional<Issuance> earlier = earlier(viewer, token);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Instant now = clock.instant();
        List<CodeStore.Candidate> candidates =
                codes.candidates(tenant, unitId, wanted, wanted == Wanted.CHOSEN ? chosen : null, now);
        if (candidates.isEmpty()) {
            return new Issuance.Refused("", Reason.of("access.codes.all-entered"));
        }
        List<CodeStore.Candidate> served = candidates.subList(0, Math.min(MOST_CODES, candidates.size()));
        List<Issuance.Slip> slips = issue(viewer, served, token, now);
        int leftOver = candidates.size() - served.size();
        remember(viewer, token, slips, leftOver, now);
        ledger.append(new Act(
                        tenant,
                        "access.codes-issued",
                        unitId,
                        viewer.accountId(),
                        Map.of("count", slips.size(), "leftOver", leftOver, "accounts", accountsHash(slips)))
                .with(issue(token)));
        return new Issuance.Issued(slips, leftOver, false);
    }

    private List<Issuance.Slip> issue(Viewer viewer, List<CodeStore.Candidate> people, byte[] token, Instant now) {
        var names = new SignInNames(
                store,
                people.stream()
                        .filter(person -> person.accountId() == null)
                        .map(person -> wishedName(person.fullName()))
                        .toList());
        var slips = new ArrayList<Issuance.Slip>();
        var opened = new ArrayList<AccountStore.NewAccount>();
        var renewed = new ArrayList<UUID>();
        var hashes = new ArrayList<byte[]>();
        for (CodeStore.Candidate person : people) {
            UUID known = person.accountId();
            UUID id = known == null ? Ids.next() : known;
            String code = Secrets.code(token, id);
            String username = person.username();
            if (known == null || username == null) {
                username = names.next(wishedName(person.fullName()));
                opened.add(new AccountStore.NewAccount(
                        id, username, person.fullName(), person.personId(), Secrets.hash(code)));
            } else {
                renewed.add(id);
                hashes.add(Secrets.hash(code));
            }
            slips.add(new Issuance.Slip(id, username, person.fullName(), code));
        }
        if (!opened.isEmpty()) {
            insert(viewer.tenantId(), viewer.accountId(), opened);
        }
        if (!renewed.isEmpty()) {
            // Whoever entered, or was given a role, since they were read keeps what they have.
            Set<UUID> done = store.renewCodes(viewer.tenantId(), renewed, hashes, now.plus(CODE_LIFE));
            Set<UUID> passed = new HashSet<>(renewed);
            passed.removeAll(done);
            slips.removeIf(slip -> passed.contains(slip.accountId()));
        }
        return slips;
    }

    /** What the form did when it was sent before; empty when it was not. */
    private Optional<Issuance> earlier(Viewer viewer, byte[] token) {
        UUID tenant = viewer.tenantId();
        return store.findIssue(tenant, Sha256.of(token)).map(issue -> {
            boolean shown = issue.issuedBy().equals(viewer.accountId())
                    && clock.instant().isBefore(issue.issuedAt().plus(SLIPS_SHOWN));
            if (!shown) {
                return new Issuance.Spent(issue.issuedAt());
            }
            Map<UUID, AccountStore.Account> waiting = store.waiting(tenant, issue.accounts());
            List<Issuance.Slip> slips = issue.accounts().stream()
                    .flatMap(id -> Optional.ofNullable(waiting.get(id)).stream())
                    .flatMap(account -> slipAgain(account, token).stream())
                    .toList();
            return slips.isEmpty()
                    ? new Issuance.Spent(issue.issuedAt())
                    : new Issuance.Issued(slips, issue.leftOver(), true);
        });
    }

    private static Optional<Issuance.Slip> slipAgain(AccountStore.Account account, byte[] token) {
        String code = Secrets.code(token, account.id());
        byte[] current = account.codeHash();
        return current != null && Sha256.same(current, Secrets.hash(code))
                ? Optional.of(new Issuance.Slip(account.id(), account.username(), account.displayName(), code))
                : Optional.empty();
    }

    private static Piece issue(byte[] token) {
        return Piece.of(AccessEvidence.CODE_ISSUE, Sha256.of(token));
    }

    private void remember(Viewer viewer, byte[] token, List<Issuance.Slip> slips, int leftOver, Instant now) {
        store.insertIssue(
                viewer.tenantId(),
                Sha256.of(token),
                new AccountStore.CodeIssue(
                        slips.stream().map(Issuance.Slip::accountId).toList(), leftOver, viewer.accountId(), now));
    }

    /** SHA-256 in hex over the accounts' ids, one a line: an act has a bounded size. */
    private static String accountsHash(List<Issuance.Slip> slips) {
        var hash = new Sha256();
        slips.forEach(slip -> hash.add(slip.accountId() + "\n"));
        return HexFormat.of().formatHex(hash.digest());
    }

    /** An account as an administrator sees it; empty when the body has no such account. */
    public Optional<Listed> find(UUID tenantId, UUID accountId) {
        return store.find(tenantId, accountId);
    }

    /** The account with the roles of a day that is past; empty when it was opened later. @param end the first moment after the day */
    public Optional<Listed> find(UUID tenantId, UUID accountId, LocalDate day, Instant end) {
        return store.find(tenantId, accountId, day, end);
    }

    /** Opens an account for an office or an official without a person's record, with a code; the form counts once. */
    @Transactional
    public Issuance openFor(Viewer viewer, String displayName, String username, String reason, String form) {
        requireAccounts(viewer);
        byte[] token = Secrets.readToken(form);
        if (token == null) {
            return new Issuance.Refused("", Reason.of("access.codes.no-form"));
        }
        if (displayName.isBlank() || displayName.length() > 200) {
            return new Issuance.Refused("ho-ten", Reason.of("access.setup.name.missing"));
        }
        if (!username.matches("[a-z0-9][a-z0-9._-]{1,59}")) {
            return new Issuance.Refused("ten", Reason.of("access.setup.username.wrong"));
        }
        if (reason.isBlank() || reason.length() > 500) {
            return new Issuance.Refused("ly-do", Reason.of("access.accounts.reason.missing"));
        }
        store.lockNames();
        Optional<Issuance> earlier = earlier(viewer, token);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        if (new SignInNames(store, List.of(username)).taken(username)) {
            return new Issuance.Refused("ten", Reason.of("access.accounts.username.taken", username));
        }
        UUID id = Ids.next();
        String code = Secrets.code(token, id);
        Instant now = clock.instant();
        store.insert(
                viewer.tenantId(),
                List.of(new AccountStore.NewAccount(id, username, displayName, null, Secrets.hash(code))),
                now,
                now.plus(CODE_LIFE));
        var slips = List.of(new Issuance.Slip(id, username, displayName, code));
        remember(viewer, token, slips, 0, now);
        ledger.append(new Act(
                        viewer.tenantId(),
                        "access.account-opened",
                        id,
                        viewer.accountId(),
                        Map.of("username", username, "name", displayName, "reason", reason))
                .with(issue(token)));
        return new Issuance.Issued(slips, 0, false);
    }

    /**
     * A new one-time code for an account whose owner forgot the password: the old password, every session and every passkey end at
     * once. The form counts once.
     */
    @Transactional
    public Issuance reset(Viewer viewer, UUID accountId, String reason, String form) {
        requireAccounts(viewer);
        byte[] token = Secrets.readToken(form);
        if (token == null) {
            return new Issuance.Refused("", Reason.of("access.codes.no-form"));
        }
        if (reason.isBlank() || reason.length() > 500) {
            return new Issuance.Refused("ly-do", Reason.of("access.accounts.reason.missing"));
        }
        if (accountId.equals(viewer.accountId())) {
            return new Issuance.Refused("", Reason.of("access.accounts.own-reset"));
        }
        store.lockNames(); // two clicks on one form wait for each other
        Optional<Issuance> earlier = earlier(viewer, token);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        AccountStore.Account account = store.get(viewer.tenantId(), accountId);
        String code = Secrets.code(token, accountId);
        Instant now = clock.instant();
        if (!store.replacePassword(viewer.tenantId(), accountId, Secrets.hash(code), now.plus(CODE_LIFE))) {
            return new Issuance.Refused("", Reason.of("access.accounts.is-closed"));
        }
        store.endSessions(viewer.tenantId(), accountId, NO_SESSION);
        int ended = passkeys.endAll(viewer.tenantId(), accountId, PasskeyStore.End.PASSWORD_RESET, now);
        var slips = List.of(new Issuance.Slip(accountId, account.username(), account.displayName(), code));
        remember(viewer, token, slips, 0, now);
        ledger.append(new Act(
                        viewer.tenantId(),
                        "access.password-reset",
                        accountId,
                        viewer.accountId(),
                        withPasskeys(reason, ended))
                .with(issue(token)));
        return new Issuance.Issued(slips, 0, false);
    }

    /** Accounts are not divided among units: whoever manages them manages all, and is appointed at the top. */
    private void requireAccounts(Viewer viewer) {
        access.require(viewer, Permission.MANAGE_ACCOUNTS, units.root(viewer.tenantId()));
    }

    /** Closes an account for good and ends its sessions; one that is closed already stays as it is. */
    @Transactional
    public void close(UUID tenantId, UUID actor, UUID accountId, String reason) {
        if (store.close(tenantId, accountId)) {
            store.endSessions(tenantId, accountId, NO_SESSION);
            int ended = passkeys.endAll(tenantId, accountId, PasskeyStore.End.ACCOUNT_CLOSED, clock.instant());
            ledger.append(new Act(tenantId, "access.account-closed", accountId, actor, withPasskeys(reason, ended)));
        }
    }

    private static Map<String, Object> withPasskeys(String reason, int ended) {
        return ended == 0 ? Map.of("reason", reason) : Map.of("reason", reason, "passkeysEnded", ended);
    }

    @Transactional
    public void grant(UUID tenantId, UUID actor, UUID accountId, Role role, UUID unitId, String reason) {
        if (store.grant(tenantId, Ids.next(), accountId, role, unitId, actor, clock.instant(), today(), reason)) {
            ledger.append(new Act(
                    tenantId,
                    "access.role-granted",
                    accountId,
                    actor,
                    Map.of("role", role.name(), "unit", unitId.toString(), "reason", reason)));
        }
    }

    /**
     * Whether the role would put running the system and deciding about signatures or lists into one hand (design: an
     * administrator of the system has no authority over ratings, signatures or lists).
     */
    public boolean mixesAdministration(UUID tenantId, UUID accountId, Role wanted) {
        return store.roles(tenantId, accountId).stream()
                .anyMatch(held -> held == Role.ADMINISTRATOR ^ wanted == Role.ADMINISTRATOR);
    }

    @Transactional
    public void revoke(UUID tenantId, UUID actor, UUID accountId, Role role, UUID unitId, String reason) {
        if (store.revoke(tenantId, accountId, role, unitId, today())) {
            ledger.append(new Act(
                    tenantId,
                    "access.role-revoked",
                    accountId,
                    actor,
                    Map.of("role", role.name(), "unit", unitId.toString(), "reason", reason)));
        }
    }

    /**
     * Sets a password of one's own and ends every other session of the account: whoever else sat in one is out. Refused when it
     * is too short, too long or the sign-in name.
     *
     * @param session the one to keep, as {@link Sessions#mark} gives it; empty for none
     */
    @Transactional
    public Optional<Reason> choosePassword(Viewer viewer, String password, byte[] session) {
        if (password.codePointCount(0, password.length()) < SHORTEST_PASSWORD) {
            return Optional.of(Reason.of("access.password.short", SHORTEST_PASSWORD));
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD_BYTES) {
            return Optional.of(Reason.of("access.password.long"));
        }
        if (Texts.searchKey(password).contains(viewer.username())) {
            return Optional.of(Reason.of("access.password.like-name"));
        }
        store.setPassword(viewer.tenantId(), viewer.accountId(), String.valueOf(encoder.encode(password)));
        store.endSessions(viewer.tenantId(), viewer.accountId(), session);
        ledger.append(
                new Act(viewer.tenantId(), "access.password-chosen", viewer.accountId(), viewer.accountId(), Map.of()));
        return Optional.empty();
    }

    /**
     * Whether the person at the screen is the account's owner: the password entered again before a signature
     * (domain.md 4.5: xác nhận điện tử after signing in again). Slow on purpose.
     */
    public Confirmation confirm(Viewer viewer, String password) {
        AccountStore.Account account = store.get(viewer.tenantId(), viewer.accountId());
        return switch (check(account, password, false)) {
            case PASSWORD -> Confirmation.Confirmed.BY_PASSWORD;
            case LOCKED -> new Confirmation.Refused(Reason.of("access.locked"));
            case CODE, WRONG -> new Confirmation.Refused(Reason.of("access.password.wrong"));
        };
    }

    enum Check {
        PASSWORD,
        CODE,
        WRONG,
        LOCKED
    }

    /** Who may sign in with this name and secret, or why nobody. Takes as long for an unknown name as for a known one. */
    Optional<AccountStore.Account> signIn(String username, String secret) {
        Optional<AccountStore.Account> account =
                store.byUsername(username.strip().toLowerCase(java.util.Locale.ROOT));
        if (account.isEmpty() || account.get().closed()) {
            encoder.matches(secret, nobodysHash);
            return Optional.empty();
        }
        Check check = check(account.get(), secret, true);
        return check == Check.PASSWORD || check == Check.CODE ? account : Optional.empty();
    }

    private Check check(AccountStore.Account account, String secret, boolean codeCounts) {
        Instant now = clock.instant();
        if (account.lockedUntil() != null && now.isBefore(account.lockedUntil())) {
            return Check.LOCKED;
        }
        String hash = account.passwordHash();
        if (secret.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD_BYTES
                && encoder.matches(secret, hash == null ? nobodysHash : hash)
                && hash != null) {
            store.clearFailures(account);
            return Check.PASSWORD;
        }
        if (codeCounts && codeMatches(account, secret, now)) {
            store.clearFailures(account);
            return Check.CODE;
        }
        store.countFailure(account, FAILURES_BEFORE_LOCK, now.plus(LOCK));
        return Check.WRONG;
    }

    private static boolean codeMatches(AccountStore.Account account, String secret, Instant now) {
        byte[] hash = account.codeHash();
        Instant expires = account.codeExpires();
        return hash != null && expires != null && now.isBefore(expires) && Sha256.same(hash, Secrets.hash(secret));
    }

    /** nguyen.van.an from “Nguyễn Văn An”. */
    static String wishedName(String fullName) {
        String plain = Texts.searchKey(fullName).replaceAll("[^a-z0-9]+", ".").replaceAll("^\\.+|\\.+$", "");
        return plain.length() > 50 ? plain.substring(0, 50) : plain;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone());
    }

    /** A page of the tenant's accounts whose name or sign-in name holds the words, by name. */
    public List<Listed> list(UUID tenantId, String words, int offset, int limit) {
        return list(tenantId, words, null, null, offset, limit);
    }

    /** @param day with the roles of that day, and only accounts opened before its {@code end}; both null for today */
    public List<Listed> list(
            UUID tenantId, String words, @Nullable LocalDate day, @Nullable Instant end, int offset, int limit) {
        return store.list(tenantId, Texts.searchKey(words), Texts.oneLine(words), day, end, offset, limit);
    }

    public long count(UUID tenantId, String words) {
        return count(tenantId, words, null);
    }

    /** @param end only those opened before that moment; null for all */
    public long count(UUID tenantId, String words, @Nullable Instant end) {
        return store.count(tenantId, Texts.searchKey(words), Texts.oneLine(words), end);
    }

    /** The names behind account ids, for pages that tell who did something. */
    public Map<UUID, String> names(UUID tenantId, java.util.Collection<UUID> accounts) {
        return store.names(tenantId, accounts);
    }

    /** Whether any of the units' accounts, valid today, holds the role: asked by launch gates. */
    public List<UUID> unitsLackingRole(UUID tenantId, Role role, java.util.Collection<UUID> units) {
        return store.unitsLackingRole(tenantId, role, units, today());
    }
}
