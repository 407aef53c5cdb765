package vn.chuanmuc.commitments;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Confirmation;
import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.CommitmentStore.Place;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;

/** Xác nhận điện tử: the viewer's own commitment, confirmed by the password entered again or a passkey. */
@Component
class ElectronicSigning {
    private final CommitmentStore store;
    private final SignatureWriting writing;
    private final Access access;
    private final Accounts accounts;
    private final Passkeys passkeys;
    private final Campaigns campaigns;
    private final DecisionsSigned decisions;
    private final SetBodies bodies;
    private final TransactionTemplate transaction;

    ElectronicSigning(
            CommitmentStore store,
            SignatureWriting writing,
            Access access,
            Accounts accounts,
            Passkeys passkeys,
            Campaigns campaigns,
            DecisionsSigned decisions,
            SetBodies bodies,
            TransactionTemplate transaction) {
        this.store = store;
        this.writing = writing;
        this.access = access;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.campaigns = campaigns;
        this.decisions = decisions;
        this.bodies = bodies;
        this.transaction = transaction;
    }

    Signing sign(Viewer viewer, UUID campaignId, @Nullable UUID readSet, byte[] readHash, String password) {
        return sign(viewer, campaignId, readSet, readHash, () -> byPassword(viewer, "mat-khau", password));
    }

    Signing signWithPasskey(Viewer viewer, UUID campaignId, @Nullable UUID readSet, byte[] readHash, String answer) {
        return sign(
                viewer,
                campaignId,
                readSet,
                readHash,
                () -> byPasskey(
                        viewer, answer, Commitments.toConfirm(campaignId, Objects.requireNonNull(readSet), readHash)));
    }

    /** Whether it is them, or the field to put right. */
    private sealed interface Again {
        record Them(Confirmation.Confirmed how) implements Again {}

        record Refused(Signing.Refused why) implements Again {}
    }

    private Again byPassword(Viewer viewer, String field, String password) {
        if (password.isEmpty()) {
            return new Again.Refused(new Signing.Refused(field, Reason.of("commitments.sign.password.missing")));
        }
        return again(field, accounts.confirm(viewer, password));
    }

    private Again byPasskey(Viewer viewer, String answer, byte[] about) {
        return again("khoa", passkeys.confirm(viewer, answer, about));
    }

    private static Again again(String field, Confirmation confirmation) {
        return switch (confirmation) {
            case Confirmation.Confirmed how -> new Again.Them(how);
            case Confirmation.Refused(var why) -> new Again.Refused(new Signing.Refused(field, why));
        };
    }

    private Signing sign(
            Viewer viewer, UUID campaignId, @Nullable UUID readSet, byte[] readHash, Supplier<Again> asked) {
        access.require(viewer, Permission.SIGN_OWN);
        Place place = SignatureWriting.own(viewer, campaignId, store::place);
        if (place.standing() == Standing.SIGNED) {
            return new Signing.AlreadySigned(writing.receipt(viewer.tenantId(), campaignId, place.personId()));
        }
        if (readSet == null) {
            return new Signing.Refused("", Reason.of("commitments.sign.other-text"));
        }
        Optional<Signing> refused = refusal(viewer.tenantId(), place, readSet, readHash);
        if (refused.isPresent()) {
            return refused.get();
        }
        return switch (asked.get()) {
            case Again.Refused(var why) -> why;
            case Again.Them(var how) -> signConfirmed(viewer, campaignId, readSet, readHash, how);
        };
    }

    /** Signs for a viewer who was just confirmed. */
    Signing signConfirmed(Viewer viewer, UUID campaignId, UUID readSet, byte[] readHash, Confirmation.Confirmed how) {
        // Before the transaction, so that no signature waits for a second connection while it holds its own.
        if (!bodies.known(viewer.tenantId(), readSet)) {
            bodies.of(
                    viewer.tenantId(),
                    SignatureWriting.own(viewer, campaignId, store::place).setId());
        }
        for (int attempt = 0; attempt < SignatureWriting.ATTEMPTS; attempt++) {
            Signing signing = transaction.execute(status -> {
                Place place = SignatureWriting.own(viewer, campaignId, store::placeLocked);
                if (place.standing() == Standing.SIGNED) {
                    return new Signing.AlreadySigned(writing.receipt(viewer.tenantId(), campaignId, place.personId()));
                }
                Optional<Signing> refused = refusal(viewer.tenantId(), place, readSet, readHash);
                if (refused.isPresent()) {
                    return refused.get();
                }
                Receipt receipt = write(viewer, place, how);
                if (receipt == null) {
                    status.setRollbackOnly();
                    return null;
                }
                return new Signing.Signed(receipt);
            });
            if (signing != null) {
                return signing;
            }
        }
        return new Signing.Refused("", Reason.of("commitments.busy"));
    }

    Signing correctName(Viewer viewer, UUID campaignId, String password, String reason) {
        return correctName(viewer, campaignId, reason, () -> byPassword(viewer, "mat-khau-sua", password));
    }

    Signing correctNameWithPasskey(Viewer viewer, UUID campaignId, String answer, String correctedName, String reason) {
        return correctName(
                viewer,
                campaignId,
                reason,
                () -> byPasskey(viewer, answer, Commitments.toCorrect(campaignId, correctedName)));
    }

    private Signing correctName(Viewer viewer, UUID campaignId, String reason, Supplier<Again> asked) {
        access.require(viewer, Permission.SIGN_OWN);
        Optional<Signing> refused = refusalOfCorrection(viewer, SignatureWriting.own(viewer, campaignId, store::place));
        if (refused.isPresent()) {
            return refused.get();
        }
        Confirmation.Confirmed how;
        switch (asked.get()) {
            case Again.Refused(var why) -> {
                return why;
            }
            case Again.Them(var known) -> how = known;
        }
        // Before the transaction, so that no signature waits for a second connection while it holds its own.
        bodies.of(
                viewer.tenantId(),
                SignatureWriting.own(viewer, campaignId, store::place).setId());
        for (int attempt = 0; attempt < SignatureWriting.ATTEMPTS; attempt++) {
            Signing signing = transaction.execute(status -> {
                Optional<Signing> now =
                        refusalOfCorrection(viewer, SignatureWriting.own(viewer, campaignId, store::placeLocked));
                if (now.isPresent()) {
                    return now.get();
                }
                boolean taken =
                        campaigns.correct(viewer, campaignId, Objects.requireNonNull(viewer.personId()), reason);
                Receipt receipt =
                        taken ? write(viewer, SignatureWriting.own(viewer, campaignId, store::place), how) : null;
                if (receipt == null) { // a second click was quicker: the next attempt finds what it did
                    status.setRollbackOnly();
                    return null;
                }
                return new Signing.Signed(receipt);
            });
            if (signing != null) {
                return signing;
            }
        }
        return new Signing.Refused("", Reason.of("commitments.busy"));
    }

    private Optional<Signing> refusalOfCorrection(Viewer viewer, Place place) {
        if (place.standing() == Standing.SIGNED && place.corrected() == null) {
            return Optional.of(new Signing.AlreadySigned(
                    writing.receipt(viewer.tenantId(), place.campaignId(), place.personId())));
        }
        Optional<Reason> why = writing.lock(viewer.tenantId(), place);
        if (why.isEmpty() && place.standing() != Standing.SIGNED) {
            why = Optional.of(Reason.of("commitments.correct.unsigned"));
        }
        if (why.isEmpty() && !place.electronic()) {
            why = Optional.of(Reason.of("commitments.correct.method"));
        }
        // The ways to sign are never mixed (domain.md, 4.5): what was signed digitally or on paper is not confirmed
        // over.
        if (why.isEmpty()
                && !writing.receipt(viewer.tenantId(), place.campaignId(), place.personId())
                        .method()
                        .equals(Commitments.ELECTRONIC)) {
            why = Optional.of(Reason.of("commitments.correct.other-way"));
        }
        return why.map(reason -> new Signing.Refused("", reason));
    }

    private Optional<Signing> refusal(UUID tenantId, Place place, UUID readSet, byte[] readHash) {
        Optional<Reason> lock = writing.lock(tenantId, place);
        if (lock.isPresent()) {
            return Optional.of(new Signing.Refused("", lock.get()));
        }
        if (!place.electronic()) {
            return Optional.of(new Signing.Refused("", Reason.of("commitments.sign.method")));
        }
        return writing.refusedWords(tenantId, place, readSet, readHash);
    }

    private @Nullable Receipt write(Viewer viewer, Place place, Confirmation.Confirmed how) {
        UUID tenant = viewer.tenantId();
        UUID id = Ids.next();
        int version = place.version() + 1;
        Instant now = writing.now();
        PublishedDecision decision = decisions.of(tenant, place.decisionId());
        SetBodies.Body body = bodies.of(tenant, place.setId());
        String head = CommitmentDocument.head(new CommitmentDocument.Head(
                id,
                place.year(),
                version,
                place.fullName(),
                place.birthDate(),
                place.positionName(),
                place.unitName(),
                place.blocName(),
                decision.number(),
                decision.signedOn(),
                decision.issuer(),
                place.campaignTitle(),
                place.planNumber(),
                place.planDate(),
                now,
                viewer.username(),
                how.by()));
        byte[] documentHash = new Sha256().add(head).add(body.bytes()).digest();
        var evidence = new SignatureWriting.Evidence(
                Commitments.ELECTRONIC,
                head,
                body.hash(),
                documentHash,
                null,
                null,
                how.by().code());
        Receipt receipt = writing.write(tenant, viewer.accountId(), place, id, now, evidence, confirmedBy(how));
        if (receipt != null) {
            writing.supersede(tenant, viewer.accountId(), place, CommitmentPapers.FORM, CommitmentPapers.DIGITAL);
        }
        return receipt;
    }

    private static Map<String, Object> confirmedBy(Confirmation.Confirmed how) {
        UUID passkey = how.passkey();
        return passkey == null
                ? Map.of("confirmedBy", how.by().code())
                : Map.of("confirmedBy", how.by().code(), "passkey", passkey.toString());
    }
}
