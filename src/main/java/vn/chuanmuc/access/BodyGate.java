package vn.chuanmuc.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whoever is not signed in makes us read no more than a short form. A form's token stands in its body, so without this door the check
 * of the token alone would have a file of any visitor read and written to disk, up to the limit for those who may send one.
 */
final class BodyGate extends OncePerRequestFilter {
    /** The longest form of somebody who signs in, with a passkey's answer, is far below. */
    static final long LONGEST_FORM = 256 << 10;

    private final RequestMatcher guardedElsewhere;

    /** @param guardedElsewhere routes that take files of anybody, behind a door of their own */
    BodyGate(RequestMatcher guardedElsewhere) {
        this.guardedElsewhere = guardedElsewhere;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        boolean bare = request.getContentLengthLong() == 0
                || request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null;
        return bare || guardedElsewhere.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        if (AccessConfiguration.current() != null || shortForm(request)) {
            rest.doFilter(request, response);
        } else {
            // Mostly a session that ran out while a file was chosen or a text was written. No page of an error: showing
            // one would read the
            // form for what to show.
            response.sendRedirect(AccessConfiguration.SIGN_IN);
            response.flushBuffer();
        }
    }

    private static boolean shortForm(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return !multipart(request) && length >= 0 && length <= LONGEST_FORM;
    }

    private static boolean multipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }
}
