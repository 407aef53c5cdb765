package vn.chuanmuc.commitments;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recomputation;

/** Every receipt from the bytes that were signed and from its act, and where people stand from what they did. */
@Component
class CommitmentRecomputation implements Recomputation {
    private static final Map<String, String> CONTRADICTIONS = Map.of(
            "commitments.commitment",
            """
            select k.year || '/' || k.person_id || '/' || k.version as key
            from commitments.commitment k
            left join documents.content c on c.tenant_id = k.tenant_id and c.hash = k.body_hash
            left join ledger.entry e on e.tenant_id = k.tenant_id and e.subject_id = k.id and e.act = 'commitments.signed'
                and e.document_hash = k.document_hash
            where k.tenant_id = ? and k.standing = 'signed'
              and (e.id is null or c.hash is null
                   or case when k.method = 'xac-nhan-dien-tu'
                           then sha256(convert_to(k.head_part, 'UTF8') || c.bytes) <> k.document_hash
                           else not exists (select from documents.content f
                                            where f.tenant_id = k.tenant_id and f.hash = k.document_hash)
                                or k.method = 'giay'
                                and not exists (select from documents.paper p
                                                where p.tenant_id = k.tenant_id and p.id = k.paper_id
                                                  and p.text_hash = sha256(convert_to(k.head_part, 'UTF8') || c.bytes)) end)
            """,
            "commitments.standing",
            """
            select s.campaign_id || '/' || s.person_id as key
            from commitments.standing s
            join campaigns.campaign c on c.tenant_id = s.tenant_id and c.id = s.campaign_id
            left join commitments.commitment k on k.tenant_id = s.tenant_id and k.year = c.year and k.person_id = s.person_id
                and k.version = s.version and k.campaign_id = s.campaign_id
            where s.tenant_id = ? and s.standing in ('signed', 'declined', 'excused')
              and (k.standing is distinct from s.standing or k.at is distinct from s.at)
            """,
            "documents.content",
            "select encode(hash, 'hex') as key from documents.content where tenant_id = ? and sha256(bytes) <> hash");

    private final JdbcClient jdbc;

    CommitmentRecomputation(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void check(UUID tenantId, Consumer<Fault> faults) {
        CONTRADICTIONS.forEach((what, sql) -> jdbc.sql(sql).param(tenantId).query(row -> {
            faults.accept(new Fault(what, row.getString("key"), Fault.DISAGREES));
        }));
    }
}
