package vn.chuanmuc.access;

import java.security.SecureRandom;
import java.util.Locale;
import vn.chuanmuc.kernel.Sha256;

/** One-time codes: 80 random bits, written so that they can be read aloud and typed from paper. */
final class Secrets {
    /** Without 0 O 1 I L, which look alike on paper. */
    private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static final int LENGTH = 16;

    private Secrets() {}

    /** For example {@code K7QX-2M9P-…}: four groups of four. */
    static String newCode(SecureRandom random) {
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % 4 == 0) {
                code.append('-');
            }
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
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
