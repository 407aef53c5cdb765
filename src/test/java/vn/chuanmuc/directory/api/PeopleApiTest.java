package vn.chuanmuc.directory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.ApiProblem;
import vn.chuanmuc.access.ApiScope;
import vn.chuanmuc.access.ApiTokens;
import vn.chuanmuc.directory.PersonJson;
import vn.chuanmuc.figures.FigureJson;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** The interface for personnel systems, over HTTP (docs/adr/0010). */
@ProductTest
class PeopleApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AN = """
            {"staffCode": "00123", "fullName": "Nguyễn Văn An", "birthDate": "1980-02-05", "unit": "P1",
             "position": "Văn phòng Đảng ủy", "bloc": "Khối chính quyền", "kind": "cong-chuc", "order": 3, "note": "=1+1"}
            """;

    @Autowired
    TestBodies bodies;

    @Autowired
    ApiTokens tokens;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Value("${local.server.port}")
    int port;

    private final HttpClient client = HttpClient.newHttpClient();

    private record Came(int status, String text, Map<String, List<String>> headers) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private String token(Body body, UUID unit) {
        return ((ApiTokens.Issue.Done) tokens.issue(
                        body.tenant,
                        new UUID(0, 0),
                        "Phần mềm thử",
                        unit,
                        ApiScope.WRITE,
                        LocalDate.now(clock),
                        LocalDate.now(clock),
                        "thử"))
                .token();
    }

    private Came call(String token, String method, String path, String type, String key, byte[] sent) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        sent.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(sent));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Came(
                    response.statusCode(), response.body(), response.headers().map());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Came patch(String token, String key, String body) {
        return call(token, "PATCH", "/api/v1/people", "application/json", key, bytes(body));
    }

    private Came get(String token, String path) {
        return call(token, "GET", path, "", "", new byte[0]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String people(String... people) {
        return "{\"people\": [" + String.join(", ", people) + "]}";
    }

    private int count(Body body, String table) {
        return jdbc.sql("select count(*) from " + table + " where tenant_id = ?")
                .params(body.tenant)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    @Test
    void addsChangesAndReadsBackWhatWasSent() {
        Body body = bodies.create();
        String token = token(body, body.root);
        Came added = call(
                token,
                "PUT",
                "/api/v1/people",
                "application/json",
                "a1",
                bytes(Normalizer.normalize(people(AN), Normalizer.Form.NFD)));
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        assertThat(added.json().get("added").intValue()).isEqualTo(1);
        Came changed = patch(
                token, "a2", people("{\"staffCode\": \"00123\", \"position\": \"Bí thư Đảng ủy\", \"note\": \"\"}"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().at("/people/0/outcome").stringValue()).isEqualTo("changed");
        assertThat(changed.json().at("/people/0/changes/0").toString())
                .isEqualTo("{\"field\":\"position\",\"from\":\"Văn phòng Đảng ủy\",\"to\":\"Bí thư Đảng ủy\"}");
        assertThat(patch(token, "a3", people("{\"staffCode\": \"00123\"}"))
                        .json()
                        .get("unchanged")
                        .intValue())
                .isEqualTo(1);

        JsonNode read = get(token, "/api/v1/units/P1/people").json().at("/people/0");
        assertThat(read.get("staffCode").stringValue()).isEqualTo("00123");
        assertThat(read.get("fullName").stringValue()).isEqualTo("Nguyễn Văn An");
        assertThat(read.get("birthDate").stringValue()).isEqualTo("1980-02-05");
        assertThat(read.get("position").stringValue()).isEqualTo("Bí thư Đảng ủy");
        assertThat(read.get("note").stringValue()).isEmpty();
        assertThat(get(token, "/api/v1/units/P1/people?asOf=2000-01-01").json().get("people"))
                .isEmpty();
        assertThat(get(token, "/api/v1/units").json().get("units")).hasSize(3);
        String ledger = jdbc.sql(
                        "select payload from ledger.entry where tenant_id = ? and act = 'directory.people-imported' limit 1")
                .params(body.tenant)
                .query((row, n) -> row.getString(1))
                .single();
        assertThat(ledger).contains("Phần mềm thử");
    }

    @Test
    void pagesThroughPeopleWithoutLosingOrDoublingAny() {
        Body body = bodies.create();
        body.people(25, body.wardOne, body.partyBloc);
        String token = token(body, body.root);
        var seen = new ArrayList<String>();
        String next = "";
        do {
            JsonNode page = get(token, "/api/v1/units/P1/people?limit=10" + (next.isEmpty() ? "" : "&after=" + next))
                    .json();
            page.get("people").forEach(person -> seen.add(person.get("fullName").stringValue()));
            next = page.get("next").isNull() ? "" : page.get("next").stringValue();
        } while (!next.isEmpty());
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void reachesItsOwnUnitOnlyAndEndsWhenItIsRevoked() {
        Body body = bodies.create();
        UUID other = body.person("Lê Ở Nơi Khác", body.wardTwo, body.partyBloc, body.staff);
        jdbc.sql("update directory.person set staff_code = 'K9' where tenant_id = ? and id = ?")
                .params(body.tenant, other)
                .update();
        var issued = (ApiTokens.Issue.Done) tokens.issue(
                body.tenant,
                new UUID(0, 0),
                "một phường",
                body.wardOne,
                ApiScope.WRITE,
                LocalDate.now(clock),
                LocalDate.now(clock),
                "thử");
        assertThat(get(issued.token(), "/api/v1/units").json().get("units")).hasSize(1);
        assertThat(get(issued.token(), "/api/v1/units/P2/people").status()).isEqualTo(404);
        Came refused = patch(issued.token(), "b1", people(AN.replace("\"P1\"", "\"P2\"")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").stringValue()).isEqualTo("/people/0/unit");
        // a name of somebody out of reach is not put right from here
        Came renamed = patch(
                issued.token(),
                "b2",
                people(
                        "{\"staffCode\": \"K9\", \"fullName\": \"Lê Đổi Tên\", \"birthDate\": \"1980-05-02\", \"position\": \"Văn phòng Đảng ủy\", \"bloc\": \"Khối chính quyền\"}"));
        assertThat(renamed.status()).isEqualTo(422);
        assertThat(renamed.json().at("/errors/0/pointer").stringValue()).isEqualTo("/people/0/staffCode");
        tokens.revoke(body.tenant, new UUID(0, 0), issued.id(), "thử");
        assertThat(get(issued.token(), "/api/v1/units").status()).isEqualTo(401);
        assertThat(get("", "/api/v1/units").header("www-authenticate")).startsWith("Bearer");
    }

    @Test
    void theSameKeyDoesTheSameOnceEvenFromTwentyThreadsAtOnce() throws Exception {
        Body body = bodies.create();
        String token = token(body, body.root);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(
                    java.util.Collections.<Callable<Came>>nCopies(20, () -> patch(token, "same", people(AN))));
            Set<String> texts = new HashSet<>();
            for (var answer : answers) {
                assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
                texts.add(answer.get().text());
            }
            assertThat(texts).hasSize(1);
        }
        assertThat(count(body, "directory.person")).isEqualTo(1);
        assertThat(count(body, "directory.people_import")).isEqualTo(1);
        Came again = patch(token, "same", people(AN));
        assertThat(again.header("idempotent-replayed")).isEqualTo("true");
        Came other = patch(token, "same", people(AN.replace("An\"", "Anh\"")));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().get("type").stringValue()).endsWith("key-used");
        assertThat(patch(token, "", people(AN)).status()).isEqualTo(400);
    }

    @Test
    void aRefusedRequestWritesNobodyAndMayBeMendedUnderItsKey() {
        Body body = bodies.create();
        String token = token(body, body.root);
        Came refused = patch(
                token,
                "c1",
                people(
                        AN,
                        AN.replace("00123", "00124")
                                .replace("Văn An", "Văn 3")
                                .replace("Khối chính quyền", "Khối lạ")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("content-type")).startsWith("application/problem+json");
        assertThat(refused.json().at("/errors/0/pointer").stringValue()).isEqualTo("/people/1/fullName");
        assertThat(refused.json().at("/errors/0/detail").stringValue())
                .startsWith("Họ và tên “Nguyễn Văn 3” có chữ số");
        assertThat(count(body, "directory.person")).isZero();
        assertThat(count(body, "directory.people_import")).isZero();
        assertThat(patch(token, "c1", people(AN)).status()).isEqualTo(200);
    }

    @Test
    void hostileBodiesGetAProblemThatSaysWhere() {
        Body body = bodies.create();
        String token = token(body, body.root);
        Map<String, String> wrong = new java.util.LinkedHashMap<>();
        wrong.put("[".repeat(5_000), "");
        wrong.put("{\"people\":" + "[".repeat(500) + "]".repeat(500) + "}", "/people/0");
        wrong.put(people("{\"staffCode\": 12}"), "/people/0/staffCode");
        wrong.put(people("{\"staffCode\": \"a\", \"order\": 1e999999999}"), "/people/0/order");
        wrong.put(people("{\"staffCode\": \"a\", \"order\": " + "9".repeat(5_000) + "}"), "");
        wrong.put(people("{\"staffCode\": \"a\", \"staffCode\": \"b\"}"), "");
        wrong.put(people("{\"staffCode\": \"a\", \"cccd\": \"001080012345\"}"), "/people/0/cccd");
        wrong.put(people("{\"staffCode\": \"001080012345\"}"), "/people/0/staffCode");
        wrong.put(people("{\"staffCode\": \"a\", \"birthDate\": \"05/02/1980\"}"), "/people/0/birthDate");
        wrong.put(people("{\"staffCode\": \"a\", \"birthDate\": \"1980-02-30\"}"), "/people/0/birthDate");
        wrong.put(people("{\"staffCode\": \"a\", \"kind\": \"vua\"}"), "/people/0/kind");
        wrong.put(people("{\"fullName\": \"Nguyễn Văn An\"}"), "/people/0/staffCode");
        wrong.put("{\"people\": []}", "/people");
        wrong.put("{\"unit\": \"P1\"}", "/people");
        wrong.put(people("{\"staffCode\": \"chưa có\"}"), "/people/0/fullName");
        wrong.put(
                people(java.util.Collections.nCopies(1_001, "{\"staffCode\": \"a\"}")
                        .toArray(String[]::new)),
                "/people");
        wrong.put("{\"validFrom\": \"2999-01-01\", \"people\": [" + AN + "]}", "/validFrom");
        wrong.put("", "");
        wrong.forEach((sent, pointer) -> {
            Came came = patch(token, "d" + sent.length(), sent);
            assertThat(came.status()).as("%.100s → %s", sent, came.text()).isEqualTo(422);
            assertThat(came.json().at("/errors/0/pointer").stringValue())
                    .as("%.100s → %s", sent, came.text())
                    .isEqualTo(pointer);
            assertThat(came.json().get("detail").stringValue()).isNotBlank().doesNotContain("Exception", "{0}");
        });
        Came huge = call(token, "PATCH", "/api/v1/people", "application/json", "huge", new byte[50 << 20]);
        assertThat(huge.status()).isEqualTo(413);
        assertThat(call(token, "PATCH", "/api/v1/people", "text/plain", "t", bytes("x"))
                        .status())
                .isEqualTo(415);
        assertThat(get(token, "/api/v1/nothing").json().get("type").stringValue())
                .endsWith("not-served");
        assertThat(call(token, "PATCH", "/api/v1/people", "application/json", "u", new byte[] {'"', (byte) 0xC3, '"'})
                        .status())
                .isEqualTo(422);
        assertThat(count(body, "directory.person")).isZero();
    }

    private Came ended(String token, String location) throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            Came came = get(token, location);
            if (came.json().get("work").isNull()) {
                return came;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("still at work");
    }

    @Test
    void aWholeListIsReadAndAppliedByAJobOrWaitsWithItsProblems() throws Exception {
        Body body = bodies.create();
        String token = token(body, body.root);
        var lines = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            lines.append(AN.replace("00123", "S" + i)
                            .replace(
                                    "Văn An",
                                    "Văn A" + (char) ('a' + i % 26) + (char) ('a' + i / 26 % 26)
                                            + (char) ('a' + i / 676))
                            .replace('\n', ' '))
                    .append('\n');
        }
        Came taken = call(token, "POST", "/api/v1/imports", "application/x-ndjson", "list", bytes(lines.toString()));
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        Came done = ended(token, taken.header("location"));
        assertThat(done.json().get("state").stringValue()).as(done.text()).isEqualTo("applied");
        assertThat(done.json().get("added").intValue()).isEqualTo(3_000);
        assertThat(done.json().get("changesSha256").stringValue()).hasSize(64);
        assertThat(count(body, "directory.person")).isEqualTo(3_000);

        String second =
                AN.replace("00123", "S1").replace('\n', ' ') + "\n{\"staffCode\": 5}\n\n{\"staffCode\": \"S2\"}\n";
        Came mixed = call(token, "POST", "/api/v1/imports", "application/x-ndjson", "mixed", bytes(second));
        Came waits = ended(token, mixed.header("location"));
        assertThat(waits.json().get("state").stringValue()).isEqualTo("read");
        JsonNode problems =
                get(token, mixed.header("location") + "/problems").json().get("problems");
        assertThat(problems.findValues("line").stream().map(JsonNode::intValue)).contains(2);
        assertThat(problems.get(problems.size() - 1).get("field").stringValue()).isIn("staffCode", "fullName");
        assertThat(call(token, "DELETE", mixed.header("location"), "", "", new byte[0])
                        .status())
                .isEqualTo(204);
        assertThat(call(token, "DELETE", mixed.header("location"), "", "", new byte[0])
                        .status())
                .isEqualTo(409);
    }

    @Test
    void theDescriptionNamesEveryRouteAndFieldAndNothingElse() throws Exception {
        JsonNode description;
        try (var in = getClass().getResourceAsStream("/api/openapi-v1.yaml")) {
            description = JSON.valueToTree(new Yaml().load(in));
        }
        assertThat(description.get("openapi").stringValue()).isEqualTo("3.1.0");
        var described = new TreeSet<String>();
        for (String path : description.get("paths").propertyNames()) {
            for (String method : description.get("paths").get(path).propertyNames()) {
                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
            }
        }
        var served = new TreeSet<String>();
        routes.getHandlerMethods()
                .forEach((info, handler) -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + path))));
        assertThat(described).isEqualTo(served);

        JsonNode schemas = description.at("/components/schemas");
        var records = new ArrayList<Class<?>>(Arrays.asList(Shapes.class.getDeclaredClasses()));
        records.addAll(Arrays.asList(
                Class.forName("vn.chuanmuc.figures.api.FigureShapes").getDeclaredClasses()));
        records.add(ApiProblem.Fault.class);
        Map<String, Set<String>> answered =
                records.stream().collect(Collectors.toMap(Class::getSimpleName, PeopleApiTest::fields));
        answered.put("Problem", fields(ApiProblem.Body.class));
        answered.put("PersonData", Set.copyOf(PersonJson.FIELDS));
        answered.put("SentBody", fields(SentBody.class));
        answered.put("SentFigures", Set.copyOf(FigureJson.FIELDS));
        answered.put("SentDocument", Set.copyOf(FigureJson.DOCUMENT));
        answered.put("SentFigure", Set.copyOf(FigureJson.FIGURE));
        assertThat(Set.copyOf(schemas.propertyNames())).isEqualTo(answered.keySet());
        answered.forEach((name, fields) -> assertThat(
                        Set.copyOf(schemas.get(name).get("properties").propertyNames()))
                .as(name)
                .isEqualTo(fields));
        Came open = call("", "GET", "/api/v1/openapi.yaml", "", "", new byte[0]);
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.header("content-type")).startsWith("application/yaml");
    }

    private static Set<String> fields(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }
}
