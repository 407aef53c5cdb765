package vn.chuanmuc.directory;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A search for words as PostgreSQL reads it. */
final class BeginningsOfWords {
    private static final int MOST = 10;

    private BeginningsOfWords() {}

    /**
     * Every word as the beginning of one of a name's words.
     *
     * @param words parted by blanks
     * @param mark what stands before the words that are meant
     */
    static String query(String words, String mark) {
        if (words.isBlank()) {
            return "";
        }
        return Arrays.stream(words.split(" "))
                .limit(MOST)
                .map(word -> "'" + mark + word.replace("\\", "").replace("'", "''") + "':*")
                .collect(Collectors.joining(" & "));
    }
}
