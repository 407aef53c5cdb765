package vn.chuanmuc.assessments.web;

import java.time.LocalDate;
import java.util.List;
import vn.chuanmuc.assessments.LevelDecisions.DeskLine;
import vn.chuanmuc.ui.View;

/** Where a viewer decides, and where they approve. */
record DesksPage(List<DeskLine> desks, List<DeskLine> approving, boolean maySetSigns, LocalDate today) implements View {
    boolean late(DeskLine desk, long waiting) {
        LocalDate due = desk.due();
        return waiting > 0 && due != null && due.isBefore(today);
    }
}
