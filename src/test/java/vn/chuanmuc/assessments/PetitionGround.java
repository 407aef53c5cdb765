package vn.chuanmuc.assessments;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.TestBodies.Body;

/**
 * A body with results that were told: decided by Ward One's head, approved by the head of the top unit; a board and a clerk at the top
 * who had no hand in them.
 */
public final class PetitionGround {
    public final Body body;
    public final UUID cycle;
    public final UUID campaign;
    /** Decided. */
    public final Viewer head;
    /** Approved. */
    public final Viewer top;

    public final Viewer board;
    /** A second board, for what two must do. */
    public final Viewer otherBoard;
    /** Handles. */
    public final Viewer clerk;

    private final DecisionGround ground;

    public PetitionGround(
            Body body,
            Campaigns campaigns,
            Commitments commitments,
            Rules rules,
            Cycles cycles,
            Forms forms,
            LevelDecisions decisions,
            Results results,
            JdbcClient jdbc,
            @Nullable RuleBook book,
            String... names) {
        ground = new DecisionGround(
                body, campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, book, names);
        this.body = body;
        cycle = ground.cycle;
        campaign = ground.ground.campaign;
        head = ground.ground.head;
        top = ground.ground.top;
        board = ground.ground.board;
        otherBoard = body.viewer(Role.BOARD, body.root);
        clerk = body.viewer(Role.CLERK, body.root);
    }

    public Viewer official(String name) {
        return ground.official(name);
    }

    public UUID form(String name) {
        return ground.form(name);
    }

    public static Period quarter() {
        return AssessmentGround.QUARTER;
    }

    /** Rated, decided, approved and told, today. */
    public void told(String name, String grade) {
        ground.in(name, 1, 2);
        ground.told(name, grade);
    }

    /** The same, approved by somebody else. */
    public void told(String name, String grade, Viewer approver) {
        ground.in(name, 1, 2);
        ground.told(name, grade, approver);
    }

    /** Rated and decided: it waits for its approval. */
    public void decided(String name, String grade) {
        ground.in(name, 1, 2);
        if (!(ground.decide(head, ground.choice(name, grade, "thử")) instanceof LevelDecisions.Deciding.Done)) {
            throw new IllegalStateException(name + " was not decided about");
        }
    }

    /** The head above approves the newest version. */
    public boolean approve(Viewer viewer, String name, int version) {
        return ground.approve(viewer, name, version) instanceof LevelDecisions.Approving.Done;
    }

    public boolean sendBack(Viewer viewer, String name, int version, String reason) {
        return ground.sendBack(viewer, name, version, reason) instanceof LevelDecisions.Approving.Done;
    }

    public static byte[] picture() {
        return Pictures.png();
    }
}
