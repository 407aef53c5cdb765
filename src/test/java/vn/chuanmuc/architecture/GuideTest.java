package vn.chuanmuc.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The user guide is a book: whoever is sent to a chapter finds it. */
class GuideTest {
    private static final Pattern CHAPTER = Pattern.compile("(?m)^## (\\d+)\\. ");

    @Test
    void chaptersAreNumberedOneAfterAnother() throws IOException {
        List<Integer> numbers = CHAPTER.matcher(Files.readString(Path.of("docs/huong-dan.md")))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
        assertThat(numbers).hasSizeGreaterThan(10);
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }
}
