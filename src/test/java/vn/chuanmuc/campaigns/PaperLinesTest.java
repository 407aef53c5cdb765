package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;

/** Whose rules of document form a campaign's papers follow (ADR 0024). */
@ProductTest
class PaperLinesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    PaperLines lines;

    @Autowired
    JdbcClient jdbc;

    @Test
    void onlyPapersOfAStateLineAreTheStates() {
        var body = bodies.create();
        var board = body.viewer(Role.BOARD, body.root);
        UUID one = CampaignSamples.draft(
                campaigns, board, CampaignSamples.plan(body, SmallDecision.publish(jdbc, body).id, body.wardOne));
        assertThat(lines.of(body.tenant, one)).as("of the whole organisation").isEqualTo(Layout.Line.PARTY);
        for (Lines.Kind kind : Lines.Kind.values()) {
            CampaignSamples.ofLine(jdbc, body, kind);
            assertThat(lines.of(body.tenant, one))
                    .as(kind.code())
                    .isEqualTo(kind == Lines.Kind.STATE ? Layout.Line.STATE : Layout.Line.PARTY);
        }
    }

    @Test
    void onePaperAboutSeveralCampaignsIsTheStatesWhenAllOfThemAre() {
        var body = bodies.create();
        var board = body.viewer(Role.BOARD, body.root);
        UUID decision = SmallDecision.publish(jdbc, body).id;
        UUID one = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision, body.wardOne));
        CampaignSamples.ofLine(jdbc, body, Lines.Kind.STATE);
        UUID other = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision, body.wardTwo));
        assertThat(lines.of(body.tenant, List.of(one))).isEqualTo(Layout.Line.STATE);
        assertThat(lines.of(body.tenant, List.of(one, other))).isEqualTo(Layout.Line.PARTY);
        assertThat(lines.of(body.tenant, List.of())).isEqualTo(Layout.Line.PARTY);
    }
}
