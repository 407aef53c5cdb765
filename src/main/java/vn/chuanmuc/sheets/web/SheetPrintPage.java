package vn.chuanmuc.sheets.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.PaperForms.Side;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Which blank forms are to be printed. @param clerk whether forms of whole units are, and not only those one rates */
record SheetPrintPage(
        List<Cycle> cycles,
        @Nullable Cycle cycle,
        @Nullable UnitChoice choice,
        Side side,
        boolean clerk,
        int forms,
        int atOnce,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
