package vn.chuanmuc.access;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;

/** Refusals that every interface for other systems has, as problems (RFC 9457); comes before the pages' own. */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiRefusals {
    private final ApiProblem problem;

    ApiRefusals(ApiProblem problem) {
        this.problem = problem;
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(ApiBody.TooLarge large) {
        return problem.answer(413, "too-large", Reason.of("access.api.detail.too-large", large.megabytes), List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> notFound(NotFound none) {
        return problem.answer(404, "not-found", Reason.of("access.api.detail.not-found"), List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> parameter(MethodArgumentTypeMismatchException wrong) {
        Reason why = Reason.of("access.api.detail.parameter", wrong.getName());
        return problem.answer(400, "wrong", why, List.of(problem.fault("/" + wrong.getName(), why)));
    }

    @ExceptionHandler
    ResponseEntity<Object> forbidden(ApiForbidden forbidden) {
        return problem.answer(403, "forbidden", Reason.of("access.api.detail.forbidden"), List.of());
    }
}
