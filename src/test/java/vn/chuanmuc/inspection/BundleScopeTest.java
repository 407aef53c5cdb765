package vn.chuanmuc.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Launch;
import vn.chuanmuc.campaigns.Campaigns.Saved;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.campaigns.Supplements.Draft;
import vn.chuanmuc.commitments.CommitmentSamples;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** What a bundle of a supplementary campaign is about: all that was signed before it, and the words of it. */
@ProductTest
class BundleScopeTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Supplements supplements;

    @Autowired
    Commitments commitments;

    @Autowired
    Inspection inspection;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer board;
    private SmallDecision first;
    private Viewer lead;
    private UUID base;

    private static List<String> worded(String words) {
        List<String> old = SmallDecision.leadersItems();
        return List.of(old.get(0), old.get(1), words);
    }

    private UUID supplement(SmallDecision decision, int day) {
        decision.decideForAll();
        var draft = new Draft(
                "Bổ sung " + day,
                "",
                null,
                LocalDate.of(2021, 11, 20),
                LocalDate.of(2021, 11, 30),
                Set.of(Commitments.ELECTRONIC));
        UUID id = ((Saved.Done) supplements.save(board, base, decision.id, 0, draft)).campaignId();
        assertThat(campaigns.launch(board, id)).isInstanceOf(Launch.Launched.class);
        return id;
    }

    @BeforeEach
    void aCampaignThatTheLeadSigned() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        body.viewer(Role.CLERK, body.wardOne);
        body.viewer(Role.HEAD, body.wardOne);
        first = SmallDecision.publish(jdbc, body);
        lead = body.official(body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary));
        base = CampaignSamples.launched(campaigns, body, board, first, body.wardOne);
        assertThat(CommitmentSamples.sign(commitments, lead, base)).isTrue();
    }

    @Test
    void ofASupplementOnASupplementTheWordsSignedInTheFirstAreInTheBundle() {
        SmallDecision second = first.replacedBy(
                "15-QĐ/QU", LocalDate.of(2021, 11, 1), worded("Lời thứ nhất."), SmallDecision.staffItems());
        UUID one = supplement(second, 1);
        assertThat(CommitmentSamples.sign(commitments, lead, one)).isTrue();
        assertThat(campaigns.close(board, one, "Đã xong")).isInstanceOf(Campaigns.Turned.Done.class);
        SmallDecision third = second.replacedBy(
                "16-QĐ/QU", LocalDate.of(2021, 11, 2), worded("Lời thứ hai."), SmallDecision.staffItems());
        UUID two = supplement(third, 2);

        assertThat(inspection.scope(body.tenant, two).subjects())
                .contains(two, one, base, first.id, second.id, second.leaders, third.id, third.leaders);
        assertThat(inspection.scope(body.tenant, base).subjects())
                .contains(base, first.id)
                .doesNotContain(second.id);
    }
}
