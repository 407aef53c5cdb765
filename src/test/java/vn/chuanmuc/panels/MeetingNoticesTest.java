package vn.chuanmuc.panels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.Told;

/** ADR 0022: whoever is convened hears of it, and of its being called off; who is talked about does not. */
@ProductTest
class MeetingNoticesTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    Meetings meetings;

    @Autowired
    Rounds rounds;

    @Autowired
    Ballots ballots;

    @Autowired
    MinutesBook minutes;

    @Autowired
    JdbcClient jdbc;

    @Test
    void everybodyWhoSitsInItIsToldOnce() {
        var cycle = new PanelCycle(
                bodies.create(), campaigns, commitments, rules, cycles, forms, jdbc, PanelGround.names());
        cycle.rated(PanelGround.GUEST, 1, 2);
        var ground = new PanelGround(cycle, meetings, rounds, ballots, minutes).planned(List.of(PanelGround.GUEST));
        var told = new Told(jdbc, cycle.body.tenant);
        assertThat(told.many("meeting-convened", ground.id)).as("a draft").isZero();
        PanelGround.now(meetings.convene(cycle.head, ground.id));
        meetings.convene(cycle.head, ground.id);
        Viewer member = cycle.official(PanelGround.MEMBER);
        assertThat(told.kinds(member, ground.id)).containsExactly("meeting-convened");
        assertThat(told.href(member, "meeting-convened")).isEqualTo("/hop/" + ground.id);
        assertThat(told.many("meeting-convened", ground.id))
                .as("five sit in it; the chair convened it")
                .isEqualTo(4);
        assertThat(told.kinds(cycle.official(PanelGround.GUEST), ground.id)).isEmpty();
        PanelGround.now(meetings.cancel(cycle.head, ground.id, "bão"));
        assertThat(told.kinds(member, ground.id)).containsExactly("meeting-convened", "meeting-cancelled");
        assertThat(cycle.body
                        .browser(member)
                        .get("/thong-bao")
                        .page()
                        .select(".not-list a")
                        .eachText())
                .contains("Mời họp: Họp đánh giá quý IV năm 2021, 14:00, 27/12/2021, tại Phòng họp số 1");
    }
}
