package vn.chuanmuc.figures.web;

import java.util.List;
import vn.chuanmuc.figures.FigureIndex;
import vn.chuanmuc.figures.FigureLists.Finding;
import vn.chuanmuc.figures.web.FiguresController.BringForm;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * Bringing a file in.
 *
 * @param indexes that hold today, for the file to fill in
 * @param findings what is wrong in the file, of {@code all}
 */
record BringPage(
        UnitChoice choice,
        BringForm form,
        String day,
        List<FigureIndex> indexes,
        List<Finding> findings,
        int all,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
