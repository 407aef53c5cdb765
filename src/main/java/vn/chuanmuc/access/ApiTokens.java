package vn.chuanmuc.access;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Tokens with which other systems read and write people: for a unit and a period, shown once, revocable. */
@Component
public class ApiTokens {
    /** So that scanners for leaked secrets know one. */
    public static final String PREFIX = "cmk_";

    private static final int MOST_LISTED = 200;
    private static final int LONGEST_YEARS = 2;
    private static final int TENANT_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(JdbcClient jdbc, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * A token as a list shows it.
     *
     * @param lastDay the last day on which it is valid
     */
    public record Listed(
            UUID id,
            String name,
            String unitName,
            ApiScope scope,
            LocalDate from,
            LocalDate lastDay,
            String issuedBy,
            Instant issuedAt,
            String reason,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsed) {

        /** As it stood at the end of a day that is past; the last use is told only when it was by then. */
        public Listed on(Instant end) {
            return new Listed(
                    id,
                    name,
                    unitName,
                    scope,
                    from,
                    lastDay,
                    issuedBy,
                    issuedAt,
                    reason,
                    revokedAt != null && revokedAt.isBefore(end) ? revokedAt : null,
                    lastUsed != null && lastUsed.isBefore(end) ? lastUsed : null);
        }

        /** {@code revoked}, {@code expired}, {@code coming} or {@code valid}. */
        public String state(LocalDate today) {
            if (revokedAt != null) {
                return "revoked";
            }
            return today.isAfter(lastDay) ? "expired" : today.isBefore(from) ? "coming" : "valid";
        }
    }

    public sealed interface Issue {
        /** @param token to be shown this once */
        record Done(UUID id, String token) implements Issue {}

        record Refused(String field, Reason why) implements Issue {}
    }

    /** Issues a token; the caller has asked whether the actor may. */
    @Transactional
    public Issue issue(
            UUID tenantId,
            UUID actor,
            String name,
            UUID unitId,
            ApiScope scope,
            LocalDate from,
            LocalDate lastDay,
            String reason) {
        String clean = Texts.oneLine(name);
        if (clean.isEmpty() || clean.length() > 200) {
            return new Issue.Refused("ten", Reason.of("access.api.refused.name"));
        }
        if (lastDay.isBefore(from) || lastDay.isBefore(today())) {
            return new Issue.Refused("den-ngay", Reason.of("access.api.refused.period"));
        }
        if (lastDay.isAfter(from.plusYears(LONGEST_YEARS))) {
            return new Issue.Refused("den-ngay", Reason.of("access.api.refused.long", LONGEST_YEARS));
        }
        if (reason.isBlank() || reason.length() > 500) {
            return new Issue.Refused("ly-do", Reason.of("access.accounts.reason.missing"));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        byte[] whole = ByteBuffer.allocate(TENANT_BYTES + SECRET_BYTES)
                .putLong(tenantId.getMostSignificantBits())
                .putLong(tenantId.getLeastSignificantBits())
                .put(secret)
                .array();
        UUID id = Ids.next();
        int rows = jdbc.sql("""
                        insert into access.api_token
                            (tenant_id, id, token_hash, name, unit_id, may_write, brings_figures, valid_from, valid_to, issued_by, issued_at, reason)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        id,
                        Sha256.of(secret),
                        clean,
                        unitId,
                        scope == ApiScope.WRITE,
                        scope == ApiScope.FIGURES,
                        from,
                        lastDay.plusDays(1),
                        actor,
                        Timestamp.from(clock.instant()),
                        reason.strip())
                .update();
        Check.that(rows == 1, "a token is one row");
        ledger.append(new Act(
                tenantId,
                "access.api-token-issued",
                id,
                actor,
                Map.of(
                        "name",
                        clean,
                        "unit",
                        unitId.toString(),
                        "writes",
                        scope == ApiScope.WRITE,
                        "figures",
                        scope == ApiScope.FIGURES,
                        "from",
                        from.toString(),
                        "lastDay",
                        lastDay.toString(),
                        "reason",
                        reason.strip())));
        return new Issue.Done(
                id, PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
    }

    /** From now on it is refused. False when it was revoked already. */
    @Transactional
    public boolean revoke(UUID tenantId, UUID actor, UUID tokenId, String reason) {
        if (jdbc.sql("select 1 from access.api_token where tenant_id = ? and id = ?")
                .params(tenantId, tokenId)
                .query((row, n) -> 1)
                .optional()
                .isEmpty()) {
            throw new NotFound("token");
        }
        boolean revoked = jdbc.sql(
                                "update access.api_token set revoked_at = ? where tenant_id = ? and id = ? and revoked_at is null")
                        .params(Timestamp.from(clock.instant()), tenantId, tokenId)
                        .update()
                == 1;
        if (revoked) {
            ledger.append(
                    new Act(tenantId, "access.api-token-revoked", tokenId, actor, Map.of("reason", reason.strip())));
        }
        return revoked;
    }

    /** The newest first; at most 200. */
    public List<Listed> list(UUID tenantId) {
        return jdbc.sql("""
                        select t.id, t.name, v.name as unit_name, t.may_write, t.brings_figures, t.valid_from, t.valid_to,
                               coalesce(a.display_name, '') as issued_by, t.issued_at, t.reason, t.revoked_at, t.last_used
                        from access.api_token t
                        cross join lateral (
                            select name from directory.unit_version
                            where tenant_id = t.tenant_id and unit_id = t.unit_id order by valid_from desc limit 1
                        ) v
                        left join access.account a on a.tenant_id = t.tenant_id and a.id = t.issued_by
                        where t.tenant_id = ?
                        order by t.id desc limit ?
                        """)
                .params(tenantId, MOST_LISTED)
                .query((row, n) -> new Listed(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("unit_name"),
                        scope(row),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class).minusDays(1),
                        row.getString("issued_by"),
                        row.getTimestamp("issued_at").toInstant(),
                        row.getString("reason"),
                        instant(row.getTimestamp("revoked_at")),
                        instant(row.getTimestamp("last_used"))))
                .list();
    }

    private static ApiScope scope(ResultSet row) throws SQLException {
        return row.getBoolean("may_write")
                ? ApiScope.WRITE
                : row.getBoolean("brings_figures") ? ApiScope.FIGURES : ApiScope.READ;
    }

    /** Names of systems by their tokens. */
    public Map<UUID, String> names(UUID tenantId, Collection<UUID> tokens) {
        var names = new HashMap<UUID, String>();
        jdbc.sql("select id, name from access.api_token where tenant_id = ? and id = any (?)")
                .param(tenantId)
                .param(tokens.toArray(UUID[]::new))
                .query(row -> {
                    names.put(row.getObject("id", UUID.class), row.getString("name"));
                });
        return names;
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private record Used(ApiCaller caller, @Nullable Instant last) {}

    /** Who shows this token, as far as it is valid today. One indexed read. */
    Optional<ApiCaller> caller(String token) {
        if (!token.startsWith(PREFIX) || token.length() > 100) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != TENANT_BYTES + SECRET_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        var tenantId = new UUID(buffer.getLong(), buffer.getLong());
        Instant now = clock.instant();
        Optional<Used> used = jdbc.sql("""
                        select id, name, unit_id, may_write, brings_figures, last_used from access.api_token
                        where tenant_id = ? and token_hash = ? and revoked_at is null and valid_from <= ? and valid_to > ?
                        """)
                .params(tenantId, Sha256.of(Arrays.copyOfRange(bytes, TENANT_BYTES, bytes.length)), today(), today())
                .query((row, n) -> new Used(
                        new ApiCaller(
                                tenantId,
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getObject("unit_id", UUID.class),
                                scope(row)),
                        instant(row.getTimestamp("last_used"))))
                .optional();
        used.filter(one -> one.last() == null || one.last().isBefore(now.minus(TOUCH_EVERY)))
                .ifPresent(one -> jdbc.sql("update access.api_token set last_used = ? where tenant_id = ? and id = ?")
                        .params(Timestamp.from(now), tenantId, one.caller().tokenId())
                        .update());
        return used.map(Used::caller);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
