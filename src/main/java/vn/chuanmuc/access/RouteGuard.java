package vn.chuanmuc.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Deny by default: a route that does not say who may use it is refused, whoever asks. */
final class RouteGuard implements HandlerInterceptor {
    static final String CHOOSE_PASSWORD = "/mat-khau";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)) {
            return true; // static files
        }
        if (method.hasMethodAnnotation(OpenToAll.class)) {
            return true;
        }
        @Nullable ApiAllowed forSystems = method.getMethodAnnotation(ApiAllowed.class);
        if (forSystems != null) {
            @Nullable ApiCaller caller = AccessConfiguration.calling();
            if (caller == null || !caller.may(forSystems.value())) {
                throw new ApiForbidden();
            }
            return true;
        }
        @Nullable Allowed allowed = method.getMethodAnnotation(Allowed.class);
        @Nullable Viewer viewer = AccessConfiguration.current();
        if (allowed == null || viewer == null) {
            throw new Forbidden(Permission.OWN_PAGES);
        }
        if (Arrays.stream(allowed.value()).noneMatch(viewer::may)) {
            throw new Forbidden(allowed.value()[0]);
        }
        if (viewer.mustSetPassword() && !request.getRequestURI().equals(CHOOSE_PASSWORD)) {
            response.sendRedirect(CHOOSE_PASSWORD);
            return false;
        }
        return true;
    }
}
