package vn.chuanmuc.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * An act as it stands in a bundle or a receipt.
 *
 * @param text of the leaf, as it was hashed
 * @param payload what was done, as JSON
 * @param records the rows of evidence it wrote
 * @param faults codes of what does not hold inside the act itself
 */
record Entry(
        String text,
        String tenant,
        String id,
        String at,
        String act,
        String subject,
        String documentHash,
        String payload,
        List<Evidence> records,
        List<String> faults) {
    private static final String FORMAT = "chuanmuc/leaf/1";
    private static final String NONE = "-";
    private static final int MOST_RECORDS = 10_000_000;

    /** @param hash of the row or of the rows that stand together, in hex */
    record Evidence(int n, String kind, String key, String hash) {}

    /** Reads the leaf, the payload and the lines of the records; stops before a line that is none. */
    static Entry read(Lines lines) throws Unusable {
        String format = lines.need();
        String[] fields = new String[9];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = lines.need();
        }
        String payload = lines.need();
        if (!format.equals(FORMAT)) {
            throw new Unusable("leaf", lines.name(), lines.number());
        }
        var faults = new ArrayList<String>();
        if (!Hashes.hex(Hashes.of(payload)).equals(fields[6])) {
            faults.add("payload");
        }
        List<Evidence> records = List.of();
        if (!fields[8].equals(NONE)) {
            records = new ArrayList<>();
            var digest = Hashes.sha256();
            while (lines.peek() != null && isRecord(lines.peek())) {
                String line = lines.need();
                String[] parts = line.split("\t", -1);
                if (parts.length != 4
                        || !parts[0].equals(Integer.toString(records.size()))
                        || !Hashes.isHash(parts[3])
                        || records.size() == MOST_RECORDS) {
                    throw new Unusable("record", lines.name(), lines.number());
                }
                digest.update((line + '\n').getBytes(java.nio.charset.StandardCharsets.UTF_8));
                records.add(new Evidence(records.size(), parts[1], parts[2], parts[3]));
            }
            if (!Hashes.hex(digest.digest()).equals(fields[8])) {
                faults.add("records");
            }
        }
        var text = new StringBuilder(format).append('\n');
        for (String field : fields) {
            text.append(field).append('\n');
        }
        return new Entry(
                text.toString(),
                fields[0],
                fields[1],
                fields[2],
                fields[3],
                fields[4],
                fields[7],
                payload,
                records,
                faults);
    }

    private static boolean isRecord(String line) {
        return !line.isEmpty() && line.charAt(0) >= '0' && line.charAt(0) <= '9';
    }
}
