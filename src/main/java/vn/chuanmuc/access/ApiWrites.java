package vn.chuanmuc.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;

/** Answers to requests that change something: each bears a key, and is done once ({@link ApiRequests}). */
@Component
public class ApiWrites {
    private static final Pattern KEY = Pattern.compile("[!-~]{1,100}");

    private final ApiRequests requests;
    private final ApiProblem problem;

    ApiWrites(ApiRequests requests, ApiProblem problem) {
        this.requests = requests;
        this.problem = problem;
    }

    /** @param content SHA-256 of the body */
    public ResponseEntity<?> once(
            ApiCaller caller,
            @Nullable String key,
            HttpServletRequest request,
            byte[] content,
            Supplier<ApiRequests.Answer> work) {
        if (key == null || !KEY.matcher(key).matches()) {
            return problem.answer(400, "no-key", Reason.of("access.api.detail.no-key"), List.of());
        }
        return switch (requests.once(caller, key, hash(request, content), work)) {
            case ApiRequests.Came.Answered(var answer, var again) -> {
                var response = ResponseEntity.status(answer.status()).contentType(MediaType.APPLICATION_JSON);
                if (answer.location() != null) {
                    response.header(HttpHeaders.LOCATION, answer.location());
                }
                if (again) {
                    response.header("Idempotent-Replayed", "true");
                }
                yield response.body(answer.body());
            }
            case ApiRequests.Came.OtherRequest() ->
                problem.answer(422, "key-used", Reason.of("access.api.detail.key-used"), List.of());
            case ApiRequests.Came.Busy() -> problem.answer(503, "busy", Reason.of("access.api.detail.busy"), List.of());
        };
    }

    private static byte[] hash(HttpServletRequest request, byte[] content) {
        String line = request.getMethod() + " " + request.getRequestURI() + "?"
                + Objects.requireNonNullElse(request.getQueryString(), "") + "\n";
        return Sha256.of(line.getBytes(StandardCharsets.UTF_8), content);
    }
}
