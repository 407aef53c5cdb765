package vn.chuanmuc.sheets.web;

import org.jspecify.annotations.Nullable;
import vn.chuanmuc.sheets.SheetPile;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Bringing scans. @param into the pile to add to; null for a new one */
record TakePage(@Nullable SheetPile into, UnitChoice choice, String label, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
