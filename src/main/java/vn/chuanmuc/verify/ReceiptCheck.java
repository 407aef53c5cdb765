package vn.chuanmuc.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A person's receipt (c2sp.org/tlog-proof), with or without the paper it is about. */
final class ReceiptCheck {
    static final String FORMAT = "c2sp.org/tlog-proof@v1";
    private static final int MOST_STEPS = 63;
    private static final long LARGEST = 64L << 20;

    private final Path path;
    private final Report report;
    private final List<Checkpoint.Key> keys;
    private final Path paper;

    /** @param keys at least one of them must have signed; {@code paper} the file that was signed, or null */
    ReceiptCheck(Path path, Report report, List<Checkpoint.Key> keys, Path paper) {
        this.path = path;
        this.report = report;
        this.keys = keys;
        this.paper = paper;
    }

    void run() throws Unusable {
        byte[] bytes = read(path, LARGEST);
        var lines = new Lines(path.getFileName().toString(), new ByteArrayInputStream(bytes));
        if (!lines.need().equals(FORMAT)) {
            throw new Unusable("format", path.getFileName(), "");
        }
        String extra = lines.need();
        byte[] told = extra.startsWith("extra ") ? Checkpoint.base64(extra.substring(6)) : null;
        String index = lines.need();
        if (told == null || !index.startsWith("index ") || !Numbers.isCount(index.substring(6))) {
            throw new Unusable("receipt", lines.number());
        }
        var way = new ArrayList<byte[]>();
        for (String step = lines.need(); !step.isEmpty(); step = lines.need()) {
            byte[] hash = Checkpoint.base64(step);
            if (hash == null || way.size() == MOST_STEPS) {
                throw new Unusable("receipt", lines.number());
            }
            way.add(hash);
        }
        Checkpoint head = Checkpoint.read(lines);
        if (lines.next() != null) {
            throw new Unusable("rest", lines.name(), lines.number());
        }
        var inside = new Lines("extra", new ByteArrayInputStream(told));
        Entry entry = Entry.read(inside);
        if (inside.next() != null) {
            throw new Unusable("rest", "extra", inside.number());
        }
        check(entry, head, Long.parseLong(index.substring(6)), way);
    }

    private void check(Entry entry, Checkpoint head, long index, List<byte[]> way) throws Unusable {
        for (String fault : entry.faults()) {
            report.bad("ledger.entry", entry.id(), fault);
        }
        if (!Hashes.includes(Hashes.leaf(entry.text()), index, head.size(), way, head.root())) {
            report.bad("ledger.entry", entry.id(), "proof");
        }
        if (keys.stream().noneMatch(head::signedBy) || !head.origin().endsWith("/" + entry.tenant())) {
            report.bad("checkpoint", Long.toString(head.size()), "signature");
        }
        if (paper != null && !Hashes.hex(Hashes.of(read(paper, LARGEST))).equals(entry.documentHash())) {
            report.bad("ledger.entry", entry.id(), "paper");
        }
        report.say("told.origin", head.origin());
        report.say("told.act", entry.act(), entry.at(), entry.id(), entry.documentHash());
        report.say("told.facts", entry.payload());
        report.say("told.checkpoint", head.text().strip().replace("\n", " · "));
        if (paper == null && !entry.documentHash().equals("-")) {
            report.say("told.no-paper");
        }
    }

    static byte[] read(Path file, long most) throws Unusable {
        try {
            if (Files.size(file) > most) {
                throw new Unusable("large", file.getFileName());
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Unusable("unreadable", String.valueOf(file.getFileName()), String.valueOf(e.getMessage()));
        }
    }
}
