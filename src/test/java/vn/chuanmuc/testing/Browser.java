package vn.chuanmuc.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A browser without a screen: keeps cookies, follows redirects, sends the form's token as the page gave it. */
public final class Browser {
    private final HttpClient client;
    private final String address;

    Browser(int port) {
        this.address = "http://localhost:" + port;
        this.client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** A browser for a product that runs on this port as a process of its own. */
    public static Browser at(int port) {
        return new Browser(port);
    }

    /** What came back. */
    public record Answer(int status, String path, byte[] bytes, String type, String disposition) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public Document page() {
            return Jsoup.parse(text());
        }
    }

    void signIn(String username, String password) {
        Answer answer = post("/dang-nhap", "/dang-nhap", "ten", username, "mat-khau", password);
        if (answer.path().startsWith("/dang-nhap")) {
            throw new IllegalStateException("could not sign in as " + username);
        }
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)).GET());
    }

    /** The headers of a page, by name in lower case. */
    public java.util.Map<String, String> headers(String path) {
        try {
            HttpResponse<Void> response = client.send(
                    HttpRequest.newBuilder(URI.create(address + path)).GET().build(), BodyHandlers.discarding());
            var headers = new java.util.TreeMap<String, String>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return headers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens the page that holds the form, then sends the fields (name, value, name, value …) with its token. */
    public Answer post(String formPage, String action, String... fields) {
        return postWithToken(token(formPage), action, fields);
    }

    public String token(String formPage) {
        var input = get(formPage).page().selectFirst("input[name=_csrf]");
        if (input == null) {
            throw new IllegalStateException("no form on " + formPage);
        }
        return input.val();
    }

    public Answer postWithToken(String token, String action, String... fields) {
        var body = new StringBuilder("_csrf=" + encode(token));
        for (int i = 0; i < fields.length; i += 2) {
            body.append('&').append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
        }
        return send(HttpRequest.newBuilder(URI.create(address + action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /** Uploads a file with further fields, as a browser's multipart form does. */
    public Answer upload(String formPage, String action, String field, String name, byte[] file, String... fields) {
        return uploadWithToken(token(formPage), action, field, name, file, fields);
    }

    public Answer uploadWithToken(
            String token, String action, String field, String name, byte[] file, String... fields) {
        String boundary = "----chuanmuc" + System.nanoTime();
        var body = new ByteArrayOutputStream();
        var parts = new ArrayList<>(List.of(fields));
        parts.addAll(List.of("_csrf", token));
        for (int i = 0; i < parts.size(); i += 2) {
            write(
                    body,
                    "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + parts.get(i) + "\"\r\n\r\n"
                            + parts.get(i + 1) + "\r\n");
        }
        write(
                body,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        body.writeBytes(file);
        write(body, "\r\n--" + boundary + "--\r\n");
        return send(HttpRequest.newBuilder(URI.create(address + action))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
            URI at = response.uri();
            String path = at.getPath() + (at.getQuery() == null ? "" : "?" + at.getQuery());
            return new Answer(
                    response.statusCode(),
                    path,
                    response.body(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Content-Disposition").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
