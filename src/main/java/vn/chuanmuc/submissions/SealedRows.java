package vn.chuanmuc.submissions;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.NotFound;

/** Reads which documents a version of a list is about. */
@Component
class SealedRows {
    private static final int MOST = 5_001; // one more than may be sealed

    private final JdbcClient jdbc;

    SealedRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Signed(String fullName, UUID commitmentId, byte[] documentHash) {}

    /** Those who stand as signed on the version, with the document they signed then, in the order of names. */
    List<Signed> of(UUID tenantId, UUID listId, int version) {
        return jdbc.sql("""
                        select r.full_name, k.id, k.document_hash
                        from submissions.list_row r
                        join submissions.list l on l.tenant_id = r.tenant_id and l.id = r.list_id
                        join lateral (
                            -- of two signatures that count for one moment, the one that replaced the other
                            select v.id, v.document_hash from commitments.v_signature v
                            where v.tenant_id = r.tenant_id and v.campaign_id = l.campaign_id and v.person_id = r.person_id
                              and case when r.commitment_id is null then v.signed_at = r.signed_at else v.id = r.commitment_id end
                            order by v.id desc
                            limit 1) k on true
                        where r.tenant_id = ? and r.list_id = ? and r.version = ? and r.standing = 'signed'
                        order by r.sort_key, r.person_id
                        limit ?
                        """)
                .params(tenantId, listId, version, MOST)
                .query((row, n) -> new Signed(
                        row.getString("full_name"), row.getObject("id", UUID.class), row.getBytes("document_hash")))
                .list();
    }

    /** The state of a version, held still until the end of the transaction. */
    ListState stateHeld(UUID tenantId, UUID listId, int version) {
        return jdbc.sql("""
                        select state from submissions.list_version
                        where tenant_id = ? and list_id = ? and version = ? for share
                        """)
                .params(tenantId, listId, version)
                .query((row, n) -> ListState.of(row.getString("state")))
                .single();
    }

    UUID listOf(UUID tenantId, UUID campaign, UUID unit, UUID bloc) {
        return jdbc.sql("""
                        select id from submissions.list
                        where tenant_id = ? and campaign_id = ? and unit_id = ? and bloc_id = ?
                        """)
                .params(tenantId, campaign, unit, bloc)
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional()
                .orElseThrow(() -> new NotFound("list"));
    }
}
