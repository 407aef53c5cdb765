package vn.chuanmuc.criteria;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a line of a criteria set begins with.
 *
 * @param label the numeral or bullet as printed
 * @param value the numeral's value, a letter's place in {@link #LETTERS}, 0 for a bullet
 * @param prefix of "2.3" the 2, otherwise 0
 * @param rest the line without the marker, NFC
 */
record Marker(Kind kind, String label, int value, int prefix, String rest) {

    /** From the outermost to the innermost. */
    enum Kind {
        GROUP_WORD,
        CAPITAL,
        ROMAN,
        CRITERION_WORD,
        ARABIC,
        DECIMAL,
        LETTER,
        BULLET
    }

    /** Vietnamese lists skip f, j, w, z; lists made by a word processor skip đ. */
    private static final String LETTERS = "abcdđefghijklmnopqrstuvwxyz";

    private static final String SKIPPED = "đfjwz";
    /** The last four are what word processors make of bullets from a symbol font. */
    private static final String BULLETS = "-–—−‐‑+•▪●◦♦·○■►✓❖➢\uf0b7\uf0a7\uf02d\uf0d8";

    private static final Pattern WORD = Pattern.compile(
            "(nhóm tiêu chí|nhóm|phần|tiêu chí)\\s(?:số\\s)?([0-9]{1,3}|[ivxIVX]{1,6}|[a-zA-Z])(?:\\s?[.:)–-]\\s?|$)(.*+)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern DECIMAL = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})(?:[.):]\\s?|\\s)(.*+)");
    private static final Pattern ARABIC = Pattern.compile("([0-9]{1,3})\\s?[.):/](?![0-9])\\s?(.*+)");
    private static final Pattern ROMAN = Pattern.compile("([IVX]{1,7}|[IVXLC]{2,7})\\s?[.):/–-]\\s?(.*+)");
    private static final Pattern CAPITAL = Pattern.compile("([A-ZĐ])\\s?[.)]\\s?(.*+)");
    private static final Pattern LETTER = Pattern.compile("([a-zđ])\\s?[.)/]\\s?(.*+)");

    static @Nullable Marker find(Line line) {
        var printed = line.printed();
        if (printed.length() > 1 && printed.charAt(0) == '*' && Line.isBlank(printed.charAt(1))) {
            return new Marker(Kind.BULLET, "*", 0, 0, line.plain());
        }
        var plain = line.plain();
        if (plain.isEmpty()) {
            return null;
        }
        if (BULLETS.indexOf(plain.charAt(0)) >= 0) {
            return new Marker(Kind.BULLET, plain.substring(0, 1), 0, 0, Line.trim(plain.substring(1)));
        }
        var word = WORD.matcher(plain);
        if (word.matches()) {
            var kind = Line.key(word.group(1)).equals("TIEU CHI") ? Kind.CRITERION_WORD : Kind.GROUP_WORD;
            return new Marker(kind, label(plain, word.start(3)), anyValue(word.group(2)), 0, word.group(3));
        }
        var decimal = DECIMAL.matcher(plain);
        if (decimal.matches()) {
            return new Marker(
                    Kind.DECIMAL,
                    label(plain, decimal.start(3)),
                    Integer.parseInt(decimal.group(2)),
                    Integer.parseInt(decimal.group(1)),
                    decimal.group(3));
        }
        var arabic = ARABIC.matcher(plain);
        if (arabic.matches()) {
            return new Marker(
                    Kind.ARABIC, label(plain, arabic.start(2)), Integer.parseInt(arabic.group(1)), 0, arabic.group(2));
        }
        var roman = ROMAN.matcher(plain);
        if (roman.matches() && roman(roman.group(1)) > 0) {
            return new Marker(Kind.ROMAN, label(plain, roman.start(2)), roman(roman.group(1)), 0, roman.group(2));
        }
        var capital = CAPITAL.matcher(plain);
        if (capital.matches()) {
            return new Marker(
                    Kind.CAPITAL, label(plain, capital.start(2)), letter(capital.group(1)), 0, capital.group(2));
        }
        var letter = LETTER.matcher(plain);
        if (letter.matches()) {
            return new Marker(Kind.LETTER, label(plain, letter.start(2)), letter(letter.group(1)), 0, letter.group(2));
        }
        return null;
    }

    boolean heading() {
        return kind != Kind.LETTER && kind != Kind.BULLET;
    }

    private boolean lettered() {
        return kind == Kind.LETTER || kind == Kind.CAPITAL;
    }

    /** Whether this is where a numbering starts. */
    boolean first() {
        return value == 1;
    }

    boolean follows(Marker before) {
        if (!lettered()) {
            return value == before.value + 1;
        }
        for (int next = before.value + 1; next <= LETTERS.length(); next++) {
            if (next == value) {
                return true;
            }
            if (SKIPPED.indexOf(LETTERS.charAt(next - 1)) < 0) {
                return false;
            }
        }
        return false;
    }

    /** {@code printed} (of a line that has this marker) without the marker, otherwise character for character. */
    String strip(String printed) {
        if (kind == Kind.BULLET) {
            return Line.trim(printed.substring(1));
        }
        int at = 0;
        for (int i = 0; i < label.length(); i++) {
            if (label.charAt(i) == ' ') {
                continue;
            }
            while (at < printed.length() && Line.isBlank(printed.charAt(at))) {
                at++;
            }
            if (at >= printed.length() || printed.charAt(at) != label.charAt(i)) {
                return rest;
            }
            at++;
        }
        return Line.trim(printed.substring(at));
    }

    private static String label(String plain, int restStart) {
        return Line.trim(plain.substring(0, restStart));
    }

    private static int anyValue(String numeral) {
        if (Character.isDigit(numeral.charAt(0))) {
            return Integer.parseInt(numeral);
        }
        int roman = roman(numeral.toUpperCase(Locale.ROOT));
        return roman > 0 ? roman : letter(numeral);
    }

    private static int letter(String letter) {
        return LETTERS.indexOf(letter.toLowerCase(Locale.ROOT)) + 1;
    }

    /** The value of a well-formed roman numeral below 400, otherwise 0. */
    static int roman(String numeral) {
        int value = 0;
        for (int i = 0; i < numeral.length(); i++) {
            int digit = romanDigit(numeral.charAt(i));
            boolean smaller = i + 1 < numeral.length() && digit < romanDigit(numeral.charAt(i + 1));
            value += smaller ? -digit : digit;
        }
        return value > 0 && value < 400 && roman(value).equals(numeral) ? value : 0;
    }

    private static String roman(int value) {
        String[] tens = {"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"};
        String[] ones = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
        return "C".repeat(value / 100) + tens[value / 10 % 10] + ones[value % 10];
    }

    private static int romanDigit(char c) {
        return switch (c) {
            case 'I' -> 1;
            case 'V' -> 5;
            case 'X' -> 10;
            case 'L' -> 50;
            case 'C' -> 100;
            default -> 0;
        };
    }
}
