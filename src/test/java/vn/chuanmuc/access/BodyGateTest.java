package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** Nobody who is not signed in makes us read what they send: the answer comes before a byte of it. */
@ProductTest
class BodyGateTest {
    private static final int SECONDS = 10;
    private static final String FORM = "multipart/form-data; boundary=x";
    private static final String BEGIN =
            "--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7";

    @Value("${local.server.port}")
    int port;

    @Autowired
    TestBodies bodies;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    /** Says that so many bytes come, sends the beginning, and reads the head of what is answered meanwhile. */
    private List<String> answer(String path, String type, String length, String begin) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(SECONDS * 1_000);
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nContent-Type: " + type + "\r\n"
                    + length + "\r\n\r\n" + begin;
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            var lines = new ArrayList<String>();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                lines.add(line);
            }
            return lines;
        }
    }

    private static String sixtyMegabytes() {
        return "Content-Length: " + (60 << 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ban-quet/moi", "/van-ban/nhap", "/dang-nhap", "/thiet-lap", "/dang-xuat", "/khong-co", "/"})
    void aFileOfAStrangerIsSentToTheSignInPageUnread(String path) throws IOException {
        List<String> told = answer(path, FORM, sixtyMegabytes(), BEGIN);
        assertThat(told.getFirst()).startsWith("HTTP/1.1 302");
        assertThat(told).anyMatch(line -> line.matches("(?i)location: .*/dang-nhap"));
    }

    @Test
    void orInPiecesOfAnUntoldLength() throws IOException {
        List<String> told = answer("/ban-quet/moi", FORM, "Transfer-Encoding: chunked", "5\r\n--x\r\n\r\n");
        assertThat(told.getFirst()).startsWith("HTTP/1.1 302");
        assertThat(answer(
                                "/dang-nhap",
                                "application/x-www-form-urlencoded",
                                "Transfer-Encoding: chunked",
                                "3\r\nten\r\n")
                        .getFirst())
                .startsWith("HTTP/1.1 302");
    }

    @Test
    void aLongFormOfAStrangerIsNotReadEither() throws IOException {
        assertThat(answer("/dang-nhap", "application/x-www-form-urlencoded", "Content-Length: 10000000", "ten=")
                        .getFirst())
                .startsWith("HTTP/1.1 302");
        assertThat(answer("/dang-nhap", "text/plain", "Content-Length: 10000000", "ten=")
                        .getFirst())
                .startsWith("HTTP/1.1 302");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/kiem-tra", "/%6Biem-tra"})
    void thePublicCheckReadsNothingThatIsTooLarge(String path) throws IOException {
        List<String> told = answer(path, FORM, sixtyMegabytes(), BEGIN);
        assertThat(told.getFirst()).startsWith("HTTP/1.1 302");
        assertThat(told).anyMatch(line -> line.endsWith("/kiem-tra?loi=qua-lon"));
        assertThat(answer(path, FORM, "Transfer-Encoding: chunked", "5\r\n--x\r\n\r\n"))
                .anyMatch(line -> line.endsWith("/kiem-tra?loi=qua-lon"));
        var page = bodies.stranger().get("/kiem-tra?loi=qua-lon");
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.page().select("#e-tep, [role=alert]").text()).contains("30 MB");
    }

    /** A session that is none opens nothing. */
    @Test
    void aMadeUpCookieIsNoSession() throws IOException {
        List<String> told =
                answer("/ban-quet/moi", FORM + "\r\nCookie: cm_phien=" + "A".repeat(64), sixtyMegabytes(), BEGIN);
        assertThat(told.getFirst()).startsWith("HTTP/1.1 302");
    }

    /** Routes that take files of anybody need a door of their own: here they are named. */
    @Test
    void onlyTheCheckTakesFilesOfAnybody() {
        var open = new ArrayList<String>();
        routes.getHandlerMethods().forEach((info, handler) -> {
            boolean files = Arrays.stream(handler.getMethodParameters())
                    .anyMatch(parameter ->
                            parameter.getGenericParameterType().getTypeName().contains(MultipartFile.class.getName()));
            if (files
                    && handler.hasMethodAnnotation(OpenToAll.class)
                    && info.getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
                open.addAll(info.getPatternValues());
            }
        });
        assertThat(open).containsExactly("/kiem-tra");
    }
}
