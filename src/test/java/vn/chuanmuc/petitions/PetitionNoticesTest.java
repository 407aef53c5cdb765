package vn.chuanmuc.petitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.PetitionGround;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.petitions.Drafting.Draft;
import vn.chuanmuc.petitions.Handling.Wanted;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.Told;
import vn.chuanmuc.testing.TurnedClock;

/** Whom each step of a petition concerns hears of it, and nobody else (issue 5, Petition: clocks with escalation). */
@ProductTest
class PetitionNoticesTest {
    private static final String HOA = "Trần Thị Hoà";

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
    LevelDecisions decisions;

    @Autowired
    Results results;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Petitions petitions;

    @Autowired
    Drafting drafting;

    @Autowired
    Handling handling;

    @Autowired
    Deciding deciding;

    @Autowired
    Calls calls;

    @Autowired
    TurnedClock clock;

    @AfterEach
    void turnBack() {
        clock.turnBack();
    }

    private PetitionGround ground() {
        var ground = new PetitionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, HOA);
        ground.told(HOA, "dat_mot_phan");
        return ground;
    }

    private UUID filed(PetitionGround ground) {
        Viewer hoa = ground.official(HOA);
        if (!(drafting.open(hoa, PetitionGround.quarter(), ground.form(HOA))
                instanceof Drafting.Opened.Draft(var id))) {
            throw new AssertionError("no draft");
        }
        drafting.save(hoa, id, 0, new Draft(true, List.of(2), "Có giấy khen", "Xem lại", "", null));
        done(drafting.file(hoa, id));
        return id;
    }

    private static void done(Moved moved) {
        assertThat(moved).isInstanceOf(Moved.Done.class);
    }

    private static Wanted wanted(Outcome outcome, String grade) {
        return new Wanted(outcome, grade, "Đã đối chiếu hồ sơ", "", "", 0);
    }

    @Test
    void eachStepReachesWhoeverItConcerns() {
        var ground = ground();
        var told = new Told(jdbc, ground.body.tenant);
        Viewer hoa = ground.official(HOA);
        assertThat(told.kinds(hoa, ground.form(HOA))).contains("result-told");
        assertThat(told.href(hoa, "result-told")).isEqualTo("/danh-gia/ket-qua/20214/" + ground.form(HOA));

        UUID id = filed(ground);
        assertThat(told.kinds(ground.board, id)).containsExactly("petition-filed");
        assertThat(told.kinds(ground.clerk, id))
                .as("the ward has a clerk of its own, who is nearer")
                .isEmpty();
        assertThat(told.many("petition-filed", id))
                .as("two boards and the ward's clerk")
                .isEqualTo(3);

        Moved again = drafting.file(hoa, id);
        assertThat(again).isInstanceOf(Moved.class);
        assertThat(told.many("petition-filed", id)).as("the command sent twice").isEqualTo(3);

        done(handling.acknowledge(ground.clerk, id, ""));
        assertThat(told.kinds(hoa, id)).containsExactly("petition-received");
        done(handling.assign(ground.board, id, 2, ground.clerk.username(), ""));
        assertThat(told.kinds(ground.clerk, id)).containsExactly("petition-assigned");
        done(handling.ask(ground.clerk, id, 3, ground.head.username(), null, "Vì sao?", 2));
        assertThat(told.kinds(ground.head, id)).containsExactly("petition-opinion");
        assertThat(told.href(ground.head, "petition-opinion")).isEqualTo("/kien-nghi/" + id + "/y-kien/1");
        done(handling.opine(ground.head, id, 1, "Vì hồ sơ thiếu."));
        done(handling.propose(ground.clerk, id, 5, wanted(Outcome.UPHOLD, "")));
        assertThat(told.kinds(ground.board, id)).containsExactly("petition-filed", "petition-to-decide");
        assertThat(told.kinds(ground.top, id)).as("approved what is contested").isEmpty();
        assertThat(told.kinds(ground.head, id)).as("decided what is contested").containsExactly("petition-opinion");

        done(deciding.decide(ground.board, id, 6, wanted(Outcome.UPHOLD, "")));
        assertThat(told.kinds(ground.otherBoard, id))
                .as("decides, then approves what the other decided")
                .containsExactly("petition-filed", "petition-to-decide", "petition-to-decide");
        assertThat(told.kinds(ground.board, id)).as("not of one's own").hasSize(2);
        assertThat(told.kinds(ground.top, id)).containsExactly("petition-to-decide");
        assertThat(told.kinds(hoa, id)).as("nothing before the answer").containsExactly("petition-received");
        done(deciding.approve(ground.otherBoard, id, 7, true, ""));
        done(deciding.answer(ground.board, id, 8, true));
        assertThat(told.kinds(hoa, id)).containsExactly("petition-received", "petition-answered");
    }

    /** Domain.md 2: nearly over the handler, over the board, long over the head of the unit that answers; once each. */
    @Test
    void clocksReachTheHandlerThenTheBoardThenTheHead() {
        clock.turnTo(LocalDate.of(2029, 3, 5)); // a Monday
        var ground = ground();
        var told = new Told(jdbc, ground.body.tenant);
        UUID id = filed(ground);
        done(handling.acknowledge(ground.clerk, id, ""));
        done(handling.assign(ground.board, id, 2, ground.clerk.username(), ""));
        clock.turnTo(LocalDate.of(2029, 3, 15));
        calls.look(ground.body.tenant, id);
        calls.look(ground.body.tenant, id);
        assertThat(told.kinds(ground.clerk, id)).containsExactly("petition-assigned", "petition-escalated");
        assertThat(told.many("petition-escalated", id)).isEqualTo(1);
        clock.turnTo(LocalDate.of(2029, 3, 20));
        calls.look(ground.body.tenant, id);
        assertThat(told.kinds(ground.board, id)).contains("petition-escalated");
        assertThat(told.kinds(ground.top, id)).isEmpty();
        clock.turnTo(LocalDate.of(2029, 3, 21));
        calls.look(ground.body.tenant, id);
        assertThat(told.kinds(ground.top, id)).containsExactly("petition-escalated");
        assertThat(told.kinds(ground.head, id)).as("whoever decided it").isEmpty();
        assertThat(told.kinds(ground.official(HOA), id)).containsExactly("petition-received");
    }

    /** The mail leads to what its receiver may open: the notice opens the page, on the phone as in the office. */
    @Test
    void theNoticeOpensThePageItTellsOf() {
        var ground = ground();
        UUID id = filed(ground);
        Browser browser = ground.body.browser(ground.board);
        Browser.Answer list = browser.get("/thong-bao");
        assertThat(list.page().select(".not-list a").eachText())
                .containsExactly("Có kiến nghị mới của Trần Thị Hoà: Đánh giá quý IV năm 2021");
        String notice = list.page().select(".not-list a").attr("href");
        assertThat(list.page().select(".cm-count").text()).isEqualTo("1");
        Browser.Answer opened = browser.get(notice);
        assertThat(opened.path()).isEqualTo("/kien-nghi/" + id);
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.page().select(".cm-count")).isEmpty();
        Viewer stranger = ground.body.viewer(Role.BOARD, ground.body.wardTwo);
        assertThat(ground.body.browser(stranger).get(notice).status()).isEqualTo(404);
    }
}
