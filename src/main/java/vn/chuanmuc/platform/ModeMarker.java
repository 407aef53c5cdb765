package vn.chuanmuc.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.env.Environment;

/**
 * What a data folder holds, sample data or a body's own, written beside them. Sample accounts with well-known passwords must never
 * answer a network, and sample mode's clock must never touch a body's own records.
 */
final class ModeMarker {
    private static final String SAMPLE = "sample";
    private static final String OWN = "own";

    private ModeMarker() {}

    /** Refuses a folder that was started in the other mode. */
    static void check(Environment environment) {
        Path marker = marker(environment);
        try {
            if (Files.exists(marker) && !Files.readString(marker).strip().equals(mode(environment))) {
                throw new StartFailure(
                        sample(environment) ? "mode-own" : "mode-sample", null, String.valueOf(marker.getParent()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the mode down once the folder's database has started. */
    static void write(Environment environment) {
        if (!environment.getProperty("chuanmuc.database", "").equals("embedded")) {
            return;
        }
        try {
            Files.writeString(marker(environment), mode(environment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path marker(Environment environment) {
        return Path.of(environment.getProperty("chuanmuc.data", "data"))
                .toAbsolutePath()
                .resolve("mode");
    }

    private static boolean sample(Environment environment) {
        return environment.getProperty("chuanmuc.sample", Boolean.class, false);
    }

    private static String mode(Environment environment) {
        return sample(environment) ? SAMPLE : OWN;
    }
}
