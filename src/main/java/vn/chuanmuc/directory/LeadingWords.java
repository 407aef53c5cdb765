package vn.chuanmuc.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ClassPathResource;

/** Guesses from a position's words whether it leads or manages; a person confirms. The words are data. */
final class LeadingWords {
    private static final List<String> WORDS = read();

    private LeadingWords() {}

    static boolean suggest(String position) {
        String key = UnitNames.matchKey(position) + " ";
        return WORDS.stream().anyMatch(word -> key.startsWith(word + " "));
    }

    private static List<String> read() {
        try {
            return new ClassPathResource("directory/leading-words.txt")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(UnitNames::matchKey)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
