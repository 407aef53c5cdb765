package vn.chuanmuc.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Sha256;

/** Checkpoints as signed notes (c2sp.org/signed-note and c2sp.org/tlog-checkpoint), Ed25519. */
final class Note {
    private static final String SIGNATURE = "— ";
    private static final byte ED25519 = 1;
    private static final int KEY_LENGTH = 32;
    /** What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410). */
    private static final byte[] X509 = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private Note() {}

    /** A key by which a note is checked: {@code <name>+<id>+<base64>}, the way Go's {@code note} package writes it. */
    record Verifier(String name, byte[] key) {
        static Verifier of(String name, PublicKey key) {
            byte[] encoded = key.getEncoded();
            Check.that(
                    encoded.length == X509.length + KEY_LENGTH
                            && Arrays.equals(encoded, 0, X509.length, X509, 0, X509.length),
                    "an Ed25519 key");
            return new Verifier(name, Arrays.copyOfRange(encoded, X509.length, encoded.length));
        }

        static Verifier parse(String text) {
            String[] parts = text.split("\\+", 3);
            Check.that(parts.length == 3, "a verifier key has three parts");
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            Check.that(typed.length == KEY_LENGTH + 1 && typed[0] == ED25519, "an Ed25519 verifier key");
            var verifier = new Verifier(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
            Check.that(verifier.text().equals(text), "a verifier key with its own id");
            return verifier;
        }

        byte[] id() {
            return Arrays.copyOf(
                    Sha256.of((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {ED25519}, key), 4);
        }

        String text() {
            byte[] typed = new byte[KEY_LENGTH + 1];
            typed[0] = ED25519;
            System.arraycopy(key, 0, typed, 1, KEY_LENGTH);
            return name
                    + '+'
                    + java.util.HexFormat.of().formatHex(id())
                    + '+'
                    + Base64.getEncoder().encodeToString(typed);
        }

        private PublicKey publicKey() throws GeneralSecurityException {
            byte[] encoded = Arrays.copyOf(X509, X509.length + KEY_LENGTH);
            System.arraycopy(key, 0, encoded, X509.length, KEY_LENGTH);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        }
    }

    /** A key by which notes are signed. */
    record Signer(Verifier verifier, PrivateKey key) {}

    static String body(String origin, long size, byte[] root) {
        return origin + '\n' + size + '\n' + Base64.getEncoder().encodeToString(root) + '\n';
    }

    static String sign(String body, List<Signer> signers) {
        var note = new StringBuilder(body).append('\n');
        for (Signer signer : signers) {
            byte[] id = signer.verifier().id();
            byte[] signature = signature(body, signer.key());
            byte[] both = Arrays.copyOf(id, id.length + signature.length);
            System.arraycopy(signature, 0, both, id.length, signature.length);
            note.append(SIGNATURE)
                    .append(signer.verifier().name())
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(both))
                    .append('\n');
        }
        return note.toString();
    }

    private static byte[] signature(String body, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of our own cannot sign", e);
        }
    }

    /** Whether the note has this body and a good signature of every one of these keys. */
    static boolean holds(String note, String body, List<Verifier> verifiers) {
        if (!note.startsWith(body + "\n")) {
            return false;
        }
        String[] lines = note.substring(body.length() + 1).split("\n", -1);
        return lines.length == verifiers.size() + 1
                && lines[lines.length - 1].isEmpty()
                && verifiers.stream().allMatch(verifier -> signed(lines, body, verifier));
    }

    private static boolean signed(String[] lines, String body, Verifier verifier) {
        String start = SIGNATURE + verifier.name() + ' ';
        for (String line : lines) {
            if (!line.startsWith(start)) {
                continue;
            }
            try {
                byte[] both = Base64.getDecoder().decode(line.substring(start.length()));
                byte[] id = verifier.id();
                if (both.length <= id.length || !Arrays.equals(Arrays.copyOf(both, id.length), id)) {
                    continue;
                }
                Signature signature = Signature.getInstance("Ed25519");
                signature.initVerify(verifier.publicKey());
                signature.update(body.getBytes(StandardCharsets.UTF_8));
                if (signature.verify(both, id.length, both.length - id.length)) {
                    return true;
                }
            } catch (IllegalArgumentException | GeneralSecurityException e) {
                return false;
            }
        }
        return false;
    }
}
