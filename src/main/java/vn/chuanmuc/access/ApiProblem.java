package vn.chuanmuc.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.kernel.Reason;

/**
 * What other systems are told when something is refused: RFC 9457, in Vietnamese, with a code that stays the same and pointers
 * (RFC 6901) to what is wrong in the body.
 */
@Component
public class ApiProblem {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    /** Sheets name a cell or a row first; here the pointer says where. */
    private static final Pattern PLACE = Pattern.compile("^(?:Ô|Dòng) [^:]*: ");

    private final MessageSource messages;

    ApiProblem(MessageSource messages) {
        this.messages = messages;
    }

    /** @param type {@code urn:chuanmuc:problem:} and the code */
    public record Body(String type, String title, int status, String detail, List<Fault> errors) {}

    public record Fault(String pointer, String detail) {}

    /** @param code the last part of {@code access.api.problem.<code>} */
    public ResponseEntity<Object> answer(int status, String code, Reason detail, List<Fault> faults) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body(status, code, detail, faults));
    }

    public Body body(int status, String code, Reason detail, List<Fault> faults) {
        return new Body(
                "urn:chuanmuc:problem:" + code,
                words(Reason.of("access.api.problem." + code)),
                status,
                words(detail),
                faults);
    }

    public Fault fault(String pointer, Reason why) {
        return new Fault(pointer, words(why));
    }

    private String words(Reason reason) {
        String words = PLACE.matcher(
                        messages.getMessage(reason.key(), reason.arguments().toArray(), VIETNAMESE))
                .replaceFirst("");
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(VIETNAMESE) + words.substring(1);
    }

    void write(HttpServletResponse response, int status, String code, Reason detail) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json;charset=UTF-8");
        response.getOutputStream().write(JSON.writeValueAsBytes(body(status, code, detail, List.of())));
    }
}
