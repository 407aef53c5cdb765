package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Draft;
import vn.chuanmuc.assessments.Forms.HandingIn;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** ADR 0016: who sees what of a form, asked of the database and of every page, stage by stage as the rule table says. */
@ProductTest
class BlindnessTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    JdbcClient jdbc;

    private record Stage(String code, int order, String actor, boolean blind) {}

    private enum Eye {
        PERSON("self"),
        HEAD("head"),
        SUPERIOR("superior"),
        /** Sits in a meeting about the person. */
        PANEL("panel"),
        READER("-"),
        STRANGER("-");

        private final String actor;

        Eye(String actor) {
            this.actor = actor;
        }
    }

    private static final List<List<Stage>> ROUTES = List.of(
            List.of(new Stage("a", 1, "self", true), new Stage("b", 1, "head", true)),
            List.of(
                    new Stage("a", 1, "self", true),
                    new Stage("b", 2, "panel", false),
                    new Stage("c", 3, "head", false),
                    new Stage("d", 3, "superior", true)),
            List.of(
                    new Stage("a", 2, "self", false),
                    new Stage("b", 1, "head", false),
                    new Stage("c", 2, "superior", false)));

    /** The rule in words of its own: what SQL says is held against it, for every combination. */
    private static boolean may(List<Stage> route, Set<String> in, Eye eye, String formState, Stage stage) {
        if (stage.actor().equals(eye.actor)) {
            return true; // one's own, draft or not
        }
        if (!in.contains(stage.code())) {
            return false; // nobody sees a draft of another
        }
        for (Stage beside : route) {
            if (beside.order() == stage.order() && !in.contains(beside.code()) && (stage.blind() || beside.blind())) {
                return false; // its order is not complete
            }
        }
        int mine = route.stream()
                .filter(other -> other.actor().equals(eye.actor))
                .mapToInt(Stage::order)
                .max()
                .orElse(0);
        boolean decided = formState.equals("approved") || formState.equals("told");
        return switch (eye) {
            case PERSON -> formState.equals("told") || stage.order() <= mine;
            case HEAD, SUPERIOR, PANEL -> mine > 0 && (decided || stage.order() <= mine);
            case READER -> true;
            case STRANGER -> false;
        };
    }

    @Test
    void theDatabaseShowsEveryEyeWhatTheRuleSaysInEveryState() {
        var ground = new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, "Trần Thị Hoà").signed();
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        UUID form = ground.form(cycle, hoa);
        UUID tenant = ground.body.tenant;
        int asked = 0;
        for (List<Stage> route : ROUTES) {
            jdbc.sql("delete from assessments.rating where tenant_id = ? and period = 20214 and form_id = ?")
                    .params(tenant, form)
                    .update();
            for (Stage stage : route) {
                jdbc.sql("""
                                insert into assessments.rating
                                    (tenant_id, period, form_id, stage, cycle_id, ord, actor, blind, unit_id, due, state, levels)
                                values (?, 20214, ?, ?, ?, ?, ?, ?, ?, date '2021-12-31', 'open', '{1,2}')
                                """)
                        .params(
                                tenant,
                                form,
                                stage.code(),
                                cycle,
                                (short) stage.order(),
                                stage.actor(),
                                stage.blind(),
                                stage.actor().equals("head") ? ground.body.wardOne : ground.body.root)
                        .update();
            }
            for (String formState : List.of("open", "approved", "told")) {
                for (int mask = 0; mask < 1 << route.size(); mask++) {
                    Set<String> in = handIn(tenant, form, route, mask, formState);
                    for (Eye eye : Eye.values()) {
                        Map<String, Boolean> seen = seen(tenant, form, eye, hoa, ground);
                        for (Stage stage : route) {
                            assertThat(seen.get(stage.code()))
                                    .as("%s looks at %s of %s with %s in, form %s", eye, stage, route, in, formState)
                                    .isEqualTo(may(route, in, eye, formState, stage));
                            asked++;
                        }
                    }
                }
            }
        }
        assertThat(asked).isEqualTo(3 * 6 * (2 * 4 + 4 * 16 + 3 * 8));
    }

    private Set<String> handIn(UUID tenant, UUID form, List<Stage> route, int mask, String formState) {
        jdbc.sql("update assessments.form set state = ? where tenant_id = ? and period = 20214 and id = ?")
                .params(formState, tenant, form)
                .update();
        var in = new TreeSet<String>();
        for (int i = 0; i < route.size(); i++) {
            boolean handed = (mask >> i & 1) == 1;
            if (handed) {
                in.add(route.get(i).code());
            }
            jdbc.sql("""
                            update assessments.rating set state = ?, handing = 1, handed_at = now()
                            where tenant_id = ? and period = 20214 and form_id = ? and stage = ?
                            """)
                    .params(
                            handed ? "handed-in" : "open",
                            tenant,
                            form,
                            route.get(i).code())
                    .update();
        }
        return in;
    }

    /** By stage whether it is seen; what is not seen must not come out of the database either. */
    private Map<String, Boolean> seen(UUID tenant, UUID form, Eye eye, Viewer hoa, AssessmentGround ground) {
        UUID person = eye == Eye.PERSON ? AssessmentGround.person(hoa) : Ids.next();
        UUID[] held = switch (eye) {
            case HEAD -> new UUID[] {ground.body.wardOne};
            case SUPERIOR -> new UUID[] {ground.body.root};
            case PERSON, PANEL, READER, STRANGER -> new UUID[0];
        };
        var seen = new TreeMap<String, Boolean>();
        jdbc.sql(
                        "select stage, visible, levels, version, saved_at, saved_by from assessments.seen(?, 20214, ?, ?, ?, ?, ?, ?)")
                .params(tenant, form, person, Ids.next(), held, eye == Eye.READER, eye == Eye.PANEL ? "b" : "")
                .query(row -> {
                    boolean visible = row.getBoolean("visible");
                    assertThat(row.getArray("levels") != null).isEqualTo(visible);
                    assertThat(row.getObject("version") != null).isEqualTo(visible);
                    seen.put(row.getString("stage"), visible);
                });
        return seen;
    }

    /**
     * Every page that could show something × everybody × what is in, for each stage of the shipped rules: the marks that stages
     * left in their remarks are looked for in all that comes back.
     */
    @Test
    void noPageTellsAnybodyWhatTheRuleTableKeepsFromThem() {
        RuleBook book = Rules.shipped().book();
        List<RuleBook.Stage> route = book.route(false).stream()
                .filter(stage -> stage.actor() == Actor.SELF || stage.actor() == Actor.HEAD)
                .toList();
        assertThat(route).hasSize(2).allMatch(RuleBook.Stage::blind);
        int asked = 0;
        for (int mask = 0; mask < 1 << route.size(); mask++) {
            var ground = new AssessmentGround(
                            bodies.create(), campaigns, commitments, jdbc, "Trần Thị Hoà", "Đỗ Văn An")
                    .signed();
            UUID cycle = ground.opened(cycles);
            Viewer hoa = ground.official("Trần Thị Hoà");
            UUID form = ground.form(cycle, hoa);
            Map<Actor, Viewer> actors = Map.of(Actor.SELF, hoa, Actor.HEAD, ground.head);
            for (int i = 0; i < route.size(); i++) {
                RuleBook.Stage stage = route.get(i);
                Viewer actor = Objects.requireNonNull(actors.get(stage.actor()));
                forms.attachLink(
                        actor,
                        AssessmentGround.QUARTER,
                        form,
                        stage.code(),
                        1,
                        "DẤU-" + stage.code(),
                        "https://a.example");
                Draft draft = new Draft(List.of(1, 2), Map.of(0, "DẤU-" + stage.code(), 2, "DẤU-" + stage.code()));
                if ((mask >> i & 1) == 1) {
                    assertThat(forms.handIn(actor, AssessmentGround.QUARTER, form, stage.code(), 0, draft, true, null))
                            .isInstanceOf(HandingIn.Done.class);
                } else {
                    forms.save(actor, AssessmentGround.QUARTER, form, stage.code(), 0, draft);
                }
            }
            boolean complete = mask == (1 << route.size()) - 1;
            for (var looking : eyes(ground, hoa).entrySet()) {
                Browser browser = ground.body.browser(looking.getValue());
                String token = browser.token("/tai-khoan");
                var told = new StringBuilder();
                String at = "/danh-gia/phieu/20214/" + form;
                told.append(browser.get(at).text());
                told.append(browser.get("/danh-gia/dot/" + cycle + "/phieu").text());
                told.append(browser.get("/danh-gia/dot/" + cycle).text());
                told.append(browser.get("/danh-gia/cham?tinh-trang=").text());
                told.append(browser.get("/danh-gia").text());
                told.append(browser.get("/viec").text());
                for (RuleBook.Stage stage : route) {
                    told.append(browser.get(at + "/" + stage.code()).text());
                    told.append(browser.get(at + "/" + stage.code() + "/minh-chung/1")
                            .text());
                    told.append(browser.postWithToken(token, at + "/" + stage.code(), "ban", "77", "viec", "luu")
                            .text());
                    told.append(browser.postWithToken(
                                    token, at + "/" + stage.code() + "/tu-luu", "ban", "77", "so-muc", "2")
                            .text());
                    told.append(browser.get(at + "/viec/tra-lai?buoc=" + stage.code())
                            .text());
                }
                for (RuleBook.Stage stage : route) {
                    boolean own = looking.getKey().equals(stage.actor().name());
                    boolean concerned = !looking.getKey().startsWith("-");
                    boolean handed = (mask >> route.indexOf(stage) & 1) == 1;
                    assertThat(told.toString().contains("DẤU-" + stage.code()))
                            .as("%s sees %s with %s in", looking.getKey(), stage.code(), Integer.toBinaryString(mask))
                            .isEqualTo(own || concerned && handed && complete);
                    asked++;
                }
            }
        }
        assertThat(asked).isEqualTo(4 * 8 * 2);
    }

    /** Who looks, by the stage they act in; “-”: somebody who has nothing to do with the form. */
    /**
     * ADR 0016: nobody is shown early what another side said, because it stands in few tables and all of them are read through one
     * rule. What of it has got anywhere else – notices, the record of acts, figures, jobs – a dump would show: every table of the body,
     * row by row, words as they are and as bytes.
     */
    @Test
    void whatOneSideSaidStandsInADumpOnlyWhereTheRuleOfSeeingIsAsked() {
        AssessmentGround ground =
                new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, "Trần Thị Hoà").signed();
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        UUID form = ground.form(cycle, hoa);
        String secret = "chi-minh-hoa-biet-8264";
        var draft = new Draft(List.of(1, 2), Map.of(1, secret));
        assertThat(forms.handIn(hoa, AssessmentGround.QUARTER, form, "tu-danh-gia", 0, draft, true, null))
                .isInstanceOf(HandingIn.Done.class);
        Browser head = ground.body.browser(ground.head);
        head.get("/viec");
        head.get("/danh-gia/phieu/20214/" + form);
        String bytes = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
        var holding = new TreeSet<String>();
        int tables = 0;
        for (String table : jdbc.sql("""
                        select n.nspname || '.' || c.relname
                        from pg_class c
                        join pg_namespace n on n.oid = c.relnamespace
                        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                        where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public')
                          and has_table_privilege(c.oid, 'SELECT')
                        """).query((row, n) -> row.getString(1)).list()) {
            tables++;
            boolean there = jdbc.sql(
                            "select exists (select from " + table
                                    + " t where t.tenant_id = ? and (position(? in t::text) > 0 or position(? in t::text) > 0))")
                    .params(ground.body.tenant, secret, bytes)
                    .query((row, n) -> row.getBoolean(1))
                    .single();
            if (there) {
                holding.add(table);
            }
        }
        assertThat(tables).isGreaterThan(100);
        assertThat(holding).containsExactly("assessments.handing", "assessments.remark");
        // The kept bytes of what was handed in are given out by its form only.
        assertThat(head.get("/danh-gia/phieu/20214/" + form).page().text()).doesNotContain(secret);
    }

    private static Map<String, Viewer> eyes(AssessmentGround ground, Viewer hoa) {
        var eyes = new LinkedHashMap<String, Viewer>();
        eyes.put(Actor.SELF.name(), hoa);
        eyes.put(Actor.HEAD.name(), ground.head);
        eyes.put("board", ground.board);
        eyes.put("inspector", ground.body.viewer(Role.INSPECTOR, ground.body.root));
        eyes.put("the head above", ground.top);
        eyes.put("-another head", ground.body.viewer(Role.HEAD, ground.body.wardTwo));
        eyes.put("-a clerk", ground.body.viewer(Role.CLERK, ground.body.wardOne));
        eyes.put("-a colleague", ground.official("Đỗ Văn An"));
        return eyes;
    }
}
