package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Changed;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** domain.md 4.2: the frozen roster is the only denominator; entry and exit afterwards are dated, reasoned changes. */
@ProductTest
class RosterEvidenceTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Autowired
    TransactionTemplate transaction;

    private Body body;
    private Viewer board;
    private SmallDecision decision;
    private UUID campaign;
    private List<UUID> people;

    @BeforeEach
    void aLaunchedCampaign() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        decision = SmallDecision.publish(jdbc, body);
        body.person("Trần Thị Mẫu", body.wardTwo, body.stateBloc, body.staff);
        people = body.people(9, body.wardOne, body.partyBloc);
        campaign = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne, body.wardTwo);
    }

    private void leave(UUID person) {
        assertThat(campaigns.leave(board, campaign, person, LocalDate.now(clock), "điều động đi"))
                .isEqualTo(new Changed.Done());
    }

    private void join(UUID person, UUID unit, UUID set) {
        assertThat(campaigns.join(board, campaign, person, unit, set, LocalDate.now(clock), "điều động về"))
                .isEqualTo(new Changed.Done());
    }

    @Test
    void theHashIsTheSameAfterLeavingAndComingBackChanged() {
        byte[] kept = campaigns.frozen(body.tenant, campaign).orElseThrow().hash();
        UUID person = people.get(3);
        leave(person);
        assertThat(campaigns.checkRoster(body.tenant, campaign).matches()).isTrue();
        // Comes back to another ward, under another name, for the other set: everything the hash is taken of is
        // different.
        jdbc.sql("update directory.person set full_name = 'Nguyễn Văn Đổi' where tenant_id = ? and id = ?")
                .params(body.tenant, person)
                .update();
        body.assign(person, body.wardTwo, body.stateBloc, body.secretary, false);
        join(person, body.wardTwo, decision.leaders);
        leave(people.get(5));
        join(people.get(5), body.wardOne, decision.leaders);
        leave(people.get(5));
        UUID late = body.person("Lê Thị Đến Sau", body.wardOne, body.partyBloc, body.staff);
        join(late, body.wardOne, decision.staff);

        var check = campaigns.checkRoster(body.tenant, campaign);
        assertThat(check.matches()).isTrue();
        assertThat(check.people()).isEqualTo(10);
        assertThat(check.hash()).isEqualTo(kept);
        assertThat(campaigns.rosterEntry(body.tenant, campaign, person).orElseThrow())
                .satisfies(entry -> {
                    assertThat(entry.fullName()).isEqualTo("Nguyễn Văn Đổi");
                    assertThat(entry.unitId()).isEqualTo(body.wardTwo);
                });
        assertThat(lines(person)).containsExactly("1 frozen Nguyễn Văn Thử D", "2 joined Nguyễn Văn Đổi");
        assertThat(lines(late)).containsExactly("1 joined Lê Thị Đến Sau");
        assertThat(entries()).isEqualTo(11); // one person, one entry that counts
        var page = body.browser(board).get("/dot/" + campaign + "/doi-chieu").page();
        assertThat(page.select(".alert-success").text()).startsWith("Khớp: 10 dòng");
    }

    private List<String> lines(UUID person) {
        return jdbc.sql("""
                        select entry, change_id is null as frozen, full_name from campaigns.roster_line
                        where tenant_id = ? and campaign_id = ? and person_id = ? order by entry
                        """)
                .params(body.tenant, campaign, person)
                .query((row, n) -> row.getInt("entry")
                        + (row.getBoolean("frozen") ? " frozen " : " joined ")
                        + row.getString("full_name"))
                .list();
    }

    private int entries() {
        return jdbc.sql("select count(*) from campaigns.roster_entry where tenant_id = ? and campaign_id = ?")
                .params(body.tenant, campaign)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    @Test
    void saysSoWhenALineIsNotAsItWas() {
        // As the owner of the database could: the product itself may not (CatalogueTest).
        transaction.executeWithoutResult(status -> {
            jdbc.sql("set local role none").update();
            jdbc.sql("""
                            update campaigns.roster_line set full_name = 'Tên Khác'
                            where tenant_id = ? and campaign_id = ? and person_id = ?
                            """).params(body.tenant, campaign, people.getFirst()).update();
        });
        assertThat(campaigns.checkRoster(body.tenant, campaign).matches()).isFalse();
        assertThat(body.browser(board)
                        .get("/dot/" + campaign + "/doi-chieu")
                        .page()
                        .select(".alert-danger")
                        .text())
                .startsWith("Không khớp");
    }
}
