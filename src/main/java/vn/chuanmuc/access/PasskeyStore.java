package vn.chuanmuc.access;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Check;

@Component
class PasskeyStore {
    private static final String COLUMNS = """
            select id, account_id, credential_id, public_key, attestation_object, client_data, transports, sign_count,
                   backup_eligible, backed_up, name, registered_at, last_used_at, ended_at
            from access.passkey
            """;
    private static final RowMapper<Row> ROW = (row, n) -> new Row(
            row.getObject("id", UUID.class),
            row.getObject("account_id", UUID.class),
            row.getBytes("credential_id"),
            row.getBytes("public_key"),
            row.getBytes("attestation_object"),
            row.getBytes("client_data"),
            new TreeSet<>(List.of((String[]) row.getArray("transports").getArray())),
            row.getLong("sign_count"),
            row.getBoolean("backup_eligible"),
            row.getBoolean("backed_up"),
            row.getString("name"),
            row.getTimestamp("registered_at").toInstant(),
            instant(row.getTimestamp("last_used_at")),
            instant(row.getTimestamp("ended_at")));

    private final JdbcClient jdbc;

    PasskeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(
            UUID id,
            UUID accountId,
            byte[] credentialId,
            byte[] publicKey,
            byte[] attestationObject,
            byte[] clientData,
            Set<String> transports,
            long signCount,
            boolean backupEligible,
            boolean backedUp,
            String name,
            Instant registeredAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant endedAt) {}

    enum Purpose {
        REGISTER("dang-ky"),
        CONFIRM("xac-nhan");

        private final String code;

        Purpose(String code) {
            this.code = code;
        }
    }

    enum End {
        REMOVED("bo"),
        PASSWORD_RESET("cap-ma-moi"),
        COUNTER_WENT_BACK("dem-lui"),
        ACCOUNT_CLOSED("dong");

        private final String code;

        End(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** @param about what is confirmed @param name of the passkey that is registered */
    record Challenge(
            byte[] bytes, byte @Nullable [] about, @Nullable String name) {}

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    void insert(UUID tenantId, Row row) {
        int rows = jdbc.sql("""
                        insert into access.passkey
                            (tenant_id, id, account_id, credential_id, public_key, attestation_object, client_data, transports,
                             sign_count, backup_eligible, backed_up, name, registered_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(tenantId)
                .param(row.id())
                .param(row.accountId())
                .param(row.credentialId())
                .param(row.publicKey())
                .param(row.attestationObject())
                .param(row.clientData())
                .param(row.transports().toArray(String[]::new))
                .param(row.signCount())
                .param(row.backupEligible())
                .param(row.backedUp())
                .param(row.name())
                .param(Timestamp.from(row.registeredAt()))
                .update();
        Check.that(rows == 1, "a passkey is one row");
    }

    /** Those of an account that are good, the oldest first; at most 50. */
    List<Row> list(UUID tenantId, UUID accountId) {
        return jdbc.sql(COLUMNS + "where tenant_id = ? and account_id = ? and ended_at is null order by id limit 50")
                .params(tenantId, accountId)
                .query(ROW)
                .list();
    }

    /** Whosever it is, and whether it ended or not. */
    Optional<Row> find(UUID tenantId, byte[] credentialId) {
        return jdbc.sql(COLUMNS + "where tenant_id = ? and credential_id = ?")
                .param(tenantId)
                .param(credentialId)
                .query(ROW)
                .optional();
    }

    boolean owns(UUID tenantId, UUID accountId, UUID id) {
        return jdbc.sql("select count(*) from access.passkey where tenant_id = ? and account_id = ? and id = ?")
                        .params(tenantId, accountId, id)
                        .query((row, n) -> row.getLong(1))
                        .single()
                == 1;
    }

    /** False when it ended, or answered somebody else, since it was read. */
    boolean used(UUID tenantId, Row read, long signCount, boolean backedUp, Instant at) {
        return jdbc.sql("""
                        update access.passkey set sign_count = ?, backed_up = ?, last_used_at = ?
                        where tenant_id = ? and id = ? and sign_count = ? and ended_at is null
                        """)
                        .params(signCount, backedUp, Timestamp.from(at), tenantId, read.id(), read.signCount())
                        .update()
                == 1;
    }

    /** False when it had ended already, or is not the account's. */
    boolean end(UUID tenantId, UUID accountId, UUID id, End why, Instant at) {
        return jdbc.sql("""
                        update access.passkey set ended_at = ?, ended_why = ?
                        where tenant_id = ? and account_id = ? and id = ? and ended_at is null
                        """)
                        .params(Timestamp.from(at), why.code, tenantId, accountId, id)
                        .update()
                == 1;
    }

    /** Ends every one of the account; how many there were. */
    int endAll(UUID tenantId, UUID accountId, End why, Instant at) {
        return jdbc.sql("""
                        update access.passkey set ended_at = ?, ended_why = ?
                        where tenant_id = ? and account_id = ? and ended_at is null
                        """)
                .params(Timestamp.from(at), why.code, tenantId, accountId)
                .update();
    }

    /** Of two who register at once for one account the second waits here. */
    void lock(UUID tenantId, UUID accountId) {
        jdbc.sql("select id from access.account where tenant_id = ? and id = ? for update")
                .params(tenantId, accountId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
    }

    void ask(UUID tenantId, UUID accountId, Purpose purpose, Challenge challenge, Instant now, Instant until) {
        jdbc.sql("delete from access.passkey_challenge where tenant_id = ? and account_id = ? and expires_at <= ?")
                .params(tenantId, accountId, Timestamp.from(now))
                .update();
        int rows = jdbc.sql("""
                        insert into access.passkey_challenge
                            (tenant_id, challenge, account_id, purpose, about, name, made_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(tenantId)
                .param(challenge.bytes())
                .param(accountId)
                .param(purpose.code)
                .param(challenge.about())
                .param(challenge.name())
                .param(Timestamp.from(now))
                .param(Timestamp.from(until))
                .update();
        Check.that(rows == 1, "a challenge is one row");
    }

    /** The newest that waits. */
    Optional<Challenge> waiting(UUID tenantId, UUID accountId, Purpose purpose, Instant now) {
        return jdbc.sql("""
                        select challenge, about, name from access.passkey_challenge
                        where tenant_id = ? and account_id = ? and purpose = ? and expires_at > ?
                        order by made_at desc limit 1
                        """)
                .params(tenantId, accountId, purpose.code, Timestamp.from(now))
                .query(PasskeyStore::challenge)
                .optional();
    }

    /** Uses a challenge up; empty when it is not the account's, not for this, used or too old. */
    Optional<Challenge> take(UUID tenantId, UUID accountId, Purpose purpose, byte[] challenge, Instant now) {
        return jdbc.sql("""
                        delete from access.passkey_challenge
                        where tenant_id = ? and challenge = ? and account_id = ? and purpose = ? and expires_at > ?
                        returning challenge, about, name
                        """)
                .param(tenantId)
                .param(challenge)
                .param(accountId)
                .param(purpose.code)
                .param(Timestamp.from(now))
                .query(PasskeyStore::challenge)
                .optional();
    }

    private static Challenge challenge(java.sql.ResultSet row, int n) throws java.sql.SQLException {
        return new Challenge(row.getBytes("challenge"), row.getBytes("about"), row.getString("name"));
    }

    void askNobody(byte[] challenge, Instant now, Instant until) {
        jdbc.sql("delete from access.passkey_entry where expires_at <= ?")
                .param(Timestamp.from(now))
                .update();
        int rows = jdbc.sql("insert into access.passkey_entry (challenge, expires_at) values (?, ?)")
                .param(challenge)
                .param(Timestamp.from(until))
                .update();
        Check.that(rows == 1, "a challenge is one row");
    }

    boolean takeNobodys(byte[] challenge, Instant now) {
        return jdbc.sql("delete from access.passkey_entry where challenge = ? and expires_at > ?")
                        .param(challenge)
                        .param(Timestamp.from(now))
                        .update()
                == 1;
    }
}
