package vn.chuanmuc.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.PersonName;

/** The words of {@code samples/people-names.csv} and names made of them. */
final class SampleWords {

    private final List<String> families = new ArrayList<>();
    private final List<String> maleMiddles = new ArrayList<>();
    private final List<String> femaleMiddles = new ArrayList<>();
    private final List<String> maleGivens = new ArrayList<>();
    private final List<String> femaleGivens = new ArrayList<>();
    /** Search keys of names no sample has: not even a name that differs in marks only (Đinh Xuân Hưng). */
    private final Set<String> never = new HashSet<>();

    private SampleWords() {}

    static SampleWords load() {
        var words = new SampleWords();
        lines("people-names.csv").forEach(words::read);
        return words;
    }

    /** The lines of a resource beside this one, without blank lines and comments. */
    static Stream<String> lines(String resource) {
        try (var in = SampleWords.class.getResourceAsStream("/samples/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource: samples/" + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What certificates of the made-up authority say, by use: {@code samples/certificates.csv}. */
    static String certificate(String use) {
        return lines("certificates.csv")
                .filter(line -> line.startsWith(use + ";"))
                .map(line -> line.substring(use.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    /** A name that goes with the sex. */
    PersonName name(RandomGenerator random, boolean female) {
        while (true) {
            var text = pick(families, random)
                    + " " + pick(female ? femaleMiddles : maleMiddles, random)
                    + " " + pick(female ? femaleGivens : maleGivens, random);
            var name = PersonName.of(text);
            var words = text.split(" ");
            // "Nguyễn Thị Thanh Thanh" and "Trần Minh Minh" are nobody's name
            var repeats = words[words.length - 1].equals(words[words.length - 2]);
            if (!repeats && !never.contains(name.searchKey())) {
                return name;
            }
        }
    }

    private void read(String line) {
        var divide = line.indexOf(';');
        var what = line.substring(0, divide);
        var rest = line.substring(divide + 1);
        switch (what) {
            case "family" -> addWeighted(rest, families);
            case "male-middle" -> addWeighted(rest, maleMiddles);
            case "female-middle" -> addWeighted(rest, femaleMiddles);
            case "male-given" -> maleGivens.addAll(List.of(rest.split(" ")));
            case "female-given" -> femaleGivens.addAll(List.of(rest.split(" ")));
            case "never" -> never.add(PersonName.of(rest).searchKey());
            default -> throw new IllegalStateException("unknown line: " + line);
        }
    }

    /** "Văn:14 Đức:6": each word as often as its weight; a word may have a blank ("Thị Thu:6"). */
    private static void addWeighted(String text, List<String> words) {
        for (var word : text.split("(?<=\\d) ")) {
            var divide = word.indexOf(':');
            Check.that(divide > 0, "a weight: " + word);
            for (var i = Integer.parseInt(word.substring(divide + 1)); i > 0; i--) {
                words.add(word.substring(0, divide));
            }
        }
    }

    private static String pick(List<String> words, RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }
}
