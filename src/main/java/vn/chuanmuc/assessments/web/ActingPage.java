package vn.chuanmuc.assessments.web;

import java.time.LocalDate;
import java.util.List;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.Line;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** The forms in which the viewer acts for others. @param state as chosen; empty for all */
record ActingPage(
        List<Line> lines, Forms.ActingCounts counts, String state, String words, Paging paging, LocalDate today)
        implements View {
    /** Straight to the form where it is the viewer's turn; to what was handed in otherwise. */
    String at(Line line) {
        return line.turn() == Turn.OPEN
                ? OwnFormsController.address(line) + "/" + line.stage()
                : OwnFormsController.address(line);
    }

    boolean late(Line line) {
        LocalDate due = line.due();
        return line.turn() == Turn.OPEN && due != null && due.isBefore(today);
    }

    String filter(String which) {
        return OwnFormsController.ACTING + "?tinh-trang=" + which;
    }
}
