package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.Route;
import vn.chuanmuc.testing.TestBodies;

/** Every route × every role, taken from the route table itself: deny by default (design.md, authority). */
@ProductTest
class RouteTableTest {
    private static final Set<String> OPEN = Set.of(
            "/",
            "/dang-nhap",
            "/dang-nhap/thu-thach",
            "/ngon-ngu",
            "/thiet-lap",
            "/error",
            "/api/v1/openapi.yaml",
            "/kiem-tra",
            "/v/{code}",
            "/v/{code}/{page}/{pages}",
            "/V/{code}",
            "/V/{code}/{page}/{pages}",
            "/bo-phieu",
            "/bo-phieu/gui",
            "/ky-so/cong-cu/{token}");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Autowired
    TestBodies bodies;

    @Autowired
    ApiTokens tokens;

    @Autowired
    Clock clock;

    @Value("${local.server.port}")
    int port;

    private List<Route> table() {
        return Route.table(routes);
    }

    private static Permission[] allowed(Route route) {
        Allowed allowed = route.handler().getMethodAnnotation(Allowed.class);
        return allowed == null ? new Permission[0] : allowed.value();
    }

    private static @Nullable ApiAllowed forSystems(Route route) {
        return route.handler().getMethodAnnotation(ApiAllowed.class);
    }

    private static boolean open(Route route) {
        return route.handler().hasMethodAnnotation(OpenToAll.class);
    }

    @Test
    void everyRouteSaysWhoMayUseItAndTheOpenOnesAreKnownByName() {
        List<Route> table = table();
        assertThat(table).hasSizeGreaterThan(15);
        assertThat(table)
                .allSatisfy(route -> assertThat(
                                Stream.of(open(route), allowed(route).length > 0, forSystems(route) != null)
                                        .filter(said -> said))
                        .as("%s %s", route.pattern(), route.handler())
                        .hasSize(1));
        assertThat(table)
                .allSatisfy(route -> assertThat(route.pattern().startsWith("/api/") && !open(route))
                        .as("%s", route.pattern())
                        .isEqualTo(forSystems(route) != null));
        assertThat(table.stream().filter(RouteTableTest::open).map(Route::pattern))
                .allMatch(OPEN::contains);
    }

    @Test
    void nobodyGetsInWithoutSigningIn() {
        Browser stranger = bodies.stranger();
        String token = stranger.token("/dang-nhap");
        for (Route route : table()) {
            if (open(route) || forSystems(route) != null) {
                continue;
            }
            Browser.Answer answer =
                    route.post() ? stranger.postWithToken(token, route.address()) : stranger.get(route.address());
            assertThat(answer.path()).as("%s", route.pattern()).startsWith("/dang-nhap");
        }
    }

    @Test
    void everyRoleIsRefusedWhereItHasNoPermissionAndNothingBreaksWhereItHas() {
        var body = bodies.create();
        Map<String, Viewer> viewers = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            viewers.put(role.name(), body.viewer(role, body.wardOne));
        }
        UUID person = body.person("Lê Thị Thử", body.wardOne, body.partyBloc, body.staff);
        viewers.put("official", body.official(person));
        viewers.forEach((name, viewer) -> {
            Browser browser = body.browser(viewer);
            String token = browser.token("/tai-khoan");
            for (Route route : table()) {
                if (open(route) || forSystems(route) != null || route.pattern().equals("/mat-khau")) {
                    continue;
                }
                Browser.Answer answer =
                        route.post() ? browser.postWithToken(token, route.address()) : browser.get(route.address());
                boolean may = Arrays.stream(allowed(route)).anyMatch(viewer::may);
                if (may) {
                    assertThat(answer.status())
                            .as(
                                    "%s as %s: %s",
                                    route.pattern(),
                                    name,
                                    answer.page().select("h1").text())
                            .isLessThan(500);
                } else {
                    assertThat(answer.status())
                            .as("%s as %s", route.pattern(), name)
                            .isEqualTo(403);
                }
            }
        });
    }

    /** Other systems come in by a token only; a signed-in browser is nobody there, and a token is nobody on the pages. */
    @Test
    void everyRouteForSystemsAsksForATokenThatIsGoodForIt() throws Exception {
        var body = bodies.create();
        var reader = (ApiTokens.Issue.Done) tokens.issue(
                body.tenant,
                new UUID(0, 0),
                "đọc",
                body.root,
                ApiScope.READ,
                LocalDate.now(clock),
                LocalDate.now(clock),
                "thử");
        try (var client = HttpClient.newHttpClient()) {
            int seen = 0;
            for (var entry : routes.getHandlerMethods().entrySet()) {
                ApiAllowed allowed = entry.getValue().getMethodAnnotation(ApiAllowed.class);
                if (allowed == null) {
                    continue;
                }
                String path = entry.getKey().getPatternValues().iterator().next();
                for (RequestMethod method : entry.getKey().getMethodsCondition().getMethods()) {
                    seen++;
                    String address = new Route(false, path, entry.getValue()).address();
                    String type = path.equals("/api/v1/imports") ? "application/x-ndjson" : "application/json";
                    assertThat(status(client, method, address, type, ""))
                            .as("%s %s", method, path)
                            .isEqualTo(401);
                    assertThat(status(client, method, address, type, "Bearer cmk_AAAA"))
                            .isEqualTo(401);
                    int told = status(client, method, address, type, "Bearer " + reader.token());
                    if (allowed.value() != ApiScope.READ) {
                        assertThat(told).as("%s %s", method, path).isEqualTo(403);
                    } else {
                        assertThat(told).as("%s %s", method, path).isIn(200, 404);
                    }
                }
            }
            assertThat(seen).isGreaterThan(6);
            Browser signedIn = body.browser(body.viewer(Role.BOARD, body.root));
            assertThat(signedIn.get("/api/v1/units").status()).isEqualTo(401);
            assertThat(status(client, RequestMethod.GET, "/can-bo", "text/html", "Bearer " + reader.token()))
                    .isEqualTo(302);
        }
    }

    private int status(HttpClient client, RequestMethod method, String address, String type, String authorization)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + address))
                .header("Content-Type", type)
                .method(
                        method.name(),
                        method == RequestMethod.GET || method == RequestMethod.DELETE
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Set-Cookie").filter(any -> address.startsWith("/api/")))
                .isEmpty();
        return answer.statusCode();
    }

    @Test
    void refusesAFormWithoutItsToken() {
        var body = bodies.create();
        Browser browser = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        assertThat(browser.postWithToken("", "/quan-tri/tai-khoan", "ten", "x").status())
                .isEqualTo(403);
    }

    @Test
    void answersWithStrictHeaders() {
        var answer = bodies.stranger().headers("/dang-nhap");
        assertThat(answer.get("content-security-policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe")
                .doesNotContain("http");
        assertThat(answer.get("x-frame-options")).isEqualTo("DENY");
        assertThat(answer.get("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.get("cache-control")).isEqualTo("no-store");
    }
}
