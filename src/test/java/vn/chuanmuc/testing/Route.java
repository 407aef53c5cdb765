package vn.chuanmuc.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A route of the product, as its own route table has it. */
public record Route(boolean post, String pattern, HandlerMethod handler) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)(?::((?:[^{}]|\\{[^{}]*})*))?}");

    public static List<Route> table(RequestMappingHandlerMapping routes) {
        var table = new ArrayList<Route>();
        routes.getHandlerMethods().forEach((info, handler) -> {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String pattern : info.getPatternValues()) {
                table.add(new Route(methods.contains(RequestMethod.POST), pattern, handler));
            }
        });
        return table;
    }

    /** {@code POST /hop/{id}/huy}: how a table names it, whatever its variables let through. */
    public String named() {
        return (post ? "POST " : "GET ") + VARIABLE.matcher(pattern).replaceAll("{$1}");
    }

    /** An address of the route: every variable filled with what its own pattern lets through. */
    public String address() {
        return address(Map.of());
    }

    /** The same, with what these variables are to be. */
    public String address(Map<String, ?> values) {
        return VARIABLE.matcher(pattern).replaceAll(variable -> {
            String name = variable.group(1);
            String allowed = variable.group(2);
            if (values.containsKey(name)) {
                return Objects.toString(values.get(name));
            }
            if (allowed == null) {
                return new UUID(7, 7).toString();
            }
            return allowed.contains("|") ? allowed.substring(0, allowed.indexOf('|')) : "1";
        });
    }
}
