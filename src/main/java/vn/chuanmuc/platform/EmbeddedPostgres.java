package vn.chuanmuc.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL server that belongs to this process. Its data folder survives restarts and crashes; one process at a
 * time may use a folder. A server that is killed is started again on the same port within a second or two.
 *
 * <p>Layout of the folder: {@code server-<size>/} the unpacked binaries, {@code data/} the cluster, {@code password} the
 * superuser's random password (readable by the owner only), {@code postgres.log}, {@code lock}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    /** The server's own files and a new database take about 100 MB; the rest is room to work. */
    private static final long FIRST_FREE_BYTES = 300L << 20;
    /** What is there already must still open when the disk is nearly full: to be taken out. A write-ahead segment has 16 MB. */
    private static final long LATER_FREE_BYTES = 64L << 20;

    private static final long WATCH_MILLIS = 500;

    private final Path data;
    private final Path bin;
    private final List<String> prefix;
    private final FileLock lock;
    private final String password;
    private final int port;
    private final List<String> start;
    private final Path marker;
    private boolean closed;

    /**
     * Starts the server, preparing the folder the first time.
     *
     * @param home the folder, made if absent
     * @param settings server settings by name ({@code fsync=off} …)
     * @throws StartFailure with a key and what is needed to say it in one line
     */
    public static EmbeddedPostgres start(Path home, Map<String, String> settings) {
        Path absolute = home.toAbsolutePath().normalize();
        try {
            return new EmbeddedPostgres(absolute, settings);
        } catch (IOException e) {
            if (freeBytes(absolute) < leastFree(absolute)) {
                throw new StartFailure("disk-full", e, absolute, leastFree(absolute) >> 20);
            }
            throw new StartFailure("postgres", e, absolute, String.valueOf(e.getMessage()));
        }
    }

    private static long leastFree(Path home) {
        return Files.exists(home.resolve("data/PG_VERSION")) ? LATER_FREE_BYTES : FIRST_FREE_BYTES;
    }

    private EmbeddedPostgres(Path home, Map<String, String> settings) throws IOException {
        Files.createDirectories(home);
        if (freeBytes(home) < leastFree(home)) {
            throw new StartFailure("disk-full", null, home, leastFree(home) >> 20);
        }
        lock = lock(home.resolve("lock"));
        data = home.resolve("data");
        marker = data.resolve("postmaster.pid");
        Path server = unpack(home);
        bin = server.resolve("bin");
        prefix = Unprivileged.commandPrefix(home, data, bin.resolve("postgres"));
        Path passwordFile = home.resolve("password");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            createCluster(home, passwordFile);
        } else if (runs()) {
            log.warn("Stopping the PostgreSQL that a killed process left behind in {}", data);
            pgCtl(60, "stop", "-m", "fast");
        }
        password = Files.readString(passwordFile).strip();
        port = freePort();
        var options = new StringBuilder("-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''");
        settings.forEach((name, value) ->
                options.append(" -c ").append(name).append("='").append(value).append('\''));
        start = List.of("start", "-l", home.resolve("postgres.log").toString(), "-o", options.toString());
        startServer();
        log.info("PostgreSQL listens on 127.0.0.1:{}, data in {}", port, data);
        Thread.ofVirtual().name("postgres-watch").start(this::watch);
    }

    /** Somebody, or a system short of memory, may kill the server under us: it is started again where the pool looks for it. */
    private void watch() {
        boolean told = false;
        while (true) {
            try {
                Thread.sleep(WATCH_MILLIS);
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    if (!runs()) {
                        if (!told) {
                            log.error("PostgreSQL in {} is gone; starting it again", data);
                            told = true;
                        }
                        startServer();
                        told = false;
                        log.warn("PostgreSQL listens on 127.0.0.1:{} again", port);
                    }
                }
            } catch (IOException e) {
                // Its last sessions may still be ending, or the disk be full: again and again until it goes.
                log.warn("PostgreSQL in {} does not start yet: {}", data, e.getMessage());
            } catch (RuntimeException e) {
                log.error("Looking after PostgreSQL in {}", data, e); // whatever it was: the watch goes on
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void startServer() throws IOException {
        // A process that ended and that nobody asked after (a container's first process seldom does) still has its
        // number, and
        // the server would take it for another at work. That nobody uses the data it sees by the shared memory as well.
        Files.deleteIfExists(marker);
        pgCtl(120, start.toArray(String[]::new));
    }

    /** JDBC address of the cluster's {@code postgres} database; replace the last path element for another. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return "postgres";
    }

    public String password() {
        return password;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            pgCtl(60, "stop", "-m", "fast");
            lock.channel().close();
        } catch (IOException e) {
            log.warn("PostgreSQL in {} did not stop cleanly; it recovers at the next start", data, e);
        }
    }

    private void createCluster(Path home, Path passwordFile) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.writeString(passwordFile, HexFormat.of().formatHex(random));
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
        Unprivileged.giveTo(prefix, passwordFile);
        Path fresh =
                home.resolve("data.new"); // renamed when whole, so that a killed first start leaves no half cluster
        deleteTree(fresh);
        run(
                120,
                bin.resolve("initdb").toString(),
                "-D",
                fresh.toString(),
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile=" + passwordFile,
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "-N");
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // held by this very JVM
        }
        if (lock == null) {
            channel.close();
            throw new StartFailure("folder-in-use", null, String.valueOf(file.getParent()));
        }
        return lock;
    }

    private static Path unpack(Path home) throws IOException {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String archive = "/postgres-linux-" + (architecture.equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
        @Nullable URL url = EmbeddedPostgres.class.getResource(archive);
        if (url == null) {
            throw new StartFailure("no-binaries", null, architecture);
        }
        var connection = url.openConnection();
        Path server = home.resolve("server-" + connection.getContentLengthLong());
        if (Files.exists(server)) {
            return server;
        }
        Path fresh = home.resolve("server.new");
        deleteTree(fresh);
        Files.createDirectories(fresh);
        try (var tar = new TarArchiveInputStream(new XZInputStream(connection.getInputStream()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpackEntry(tar, entry, fresh);
            }
        }
        Files.move(fresh, server, StandardCopyOption.ATOMIC_MOVE);
        return server;
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root) || entry.getName().endsWith(".a")) {
            return;
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Whether a server works on the data: ours, or one that a killed process of ours left behind. */
    private boolean runs() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(marker);
        } catch (NoSuchFileException e) {
            return false;
        }
        if (lines.isEmpty()) {
            return false;
        }
        long process;
        try {
            process = Long.parseLong(lines.getFirst().strip());
        } catch (NumberFormatException e) {
            throw new IOException("unreadable " + marker, e);
        }
        return ProcessHandle.of(process).isPresent()
                && isServer(Path.of("/proc", Long.toString(process)))
                && ProcessHandle.of(process).isPresent(); // it may have ended while its state was read
    }

    /**
     * A process that ended and was not asked after is none. Whose program cannot be read (it runs under another user, as it does
     * where we start as root) is told by its short name, and taken for the server when that cannot be read either: a server
     * at work must never lose its marker.
     */
    private static boolean isServer(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            int name = stat.lastIndexOf(')');
            char state = stat.charAt(Math.min(name + 2, stat.length() - 1));
            return state != 'Z' && state != 'X' && stat.substring(0, name).endsWith("(postgres");
        } catch (IOException e) {
            return true;
        }
    }

    private void pgCtl(int seconds, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                bin.resolve("pg_ctl").toString(), "-D", data.toString(), "-w", "-s", "-t", Integer.toString(seconds)));
        command.addAll(List.of(arguments));
        run(seconds + 5, command.toArray(String[]::new));
    }

    private void run(int seconds, String... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(arguments));
        Command.run(seconds, command);
    }

    private static long freeBytes(Path folder) {
        try {
            Path existing = folder;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            FileStore store = Files.getFileStore(existing);
            return store.getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
