package vn.chuanmuc.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A few kills of what {@link CrashRun} does hundreds of times. */
class CrashRunTest {
    private static final Path FOLDER = Path.of("target", "crash-test-data");

    @BeforeEach
    @AfterEach
    void away() throws IOException {
        if (Files.exists(FOLDER)) {
            try (var paths = Files.walk(FOLDER)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Anything else than all or nothing, a receipt that is gone, or a page that is not ours ends the run with an exception. */
    @Test
    void killedProductAndDatabaseLeaveNothingOrAll() throws Exception {
        Path report = Path.of("target", "crash-test.tsv");
        try (var run = new CrashRun(FOLDER, report, 7, 50, 3, 2)) {
            assertThat(run.run(2, 1, 1))
                    .contains("kills, server\t2", "kills, session\t1", "kills, product\t1")
                    .contains("signed at the end, chu-ky-so", "signed at the end, xac-nhan-dien-tu");
        }
        assertThat(Files.readAllLines(report)).hasSizeGreaterThan(5);
    }
}
