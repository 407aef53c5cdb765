package vn.chuanmuc.assessments;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Choice;
import vn.chuanmuc.assessments.LevelDecisions.Deciding;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.Verdict;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Among;
import vn.chuanmuc.rules.RuleBook.Denominator;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Part;
import vn.chuanmuc.rules.RuleBook.Quota;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleSamples;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.TestBodies.Body;

/** An opened cycle of Ward One whose forms are handed in as a test says. */
final class DecisionGround {
    static final String SELF = "tu-danh-gia";
    static final String HEAD = "thu-truong";
    static final String SUPERIOR = "cap-tren";

    final AssessmentGround ground;
    final Body body;
    final Forms forms;
    final LevelDecisions decisions;
    final Results results;
    final UUID cycle;

    DecisionGround(
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
        this.body = body;
        this.forms = forms;
        this.decisions = decisions;
        this.results = results;
        if (book != null) {
            Viewer one = body.viewer(Role.BOARD, body.root);
            Viewer other = body.viewer(Role.BOARD, body.root);
            if (!(rules.enter(one, body.root, book, LocalDate.of(2021, 1, 1), null, "")
                            instanceof Rules.Saved.Done(var id))
                    || !(rules.confirm(other, id) instanceof Rules.Saved.Done)) {
                throw new IllegalStateException("the book is not whole: "
                        + rules.enter(one, body.root, book, LocalDate.of(2021, 1, 1), null, ""));
            }
        }
        ground = new AssessmentGround(body, campaigns, commitments, jdbc, names).signed();
        cycle = ground.opened(cycles);
    }

    /** Ten points, with a quota of best grades, a question to the decider, and the head bound by the unit. */
    static RuleBook points(@Nullable Quota quota, boolean headNotAboveUnit) {
        RuleBook book = RuleSamples.with(
                RuleSamples.points(Weighting.ITEMS),
                List.of(new Disqualifier("ky_luat", "Bị kỷ luật trong quý", "", "dat")));
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
                quota == null ? List.of() : List.of(quota),
                book.stages(),
                book.deadlines(),
                book.clocks(),
                book.presence(),
                headNotAboveUnit);
    }

    static Quota half(Among among) {
        return new Quota("xuat_sac", new BigDecimal("50"), Denominator.ASSESSED, null, among, Part.DOWN);
    }

    Viewer official(String name) {
        return ground.official(name);
    }

    UUID form(String name) {
        return ground.form(cycle, official(name));
    }

    /** Hands in both stages of an official, slowly. */
    void in(String name, Integer... levels) {
        in(name, official(name), SELF, levels);
        in(name, ground.head, HEAD, levels);
    }

    void in(String name, Viewer viewer, String stage, Integer... levels) {
        var done = forms.handIn(
                viewer,
                AssessmentGround.QUARTER,
                form(name),
                stage,
                0,
                AssessmentGround.draft(levels),
                true,
                Instant.now().minusSeconds(300));
        if (!(done instanceof Forms.HandingIn.Done)) {
            throw new IllegalStateException(name + ": " + done);
        }
    }

    Desk desk() {
        return decisions.desk(ground.head, cycle, body.wardOne);
    }

    Case about(String name) {
        return desk().cases().stream()
                .filter(one -> one.formId().equals(form(name)))
                .findFirst()
                .orElseThrow();
    }

    Choice choice(String name, String grade, String reason) {
        return new Choice(form(name), grade, reason, "", Map.of());
    }

    Deciding decide(Viewer viewer, Choice... choices) {
        return decisions.decide(viewer, cycle, body.wardOne, List.of(choices));
    }

    LevelDecisions.Approving approve(Viewer viewer, String name, int version) {
        return decisions.approve(viewer, cycle, body.wardOne, List.of(new Verdict(form(name), version, true, "")));
    }

    LevelDecisions.Approving sendBack(Viewer viewer, String name, int version, String reason) {
        return decisions.approve(viewer, cycle, body.wardOne, List.of(new Verdict(form(name), version, false, reason)));
    }

    Map<String, vn.chuanmuc.kernel.Reason> wrong(Deciding deciding, String name) {
        return ((Deciding.Refused) deciding).byForm().getOrDefault(form(name), Map.of());
    }

    /** Decided, approved by the head above, told in the product. */
    void told(String name, String grade) {
        told(name, grade, ground.top);
    }

    /** The same, approved by somebody else. */
    void told(String name, String grade, Viewer approver) {
        if (!(decide(ground.head, choice(name, grade, "thử")) instanceof Deciding.Done)
                || !(approve(approver, name, 1) instanceof LevelDecisions.Approving.Done)
                || !(results.tell(
                                ground.head,
                                AssessmentGround.QUARTER,
                                form(name),
                                Results.Way.IN_APP,
                                results.today(),
                                "")
                        instanceof Results.Done.Now)) {
            throw new IllegalStateException(name + " was not told");
        }
    }
}
