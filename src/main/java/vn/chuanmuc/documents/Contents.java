package vn.chuanmuc.documents;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** Keeps bytes under their SHA-256; the same bytes are kept once. Nothing here is ever changed or deleted. */
@Component
public class Contents {
    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;

    Contents(JdbcClient jdbc, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
    }

    public record Content(String mediaType, byte[] bytes) {}

    /** Stores the bytes in the open transaction and returns their SHA-256 (32 bytes). */
    @Transactional(propagation = Propagation.MANDATORY)
    public byte[] store(UUID tenantId, String mediaType, byte[] bytes) {
        byte[] hash = Sha256.of(bytes);
        jdbc.sql("""
                        insert into documents.content (tenant_id, hash, media_type, bytes, stored_at)
                        values (?, ?, ?, ?, ?)
                        on conflict (tenant_id, hash) do nothing
                        """)
                .param(tenantId)
                .param(hash)
                .param(mediaType)
                .param(bytes)
                .param(Timestamp.from(clock.instant()))
                .update();
        return hash;
    }

    /**
     * The same for what is attached to a draft, which no act names yet: that it was stored is an act of its own, since no content is
     * there unrecorded.
     *
     * @param subject what it is attached to
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public byte[] attach(UUID tenantId, UUID actor, UUID subject, String mediaType, byte[] bytes) {
        byte[] hash = Sha256.of(bytes);
        if (!has(tenantId, hash)) {
            store(tenantId, mediaType, bytes);
            ledger.append(new Act(
                            tenantId,
                            "documents.content-attached",
                            subject,
                            actor,
                            Map.of("mediaType", mediaType, "bytes", bytes.length),
                            hash)
                    .with(Piece.of(ContentEvidence.CONTENT, (Object) hash)));
        }
        return hash;
    }

    public boolean has(UUID tenantId, byte[] hash) {
        return jdbc.sql("select exists (select from documents.content where tenant_id = ? and hash = ?)")
                .params(tenantId, hash)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    public Optional<Content> find(UUID tenantId, byte[] hash) {
        return jdbc.sql("select media_type, bytes from documents.content where tenant_id = ? and hash = ?")
                .param(tenantId)
                .param(hash)
                .query((row, n) -> new Content(row.getString("media_type"), row.getBytes("bytes")))
                .optional();
    }
}
