package vn.chuanmuc.figures.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.ApiScope;
import vn.chuanmuc.access.ApiTokens;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.FigureSource;
import vn.chuanmuc.figures.FigureLists;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Figures from other systems, over HTTP: the same rules as the workbook (ADR 0027), the same keys as people (ADR 0010). */
@ProductTest
class FiguresApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HOA = figure("Trần Thị Hoà", "92.5");

    @Autowired
    TestBodies bodies;

    @Autowired
    ApiTokens tokens;

    @Autowired
    FigureLists lists;

    @Autowired
    List<FigureSource> sources;

    @Autowired
    Recheck recheck;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Value("${local.server.port}")
    int port;

    private final HttpClient client = HttpClient.newHttpClient();

    private record Came(int status, String text, String location, boolean replayed) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        List<String> pointers() {
            var pointers = new ArrayList<String>();
            json().path("errors")
                    .forEach(one -> pointers.add(one.path("pointer").asString()));
            return pointers;
        }
    }

    private String token(Body body, UUID unit, ApiScope scope) {
        return ((ApiTokens.Issue.Done) tokens.issue(
                        body.tenant,
                        new UUID(0, 0),
                        "Cổng dịch vụ công",
                        unit,
                        scope,
                        LocalDate.now(clock),
                        LocalDate.now(clock),
                        "thử"))
                .token();
    }

    private static String figure(String name, String value) {
        return "{\"fullName\": \"" + name + "\", \"index\": \"dung_han\", \"value\": " + value
                + ", \"measure\": \"%\", \"date\": \"2021-12-20\"}";
    }

    private static String list(String... figures) {
        return "{\"document\": {\"name\": \"Báo cáo quý IV\", \"number\": \"12-BC/VP\", \"date\": \"2021-12-22\"},"
                + " \"figures\": [" + String.join(", ", figures) + "]}";
    }

    private Came send(String token, String key, String body) {
        return call(token, "POST", "/api/v1/figures", key, body.getBytes(StandardCharsets.UTF_8));
    }

    private Came call(String token, String method, String path, String key, byte[] sent) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        sent.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(sent));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Came(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Location").orElse(""),
                    response.headers().firstValue("Idempotent-Replayed").isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int rows(Body body, String table) {
        return jdbc.sql("select count(*) from " + table + " where tenant_id = ?")
                .params(body.tenant)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    private List<FigureSource.Figure> offered(Body body, UUID person) {
        return sources.stream()
                .flatMap(source ->
                        source.of(body.tenant, person, LocalDate.of(2021, 10, 1), LocalDate.of(2021, 12, 31)).stream())
                .toList();
    }

    @Test
    void aListThatWasSentWaitsForAPersonAndIsOfferedOnlyThen() {
        Body body = bodies.create();
        UUID hoa = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        recheck.settle(body.tenant);
        String token = token(body, body.wardOne, ApiScope.FIGURES);
        String unit = "{\"unit\": \"P1\", \"index\": \"hai_long_don_vi\", \"value\": \"91,25 %\", \"measure\": \"%\","
                + " \"date\": \"2021-12-20\"}";
        Came came = send(token, "a-1", list(HOA, unit));
        assertThat(came.status()).as(came.text()).isEqualTo(201);
        assertThat(came.json().path("state").asString()).isEqualTo("waiting");
        assertThat(came.json().path("figures").asInt()).isEqualTo(2);
        assertThat(came.location()).startsWith("/api/v1/figures/");
        assertThat(offered(body, hoa)).as("nobody has confirmed it").isEmpty();
        UUID id = UUID.fromString(came.json().path("id").asString());
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        var browser = body.browser(clerk);
        assertThat(browser.get("/so-lieu/" + id).text())
                .contains("Cổng dịch vụ công")
                .contains("Do hệ thống khác gửi")
                .contains("92,5 %");
        assertThat(browser.get("/so-lieu").text()).contains("Cổng dịch vụ công");
        assertThat(new String(browser.get("/so-lieu/" + id + "/tep").bytes(), StandardCharsets.UTF_8))
                .as("as it came, byte for byte")
                .isEqualTo(list(HOA, unit));
        assertThat(lists.confirm(clerk, id)).isEqualTo(new FigureLists.Done.Now());
        assertThat(offered(body, hoa))
                .extracting(FigureSource.Figure::value)
                .containsExactlyInAnyOrder("92,5 %", "91,25 %");
        assertThat(call(token, "GET", came.location(), "", new byte[0])
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("confirmed");
        lists.withdraw(clerk, id, "Nhầm quý");
        JsonNode now = call(token, "GET", came.location(), "", new byte[0]).json();
        assertThat(now.path("state").asString()).isEqualTo("withdrawn");
        assertThat(now.path("reason").asString()).isEqualTo("Nhầm quý");
        assertThat(recheck.run(body.tenant, (done, total) -> {}).faults())
                .as("all of it is on record")
                .noneMatch(fault -> fault.fault().equals(Fault.UNRECORDED));
    }

    @Test
    void theSameKeyOrTheSameListIsTakenOnceHoweverOftenItIsSent() throws Exception {
        Body body = bodies.create();
        body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        String token = token(body, body.wardOne, ApiScope.FIGURES);
        var calls = new ArrayList<Callable<Came>>();
        for (int i = 0; i < 12; i++) {
            String key = i < 8 ? "mot" : "khac-" + i;
            calls.add(() -> send(token, key, list(HOA)));
        }
        var ids = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(12)) {
            for (var future : threads.invokeAll(calls)) {
                Came came = future.get();
                assertThat(came.status()).as(came.text()).isIn(200, 201);
                ids.add(came.json().path("id").asString());
            }
        }
        assertThat(ids).hasSize(12).containsOnly(ids.getFirst());
        assertThat(rows(body, "figures.list")).isEqualTo(1);
        assertThat(rows(body, "figures.figure")).isEqualTo(1);
        assertThat(send(token, "mot", list(HOA)).replayed()).isTrue();
        Came other = send(token, "mot", list(figure("Trần Thị Hoà", "80")));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("type").asString()).endsWith("key-used");
    }

    @Test
    void oneWrongFigureIsTheWholeListAndLeavesTheKeyFree() {
        Body body = bodies.create();
        body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        String token = token(body, body.wardOne, ApiScope.FIGURES);
        Came came = send(
                token,
                "k",
                list(
                        HOA,
                        figure("Trần Thị Hoà", "40"),
                        figure("Không Có Ai", "50"),
                        figure("Trần Thị Hoà", "0.925"),
                        figure("Trần Thị Hoà", "101")));
        assertThat(came.status()).isEqualTo(422);
        assertThat(came.pointers())
                .containsExactly("/figures/1/value", "/figures/2/fullName", "/figures/3/value", "/figures/4/value");
        assertThat(came.json().path("detail").asString()).contains("4 lỗi");
        assertThat(rows(body, "figures.list")).isZero();
        assertThat(rows(body, "documents.content")).isZero();
        assertThat(send(token, "k", list(HOA)).status()).isEqualTo(201);
        Came document = send(
                token,
                "k2",
                "{\"document\": {\"name\": \" \", \"number\": \"1\", \"date\": \"2999-01-01\"}, \"figures\": [" + HOA
                        + "]}");
        assertThat(document.pointers()).containsExactlyInAnyOrder("/document/name", "/document/date");
    }

    @Test
    void aTokenReachesItsUnitAndDoesOnlyWhatItIsFor() {
        Body body = bodies.create();
        body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        String token = token(body, body.wardTwo, ApiScope.FIGURES);
        assertThat(send(token, "k", list(HOA)).pointers())
                .as("somebody of another ward is nobody here")
                .containsExactly("/figures/0/fullName");
        Came elsewhere = send(token, "k", list(HOA).replaceFirst("\\{", "{\"unit\": \"P1\", "));
        assertThat(elsewhere.status()).isEqualTo(422);
        assertThat(elsewhere.pointers()).containsExactly("/unit");
        Came top = send(token(body, body.root, ApiScope.FIGURES), "k", list(HOA));
        assertThat(top.status()).isEqualTo(201);
        assertThat(call(token, "GET", top.location(), "", new byte[0]).status()).isEqualTo(404);
        for (ApiScope scope : List.of(ApiScope.READ, ApiScope.WRITE)) {
            assertThat(send(token(body, body.wardOne, scope), "k", list(HOA)).status())
                    .isEqualTo(403);
        }
        assertThat(call(token, "PATCH", "/api/v1/people", "k", "{}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .as("figures are not people")
                .isEqualTo(403);
        assertThat(call(token, "GET", "/api/v1/indexes?asOf=2021-12-20", "", new byte[0])
                        .text())
                .contains("dung_han")
                .contains("hai_long_don_vi");
        assertThat(send(token(body, body.wardOne, ApiScope.FIGURES), "", list(HOA))
                        .status())
                .as("without a key")
                .isEqualTo(400);
        Viewer self = body.viewer(
                Role.CLERK, body.wardOne, body.person("Đỗ Văn An", body.wardOne, body.partyBloc, body.staff));
        UUID own =
                UUID.fromString(send(token(body, body.wardOne, ApiScope.FIGURES), "k", list(figure("Đỗ Văn An", "70")))
                        .json()
                        .path("id")
                        .asString());
        assertThat(lists.confirm(self, own))
                .as("nobody confirms a figure about themselves, whoever sent it")
                .isEqualTo(new FigureLists.Done.Refused("", Reason.of("figures.judge.about")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing                | ` `
            no object              | `[1]`
            broken                 | `{"document": {`
            two documents in one   | `{} {}`
            unknown field          | `{"document": {"name": "a", "number": "1", "date": "2021-12-22"}, "figures": [], "admin": true}`
            empty list             | `{"document": {"name": "a", "number": "1", "date": "2021-12-22"}, "figures": []}`
            no document            | `{"figures": [{"index": "dung_han", "value": 1, "measure": "%", "date": "2021-12-20"}]}`
            doubled field          | `{"document": {"name": "a", "name": "b", "number": "1", "date": "2021-12-22"}, "figures": [{}]}`
            deep                   | `{"document": {"name": [[[[[[[[[[[[1]]]]]]]]]]]]}, "figures": []}`
            exponent               | `VALUE 1e999999999`
            long number            | `VALUE 92.000000000000000000000000000000001`
            no number              | `VALUE "=1+1"`
            null                   | `VALUE null`
            object                 | `VALUE {"a": 1}`
            list                   | `VALUE [92]`
            truth                  | `VALUE true`
            below nothing          | `VALUE -1`
            day that is none       | `{"document": {"name": "a", "number": "1", "date": "2021-02-30"}, "figures": []}`
            citizen number         | `{"document": {"name": "a", "number": "1", "date": "2021-12-22"}, "figures": [{"staffCode": "001080012345", "index": "dung_han", "value": 92, "measure": "%", "date": "2021-12-20"}]}`
            """)
    void whatIsHostileIsRefusedInWordsAndLeavesNothing(String what, String sent) {
        Body body = bodies.create();
        body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        String token = token(body, body.wardOne, ApiScope.FIGURES);
        Came came = send(
                token,
                "k",
                sent.startsWith("VALUE ") ? list(figure("Trần Thị Hoà", sent.substring("VALUE ".length()))) : sent);
        assertThat(came.status()).as("%s: %s", what, came.text()).isEqualTo(422);
        assertThat(came.json().path("detail").asString()).isNotBlank().doesNotContain("Exception");
        assertThat(rows(body, "figures.list")).isZero();
        assertThat(rows(body, "documents.content")).isZero();
    }

    @Test
    void moreThanFitsIsRefusedBeforeItIsRead() {
        Body body = bodies.create();
        String token = token(body, body.wardOne, ApiScope.FIGURES);
        assertThat(call(token, "POST", "/api/v1/figures", "k", new byte[(8 << 20) + 1])
                        .status())
                .isEqualTo(413);
        String small = "{\"index\":\"\",\"value\":1,\"measure\":\"\",\"date\":\"2021-12-20\"}";
        Came many = send(token, "k", list((small + ",").repeat(20_000) + small));
        assertThat(many.status()).isEqualTo(422);
        assertThat(many.pointers()).containsExactly("/figures");
        Came not = call(token, "POST", "/api/v1/figures", "k", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        assertThat(not.status()).isEqualTo(422);
        assertThat(not.json().path("detail").asString()).contains("UTF-8");
    }
}
