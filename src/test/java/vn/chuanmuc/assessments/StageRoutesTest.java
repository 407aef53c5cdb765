package vn.chuanmuc.assessments;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
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
 * Every route of a form × role × where the form stands (issue 5: “every route × role × stage refused or allowed as the rule table
 * says”; the rule: ADR 0016, stages and steps out of the ordinary; domain.md 4.7). The head and the person do not see each
 * other's until both are in, and neither does anybody who reads: ADR 0016, stages. What comes after the decision is in {@link ResultPagesTest}.
 */
@ProductTest
class StageRoutesTest {
    /** One person each: a form of every state, in one cycle. */
    private static final Map<String, String> STATES = new LinkedHashMap<>();

    static {
        STATES.put("open", "Trần Thị Mở");
        STATES.put("self-in", "Trần Thị Nộp");
        STATES.put("head-in", "Trần Thị Chấm");
        STATES.put("both-in", "Trần Thị Đủ");
        STATES.put("decided", "Trần Thị Quyết");
        STATES.put("approved", "Trần Thị Duyệt");
        STATES.put("told", "Trần Thị Báo");
        STATES.put("cancelled", "Trần Thị Hủy");
    }

    private static final String COLLEAGUE = "Đỗ Văn An";
    private static final String SELF = "tu-danh-gia";
    private static final String HEAD = "thu-truong";

    /**
     * Steps out of the ordinary are sent without a reason: who may take one is told so, and everybody else that it is not theirs. What
     * is done with a draft is done to the same form again and again. {@code above} heads the unit above; {@code closed} is an open form
     * of a cycle that was closed.
     */
    private static final StateTable OF_A_FORM = StateTable.of("""
                                                       | open self-in head-in both-in decided approved told cancelled closed
            GET /danh-gia/phieu/{period}/{form}
              person head above board inspector        |  +     +       +       +       +        +      +       +       +
            GET /danh-gia/phieu/{period}/{form}/{stage} stage=tu-danh-gia
              person                                   |  +     >       +       >       >        >      >       >       >
            GET /danh-gia/phieu/{period}/{form}/{stage} stage=thu-truong
              head                                     |  +     +       >       >       >        >      >       >       >
            POST /danh-gia/phieu/{period}/{form}/{stage} stage=tu-danh-gia
              person                                   |  +     ~       +       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage} stage=thu-truong
              head                                     |  +     +       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage}/tu-luu stage=tu-danh-gia
              person                                   |  +     ~       +       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage}/tu-luu stage=thu-truong
              head                                     |  +     +       ~       ~       ~        ~      ~       ~       ~
            GET /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position} stage=tu-danh-gia
              person                                   |  +     +       +       +       +        +      +       +       +
            GET /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position} stage=thu-truong
              head                                     |  +     +       +       +       +        +      +       +       +
            POST /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position}/tep stage=tu-danh-gia
              person                                   |  +     ~       +       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position}/tep stage=thu-truong
              head                                     |  +     +       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position}/lien-ket stage=tu-danh-gia
              person                                   |  +     ~       +       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position}/lien-ket stage=thu-truong
              head                                     |  +     +       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position}/chi-so stage=tu-danh-gia
              person                                   |  ~     ~       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position}/chi-so stage=thu-truong
              head                                     |  ~     ~       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position}/bo stage=tu-danh-gia
              person                                   |  +     ~       +       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/{stage}/minh-chung/{position}/bo stage=thu-truong
              head                                     |  =     =       ~       ~       ~        ~      ~       ~       ~
            GET /danh-gia/phieu/{period}/{form}/tep/{attachment}
              person                                   |  +     +       +       +       +        +      +       +       +
              head                                     |  -     -       -       +       +        +      +       -       -
              above board inspector                    |  -     -       -       +       +        +      +       -       -
            GET /danh-gia/phieu/{period}/{form}/{stage}/ban-quet/{handing}.pdf stage=tu-danh-gia,thu-truong
            GET /danh-gia/phieu/{period}/{form}/viec/{kind} kind=gia-han,chuyen,tra-lai ?buoc=tu-danh-gia,thu-truong
              board                                    |  +     +       +       +       +        +      +       +       +
            GET /danh-gia/phieu/{period}/{form}/viec/{kind} kind=giao,thoi-giao ?buoc=tu-danh-gia
              board                                    |  +     +       +       +       +        +      +       +       +
            GET /danh-gia/phieu/{period}/{form}/viec/{kind} kind=giao,thoi-giao ?buoc=thu-truong
              head board                               |  +     +       +       +       +        +      +       +       +
            GET /danh-gia/phieu/{period}/{form}/viec/{kind} kind=gia-han,chuyen ?buoc=phe-duyet
              board                                    |  +     +       +       +       +        +      +       +       +
            GET /danh-gia/phieu/{period}/{form}/viec/{kind} kind=giao,thoi-giao ?buoc=phe-duyet
              above board                              |  +     +       +       +       +        +      +       +       +
            GET /danh-gia/phieu/{period}/{form}/viec/{kind} kind=tra-lai ?buoc=phe-duyet
              board                                    |  +     +       +       +       +        +      +       +       +
              above                                    |  -     -       -       -       +        +      +       -       -
            GET /danh-gia/phieu/{period}/{form}/viec/{kind} kind=huy,mo-lai,tach
              board                                    |  +     +       +       +       +        +      +       +       +
            POST /danh-gia/phieu/{period}/{form}/viec/{kind} kind=gia-han,chuyen,tra-lai ?buoc=tu-danh-gia,thu-truong
              board                                    |  ~     ~       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/viec/{kind} kind=giao,thoi-giao ?buoc=tu-danh-gia
              board                                    |  ~     ~       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/viec/{kind} kind=giao,thoi-giao ?buoc=thu-truong
              head board                               |  ~     ~       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/viec/{kind} kind=gia-han,chuyen ?buoc=phe-duyet
              board                                    |  ~     ~       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/viec/{kind} kind=giao,thoi-giao ?buoc=phe-duyet
              above board                              |  ~     ~       ~       ~       ~        ~      ~       ~       ~
            POST /danh-gia/phieu/{period}/{form}/viec/{kind} kind=tra-lai ?buoc=phe-duyet
              board                                    |  ~     ~       ~       ~       ~        ~      ~       ~       ~
              above                                    |  -     -       -       -       ~        ~      ~       -       -
            POST /danh-gia/phieu/{period}/{form}/viec/{kind} kind=huy
              board                                    |  ~     ~       ~       ~       ~        ~      ~       =       ~
            POST /danh-gia/phieu/{period}/{form}/viec/{kind} kind=mo-lai
              board                                    |  =     =       =       =       ~        ~      ~       ~       =
            POST /danh-gia/phieu/{period}/{form}/viec/{kind} kind=tach
              board                                    |  ~     ~       ~       ~       ~        ~      ~       ~       ~
            """);

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

    private DecisionGround ground(String... names) {
        return new DecisionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, names);
    }

    private DecisionGround everyState() {
        DecisionGround ground = ground(
                Stream.concat(STATES.values().stream(), Stream.of(COLLEAGUE)).toArray(String[]::new));
        STATES.values().forEach(name -> attached(ground, name));
        ground.in(name("self-in"), ground.official(name("self-in")), SELF, 1, 2);
        ground.in(name("head-in"), ground.ground.head, HEAD, 1, 2);
        for (String state : List.of("both-in", "decided", "approved", "told")) {
            ground.in(name(state), 1, 2);
        }
        for (String state : List.of("decided", "approved")) {
            ground.decide(ground.ground.head, ground.choice(name(state), "dat", "thử"));
        }
        ground.approve(ground.ground.top, name("approved"), 1);
        ground.told(name("told"), "dat");
        forms.cancel(ground.ground.board, AssessmentGround.QUARTER, ground.form(name("cancelled")), "thử", "");
        return ground;
    }

    private DecisionGround closed() {
        DecisionGround ground = ground(name("open"), COLLEAGUE);
        attached(ground, name("open"));
        cycles.close(ground.ground.board, ground.cycle, "hết đợt", "");
        return ground;
    }

    /** A file to what the person says of themself, which nobody sees before it may be seen. */
    private void attached(DecisionGround ground, String name) {
        forms.attachFile(
                ground.official(name),
                AssessmentGround.QUARTER,
                ground.form(name),
                SELF,
                1,
                "Giấy khen",
                Pictures.png());
    }

    private static String name(String state) {
        return Objects.requireNonNull(STATES.get(state));
    }

    @Test
    void everyRouteOfAFormIsAllowedOrRefusedByRoleAndStateAsTheTableSays() {
        StateTable.coverAllBelow(routes, Set.of("/danh-gia/phieu"), Set.of(), OF_A_FORM);
        OF_A_FORM.hold(routes, new EveryForm(everyState(), closed()));
    }

    /** A form in a state, in its body. */
    private record One(DecisionGround ground, String name, UUID form, UUID attachment) {}

    private final class EveryForm implements StateTable.Ground<One> {
        private final DecisionGround running;
        private final DecisionGround closed;
        private final Map<DecisionGround, Map<String, Browser>> others = new IdentityHashMap<>();
        private final Map<Viewer, Browser> people = new HashMap<>();
        private final List<Kept> kept;

        EveryForm(DecisionGround running, DecisionGround closed) {
            this.running = running;
            this.closed = closed;
            kept = Stream.of(running, closed)
                    .map(ground -> new Kept(jdbc, ground.body.tenant, "assessments"))
                    .toList();
            others(closed); // accounts are opened before anything is compared
        }

        @Override
        public List<String> roles() {
            return Stream.concat(Stream.of("person"), others(running).keySet().stream())
                    .toList();
        }

        @Override
        public Browser browser(String role, One one) {
            return role.equals("person")
                    ? people.computeIfAbsent(one.ground().official(one.name()), one.ground().body::browser)
                    : Objects.requireNonNull(others(one.ground()).get(role));
        }

        /** Everybody but the person, who is another one for every form. */
        private Map<String, Browser> others(DecisionGround of) {
            return others.computeIfAbsent(of, ground -> {
                var browsers = new LinkedHashMap<String, Browser>();
                browsers.put("colleague", ground.body.browser(ground.official(COLLEAGUE)));
                browsers.put("head", ground.body.browser(ground.ground.head));
                browsers.put("above", ground.body.browser(ground.ground.top));
                browsers.put("board", ground.body.browser(ground.ground.board));
                Map.of(
                                "inspector", Role.INSPECTOR,
                                "administrator", Role.ADMINISTRATOR)
                        .forEach((role, as) ->
                                browsers.put(role, ground.body.browser(ground.body.viewer(as, ground.body.root))));
                browsers.put("other-head", ground.body.browser(ground.body.viewer(Role.HEAD, ground.body.wardTwo)));
                browsers.put("other-board", ground.body.browser(ground.body.viewer(Role.BOARD, ground.body.wardTwo)));
                browsers.put("clerk", ground.body.browser(ground.body.viewer(Role.CLERK, ground.body.wardOne)));
                browsers.put("stranger", bodies.stranger());
                return browsers;
            });
        }

        @Override
        public One standing(String state) {
            DecisionGround ground = state.equals("closed") ? closed : running;
            String name = name(state.equals("closed") ? "open" : state);
            UUID form = ground.form(name);
            if (attachment(ground, form).isEmpty()) {
                attached(ground, name); // somebody took it away, as they may
            }
            return new One(ground, name, form, attachment(ground, form).orElseThrow());
        }

        private Optional<UUID> attachment(DecisionGround ground, UUID form) {
            return jdbc.sql("""
                            select id from assessments.evidence
                            where tenant_id = ? and form_id = ? and title = 'Giấy khen'
                            """)
                    .params(ground.body.tenant, form)
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .optional();
        }

        /** Nothing but drafts is changed. */
        @Override
        public One fresh(String state) {
            return standing(state);
        }

        @Override
        public void done(One used) {}

        @Override
        public Map<String, ?> names(One one) {
            return Map.of(
                    "period", AssessmentGround.QUARTER.code(), "form", one.form(), "attachment", one.attachment());
        }

        @Override
        public Sent sent(String route, String role, One one) {
            return switch (route.substring(route.lastIndexOf('/'))) {
                case "/{stage}" -> Sent.of("viec", "luu", "ban", version(role, one), "muc-1", level(role, one));
                case "/tu-luu" -> Sent.of("so-muc", "2", "ban", version(role, one), "muc-1", level(role, one));
                case "/tep" -> Sent.of("ten-tep", "Bản chụp").with("tep", Pictures.png());
                case "/lien-ket" -> Sent.of("ten", "Tin đã đăng", "dia-chi", "https://example.org/tin");
                case "/chi-so" -> Sent.of("chi-so", "");
                case "/bo" -> Sent.of("id", one.attachment().toString());
                case "/{kind}" -> Sent.of("ngay", "hôm nào");
                default -> throw new IllegalArgumentException(route);
            };
        }

        private Map<String, Object> draft(String role, One one) {
            return jdbc.sql("""
                            select version, coalesce(levels[1], 0) as level from assessments.rating
                            where tenant_id = ? and form_id = ? and stage = ?
                            """)
                    .params(one.ground().body.tenant, one.form(), role.equals("head") ? HEAD : SELF)
                    .query((row, n) -> Map.<String, Object>of("version", row.getInt(1), "level", row.getInt(2)))
                    .optional()
                    .orElse(Map.of("version", 0, "level", 0));
        }

        private String version(String role, One one) {
            return String.valueOf(draft(role, one).get("version"));
        }

        /** Another one than before. */
        private String level(String role, One one) {
            return Integer.valueOf(1).equals(draft(role, one).get("level")) ? "2" : "1";
        }

        @Override
        public Object kept() {
            return kept.stream().map(Kept::now).toList();
        }
    }
}
