package vn.chuanmuc.assessments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.RuleBook.Stage;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Whose;
import vn.chuanmuc.rules.RuleSamples;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.TestBodies.Body;

/** An open cycle of Ward One in which a panel meets between the person and the head: for tests of meetings. */
public final class PanelCycle {
    public static final String SELF = "tu-danh-gia";
    public static final String PANEL = "tap-the";
    public static final String HEAD = "thu-truong";
    public static final Period QUARTER = AssessmentGround.QUARTER;

    public final Body body;
    public final UUID cycle;
    public final Viewer head;
    public final Viewer board;
    private final AssessmentGround ground;
    private final Forms forms;

    public PanelCycle(
            Body body,
            Campaigns campaigns,
            Commitments commitments,
            Rules rules,
            Cycles cycles,
            Forms forms,
            JdbcClient jdbc,
            String... names) {
        this(body, campaigns, commitments, rules, cycles, forms, jdbc, book(), names);
    }

    public PanelCycle(
            Body body,
            Campaigns campaigns,
            Commitments commitments,
            Rules rules,
            Cycles cycles,
            Forms forms,
            JdbcClient jdbc,
            RuleBook book,
            String... names) {
        this.body = body;
        this.forms = forms;
        Viewer one = body.viewer(Role.BOARD, body.root);
        Viewer other = body.viewer(Role.BOARD, body.root);
        if (!(rules.enter(one, body.root, book, LocalDate.of(2021, 1, 1), null, "") instanceof Rules.Saved.Done(var id))
                || !(rules.confirm(other, id) instanceof Rules.Saved.Done)) {
            throw new IllegalStateException("the book is not whole");
        }
        ground = new AssessmentGround(body, campaigns, commitments, jdbc, names).signed();
        cycle = ground.opened(cycles);
        head = ground.head;
        board = ground.board;
    }

    /** Four grades; the person rates first, then a panel meets, then the head. */
    public static RuleBook book() {
        return book(List.of(
                new Stage(SELF, "Tự đánh giá", Actor.SELF, Whose.ALL, 1, false, 5),
                new Stage(PANEL, "Tập thể họp", Actor.PANEL, Whose.ALL, 2, false, 5),
                new Stage(HEAD, "Thủ trưởng đánh giá", Actor.HEAD, Whose.OTHERS, 3, false, 5),
                new Stage("cap-tren", "Cấp trên đánh giá", Actor.SUPERIOR, Whose.HEADS, 3, false, 5),
                new Stage("phe-duyet", "Phê duyệt", Actor.APPROVAL, Whose.ALL, 4, false, 5)));
    }

    /** The person rates, a panel meets, and that is all before the decision. */
    public static RuleBook panelOnly() {
        return book(List.of(
                new Stage(SELF, "Tự đánh giá", Actor.SELF, Whose.ALL, 1, false, 5),
                new Stage(PANEL, "Tập thể họp", Actor.PANEL, Whose.ALL, 2, false, 5),
                new Stage("phe-duyet", "Phê duyệt", Actor.APPROVAL, Whose.ALL, 3, false, 5)));
    }

    private static RuleBook book(List<Stage> stages) {
        RuleBook book = RuleSamples.points(Weighting.ITEMS);
        return new RuleBook(
                book.name(),
                book.purpose(),
                book.basis(),
                book.scale(),
                book.weights(),
                book.whole(),
                book.figures(),
                book.grades(),
                book.disqualifiers(),
                book.quotas(),
                stages,
                book.deadlines(),
                book.clocks(),
                book.presence(),
                book.headNotAboveUnit());
    }

    public Viewer official(String name) {
        return ground.official(name);
    }

    public Map<String, Viewer> officials() {
        return ground.officials;
    }

    public UUID form(String name) {
        return ground.form(cycle, official(name));
    }

    /** Hands in what the person says of themself. */
    public void rated(String name, Integer... levels) {
        in(official(name), name, SELF, levels);
    }

    public void in(Viewer viewer, String name, String stage, Integer... levels) {
        var done = forms.handIn(
                viewer,
                QUARTER,
                form(name),
                stage,
                0,
                new Forms.Draft(AssessmentGround.draft(levels).levels(), Map.of(0, "LỜI-" + stage)),
                true,
                Instant.now().minusSeconds(300));
        if (!(done instanceof Forms.HandingIn.Done)) {
            throw new IllegalStateException(name + ": " + done);
        }
    }
}
