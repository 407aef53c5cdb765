package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** Other systems are told in their own form that the database went away, wherever it did: at the gate or behind it. */
@ProductTest
class ApiLossTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    ApiTokens tokens;

    @Autowired
    DataSource source;

    @Autowired
    Clock clock;

    @Value("${local.server.port}")
    int port;

    /** The request waits for a table that is held, and its connection is cut off there. */
    @ParameterizedTest
    @ValueSource(strings = {"access.api_token", "directory.unit_version"})
    void aRequestWhoseConnectionIsCutOffIsAnsweredWithAProblem(String table) throws Exception {
        var body = bodies.create();
        LocalDate today = LocalDate.now(clock);
        var token = (ApiTokens.Issue.Done)
                tokens.issue(body.tenant, new UUID(0, 0), "đọc", body.root, ApiScope.READ, today, today, "thử");
        HttpResponse<String> answer;
        try (var client = HttpClient.newHttpClient();
                Connection holder = source.getConnection();
                Connection hand = source.getConnection();
                var holding = holder.createStatement();
                var cutting = hand.createStatement()) {
            holder.setAutoCommit(false);
            holding.execute("reset role");
            holding.execute("lock table " + table + " in access exclusive mode");
            cutting.execute("reset role");
            CompletableFuture<HttpResponse<String>> asked = client.sendAsync(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/units"))
                            .header("Authorization", "Bearer " + token.token())
                            .build(),
                    BodyHandlers.ofString());
            Instant patience = Instant.now().plusSeconds(30);
            while (!asked.isDone() && Instant.now().isBefore(patience)) {
                cutting.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' "
                        + "and pid <> pg_backend_pid() and query like '%" + table + "%'");
                Thread.sleep(Duration.ofMillis(20));
            }
            holder.rollback();
            answer = asked.get();
            cutting.execute("set role chuanmuc_app");
            holding.execute("set role chuanmuc_app");
            holder.commit();
            holder.setAutoCommit(true);
        }
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.body()).contains("urn:chuanmuc:problem:unavailable").contains("Idempotency-Key");
    }
}
