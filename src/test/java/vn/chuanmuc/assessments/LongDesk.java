package vn.chuanmuc.assessments;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.TestBodies.Body;

/** A desk of Ward One at which many forms wait for the head, whose book asks whether a disqualifier was looked at. */
public final class LongDesk {
    private final DecisionGround ground;
    private final List<String> names = new ArrayList<>();

    public LongDesk(ApplicationContext context, Body body, int people) {
        for (int i = 0; i < people; i++) {
            names.add("Nguyễn Văn " + (char) ('A' + i / 26) + (char) ('a' + i % 26));
        }
        ground = new DecisionGround(
                body,
                context.getBean(Campaigns.class),
                context.getBean(Commitments.class),
                context.getBean(Rules.class),
                context.getBean(Cycles.class),
                context.getBean(Forms.class),
                context.getBean(LevelDecisions.class),
                context.getBean(Results.class),
                context.getBean(JdbcClient.class),
                DecisionGround.points(null, false),
                names.toArray(String[]::new));
        names.forEach(name -> ground.in(name, 1, 1));
    }

    public Viewer head() {
        return ground.ground.head;
    }

    public Viewer above() {
        return ground.ground.top;
    }

    public String deciding() {
        return "/danh-gia/quyet-dinh/" + ground.cycle + "/" + ground.body.wardOne;
    }

    public String approving() {
        return "/danh-gia/phe-duyet/" + ground.cycle + "/" + ground.body.wardOne;
    }

    public String single(int line) {
        return "/danh-gia/quyet-dinh/phieu/" + AssessmentGround.QUARTER.code() + "/" + ground.form(names.get(line));
    }

    /** The field of somebody's line. */
    public String field(String prefix, int line) {
        return prefix + ground.form(names.get(line));
    }

    public long in(LevelDecisions.State state) {
        return ground.desk().in(state);
    }
}
