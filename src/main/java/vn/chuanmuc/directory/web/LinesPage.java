package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.ui.View;

/** @param manages may found lines */
record LinesPage(List<Line> lines, Lines.Totals totals, LocalDate day, LocalDate today, boolean manages, LineForm form)
        implements View {
    @Override
    public int status() {
        return form.errors().none() ? 200 : 422;
    }

    long people(Line line) {
        return totals.people().getOrDefault(line.id(), 0L);
    }

    List<Lines.Kind> kinds() {
        return List.of(Lines.Kind.values());
    }

    boolean then() {
        return !day.equals(today);
    }
}
