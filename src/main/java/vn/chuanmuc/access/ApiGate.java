package vn.chuanmuc.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import vn.chuanmuc.kernel.Reason;

/** Lets in who shows a valid token, so and so often a minute. No cookie counts here, and none is set. */
final class ApiGate extends OncePerRequestFilter {
    static final String DESCRIPTION = "/api/v1/openapi.yaml";
    /** Requests of one token in a minute, on one instance. */
    static final int PER_MINUTE = 600;

    private static final String BEARER = "Bearer ";

    private final ApiTokens tokens;
    private final ApiProblem problem;
    private final Clock clock;
    private final Map<UUID, Minute> minutes = new ConcurrentHashMap<>();

    private record Minute(long minute, int requests) {}

    ApiGate(ApiTokens tokens, ApiProblem problem, Clock clock) {
        this.tokens = tokens;
        this.problem = problem;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().equals(DESCRIPTION);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String shown = request.getHeader("Authorization");
        Optional<ApiCaller> caller = shown != null && shown.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? tokens.caller(shown.substring(BEARER.length()).strip())
                : Optional.empty();
        if (caller.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"chuanmuc\"");
            problem.write(response, 401, "no-token", Reason.of("access.api.detail.no-token"));
            return;
        }
        Instant now = clock.instant();
        long minute = now.getEpochSecond() / 60;
        Minute held = minutes.merge(
                caller.get().tokenId(),
                new Minute(minute, 1),
                (before, one) -> before.minute() == minute ? new Minute(minute, before.requests() + 1) : one);
        if (held.requests() > PER_MINUTE) {
            response.setHeader("Retry-After", Long.toString(60 - now.getEpochSecond() % 60));
            problem.write(response, 429, "too-many", Reason.of("access.api.detail.too-many", PER_MINUTE));
            return;
        }
        SecurityContextHolder.setContext(new SecurityContextImpl(new ApiAuthentication(caller.get())));
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
