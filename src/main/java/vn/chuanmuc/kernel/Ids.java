package vn.chuanmuc.kernel;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Identifiers of rows: UUID version 7 (RFC 9562), so that a primary key grows at its right end. */
public final class Ids {

    /** Thread-safe; within one millisecond it counts up, so identifiers made by one process never go back. */
    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private Ids() {}

    /** The next identifier. From one process they strictly grow in byte order, which is how PostgreSQL compares {@code uuid}. */
    public static UUID next() {
        return GENERATOR.generate();
    }
}
