package vn.chuanmuc.assessments.web;

import java.time.LocalDate;
import java.util.List;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.Line;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.ui.View;

/** @param acting how many forms of others wait for the viewer */
record OwnFormsPage(List<Line> lines, Forms.ActingCounts acting, LocalDate today) implements View {
    boolean toFill(Line line) {
        return line.state() == Forms.State.OPEN && line.cycleState() == Cycle.State.OPEN && line.turn() == Turn.OPEN;
    }

    boolean late(Line line) {
        LocalDate due = line.due();
        return toFill(line) && due != null && due.isBefore(today);
    }

    String at(Line line) {
        return OwnFormsController.address(line);
    }
}
