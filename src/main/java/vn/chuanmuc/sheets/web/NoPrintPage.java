package vn.chuanmuc.sheets.web;

import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.View;

/** Why a form cannot be printed now. */
record NoPrintPage(Reason why) implements View {
    @Override
    public int status() {
        return 422;
    }
}
