package vn.chuanmuc.directory.api;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import vn.chuanmuc.access.ApiProblem;
import vn.chuanmuc.access.ApiProblem.Fault;
import vn.chuanmuc.directory.PeopleImports;
import vn.chuanmuc.directory.PersonJson;
import vn.chuanmuc.kernel.Reason;

/** What is wrong with people that were sent, as problems (RFC 9457); comes before the pages' own. */
@RestControllerAdvice(assignableTypes = PeopleApi.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiErrors {
    private static final int MOST_FAULTS = 200;

    private final ApiProblem problem;

    ApiErrors(ApiProblem problem) {
        this.problem = problem;
    }

    @ExceptionHandler
    ResponseEntity<Object> wrong(PersonJson.Wrong wrong) {
        return problem.answer(422, "wrong", wrong.why(), List.of(problem.fault(wrong.pointer(), wrong.why())));
    }

    @ExceptionHandler
    ResponseEntity<Object> rows(PeopleApi.RefusedRows rows) {
        List<Fault> faults = rows.problems.stream()
                .limit(MOST_FAULTS)
                .map(one -> problem.fault(
                        "/people/" + (one.number() - 1) + (one.field().isEmpty() ? "" : "/" + one.field()), one.why()))
                .toList();
        return problem.answer(422, "wrong", Reason.of("access.api.detail.rows", rows.problems.size()), faults);
    }

    @ExceptionHandler
    ResponseEntity<Object> meanwhile(PeopleImports.ChangedMeanwhile changed) {
        return problem.answer(409, "conflict", Reason.of("access.api.detail.meanwhile"), List.of());
    }
}
