package vn.chuanmuc.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What the rows say, computed once more: the document that each person signed from its two parts, the totals and the hash of each
 * list from its rows, the hash of each roster from its lines.
 */
final class Meaning {
    private static final int MOST_WORDS = 64;
    private static final int LONGEST_WORDS = 8 << 20;

    private final ZipFile zip;
    private final Report report;
    private final Map<String, byte[]> words = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_WORDS;
        }
    };
    private final Map<String, Counted> lists = new HashMap<>();
    private final Map<String, Roster> rosters = new HashMap<>();

    Meaning(ZipFile zip, Report report) {
        this.zip = zip;
        this.report = report;
    }

    /** What the rows of a list came to. */
    private record Counted(long expected, long signed, long declined, long excused, String hash) {}

    private record Roster(long people, String hash) {}

    /** Rows that stand together, one after the other; {@link #end} when there are no more. */
    private interface Group {
        void row(Row row);

        void end();
    }

    private Group group;

    void begin(String kind, String key) {
        group = switch (kind) {
            case "submissions.list_row" -> new ListRows(key);
            case "campaigns.roster" -> new RosterLines(key);
            default -> null;
        };
    }

    void row(Entry entry, Entry.Evidence record, String text) {
        switch (record.kind()) {
            case "commitments.commitment" -> signed(entry, record, new Row(text));
            case "submissions.list_version" -> list(record, new Row(text));
            case "campaigns.campaign" -> roster(record, new Row(text));
            case "submissions.list_row", "campaigns.roster" -> {
                if (group != null) {
                    group.row(new Row(text));
                }
            }
            default -> {}
        }
    }

    void end() {
        if (group != null) {
            group.end();
            group = null;
        }
    }

    private void signed(Entry entry, Entry.Evidence record, Row row) {
        if (!row.raw("standing").equals("signed")) {
            return;
        }
        if (!row.raw("method").equals("xac-nhan-dien-tu")) {
            // Signed by hand or by a digital signature: the document is a file of its own, the scan or the signed PDF.
            if (zip.getEntry("files/" + row.raw("document_hash")) == null || !told(entry, row)) {
                report.bad(record.kind(), record.key(), "document");
            }
            return;
        }
        byte[] body = words(row.raw("body_hash"));
        MessageDigest digest = Hashes.sha256();
        digest.update(row.get("head_part").getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            digest.update(body);
        }
        boolean same = Hashes.hex(digest.digest()).equals(row.raw("document_hash"));
        if (!same || !told(entry, row)) {
            report.bad(record.kind(), record.key(), "document");
        }
    }

    /** Whether the act of the signature tells the document that stands in the row. */
    private static boolean told(Entry entry, Row row) {
        return !entry.act().equals("commitments.signed")
                || entry.documentHash().equals(row.raw("document_hash"))
                        && entry.subject().equals(row.raw("id"));
    }

    private byte[] words(String hash) {
        byte[] known = words.get(hash);
        if (known != null) {
            return known;
        }
        ZipEntry file = Hashes.isHash(hash) ? zip.getEntry("files/" + hash) : null;
        if (file == null) {
            return null;
        }
        try (InputStream in = zip.getInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST_WORDS);
            words.put(hash, bytes);
            return bytes;
        } catch (IOException e) {
            return null; // told when the files are looked at
        }
    }

    /** The canonical text of a list's rows: people in the order of their names, see the form chuanmuc gives its lists. */
    private final class ListRows implements Group {
        private static final List<String> COLUMNS = List.of(
                "person_id",
                "rank_order",
                "full_name",
                "birth_date",
                "position_name",
                "unit_name",
                "set_title",
                "set_audience",
                "standing",
                "signed_at",
                "method",
                "reason_kind",
                "reason",
                "note");

        private record Line(byte[] sortKey, String person, String text) {}

        private final String key;
        private final List<Line> lines = new ArrayList<>();
        private final Map<String, Integer> standings = new HashMap<>();

        ListRows(String key) {
            this.key = key;
        }

        @Override
        public void row(Row row) {
            var text = new StringBuilder();
            for (String column : COLUMNS) {
                text.append(column.equals("signed_at") ? moment(row.raw(column)) : row.raw(column))
                        .append('\t');
            }
            text.append(row.raw("sample").equals("true") ? '1' : '0');
            if (!row.raw("commitment_id").isEmpty()) {
                text.append('\t').append(row.raw("commitment_id")).append('\t').append(row.raw("document_hash"));
            }
            text.append('\n');
            String sortKey = row.raw("sort_key");
            lines.add(new Line(
                    sortKey.matches("([0-9a-f]{2})*") ? java.util.HexFormat.of().parseHex(sortKey) : new byte[0],
                    row.raw("person_id"),
                    text.toString()));
            standings.merge(row.raw("standing"), 1, Integer::sum);
        }

        /** As an instant is written there: microseconds, or thousandths, or none, whatever is not zero. */
        private static String moment(String written) {
            return written.isEmpty() ? "" : java.time.Instant.parse(written).toString();
        }

        @Override
        public void end() {
            lines.sort(
                    Comparator.comparing(Line::sortKey, Arrays::compareUnsigned).thenComparing(Line::person));
            MessageDigest digest = Hashes.sha256();
            lines.forEach(line -> digest.update(line.text().getBytes(StandardCharsets.UTF_8)));
            lists.put(
                    key,
                    new Counted(
                            lines.size(),
                            standings.getOrDefault("signed", 0),
                            standings.getOrDefault("declined", 0),
                            standings.getOrDefault("excused", 0),
                            Hashes.hex(digest.digest())));
        }
    }

    private void list(Entry.Evidence record, Row row) {
        Counted counted = lists.get(record.key());
        if (counted != null
                && !(counted.hash().equals(row.raw("content_hash"))
                        && row.raw("expected").equals(Long.toString(counted.expected()))
                        && row.raw("signed").equals(Long.toString(counted.signed()))
                        && row.raw("declined").equals(Long.toString(counted.declined()))
                        && row.raw("excused").equals(Long.toString(counted.excused())))) {
            report.bad(record.kind(), record.key(), "totals");
        }
    }

    /** One line per person in the order of their ids, fields parted by U+001F. */
    private final class RosterLines implements Group {
        private static final List<String> COLUMNS = List.of(
                "person_id",
                "unit_id",
                "unit_name",
                "bloc_id",
                "bloc_name",
                "full_name",
                "birth_date",
                "position_name",
                "rank_order",
                "set_id");

        private final String key;
        private final MessageDigest digest = Hashes.sha256();
        private boolean carriedOver;
        private long people;

        RosterLines(String key) {
            this.key = key;
        }

        @Override
        public void row(Row row) {
            people++;
            carriedOver |= row.raw("carried_over").equals("true");
            String line = String.join("\u001F", COLUMNS.stream().map(row::get).toList()) + '\n';
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void end() {
            if (!carriedOver) {
                rosters.put(key, new Roster(people, Hashes.hex(digest.digest())));
            }
        }
    }

    private void roster(Entry.Evidence record, Row row) {
        campaigns.put(record.key(), new Roster(-1, row.raw("roster_hash") + ' ' + row.raw("roster_size")));
    }

    private final Map<String, Roster> campaigns = new HashMap<>();

    /** What can be said only when every row was seen. */
    void finish() {
        campaigns.forEach((key, said) -> {
            Roster roster = rosters.get(key);
            if (roster != null && !said.hash().equals(roster.hash() + ' ' + roster.people())) {
                report.bad("campaigns.campaign", key, "totals");
            }
        });
    }
}
