package vn.chuanmuc.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** CPU time of a process and all its descendants, ended ones included, from /proc (Linux; 10 ms steps). */
final class ProcessCpu {
    private static final double MILLIS_PER_TICK = 10;

    private ProcessCpu() {}

    private record Stat(long parent, long ticks) {}

    /** Milliseconds of CPU that the trees below (and with) these processes have used so far. */
    static double millis(long... roots) {
        Map<Long, Stat> all = all();
        long ticks = 0;
        for (var entry : all.entrySet()) {
            if (within(entry.getKey(), all, roots)) {
                ticks += entry.getValue().ticks();
            }
        }
        return ticks * MILLIS_PER_TICK;
    }

    private static boolean within(long pid, Map<Long, Stat> all, long[] roots) {
        for (Long at = pid;
                at != null && at != 0;
                at = all.containsKey(at) ? all.get(at).parent() : null) {
            for (long root : roots) {
                if (at == root) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Map<Long, Stat> all() {
        var all = new HashMap<Long, Stat>();
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                try {
                    String stat = Files.readString(folder.resolve("stat"));
                    // after the name in brackets: state ppid … utime(14) stime(15) cutime(16) cstime(17)
                    String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    long ticks = 0;
                    for (int field : List.of(11, 12, 13, 14)) {
                        ticks += Long.parseLong(rest[field]);
                    }
                    all.put(Long.parseLong(folder.getFileName().toString()), new Stat(Long.parseLong(rest[1]), ticks));
                } catch (NoSuchFileException e) {
                    continue; // ended while we looked; its parent has its time
                } catch (IOException e) {
                    continue; // the same, at a later moment of its end
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** Resident memory of one process in MiB. */
    static double residentMegabytes(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no VmRSS");
    }
}
