package vn.chuanmuc.signing;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Signatures that a remote service was asked for. */
@Component
class PreparationStore {
    private static final String COLUMNS = """
            tenant_id, id, request_id, credential, chain, signing_at, lines, stamped, to_be_signed, transaction_ref, account_id,
            asked_at, deadline, tries, state, told
            """;

    private final JdbcClient jdbc;

    PreparationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Preparation(
            UUID tenantId,
            UUID id,
            UUID requestId,
            String credential,
            byte[] chain,
            Instant signingAt,
            List<String> lines,
            boolean stamped,
            byte[] toBeSigned,
            @Nullable String reference,
            UUID accountId,
            Instant askedAt,
            Instant deadline,
            int tries,
            String state,
            String told) {
        SigningPlan plan(String field, boolean certifies) {
            return new SigningPlan(field, Certificates.split(chain), signingAt, lines, certifies, stamped);
        }
    }

    private static Preparation preparation(ResultSet row) throws SQLException {
        Array lines = row.getArray("lines");
        return new Preparation(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getObject("request_id", UUID.class),
                row.getString("credential"),
                row.getBytes("chain"),
                row.getTimestamp("signing_at").toInstant(),
                List.of((String[]) lines.getArray()),
                row.getBoolean("stamped"),
                row.getBytes("to_be_signed"),
                row.getString("transaction_ref"),
                row.getObject("account_id", UUID.class),
                row.getTimestamp("asked_at").toInstant(),
                row.getTimestamp("deadline").toInstant(),
                row.getInt("tries"),
                row.getString("state"),
                row.getString("told"));
    }

    /** False when one waits for the request already. */
    boolean insert(Preparation one) {
        return jdbc.sql("""
                                insert into signing.preparation
                                    (tenant_id, id, request_id, credential, chain, signing_at, lines, stamped, to_be_signed, account_id,
                                     asked_at, deadline, next_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, request_id) where state = 'waiting' do nothing
                                """)
                        .param(one.tenantId())
                        .param(one.id())
                        .param(one.requestId())
                        .param(one.credential())
                        .param(one.chain())
                        .param(Timestamp.from(one.signingAt()))
                        .param(one.lines().toArray(String[]::new))
                        .param(one.stamped())
                        .param(one.toBeSigned())
                        .param(one.accountId())
                        .param(Timestamp.from(one.askedAt()))
                        .param(Timestamp.from(one.deadline()))
                        .param(Timestamp.from(one.askedAt()))
                        .update()
                == 1;
    }

    Optional<Preparation> newest(UUID tenantId, UUID requestId) {
        return jdbc.sql("select " + COLUMNS
                        + "from signing.preparation where tenant_id = ? and request_id = ? order by id desc limit 1")
                .params(tenantId, requestId)
                .query((row, n) -> preparation(row))
                .optional();
    }

    Optional<Preparation> find(UUID tenantId, UUID id) {
        return jdbc.sql("select " + COLUMNS + "from signing.preparation where tenant_id = ? and id = ?")
                .params(tenantId, id)
                .query((row, n) -> preparation(row))
                .optional();
    }

    List<Preparation> due(Instant now, int limit) {
        return jdbc.sql("select " + COLUMNS
                        + "from signing.preparation where state = 'waiting' and next_at <= ? order by next_at limit ?")
                .params(Timestamp.from(now), limit)
                .query((row, n) -> preparation(row))
                .list();
    }

    void refer(UUID tenantId, UUID id, String reference, Instant next) {
        jdbc.sql("""
                        update signing.preparation set transaction_ref = ?, next_at = ?
                        where tenant_id = ? and id = ? and state = 'waiting' and transaction_ref is null
                        """).params(reference, Timestamp.from(next), tenantId, id).update();
    }

    void later(UUID tenantId, UUID id, Instant next) {
        jdbc.sql("""
                        update signing.preparation set tries = tries + 1, next_at = ?
                        where tenant_id = ? and id = ? and state = 'waiting'
                        """).params(Timestamp.from(next), tenantId, id).update();
    }

    /** False when it had ended already: an answer that comes twice counts once. */
    boolean end(UUID tenantId, UUID id, String state, String told, Instant at) {
        return jdbc.sql("""
                                update signing.preparation set state = ?, told = ?, ended_at = ?
                                where tenant_id = ? and id = ? and state = 'waiting'
                                """)
                        .params(
                                state,
                                told.substring(0, Math.min(told.length(), 500)),
                                Timestamp.from(at),
                                tenantId,
                                id)
                        .update()
                == 1;
    }
}
