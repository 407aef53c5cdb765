package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import vn.chuanmuc.testing.ProductTest;

/** Programs hand in without signing in: the token is looked at before a byte of what they bring. */
@ProductTest
class ToolTokenTest {
    private static final int SECONDS = 20;

    @Value("${local.server.port}")
    int port;

    /** Says that 10 MB come, sends next to none of them, and waits for the first line of what is answered. */
    private String answer(String type, String begin) throws Exception {
        return answer("/ky-so/cong-cu/AAAA", type, begin);
    }

    private String answer(String path, String type, String begin) throws Exception {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(SECONDS * 1_000);
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nContent-Type: " + type
                    + "\r\nContent-Length: 10485760\r\n\r\n" + begin;
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    @Test
    void nobodyWithoutATokenMakesUsRead() throws Exception {
        assertThat(answer("application/pdf", "%PDF-1.7")).startsWith("HTTP/1.1 200");
    }

    @Test
    void norByAForm() throws Exception {
        assertThat(answer(
                        "multipart/form-data; boundary=x",
                        "--x\r\nContent-Disposition: form-data; name=\"uploadfile\"; filename=\"a.pdf\"\r\n\r\n%PDF"))
                .startsWith("HTTP/1.1 200");
    }

    /** The routes see the path decoded: so does the door. */
    @ParameterizedTest
    @ValueSource(strings = {"/%6By-so/cong-cu/AAAA", "/ky-so/c%6Fng-cu/AAAA", "/ky-so/cong-cu/%41AAA"})
    void norUnderAnotherSpellingOfTheAddress(String path) throws Exception {
        assertThat(answer(path, "application/pdf", "%PDF-1.7")).startsWith("HTTP/1.1 200");
        assertThat(answer(
                        path,
                        "multipart/form-data; boundary=x",
                        "--x\r\nContent-Disposition: form-data; name=\"uploadfile\"; filename=\"a.pdf\"\r\n\r\n%PDF"))
                .startsWith("HTTP/1.1 200");
    }
}
