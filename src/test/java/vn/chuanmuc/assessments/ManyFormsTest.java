package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Forms of many people: by a job, part by part; given up half-way, nothing is left. */
@ProductTest
class ManyFormsTest {
    private static final int PEOPLE = 3_050;

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
    ApplicationContext context;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    AssessmentRecomputation recomputation;

    @Autowired
    Jobs jobs;

    @Autowired
    JdbcClient jdbc;

    private record Ground(Body body, Viewer board, UUID campaign) {}

    private Ground many() {
        Body body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        body.viewer(Role.HEAD, body.root);
        var decision = SmallDecision.publish(jdbc, body);
        jdbc.sql("""
                        with p as (
                            insert into directory.person
                                (tenant_id, id, full_name, folded_key, sort_key, search_key, birth_date, sample, created_at)
                            select ?, gen_random_uuid(), 'Người Thử', 'người thử', decode(lpad(to_hex(n), 8, '0'), 'hex'),
                                   'nguoi thu', date '1980-01-01', true, now()
                            from generate_series(1, ?) as n
                            returning tenant_id, id, sort_key)
                        insert into directory.assignment
                            (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order, valid_from, sort_key)
                        select tenant_id, gen_random_uuid(), id, ?, ?, ?, 'can-bo', true, 100, date '2020-01-01', sort_key from p
                        """)
                .params(body.tenant, PEOPLE, body.wardOne, body.staff, body.partyBloc)
                .update();
        UUID campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        assertThat(new ManyForms(context).sign(body.tenant, campaign, board.accountId()))
                .isEqualTo(PEOPLE);
        return new Ground(body, board, campaign);
    }

    private UUID planned(Ground ground) {
        return ((Cycles.Saved.Done) cycles.plan(
                        ground.board(),
                        new Cycles.Plan(
                                AssessmentGround.QUARTER,
                                ground.campaign(),
                                "Quý IV",
                                AssessmentGround.QUARTER.assessmentDay())))
                .cycleId();
    }

    private long count(Ground ground, String table) {
        return jdbc.sql("select count(*) from assessments." + table + " where tenant_id = ?")
                .param(ground.body().tenant)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    @Test
    void aJobMakesAllOfThemAndTheReCheckFindsNothing() throws Exception {
        Ground ground = many();
        UUID cycle = planned(ground);
        var later = (Cycles.Opening.Later) cycles.open(ground.board(), cycle);
        assertThat(later.own()).isTrue();
        await(ground.body().tenant, later.jobId());
        Cycle opened = cycles.find(ground.body().tenant, cycle).orElseThrow();
        assertThat(opened.state()).isEqualTo(Cycle.State.OPEN);
        assertThat(opened.forms()).isEqualTo(PEOPLE);
        assertThat(opened.notAssessed()).isZero();
        assertThat(count(ground, "rating")).isEqualTo(2L * PEOPLE);
        assertThat(cycles.open(ground.board(), cycle)).isEqualTo(new Cycles.Opening.Opened(PEOPLE, 0));
        assertThat(cycles.progress(ground.board(), opened))
                .singleElement()
                .satisfies(unit -> assertThat(unit.forms()).isEqualTo(PEOPLE));
        assertThat(faults(ground)).isEmpty();
        jdbc.sql(
                        "update assessments.rating set levels = '{2,2}', state = 'handed-in', handing = 1, handed_at = now() where tenant_id = ? "
                                + "and form_id = (select form_id from assessments.rating where tenant_id = ? limit 1)")
                .params(ground.body().tenant, ground.body().tenant)
                .update();
        assertThat(faults(ground)).extracting(Fault::kind).contains("assessments.rating", "assessments.form");
    }

    private List<Fault> faults(Ground ground) {
        var faults = new ArrayList<Fault>();
        transaction.executeWithoutResult(status -> recomputation.check(ground.body().tenant, faults::add));
        return faults;
    }

    @Test
    void stoppedAfterItsFirstPartItIsADraftAgainAndNobodyEverSawAForm() throws Exception {
        Ground ground = many();
        UUID tenant = ground.body().tenant;
        UUID cycle = planned(ground);
        var job = new AtomicReference<UUID>();
        transaction.executeWithoutResult(status -> {
            job.set(((Cycles.Opening.Later) cycles.open(ground.board(), cycle)).jobId());
            FormCreation.Part part = cycles.next(tenant, cycle, null).orElseThrow();
            assertThat(part.forms()).isEqualTo(PEOPLE);
            boolean left = cycles.next(tenant, cycle, part.last()).isPresent();
            assertThat(left).isFalse();
            Cycle creating = cycles.find(tenant, cycle).orElseThrow();
            assertThat(forms.ofCycle(ground.board(), creating, new Forms.CycleQuery(null, "", ""), 0, 10))
                    .as("half made, it is seen by nobody")
                    .isEmpty();
            assertThat(jobs.cancel(tenant, job.get())).isTrue();
        });
        await(tenant, job.get());
        assertThat(jobs.find(tenant, job.get()).orElseThrow().state()).isEqualTo(Job.State.CANCELLED);
        assertThat(count(ground, "form") + count(ground, "rating") + count(ground, "cycle_stage"))
                .isZero();
        assertThat(cycles.find(tenant, cycle).orElseThrow().state()).isEqualTo(Cycle.State.DRAFT);
        assertThat(cycles.readiness(ground.board(), cycles.find(tenant, cycle).orElseThrow())
                        .assessed())
                .isEqualTo(PEOPLE);
    }

    private void await(UUID tenant, UUID job) throws InterruptedException {
        for (int i = 0; i < 900 && jobs.find(tenant, job).orElseThrow().live(); i++) {
            Thread.sleep(100);
        }
    }
}
