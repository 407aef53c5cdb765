package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.campaigns.Campaigns.Launch;
import vn.chuanmuc.criteria.Applicability;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;

/**
 * A body of many units that was loaded a moment ago: the planner has no statistics of it, and nothing may take minutes. All times
 * are against loading the same people, done a moment before, so that a busy machine is not taken for a fault. With
 * {@code -Dchuanmuc.large=130000} it is a whole city.
 */
@ProductTest
class LargeBodyTest {
    private static final int PEOPLE = Integer.getInteger("chuanmuc.large", 20_000);
    private static final int UNITS = PEOPLE / 130;

    @Autowired
    TestBodies bodies;

    @Autowired
    Units units;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Applicability applicability;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void isCheckedDecidedAndOpenedInAFewTimesWhatLoadingTakes() {
        var body = bodies.create();
        var board = body.viewer(Role.BOARD, body.root);
        body.viewer(Role.HEAD, body.root);
        body.viewer(Role.CLERK, body.root);
        var decision = SmallDecision.publish(jdbc, body);
        List<UUID> wards = units.addAll(
                body.tenant,
                Ids.next(),
                IntStream.range(0, UNITS)
                        .mapToObj(n -> new Units.NewUnit("D" + n, "Đơn vị " + n, Units.Kind.WARD, body.root))
                        .toList());
        var loading = time(() -> load(body.tenant, wards, body.staff, body.secretary, body.partyBloc));
        Duration most = loading.multipliedBy(3).plusSeconds(3);
        UUID id = CampaignSamples.draft(
                campaigns, board, CampaignSamples.plan(body, decision.id, wards.toArray(UUID[]::new)));
        var campaign = campaigns.get(body.tenant, id);

        assertThat(time(() -> {
                    var readiness = campaigns.readiness(board, campaign);
                    assertThat(readiness.people()).isEqualTo(PEOPLE);
                    assertThat(readiness.gates()).anySatisfy(gate -> {
                        assertThat(gate.kind()).isEqualTo(Gate.Kind.PERSON_WITHOUT_SET);
                        assertThat(gate.count()).isEqualTo(PEOPLE);
                        assertThat(gate.examples()).hasSize(Gate.EXAMPLES);
                    });
                }))
                .as("gates, nobody decided")
                .isLessThan(most);
        assertThat(time(() -> assertThat(
                                campaigns.gateCases(board, campaign, Gate.Kind.PERSON_WITHOUT_SET, PEOPLE - 7, 50))
                        .hasSize(7)))
                .as("last page of a gate")
                .isLessThan(most);
        var query = new Applicability.Query(decision.id, null, Applicability.Filter.UNDECIDED, "");
        assertThat(time(() -> {
                    assertThat(applicability.counts(board, query))
                            .isEqualTo(new Applicability.Counts(PEOPLE, PEOPLE, 0, PEOPLE));
                    assertThat(applicability.candidates(board, query, 100, 50)).hasSize(50);
                }))
                .as("page of who takes which set")
                .isLessThan(most);
        assertThat(time(() -> assertThat(applicability.acceptProposals(board, decision.id, List.of(body.root)))
                        .isEqualTo(new Applicability.Outcome.Done(PEOPLE))))
                .as("accepting all proposals")
                .isLessThan(most);
        var clerk = body.viewer(Role.CLERK, wards.getFirst());
        assertThat(time(() -> assertThat(campaigns.readiness(clerk, campaign).people())
                        .isEqualTo(PEOPLE / UNITS + (PEOPLE % UNITS > 0 ? 1 : 0))))
                .as("gates of one unit")
                .isLessThan(most);
        assertThat(time(() -> assertThat(campaigns.launch(board, id)).isEqualTo(new Launch.Launched(PEOPLE))))
                .as("opening")
                .isLessThan(most);
        assertThat(time(() -> assertThat(campaigns.checkRoster(body.tenant, id).matches())
                        .isTrue()))
                .as("taking the hash again")
                .isLessThan(most);
    }

    private static Duration time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        var took = Duration.ofNanos(System.nanoTime() - start);
        if (PEOPLE > 20_000) {
            System.out.println(StackWalker.getInstance()
                            .walk(frames -> frames.skip(1).findFirst())
                            .orElseThrow() + ": " + took.toMillis() + " ms");
        }
        return took;
    }

    private void load(UUID tenant, List<UUID> wards, UUID staff, UUID leader, UUID bloc) {
        transaction.executeWithoutResult(status -> jdbc.sql("""
                        with p as (
                            insert into directory.person
                                (tenant_id, id, full_name, folded_key, sort_key, search_key, birth_date, sample, created_at)
                            select :tenant, gen_random_uuid(), 'Người Thử ' || n, 'người thử ' || n,
                                   decode(lpad(to_hex(n), 8, '0'), 'hex'), 'nguoi thu ' || n, date '1980-01-01', true, now()
                            from generate_series(1, :people) as n
                            returning tenant_id, id, sort_key)
                        insert into directory.assignment
                            (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order, valid_from, sort_key)
                        select p.tenant_id, gen_random_uuid(), p.id, u.id,
                               case when row_number() over () % 10 = 0 then cast(:leader as uuid) else :staff end, :bloc,
                               'can-bo', true, 100, date '2020-01-01', p.sort_key
                        from (select p.*, row_number() over (order by sort_key) - 1 as n from p) p
                        join unnest(cast(:wards as uuid[])) with ordinality as u (id, n) on u.n = p.n % :units + 1
                        """)
                .param("tenant", tenant)
                .param("people", PEOPLE)
                .param("units", UNITS)
                .param("wards", wards.toArray(UUID[]::new))
                .param("staff", staff)
                .param("leader", leader)
                .param("bloc", bloc)
                .update());
    }
}
