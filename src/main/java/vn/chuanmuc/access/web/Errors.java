package vn.chuanmuc.access.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.dao.DataAccessException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import vn.chuanmuc.access.ApiProblem;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.OpenToAll;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.platform.DatabaseLoss;

/** Whatever goes wrong ends in a page that says what happened and what to do next. */
@Controller
@ControllerAdvice
class Errors implements ErrorController {
    private static final Logger log = LoggerFactory.getLogger(Errors.class);

    private final ApiProblem problem;

    Errors(ApiProblem problem) {
        this.problem = problem;
    }

    @ExceptionHandler(Forbidden.class)
    Object forbidden(Forbidden forbidden, HttpServletRequest request) {
        return answer(request, 403, "forbidden", forbidden.reason());
    }

    @ExceptionHandler({NotFound.class, MethodArgumentTypeMismatchException.class})
    Object notFound(HttpServletRequest request) {
        return answer(request, 404, "not-found", null);
    }

    @ExceptionHandler({MissingServletRequestParameterException.class, HttpMessageNotReadableException.class})
    Object incomplete(HttpServletRequest request) {
        return answer(request, 400, "incomplete", null);
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    Object tooLarge(HttpServletRequest request) {
        return answer(request, 413, "too-large", null);
    }

    @ExceptionHandler(MultipartException.class)
    Object brokenUpload(HttpServletRequest request) {
        return answer(request, 400, "upload", null);
    }

    /** A page for people; for other systems, whatever it was, a problem as they know it. */
    private Object answer(HttpServletRequest request, int status, String page, @Nullable Reason reason) {
        return forSystems(request.getRequestURI())
                ? problem.answer(status, "not-served", Reason.of("access.api.detail.not-served"), List.of())
                : new ErrorPage(status, page, reason);
    }

    /** The frame needs no database: who looks was read before. Every other trouble with data goes on to {@link #error}. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    Object noDatabase(RuntimeException failure, HttpServletRequest request, HttpServletResponse response) {
        if (!DatabaseLoss.in(failure)) {
            throw failure;
        }
        return noDatabase(request.getRequestURI(), failure, request, response);
    }

    /** Whether what was sent is written nobody knows: the connection may have gone at any moment. Where to look is told. */
    private Object noDatabase(
            String path, Throwable failure, HttpServletRequest request, HttpServletResponse response) {
        log.warn(
                "Request {} {} lost the database: {}", request.getMethod(), path, String.valueOf(failure.getMessage()));
        response.setHeader("Retry-After", "5");
        return forSystems(path)
                ? problem.answer(503, "unavailable", Reason.of("access.api.detail.unavailable"), List.of())
                : new ErrorPage(503, ErrorPage.DATABASE, null);
    }

    @RequestMapping("/error")
    @OpenToAll("The page that says what went wrong")
    Object error(HttpServletRequest request, HttpServletResponse response) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 403;
        @Nullable Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (failure instanceof Throwable lost && DatabaseLoss.in(lost)) {
            return noDatabase(
                    String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)), lost, request, response);
        }
        if (status >= 500) {
            String mark = UUID.randomUUID().toString().substring(0, 8);
            log.error(
                    "Request {} failed [{}]",
                    request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI),
                    mark,
                    failure instanceof Throwable thrown ? thrown : null);
            Reason told = Reason.of("access.error.mark", mark);
            return forSystems(request)
                    ? problem.answer(status, "broken", told, List.of())
                    : new ErrorPage(status, "broken", told);
        }
        if (forSystems(request)) {
            return problem.answer(
                    status == 403 ? 404 : status, "not-served", Reason.of("access.api.detail.not-served"), List.of());
        }
        return switch (status) {
            case 403 -> new ErrorPage(403, "expired", null); // refused before any controller: the form's token
            case 404 -> new ErrorPage(404, "not-found", null);
            case 413 -> new ErrorPage(413, "too-large", null);
            default -> new ErrorPage(status, "incomplete", null);
        };
    }

    private static boolean forSystems(HttpServletRequest request) {
        return forSystems(String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)));
    }

    private static boolean forSystems(String path) {
        return path.startsWith("/api/");
    }
}
