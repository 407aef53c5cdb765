package vn.chuanmuc.assessments.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.assessments.Results.Growth;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * A stage that is filled in.
 *
 * @param earlier what whoever acts said a quarter before
 * @param planned what was planned a quarter before, for the person
 * @param around the forms before and behind it, for whoever rates others
 * @param saver who saved meanwhile
 * @param opened when the page was opened, in seconds
 */
record FillPage(
        Sheet sheet,
        Said said,
        RuleBook book,
        SetText set,
        Forms.@Nullable Earlier earlier,
        List<Growth> planned,
        Forms.@Nullable Neighbours around,
        FormController.Entered entered,
        String saver,
        long opened,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String at() {
        return FormController.address(sheet.form()) + "/" + said.stage();
    }

    String to(java.util.UUID form) {
        return "/danh-gia/phieu/" + sheet.form().period().code() + "/" + form + "/" + said.stage();
    }

    boolean own() {
        return said.actor() == Actor.SELF;
    }

    String stageName() {
        return book.stages().stream()
                .filter(stage -> stage.code().equals(said.stage()))
                .map(RuleBook.Stage::words)
                .findFirst()
                .orElse(said.stage());
    }

    List<RuleBook.Level> levels() {
        return book.scale();
    }

    int level(int position) {
        Integer level = entered.draft().levels().get(position - 1);
        return level == null ? 0 : level;
    }

    String remark(int position) {
        return entered.draft().remarks().getOrDefault(position, "");
    }

    int evidence(int position) {
        return sheet.attachments(said.stage(), position).size();
    }

    long assessed() {
        return entered.draft().levels().stream().filter(level -> level != null).count();
    }

    boolean missing(int position) {
        return entered.missing().contains(position);
    }

    /** The level of the quarter before in words; null where there is none of the same words. */
    @Nullable
    String before(int position) {
        if (earlier == null || !earlier.sameWords() || earlier.levels().size() < position) {
            return null;
        }
        return earlier.levels().get(position - 1);
    }

    boolean comparesEarlier() {
        return earlier != null && earlier.sameWords();
    }

    /** Whether somebody else saved another level or other words for the item. */
    boolean differs(int position) {
        Said theirs = entered.theirs();
        return theirs != null
                && ((position > 0
                                && !java.util.Objects.equals(
                                        theirs.levels().get(position - 1),
                                        entered.draft().levels().get(position - 1)))
                        || !theirRemark(position).equals(remark(position).strip()));
    }

    @Nullable
    String theirLevel(int position) {
        Said theirs = entered.theirs();
        Integer level = theirs == null ? null : theirs.levels().get(position - 1);
        return level == null ? null : book.level(level).words();
    }

    String theirRemark(int position) {
        return entered.theirRemarks().getOrDefault(position, "");
    }
}
