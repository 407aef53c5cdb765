package vn.chuanmuc.verify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A signed tree head (c2sp.org/tlog-checkpoint and c2sp.org/signed-note).
 *
 * @param text what is signed: origin, size and root, one a line
 */
record Checkpoint(String origin, long size, byte[] root, String text, List<Signed> signatures) {
    private static final String DASH = "— ";
    private static final int MOST = 100;
    private static final int ID = 4;
    private static final int ROOT = 32;

    record Signed(String name, byte[] id, byte[] signature) {}

    /** Reads the note that stands next; its last line is the last of its signatures. */
    static Checkpoint read(Lines lines) throws Unusable {
        String origin = lines.need();
        String size = lines.need();
        String root = lines.need();
        byte[] hash = base64(root);
        if (origin.isEmpty()
                || !Numbers.isCount(size)
                || hash == null
                || hash.length != ROOT
                || !lines.need().isEmpty()) {
            throw new Unusable("checkpoint", lines.name(), lines.number());
        }
        var signatures = new ArrayList<Signed>();
        while (lines.peek() != null && lines.peek().startsWith(DASH)) {
            String[] parts = lines.need().substring(DASH.length()).split(" ", -1);
            byte[] both = parts.length == 2 ? base64(parts[1]) : null;
            if (both == null || both.length <= ID || signatures.size() == MOST) {
                throw new Unusable("checkpoint", lines.name(), lines.number());
            }
            signatures.add(new Signed(parts[0], Arrays.copyOf(both, ID), Arrays.copyOfRange(both, ID, both.length)));
        }
        if (signatures.isEmpty()) {
            throw new Unusable("checkpoint", lines.name(), lines.number());
        }
        return new Checkpoint(
                origin, Long.parseLong(size), hash, origin + '\n' + size + '\n' + root + '\n', signatures);
    }

    /** Whether there is a good signature of the key, and no bad one that says it is the key's. */
    boolean signedBy(Key key) {
        boolean good = false;
        for (Signed signed : signatures) {
            if (signed.name().equals(key.name()) && Arrays.equals(signed.id(), key.id())) {
                if (!key.verifies(text, signed.signature())) {
                    return false;
                }
                good = true;
            }
        }
        return good;
    }

    /** Null when the text is no Base64 in its one form. */
    static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A key by which notes are checked: {@code <name>+<id>+<base64>}. */
    record Key(String text, String name, byte[] id, PublicKey key) {
        private static final byte ED25519 = 1;
        private static final int LENGTH = 32;
        /** What stands before the key in X.509 (RFC 8410). */
        private static final byte[] X509 = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

        /** Null when the text is no verifier key. */
        static Key parse(String text) {
            String[] parts = text.split("\\+", 3);
            byte[] typed = parts.length == 3 ? base64(parts[2]) : null;
            if (typed == null || typed.length != LENGTH + 1 || typed[0] != ED25519 || parts[0].isEmpty()) {
                return null;
            }
            byte[] id = Arrays.copyOf(Hashes.of((parts[0] + '\n').getBytes(StandardCharsets.UTF_8), typed), ID);
            if (!Hashes.hex(id).equals(parts[1])) {
                return null;
            }
            byte[] encoded = Arrays.copyOf(X509, X509.length + LENGTH);
            System.arraycopy(typed, 1, encoded, X509.length, LENGTH);
            try {
                return new Key(
                        text,
                        parts[0],
                        id,
                        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            } catch (GeneralSecurityException e) {
                return null;
            }
        }

        boolean verifies(String signedText, byte[] signature) {
            try {
                Signature verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(key);
                verifier.update(signedText.getBytes(StandardCharsets.UTF_8));
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }
}
