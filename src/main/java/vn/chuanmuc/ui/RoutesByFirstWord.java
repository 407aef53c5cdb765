package vn.chuanmuc.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The table of routes, asked only among those that begin with the same word. The framework tries every route that has a variable on
 * every request; with some hundred routes that cost more than the page's own query. What is found does not change.
 */
final class RoutesByFirstWord extends RequestMappingHandlerMapping {
    /** What a route begins with, such as {@code /cam-ket}; absent where that is a variable. */
    private final Map<RequestMappingInfo, Set<String>> beginnings = new IdentityHashMap<>();

    private final Set<String> known = new HashSet<>();
    private boolean all;

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> routes) {
        super.handlerMethodsInitialized(routes);
        all = true;
        for (RequestMappingInfo route : routes.keySet()) {
            Set<String> words = route.getPatternValues().stream()
                    .map(RoutesByFirstWord::firstWord)
                    .collect(Collectors.toUnmodifiableSet());
            if (words.isEmpty() || !words.stream().allMatch(RoutesByFirstWord::plain)) {
                all = false;
            } else {
                beginnings.put(route, words);
                known.addAll(words);
            }
        }
    }

    private static String firstWord(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
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
        String word = firstWord(path);
        if (all && plain(word) && !known.contains(word)) {
            return null; // a file
        }
        return super.lookupHandlerMethod(path, plain(word) ? new Asked(request, word) : request);
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo route, HttpServletRequest request) {
        if (request instanceof Asked asked) {
            Set<String> words = beginnings.get(route);
            if (words != null && !words.contains(asked.word)) {
                return null;
            }
        }
        return super.getMatchingMapping(route, request);
    }

    private static final class Asked extends HttpServletRequestWrapper {
        private final String word;
        private final String method;

        Asked(HttpServletRequest request, String word) {
            super(request);
            this.word = word;
            this.method = request.getMethod();
        }

        @Override
        public String getMethod() {
            return method;
        }
    }
}
