package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Launch;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.directory.LineMembers;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** A campaign of one line: its people only, and nobody twice in a year (domain.md, 4, rules 2 and 3). */
@ProductTest
class LineCampaignTest {
    private static final LocalDate FROM = LocalDate.of(2021, 1, 1);

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Lines lines;

    @Autowired
    LineMembers members;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private UUID line(Body body, Viewer board, String name, UUID... people) {
        var scope = new Scope(body.tenant, board.accountId(), List.of(body.root));
        var saved = lines.found(scope, new Lines.Saying(name, Lines.Kind.PARTY, "", FROM));
        assertThat(saved).isInstanceOf(Lines.Saved.Done.class);
        UUID line = ((Lines.Saved.Done) saved).id();
        lines.place(scope, line, body.root, null, FROM, "");
        lines.place(scope, line, body.wardOne, body.root, FROM, "");
        for (UUID person : people) {
            assertThat(members.join(scope, line, body.wardOne, person, FROM)).isInstanceOf(Lines.Saved.Done.class);
        }
        return line;
    }

    private static Plan plan(Body body, SmallDecision decision, UUID line) {
        Plan whole = CampaignSamples.plan(body, decision.id, body.wardOne);
        return new Plan(
                whole.year(),
                whole.title(),
                whole.planNumber(),
                whole.planDate(),
                whole.decisionId(),
                whole.signBy(),
                whole.submitBy(),
                whole.methods(),
                whole.receiverUnit(),
                whole.units(),
                line);
    }

    @Test
    void takesThePeopleOfTheLineAndLeavesOutWhoIsCountedInAnother() {
        var body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        var decision = SmallDecision.publish(jdbc, body);
        body.viewer(Role.HEAD, body.wardOne);
        body.viewer(Role.CLERK, body.wardOne);
        UUID an = body.person("Nguyễn Văn An", body.wardOne, body.partyBloc, body.staff);
        UUID binh = body.person("Trần Thị Bình", body.wardOne, body.partyBloc, body.staff);
        UUID chi = body.person("Lê Thị Chi", body.wardOne, body.stateBloc, body.staff);
        body.person("Đỗ Văn Ngoài", body.wardOne, body.stateBloc, body.staff);
        decision.decideForAll();
        UUID party = line(body, board, "Tuyến Đảng", an, binh);
        UUID state = line(body, board, "Tuyến chính quyền", binh, chi);

        assertThat(body.browser(board)
                        .get("/dot/moi?nam=2021&tuyen=" + party)
                        .page()
                        .select("input[name=don-vi][checked]")
                        .eachAttr("value"))
                .as("the units whose people stand in the line")
                .containsExactly(body.wardOne.toString());
        UUID first = CampaignSamples.draft(campaigns, board, plan(body, decision, party));
        assertThat(campaigns.create(board, plan(body, decision, party)))
                .as("a line has one campaign a year")
                .isInstanceOf(Campaigns.Saved.Refused.class);
        assertThat(campaigns.launch(board, first)).isEqualTo(new Launch.Launched(2));

        UUID second = CampaignSamples.draft(campaigns, board, plan(body, decision, state));
        var readiness = campaigns.readiness(board, campaigns.get(body.tenant, second));
        assertThat(readiness.people()).isEqualTo(1);
        assertThat(readiness.blocked()).isFalse();
        var elsewhere = readiness.gates().stream()
                .filter(gate -> gate.kind() == Gate.Kind.PERSON_COUNTED_ELSEWHERE)
                .findFirst()
                .orElseThrow();
        assertThat(elsewhere.count()).isEqualTo(1);
        assertThat(elsewhere.examples()).extracting(Gate.Case::name).containsExactly("Trần Thị Bình");
        assertThat(campaigns.launch(board, second)).isEqualTo(new Launch.Launched(1));
        assertThat(campaigns.rosterEntry(body.tenant, second, chi)).isPresent();
        assertThat(campaigns.rosterEntry(body.tenant, second, binh)).isEmpty();

        UUID whole = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne));
        assertThat(campaigns.readiness(board, campaigns.get(body.tenant, whole)).gates())
                .anySatisfy(gate -> {
                    assertThat(gate.kind()).isEqualTo(Gate.Kind.PERSON_ON_ANOTHER_ROSTER);
                    assertThat(gate.count()).isEqualTo(3);
                });
        assertThat(lines.receiver(body.tenant, party, LocalDate.now(clock), Set.of(body.wardOne)))
                .hasValue(body.root);
        assertThat(campaigns.candidates(board, second, ""))
                .as("who is not of the line is not offered")
                .extracting(Campaigns.Candidate::personId)
                .containsExactly(binh);
        assertThat(campaigns.join(board, second, binh, body.wardOne, decision.staff, LocalDate.now(clock), "thử"))
                .isInstanceOf(Campaigns.Changed.Refused.class);
    }
}
