package vn.chuanmuc.criteria;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

final class CriteriaSamples {
    private CriteriaSamples() {}

    /** Decision 264-QĐ/QU of the Standing Board of the Long Biên District Party Committee, as the product ships it. */
    static String decision264() {
        return text("/samples/quyet-dinh-264.txt");
    }

    /** An invented decision: three sets, other numerals, other bullets. */
    static String inventedDecision() {
        return text("/criteria/invented-decision.txt");
    }

    static Reading.Read read(String text, String... otherReadings) {
        return switch (DecisionReader.read(DecisionReader.linesOf(text), List.of(otherReadings))) {
            case Reading.Read read -> read;
            case Reading.Unreadable unreadable -> throw new AssertionError(unreadable.errors());
        };
    }

    static List<ReadError> errors(String text) {
        return switch (DecisionReader.read(DecisionReader.linesOf(text))) {
            case Reading.Read read -> throw new AssertionError("readable: " + read);
            case Reading.Unreadable unreadable -> unreadable.errors();
        };
    }

    private static String text(String resource) {
        try (var in = Objects.requireNonNull(CriteriaSamples.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
