package vn.chuanmuc.documents;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a paper is found by: 16 signs of Crockford's base 32, of which the last five are a check (see {@link PaperCodes}).
 *
 * @param signs in upper case, without hyphens
 */
public record PaperCode(String signs) {
    static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static final int LENGTH = 16;
    static final int DRAWN = 11;

    private static final Pattern SIGNS = Pattern.compile("[" + DIGITS + "]{" + LENGTH + "}");

    public PaperCode {
        if (!SIGNS.matcher(signs).matches()) {
            throw new IllegalArgumentException("no code of a paper");
        }
    }

    /** What somebody typed or a machine read; forgives case, blanks, hyphens, O for 0, I and L for 1. */
    public static Optional<PaperCode> read(String text) {
        if (text.length() > 100) {
            return Optional.empty();
        }
        String signs = text.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s\\u00a0\\p{Pd}\\u2212._]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return SIGNS.matcher(signs).matches() ? Optional.of(new PaperCode(signs)) : Optional.empty();
    }

    /** As people read it: {@code 0000-0000-0000-0000}. */
    public String written() {
        return signs.substring(0, 4) + "-" + signs.substring(4, 8) + "-" + signs.substring(8, 12) + "-"
                + signs.substring(12);
    }

    @Override
    public String toString() {
        return written();
    }
}
