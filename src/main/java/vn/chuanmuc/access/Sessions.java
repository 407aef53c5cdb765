package vn.chuanmuc.access;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseCookie;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.platform.DatabaseLoss;

/**
 * Who a browser is signed in as: one indexed read per request, so that any number of instances can serve it, a session can
 * be ended from elsewhere, and a role taken away is gone at the next click.
 *
 * <p>The cookie holds the tenant's id and 32 random bytes, base64url; the table holds only their SHA-256.
 */
@Component
public class Sessions implements SecurityContextRepository {
    static final String COOKIE = "cm_phien";
    private static final Duration LIFE = Duration.ofHours(10);
    private static final Duration IDLE = Duration.ofHours(2);
    /** At a counter the next person stands behind. */
    private static final Duration SHARED_IDLE = Duration.ofMinutes(10);

    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
    private static final int TENANT_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Token(UUID tenantId, byte[] hash) {}

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Deferred(
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) == null
                        ? () -> read(request)
                        : () -> readForError(request));
    }

    /** The page that says what went wrong neither waits for a database that is gone nor needs to know who looks at it. */
    private SecurityContext readForError(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
                && DatabaseLoss.in(failure)) {
            return SecurityContextHolder.createEmptyContext();
        }
        try {
            return read(request);
        } catch (DataAccessException e) {
            return SecurityContextHolder.createEmptyContext();
        }
    }

    @Override
    @SuppressWarnings("removal")
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return loadDeferredContext(holder.getRequest()).get();
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return token(request).isPresent();
    }

    /** Called by the sign-in filter: starts a session with a new token, whatever the browser sent. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        Authentication authentication = context.getAuthentication();
        if (authentication instanceof ViewerAuthentication signedIn) {
            start(signedIn.getPrincipal(), "yes".equals(request.getParameter("may-chung")), request, response);
        }
    }

    private SecurityContext read(HttpServletRequest request) {
        return token(request)
                .flatMap(this::viewer)
                .map(viewer -> (SecurityContext) new SecurityContextImpl(new ViewerAuthentication(viewer)))
                .orElseGet(SecurityContextHolder::createEmptyContext);
    }

    private void start(Viewer viewer, boolean shared, HttpServletRequest request, HttpServletResponse response) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        ByteBuffer cookie = ByteBuffer.allocate(TENANT_BYTES + SECRET_BYTES)
                .putLong(viewer.tenantId().getMostSignificantBits())
                .putLong(viewer.tenantId().getLeastSignificantBits())
                .put(secret);
        Instant now = clock.instant();
        int rows = jdbc.sql("""
                        insert into access.session
                            (tenant_id, token_hash, account_id, shared, started_at, seen_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(viewer.tenantId())
                .param(Sha256.of(secret))
                .param(viewer.accountId())
                .param(shared)
                .param(Timestamp.from(now))
                .param(Timestamp.from(now))
                .param(Timestamp.from(now.plus(LIFE)))
                .update();
        Check.that(rows == 1, "a session is one row");
        jdbc.sql("delete from access.session where tenant_id = ? and account_id = ? and expires_at < ?")
                .param(viewer.tenantId())
                .param(viewer.accountId())
                .param(Timestamp.from(now))
                .update();
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(cookie.array());
        response.addHeader("Set-Cookie", cookie(value, request).toString());
    }

    /** Ends the session of this browser and takes the cookie away. */
    void end(HttpServletRequest request, HttpServletResponse response) {
        token(request)
                .ifPresent(token -> jdbc.sql("delete from access.session where tenant_id = ? and token_hash = ?")
                        .param(token.tenantId())
                        .param(token.hash())
                        .update());
        response.addHeader("Set-Cookie", cookie("", request).toString());
    }

    /** What the table knows this browser's session by; empty when it has none. */
    public byte[] mark(HttpServletRequest request) {
        return token(request).map(Token::hash).orElseGet(() -> new byte[0]);
    }

    private static ResponseCookie cookie(String value, HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .maxAge(value.isEmpty() ? Duration.ZERO : Duration.ofSeconds(-1))
                .build();
    }

    private static Optional<Token> token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(COOKIE)) {
                return decode(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private static Optional<Token> decode(String value) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not ours: treated as not signed in
        }
        if (bytes.length != TENANT_BYTES + SECRET_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        UUID tenant = new UUID(buffer.getLong(), buffer.getLong());
        return Optional.of(new Token(tenant, Sha256.of(Arrays.copyOfRange(bytes, TENANT_BYTES, bytes.length))));
    }

    private Optional<Viewer> viewer(Token token) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, clock.getZone());
        return jdbc.sql("""
                        select a.id, a.person_id, a.display_name, a.username, a.password_hash is null as must_set, s.shared,
                               s.seen_at,
                               array(select g.role || ' ' || g.unit_id
                                     from access.role_grant g
                                     where g.tenant_id = s.tenant_id and g.account_id = s.account_id
                                       and g.valid_from <= ? and g.valid_to is null) as grants,
                               array(select d.duty
                                     from directory.line_duty d
                                     where d.tenant_id = a.tenant_id and d.person_id = a.person_id
                                       and d.valid_to is null) as duties
                        from access.session s
                        join access.account a on a.tenant_id = s.tenant_id and a.id = s.account_id
                        where s.tenant_id = ? and s.token_hash = ? and s.expires_at > ? and a.state = 'active'
                          and s.seen_at > (case when s.shared then cast(? as timestamptz) else ? end)
                        """)
                .param(today)
                .param(token.tenantId())
                .param(token.hash())
                .param(Timestamp.from(now))
                .param(Timestamp.from(now.minus(SHARED_IDLE)))
                .param(Timestamp.from(now.minus(IDLE)))
                .query((row, n) -> new Seen(
                        new Viewer(
                                token.tenantId(),
                                row.getObject("id", UUID.class),
                                row.getObject("person_id", UUID.class),
                                row.getString("display_name"),
                                row.getString("username"),
                                grants(row.getArray("grants")),
                                row.getBoolean("must_set"),
                                row.getBoolean("shared"),
                                duties(row.getArray("duties"))),
                        row.getTimestamp("seen_at").toInstant()))
                .optional()
                .map(seen -> {
                    // Only now, with the first connection given back: two at once per request can starve the pool.
                    if (seen.at().isBefore(now.minus(TOUCH_EVERY))) {
                        touch(token, now);
                    }
                    return seen.viewer();
                });
    }

    private record Seen(Viewer viewer, Instant at) {}

    private void touch(Token token, Instant now) {
        jdbc.sql("update access.session set seen_at = ? where tenant_id = ? and token_hash = ?")
                .param(Timestamp.from(now))
                .param(token.tenantId())
                .param(token.hash())
                .update();
    }

    static List<Viewer.Grant> grants(Array array) throws SQLException {
        var grants = new ArrayList<Viewer.Grant>();
        for (String grant : (String[]) array.getArray()) {
            int blank = grant.indexOf(' ');
            grants.add(new Viewer.Grant(
                    Role.valueOf(grant.substring(0, blank)), UUID.fromString(grant.substring(blank + 1))));
        }
        return List.copyOf(grants);
    }

    private static Set<Lines.Duty> duties(Array array) throws SQLException {
        var duties = EnumSet.noneOf(Lines.Duty.class);
        for (String code : (String[]) array.getArray()) {
            duties.add(Lines.Duty.of(code));
        }
        return Set.copyOf(duties);
    }

    private static final class Deferred implements DeferredSecurityContext {
        private final Supplier<SecurityContext> source;
        private @Nullable SecurityContext context;

        Deferred(Supplier<SecurityContext> source) {
            this.source = source;
        }

        @Override
        public SecurityContext get() {
            if (context == null) {
                context = source.get();
            }
            return context;
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }
}
