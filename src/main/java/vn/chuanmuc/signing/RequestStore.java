package vn.chuanmuc.signing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Reason;

/** Requests, and the evidence of what came of them. */
@Component
class RequestStore {
    private static final String COLUMNS = """
            tenant_id, id, purpose, subject, title, field, certifies, person_id, signer_name, unit_id, unit_name, paper,
            paper_hash, asked_by, asked_at, expires_at, state, candidate, candidate_way, candidate_by, candidate_at, reasons
            """;

    private final JdbcClient jdbc;

    RequestStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    enum State {
        OPEN,
        WAITING,
        UNDECIDED,
        IDENTITY,
        DONE,
        REFUSED,
        EXPIRED,
        CANCELLED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean live() {
            return switch (this) {
                case OPEN, WAITING, UNDECIDED, IDENTITY -> true;
                case DONE, REFUSED, EXPIRED, CANCELLED -> false;
            };
        }
    }

    /** @param paper null once it is over */
    record Row(
            UUID tenantId,
            UUID id,
            String purpose,
            String subject,
            String title,
            String field,
            boolean certifies,
            @Nullable UUID personId,
            String signerName,
            UUID unitId,
            String unitName,
            byte @Nullable [] paper,
            byte[] paperHash,
            UUID askedBy,
            Instant askedAt,
            Instant expiresAt,
            State state,
            byte @Nullable [] candidate,
            @Nullable Way candidateWay,
            @Nullable UUID candidateBy,
            List<Reason> reasons) {}

    private static Row row(ResultSet row) throws SQLException {
        String way = row.getString("candidate_way");
        return new Row(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("purpose"),
                row.getString("subject"),
                row.getString("title"),
                row.getString("field"),
                row.getBoolean("certifies"),
                row.getObject("person_id", UUID.class),
                row.getString("signer_name"),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getBytes("paper"),
                row.getBytes("paper_hash"),
                row.getObject("asked_by", UUID.class),
                row.getTimestamp("asked_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBytes("candidate"),
                way == null ? null : Way.of(way),
                row.getObject("candidate_by", UUID.class),
                ReasonJson.read(row.getString("reasons")));
    }

    /** False when one for the same subject is live. */
    boolean insert(Row row) {
        return jdbc.sql("""
                                insert into signing.request
                                    (tenant_id, id, purpose, subject, title, field, certifies, person_id, signer_name, unit_id,
                                     unit_name, paper, paper_hash, asked_by, asked_at, expires_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, purpose, subject)
                                    where state in ('open', 'waiting', 'undecided', 'identity') do nothing
                                """)
                        .param(row.tenantId())
                        .param(row.id())
                        .param(row.purpose())
                        .param(row.subject())
                        .param(row.title())
                        .param(row.field())
                        .param(row.certifies())
                        .param(row.personId())
                        .param(row.signerName())
                        .param(row.unitId())
                        .param(row.unitName())
                        .param(row.paper())
                        .param(row.paperHash())
                        .param(row.askedBy())
                        .param(Timestamp.from(row.askedAt()))
                        .param(Timestamp.from(row.expiresAt()))
                        .update()
                == 1;
    }

    Optional<Row> find(UUID tenantId, UUID id) {
        return jdbc.sql("select " + COLUMNS + "from signing.request where tenant_id = ? and id = ?")
                .params(tenantId, id)
                .query((row, n) -> row(row))
                .optional();
    }

    /** The same, held until the transaction ends. */
    Optional<Row> findLocked(UUID tenantId, UUID id) {
        return jdbc.sql("select " + COLUMNS + "from signing.request where tenant_id = ? and id = ? for update")
                .params(tenantId, id)
                .query((row, n) -> row(row))
                .optional();
    }

    Optional<Row> live(UUID tenantId, String purpose, String subject) {
        return jdbc.sql("select " + COLUMNS + """
                        from signing.request
                        where tenant_id = ? and purpose = ? and subject = ?
                          and state in ('open', 'waiting', 'undecided', 'identity')
                        """)
                .params(tenantId, purpose, subject)
                .query((row, n) -> row(row))
                .optional();
    }

    /** Requests whose signer's certificate waits for a look, in the units given and below; the oldest first, at most 200. */
    List<Row> toIdentify(UUID tenantId, UUID[] units) {
        return jdbc.sql("select " + COLUMNS + """
                        from signing.request r
                        where r.tenant_id = ? and r.state = 'identity' and exists (
                            select from directory.unit_closure c
                            where c.tenant_id = r.tenant_id and c.descendant_id = r.unit_id and c.ancestor_id = any (?))
                        order by r.id limit 200
                        """)
                .params(tenantId, units)
                .query((row, n) -> row(row))
                .list();
    }

    /** Kept files for which something new is known since they were looked at; at most 50. */
    List<Row> toRecheck() {
        return jdbc.sql("select " + COLUMNS + """
                        from signing.request r
                        where r.state = 'undecided' and (
                            exists (select from signing.revocation v
                                    where v.tenant_id = r.tenant_id and v.brought_at > r.candidate_at)
                            or exists (select from signing.trusted t
                                       where t.tenant_id = r.tenant_id and t.kind = 'neo' and t.decided_at > r.candidate_at))
                           or r.state = 'identity' and exists (
                                select from signing.trusted t
                                where t.tenant_id = r.tenant_id and t.kind = 'nguoi-ky' and t.person_id = r.person_id
                                  and t.decided_at > r.candidate_at)
                        order by r.candidate_at limit 50
                        """).query((row, n) -> row(row)).list();
    }

    boolean move(UUID tenantId, UUID id, State from, State to) {
        return jdbc.sql("update signing.request set state = ? where tenant_id = ? and id = ? and state = ?")
                        .params(to.code(), tenantId, id, from.code())
                        .update()
                == 1;
    }

    /** Keeps a signed file that is not decided; the request is held by the caller. */
    void keep(
            UUID tenantId, UUID id, State state, byte[] candidate, Way way, UUID by, Instant at, List<Reason> reasons) {
        expectOne(jdbc.sql("""
                        update signing.request
                        set state = ?, candidate = ?, candidate_way = ?, candidate_by = ?, candidate_at = ?, reasons = ?
                        where tenant_id = ? and id = ? and state in ('open', 'waiting', 'undecided', 'identity')
                        """)
                .params(
                        state.code(),
                        candidate,
                        way.code(),
                        by,
                        Timestamp.from(at),
                        ReasonJson.write(reasons),
                        tenantId,
                        id)
                .update());
    }

    /** Back to where it can be signed, with what was wrong. */
    void reopen(UUID tenantId, UUID id, List<Reason> reasons) {
        jdbc.sql("""
                        update signing.request
                        set state = 'open', candidate = null, candidate_way = null, candidate_by = null, candidate_at = null,
                            reasons = ?
                        where tenant_id = ? and id = ? and state in ('open', 'waiting', 'undecided', 'identity')
                        """).params(ReasonJson.write(reasons), tenantId, id).update();
    }

    boolean end(UUID tenantId, UUID id, State state, Instant at) {
        return jdbc.sql("""
                                update signing.request
                                set state = ?, ended_at = ?, paper = null, candidate = null, candidate_way = null,
                                    candidate_by = null, candidate_at = null
                                where tenant_id = ? and id = ? and state in ('open', 'waiting', 'undecided', 'identity')
                                """)
                        .params(state.code(), Timestamp.from(at), tenantId, id)
                        .update()
                == 1;
    }

    /** Ends what nobody finished in time; at most 500 at once. */
    int expire(Instant now) {
        return jdbc.sql("""
                        update signing.request
                        set state = 'expired', ended_at = ?, paper = null, candidate = null, candidate_way = null,
                            candidate_by = null, candidate_at = null
                        where (tenant_id, id) in (
                            select tenant_id, id from signing.request
                            where state in ('open', 'waiting', 'undecided', 'identity') and expires_at < ?
                            limit 500 for update skip locked)
                        """).params(Timestamp.from(now), Timestamp.from(now)).update();
    }

    record Checked(
            UUID tenantId,
            UUID id,
            UUID requestId,
            byte[] documentHash,
            Instant at,
            UUID accountId,
            String verdict,
            List<Reason> reasons,
            byte @Nullable [] simpleHash,
            byte @Nullable [] detailedHash) {}

    void insert(Checked checked) {
        expectOne(jdbc.sql("""
                        insert into signing.checked
                            (tenant_id, id, request_id, document_hash, at, account_id, verdict, reasons, simple_hash, detailed_hash)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(checked.tenantId())
                .param(checked.id())
                .param(checked.requestId())
                .param(checked.documentHash())
                .param(Timestamp.from(checked.at()))
                .param(checked.accountId())
                .param(checked.verdict())
                .param(ReasonJson.write(checked.reasons()))
                .param(checked.simpleHash())
                .param(checked.detailedHash())
                .update());
    }

    /** The newest check of a request. */
    Optional<Checked> checked(UUID tenantId, UUID requestId) {
        return jdbc.sql("""
                        select tenant_id, id, request_id, document_hash, at, account_id, verdict, reasons, simple_hash, detailed_hash
                        from signing.checked where tenant_id = ? and request_id = ? order by id desc limit 1
                        """)
                .params(tenantId, requestId)
                .query((row, n) -> new Checked(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getObject("request_id", UUID.class),
                        row.getBytes("document_hash"),
                        row.getTimestamp("at").toInstant(),
                        row.getObject("account_id", UUID.class),
                        row.getString("verdict"),
                        ReasonJson.read(row.getString("reasons")),
                        row.getBytes("simple_hash"),
                        row.getBytes("detailed_hash")))
                .optional();
    }

    record Accepted(
            UUID tenantId,
            UUID id,
            UUID requestId,
            UUID checkId,
            byte[] documentHash,
            byte[] paperHash,
            int paperLength,
            String field,
            byte[] certificate,
            @Nullable UUID personId,
            Way way,
            Instant claimedAt,
            @Nullable Instant stampedAt,
            Instant acceptedAt,
            UUID accountId) {}

    void insert(Accepted accepted) {
        Instant stamped = accepted.stampedAt();
        expectOne(jdbc.sql("""
                        insert into signing.signature
                            (tenant_id, id, request_id, check_id, document_hash, paper_hash, paper_length, field, certificate,
                             certificate_hash, person_id, way, claimed_at, stamped_at, accepted_at, account_id)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(accepted.tenantId())
                .param(accepted.id())
                .param(accepted.requestId())
                .param(accepted.checkId())
                .param(accepted.documentHash())
                .param(accepted.paperHash())
                .param(accepted.paperLength())
                .param(accepted.field())
                .param(accepted.certificate())
                .param(vn.chuanmuc.kernel.Sha256.of(accepted.certificate()))
                .param(accepted.personId())
                .param(accepted.way().code())
                .param(Timestamp.from(accepted.claimedAt()))
                .param(stamped == null ? null : Timestamp.from(stamped))
                .param(Timestamp.from(accepted.acceptedAt()))
                .param(accepted.accountId())
                .update());
    }

    /** The signature with which a file was accepted. */
    Optional<Accepted> accepted(UUID tenantId, byte[] documentHash) {
        return jdbc.sql(ACCEPTED + "where tenant_id = ? and document_hash = ? order by id desc limit 1")
                .params(tenantId, documentHash)
                .query((row, n) -> accepted(row))
                .optional();
    }

    private static final String ACCEPTED = """
            select tenant_id, id, request_id, check_id, document_hash, paper_hash, paper_length, field, certificate, person_id,
                   way, claimed_at, stamped_at, accepted_at, account_id
            from signing.signature
            """;

    private static Accepted accepted(ResultSet row) throws SQLException {
        Timestamp stamped = row.getTimestamp("stamped_at");
        return new Accepted(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getObject("request_id", UUID.class),
                row.getObject("check_id", UUID.class),
                row.getBytes("document_hash"),
                row.getBytes("paper_hash"),
                row.getInt("paper_length"),
                row.getString("field"),
                row.getBytes("certificate"),
                row.getObject("person_id", UUID.class),
                Way.of(row.getString("way")),
                row.getTimestamp("claimed_at").toInstant(),
                stamped == null ? null : stamped.toInstant(),
                row.getTimestamp("accepted_at").toInstant(),
                row.getObject("account_id", UUID.class));
    }

    /** Signatures with a time stamp that have nothing for later yet, or only what is older than the day given; the oldest first. */
    List<Accepted> toPreserve(Instant acceptedBefore, Instant preservedBefore, int limit) {
        return jdbc.sql(ACCEPTED + """
                        s where s.accepted_at < ? and not exists (
                            select from signing.preserved p
                            where p.tenant_id = s.tenant_id and p.signature_id = s.id and p.at > ?)
                        order by s.accepted_at limit ?
                        """)
                .params(Timestamp.from(acceptedBefore), Timestamp.from(preservedBefore), limit)
                .query((row, n) -> accepted(row))
                .list();
    }

    Optional<byte[]> preserved(UUID tenantId, UUID signatureId) {
        return jdbc.sql("""
                        select preserved_hash from signing.preserved
                        where tenant_id = ? and signature_id = ? order by at desc limit 1
                        """)
                .params(tenantId, signatureId)
                .query((row, n) -> row.getBytes("preserved_hash"))
                .optional();
    }

    void insertPreserved(UUID tenantId, UUID id, UUID signatureId, byte[] hash, Instant at) {
        expectOne(jdbc.sql("""
                        insert into signing.preserved (tenant_id, id, signature_id, preserved_hash, at) values (?, ?, ?, ?, ?)
                        """)
                .params(tenantId, id, signatureId, hash, Timestamp.from(at))
                .update());
    }

    private static void expectOne(int rows) {
        vn.chuanmuc.kernel.Check.that(rows == 1, "one row");
    }
}
