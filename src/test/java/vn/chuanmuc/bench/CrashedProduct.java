package vn.chuanmuc.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The product as a process of its own with the PostgreSQL it brings, to be killed without a word and started again: the classes of
 * this run, or the packaged one that {@code -Dchuanmuc.product=target/dist/chuanmuc.jar} names, which starts faster.
 */
final class CrashedProduct implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final HttpClient http;
    private @Nullable Process process;
    private int port;

    CrashedProduct(Path folder, HttpClient http) {
        this.folder = folder;
        this.http = http;
    }

    int port() {
        return port;
    }

    /** The tests' own classes, which bring another database, stay out. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @return milliseconds until the first page can be asked for */
    long start() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        port = freePort();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        String packaged = System.getProperty("chuanmuc.product", "");
        if (packaged.isEmpty()) {
            command.addAll(List.of("-cp", classPath(), "vn.chuanmuc.ChuanMuc"));
        } else {
            command.addAll(List.of(
                    "-XX:+AutoCreateSharedArchive",
                    "-XX:SharedArchiveFile=" + folder.resolve("product.jsa").toAbsolutePath(),
                    "-Xlog:disable",
                    "-jar",
                    packaged));
        }
        command.addAll(List.of("--server.port=" + port, "--server.address=127.0.0.1", "--chuanmuc.data=" + folder));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("product.out").toFile()))
                .start();
        awaitHealth();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** Until the product says of itself that it and its database are well. */
    void awaitHealth() throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Process running = process;
            if (running == null || !running.isAlive()) {
                throw new IllegalStateException("the product ended: "
                        + Files.readString(folder.resolve("product.out")).strip());
            }
            try {
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                                .timeout(Duration.ofSeconds(40))
                                .build(),
                        BodyHandlers.discarding());
                if (answer.statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("not well within " + PATIENCE);
    }

    /** kill -9 of the product's process; its PostgreSQL goes on without it. */
    void killProduct() throws InterruptedException {
        Process running = java.util.Objects.requireNonNull(process);
        running.destroyForcibly().waitFor();
    }

    /** kill -9 of PostgreSQL's first process: the whole server is gone. */
    void killServer() throws IOException {
        if (!server().destroyForcibly()) {
            throw new IllegalStateException("the server was not there to be killed");
        }
    }

    /** kill -9 of one session, one at work if there is any: the server takes all others down with it and recovers. */
    boolean killSession(Random random) throws IOException {
        var sessions = new ArrayList<ProcessHandle>();
        var atWork = new ArrayList<ProcessHandle>();
        for (ProcessHandle child : server().children().toList()) {
            String title = title(child.pid());
            if (title.startsWith("postgres: postgres ")) {
                sessions.add(child);
                if (!title.strip().endsWith(" idle")) {
                    atWork.add(child);
                }
            }
        }
        List<ProcessHandle> choice = atWork.isEmpty() ? sessions : atWork;
        return !choice.isEmpty() && choice.get(random.nextInt(choice.size())).destroyForcibly();
    }

    private static String title(long pid) throws IOException {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private ProcessHandle server() throws IOException {
        return ProcessHandle.of(serverPid()).orElseThrow();
    }

    long serverPid() throws IOException {
        return Long.parseLong(marker().getFirst().strip());
    }

    /** Until the product has started its server again. */
    void awaitOtherServer(long before) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            try {
                if (serverPid() != before && marker().getLast().strip().equals("ready")) {
                    return;
                }
            } catch (NoSuchFileException | NoSuchElementException e) {
                // between the two
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException("the server is not back within " + PATIENCE);
    }

    private List<String> marker() throws IOException {
        return Files.readAllLines(folder.resolve("postgres/data/postmaster.pid"));
    }

    /** Where the PostgreSQL of now listens. */
    String jdbcUrl() throws IOException {
        return "jdbc:postgresql://127.0.0.1:" + marker().get(3).strip() + "/postgres";
    }

    String password() throws IOException {
        return Files.readString(folder.resolve("postgres/password")).strip();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Asks it to end, as an operator does. */
    void stop() throws InterruptedException {
        Process running = process;
        if (running != null && running.isAlive()) {
            running.destroy();
            if (!running.waitFor(60, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
