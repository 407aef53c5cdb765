package vn.chuanmuc.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.access.Permission;

/** Everything a user sees comes from message files, in both languages, in NFC. */
class MessagesTest {
    private static final Path MESSAGES = Path.of("src/main/resources/messages");
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Pattern KEY = Pattern.compile("ui\\.t\\(\"([a-z0-9.-]+[a-z0-9])\"");
    private static final Pattern JAVA_KEY = Pattern.compile("Reason\\.of\\(\\s*\"([a-z0-9.-]+[a-z0-9])\"");
    private static final Pattern LABEL = Pattern.compile("(?:label|hint|text) = \"([a-z0-9.-]+[a-z0-9])\"");
    private static final Pattern ACT = Pattern.compile("new Act\\(\\s*[A-Za-z.()]+,\\s*\"([a-z]+\\.[a-z-]*[a-z])\"");
    private static final Pattern DONE = Pattern.compile("xong=([a-z][a-z-]*)\"");
    private static final Pattern ANSWER = Pattern.compile("Answer\\.(?:done|of)\\([^;]*?\\s\"([a-z]+(?:-[a-z]+)+)\"");
    private static final Pattern ANSWER_OF_LISTS = Pattern.compile("\\s\"(list-[a-z-]+)\"");
    private static final Pattern VIETNAMESE = Pattern.compile(
            "[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("\"([a-z.][a-zA-Z0-9._-]*)\"");
    /** Of a kind of work, which names itself: {@code module.job.kind}. */
    private static final Pattern JOB = Pattern.compile("[a-z]+\\.job\\.[a-z-]+");

    private static final Pattern TEXT_BETWEEN_TAGS = Pattern.compile(">([^<>@{}$]*\\p{L}{2,}[^<>@{}$]*)<");

    private static Map<String, String> load(boolean english) throws IOException {
        var all = new HashMap<String, String>();
        try (var files = Files.list(MESSAGES)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith("_en.properties") != english) {
                    continue;
                }
                var properties = new Properties();
                try (var reader = Files.newBufferedReader(file)) {
                    properties.load(reader);
                }
                properties.forEach((key, value) -> assertThat(all.put((String) key, (String) value))
                        .as("%s stands twice", key)
                        .isNull());
            }
        }
        return all;
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void bothLanguagesHaveTheSameKeysWithTheSameArguments() throws IOException {
        Map<String, String> vietnamese = load(false);
        Map<String, String> english = load(true);
        assertThat(new TreeSet<>(english.keySet())).isEqualTo(new TreeSet<>(vietnamese.keySet()));
        vietnamese.forEach((key, text) -> {
            assertThat(arguments(english.getOrDefault(key, ""))).as(key).isEqualTo(arguments(text));
            assertThat(Normalizer.isNormalized(text, Normalizer.Form.NFC))
                    .as(key)
                    .isTrue();
            assertThat(text).as(key).isNotBlank();
        });
    }

    private static int arguments(String text) {
        return text.contains("{") ? new MessageFormat(text).getFormatsByArgumentIndex().length : 0;
    }

    @Test
    void everyKeyThatIsAskedForExists() throws IOException {
        Map<String, String> vietnamese = load(false);
        var asked = new TreeSet<String>();
        for (Path file : files(TEMPLATES, ".jte")) {
            String template = Files.readString(file);
            collect(KEY.matcher(template), asked);
            collect(LABEL.matcher(template), asked);
        }
        for (Path file : files(Path.of("src/main/java"), ".java")) {
            collect(JAVA_KEY.matcher(Files.readString(file)), asked);
        }
        assertThat(asked).hasSizeGreaterThan(80);
        asked.removeAll(vietnamese.keySet());
        assertThat(asked).as("asked for and missing").isEmpty();
    }

    /**
     * Words that nothing asks for are a promise that no page keeps. A key is asked for by its name, by a beginning that a source goes on
     * from ({@code "a.b." + code}), or by an end that is put behind another key ({@code ".text"}).
     */
    @Test
    void everyKeyIsAskedForSomewhere() throws IOException {
        var literals = new TreeSet<String>();
        for (Path root : List.of(TEMPLATES, Path.of("src/main/java"))) {
            for (Path file : files(root, root.equals(TEMPLATES) ? ".jte" : ".java")) {
                collect(LITERAL.matcher(Files.readString(file)), literals);
            }
        }
        List<String> beginnings = literals.stream()
                .filter(literal -> literal.matches("(act|done|leave)\\.|[a-z]+\\.[a-z0-9.-]+[.-]"))
                .toList();
        List<String> ends =
                literals.stream().filter(literal -> literal.startsWith(".")).toList();
        assertThat(load(false).keySet().stream()
                        .filter(key -> !literals.contains(key))
                        .filter(key -> beginnings.stream().noneMatch(key::startsWith))
                        .filter(key -> ends.stream()
                                .noneMatch(end -> key.endsWith(end)
                                        && literals.contains(key.substring(0, key.length() - end.length()))))
                        .filter(key -> !JOB.matcher(key).matches())
                        .filter(key -> !family(key, literals)))
                .as("nobody asks for")
                .isEmpty();
    }

    /** {@code "rules." + family + "." + value}: the family stands somewhere by its name. */
    private static boolean family(String key, TreeSet<String> literals) {
        String[] parts = key.split("\\.", 3);
        return parts.length == 3 && literals.contains(parts[0] + ".") && literals.contains(parts[1]);
    }

    /** The ledger is read by inspectors: every act that is recorded has words. */
    @Test
    void everyActOfTheLedgerHasWords() throws IOException {
        Map<String, String> vietnamese = load(false);
        var acts = new TreeSet<String>();
        for (Path file : files(Path.of("src/main/java"), ".java")) {
            collect(ACT.matcher(Files.readString(file)), acts);
        }
        assertThat(acts).hasSizeGreaterThan(20);
        acts.removeIf(act -> vietnamese.containsKey("act." + act));
        assertThat(acts).as("acts without words").isEmpty();
    }

    /** Who is refused is told what is missing: a permission without words would answer with an error page. */
    @Test
    void everyPermissionHasWordsForItsLack() throws IOException {
        Map<String, String> vietnamese = load(false);
        assertThat(Permission.values())
                .allSatisfy(permission -> assertThat(vietnamese)
                        .containsKey("access.forbidden."
                                + permission.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    /** What was done is told in words: a code without them would answer with silence. */
    @Test
    void everyAnswerThatSomethingWasDoneHasWords() throws IOException {
        Map<String, String> vietnamese = load(false);
        var codes = new TreeSet<String>();
        for (Path file : files(Path.of("src/main/java"), ".java")) {
            String source = Files.readString(file);
            collect(DONE.matcher(source), codes);
            collect(ANSWER.matcher(source), codes);
            collect(ANSWER_OF_LISTS.matcher(source), codes);
        }
        assertThat(codes).hasSizeGreaterThan(20);
        codes.removeIf(code -> vietnamese.containsKey("done." + code));
        assertThat(codes).as("codes without words").isEmpty();
    }

    private static void collect(Matcher matcher, TreeSet<String> into) {
        while (matcher.find()) {
            into.add(matcher.group(1));
        }
    }

    @Test
    void noTemplateAndNoSourceSaysAWordOfItsOwn() throws IOException {
        for (Path file : files(TEMPLATES, ".jte")) {
            String template =
                    Files.readString(file).replaceAll("(?s)<%--.*?--%>", "").replaceAll("(?m)^@.*$", "");
            assertThat(VIETNAMESE.matcher(template).find())
                    .as("%s speaks Vietnamese", file)
                    .isFalse();
            Matcher words = TEXT_BETWEEN_TAGS.matcher(template);
            while (words.find()) {
                if (words.group(1).contains("()")) {
                    continue; // a comparison in an @if, not text
                }
                assertThat(words.group(1).strip()).as("%s speaks", file).matches("(?:SHA-256:?|&nbsp;|·|–)?");
            }
        }
    }
}
