package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.UnitChoice;

/**
 * @param manages may change the line itself; {@code places}: may give units places
 * @param choice of the unit that gets a place, below which {@code superior}; null where none may be given
 */
record LinePage(
        Line line,
        Lines.Tree tree,
        long people,
        LocalDate today,
        boolean manages,
        boolean places,
        boolean members,
        @Nullable UnitChoice choice,
        @Nullable UnitChoice superior,
        LineForm form,
        AsOf asOf)
        implements Dated {
    @Override
    public int status() {
        return form.errors().none() ? asOf.status() : 422;
    }

    List<Lines.Kind> kinds() {
        return List.of(Lines.Kind.values());
    }

    boolean then() {
        return asOf.past();
    }

    String address() {
        return "/tuyen/" + line.id();
    }
}
