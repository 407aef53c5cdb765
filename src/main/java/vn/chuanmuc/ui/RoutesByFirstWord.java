package vn.chuanmuc.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The table of routes, asked only among those that begin with the same word and have as many. The framework tries every route that
 * has a variable on every request; with some hundred routes that cost more than the page's own query. What is found does not change.
 */
final class RoutesByFirstWord extends RequestMappingHandlerMapping {
    /** A route's first word, the one instance of it, and how many words it has; 0 where it has any number. */
    private record Shape(String word, int words) {
        @SuppressWarnings(
                "ReferenceEquality") // there is one instance of each word; some hundred of these are asked per request
        boolean fits(Asked asked) {
            return word == asked.word && (words == 0 || words == asked.words);
        }
    }

    /** Absent where a route begins with a variable. */
    private final Map<RequestMappingInfo, List<Shape>> shapes = new IdentityHashMap<>();

    /** Every first word with its one instance. */
    private final Map<String, String> known = new HashMap<>();

    private boolean all;

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> routes) {
        super.handlerMethodsInitialized(routes);
        all = true;
        for (RequestMappingInfo route : routes.keySet()) {
            Set<String> patterns = route.getPatternValues();
            if (patterns.isEmpty()
                    || !patterns.stream().map(RoutesByFirstWord::firstWord).allMatch(RoutesByFirstWord::plain)) {
                all = false;
            } else {
                shapes.put(route, patterns.stream().map(this::shape).toList());
            }
        }
    }

    private Shape shape(String pattern) {
        String word = firstWord(pattern);
        boolean open = pattern.contains("**") || pattern.contains("{*");
        return new Shape(known.computeIfAbsent(word, own -> own), open ? 0 : words(pattern));
    }

    private static String firstWord(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }

    /** A slash within braces stands in a variable's expression and begins no word. */
    private static int words(String path) {
        int words = 0;
        int depth = 0;
        for (int i = 0; i < path.length(); i++) {
            switch (path.charAt(i)) {
                case '{' -> depth++;
                case '}' -> depth--;
                case '/' -> words += depth == 0 ? 1 : 0;
                default -> {}
            }
        }
        return words;
    }

    /** Whether these are signs that stand for themselves, in a pattern and in an address. */
    private static boolean plain(String word) {
        return word.startsWith("/")
                && word.chars()
                        .skip(1)
                        .allMatch(sign -> sign == '-' || sign == '_' || sign < 128 && Character.isLetterOrDigit(sign));
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        String first = firstWord(path);
        @Nullable String word = known.get(first);
        if (word != null) {
            return super.lookupHandlerMethod(path, new Asked(request, word, slashes(path)));
        }
        return all && plain(first)
                ? null // a file
                : super.lookupHandlerMethod(path, request);
    }

    private static int slashes(String path) {
        int slashes = 0;
        for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
            slashes++;
        }
        return slashes;
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo route, HttpServletRequest request) {
        if (request instanceof Asked asked) {
            List<Shape> own = shapes.get(route);
            if (own != null && !fits(own, asked)) {
                return null;
            }
        }
        return super.getMatchingMapping(route, request);
    }

    private static boolean fits(List<Shape> shapes, Asked asked) {
        for (int i = 0; i < shapes.size(); i++) {
            if (shapes.get(i).fits(asked)) {
                return true;
            }
        }
        return false;
    }

    private static final class Asked extends HttpServletRequestWrapper {
        private final String word;
        private final int words;
        private final String method;

        Asked(HttpServletRequest request, String word, int words) {
            super(request);
            this.word = word;
            this.words = words;
            this.method = request.getMethod();
        }

        @Override
        public String getMethod() {
            return method;
        }
    }
}
