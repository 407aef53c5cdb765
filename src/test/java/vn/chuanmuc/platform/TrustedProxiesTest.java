package vn.chuanmuc.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** Who asks is believed of a proxy the operator named, and of nobody else: else anybody would try codes under a new name each time. */
class TrustedProxiesTest {
    private static final class Who extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getRemoteAddr() + " " + request.isSecure());
        }
    }

    /** What a server behind these proxies takes the asker for, asked from this machine with such headers. */
    private static String asker(String proxies, String forwardedFor) throws Exception {
        var factory = new TomcatServletWebServerFactory(0);
        new TrustedProxies(proxies).customize(factory);
        var server = factory.getWebServer(
                context -> context.addServlet("who", new Who()).addMapping("/"));
        server.start();
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + "/"))
                    .header("X-Forwarded-For", forwardedFor)
                    .header("X-Forwarded-Proto", "https");
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } finally {
            server.stop();
        }
    }

    @Test
    void believesNobodyWhereNoProxyIsNamed() throws Exception {
        assertThat(asker("", "198.51.100.7")).isEqualTo("127.0.0.1 false");
        assertThat(asker("10.0.0.9, 2001:db8::1", "198.51.100.7"))
                .as("another machine than the proxy, on a private address")
                .isEqualTo("127.0.0.1 false");
    }

    @Test
    void believesTheProxyAndNotWhatTheAskerWroteBefore() throws Exception {
        assertThat(asker("10.0.0.9,127.0.0.1", "198.51.100.7")).isEqualTo("198.51.100.7 true");
        assertThat(asker("127.0.0.1", "203.0.113.5, 198.51.100.7")).isEqualTo("198.51.100.7 true");
        assertThat(asker("127.0.0.1", "2001:db8:1:2::7")).startsWith("2001:db8:1:2");
        assertThat(asker("127.0.0.1", "10.1.2.3")).as("an asker inside").isEqualTo("10.1.2.3 true");
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatThrownBy(() -> new TrustedProxies("127.0.0.1, proxy.example"))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo("proxies"));
    }
}
