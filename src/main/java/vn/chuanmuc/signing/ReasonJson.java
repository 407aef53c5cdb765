package vn.chuanmuc.signing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.kernel.Reason;

/** Reasons as they are kept: keys and arguments, so that each reader gets them in their language. */
final class ReasonJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Kept>> KEPT = new TypeReference<>() {};

    private ReasonJson() {}

    record Argument(String type, String value) {}

    record Kept(String key, List<Argument> arguments) {}

    static String write(List<Reason> reasons) {
        return JSON.writeValueAsString(reasons.stream()
                .map(reason -> new Kept(
                        reason.key(),
                        reason.arguments().stream().map(ReasonJson::written).toList()))
                .toList());
    }

    static List<Reason> read(String json) {
        return JSON.readValue(json, KEPT).stream()
                .map(kept -> new Reason(
                        kept.key(),
                        kept.arguments().stream().map(ReasonJson::read).toList()))
                .toList();
    }

    private static Argument written(Object argument) {
        return switch (argument) {
            case Number number -> new Argument("number", Long.toString(number.longValue()));
            case LocalDate day -> new Argument("day", day.toString());
            case Instant moment -> new Argument("moment", moment.toString());
            default -> new Argument("text", argument.toString());
        };
    }

    private static Object read(Argument argument) {
        return switch (argument.type()) {
            case "number" -> Long.valueOf(argument.value());
            case "day" -> LocalDate.parse(argument.value());
            case "moment" -> Instant.parse(argument.value());
            default -> argument.value();
        };
    }
}
