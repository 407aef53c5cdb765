package vn.chuanmuc.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Sha256;

/** What stands in the tree for an entry: UTF-8, one field a line, each ended by a line feed (ADR 0012). */
record Leaf(
        UUID tenantId,
        UUID entryId,
        Instant at,
        String act,
        UUID subject,
        UUID actor,
        byte[] payloadHash,
        byte @Nullable [] documentHash,
        byte @Nullable [] recordsHash) {
    static final String FORMAT = "chuanmuc/leaf/1";
    private static final byte[] LEAF = {0};
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    String text() {
        return FORMAT
                + '\n'
                + tenantId
                + '\n'
                + entryId
                + '\n'
                + MOMENT.format(at)
                + '\n'
                + act
                + '\n'
                + subject
                + '\n'
                + actor
                + '\n'
                + HexFormat.of().formatHex(payloadHash)
                + '\n'
                + hex(documentHash)
                + '\n'
                + hex(recordsHash)
                + '\n';
    }

    /** RFC 9162, 2.1.1. */
    byte[] hash() {
        return Sha256.of(LEAF, text().getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte @Nullable [] hash) {
        return hash == null ? "-" : HexFormat.of().formatHex(hash);
    }

    /** One line of what {@code recordsHash} is taken of. */
    static String recordLine(int n, String kind, String key, byte[] hash) {
        return n + "\t" + kind + '\t' + key + '\t' + HexFormat.of().formatHex(hash) + '\n';
    }
}
