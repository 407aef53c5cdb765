package vn.chuanmuc.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * A person's full name as it is written, family name first.
 *
 * <p>It is kept as the person writes it ("Hoà" stays "Hoà"), in NFC, on one line with single blanks. It consists of Latin
 * letters, apostrophes, hyphens and dots, begins with a letter, and has 1 to {@value #MAX_LENGTH} characters. Only two things are
 * put right: letters that merely look like Đ (Ð, Ɖ, ð of old fonts) become Đ, and characters that print nothing are dropped.
 */
public final class PersonName {

    public static final int MAX_LENGTH = 120;

    private final String display;

    private PersonName(String display) {
        this.display = display;
    }

    /** What reading a name gives: the name, or why the text is none. */
    public sealed interface Parsed {
        record Read(PersonName name) implements Parsed {}

        record Refused(Reason reason) implements Parsed {}
    }

    public enum Reason {
        /** Nothing is written. */
        EMPTY,
        /** More than {@value PersonName#MAX_LENGTH} characters. */
        TOO_LONG,
        /** A digit: most often a number, a date or a count that slipped into the column. */
        DIGIT,
        /** A character no name is written with: brackets, commas, letters of another script that look Latin. */
        CHARACTER,
        /** It does not begin with a letter. */
        NO_LETTER_FIRST
    }

    /** Reads a name that a person or a file gave. */
    public static Parsed parse(String text) {
        if (text.length() > MAX_LENGTH * 8) {
            return new Parsed.Refused(Reason.TOO_LONG);
        }
        var line = Texts.oneLine(text);
        line = line.replace('\u00D0', 'Đ')
                .replace('\u0189', 'Đ')
                .replace('\u00F0', 'đ')
                .replace('\u0256', 'đ');
        if (line.isEmpty()) {
            return new Parsed.Refused(Reason.EMPTY);
        }
        if (line.length() > MAX_LENGTH) {
            return new Parsed.Refused(Reason.TOO_LONG);
        }
        var marks = 0;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (Character.isDigit(c)) {
                return new Parsed.Refused(Reason.DIGIT);
            }
            marks = Character.getType(c) == Character.NON_SPACING_MARK ? marks + 1 : 0;
            if (marks > 2 || !writesNames(c)) {
                return new Parsed.Refused(Reason.CHARACTER);
            }
        }
        if (!Character.isLetter(line.charAt(0))) {
            return new Parsed.Refused(Reason.NO_LETTER_FIRST);
        }
        return new Parsed.Read(new PersonName(line));
    }

    /**
     * A name that is known to be one, as read back from the store or written in a test.
     *
     * @throws IllegalArgumentException when it is not a name
     */
    public static PersonName of(String text) {
        return switch (parse(text)) {
            case Parsed.Read(var name) -> name;
            case Parsed.Refused(var reason) -> throw new IllegalArgumentException("not a name: " + reason);
        };
    }

    public String display() {
        return display;
    }

    /** The last word, by which people are called and lists are sorted. */
    public String givenName() {
        return display.substring(display.lastIndexOf(' ') + 1);
    }

    /** The first word; empty when the name has one word only. */
    public String familyName() {
        var blank = display.indexOf(' ');
        return blank < 0 ? "" : display.substring(0, blank);
    }

    /**
     * Bytes whose unsigned lexicographic order (that of PostgreSQL's {@code bytea}) is the order of people in a list: given name,
     * then family name, then the middle words from left to right, each compared fully in Vietnamese dictionary order before the
     * next; case and tone placement do not count; fewer words first. Names that are still equal follow the UTF-8 bytes of
     * {@link #display}, so two names have equal keys only if they are equal.
     */
    public byte[] sortKey() {
        var key = new ByteArrayOutputStream(96);
        var given = display.lastIndexOf(' ');
        NameWord.of(display.substring(given + 1)).writeSortKey(key);
        if (given >= 0) {
            for (var start = 0; start < given; ) {
                var end = display.indexOf(' ', start);
                NameWord.of(display.substring(start, end)).writeSortKey(key);
                start = end + 1;
            }
        }
        // Below every byte a word's key begins with: the name with fewer words comes first.
        key.write(NameWord.SEPARATOR);
        key.writeBytes(display.getBytes(StandardCharsets.UTF_8));
        return key.toByteArray();
    }

    /** What a search without marks compares; see {@link Texts#searchKey}. */
    public String searchKey() {
        return Texts.searchKey(display);
    }

    /**
     * What recognises the same name: lower-case NFC with the tone of each syllable in one fixed place, so that "Hoà" and "Hòa",
     * "Thuý" and "Thúy" agree, while "Quí" and "Quý" stay different. Case and kinds of apostrophe and hyphen do not count.
     */
    public String foldedKey() {
        var key = new StringJoiner(" ");
        for (var word : display.split(" ")) {
            key.add(NameWord.of(word).folded());
        }
        return key.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersonName name && name.display.equals(display);
    }

    @Override
    public int hashCode() {
        return display.hashCode();
    }

    @Override
    public String toString() {
        return display;
    }

    private static boolean writesNames(char c) {
        return switch (c) {
            case ' ', '\'', '’', '‘', 'ʼ', '-', '‐', '‑', '–', '.' -> true;
            default ->
                Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN
                        || Character.getType(c) == Character.NON_SPACING_MARK
                                && Character.UnicodeScript.of(c) == Character.UnicodeScript.INHERITED;
        };
    }
}
