package vn.chuanmuc.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.kernel.Sha256;

/**
 * A person's device and browser, as the WebAuthn standard says they answer: one passkey (P-256) with a counter. What is public here a
 * test may set wrong on purpose.
 */
public final class Device {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int HAS_KEY = 0x40;

    private final KeyPair keys;
    private final byte[] id = new byte[32];
    private byte[] user = new byte[0];

    /** What stands in the browser's address bar. */
    public String origin;

    /** The domain the passkey was made for; null: the one that is asked. */
    public String domain = "localhost";

    public boolean recognisedItsUser = true;
    public int counter = 1;
    /** What it says it answers; null: what it was asked. */
    public byte[] otherChallenge = new byte[0];

    public Device(String origin) {
        this.origin = origin;
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        new SecureRandom().nextBytes(id);
    }

    /** Makes the passkey. @param options PublicKeyCredentialCreationOptionsJSON */
    public String register(String options) {
        JsonNode asked = JSON.readTree(options);
        user = Base64.getUrlDecoder().decode(asked.path("user").path("id").asString());
        var attestation = new ByteArrayOutputStream();
        attestation.write(0xa3); // {"fmt": "none", "attStmt": {}, "authData": …}
        text(attestation, "fmt");
        text(attestation, "none");
        text(attestation, "attStmt");
        attestation.write(0xa0);
        text(attestation, "authData");
        bytes(attestation, data(true));
        return answer(Map.of(
                "clientDataJSON",
                written(client("webauthn.create", asked)),
                "attestationObject",
                written(attestation.toByteArray()),
                "transports",
                new String[] {"internal"}));
    }

    /** Answers for its user. @param options PublicKeyCredentialRequestOptionsJSON */
    public String answer(String options) {
        byte[] client = client("webauthn.get", JSON.readTree(options));
        counter++;
        byte[] data = data(false);
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(Sha256.of(client));
            return answer(Map.of(
                    "clientDataJSON",
                    written(client),
                    "authenticatorData",
                    written(data),
                    "signature",
                    written(signature.sign()),
                    "userHandle",
                    written(user)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says that its passkey is that account's. */
    public void claims(Device other) {
        user = other.user;
    }

    private String answer(Map<String, Object> response) {
        var whole = new LinkedHashMap<String, Object>();
        whole.put("id", written(id));
        whole.put("rawId", written(id));
        whole.put("type", "public-key");
        whole.put("response", response);
        whole.put("clientExtensionResults", Map.of());
        whole.put("authenticatorAttachment", "platform");
        return JSON.writeValueAsString(whole);
    }

    private byte[] client(String type, JsonNode asked) {
        String challenge = otherChallenge.length == 0 ? asked.path("challenge").asString() : written(otherChallenge);
        var said = new LinkedHashMap<String, Object>();
        said.put("type", type);
        said.put("challenge", challenge);
        said.put("origin", origin);
        said.put("crossOrigin", false);
        return JSON.writeValueAsBytes(said);
    }

    private byte[] data(boolean withKey) {
        var data = new ByteArrayOutputStream();
        data.writeBytes(Sha256.of(domain));
        data.write(PRESENT | (recognisedItsUser ? VERIFIED : 0) | (withKey ? HAS_KEY : 0));
        data.writeBytes(ByteBuffer.allocate(4).putInt(counter).array());
        if (withKey) {
            data.writeBytes(new byte[16]);
            data.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
            data.writeBytes(id);
            var key = (ECPublicKey) keys.getPublic();
            data.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21}); // EC2, ES256, P-256
            bytes(data, unsigned(key.getW().getAffineX().toByteArray()));
            data.write(0x22);
            bytes(data, unsigned(key.getW().getAffineY().toByteArray()));
        }
        return data.toByteArray();
    }

    private static byte[] unsigned(byte[] number) {
        var fixed = new byte[32];
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 | text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        if (bytes.length < 256) {
            out.write(0x58);
            out.write(bytes.length);
        } else {
            out.write(0x59);
            out.writeBytes(Arrays.copyOfRange(
                    ByteBuffer.allocate(4).putInt(bytes.length).array(), 2, 4));
        }
        out.writeBytes(bytes);
    }

    private static String written(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
