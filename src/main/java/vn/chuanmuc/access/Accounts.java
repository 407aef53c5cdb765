package vn.chuanmuc.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Accounts: made for officials, entered the first time with a one-time code, afterwards with a password of their own. */
@Component
public class Accounts {
    /** How long a one-time code opens the door; a clerk can issue a new one. */
    private static final Duration CODE_LIFE = Duration.ofDays(30);

    private static final int FAILURES_BEFORE_LOCK = 10;
    private static final Duration LOCK = Duration.ofMinutes(5);
    static final int SHORTEST_PASSWORD = 10;
    /** bcrypt reads 72 bytes; a longer password would be cut silently. */
    private static final int LONGEST_PASSWORD_BYTES = 72;

    private final AccountStore store;
    private final CodeStore codes;
    private final PasswordEncoder encoder;
    private final Ledger ledger;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final String nobodysHash;

    Accounts(AccountStore store, CodeStore codes, PasswordEncoder encoder, Ledger ledger, Clock clock) {
        this.store = store;
        this.codes = codes;
        this.encoder = encoder;
        this.ledger = ledger;
        this.clock = clock;
        this.nobodysHash = String.valueOf(encoder.encode("nobody"));
    }

    /** A new account and, when it is to be entered with a code, that code in clear: shown once, never stored. */
    public record Issued(UUID accountId, String username, String displayName, String code) {}

    /** An account as an administrator sees it. */
    public record Listed(
            UUID id,
            String username,
            String displayName,
            boolean official,
            boolean passwordSet,
            boolean closed,
            List<Viewer.Grant> grants,
            List<String> grantedUnits) {}

    /**
     * Makes an account for an official or, with no person, for an office, and a one-time code to enter it.
     *
     * @param wishedName sign-in name wished for; a number is put behind it when it is taken
     */
    @Transactional
    public Issued open(UUID tenantId, UUID actor, String displayName, String wishedName, @Nullable UUID personId) {
        String username = freeName(wishedName);
        UUID id = Ids.next();
        store.insert(tenantId, id, username, displayName, personId, clock.instant());
        String code = newCode(tenantId, id);
        ledger.append(new Act(
                tenantId, "access.account-opened", id, actor, Map.of("username", username, "name", displayName)));
        return new Issued(id, username, displayName, code);
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
        String username = freeName(wishedName.isEmpty() ? wishedName(displayName) : wishedName);
        UUID id = Ids.next();
        store.insert(tenantId, id, username, displayName, personId, clock.instant());
        store.setPassword(tenantId, id, encodedPassword);
        ledger.append(new Act(
                tenantId, "access.account-opened", id, actor, Map.of("username", username, "name", displayName)));
        return id;
    }

    /** Who is behind a sign-in name, as others see them; empty when there is no such account. */
    public Optional<String> displayName(String username) {
        return store.byUsername(username).map(AccountStore.Account::displayName);
    }

    /** Opens accounts for those of the people who have none, and gives each of the others who never signed in a new code. */
    @Transactional
    public List<Issued> issueCodes(UUID tenantId, UUID actor, List<PersonName> people) {
        var issued = new ArrayList<Issued>();
        for (PersonName person : people) {
            Optional<AccountStore.Account> account = store.ofPerson(tenantId, person.id());
            if (account.isEmpty()) {
                issued.add(open(tenantId, actor, person.fullName(), wishedName(person.fullName()), person.id()));
            } else if (account.get().passwordHash() == null) {
                AccountStore.Account known = account.get();
                issued.add(
                        new Issued(known.id(), known.username(), known.displayName(), newCode(tenantId, known.id())));
            }
        }
        if (!issued.isEmpty()) {
            ledger.append(new Act(tenantId, "access.codes-issued", actor, actor, Map.of("count", issued.size())));
        }
        return issued;
    }

    /** How far somebody has come to an account. */
    public enum Entered {
        /** Has no account. */
        NONE,
        /** Has an account but never signed in. */
        WAITING,
        ENTERED
    }

    /** A person of a unit and their account; {@code username} is null without one. */
    public record Entry(
            UUID personId,
            String fullName,
            String unitName,
            String positionName,
            boolean sample,
            @Nullable String username,
            Entered entered) {}

    /** The people of a unit and below, as far as the viewer issues codes there, by name; at most 1,000. */
    public List<Entry> entriesOf(Viewer viewer, UUID unitId) {
        return codes.of(viewer.tenantId(), viewer.unitsWith(Permission.ISSUE_CODES), unitId, false, null);
    }

    /**
     * Issues codes to those of a unit and below who have never signed in; an earlier code of theirs ends.
     *
     * @param chosen only these; null for all, at most 1,000 at once
     */
    @Transactional
    public List<Issued> issueCodes(Viewer viewer, UUID unitId, @Nullable List<UUID> chosen) {
        List<PersonName> people =
                codes.of(viewer.tenantId(), viewer.unitsWith(Permission.ISSUE_CODES), unitId, true, chosen).stream()
                        .map(entry -> new PersonName(entry.personId(), entry.fullName()))
                        .toList();
        return issueCodes(viewer.tenantId(), viewer.accountId(), people);
    }

    public record PersonName(UUID id, String fullName) {}

    /** A new one-time code for an account whose owner forgot the password; the old password ends at once. */
    @Transactional
    public Issued reset(UUID tenantId, UUID actor, UUID accountId, String reason) {
        AccountStore.Account account = store.get(tenantId, accountId);
        store.clearPassword(tenantId, accountId);
        store.endSessions(tenantId, accountId);
        String code = newCode(tenantId, accountId);
        ledger.append(new Act(tenantId, "access.password-reset", accountId, actor, Map.of("reason", reason)));
        return new Issued(accountId, account.username(), account.displayName(), code);
    }

    @Transactional
    public void close(UUID tenantId, UUID actor, UUID accountId, String reason) {
        store.close(tenantId, accountId);
        store.endSessions(tenantId, accountId);
        ledger.append(new Act(tenantId, "access.account-closed", accountId, actor, Map.of("reason", reason)));
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

    /** Sets a password of one's own; refused when it is too short, too long or the sign-in name. */
    @Transactional
    public Optional<Reason> choosePassword(Viewer viewer, String password) {
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
            case PASSWORD -> new Confirmation.Confirmed();
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

    private String newCode(UUID tenantId, UUID accountId) {
        String code = Secrets.newCode(random);
        store.setCode(tenantId, accountId, Secrets.hash(code), clock.instant().plus(CODE_LIFE));
        return code;
    }

    private String freeName(String wished) {
        String base = wished.isEmpty() ? "tai-khoan" : wished;
        if (!store.taken(base)) {
            return base;
        }
        int suffix = store.nextSuffix(base);
        return base + suffix;
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
        return store.list(tenantId, Texts.searchKey(words), today(), offset, limit);
    }

    public long count(UUID tenantId, String words) {
        return store.count(tenantId, Texts.searchKey(words));
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
