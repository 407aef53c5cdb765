package vn.chuanmuc.assessments;

import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.Kept;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.StateTable;
import vn.chuanmuc.testing.StateTable.Sent;
import vn.chuanmuc.testing.TestBodies;

/**
 * Every route of decisions and results × role × where a form stands (issue 5: “every route × role × stage refused or allowed as the
 * rule table says”). The head decides, another person approves: domain.md 2 and design.md, Authority. The person is told, the level is
 * published inside the agency, the details are restricted: domain.md 2. Before it is approved, {@link StageRoutesTest}.
 */
@ProductTest
class ResultRoutesTest {
    /** Nothing handed in; everything handed in; decided; approved; told. {@code above} heads the unit above and approves. */
    private static final StateTable OF_A_RESULT = StateTable.of("""
                                                                  | open both-in decided approved told
            GET /danh-gia/quyet-dinh/phieu/{period}/{form}
              head above board inspector                          |  +     +       +        +      +
            POST /danh-gia/quyet-dinh/phieu/{period}/{form}
              head                                                |  ~     +       ~        ~      ~
            POST /danh-gia/quyet-dinh/phieu/{period}/{form}/don-vi
            POST /danh-gia/quyet-dinh/phieu/{period}/{form}/phe-duyet
              above                                               |  ~     ~       +        =      =
              head board                                          |  ~     ~       ~        ~      ~
            POST /danh-gia/quyet-dinh/{cycle}/{unit}
              head                                                |  ~     +       ~        ~      ~
            POST /danh-gia/phe-duyet/{cycle}/{unit}
              above                                               |  ~     ~       +        =      =
              head board                                          |  ~     ~       ~        ~      ~
            GET /danh-gia/ket-qua/{period}/{form}
              head above board inspector                          |  -     -       +        +      +
              person                                              |  -     -       -        -      +
            GET /danh-gia/ket-qua/{period}/{form}/giay.{format}
              head above board inspector                          |  -     -       -        +      +
              person                                              |  -     -       -        -      +
            GET /danh-gia/ket-qua/{period}/{form}/bang-tinh.xlsx
              head above board inspector                          |  -     -       +        +      +
              person                                              |  -     -       -        -      +
            POST /danh-gia/ket-qua/{period}/{form}/bao
              head board                                          |  -     -       ~        +      =
            POST /danh-gia/ket-qua/{period}/{form}/da-xem
              person                                              |  -     -       -        -      +
            POST /danh-gia/ket-qua/{period}/{form}/ke-hoach
              person                                              |  -     -       -        -      +
              head                                                |  -     -       ~        ~      +
            GET /danh-gia/lich-su/{person}
              person head above board inspector                   |  -     -       -        -      +
            GET /danh-gia/lich-su/{person}/{year}
              head above board inspector                          |  -     -       -        -      +
              person                                              |  +     +       +        +      +
            GET /danh-gia/lich-su/{person}/{year}.{kind}
              head above board inspector                          |  -     -       -        -      +
              person                                              |  +     +       +        +      +
            """);

    /** Lists, and what is done to a whole one. */
    private static final StateTable OF_ALL = StateTable.of("""
                                                                  | approved
            GET /danh-gia/quyet-dinh
              person colleague head above board other-head other-board |  +
            GET /danh-gia/quyet-dinh/{cycle}/{unit}
              head above board inspector                          |  +
            POST /danh-gia/quyet-dinh/{cycle}/{unit}/bao
              head board                                          |  +
            GET /danh-gia/phe-duyet/{cycle}/{unit}
              head above board                                    |  +
            GET /danh-gia/ket-qua
              person colleague head                               |  +
            GET /danh-gia/cong-khai/{cycle}/{unit}
              person colleague head above board inspector         |  +
            GET /danh-gia/dau-hieu
              head above board inspector other-head other-board   |  +
            POST /danh-gia/dau-hieu
              board                                               |  +
            """);

    private static final String COLLEAGUE = "Đỗ Văn An";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    LevelDecisions decisions;

    @Autowired
    Results results;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Test
    void everyRouteIsAllowedOrRefusedByRoleAndStateAsTheTablesSay() {
        StateTable.coverAllBelow(
                routes,
                Set.of(
                        "/danh-gia/quyet-dinh",
                        "/danh-gia/phe-duyet",
                        "/danh-gia/ket-qua",
                        "/danh-gia/lich-su",
                        "/danh-gia/cong-khai",
                        "/danh-gia/dau-hieu"),
                Set.of(),
                OF_A_RESULT,
                OF_ALL);
        var ward = new Ward();
        OF_A_RESULT.hold(routes, ward);
        OF_ALL.hold(routes, ward);
    }

    private record One(String name, UUID form) {}

    private final class Ward implements StateTable.Ground<One> {
        private final DecisionGround ground;
        private final Kept kept;
        private final Map<String, Browser> fixed = new LinkedHashMap<>();
        private final Map<String, Browser> people = new HashMap<>();
        private final Map<String, One> standing = new HashMap<>();
        private final Deque<String> free = new ArrayDeque<>();

        Ward() {
            List<String> names = IntStream.range(0, 26)
                    .mapToObj(number -> "Ngô Thị " + (char) ('A' + number))
                    .toList();
            free.addAll(names);
            ground = new DecisionGround(
                    bodies.create(),
                    campaigns,
                    commitments,
                    rules,
                    cycles,
                    forms,
                    decisions,
                    results,
                    jdbc,
                    null,
                    Stream.concat(Stream.of(COLLEAGUE), names.stream()).toArray(String[]::new));
            kept = new Kept(jdbc, ground.body.tenant, "assessments");
            fixed.put("colleague", ground.body.browser(ground.official(COLLEAGUE)));
            fixed.put("head", ground.body.browser(ground.ground.head));
            fixed.put("above", ground.body.browser(ground.ground.top));
            fixed.put("board", ground.body.browser(ground.ground.board));
            as("inspector", Role.INSPECTOR, ground.body.root);
            as("other-head", Role.HEAD, ground.body.wardTwo);
            as("other-board", Role.BOARD, ground.body.wardTwo);
            as("clerk", Role.CLERK, ground.body.wardOne);
            as("administrator", Role.ADMINISTRATOR, ground.body.root);
            fixed.put("stranger", bodies.stranger());
        }

        private void as(String name, Role role, UUID unit) {
            fixed.put(name, ground.body.browser(ground.body.viewer(role, unit)));
        }

        @Override
        public List<String> roles() {
            return Stream.concat(Stream.of("person"), fixed.keySet().stream()).toList();
        }

        @Override
        public Browser browser(String role, One one) {
            return role.equals("person")
                    ? people.computeIfAbsent(one.name(), name -> ground.body.browser(ground.official(name)))
                    : Objects.requireNonNull(fixed.get(role));
        }

        @Override
        public One standing(String state) {
            One one = standing.get(state);
            if (one == null) {
                one = fresh(state);
                standing.put(state, one);
            }
            return one;
        }

        @Override
        public One fresh(String state) {
            String name = free.remove();
            if (!state.equals("open")) {
                ground.in(name, 1, 2);
            }
            switch (state) {
                case "decided", "approved" -> {
                    ground.decide(ground.ground.head, ground.choice(name, "dat", "thử"));
                    if (state.equals("approved")) {
                        ground.approve(ground.ground.top, name, 1);
                    }
                }
                case "told" -> ground.told(name, "dat");
                default -> {}
            }
            return new One(name, ground.form(name));
        }

        @Override
        public void done(One used) {
            // Whatever was done to it stays: there are enough people.
        }

        @Override
        public Map<String, ?> names(One one) {
            return Map.of(
                    "period",
                    AssessmentGround.QUARTER.code(),
                    "form",
                    one.form(),
                    "cycle",
                    ground.cycle,
                    "unit",
                    ground.body.wardOne,
                    "person",
                    AssessmentGround.person(ground.official(one.name())),
                    "year",
                    2021);
        }

        @Override
        public Sent sent(String route, String role, One one) {
            String form = one.form().toString();
            return switch (route.replace("POST /danh-gia/", "")) {
                case "quyet-dinh/phieu/{period}/{form}" -> Sent.of("muc", "dat", "ly-do", "Theo hồ sơ");
                case "quyet-dinh/phieu/{period}/{form}/don-vi" -> Sent.of("muc-don-vi", "dat", "can-cu", "12-BC/ĐU");
                case "quyet-dinh/phieu/{period}/{form}/phe-duyet" -> Sent.of("y-kien", "duyet", "ban", "1");
                case "quyet-dinh/{cycle}/{unit}" -> Sent.of("muc-" + form, "dat", "ly-do-" + form, "Theo hồ sơ");
                case "phe-duyet/{cycle}/{unit}" -> Sent.of("ban-" + form, "1", "y-kien-" + form, "duyet");
                case "ket-qua/{period}/{form}/bao" -> Sent.of("cach", "in-app");
                case "quyet-dinh/{cycle}/{unit}/bao", "ket-qua/{period}/{form}/da-xem" -> Sent.of();
                case "ket-qua/{period}/{form}/ke-hoach" -> Sent.of("ghi-chu", "Học thêm", "ban", "0");
                case "dau-hieu" -> Sent.of("tu-ngay", DAY.format(results.today()), "giay", "20", "nguoi", "3");
                default -> throw new IllegalArgumentException(route);
            };
        }

        @Override
        public Object kept() {
            return kept.now();
        }
    }
}
