package vn.chuanmuc.verify;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rows of one kind of evidence, in the order of the acts that name them. A block begins with {@code @ <leaf> <n> <key>} (one
 * row), {@code * <leaf> <n> <key>} (rows that stand together) or {@code - <leaf> <n> <key>} (a later act changed the row, its text
 * is there); its rows follow, each behind {@code =}. Behind {@code ! <key>} stand rows that no act names.
 */
final class Blocks {
    private final String kind;
    private final Lines lines;
    private final Report report;
    private final Set<String> changedLater = new HashSet<>();
    private long rows;

    Blocks(String kind, Lines lines, Report report) {
        this.kind = kind;
        this.lines = lines;
        this.report = report;
    }

    long rows() {
        return rows;
    }

    /**
     * Takes the block of a record and compares it.
     *
     * @param leaf the place of the act
     */
    void take(long leaf, Entry.Evidence record, Consumer<String> eachRow) throws Unusable {
        while (true) {
            String header = lines.peek();
            if (header == null || header.startsWith("! ")) {
                report.bad(kind, record.key(), "missing");
                return;
            }
            String[] parts = header.split(" ", 4);
            if (parts.length != 4
                    || !"@*-".contains(parts[0])
                    || !Numbers.isCount(parts[1])
                    || !Numbers.isCount(parts[2])) {
                throw new Unusable("block", lines.name(), lines.number() + 1);
            }
            long at = Long.parseLong(parts[1]);
            long n = Long.parseLong(parts[2]);
            if (at > leaf || at == leaf && n > record.n()) {
                report.bad(kind, record.key(), "missing");
                return;
            }
            lines.next();
            if (at < leaf || n < record.n()) {
                report.bad(kind, parts[3], "unrecorded");
                skip();
                continue;
            }
            compare(parts, record, eachRow);
            return;
        }
    }

    private void compare(String[] header, Entry.Evidence record, Consumer<String> eachRow) throws Unusable {
        if (!header[3].equals(record.key())) {
            report.bad(kind, header[3], "unrecorded");
            report.bad(kind, record.key(), "missing");
            skip();
            return;
        }
        if (header[0].equals("-")) {
            changedLater.add(record.key());
            if (skip() > 0) {
                report.bad(kind, record.key(), "unrecorded");
            }
            return;
        }
        changedLater.remove(record.key());
        boolean together = header[0].equals("*");
        var all = Hashes.sha256();
        int count = 0;
        byte[] one = null;
        while (lines.peek() != null && lines.peek().startsWith("=")) {
            String row = lines.need().substring(1);
            one = Hashes.of(row);
            all.update(one);
            count++;
            rows++;
            eachRow.accept(row);
        }
        if (!together && count == 0) {
            report.bad(kind, record.key(), "missing");
        } else if (!Hashes.hex(together ? all.digest() : one).equals(record.hash()) || !together && count > 1) {
            report.bad(kind, record.key(), "changed");
        }
    }

    private int skip() throws Unusable {
        int skipped = 0;
        while (lines.peek() != null && lines.peek().startsWith("=")) {
            lines.next();
            skipped++;
        }
        return skipped;
    }

    /** Whatever is left is named by no act. */
    void end() throws Unusable {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.startsWith("! ")) {
                report.bad(kind, line.substring(2), "unrecorded");
            } else if (!line.startsWith("=")) {
                report.bad(kind, line, "unrecorded");
            }
        }
        changedLater.forEach(key -> report.bad(kind, key, "missing"));
    }
}
