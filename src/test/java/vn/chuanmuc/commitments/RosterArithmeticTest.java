package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Changed;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Whoever comes and goes: the roster stays the only denominator (domain.md 4.2). */
@ProductTest
class RosterArithmeticTest {
    private static final LocalDate DAY = LocalDate.of(2021, 10, 8);

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    java.time.Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Body body;
    private Viewer board;
    private Viewer clerk;
    private SmallDecision decision;

    @BeforeEach
    void aBody() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        clerk = body.viewer(Role.CLERK, body.wardOne);
        decision = SmallDecision.publish(jdbc, body);
    }

    private Commitments.Counts counts(UUID campaign) {
        return commitments.counts(body.tenant, campaign, body.wardOne, body.partyBloc);
    }

    private Changed leave(UUID campaign, UUID person) {
        return campaigns.leave(clerk, campaign, person, LocalDate.now(clock), "điều động đi");
    }

    private Changed join(UUID campaign, UUID person, UUID set) {
        return campaigns.join(clerk, campaign, person, body.wardOne, set, LocalDate.now(clock), "điều động về");
    }

    @Test
    void anySequenceKeepsSignedBetweenNothingAndExpected() {
        var people = body.people(12, body.wardOne, body.partyBloc);
        UUID campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        Map<UUID, Viewer> officials = new HashMap<>();
        Map<UUID, Standing> model = new HashMap<>();
        Map<UUID, Standing> before = new HashMap<>(); // how those who left stood
        for (UUID person : people) {
            officials.put(person, body.official(person));
            model.put(person, Standing.OPEN);
        }
        var random = new Random(20211008);
        for (int step = 0; step < 240; step++) {
            UUID person = people.get(random.nextInt(people.size()));
            Viewer official = java.util.Objects.requireNonNull(officials.get(person));
            Standing now = model.getOrDefault(person, Standing.OPEN);
            var form = commitments.form(official, campaign).orElseThrow();
            boolean done;
            Standing next;
            switch (random.nextInt(6)) {
                case 0 -> {
                    done = commitments.signConfirmed(
                                    official, campaign, form.set().id(), form.bodyHash())
                            instanceof Commitments.Signing.Signed;
                    assertThat(done).isEqualTo(now != Standing.SIGNED && now != Standing.LEFT);
                    next = Standing.SIGNED;
                }
                case 1 -> {
                    done = commitments.decline(official, campaign, "khac", "bận") instanceof Commitments.Recorded.Done;
                    assertThat(done).isEqualTo(now != Standing.SIGNED && now != Standing.LEFT);
                    next = Standing.DECLINED;
                }
                case 2 -> {
                    done = commitments.excuse(clerk, campaign, person, "om", "nghỉ")
                            instanceof Commitments.Recorded.Done;
                    assertThat(done).isEqualTo(now == Standing.OPEN || now == Standing.EXCUSED);
                    next = Standing.EXCUSED;
                }
                case 3 -> {
                    done = commitments.reopen(clerk, campaign, person, "nhầm") instanceof Commitments.Recorded.Done;
                    assertThat(done).isEqualTo(now == Standing.EXCUSED);
                    next = Standing.OPEN;
                }
                case 4 -> {
                    done = leave(campaign, person) instanceof Changed.Done;
                    assertThat(done).isEqualTo(now != Standing.LEFT);
                    before.put(person, done ? now : before.getOrDefault(person, Standing.OPEN));
                    next = Standing.LEFT;
                }
                default -> {
                    done = join(campaign, person, form.set().id()) instanceof Changed.Done;
                    assertThat(done).isEqualTo(now == Standing.LEFT);
                    next = before.getOrDefault(person, Standing.OPEN);
                }
            }
            if (done) {
                model.put(person, next);
            }
            var counts = counts(campaign);
            assertThat(counts.signed()).isBetween(0L, counts.expected());
            assertThat(counts.open()).isNotNegative();
            for (Standing standing : Standing.values()) {
                assertThat(counts.of(standing))
                        .as("%s after step %s", standing, step)
                        .isEqualTo(model.values().stream()
                                .filter(one -> one == standing)
                                .count());
            }
            assertThat(jdbc.sql("""
                                    select person_id from commitments.v_row
                                    where tenant_id = ? and campaign_id = ? and unit_id = ? and bloc_id = ?
                                    """)
                            .params(body.tenant, campaign, body.wardOne, body.partyBloc)
                            .query((row, n) -> row.getObject(1, UUID.class))
                            .list())
                    .hasSize((int) counts.expected());
        }
    }

    @Test
    void whoComesBackForAnotherSetSignsAgain() {
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        UUID campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        var official = body.official(person);
        var form = commitments.form(official, campaign).orElseThrow();
        commitments.signConfirmed(official, campaign, form.set().id(), form.bodyHash());
        leave(campaign, person);
        assertThat(counts(campaign)).isEqualTo(new Commitments.Counts(0, 0, 0, 0, 1));
        assertThat(join(campaign, person, decision.leaders)).isEqualTo(new Changed.Done());
        assertThat(counts(campaign)).isEqualTo(new Commitments.Counts(1, 0, 0, 0, 0));
        var again = commitments.form(official, campaign).orElseThrow();
        assertThat(again.set().id()).isEqualTo(decision.leaders);
        assertThat(commitments.signConfirmed(official, campaign, decision.leaders, again.bodyHash()))
                .isInstanceOf(Commitments.Signing.Signed.class);
        assertThat(counts(campaign)).isEqualTo(new Commitments.Counts(1, 1, 0, 0, 0));
    }

    @Test
    void aLaterJoinerIsExpectedAndAFrozenListTakesNobody() {
        body.people(2, body.wardOne, body.partyBloc);
        UUID campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        UUID newcomer = body.person("Lê Thị Mới", body.wardOne, body.partyBloc, body.staff);
        assertThat(campaigns.candidates(clerk, campaign, "le thi moi"))
                .extracting(Campaigns.Candidate::personId)
                .containsExactly(newcomer);
        assertThat(campaigns.join(clerk, campaign, newcomer, body.wardOne, decision.staff, DAY, " "))
                .isInstanceOfSatisfying(
                        Changed.Refused.class,
                        refused -> assertThat(refused.field()).isEqualTo("ly-do"));
        assertThat(join(campaign, newcomer, decision.staff)).isEqualTo(new Changed.Done());
        assertThat(join(campaign, newcomer, decision.staff)).isInstanceOf(Changed.Refused.class);
        assertThat(counts(campaign).expected()).isEqualTo(3);
        assertThat(campaigns.changes(clerk, campaign, null)).hasSize(1);

        transaction.executeWithoutResult(
                status -> campaigns.freeze(body.tenant, campaign, body.wardOne, body.partyBloc, Ids.next()));
        for (Changed changed : List.of(
                leave(campaign, newcomer),
                join(campaign, body.person("Lê Thị Cuối", body.wardOne, body.partyBloc, body.staff), decision.staff))) {
            assertThat(changed)
                    .isInstanceOfSatisfying(
                            Changed.Refused.class,
                            refused -> assertThat(refused.why().key()).isEqualTo("campaigns.frozen"));
        }
        assertThat(counts(campaign).expected()).isEqualTo(3);
    }
}
