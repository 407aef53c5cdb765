package vn.chuanmuc.assessments.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.Given;
import vn.chuanmuc.assessments.LevelDecisions.QuotaView;
import vn.chuanmuc.assessments.LevelDecisions.Shown;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * One form before whoever decides about it or approves.
 *
 * @param remarks what was said beside items, by stage and item; 0 is about the whole
 * @param decided the newest decision; null before there is one
 * @param mayDecide whether the viewer can choose a grade now
 * @param mayNotApprove why the viewer cannot approve; null when they can
 * @param typed the grade, the reason and the remark as they stand in the fields
 */
record CasePage(
        Desk desk,
        Shown shown,
        SetText text,
        Map<String, Map<Integer, String>> remarks,
        Map<String, Integer> counts,
        List<QuotaView> quotas,
        List<Disqualifier> asked,
        Results.@Nullable Decided decided,
        boolean mayDecide,
        boolean mayEnterUnitGrade,
        @Nullable Reason mayNotApprove,
        Typed typed,
        FormErrors errors)
        implements View {
    record Typed(
            String grade,
            String reason,
            String remark,
            Map<String, Boolean> facts,
            String unitGrade,
            String basis,
            String verdict,
            String verdictReason) {
        static final Typed NOTHING = new Typed("", "", "", Map.of(), "", "", "", "");

        /** Whether something of a decision stands in the fields. */
        boolean decides() {
            return !grade.isEmpty() || !reason.isBlank() || !remark.isBlank() || !facts.isEmpty();
        }

        Typed with(String words, String toThePerson) {
            return new Typed(grade, words, toThePerson, facts, unitGrade, basis, verdict, verdictReason);
        }
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    Case about() {
        return shown.about();
    }

    /** The grade that was chosen, in words. */
    String chosen() {
        return desk.book().grade(typed.grade()).map(Grade::words).orElse(typed.grade());
    }

    String address() {
        return DeskPage.caseOf(about());
    }

    String level(Given given, int position) {
        Integer level = given.levels().get(position - 1);
        return level == null ? "" : desk.book().level(level).words();
    }

    /** What a meeting concluded, in words; its code where the book has no such grade any more. */
    String concluded(Given given) {
        return DeskPage.concluded(desk.book(), given);
    }

    /** Whether the stages say different things of the item. */
    boolean differs(int position) {
        return about().rated().stream()
                        .map(given -> given.levels().get(position - 1))
                        .distinct()
                        .count()
                > 1;
    }

    @Nullable
    String remark(Given given, int position) {
        return remarks.getOrDefault(given.stage(), Map.of()).get(position);
    }
}
