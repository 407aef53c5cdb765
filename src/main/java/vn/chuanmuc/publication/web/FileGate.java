package vn.chuanmuc.publication.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import vn.chuanmuc.publication.Tries;
import vn.chuanmuc.publication.Verifications;

/**
 * Before anything reads what a stranger sends to have it checked – the check of the form's token is the first that would: how large it
 * says it is, and how often they asked this minute.
 */
@Component
@Order(FileGate.BEFORE_SECURITY)
class FileGate extends OncePerRequestFilter {
    static final int BEFORE_SECURITY = -200;

    /** Beside the file: the form's token and the words between the parts. */
    private static final long FRAME = 64 << 10;

    private static final PathPattern ROUTE = PathPatternParser.defaultInstance.parse(VerifyController.PAGE);

    private final ObjectProvider<Tries> tries;

    FileGate(ObjectProvider<Tries> tries) {
        this.tries = tries;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !ROUTE.matches(ServletRequestPathUtils.parse(request).pathWithinApplication());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > Verifications.MOST_BYTES + FRAME) {
            refuse(response, VerifyController.TOO_LARGE);
        } else if (!tries.getObject().allow(request.getRemoteAddr())) {
            refuse(response, VerifyController.TOO_OFTEN);
        } else {
            rest.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletResponse response, String why) throws IOException {
        response.sendRedirect(VerifyController.PAGE + "?loi=" + why);
        response.flushBuffer();
    }
}
