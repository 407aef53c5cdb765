package vn.chuanmuc.assessments.web;

import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Forms.Draft;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.ui.View;

/** What somebody had on the screen when the stage was locked meanwhile: not saved, and not lost either. */
record KeptPage(Sheet sheet, Said said, SetText set, RuleBook book, Draft draft, Reason why) implements View {
    @Override
    public int status() {
        return 422;
    }

    String back() {
        return FormController.address(sheet.form());
    }

    @Nullable
    String level(int position) {
        Integer level = draft.levels().get(position - 1);
        return level == null || level > book.scale().size()
                ? null
                : book.level(level).words();
    }
}
