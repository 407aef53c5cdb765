package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** @param manages may found lines */
record LinesPage(List<Line> lines, Lines.Totals totals, boolean manages, LineForm form, AsOf asOf) implements Dated {
    @Override
    public int status() {
        return form.errors().none() ? asOf.status() : 422;
    }

    long people(Line line) {
        return totals.people().getOrDefault(line.id(), 0L);
    }

    List<Lines.Kind> kinds() {
        return List.of(Lines.Kind.values());
    }

    boolean then() {
        return asOf.past();
    }
}
