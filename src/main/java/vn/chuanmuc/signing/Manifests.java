package vn.chuanmuc.signing;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.signing.SignatureRequester.Completed;

/**
 * One signature over many documents: a canonical list of (record, SHA-256 of its document) whose own SHA-256 stands in the signed
 * PDF. Each record's proof is its line in that list.
 */
@Component
public class Manifests {
    public static final int MOST_ROWS = 5_000;
    /** Media type of the canonical list. */
    public static final String TYPE = "text/plain; charset=utf-8";

    private static final String FORMAT = "chuanmuc/danh-sach-ky/1";

    private final JdbcClient jdbc;
    private final Signatures signatures;

    Manifests(JdbcClient jdbc, Signatures signatures) {
        this.jdbc = jdbc;
        this.signatures = signatures;
    }

    /** A document that is sealed with others. */
    public record Row(UUID recordId, byte[] documentHash) {}

    /**
     * Where a record stands in a sealed list.
     *
     * @param signer the name on the certificate
     * @param documentHash of the signed PDF, in {@code documents.Contents}
     * @param canonicalHash of the list, there too
     * @param line the record's own line of it
     */
    public record Proof(
            UUID id,
            String title,
            String signer,
            Instant sealedAt,
            boolean stamped,
            byte[] documentHash,
            byte[] canonicalHash,
            int position,
            long rows,
            String line) {
        /** Hexadecimal digits in groups of eight, as people compare them. */
        public static String grouped(byte[] hash) {
            return HexFormat.of().formatHex(hash).replaceAll("(.{8})(?!$)", "$1 ");
        }
    }

    /** The bytes of the list: a line that names the format, then position, record and hash of each, parted by tabs. UTF-8. */
    public static byte[] canonical(List<Row> rows) {
        Check.that(!rows.isEmpty() && rows.size() <= MOST_ROWS, "a list of a bearable length");
        var text = new StringBuilder(FORMAT).append('\n');
        for (int i = 0; i < rows.size(); i++) {
            text.append(line(i + 1, rows.get(i).recordId(), rows.get(i).documentHash()))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String line(int position, UUID record, byte[] hash) {
        return position + "\t" + record + "\t" + HexFormat.of().formatHex(hash);
    }

    /** The rows a canonical list has. */
    public static List<Row> read(byte[] canonical) {
        return new String(canonical, StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(line -> line.split("\t"))
                .map(parts -> new Row(UUID.fromString(parts[1]), HexFormat.of().parseHex(parts[2])))
                .toList();
    }

    /**
     * Keeps, in the transaction that accepts the signature, that these documents are sealed by it.
     *
     * @return what was written, to be named by the act of the seal
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Piece> keep(Completed signature, String purpose, String title, byte[] canonicalHash, List<Row> rows) {
        UUID id = Ids.next();
        int manifests = jdbc.sql("""
                        insert into signing.manifest
                            (tenant_id, id, request_id, purpose, subject, title, document_hash, canonical_hash, sealed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        signature.tenantId(),
                        id,
                        signature.requestId(),
                        purpose,
                        signature.subject(),
                        title,
                        signature.documentHash(),
                        canonicalHash,
                        Timestamp.from(signature.at()))
                .update();
        Check.that(manifests == 1, "a manifest is one row");
        int written = jdbc.sql("""
                        insert into signing.manifest_row (tenant_id, manifest_id, position, record_id, document_hash)
                        select ?, ?, r.position, r.record_id, r.document_hash
                        from unnest(cast(? as uuid[]), cast(? as bytea[]))
                            with ordinality as r (record_id, document_hash, position)
                        """)
                .param(signature.tenantId())
                .param(id)
                .param(rows.stream().map(Row::recordId).toArray(UUID[]::new))
                .param(rows.stream().map(Row::documentHash).toArray(byte[][]::new))
                .update();
        Check.that(written == rows.size(), "every row is sealed");
        return List.of(Piece.of(SigningEvidence.MANIFEST, id), Piece.of(SigningEvidence.ROWS, id));
    }

    /** The sealed lists a record stands in, the newest first; at most 20. */
    public List<Proof> of(UUID tenantId, UUID recordId) {
        return jdbc.sql("""
                        select m.id, m.title, m.sealed_at, m.document_hash, m.canonical_hash, r.position, r.document_hash as row_hash,
                               (select count(*) from signing.manifest_row a
                                where a.tenant_id = m.tenant_id and a.manifest_id = m.id) as total
                        from signing.manifest_row r
                        join signing.manifest m on m.tenant_id = r.tenant_id and m.id = r.manifest_id
                        where r.tenant_id = ? and r.record_id = ?
                        order by m.id desc limit 20
                        """)
                .params(tenantId, recordId)
                .query((row, n) -> {
                    byte[] document = row.getBytes("document_hash");
                    var kept = signatures.kept(tenantId, document);
                    return new Proof(
                            row.getObject("id", UUID.class),
                            row.getString("title"),
                            kept.map(Signatures.Kept::signer).orElse(""),
                            row.getTimestamp("sealed_at").toInstant(),
                            kept.map(known -> known.stampedAt() != null).orElse(false),
                            document,
                            row.getBytes("canonical_hash"),
                            row.getInt("position"),
                            row.getLong("total"),
                            line(row.getInt("position"), recordId, row.getBytes("row_hash")));
                })
                .list();
    }

    /** A sealed list. @param subject what it is about, in the words of whoever asked for the seal */
    public record Sealed(String subject, String signer, Instant sealedAt, boolean stamped, byte[] documentHash) {}

    public Optional<Sealed> newest(UUID tenantId, String purpose, String subject) {
        return sealed(tenantId, jdbc.sql("""
                        select subject, document_hash, sealed_at from signing.manifest
                        where tenant_id = ? and purpose = ? and subject = ? order by id desc limit 1
                        """).params(tenantId, purpose, subject)).stream()
                .findFirst();
    }

    /** The seals of a canonical list, the newest first; at most 20. @param canonicalHash its SHA-256 */
    public List<Sealed> ofList(UUID tenantId, byte[] canonicalHash) {
        return sealed(tenantId, jdbc.sql("""
                        select subject, document_hash, sealed_at from signing.manifest
                        where tenant_id = ? and canonical_hash = ? order by id desc limit 20
                        """).param(tenantId).param(canonicalHash));
    }

    private List<Sealed> sealed(UUID tenantId, JdbcClient.StatementSpec query) {
        return query.query((row, n) -> {
                    byte[] document = row.getBytes("document_hash");
                    var kept = signatures.kept(tenantId, document);
                    return new Sealed(
                            row.getString("subject"),
                            kept.map(Signatures.Kept::signer).orElse(""),
                            row.getTimestamp("sealed_at").toInstant(),
                            kept.map(known -> known.stampedAt() != null).orElse(false),
                            document);
                })
                .list();
    }
}
