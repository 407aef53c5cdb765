package vn.chuanmuc.signing.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.signing.Signatures;

/**
 * Before the routes of {@link ToolController}: nobody without a good token makes us read what they bring. A form is taken apart before
 * any controller sees it, so the door is here.
 */
@Component
class ToolGate extends OncePerRequestFilter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final PathPattern ROUTE = PathPatternParser.defaultInstance.parse(ToolController.TOKEN);

    private final ObjectProvider<Signatures> signatures;
    private final ObjectProvider<ToolController> controller;

    ToolGate(ObjectProvider<Signatures> signatures, ObjectProvider<ToolController> controller) {
        this.signatures = signatures;
        this.controller = controller;
    }

    /** As the routes see it: of the path taken apart and decoded, never of the address as it was sent. */
    private static @Nullable String token(HttpServletRequest request) {
        var match = ROUTE.matchAndExtract(ServletRequestPathUtils.parse(request).pathWithinApplication());
        return match == null ? null : match.getUriVariables().get("token");
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || token(request) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        if (signatures.getObject().awaits(String.valueOf(token(request)))) {
            rest.doFilter(request, response);
            return;
        }
        byte[] told = JSON.writeValueAsString(controller.getObject().noToken()).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(told.length);
        response.getOutputStream().write(told);
    }
}
