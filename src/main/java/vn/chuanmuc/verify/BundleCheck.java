package vn.chuanmuc.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A bundle, read once from front to back; what is kept in memory does not grow with the acts. */
final class BundleCheck {
    private static final String FORMAT = "chuanmuc/bundle/1";
    private static final Pattern NAME = Pattern.compile(
            "bundle\\.txt|keys\\.txt|checkpoint|checkpoints\\.txt|entries\\.txt|evidence/[a-z]{1,40}\\.[a-z_]{1,60}\\.txt|files/[0-9a-f]{64}");
    private static final Pattern KEY_ACT =
            Pattern.compile("\\{\"alone\":(true|false),\"key\":\"([^\"\\\\]+)\",\"size\":([0-9]{1,18})\\}");
    private static final int MOST_NAMES = 20_000_000;
    private static final long LARGEST_FILE = 1L << 30;
    private static final int CHUNK = 1 << 16;

    private final Path path;
    private final Report report;
    private final List<String> wantedKeys;
    private final Checkpoint published;

    /** @param wantedKeys keys that must sign, as somebody got them elsewhere; {@code published} a checkpoint got elsewhere, or null */
    BundleCheck(Path path, Report report, List<String> wantedKeys, Checkpoint published) {
        this.path = path;
        this.report = report;
        this.wantedKeys = wantedKeys;
        this.published = published;
    }

    private record Period(long size, boolean alone, Checkpoint.Key key) {}

    /** @param campaign which it is about; null for everything */
    private record About(String origin, String tenant, String campaign, long size) {
        boolean all() {
            return campaign == null;
        }
    }

    private ZipFile zip;
    private About about;
    private List<Period> periods = List.of();
    private Checkpoint head;
    private final Map<String, Blocks> blocks = new TreeMap<>();
    private final Set<String> wantedFiles = new HashSet<>();
    private final Set<String> keyActs = new HashSet<>();
    private long acts;
    private long records;
    private long takenUp;
    private String border;
    private boolean campaignSeen;
    /** What kept it from comparing with the published checkpoint: said when nothing worse was found. */
    private Unusable undecided;

    void run() throws Unusable {
        try (ZipFile opened = new ZipFile(path.toFile(), StandardCharsets.UTF_8)) {
            zip = opened;
            names();
            try (Lines lines = lines("bundle.txt")) {
                about(lines);
            }
            try (Lines lines = lines("keys.txt")) {
                keys(lines);
            }
            try (Lines lines = lines("checkpoint")) {
                head = Checkpoint.read(lines);
                end(lines);
            }
            head();
            var meaning = new Meaning(zip, report);
            evidence();
            if (about.all()) {
                try (Lines checkpoints = lines("checkpoints.txt")) {
                    entries(meaning, checkpoints);
                }
            } else {
                entries(meaning, null);
            }
            for (Blocks kind : blocks.values()) {
                kind.end();
            }
            meaning.finish();
            if (!about.all() && !campaignSeen) {
                report.bad("bundle.txt", about.campaign(), "missing");
            }
            keyHistory();
            files();
            if (undecided != null && report.bad() == 0) {
                throw undecided;
            }
            tell();
        } catch (ZipException e) {
            throw new Unusable("not-zip", path.getFileName());
        } catch (IOException e) {
            throw new Unusable("unreadable", path.getFileName(), String.valueOf(e.getMessage()));
        }
    }

    private void names() throws Unusable {
        var seen = new HashSet<String>();
        if (zip.size() > MOST_NAMES) {
            throw new Unusable("many", zip.size());
        }
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            String name = entries.nextElement().getName();
            if (!NAME.matcher(name).matches()) {
                throw new Unusable("name", name.length() > 100 ? name.substring(0, 100) : name);
            }
            if (!seen.add(name)) {
                throw new Unusable("twice", name);
            }
        }
    }

    private Lines lines(String name) throws Unusable, IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new Unusable("part", name);
        }
        return new Lines(name, zip.getInputStream(entry));
    }

    private static void end(Lines lines) throws Unusable {
        if (lines.next() != null) {
            throw new Unusable("rest", lines.name(), lines.number());
        }
    }

    private void about(Lines lines) throws Unusable {
        String format = lines.need();
        String origin = lines.need();
        String tenant = lines.need();
        String scope = lines.need();
        String size = lines.need();
        end(lines);
        boolean campaign = scope.matches("campaign [0-9a-f-]{36}");
        if (!format.equals(FORMAT) || !Numbers.isCount(size) || !campaign && !scope.equals("all")) {
            throw new Unusable("format", lines.name(), format);
        }
        about = new About(
                origin, tenant, campaign ? scope.substring("campaign ".length()) : null, Long.parseLong(size));
        if (!origin.endsWith("/" + tenant)) {
            report.bad("bundle.txt", origin, "changed");
        }
    }

    private void keys(Lines lines) throws Unusable {
        var all = new ArrayList<Period>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            String[] parts = line.split(" ", -1);
            Checkpoint.Key key = parts.length == 3 ? Checkpoint.Key.parse(parts[2]) : null;
            if (key == null || !Numbers.isCount(parts[0]) || !parts[1].equals("alone") && !parts[1].equals("joint")) {
                throw new Unusable("key", lines.name(), lines.number());
            }
            all.add(new Period(Long.parseLong(parts[0]), parts[1].equals("alone"), key));
        }
        if (all.isEmpty() || !all.getFirst().alone()) {
            throw new Unusable("key", lines.name(), lines.number());
        }
        periods = all;
        for (String wanted : wantedKeys) {
            if (all.stream().noneMatch(period -> period.key().text().equals(wanted))) {
                report.bad("keys.txt", wanted, "missing");
            }
        }
    }

    private void head() {
        if (!head.origin().equals(about.origin()) || head.size() != about.size() || head.size() == 0) {
            report.bad("checkpoint", Long.toString(head.size()), "changed");
        } else if (!signed(head, true)) {
            report.bad("checkpoint", Long.toString(head.size()), "signature");
        } else if (!wantedKeys.isEmpty() && !vouchedFor(periodOf(head.size()))) {
            report.bad("keys.txt", periodOf(head.size()).key().text(), "stranger");
        }
        if (published != null && !about.all() && published.size() != head.size()) {
            undecided = new Unusable("incomparable", published.size(), head.size());
        }
        if (published != null && !published.origin().equals(about.origin())) {
            report.bad("checkpoint", published.origin(), "published");
        } else if (published != null && about.all() && published.size() > head.size()) {
            // Either it came after the bundle, which is no fault, or acts are gone: whoever has both files knows which
            // was first.
            undecided = new Unusable("newer", published.size(), head.size());
        }
        if (published != null
                && !about.all()
                && published.size() == head.size()
                && !Arrays.equals(published.root(), head.root())) {
            report.bad("checkpoint", Long.toString(published.size()), "published");
        }
    }

    /**
     * Whether the key of its time signed it, and with the first one of a key the key before; and whether no signature is there
     * that is not good.
     *
     * @param later whether the key has signed before
     */
    private boolean signed(Checkpoint checkpoint, boolean later) {
        Period period = periodOf(checkpoint.size());
        boolean every = checkpoint.signatures().stream()
                .allMatch(signature -> periods.stream()
                        .anyMatch(any -> any.key().name().equals(signature.name())
                                && Arrays.equals(any.key().id(), signature.id())
                                && any.key().verifies(checkpoint.text(), signature.signature())));
        return every
                && checkpoint.signedBy(period.key())
                && (later
                        || period.alone()
                        || checkpoint.signedBy(
                                periods.get(periods.indexOf(period) - 1).key()));
    }

    /** Whether a key that was given signs in this period, or handed on to it, key by key, with both signatures. */
    private boolean vouchedFor(Period last) {
        for (int at = periods.indexOf(last); at >= 0; at--) {
            Period period = periods.get(at);
            if (wantedKeys.contains(period.key().text())) {
                return true;
            }
            if (period.alone()) {
                return false; // it began with nobody's word but its own
            }
        }
        return false;
    }

    private Period periodOf(long size) {
        Period now = periods.getFirst();
        for (Period period : periods) {
            if (period.size() < size) {
                now = period;
            }
        }
        return now;
    }

    private void evidence() throws Unusable, IOException {
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            String name = entries.nextElement().getName();
            if (name.startsWith("evidence/")) {
                String kind = name.substring("evidence/".length(), name.length() - ".txt".length());
                blocks.put(kind, new Blocks(kind, lines(name), report));
            }
        }
    }

    /** The checkpoints, met in the order of their sizes while the tree grows. */
    private final class Heads {
        private final Lines lines;
        private Checkpoint next;
        private Checkpoint last;

        Heads(Lines lines) throws Unusable {
            this.lines = lines;
            advance();
        }

        private void advance() throws Unusable {
            if (lines.peek() == null) {
                next = null;
                return;
            }
            next = Checkpoint.read(lines);
            if (lines.peek() != null && !lines.need().isEmpty()) {
                throw new Unusable("checkpoint", lines.name(), lines.number());
            }
        }

        void upTo(Hashes.Growing tree) throws Unusable {
            while (next != null && next.size() <= tree.size()) {
                String size = Long.toString(next.size());
                if (!next.origin().equals(about.origin())
                        || next.size() != tree.size()
                        || !Arrays.equals(next.root(), tree.root())) {
                    report.bad("checkpoints.txt", size, "root");
                } else if (!signed(
                        next,
                        last != null && last.size() > periodOf(next.size()).size())) {
                    report.bad("checkpoints.txt", size, "signature");
                }
                last = next;
                advance();
            }
        }

        void finish() throws Unusable {
            for (; next != null; advance()) {
                report.bad("checkpoints.txt", Long.toString(next.size()), "root");
                last = next;
            }
            if (last == null || !last.text().equals(head.text())) {
                report.bad("checkpoint", Long.toString(head.size()), "changed");
            }
        }
    }

    private void entries(Meaning meaning, Lines checkpoints) throws Unusable, IOException {
        var tree = new Hashes.Growing();
        Heads heads = checkpoints == null ? null : new Heads(checkpoints);
        long last = -1;
        try (Lines lines = lines("entries.txt")) {
            while (lines.peek() != null) {
                String place = lines.need();
                if (!place.startsWith("leaf ") || !Numbers.isCount(place.substring(5))) {
                    throw new Unusable("leaf", lines.name(), lines.number());
                }
                long leaf = Long.parseLong(place.substring(5));
                Entry entry = Entry.read(lines);
                acts++;
                for (String fault : entry.faults()) {
                    report.bad("ledger.entry", entry.id(), fault);
                }
                if (!entry.tenant().equals(about.tenant())) {
                    report.bad("ledger.entry", entry.id(), "other");
                }
                if (about.all() ? leaf != tree.size() : leaf <= last) {
                    report.bad("ledger.entry", entry.id(), "order");
                }
                last = leaf;
                byte[] hash = Hashes.leaf(entry.text());
                if (heads != null) {
                    tree.add(hash);
                    heads.upTo(tree);
                    if (published != null
                            && published.size() == tree.size()
                            && !Arrays.equals(published.root(), tree.root())) {
                        report.bad("checkpoint", Long.toString(published.size()), "published");
                    }
                } else {
                    proof(lines, entry, hash, leaf);
                }
                if (!lines.need().isEmpty()) {
                    throw new Unusable("leaf", lines.name(), lines.number());
                }
                act(entry);
                for (Entry.Evidence record : entry.records()) {
                    record(meaning, leaf, entry, record);
                }
            }
        }
        if (heads != null) {
            heads.finish();
            if (tree.size() != head.size() || !Arrays.equals(tree.root(), head.root())) {
                report.bad("checkpoint", Long.toString(head.size()), "root");
            }
        }
    }

    private void proof(Lines lines, Entry entry, byte[] hash, long leaf) throws Unusable {
        String line = lines.need();
        var way = new ArrayList<byte[]>();
        boolean readable = line.equals("proof") || line.startsWith("proof ");
        if (line.length() > 6) {
            for (String step : line.substring(6).split(" ", -1)) {
                byte[] bytes = Checkpoint.base64(step);
                readable &= bytes != null;
                way.add(bytes);
            }
        }
        if (!readable) {
            throw new Unusable("leaf", lines.name(), lines.number());
        }
        if (!Hashes.includes(hash, leaf, head.size(), way, head.root())) {
            report.bad("ledger.entry", entry.id(), "proof");
        }
    }

    private void act(Entry entry) {
        switch (entry.act()) {
            case "ledger.key-begun" -> keyActs.add(entry.payload());
            case "ledger.taken-up" -> takenUp += entry.records().size();
            case "ledger.border-drawn" -> border = entry.at();
            default -> {}
        }
    }

    private void record(Meaning meaning, long leaf, Entry entry, Entry.Evidence record) throws Unusable {
        records++;
        campaignSeen |=
                record.kind().equals("campaigns.campaign") && record.key().equals(about.campaign());
        Blocks kind = blocks.get(record.kind());
        if (kind == null) {
            report.bad(record.kind(), record.key(), "missing");
            return;
        }
        meaning.begin(record.kind(), record.key());
        kind.take(leaf, record, row -> {
            int file = row.indexOf("=file:");
            for (; file >= 0; file = row.indexOf("=file:", file + 1)) {
                int from = file + "=file:".length();
                if (row.length() >= from + 64 && Hashes.isHash(row.substring(from, from + 64))) {
                    String hash = row.substring(from, from + 64);
                    if (wantedFiles.add(hash) && zip.getEntry("files/" + hash) == null) {
                        report.bad(record.kind(), record.key(), "file");
                    }
                }
            }
            meaning.row(entry, record, row);
        });
        meaning.end();
    }

    /** The keys are those whose beginning the acts tell. */
    private void keyHistory() {
        var told = new HashMap<String, String>();
        for (String payload : keyActs) {
            Matcher act = KEY_ACT.matcher(payload);
            if (act.matches()) {
                told.put(act.group(2), act.group(3) + ' ' + act.group(1));
            }
        }
        for (Period period : periods) {
            String said = told.remove(period.key().text());
            if (!(period.size() + " " + period.alone()).equals(said)) {
                report.bad("keys.txt", period.key().text(), "unrecorded");
            }
        }
        told.keySet().forEach(key -> report.bad("keys.txt", key, "missing"));
    }

    private void files() throws IOException {
        var chunk = new byte[CHUNK];
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            if (!entry.getName().startsWith("files/")) {
                continue;
            }
            String name = entry.getName().substring("files/".length());
            MessageDigest digest = Hashes.sha256();
            long length = 0;
            boolean whole = true;
            try (InputStream in = zip.getInputStream(entry)) {
                for (int read = in.read(chunk); read >= 0 && whole; read = in.read(chunk)) {
                    digest.update(chunk, 0, read);
                    length += read;
                    whole = length <= LARGEST_FILE;
                }
            } catch (ZipException | java.io.EOFException e) {
                whole = false;
            }
            if (!whole || !Hashes.hex(digest.digest()).equals(name)) {
                report.bad("files", name, "changed");
            } else if (!wantedFiles.contains(name)) {
                report.bad("files", name, "unrecorded");
            }
        }
    }

    private void tell() {
        report.say("told.origin", about.origin());
        report.say(
                "told.counts",
                acts,
                about.size(),
                records,
                blocks.values().stream().mapToLong(Blocks::rows).sum(),
                wantedFiles.size());
        report.say("told.checkpoint", head.text().strip().replace("\n", " · "));
        for (Period period : periods) {
            report.say("told.key", period.key().text(), period.size());
            if (period.alone() && period != periods.getFirst()) {
                report.say("told.key.alone", period.key().text());
            }
        }
        if (takenUp > 0) {
            report.say("told.border", border == null ? "-" : border, takenUp);
        }
        if (wantedKeys.isEmpty() && published == null) {
            report.say("told.compare");
        }
    }
}
