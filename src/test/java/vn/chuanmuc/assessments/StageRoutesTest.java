package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/**
 * Every route of a form × role × where the form stands (issue 5: “every route × role × stage refused or allowed as the rule table
 * says”; the rule: ADR 0016, stages and steps out of the ordinary; domain.md 4.7). What comes after the decision is in
 * {@link ResultPagesTest}.
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
    private static final String LOOKS = "person head above board inspector";
    private static final String SELF = "tu-danh-gia";
    private static final String HEAD = "thu-truong";
    private static final String APPROVAL = "phe-duyet";
    private static final Set<String> SELF_FILLS = Set.of("open", "head-in");
    private static final Set<String> HEAD_FILLS = Set.of("open", "self-in");

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

    private DecisionGround ground() {
        String[] names =
                Stream.concat(STATES.values().stream(), Stream.of(COLLEAGUE)).toArray(String[]::new);
        DecisionGround ground = new DecisionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, names);
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

    private static String name(String state) {
        return Objects.requireNonNull(STATES.get(state));
    }

    private static String address(DecisionGround ground, String state) {
        return "/danh-gia/phieu/20214/" + ground.form(name(state));
    }

    /** Everybody but the person, who is another one for every form. */
    private static Map<String, Browser> others(DecisionGround ground) {
        var others = new LinkedHashMap<String, Browser>();
        others.put("colleague", ground.body.browser(ground.official(COLLEAGUE)));
        others.put("head", ground.body.browser(ground.ground.head));
        others.put("above", ground.body.browser(ground.ground.top));
        others.put("board", ground.body.browser(ground.ground.board));
        others.put("inspector", ground.body.browser(ground.body.viewer(Role.INSPECTOR, ground.body.root)));
        others.put("other-head", ground.body.browser(ground.body.viewer(Role.HEAD, ground.body.wardTwo)));
        others.put("clerk", ground.body.browser(ground.body.viewer(Role.CLERK, ground.body.wardOne)));
        others.put("administrator", ground.body.browser(ground.body.viewer(Role.ADMINISTRATOR, ground.body.root)));
        return others;
    }

    /** Who may take a step out of the ordinary: who runs the cycle; a head about their own stage; who acts later, back to earlier. */
    private static Map<String, String> steps(String state) {
        var steps = new LinkedHashMap<String, String>();
        for (String stage : List.of(SELF, HEAD, APPROVAL)) {
            for (String kind : List.of("gia-han", "chuyen", "giao", "thoi-giao", "tra-lai")) {
                steps.put(kind + "?buoc=" + stage, "board");
            }
        }
        for (String kind : List.of("giao", "thoi-giao")) {
            steps.put(kind + "?buoc=" + HEAD, "head board");
            steps.put(kind + "?buoc=" + APPROVAL, "above board");
        }
        if (Set.of("decided", "approved", "told").contains(state)) {
            steps.put("tra-lai?buoc=" + APPROVAL, "above board");
        }
        for (String kind : List.of("huy", "mo-lai", "tach")) {
            steps.put(kind, "board");
        }
        return steps;
    }

    @Test
    void everyPageOfAFormIsShownToWhoMayAndToNobodyElseWhereverItStands() {
        DecisionGround ground = ground();
        Map<String, Browser> browsers = others(ground);
        STATES.keySet().forEach(state -> {
            browsers.put("person", ground.body.browser(ground.official(name(state))));
            String form = address(ground, state);
            shown(browsers, state, form, LOOKS);
            fills(browsers, state, form, SELF, "person", SELF_FILLS.contains(state));
            fills(browsers, state, form, HEAD, "head", HEAD_FILLS.contains(state));
            shown(browsers, state, form + "/" + SELF + "/minh-chung/1", "person");
            shown(browsers, state, form + "/" + HEAD + "/minh-chung/1", "head");
            steps(state).forEach((step, who) -> shown(browsers, state, form + "/viec/" + step, who));
        });
        cycles.close(ground.ground.board, ground.cycle, "hết đợt", "");
        browsers.put("person", ground.body.browser(ground.official(name("open"))));
        fills(browsers, "closed", address(ground, "open"), SELF, "person", false);
        fills(browsers, "closed", address(ground, "open"), HEAD, "head", false);
    }

    @Test
    void whatIsSentIsTakenFromWhoMayAndFromNobodyElseWhereverTheFormStands() {
        DecisionGround ground = ground();
        Map<String, Browser> browsers = others(ground);
        STATES.keySet().forEach(state -> {
            browsers.put("person", ground.body.browser(ground.official(name(state))));
            String form = address(ground, state);
            var before = row(ground, state);
            saved(browsers, state, form + "/" + SELF, "person", SELF_FILLS.contains(state));
            saved(browsers, state, form + "/" + HEAD, "head", HEAD_FILLS.contains(state));
            // Without a reason: whoever may is told so, everybody else that it is not theirs; of neither anything is
            // done.
            steps(state)
                    .forEach((step, who) -> browsers.forEach((role, browser) -> {
                        String[] parts = step.split("\\?buoc=");
                        int status = browser.post(
                                        "/tai-khoan",
                                        form + "/viec/" + parts[0],
                                        "buoc",
                                        parts.length == 2 ? parts[1] : "",
                                        "ngay",
                                        "hôm nào")
                                .status();
                        boolean may = List.of(who.split(" ")).contains(role);
                        // 404: a stage that the step is none of, such as giving one's self-assessment to another
                        assertThat(status)
                                .as("%s, %s: POST %s", role, state, step)
                                .isIn(may ? Set.of(200, 404, 422) : Set.of(403, 404));
                    }));
            assertThat(row(ground, state)).as(state).isEqualTo(before);
        });
    }

    /** What the form and its stages are, but for drafts. */
    private List<String> row(DecisionGround ground, String state) {
        return jdbc.sql("""
                        select f.state || ' ' || f.step || ' ' || coalesce(string_agg(
                                   r.stage || r.state || r.handing || coalesce(r.unit_id::text, '') || coalesce(r.account_id::text, '') || r.due,
                                   ',' order by r.stage), '')
                        from assessments.form f
                        left join assessments.rating r on r.tenant_id = f.tenant_id and r.period = f.period and r.form_id = f.id
                        where f.tenant_id = ? and f.id = ? group by f.state, f.step
                        """)
                .params(ground.body.tenant, ground.form(name(state)))
                .query((row, n) -> row.getString(1))
                .list();
    }

    private static void shown(Map<String, Browser> browsers, String state, String route, String who) {
        var may = List.of(who.split(" "));
        browsers.forEach((role, browser) -> assertThat(browser.get(route).status())
                .as("%s, %s: GET %s", role, state, route)
                .isIn(may.contains(role) ? Set.of(200) : Set.of(403, 404)));
    }

    /** A stage that is not to be filled in now leads back to the form, which says why. */
    private static void fills(
            Map<String, Browser> browsers, String state, String form, String stage, String who, boolean open) {
        shown(browsers, state, form + "/" + stage, who);
        assertThat(Objects.requireNonNull(browsers.get(who))
                        .get(form + "/" + stage)
                        .path())
                .as("%s, %s", state, stage)
                .isEqualTo(open ? form + "/" + stage : form);
    }

    private static void saved(Map<String, Browser> browsers, String state, String route, String who, boolean open) {
        browsers.forEach((role, browser) -> {
            if (!role.equals(who)) {
                assertThat(browser.post("/tai-khoan", route, "viec", "luu", "ban", "0", "muc-1", "1")
                                .status())
                        .as("%s, %s: POST %s", role, state, route)
                        .isIn(403, 404);
            }
        });
        Browser.Answer answer = Objects.requireNonNull(browsers.get(who))
                .post("/tai-khoan", route, "viec", "luu", "ban", "0", "muc-1", "1");
        assertThat(answer.status()).as("%s, %s: POST %s", who, state, route).isEqualTo(open ? 200 : 422);
        assertThat(answer.path().contains("xong=")).as(state).isEqualTo(open);
    }
}
