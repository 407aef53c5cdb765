package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
 * A body of many units that was loaded a moment ago: the planner has no statistics of it, and every count is still right. How long
 * things take is the bench's to say ({@code ./bench large}); here a plan that reads everybody for everybody only meets the end of
 * patience. With {@code -Dchuanmuc.large=130000} it is a whole city.
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
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void isCheckedDecidedAndOpened() {
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
        load(body.tenant, wards, body.staff, body.secretary, body.partyBloc);
        UUID id = CampaignSamples.draft(
                campaigns, board, CampaignSamples.plan(body, decision.id, wards.toArray(UUID[]::new)));
        var campaign = campaigns.get(body.tenant, id);

        var readiness = campaigns.readiness(board, campaign);
        assertThat(readiness.people()).isEqualTo(PEOPLE);
        assertThat(readiness.gates()).as("nobody is decided").anySatisfy(gate -> {
            assertThat(gate.kind()).isEqualTo(Gate.Kind.PERSON_WITHOUT_SET);
            assertThat(gate.count()).isEqualTo(PEOPLE);
            assertThat(gate.examples()).hasSize(Gate.EXAMPLES);
        });
        assertThat(campaigns.gateCases(board, campaign, Gate.Kind.PERSON_WITHOUT_SET, PEOPLE - 7, 50))
                .as("last page of a gate")
                .hasSize(7);
        var query = new Applicability.Query(decision.id, null, Applicability.Filter.UNDECIDED, "");
        assertThat(applicability.counts(board, query)).isEqualTo(new Applicability.Counts(PEOPLE, PEOPLE, 0, PEOPLE));
        assertThat(applicability.candidates(board, query, 100, 50)).hasSize(50);
        assertThat(applicability.acceptProposals(board, decision.id, List.of(body.root)))
                .isEqualTo(new Applicability.Outcome.Done(PEOPLE));
        var clerk = body.viewer(Role.CLERK, wards.getFirst());
        assertThat(campaigns.readiness(clerk, campaign).people())
                .as("people of one unit")
                .isEqualTo(PEOPLE / UNITS + (PEOPLE % UNITS > 0 ? 1 : 0));
        assertThat(campaigns.launch(board, id)).isEqualTo(new Launch.Launched(PEOPLE));
        assertThat(campaigns.checkRoster(body.tenant, id).matches())
                .as("the hash taken again")
                .isTrue();
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
