package vn.chuanmuc.kernel;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Identifiers of rows: UUID version 7 (RFC 9562), so that a primary key grows at its right end. */
public final class Ids {

    /** Thread-safe; within one millisecond it counts up, so identifiers made by one process never go back. */
    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private static final Pattern WRITTEN = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** The next identifier. From one process they strictly grow in byte order, which is how PostgreSQL compares {@code uuid}. */
    public static UUID next() {
        return GENERATOR.generate();
    }

    /** The identifier a form or an address carries; null when the text is none (nothing chosen, or none of the choices). */
    public static @Nullable UUID read(String text) {
        return WRITTEN.matcher(text).matches() ? UUID.fromString(text) : null;
    }
}
