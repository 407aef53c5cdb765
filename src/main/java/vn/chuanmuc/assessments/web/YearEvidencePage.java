package vn.chuanmuc.assessments.web;

import java.util.List;
import java.util.UUID;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.assessments.Results.Line;
import vn.chuanmuc.ui.View;

/**
 * A person's quarters of one year, as evidence for whoever rates the year elsewhere.
 *
 * @param lines results that were told; several in a quarter where the person moved
 * @param own whether it is the viewer
 */
record YearEvidencePage(UUID personId, String fullName, int year, List<Line> lines, boolean own) implements View {
    List<Period> quarters() {
        return List.of(new Period(year, 1), new Period(year, 2), new Period(year, 3), new Period(year, 4));
    }

    List<Line> of(Period quarter) {
        return lines.stream().filter(line -> line.period().equals(quarter)).toList();
    }
}
