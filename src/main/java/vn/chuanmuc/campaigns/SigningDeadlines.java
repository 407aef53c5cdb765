package vn.chuanmuc.campaigns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The deadlines that ship with the program, each with the years it holds for and its basis. */
final class SigningDeadlines {
    private static final List<SigningDeadline> ALL = load();

    private SigningDeadlines() {}

    static List<SigningDeadline> all() {
        return ALL;
    }

    /** The one of a year; of several that hold the latest to begin. Empty where no document is known. */
    static Optional<SigningDeadline> of(int year) {
        return ALL.stream()
                .filter(deadline -> deadline.holdsFor(year))
                .max(Comparator.comparingInt(SigningDeadline::fromYear));
    }

    private static List<SigningDeadline> load() {
        try (InputStream in = SigningDeadlines.class.getResourceAsStream("/campaigns/deadlines.json")) {
            if (in == null) {
                throw new IllegalStateException("the deadlines are missing");
            }
            return List.copyOf(
                    JsonMapper.builder().build().readValue(in, new TypeReference<List<SigningDeadline>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
