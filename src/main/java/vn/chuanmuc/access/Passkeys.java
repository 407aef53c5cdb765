package vn.chuanmuc.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.PasskeyAnswer.Handle;
import vn.chuanmuc.access.PasskeyStore.Challenge;
import vn.chuanmuc.access.PasskeyStore.End;
import vn.chuanmuc.access.PasskeyStore.Purpose;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/**
 * Passkeys (khóa truy cập): a key pair on a person's device, with which they sign in, and prove again that it is them before a
 * confirmation. Never a signature of a document: what is kept of it is that they confirmed, and by which passkey.
 */
@Component
public class Passkeys {
    /** Of one account at a time. */
    public static final int MOST = 10;

    private static final int LONGEST_NAME = 60;
    private static final int CHALLENGE_BYTES = 32;
    private static final int ABOUT_BYTES = 32;

    private final PasskeyStore store;
    private final AccountStore accountStore;
    private final Accounts accounts;
    private final PasskeyPlace place;
    private final MessageSource messages;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Passkeys(
            PasskeyStore store,
            AccountStore accountStore,
            Accounts accounts,
            PasskeyPlace place,
            MessageSource messages,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.accountStore = accountStore;
        this.accounts = accounts;
        this.place = place;
        this.messages = messages;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param synced whether the device says it is kept on the person's other devices, too */
    public record Passkey(
            UUID id,
            String name,
            Instant registeredAt,
            @Nullable Instant lastUsedAt,
            boolean synced) {}

    /** What came of a step. */
    public sealed interface Step {
        record Done() implements Step {}

        /** @param field the form field to put right, empty for the whole */
        record Refused(String field, Reason why) implements Step {}
    }

    /**
     * A passkey that waits for the device.
     *
     * @param options what the browser is asked (PublicKeyCredentialCreationOptionsJSON)
     */
    public record Waiting(String name, String options) {}

    /** Those of the viewer that are good, the oldest first. */
    public List<Passkey> list(Viewer viewer) {
        return store.list(viewer.tenantId(), viewer.accountId()).stream()
                .map(row -> new Passkey(row.id(), row.name(), row.registeredAt(), row.lastUsedAt(), row.backedUp()))
                .toList();
    }

    /** The addresses at which passkeys work, parted by blanks; empty when the viewer has none that could be asked for. */
    public Optional<String> offer(Viewer viewer) {
        return place.open()
                        && !store.list(viewer.tenantId(), viewer.accountId()).isEmpty()
                ? Optional.of(place.addresses())
                : Optional.empty();
    }

    /** The first step of a new passkey: a name for it, and the password once more. */
    public Step begin(Viewer viewer, String name, String password) {
        String clean = Texts.oneLine(name);
        if (!place.open()) {
            return new Step.Refused("", Reason.of("access.passkey.refused.nowhere"));
        }
        if (clean.isEmpty() || clean.length() > LONGEST_NAME) {
            return new Step.Refused("ten-khoa", Reason.of("access.passkey.name.missing", LONGEST_NAME));
        }
        Optional<Reason> full = refusal(viewer, clean);
        if (full.isPresent()) {
            return new Step.Refused("ten-khoa", full.get());
        }
        if (password.isEmpty()) {
            return new Step.Refused("mat-khau", Reason.of("access.passkey.password.missing"));
        }
        if (accounts.confirm(viewer, password) instanceof Confirmation.Refused(var why)) {
            return new Step.Refused("mat-khau", why);
        }
        ask(viewer, Purpose.REGISTER, null, clean);
        return new Step.Done();
    }

    private Optional<Reason> refusal(Viewer viewer, String name) {
        List<PasskeyStore.Row> known = store.list(viewer.tenantId(), viewer.accountId());
        if (known.size() >= MOST) {
            return Optional.of(Reason.of("access.passkey.refused.most", MOST));
        }
        return known.stream().anyMatch(row -> row.name().equalsIgnoreCase(name))
                ? Optional.of(Reason.of("access.passkey.name.taken", name))
                : Optional.empty();
    }

    /** The passkey that was begun and waits for the device; empty when none was, or it took too long. */
    public Optional<Waiting> waiting(Viewer viewer) {
        return store.waiting(viewer.tenantId(), viewer.accountId(), Purpose.REGISTER, clock.instant())
                .map(waits -> new Waiting(name(waits), PasskeyAnswer.write(options(viewer, waits))));
    }

    private org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions options(
            Viewer viewer, Challenge waits) {
        return check().toRegister(
                        waits.bytes(),
                        handle(viewer),
                        viewer.username(),
                        viewer.name(),
                        store.list(viewer.tenantId(), viewer.accountId()),
                        viewer.shared());
    }

    private static String name(Challenge waits) {
        return Objects.requireNonNull(waits.name(), "registering has a name");
    }

    /** The second step: the device answered. @param answer RegistrationResponseJSON */
    public Step register(Viewer viewer, String answer) {
        var read = PasskeyAnswer.registration(answer);
        if (read.isEmpty()) {
            return refused("wrong");
        }
        byte[] said = PasskeyAnswer.challenge(read.get().getResponse().getClientDataJSON());
        Optional<Challenge> asked =
                store.take(viewer.tenantId(), viewer.accountId(), Purpose.REGISTER, said, clock.instant());
        if (asked.isEmpty()) {
            return refused("late");
        }
        String name = name(asked.get());
        CredentialRecord made;
        try {
            made = check().register(options(viewer, asked.get()), read.get(), name);
        } catch (PasskeyCheck.Refused e) {
            return new Step.Refused("", e.why());
        }
        return Objects.requireNonNull(transaction.execute(status -> keep(viewer, made, name)));
    }

    private Step keep(Viewer viewer, CredentialRecord made, String name) {
        UUID tenant = viewer.tenantId();
        store.lock(tenant, viewer.accountId());
        Optional<Reason> full = refusal(viewer, name);
        if (full.isPresent()) {
            return new Step.Refused("", full.get());
        }
        byte[] credential = made.getCredentialId().getBytes();
        if (store.find(tenant, credential).isPresent()) {
            return refused("known");
        }
        var row = new PasskeyStore.Row(
                Ids.next(),
                viewer.accountId(),
                credential,
                made.getPublicKey().getBytes(),
                Objects.requireNonNull(made.getAttestationObject()).getBytes(),
                Objects.requireNonNull(made.getAttestationClientDataJSON()).getBytes(),
                made.getTransports().stream()
                        .map(AuthenticatorTransport::getValue)
                        .collect(Collectors.toSet()),
                made.getSignatureCount(),
                made.isBackupEligible(),
                made.isBackupState(),
                name,
                clock.instant(),
                null,
                null);
        store.insert(tenant, row);
        ledger.append(new Act(
                tenant,
                "access.passkey-registered",
                row.id(),
                viewer.accountId(),
                Map.of(
                        "name",
                        name,
                        "credential",
                        HexFormat.of().formatHex(Sha256.of(credential)),
                        "key",
                        HexFormat.of().formatHex(Sha256.of(row.publicKey())))));
        return new Step.Done();
    }

    private static Step refused(String key) {
        return new Step.Refused("", Reason.of("access.passkey.refused." + key));
    }

    /** From now on it opens and confirms nothing. Taken away twice is taken away. */
    public void remove(Viewer viewer, UUID id) {
        if (!store.owns(viewer.tenantId(), viewer.accountId(), id)) {
            throw new NotFound("passkey");
        }
        end(viewer.tenantId(), viewer.accountId(), id, End.REMOVED);
    }

    private void end(UUID tenant, UUID account, UUID id, End why) {
        transaction.executeWithoutResult(status -> {
            if (store.end(tenant, account, id, why, clock.instant())) {
                ledger.append(new Act(tenant, "access.passkey-ended", id, account, Map.of("why", why.code())));
            }
        });
    }

    /**
     * What the browser is asked before the viewer confirms something (PublicKeyCredentialRequestOptionsJSON).
     *
     * @param about SHA-256 of what is confirmed: the answer is good for that, once, and for nothing else
     */
    public Optional<String> challenge(Viewer viewer, byte[] about) {
        List<PasskeyStore.Row> own = store.list(viewer.tenantId(), viewer.accountId());
        if (!place.open() || own.isEmpty() || about.length != ABOUT_BYTES) {
            return Optional.empty();
        }
        return Optional.of(PasskeyAnswer.write(check().toConfirm(ask(viewer, Purpose.CONFIRM, about, null), own)));
    }

    private byte[] ask(Viewer viewer, Purpose purpose, byte @Nullable [] about, @Nullable String name) {
        byte[] challenge = newChallenge();
        Instant now = clock.instant();
        store.ask(
                viewer.tenantId(),
                viewer.accountId(),
                purpose,
                new Challenge(challenge, about, name),
                now,
                now.plus(PasskeyCheck.LIFE));
        return challenge;
    }

    private byte[] newChallenge() {
        var challenge = new byte[CHALLENGE_BYTES];
        random.nextBytes(challenge);
        return challenge;
    }

    /**
     * Whether the person at the screen is the account's owner: their device answered for just this.
     *
     * @param answer AuthenticationResponseJSON
     * @param about what {@link #challenge} was asked for
     */
    public Confirmation confirm(Viewer viewer, String answer, byte[] about) {
        var read = PasskeyAnswer.assertion(answer);
        if (read.isEmpty()) {
            return new Confirmation.Refused(Reason.of("access.passkey.refused.wrong"));
        }
        byte[] said = PasskeyAnswer.challenge(read.get().getResponse().getClientDataJSON());
        // Used up before it is looked at: whatever comes of it, nobody asks the same again.
        Optional<Challenge> asked =
                store.take(viewer.tenantId(), viewer.accountId(), Purpose.CONFIRM, said, clock.instant());
        if (asked.isEmpty()) {
            return new Confirmation.Refused(Reason.of("access.passkey.refused.late"));
        }
        if (!Arrays.equals(asked.get().about(), about)) {
            return new Confirmation.Refused(Reason.of("access.passkey.refused.other-thing"));
        }
        return switch (answered(handle(viewer), said, read.get())) {
            case Answered.Right(var passkey) -> new Confirmation.Confirmed(Confirmation.Way.PASSKEY, passkey);
            case Answered.Wrong(var why) -> new Confirmation.Refused(why);
        };
    }

    private sealed interface Answered {
        record Right(UUID passkey) implements Answered {}

        record Wrong(Reason why) implements Answered {}
    }

    private Answered answered(
            Handle handle, byte[] challenge, PublicKeyCredential<AuthenticatorAssertionResponse> answer) {
        UUID tenant = handle.tenantId();
        Optional<PasskeyStore.Row> known = store.find(tenant, answer.getRawId().getBytes())
                .filter(row -> row.accountId().equals(handle.accountId()));
        boolean others = Handle.of(answer.getResponse().getUserHandle())
                .filter(owner -> !owner.equals(handle))
                .isPresent();
        if (known.isEmpty() || others) {
            return new Answered.Wrong(Reason.of("access.passkey.refused.unknown"));
        }
        PasskeyStore.Row passkey = known.get();
        if (passkey.endedAt() != null) {
            return new Answered.Wrong(Reason.of("access.passkey.refused.ended"));
        }
        CredentialRecord now;
        try {
            now = check().confirm(challenge, passkey, handle, answer);
        } catch (PasskeyCheck.Refused e) {
            if (e.copied()) {
                end(tenant, handle.accountId(), passkey.id(), End.COUNTER_WENT_BACK);
            }
            return new Answered.Wrong(e.why());
        }
        boolean first = store.used(tenant, passkey, now.getSignatureCount(), now.isBackupState(), clock.instant());
        return first ? new Answered.Right(passkey.id()) : new Answered.Wrong(Reason.of("access.passkey.refused.late"));
    }

    /** What the browser of somebody who signs in is asked; empty when passkeys work nowhere. */
    public Optional<String> challengeToSignIn() {
        if (!place.open()) {
            return Optional.empty();
        }
        byte[] challenge = newChallenge();
        Instant now = clock.instant();
        store.askNobody(challenge, now, now.plus(PasskeyCheck.LIFE));
        return Optional.of(PasskeyAnswer.write(check().toConfirm(challenge, List.of())));
    }

    sealed interface SignIn {
        record Welcome(AccountStore.Account account) implements SignIn {}

        record Refused(Reason why) implements SignIn {}
    }

    /** Who signs in with this answer. */
    SignIn signIn(String answer) {
        var read = PasskeyAnswer.assertion(answer);
        if (read.isEmpty()) {
            return new SignIn.Refused(Reason.of("access.passkey.refused.wrong"));
        }
        byte[] said = PasskeyAnswer.challenge(read.get().getResponse().getClientDataJSON());
        if (!store.takeNobodys(said, clock.instant())) {
            return new SignIn.Refused(Reason.of("access.passkey.refused.late"));
        }
        Optional<Handle> handle = Handle.of(read.get().getResponse().getUserHandle());
        if (handle.isEmpty()) {
            return new SignIn.Refused(Reason.of("access.passkey.refused.unknown"));
        }
        return switch (answered(handle.get(), said, read.get())) {
            case Answered.Wrong(var why) -> new SignIn.Refused(why);
            case Answered.Right right -> {
                AccountStore.Account account =
                        accountStore.get(handle.get().tenantId(), handle.get().accountId());
                yield account.closed() || account.passwordHash() == null
                        ? new SignIn.Refused(Reason.of("access.passkey.refused.unknown"))
                        : new SignIn.Welcome(account);
            }
        };
    }

    private PasskeyCheck check() {
        Check.that(place.open(), "passkeys work somewhere");
        return new PasskeyCheck(place, messages.getMessage("ui.product", null, LocaleContextHolder.getLocale()));
    }

    private static Handle handle(Viewer viewer) {
        return new Handle(viewer.tenantId(), viewer.accountId());
    }
}
