package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.campaigns.Campaigns.Launch;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;

/** What takes longer than a page should is done by a job that the browser shows. */
@ProductTest
class LongWorkTest {
    private static final int PEOPLE = 5_010;

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Jobs jobs;

    @Autowired
    JdbcClient jdbc;

    @Test
    void acceptsProposalsAndOpensTheCampaignByJobs() {
        var body = bodies.create();
        var board = body.viewer(Role.BOARD, body.root);
        body.viewer(Role.HEAD, body.root);
        body.viewer(Role.CLERK, body.root);
        var decision = SmallDecision.publish(jdbc, body);
        load(body);
        Browser browser = body.browser(board);
        String list = "/can-bo/bo-tieu-chi?van-ban=" + decision.id;
        var accepting = browser.post(list, "/can-bo/bo-tieu-chi/dong-y", "van-ban", decision.id.toString());
        assertThat(accepting.path()).startsWith("/viec-nen/");
        ended(body.tenant, accepting.path());
        assertThat(browser.get(accepting.path()).page().text()).contains("5.010 người");

        UUID id = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne));
        String address = "/dot/" + id;
        var opening = browser.post(address, address + "/mo");
        assertThat(opening.path()).startsWith("/viec-nen/");
        ended(body.tenant, opening.path());
        assertThat(campaigns.get(body.tenant, id).state()).isEqualTo(State.LAUNCHED);
        assertThat(campaigns.checkRoster(body.tenant, id).matches()).isTrue();
        assertThat(campaigns.launchOrAsk(board, id)).isEqualTo(new Launch.Launched(PEOPLE));
    }

    private void ended(UUID tenant, String path) {
        UUID job = UUID.fromString(path.substring("/viec-nen/".length()));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !jobs.find(tenant, job).orElseThrow().live());
    }

    private void load(TestBodies.Body body) {
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
    }
}
