package vn.chuanmuc.kernel;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Vietnamese text as it is stored (NFC) and as it is searched (lower case, no marks). */
public final class Texts {

    /** Search form of each character below this: 0 falls away, a blank separates, {@link #SPELL_OUT} needs several letters. */
    private static final int TABLE_SIZE = 0x2100;

    private static final char SPELL_OUT = '\uFFFF';
    private static final char[] SEARCH_FORM = searchForms();

    private Texts() {}

    /** The text in NFC: one code point per Vietnamese letter, whatever keyboard or file it came from. */
    public static String nfc(String text) {
        return Normalizer.normalize(text, Form.NFC);
    }

    /**
     * The text as one line: NFC, runs of any blanks (tabs, line breaks, no-break spaces) as one space, none at the ends;
     * what prints nothing (zero-width characters, byte-order marks, soft hyphens, controls) removed.
     */
    public static String oneLine(String text) {
        if (isOneLine(text)) {
            return text;
        }
        var line = new StringBuilder(text.length());
        var blankDue = false;
        for (var i = 0; i < text.length(); ) {
            var c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85) {
                blankDue = !line.isEmpty();
            } else if (Character.getType(c) != Character.FORMAT && !Character.isISOControl(c)) {
                if (blankDue) {
                    line.append(' ');
                    blankDue = false;
                }
                line.appendCodePoint(c);
            }
        }
        return nfc(line.toString());
    }

    /**
     * What a search compares: lower case, marks removed, đ as d, tone placement irrelevant. Letters and digits stay,
     * apostrophes fall away ("H'Hen" is "hhen"), everything else is a blank; single blanks, none at the ends. The result
     * therefore holds no wildcard of SQL {@code like}. A query and a text go through this same method.
     */
    public static String searchKey(String text) {
        var key = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); ) {
            var c = text.codePointAt(i);
            i += Character.charCount(c);
            var form = c < TABLE_SIZE ? SEARCH_FORM[c] : SPELL_OUT;
            if (form == SPELL_OUT) {
                spellOut(c, key);
            } else {
                append(form, key);
            }
        }
        var end = key.length();
        if (end > 0 && key.charAt(end - 1) == ' ') {
            key.setLength(end - 1);
        }
        return key.toString();
    }

    private static void append(char form, StringBuilder key) {
        if (form != 0 && (form != ' ' || (!key.isEmpty() && key.charAt(key.length() - 1) != ' '))) {
            key.append(form);
        }
    }

    private static void spellOut(int codePoint, StringBuilder key) {
        var letters = Normalizer.normalize(Character.toString(codePoint), Form.NFKD);
        for (var i = 0; i < letters.length(); ) {
            var c = Character.toLowerCase(letters.codePointAt(i));
            i += Character.charCount(c);
            if (Character.isSupplementaryCodePoint(c) && Character.isLetterOrDigit(c)) {
                key.appendCodePoint(c);
            } else {
                append(searchForm(c), key);
            }
        }
    }

    private static char[] searchForms() {
        var forms = new char[TABLE_SIZE];
        for (var c = 0; c < TABLE_SIZE; c++) {
            var letters = Normalizer.normalize(Character.toString(c), Form.NFKD)
                    .codePoints()
                    .filter(letter -> searchForm(Character.toLowerCase(letter)) != 0)
                    .toArray();
            forms[c] = switch (letters.length) {
                case 0 -> 0;
                case 1 -> searchForm(Character.toLowerCase(letters[0]));
                default -> SPELL_OUT;
            };
        }
        return forms;
    }

    /** The form of one lower-case, decomposed character. */
    private static char searchForm(int c) {
        return switch (c) {
            // đ has no decomposition; ð and ɖ are what old fonts and foreign keyboards write for it
            case 'đ', 'ð', 'ɖ' -> 'd';
            case '\'', '’', '‘', 'ʼ', '`', '´' -> 0;
            default ->
                switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.FORMAT -> 0;
                    default -> Character.isLetterOrDigit(c) && Character.isBmpCodePoint(c) ? (char) c : ' ';
                };
        };
    }

    /** Whether the text is already as {@link #oneLine} leaves it, decided without copying it. */
    private static boolean isOneLine(String text) {
        var before = ' ';
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var plain = c > ' ' && c < 0x7F || c >= 0xC0 && c < 0x300 || c >= 0x1EA0 && c < 0x1F00;
            if (!plain && (c != ' ' || before == ' ')) {
                return false;
            }
            before = c;
        }
        return text.isEmpty() || before != ' ';
    }
}
