package vn.chuanmuc.access;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The words between a page and its browser about passkeys: JSON as the WebAuthn standard writes it. */
final class PasskeyAnswer {
    private static final int LONGEST = 65_536;
    private static final int ID_BYTES = 16;
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

    private PasskeyAnswer() {}

    static String write(Object options) {
        return JSON.writeValueAsString(options);
    }

    static Optional<PublicKeyCredential<AuthenticatorAttestationResponse>> registration(String answer) {
        return read(answer, new TypeReference<PublicKeyCredential<AuthenticatorAttestationResponse>>() {})
                .filter(read -> read.getRawId() != null
                        && read.getResponse() != null
                        && read.getResponse().getClientDataJSON() != null
                        && read.getResponse().getAttestationObject() != null);
    }

    static Optional<PublicKeyCredential<AuthenticatorAssertionResponse>> assertion(String answer) {
        return read(answer, new TypeReference<PublicKeyCredential<AuthenticatorAssertionResponse>>() {})
                .filter(read -> read.getRawId() != null
                        && read.getResponse() != null
                        && read.getResponse().getClientDataJSON() != null
                        && read.getResponse().getAuthenticatorData() != null
                        && read.getResponse().getSignature() != null);
    }

    private static <T> Optional<T> read(String answer, TypeReference<T> type) {
        if (answer.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(answer, type));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The challenge that the browser says it answers; empty bytes when it says none. */
    static byte[] challenge(Bytes clientData) {
        try {
            String said = JSON.readTree(clientData.getBytes()).path("challenge").asString("");
            return Base64.getUrlDecoder().decode(said);
        } catch (JacksonException | IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Whose passkey it is, as the device keeps it: no name, no number of a person. */
    record Handle(UUID tenantId, UUID accountId) {
        Bytes bytes() {
            return new Bytes(ByteBuffer.allocate(2 * ID_BYTES)
                    .putLong(tenantId.getMostSignificantBits())
                    .putLong(tenantId.getLeastSignificantBits())
                    .putLong(accountId.getMostSignificantBits())
                    .putLong(accountId.getLeastSignificantBits())
                    .array());
        }

        static Optional<Handle> of(@Nullable Bytes bytes) {
            if (bytes == null || bytes.getBytes().length != 2 * ID_BYTES) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes());
            return Optional.of(new Handle(
                    new UUID(buffer.getLong(), buffer.getLong()), new UUID(buffer.getLong(), buffer.getLong())));
        }
    }
}
