package vn.chuanmuc.office;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The paper layouts that ship with the program. */
public final class Layouts {
    private static final List<Layout> ALL =
            List.of(load("party-36-2018"), load("party-05-2026"), load("state-30-2020"));

    private Layouts() {}

    public static List<Layout> all() {
        return ALL;
    }

    /**
     * The layout in force on a day.
     *
     * @throws IllegalArgumentException if the program ships none for that day
     */
    public static Layout at(Layout.Line line, LocalDate day) {
        return find(line, day).orElseThrow(() -> new IllegalArgumentException("no layout for " + line + " on " + day));
    }

    /** The same; empty if the program ships none for that day. */
    public static Optional<Layout> find(Layout.Line line, LocalDate day) {
        return ALL.stream()
                .filter(layout -> layout.line() == line && layout.validOn(day))
                .findFirst();
    }

    /**
     * The layout a paper was printed with.
     *
     * @throws IllegalArgumentException if the program ships it no more
     */
    public static Layout of(String id) {
        return ALL.stream()
                .filter(layout -> layout.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no layout " + id));
    }

    private static Layout load(String id) {
        var mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        try (InputStream in = Layouts.class.getResourceAsStream("/layouts/" + id + ".json")) {
            if (in == null) {
                throw new IllegalStateException("layout " + id + " is missing");
            }
            return mapper.readValue(in, Layout.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
