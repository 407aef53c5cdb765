package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.assessments.AssessmentGround.QUARTER;

import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.Told;
import vn.chuanmuc.testing.TurnedClock;

/** ADR 0022: forms that open, are due soon, overdue or sent back reach whoever fills them in. */
@ProductTest
class StageNoticesTest {
    private static final String SELF = "tu-danh-gia";
    private static final String HEAD = "thu-truong";
    private static final String TITLE = "Đánh giá quý IV năm 2021";

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
    StageLooks looks;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TurnedClock clock;

    @AfterEach
    void turnBack() {
        clock.turnBack();
    }

    private int look(AssessmentGround ground, UUID cycle) {
        return looks.look(ground.body.tenant, cycle, QUARTER, TITLE);
    }

    @Test
    void aStageIsToldWhenItOpensBeforeItEndsAndWhenItIsOver() {
        var ground = new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, "Trần Thị Hoà", "Đỗ Văn An")
                .signed();
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        UUID form = ground.form(cycle, hoa);
        var told = new Told(jdbc, ground.body.tenant);
        LocalDate due =
                forms.sheet(hoa, QUARTER, form).stage(SELF).orElseThrow().due();

        // Roles are given today, and the quarter is one of the past.
        jdbc.sql("update access.role_grant set valid_from = date '2021-01-01' where tenant_id = ?")
                .param(ground.body.tenant)
                .update();
        clock.turnTo(LocalDate.of(2021, 12, 25));
        assertThat(look(ground, cycle)).isPositive();
        assertThat(look(ground, cycle)).as("once").isZero();
        assertThat(told.kinds(hoa, form)).containsExactly("stage-opened");
        assertThat(told.href(hoa, "stage-opened")).isEqualTo("/danh-gia/phieu/20214/" + form + "/" + SELF);
        assertThat(told.kinds(ground.head, cycle))
                .as("of the people they rate, all together")
                .containsExactly("stage-opened");
        assertThat(told.href(ground.head, "stage-opened")).isNotEmpty();

        clock.turnTo(due.minusDays(StageLooks.SOON));
        look(ground, cycle);
        assertThat(look(ground, cycle)).isZero();
        assertThat(told.kinds(hoa, form)).containsExactly("stage-opened", "stage-due");
        forms.handIn(hoa, QUARTER, form, SELF, 0, AssessmentGround.draft(1, 2), true, null);
        clock.turnTo(due.plusDays(1));
        look(ground, cycle);
        assertThat(told.kinds(hoa, form)).as("it is in").containsExactly("stage-opened", "stage-due");
        Viewer an = ground.official("Đỗ Văn An");
        assertThat(told.kinds(an, ground.form(cycle, an)))
                .containsExactly("stage-opened", "stage-due", "stage-overdue");
    }

    @Test
    void whoseFormIsSentBackHearsOfItAndWhoeverIsToActInstead() {
        var ground = new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, "Trần Thị Hoà", "Đỗ Văn An")
                .signed();
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        Viewer an = ground.official("Đỗ Văn An");
        UUID form = ground.form(cycle, hoa);
        var told = new Told(jdbc, ground.body.tenant);
        forms.handIn(hoa, QUARTER, form, SELF, 0, AssessmentGround.draft(1, 2), true, null);
        assertThat(forms.sendBack(ground.board, QUARTER, form, SELF, "", ""))
                .as("refused: nobody is told")
                .isInstanceOf(Cycles.Done.Refused.class);
        assertThat(told.many("form-sent-back", form)).isZero();
        forms.sendBack(ground.board, QUARTER, form, SELF, "ghi rõ việc đã làm", "");
        forms.sendBack(ground.board, QUARTER, form, SELF, "ghi rõ việc đã làm", "");
        assertThat(told.kinds(hoa, form)).contains("form-sent-back");
        assertThat(told.many("form-sent-back", form)).isEqualTo(1);
        forms.delegate(ground.board, QUARTER, form, HEAD, an.username(), "đi vắng", "");
        assertThat(told.kinds(an, form)).containsExactly("stage-opened");
        assertThat(told.href(an, "stage-opened")).isEqualTo("/danh-gia/phieu/20214/" + form + "/" + HEAD);
    }

    /** ADR 0022: a look costs what changed or became due. */
    @Test
    void aStageIsLookedAtAgainOnlyWhenSomethingOfItChangedOrBecameDue() {
        var ground = new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, "Trần Thị Hoà", "Đỗ Văn An")
                .signed();
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        UUID form = ground.form(cycle, hoa);
        var told = new Told(jdbc, ground.body.tenant);
        LocalDate due =
                forms.sheet(hoa, QUARTER, form).stage(SELF).orElseThrow().due();
        jdbc.sql("update access.role_grant set valid_from = date '2021-01-01' where tenant_id = ?")
                .param(ground.body.tenant)
                .update();
        clock.turnTo(LocalDate.of(2021, 12, 25));
        assertThat(toLookAt(ground, cycle)).isPositive();
        look(ground, cycle);
        assertThat(toLookAt(ground, cycle)).as("nothing is read a second time").isZero();

        forms.handIn(hoa, QUARTER, form, SELF, 0, AssessmentGround.draft(1, 2), true, null);
        assertThat(toLookAt(ground, cycle)).isZero();
        assertThat(forms.sendBack(ground.board, QUARTER, form, SELF, "ghi rõ việc đã làm", ""))
                .isInstanceOf(Cycles.Done.Now.class);
        assertThat(toLookAt(ground, cycle)).as("opened again").isEqualTo(1);
        look(ground, cycle);
        assertThat(forms.extend(ground.board, QUARTER, form, SELF, due.plusDays(3), "ốm", ""))
                .isInstanceOf(Cycles.Done.Now.class);
        assertThat(toLookAt(ground, cycle)).as("its last day moved").isEqualTo(1);
        look(ground, cycle);
        Viewer an = ground.official("Đỗ Văn An");
        forms.delegate(ground.board, QUARTER, form, HEAD, an.username(), "đi vắng", "");
        assertThat(toLookAt(ground, cycle)).as("given to somebody else").isEqualTo(1);
        look(ground, cycle);

        clock.turnTo(due.minusDays(StageLooks.SOON));
        assertThat(toLookAt(ground, cycle))
                .as("due soon, but for the one that was extended")
                .isPositive();
        look(ground, cycle);
        assertThat(told.kinds(hoa, form)).doesNotContain("stage-due");
        assertThat(told.kinds(an, ground.form(cycle, an))).containsExactly("stage-opened", "stage-due");
        clock.turnTo(due.plusDays(1));
        look(ground, cycle);
        assertThat(told.kinds(hoa, form)).containsExactly("stage-opened", "form-sent-back", "stage-due");
        clock.turnTo(due.plusDays(30));
        look(ground, cycle);
        assertThat(told.kinds(hoa, form)).endsWith("stage-overdue");
        assertThat(toLookAt(ground, cycle)).isZero();
        clock.turnTo(due.plusDays(60));
        assertThat(toLookAt(ground, cycle)).as("what is overdue is told once").isZero();
    }

    @Test
    void whoGetsAnAccountOrARoleLaterIsToldOfWhatWasOpenBefore() {
        var ground = new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, "Trần Thị Hoà").signed();
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        UUID form = ground.form(cycle, hoa);
        var told = new Told(jdbc, ground.body.tenant);
        account(hoa, "person_id = null");
        jdbc.sql("update access.role_grant set valid_from = date '2021-01-01', valid_to = date '2021-06-01'"
                        + " where tenant_id = ? and account_id = ?")
                .params(ground.body.tenant, ground.head.accountId())
                .update();
        look(ground, cycle);
        assertThat(told.many("stage-overdue", form)).isZero();
        assertThat(toLookAt(ground, cycle)).isZero();
        jdbc.sql("update access.account set person_id = ? where tenant_id = ? and id = ?")
                .params(AssessmentGround.person(hoa), ground.body.tenant, hoa.accountId())
                .update();
        Viewer head = ground.body.viewer(vn.chuanmuc.access.Role.HEAD, ground.body.wardOne);
        look(ground, cycle);
        assertThat(told.kinds(hoa, form)).hasSize(1);
        assertThat(told.kinds(head, cycle)).hasSize(1);
        assertThat(look(ground, cycle)).as("once").isZero();
        account(hoa, "created_at = created_at - interval '3 days'");
    }

    private void account(Viewer viewer, String change) {
        assertThat(jdbc.sql("update access.account set " + change + " where tenant_id = ? and id = ?")
                        .params(viewer.tenantId(), viewer.accountId())
                        .update())
                .isEqualTo(1);
    }

    private int toLookAt(AssessmentGround ground, UUID cycle) {
        return jdbc.sql("""
                        select count(*) from assessments.rating r
                        where r.tenant_id = ? and r.period = ? and r.cycle_id = ? and r.state = 'open' and r.look_on <= ?
                        """)
                .params(ground.body.tenant, QUARTER.code(), cycle, LocalDate.now(clock))
                .query((row, n) -> row.getInt(1))
                .single();
    }
}
