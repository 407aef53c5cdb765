package vn.chuanmuc.criteria;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of the text in the three forms the reader needs.
 *
 * @param number 1-based
 * @param printed the source without surrounding blanks, otherwise character for character
 * @param plain NFC, runs of blanks as one blank, without emphasis and heading signs: what is shown
 * @param key {@code plain} in capitals without marks: what is matched, so that a lost tone does not lose a heading
 */
record Line(int number, String printed, String plain, String key) {

    static List<Line> of(List<String> lines) {
        var all = new ArrayList<Line>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            all.add(of(i + 1, lines.get(i)));
        }
        return all;
    }

    static Line of(int number, String source) {
        var printed = trim(source);
        var plain = squeeze(withoutHashes(Normalizer.normalize(printed, Normalizer.Form.NFC))
                .replace("*", ""));
        return new Line(number, printed, plain, key(plain));
    }

    /** No letter and no digit: an empty line, a rule, the lone asterisk under an issuer. */
    boolean blank() {
        return plain.codePoints().noneMatch(Character::isLetterOrDigit);
    }

    boolean capitals() {
        return plain.codePoints().anyMatch(Character::isLetter)
                && plain.codePoints().noneMatch(Character::isLowerCase);
    }

    boolean startsInLowerCase() {
        return !plain.isEmpty() && Character.isLowerCase(plain.codePointAt(0));
    }

    /** Capitals, no marks, đ as D. Has as many characters as {@code nfc} for Vietnamese text. */
    static String key(String nfc) {
        var out = new StringBuilder(nfc.length());
        var apart = Normalizer.normalize(nfc, Normalizer.Form.NFD);
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                out.append(c == 'đ' || c == 'Đ' ? 'D' : c);
            }
        }
        return out.toString().toUpperCase(Locale.ROOT);
    }

    static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || c == '\u200b'
                || c == '\u200c'
                || c == '\u200d'
                || c == '\u2060'
                || c == '\ufeff';
    }

    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static String squeeze(String text) {
        var out = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isBlank(c)) {
                gap = true;
            } else {
                if (gap && !out.isEmpty()) {
                    out.append(' ');
                }
                gap = false;
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String withoutHashes(String text) {
        int from = 0;
        while (from < text.length() && text.charAt(from) == '#') {
            from++;
        }
        return text.substring(from);
    }
}
