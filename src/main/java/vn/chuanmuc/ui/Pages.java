package vn.chuanmuc.ui;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Renders a view record by the template of its name. */
@Component
public class Pages {
    private static final String BASE = "vn.chuanmuc.";
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final TemplateEngine engine;
    private final MessageSource messages;
    private final Visitors visitors;
    private final Assets assets = new Assets();
    private final Map<Locale, Map<String, String>> words = new ConcurrentHashMap<>();
    private final ClassValue<String> templates = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return type.getName().substring(BASE.length()).replace('.', '/') + ".jte";
        }
    };

    Pages(TemplateEngine engine, MessageSource messages, Visitors visitors) {
        this.engine = engine;
        this.messages = messages;
        this.visitors = visitors;
    }

    public void write(View view, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var out = new Utf8ByteOutput();
        engine.render(templates.get(view.getClass()), Map.of("ui", ui(request, view), "page", view), out);
        response.setStatus(view.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // In one piece: what is between here and the socket asks itself at every piece whether the answer is whole, and
        // a form has
        // a thousand of them.
        byte[] bytes = out.toByteArray();
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private Ui ui(HttpServletRequest request, View view) {
        // One of the two we speak, whatever the cookie says.
        boolean english = RequestContextUtils.getLocale(request).getLanguage().equals("en");
        Locale locale = english ? Locale.ENGLISH : VIETNAMESE;
        var csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return new Ui(
                messages,
                words.computeIfAbsent(locale, language -> new ConcurrentHashMap<>()),
                assets,
                locale,
                visitors.of(request),
                csrf,
                path(request),
                address(request),
                request.getParameter("xong"),
                view instanceof Dated dated ? dated : null);
    }

    /** The same with what the page was asked for; a word that something was done is told once. */
    private static String address(HttpServletRequest request) {
        String asked = request.getQueryString();
        if (!request.getMethod().equals("GET")) {
            asked = referer(request).map(URI::getRawQuery).orElse(null);
        }
        if (asked == null) {
            return path(request);
        }
        String query = Stream.of(asked.split("&"))
                .filter(one -> !one.isEmpty() && !one.startsWith("xong="))
                .collect(Collectors.joining("&"));
        return path(request) + (query.isEmpty() ? "" : "?" + query);
    }

    private static Optional<URI> referer(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getHeader("Referer")).map(URI::create);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The page to come back to after choosing a language: what the browser asked for, not the error page it was sent on to, and
     * not the address of a form, which answers no other request.
     */
    private static String path(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return referer(request)
                    .map(URI::getRawPath)
                    .filter(path -> !path.isEmpty())
                    .orElse("/");
        }
        for (String original : List.of(RequestDispatcher.ERROR_REQUEST_URI, RequestDispatcher.FORWARD_REQUEST_URI)) {
            if (request.getAttribute(original) instanceof String asked) {
                return asked;
            }
        }
        return request.getRequestURI();
    }
}
