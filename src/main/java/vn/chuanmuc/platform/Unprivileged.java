package vn.chuanmuc.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How to run PostgreSQL, which refuses uid 0, when we are root: inside a user namespace where root has no rights, or else
 * as the owner of the data folder, or else as nobody.
 */
final class Unprivileged {
    private static final int NOBODY = 65534;

    private Unprivileged() {}

    static List<String> commandPrefix(Path home, Path data, Path program) throws IOException {
        if (uid(Path.of("/proc/self")) != 0) {
            return List.of();
        }
        int owner = uid(Files.exists(data) ? data : home);
        List<String> namespace = List.of("unshare", "-U");
        if (owner == 0
                && Command.succeeds(
                        5, Stream.concat(namespace.stream(), Stream.of("true")).toList())) {
            return namespace;
        }
        int user = owner == 0 ? NOBODY : owner;
        List<String> other = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--");
        var probe = Stream.concat(other.stream(), Stream.of("test", "-x", program.toString()));
        if (!Command.succeeds(5, probe.toList())) {
            throw new StartFailure("root", null, home);
        }
        Command.run(10, List.of("chown", Integer.toString(user), home.toString()));
        return other;
    }

    /** Hands a file that we wrote as root to the user that the prefix switches to. */
    static void giveTo(List<String> prefix, Path file) throws IOException {
        if (!prefix.isEmpty() && prefix.getFirst().equals("setpriv")) {
            Command.run(10, List.of("chown", prefix.get(1).substring("--reuid=".length()), file.toString()));
        }
    }

    private static int uid(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }
}
