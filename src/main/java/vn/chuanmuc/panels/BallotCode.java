package vn.chuanmuc.panels;

import java.util.Locale;
import java.util.Optional;

/** What stands on a slip: 12 signs of Crockford's base 32 (60 bits), written in fours. */
public record BallotCode(String signs) {
    static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static final int LENGTH = 12;
    /** Somebody types blanks and hyphens, not pages. */
    private static final int LONGEST = 60;

    /** Forgives case, blanks, hyphens, and O for 0, I and L for 1. */
    public static Optional<BallotCode> read(String typed) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        var signs = new StringBuilder(LENGTH);
        for (char sign : typed.toUpperCase(Locale.ROOT).toCharArray()) {
            char read = switch (sign) {
                case 'O' -> '0';
                case 'I', 'L' -> '1';
                default -> sign;
            };
            if (DIGITS.indexOf(read) >= 0) {
                signs.append(read);
            } else if (read != ' ' && read != '-' && read != '.' && !Character.isWhitespace(read)) {
                return Optional.empty();
            }
        }
        return signs.length() == LENGTH ? Optional.of(new BallotCode(signs.toString())) : Optional.empty();
    }

    /** For example {@code K7QX-2M9P-AB3D}. */
    public String written() {
        return signs.substring(0, 4) + "-" + signs.substring(4, 8) + "-" + signs.substring(8);
    }
}
