package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Launch;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.campaigns.Campaigns.Saved;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class LaunchTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer board;
    private SmallDecision decision;

    @BeforeEach
    void aBodyWithADecision() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        decision = SmallDecision.publish(jdbc, body);
    }

    private List<Gate.Kind> blocking(UUID campaign) {
        return switch (campaigns.launch(board, campaign)) {
            case Launch.Launched launched -> List.of();
            case Launch.Later later -> throw new IllegalStateException(later.toString());
            case Launch.Moved moved -> throw new IllegalStateException(moved.toString());
            case Launch.Refused(var gates) ->
                gates.stream().map(Gate::kind).filter(Gate.Kind::blocking).toList();
        };
    }

    private UUID ready(UUID unit) {
        body.viewer(Role.HEAD, unit);
        body.viewer(Role.CLERK, unit);
        return CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, unit));
    }

    @Test
    void freezesTheRosterOnceWithItsHashInTheLedger() {
        body.people(12, body.wardOne, body.partyBloc);
        body.people(3, body.wardTwo, body.partyBloc);
        UUID campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);

        assertThat(campaigns.launch(board, campaign)).isEqualTo(new Launch.Launched(12));
        var entries = ledger.newest(body.tenant, campaign, 10).stream()
                .filter(entry -> entry.act().equals("campaigns.launched"))
                .toList();
        assertThat(entries).hasSize(1);
        var check = campaigns.checkRoster(body.tenant, campaign);
        assertThat(check.people()).isEqualTo(12);
        assertThat(check.hash()).isEqualTo(entries.getFirst().documentHash());
        assertThat(campaigns.frozen(body.tenant, campaign).orElseThrow().hash())
                .isEqualTo(entries.getFirst().documentHash());
        assertThat(entries.getFirst().payload()).contains("\"people\":12");
    }

    @Test
    void opensOnceWhenTwoOpenItAtTheSameMoment() throws Exception {
        body.people(200, body.wardOne, body.partyBloc);
        UUID campaign = ready(body.wardOne);
        decision.decideForAll();
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<Launch> open = () -> campaigns.launch(board, campaign);
            for (var outcome : threads.invokeAll(List.of(open, open))) {
                assertThat(outcome.get()).isEqualTo(new Launch.Launched(200));
            }
        }
        assertThat(ledger.newest(body.tenant, campaign, 10).stream()
                        .filter(entry -> entry.act().equals("campaigns.launched")))
                .hasSize(1);
        assertThat(count("campaigns.roster_entry", campaign)).isEqualTo(200);
        assertThat(count("commitments.standing", campaign)).isEqualTo(200);
    }

    private long count(String table, UUID campaign) {
        return jdbc.sql("select count(*) from " + table + " where tenant_id = ? and campaign_id = ?")
                .params(body.tenant, campaign)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    @Test
    void changesOfTheDirectoryDoNotReachAFrozenRoster() {
        UUID person = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        UUID campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        var before = campaigns.rosterEntry(body.tenant, campaign, person).orElseThrow();
        jdbc.sql("update directory.person set full_name = 'Tên Khác' where tenant_id = ? and id = ?")
                .params(body.tenant, person)
                .update();
        jdbc.sql(
                        "update directory.assignment set valid_to = (now() at time zone 'Asia/Ho_Chi_Minh')::date where tenant_id = ? and person_id = ?")
                .params(body.tenant, person)
                .update();
        body.person("Người Mới", body.wardOne, body.partyBloc, body.staff);
        assertThat(count("campaigns.roster_entry", campaign)).isEqualTo(1);
        assertThat(campaigns.rosterEntry(body.tenant, campaign, person).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(before);
    }

    @Test
    void isRefusedForAPersonWithoutASet() {
        body.people(2, body.wardOne, body.partyBloc);
        UUID campaign = ready(body.wardOne);
        assertThat(blocking(campaign)).containsExactly(Gate.Kind.PERSON_WITHOUT_SET);
        decision.decideForAll();
        assertThat(blocking(campaign)).isEmpty();
    }

    @Test
    void isRefusedForAPersonWithTwoMainPostsInItsUnits() {
        UUID person = body.person("Lê Văn Hai", body.wardOne, body.partyBloc, body.staff);
        body.person("Lê Văn Một", body.wardTwo, body.partyBloc, body.staff);
        body.assign(person, body.wardTwo, body.partyBloc, body.staff, true);
        decision.decideForAll();
        for (UUID unit : List.of(body.wardOne, body.wardTwo)) {
            body.viewer(Role.HEAD, unit);
            body.viewer(Role.CLERK, unit);
        }
        UUID campaign = CampaignSamples.draft(
                campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne, body.wardTwo));
        assertThat(blocking(campaign)).containsExactly(Gate.Kind.PERSON_IN_TWO_UNITS);
    }

    @Test
    void countsAPersonWithASecondPostWhereTheirMainPostIs() {
        UUID person = body.person("Lê Văn Hai", body.wardOne, body.partyBloc, body.staff);
        body.person("Lê Văn Một", body.wardTwo, body.partyBloc, body.staff);
        body.assign(person, body.wardTwo, body.stateBloc, body.staff, false);
        UUID campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne, body.wardTwo);
        assertThat(count("campaigns.roster_entry", campaign)).isEqualTo(2);
        assertThat(campaigns
                        .rosterEntry(body.tenant, campaign, person)
                        .orElseThrow()
                        .unitId())
                .isEqualTo(body.wardOne);
    }

    @Test
    void isRefusedForAPersonCountedInAnotherCampaignOfTheYear() {
        body.people(2, body.wardOne, body.partyBloc);
        CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        Plan plan = CampaignSamples.plan(body, decision.id, body.wardOne);
        UUID second = CampaignSamples.draft(
                campaigns,
                board,
                new Plan(
                        2021,
                        "Đợt khác",
                        "",
                        null,
                        decision.id,
                        plan.signBy(),
                        plan.submitBy(),
                        plan.methods(),
                        body.wardOne,
                        plan.units()));
        assertThat(blocking(second)).containsExactly(Gate.Kind.PERSON_ON_ANOTHER_ROSTER);
    }

    @Test
    void isRefusedForUnitsWithoutPeopleHeadOrClerk() {
        UUID campaign = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne));
        assertThat(blocking(campaign))
                .containsExactly(
                        Gate.Kind.UNIT_WITHOUT_PEOPLE, Gate.Kind.UNIT_WITHOUT_HEAD, Gate.Kind.UNIT_WITHOUT_CLERK);
    }

    @Test
    void isRefusedUnderASupersededDecision() {
        body.people(1, body.wardOne, body.partyBloc);
        decision.decideForAll();
        UUID campaign = ready(body.wardOne);
        decision.replacedBy(
                "15-QĐ/QU", LocalDate.of(2022, 1, 1), SmallDecision.leadersItems(), SmallDecision.staffItems());
        assertThat(blocking(campaign)).containsExactly(Gate.Kind.DECISION_NOT_IN_FORCE);
    }

    @Test
    void warnsOfAMissingBirthDateAndAPastDeadlineButOpens() {
        UUID person = body.person("Lê Thị Bé", body.wardOne, body.partyBloc, body.staff);
        jdbc.sql("update directory.person set birth_date = null where tenant_id = ? and id = ?")
                .params(body.tenant, person)
                .update();
        decision.decideForAll();
        UUID campaign = ready(body.wardOne);
        assertThat(campaigns.readiness(board, campaigns.get(body.tenant, campaign)).gates().stream()
                        .map(Gate::kind))
                .containsExactly(Gate.Kind.DEADLINE_PASSED, Gate.Kind.PERSON_WITHOUT_BIRTH_DATE);
        assertThat(campaigns.launch(board, campaign)).isEqualTo(new Launch.Launched(1));
    }

    @Test
    void showsAClerkOnlyTheGatesOfTheirUnit() {
        body.person("Lê Thị Bé", body.wardOne, body.partyBloc, body.staff);
        body.person("Lê Thị Lớn", body.wardTwo, body.partyBloc, body.staff);
        UUID campaign = CampaignSamples.draft(
                campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne, body.wardTwo));
        var clerk = body.viewer(Role.CLERK, body.wardTwo);
        var gates = campaigns
                .readiness(clerk, campaigns.getVisible(clerk, campaign))
                .gates();
        assertThat(gates.stream().flatMap(gate -> gate.examples().stream()).map(Gate.Case::unitId))
                .isNotEmpty()
                .containsOnly(body.wardTwo);
    }

    @Test
    void isRefusedToWhoeverDoesNotRunCampaignsThere() {
        UUID campaign = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne));
        var elsewhere = body.viewer(Role.BOARD, body.wardOne);
        assertThatThrownBy(() -> campaigns.launch(elsewhere, campaign)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> campaigns.launch(body.viewer(Role.CLERK, body.root), campaign))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void refusesASecondCampaignOfTheSameYearAndReceiver() {
        Plan plan = CampaignSamples.plan(body, decision.id, body.wardOne);
        CampaignSamples.draft(campaigns, board, plan);
        assertThat(campaigns.create(board, plan))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused -> assertThat(refused.byField()).containsOnlyKeys("nam"));
    }

    @Test
    void namesEveryMistakeOfAPlanByItsField() {
        var outcome = campaigns.create(
                board,
                new Plan(
                        1999,
                        " ",
                        "x".repeat(101),
                        null,
                        UUID.randomUUID(),
                        LocalDate.of(2021, 10, 10),
                        LocalDate.of(2021, 10, 9),
                        Set.of("mieng"),
                        body.root,
                        Set.of()));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused -> assertThat(refused.byField())
                                .containsOnlyKeys(
                                        "nam",
                                        "ten",
                                        "so-ke-hoach",
                                        "han-ky",
                                        "han-nop",
                                        "hinh-thuc",
                                        "don-vi",
                                        "van-ban"));
    }

    @Test
    void refusesAChangeMadeFromAnOldPage() {
        Plan plan = CampaignSamples.plan(body, decision.id, body.wardOne);
        UUID campaign = CampaignSamples.draft(campaigns, board, plan);
        assertThat(campaigns.change(board, campaign, 1, plan)).isInstanceOf(Saved.Done.class);
        assertThat(campaigns.change(board, campaign, 1, plan))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused -> assertThat(refused.byField()).containsOnlyKeys(""));
    }

    @Test
    void freezesFiveThousandPeopleInAFewTimesWhatInsertingThemTakes() {
        long start = System.nanoTime();
        fill(5_000);
        long filled = System.nanoTime() - start;
        body.viewer(Role.HEAD, body.wardOne);
        body.viewer(Role.CLERK, body.wardOne);
        UUID campaign = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne));
        start = System.nanoTime();
        assertThat(campaigns.launch(board, campaign)).isEqualTo(new Launch.Launched(5_000));
        long launched = System.nanoTime() - start;
        // Against work of the same kind done a moment before, so that a busy machine is not taken for a fault.
        assertThat(launched).as("launch, against %s ns for inserting", filled).isLessThan(10 * filled);
    }

    private void fill(int people) {
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
                .params(body.tenant, people, body.wardOne, body.staff, body.partyBloc)
                .update();
        decision.decideForAll();
    }
}
