package vn.chuanmuc.access;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.util.exception.WebAuthnException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadTopOriginException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttachment;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.MapPublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import vn.chuanmuc.access.PasskeyAnswer.Handle;
import vn.chuanmuc.kernel.Reason;

/**
 * What a device is asked, and whether it answered rightly: Spring Security's own check (challenge, origin, domain, signature, counter),
 * always with the device having recognised the person (PIN, finger, face). No database: that is {@link Passkeys}'.
 */
final class PasskeyCheck {
    /** How long a challenge is good, and how long the browser waits. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final WebAuthnManager MANAGER = WebAuthnManager.createNonStrictWebAuthnManager();

    private final PublicKeyCredentialRpEntity party;
    private final Set<String> origins;

    PasskeyCheck(PasskeyPlace place, String product) {
        party = PublicKeyCredentialRpEntity.builder()
                .id(place.domain())
                .name(product)
                .build();
        origins = place.origins();
    }

    /** The answer does not count. @param copied whether the device's counter says that there are two of it */
    static final class Refused extends Exception {
        private final transient Reason why;
        private final boolean copied;

        Refused(Reason why, boolean copied) {
            super(why.key(), null, false, false);
            this.why = why;
            this.copied = copied;
        }

        Reason why() {
            return why;
        }

        boolean copied() {
            return copied;
        }
    }

    /** @param elsewhere only a device that is carried along: this computer is shared */
    PublicKeyCredentialCreationOptions toRegister(
            byte[] challenge,
            Handle handle,
            String username,
            String fullName,
            List<PasskeyStore.Row> known,
            boolean elsewhere) {
        var selection = AuthenticatorSelectionCriteria.builder()
                .userVerification(UserVerificationRequirement.REQUIRED)
                .residentKey(ResidentKeyRequirement.REQUIRED);
        if (elsewhere) {
            selection.authenticatorAttachment(AuthenticatorAttachment.CROSS_PLATFORM);
        }
        return PublicKeyCredentialCreationOptions.builder()
                .rp(party)
                .user(user(handle, username, fullName))
                .challenge(new Bytes(challenge))
                .attestation(AttestationConveyancePreference.NONE)
                .pubKeyCredParams(
                        PublicKeyCredentialParameters.ES256,
                        PublicKeyCredentialParameters.EdDSA,
                        PublicKeyCredentialParameters.RS256)
                .authenticatorSelection(selection.build())
                .excludeCredentials(descriptors(known))
                .timeout(LIFE)
                .build();
    }

    private static PublicKeyCredentialUserEntity user(Handle handle, String username, String fullName) {
        return ImmutablePublicKeyCredentialUserEntity.builder()
                .id(handle.bytes())
                .name(username)
                .displayName(fullName)
                .build();
    }

    /** @param allowed empty: whichever the person has */
    PublicKeyCredentialRequestOptions toConfirm(byte[] challenge, List<PasskeyStore.Row> allowed) {
        return PublicKeyCredentialRequestOptions.builder()
                .rpId(String.valueOf(party.getId()))
                .challenge(new Bytes(challenge))
                .allowCredentials(descriptors(allowed))
                .userVerification(UserVerificationRequirement.REQUIRED)
                .timeout(LIFE)
                .build();
    }

    private static List<PublicKeyCredentialDescriptor> descriptors(List<PasskeyStore.Row> rows) {
        return rows.stream()
                .map(row -> PublicKeyCredentialDescriptor.builder()
                        .type(PublicKeyCredentialType.PUBLIC_KEY)
                        .id(new Bytes(row.credentialId()))
                        .transports(transports(row))
                        .build())
                .toList();
    }

    private static Set<AuthenticatorTransport> transports(PasskeyStore.Row row) {
        return row.transports().stream().map(AuthenticatorTransport::valueOf).collect(Collectors.toSet());
    }

    CredentialRecord register(
            PublicKeyCredentialCreationOptions asked,
            PublicKeyCredential<AuthenticatorAttestationResponse> answer,
            String name)
            throws Refused {
        var held = new Held(null);
        run(
                operations(held, asked.getUser()),
                with -> with.registerCredential(
                        new ImmutableRelyingPartyRegistrationRequest(asked, new RelyingPartyPublicKey(answer, name))));
        return held.saved();
    }

    /** What the passkey's counter and backup say now. */
    CredentialRecord confirm(
            byte[] challenge,
            PasskeyStore.Row passkey,
            Handle handle,
            PublicKeyCredential<AuthenticatorAssertionResponse> answer)
            throws Refused {
        var held = new Held(record(passkey, handle));
        run(
                operations(held, user(handle, passkey.name(), passkey.name())),
                with -> with.authenticate(
                        new RelyingPartyAuthenticationRequest(toConfirm(challenge, List.of(passkey)), answer)));
        return held.saved();
    }

    private static CredentialRecord record(PasskeyStore.Row row, Handle handle) {
        return ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(row.credentialId()))
                .userEntityUserId(handle.bytes())
                .publicKey(new ImmutablePublicKeyCose(row.publicKey()))
                .signatureCount(row.signCount())
                .uvInitialized(true)
                .transports(transports(row))
                .backupEligible(row.backupEligible())
                .backupState(row.backedUp())
                .attestationObject(new Bytes(row.attestationObject()))
                .attestationClientDataJSON(new Bytes(row.clientData()))
                .created(row.registeredAt())
                .lastUsed(row.lastUsedAt() == null ? row.registeredAt() : row.lastUsedAt())
                .label(row.name())
                .build();
    }

    private Webauthn4JRelyingPartyOperations operations(Held held, PublicKeyCredentialUserEntity user) {
        var users = new MapPublicKeyCredentialUserEntityRepository();
        users.save(user);
        var operations = new Webauthn4JRelyingPartyOperations(users, held, party, origins);
        operations.setWebAuthnManager(MANAGER);
        return operations;
    }

    private static void run(
            Webauthn4JRelyingPartyOperations operations, Consumer<Webauthn4JRelyingPartyOperations> what)
            throws Refused {
        try {
            what.accept(operations);
        } catch (BadOriginException | BadTopOriginException | CrossOriginException | BadRpIdException e) {
            throw new Refused(Reason.of("access.passkey.refused.address"), false);
        } catch (UserNotVerifiedException | UserNotPresentException e) {
            throw new Refused(Reason.of("access.passkey.refused.unverified"), false);
        } catch (MaliciousCounterValueException e) {
            throw new Refused(Reason.of("access.passkey.refused.copied"), true);
        } catch (WebAuthnException | IllegalArgumentException e) {
            throw new Refused(Reason.of("access.passkey.refused.wrong"), false);
        }
    }

    /** The one passkey a check is about; what the check would store is taken from here and written by ourselves, guarded. */
    private static final class Held implements UserCredentialRepository {
        private final @Nullable CredentialRecord known;
        private @Nullable CredentialRecord saved;

        Held(@Nullable CredentialRecord known) {
            this.known = known;
        }

        CredentialRecord saved() {
            if (saved == null) {
                throw new IllegalStateException("a passkey that was checked is saved");
            }
            return saved;
        }

        @Override
        public void save(CredentialRecord record) {
            saved = record;
        }

        @Override
        public @Nullable CredentialRecord findByCredentialId(Bytes id) {
            return known != null && known.getCredentialId().equals(id) ? known : null;
        }

        @Override
        public List<CredentialRecord> findByUserId(Bytes user) {
            return known == null ? List.of() : List.of(known);
        }

        @Override
        public void delete(Bytes id) {
            throw new UnsupportedOperationException("a passkey ends, it is never deleted");
        }
    }
}
