package vn.chuanmuc.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** One person's browser against a product that comes back at another port. Throws {@link IOException} when nobody answers. */
final class CrashClient {
    private final HttpClient http;
    private final IntSupplier port;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String at = "/";

    CrashClient(HttpClient http, IntSupplier port) {
        this.http = http;
        this.port = port;
    }

    /** @param path where it ended after redirects, with its query */
    record Answer(int status, String path, String text) {
        Document page() {
            return Jsoup.parse(text);
        }

        /** The value of a hidden field of a form. */
        String value(String form, String field) {
            var input = page().selectFirst(form + " input[name=" + field + "]");
            if (input == null) {
                throw new IllegalStateException("no field " + field + " on " + path + ": " + status + "\n" + text);
            }
            return input.val();
        }
    }

    Answer get(String path) throws IOException {
        Answer answer = send(path, HttpRequest.newBuilder().GET());
        at = answer.path();
        return answer;
    }

    /** Fields: name, value, name, value …; the form's token is the first page's. */
    Answer post(String path, String... fields) throws IOException {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
        }
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    Answer upload(String path, String token, String field, byte[] file) throws IOException {
        String boundary = "----chuanmuc" + System.nanoTime();
        var body = new ByteArrayOutputStream();
        write(body, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token + "\r\n");
        write(
                body,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field
                        + "\"; filename=\"da-ky.pdf\"\r\nContent-Type: application/pdf\r\n\r\n");
        body.writeBytes(file);
        write(body, "\r\n--" + boundary + "--\r\n");
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    void signIn(String username, String password) throws IOException {
        String token = get("/dang-nhap").value("form", "_csrf");
        Answer answer = post("/dang-nhap", "_csrf", token, "ten", username, "mat-khau", password);
        if (answer.status() != 200 || answer.path().startsWith("/dang-nhap")) {
            throw new IllegalStateException(
                    "could not sign in as " + username + ": " + answer.status() + " " + answer.path());
        }
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Answer send(String path, HttpRequest.Builder request) throws IOException {
        String next = path;
        HttpRequest.Builder asked = request;
        for (int hops = 0; hops < 5; hops++) {
            HttpResponse<String> response = once(next, asked);
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            if (response.statusCode() / 100 != 3) {
                return new Answer(response.statusCode(), next, response.body());
            }
            URI to = URI.create(response.headers().firstValue("Location").orElseThrow());
            next = to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
            asked = HttpRequest.newBuilder().GET();
        }
        throw new IllegalStateException("sent on for ever from " + path);
    }

    private HttpResponse<String> once(String path, HttpRequest.Builder request) throws IOException {
        String address = "http://127.0.0.1:" + port.getAsInt();
        try {
            return http.send(
                    request.uri(URI.create(address + path))
                            .header("Referer", address + at)
                            .header(
                                    "Cookie",
                                    cookies.entrySet().stream()
                                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                            .collect(Collectors.joining("; ")))
                            .timeout(Duration.ofSeconds(90))
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        String pair = header.substring(0, header.contains(";") ? header.indexOf(';') : header.length());
        int equals = pair.indexOf('=');
        String value = pair.substring(equals + 1);
        if (value.isEmpty()) {
            cookies.remove(pair.substring(0, equals));
        } else {
            cookies.put(pair.substring(0, equals), value);
        }
    }
}
