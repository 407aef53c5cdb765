package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** ADR 0018, Roll-ups; design.md, Data model 3. Figures at every level of the tree: what they count, from when on, and that they follow every change to the last digit. */
@ProductTest
class RollupsTest {
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
    LevelDecisions decisions;

    @Autowired
    Results results;

    @Autowired
    Rules rules;

    @Autowired
    Rollups rollups;

    @Autowired
    Units units;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private AssessmentGround ground(String... names) {
        return new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, names).signed();
    }

    private void follow(AssessmentGround ground) {
        for (int i = 0; i < 600 && waits(ground); i++) { // the product's own chore may be at it
            rollups.follow();
        }
        assertThat(waits(ground)).isFalse();
    }

    private boolean waits(AssessmentGround ground) {
        return jdbc.sql("select exists (select from assessments.rollup_queue where tenant_id = ?)")
                .param(ground.body.tenant)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** All that is kept, row by row; rows of nothing but noughts say nothing. */
    private Map<String, String> kept(AssessmentGround ground, UUID cycle) {
        var rows = new TreeMap<String, String>();
        jdbc.sql("""
                        select concat_ws(' ', unit_id, set_id, stage) as key, n, hist::text, counts::text from assessments.rollup_unit
                        where tenant_id = :tenant and cycle_id = :cycle and (n > 0 or 0 < any (counts))
                        union all
                        select concat_ws(' ', unit_id, set_id, stage, part, key), n, hist::text, '' from assessments.rollup_part
                        where tenant_id = :tenant and cycle_id = :cycle and n > 0
                        """).param("tenant", ground.body.tenant).param("cycle", cycle).query(row -> {
            rows.put(
                    row.getString("key"),
                    row.getInt("n") + " " + row.getString("hist") + " " + row.getString("counts"));
        });
        return rows;
    }

    private record Row(int n, List<Integer> hist, List<Integer> counts) {}

    private Row row(AssessmentGround ground, UUID unit, UUID set, String stage) {
        return jdbc.sql("""
                        select n, hist, counts from assessments.rollup_unit
                        where tenant_id = ? and unit_id = ? and set_id = ? and stage = ?
                        """)
                .params(ground.body.tenant, unit, set, stage)
                .query((row, n) -> new Row(
                        row.getInt("n"),
                        List.of((Integer[]) row.getArray("hist").getArray()),
                        List.of((Integer[]) row.getArray("counts").getArray())))
                .single();
    }

    private void handIn(Viewer viewer, UUID form, String stage, @Nullable Integer... levels) {
        var said =
                forms.sheet(viewer, AssessmentGround.QUARTER, form).stage(stage).orElseThrow();
        assertThat(forms.handIn(
                        viewer,
                        AssessmentGround.QUARTER,
                        form,
                        stage,
                        said.version(),
                        AssessmentGround.draft(levels),
                        true,
                        null))
                .isInstanceOf(Forms.HandingIn.Done.class);
    }

    /** As the decision module does when it tells the person. */
    private void tell(AssessmentGround ground, UUID cycle, UUID form) {
        transaction.executeWithoutResult(status -> {
            assertThat(jdbc.sql("update assessments.form set state = 'told' where tenant_id = ? and id = ?")
                            .params(ground.body.tenant, form)
                            .update())
                    .isOne();
            rollups.changed(ground.body.tenant, cycle, ground.body.wardOne);
        });
    }

    /** ADR 0018, Roll-ups 4. */
    @Test
    void countsFormsAtOnceAndLevelsFromTheDayTheirSubjectWasTold() {
        AssessmentGround ground = ground("Trần Thị Hoà", "Vũ Văn Bình");
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        UUID form = ground.form(cycle, hoa);
        follow(ground);
        assertThat(row(ground, ground.body.root, ground.decision.staff, "").counts())
                .containsExactly(2, 0, 0, 0, 0, 0, 0);

        handIn(hoa, form, "tu-danh-gia", 1, null);
        handIn(ground.head, form, "thu-truong", 2, 3);
        follow(ground);
        Row self = row(ground, ground.body.root, ground.decision.staff, "tu-danh-gia");
        assertThat(self.n()).isZero();
        assertThat(self.counts()).containsExactly(2, 1);
        assertThat(row(ground, ground.body.wardOne, ground.decision.staff, "").counts())
                .containsExactly(1, 1, 0, 0, 0, 0, 0);

        tell(ground, cycle, form);
        follow(ground);
        for (UUID unit : List.of(ground.body.wardOne, ground.body.root)) {
            // two items, four levels; what was not assessed is counted nowhere
            assertThat(row(ground, unit, ground.decision.staff, "tu-danh-gia").hist())
                    .containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
            assertThat(row(ground, unit, ground.decision.staff, "thu-truong").hist())
                    .containsExactly(0, 1, 0, 0, 0, 0, 1, 0);
            assertThat(row(ground, unit, ground.decision.staff, "").counts()).containsExactly(1, 0, 0, 0, 1, 0, 0);
        }
        assertThat(jdbc.sql("""
                                select n, hist from assessments.rollup_part
                                where tenant_id = ? and unit_id = ? and part = 'position' and stage = 'thu-truong'
                                """)
                        .params(ground.body.tenant, ground.body.root)
                        .query((row, n) -> row.getInt("n")
                                + Arrays.toString(
                                        (Object[]) row.getArray("hist").getArray()))
                        .list())
                .containsExactly("1[0, 1, 1, 0]");

        assertThat(forms.cancel(
                        ground.board,
                        AssessmentGround.QUARTER,
                        ground.form(cycle, ground.official("Vũ Văn Bình")),
                        "Thôi việc",
                        ""))
                .isInstanceOf(Cycles.Done.Now.class);
        follow(ground);
        assertThat(row(ground, ground.body.root, ground.decision.staff, "").counts())
                .containsExactly(0, 0, 0, 0, 1, 0, 1);
        assertThat(row(ground, ground.body.root, ground.decision.staff, "tu-danh-gia")
                        .counts())
                .containsExactly(1, 1);
    }

    /** ADR 0018, Roll-ups 4. */
    @Test
    void countsTheDecidedLevelOnceThePersonWasToldOfIt() {
        var cycle = new DecisionGround(
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
                "Trần Thị Hoà",
                "Vũ Văn Bình");
        cycle.in("Trần Thị Hoà", 1, 2);
        cycle.in("Vũ Văn Bình", 1, 1);
        assertThat(cycle.decide(cycle.ground.head, cycle.choice("Vũ Văn Bình", "dat", "")))
                .isInstanceOf(LevelDecisions.Deciding.Done.class);
        cycle.told("Trần Thị Hoà", "dat_mot_phan");
        follow(cycle.ground);
        for (UUID unit : List.of(cycle.body.wardOne, cycle.body.root)) {
            Row forms = row(cycle.ground, unit, cycle.ground.decision.staff, "");
            assertThat(forms.counts()).containsExactly(0, 0, 1, 0, 1, 0, 0);
            assertThat(forms.n()).isOne();
            assertThat(forms.hist()).containsExactly(0, 1);
            assertThat(row(cycle.ground, unit, cycle.ground.decision.staff, "thu-truong")
                            .n())
                    .isOne();
        }
    }

    /** ADR 0018, Roll-ups 2. */
    @Test
    void followsRandomChangesStepByStepAsIfAllWereMadeAnew() {
        var random = new Random(264);
        for (int round = 0; round < 3; round++) {
            AssessmentGround ground = ground("Trần Thị Hoà", "Vũ Văn Bình", "Đỗ Thị Chi", "Lê Văn Dũng");
            UUID cycle = ground.opened(cycles);
            follow(ground);
            List<UUID> ids = jdbc.sql("select id from assessments.form where tenant_id = ? order by id")
                    .param(ground.body.tenant)
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .list();
            List<UUID> places = List.of(ground.body.wardOne, ground.body.wardTwo, ground.body.root);
            for (int step = 0; step < 25; step++) {
                UUID form = ids.get(random.nextInt(ids.size()));
                UUID to = places.get(random.nextInt(places.size()));
                String state =
                        List.of("open", "told", "told", "cancelled", "decided").get(random.nextInt(5));
                Short[] levels = {level(random), level(random), level(random)};
                transaction.executeWithoutResult(status -> {
                    UUID from = jdbc.sql("select unit_id from assessments.form where tenant_id = ? and id = ?")
                            .params(ground.body.tenant, form)
                            .query((row, n) -> row.getObject(1, UUID.class))
                            .single();
                    jdbc.sql("update assessments.form set state = ?, unit_id = ? where tenant_id = ? and id = ?")
                            .params(state, to, ground.body.tenant, form)
                            .update();
                    jdbc.sql("""
                                    update assessments.rating set state = 'handed-in', handing = 1, handed_at = now(),
                                        levels = (cast(? as smallint[]))[1:cardinality(levels)]
                                    where tenant_id = ? and form_id = ?
                                    """).params(levels, ground.body.tenant, form).update();
                    rollups.changed(ground.body.tenant, cycle, from);
                    rollups.changed(ground.body.tenant, cycle, to);
                });
                if (random.nextInt(3) > 0) {
                    follow(ground);
                }
            }
            follow(ground);
            Map<String, String> followed = kept(ground, cycle);
            assertThat(followed).hasSizeGreaterThan(8);
            rollups.changed(ground.body.tenant, cycle);
            follow(ground);
            Map<String, String> anew = kept(ground, cycle);
            // a row that lost its last form keeps noughts where one made anew has none
            assertThat(followed.keySet()).containsAll(anew.keySet());
            assertThat(trimmed(followed)).isEqualTo(trimmed(anew));
        }
    }

    private static Map<String, String> trimmed(Map<String, String> rows) {
        var trimmed = new TreeMap<String, String>();
        rows.forEach(
                (key, row) -> trimmed.put(key, row.replaceAll("(,0)+}", "}").replace("{0}", "{}")));
        return trimmed;
    }

    private static Short level(Random random) {
        return (short) (1 + random.nextInt(4));
    }

    /** ADR 0018 (rollup_node); domain.md 4.4: any report can be asked as of a date. */
    @Test
    void keepsTheTreeAsItWasWhenTheCycleWasOpened() {
        AssessmentGround ground = ground("Trần Thị Hoà");
        UUID cycle = ground.opened(cycles);
        follow(ground);
        UUID form = ground.form(cycle, ground.official("Trần Thị Hoà"));
        // the ward ends; another one begins
        LocalDate day = LocalDate.of(2022, 1, 1);
        jdbc.sql(
                        "update directory.unit_version set valid_to = greatest(valid_from + 1, ?) where tenant_id = ? and unit_id = ?")
                .params(day, ground.body.tenant, ground.body.wardOne)
                .update();
        jdbc.sql("delete from directory.unit_closure where tenant_id = ? and descendant_id = ?")
                .params(ground.body.tenant, ground.body.wardOne)
                .update();
        tell(ground, cycle, form);
        follow(ground);
        assertThat(row(ground, ground.body.root, ground.decision.staff, "")
                        .counts()
                        .get(4))
                .isOne();
        assertThat(jdbc.sql(
                                "select name from assessments.rollup_node where tenant_id = ? and unit_id = ? and parent_id = ?")
                        .params(ground.body.tenant, ground.body.wardOne, ground.body.root)
                        .query((row, n) -> row.getString(1))
                        .single())
                .isEqualTo("Phường Một");
    }
}
