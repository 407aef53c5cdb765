package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** @param rows the units that match, each below its parent */
record UnitsPage(List<Row> rows, List<Unit> all, boolean readsPeople, String words, Form form, FormErrors errors)
        implements View {
    /** @param level how far to the right the unit stands, from 0 */
    record Row(Unit unit, int level, int people) {}

    record Form(
            String code,
            String name,
            Units.Kind kind,
            @Nullable UUID parent) {
        static final Form EMPTY = new Form("", "", Units.Kind.OFFICE, null);
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    /** A body has one top unit, made with it. */
    List<Units.Kind> kinds() {
        return List.of(Units.Kind.WARD, Units.Kind.OFFICE, Units.Kind.SCHOOL, Units.Kind.OTHER);
    }
}
