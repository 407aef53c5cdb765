package vn.chuanmuc.documents;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Sha256;

/** Keeps bytes under their SHA-256; the same bytes are kept once. Nothing here is ever changed or deleted. */
@Component
public class Contents {
    private final JdbcClient jdbc;
    private final Clock clock;

    Contents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
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
