package vn.chuanmuc.access;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Sha256;

/** One-time codes: 80 random bits, written so that they can be read aloud and typed from paper. */
final class Secrets {
    /** Without 0 O 1 I L, which look alike on paper. */
    private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static final BigInteger BASE = BigInteger.valueOf(LETTERS.length());
    private static final int LENGTH = 16;
    private static final int TOKEN_BYTES = 32;

    private Secrets() {}

    /** For example {@code K7QX-2M9P-…}: four groups of four. */
    static String newCode(SecureRandom random) {
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            separate(code, i).append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    private static StringBuilder separate(StringBuilder code, int letter) {
        return letter > 0 && letter % 4 == 0 ? code.append('-') : code;
    }

    /** What a form that issues codes carries: 256 random bits, base64url. */
    static String newToken(SecureRandom random) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes of a token that {@link #newToken} wrote; null when the text is none. */
    static byte @Nullable [] readToken(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == TOKEN_BYTES ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The code that a token gives an account: the same each time, and without the token as good as random. */
    static String code(byte[] token, UUID accountId) {
        byte[] id = ByteBuffer.allocate(16)
                .putLong(accountId.getMostSignificantBits())
                .putLong(accountId.getLeastSignificantBits())
                .array();
        // 256 bits over 31 letters: the remainder's bias is below 2^-170.
        var rest = new BigInteger(1, Sha256.of(token, id));
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            separate(code, i).append(LETTERS.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return code.toString();
    }

    private static String normaliseCode(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }

    /** The only form in which a code is stored: its 80 random bits need no slow hash. */
    static byte[] hash(String code) {
        return Sha256.of(normaliseCode(code));
    }
}
