package vn.chuanmuc.assessments.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.Cycles.UnitProgress;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.Line;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** The forms of a cycle. @param units to choose from: those that have forms */
record FormsPage(
        Cycle cycle,
        List<Line> lines,
        List<UnitProgress> units,
        @Nullable UUID unit,
        String state,
        String words,
        Paging paging)
        implements View {
    String at() {
        return CyclesController.LIST + "/" + cycle.id() + "/phieu";
    }

    String to(Line line) {
        return OwnFormsController.address(line);
    }

    static List<String> states() {
        return Forms.CycleQuery.STATES;
    }
}
