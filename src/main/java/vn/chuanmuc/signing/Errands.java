package vn.chuanmuc.signing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Sha256;

/** One-time tokens for a program on the signer's computer, which has no sign-in: each for one request, one account, one direction. */
@Component
class Errands {
    static final Duration GOOD_FOR = Duration.ofMinutes(10);

    private static final int TENANT_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Errands(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    enum Kind {
        FETCH("lay"),
        HAND_IN("nop");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    record Errand(UUID tenantId, UUID requestId, UUID accountId) {}

    /** Both tokens, to be shown this once. Those made before for the same request are good no more. */
    record Pair(String fetch, String handIn, Instant until) {}

    @Transactional
    public Pair issue(Viewer viewer, UUID requestId) {
        Instant now = clock.instant();
        jdbc.sql("""
                        update signing.errand set expires_at = ?
                        where tenant_id = ? and request_id = ? and account_id = ? and used_at is null and expires_at > ?
                        """)
                .params(Timestamp.from(now), viewer.tenantId(), requestId, viewer.accountId(), Timestamp.from(now))
                .update();
        return new Pair(
                issue(viewer, requestId, Kind.FETCH, now),
                issue(viewer, requestId, Kind.HAND_IN, now),
                now.plus(GOOD_FOR));
    }

    private String issue(Viewer viewer, UUID requestId, Kind kind, Instant now) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        int rows = jdbc.sql("""
                        insert into signing.errand (tenant_id, token_hash, request_id, account_id, kind, made_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        viewer.tenantId(),
                        Sha256.of(secret),
                        requestId,
                        viewer.accountId(),
                        kind.code,
                        Timestamp.from(now),
                        Timestamp.from(now.plus(GOOD_FOR)))
                .update();
        Check.that(rows == 1, "a token is one row");
        byte[] whole = ByteBuffer.allocate(TENANT_BYTES + SECRET_BYTES)
                .putLong(viewer.tenantId().getMostSignificantBits())
                .putLong(viewer.tenantId().getLeastSignificantBits())
                .put(secret)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** Whether {@link #use} would take the token. */
    boolean good(String token, Kind kind) {
        return read(token)
                .map(known -> jdbc.sql("""
                                select count(*) from signing.errand
                                where tenant_id = ? and token_hash = ? and kind = ? and used_at is null and expires_at > ?
                                """)
                        .params(known.tenantId(), known.hash(), kind.code, Timestamp.from(clock.instant()))
                        .query((row, n) -> row.getLong(1) == 1)
                        .single())
                .orElse(false);
    }

    private record Known(UUID tenantId, byte[] hash) {}

    private static Optional<Known> read(String token) {
        byte[] bytes;
        try {
            bytes = token.length() > 100 ? new byte[0] : Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != TENANT_BYTES + SECRET_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return Optional.of(new Known(
                new UUID(buffer.getLong(), buffer.getLong()),
                Sha256.of(Arrays.copyOfRange(bytes, TENANT_BYTES, bytes.length))));
    }

    /** Uses the token up; empty when it is unknown, used, too old or for the other direction. */
    @Transactional
    public Optional<Errand> use(String token, Kind kind) {
        return read(token).flatMap(known -> use(known, kind));
    }

    private Optional<Errand> use(Known known, Kind kind) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        update signing.errand set used_at = ?
                        where tenant_id = ? and token_hash = ? and kind = ? and used_at is null and expires_at > ?
                        returning request_id, account_id
                        """)
                .params(Timestamp.from(now), known.tenantId(), known.hash(), kind.code, Timestamp.from(now))
                .query((row, n) -> new Errand(
                        known.tenantId(),
                        row.getObject("request_id", UUID.class),
                        row.getObject("account_id", UUID.class)))
                .optional();
    }
}
