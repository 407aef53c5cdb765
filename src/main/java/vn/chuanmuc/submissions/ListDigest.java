package vn.chuanmuc.submissions;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Sha256;

/**
 * What the rows of a list come to: how many stand how, and a SHA-256 that is independent of who reads them and in which order
 * they are shown. The canonical text is UTF-8, one line per person ending in {@code \n}, people in name order; fields are
 * separated by a tab:
 *
 * <pre>
 * person id, rank, full name, birth date, post, unit, title of the set, audience, standing,
 * signed at, method, reason kind, reason, note, sample; of who signed also the commitment's id and the document's SHA-256 in hex,
 * where the row keeps them
 * </pre>
 *
 * Dates are {@code yyyy-MM-dd}, moments {@link Instant#toString}, booleans {@code 1} and {@code 0}; what is absent is empty;
 * within a field {@code \}, tab, line feed and carriage return are written {@code \\ \t \n \r}.
 */
record ListDigest(Totals totals, byte[] hash) {

    /** Row by row, so that memory does not grow with them. @param rows in name order; closed when read */
    static ListDigest of(Stream<ListRow> rows) {
        var hash = new Sha256();
        int[] counts = new int[Standing.values().length];
        int expected = 0;
        try (rows) {
            @Nullable ListRow before = null;
            for (var each = rows.iterator(); each.hasNext(); expected++) {
                ListRow row = each.next();
                Check.that(
                        before == null || ListOrder.BY_NAME.compare(before, row) < 0,
                        "rows are digested in name order, each person once");
                hash.add(canonical(row));
                counts[row.standing().ordinal()]++;
                before = row;
            }
        }
        return new ListDigest(
                new Totals(
                        expected,
                        counts[Standing.SIGNED.ordinal()],
                        counts[Standing.DECLINED.ordinal()],
                        counts[Standing.EXCUSED.ordinal()]),
                hash.digest());
    }

    static String canonical(ListRow row) {
        var line = new StringBuilder(200);
        field(line, row.personId()).append('\t');
        field(line, row.rankOrder()).append('\t');
        field(line, row.fullName()).append('\t');
        field(line, row.birthDate()).append('\t');
        field(line, row.positionName()).append('\t');
        field(line, row.unitName()).append('\t');
        field(line, row.setTitle()).append('\t');
        field(line, row.audience().name().toLowerCase(java.util.Locale.ROOT)).append('\t');
        field(line, row.standing().code()).append('\t');
        field(line, row.signedAt()).append('\t');
        field(line, row.method()).append('\t');
        field(line, row.reasonKind()).append('\t');
        field(line, row.reason()).append('\t');
        field(line, row.note()).append('\t');
        line.append(row.sample() ? '1' : '0');
        if (row.commitmentId() != null) {
            line.append('\t').append(row.commitmentId()).append('\t');
            line.append(HexFormat.of().formatHex(Objects.requireNonNull(row.documentHash())));
        }
        return line.append('\n').toString();
    }

    private static StringBuilder field(StringBuilder line, @Nullable Object value) {
        if (value == null) {
            return line;
        }
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
        return line;
    }
}
