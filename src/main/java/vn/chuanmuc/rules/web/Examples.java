package vn.chuanmuc.rules.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.Rules;

/**
 * Forms to begin with, all “chưa kiểm chứng”: what is known of a document is filled in, what is not known is left blank and named. None
 * is ever in force by itself.
 */
final class Examples {
    private static final List<Example> ALL = load();

    private Examples() {}

    /**
     * @param title and {@code seen} and {@code missing} in Vietnamese, as the documents are
     * @param seen where what is filled in comes from
     * @param missing what whoever enters it has to fill in
     * @param fields on top of those of the default
     * @param without tables of the default that are left out
     */
    record Example(
            String code,
            String title,
            String seen,
            List<String> missing,
            List<String> without,
            Map<String, String> fields) {
        boolean quarterly() {
            return Purpose.QUARTER.name().equals(fields.getOrDefault("muc-dich", Purpose.QUARTER.name()));
        }

        RuleForm form() {
            var all = new LinkedHashMap<>(RuleForm.fields(Rules.shipped().book()));
            all.keySet().removeIf(field -> without.stream().anyMatch(table -> field.startsWith(table + "-")));
            all.putAll(fields);
            return new RuleForm(all);
        }
    }

    static List<Example> all() {
        return ALL;
    }

    static Optional<Example> find(String code) {
        return ALL.stream().filter(example -> example.code().equals(code)).findFirst();
    }

    private static List<Example> load() {
        try (InputStream in = Objects.requireNonNull(Examples.class.getResourceAsStream("/rules/examples.json"))) {
            return List.copyOf(JsonMapper.builder().build().readValue(in, new TypeReference<List<Example>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
