package vn.chuanmuc.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs an outside program with a time limit; its output goes to a file, for a server would hold a pipe open. */
final class Command {
    private static final int TIMED_OUT = 124;
    private static final int NOT_FOUND = 127;

    private Command() {}

    /** Runs the program and throws with its output when it does not exit with 0 in time. */
    static void run(int seconds, List<String> command) throws IOException {
        Path output = Files.createTempFile("chuanmuc", ".out");
        try {
            int status = exitStatus(seconds, output, command);
            if (status != 0) {
                throw new IOException(command + " exited " + status + ": "
                        + Files.readString(output).strip());
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    static boolean succeeds(int seconds, List<String> command) throws IOException {
        return exitStatus(seconds, Path.of("/dev/null"), command) == 0;
    }

    private static int exitStatus(int seconds, Path output, List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(Path.of("/").toFile())
                    .start();
        } catch (IOException e) {
            Files.writeString(output, String.valueOf(e.getMessage()));
            return NOT_FOUND;
        }
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return TIMED_OUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
