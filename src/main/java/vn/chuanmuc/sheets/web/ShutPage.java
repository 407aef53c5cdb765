package vn.chuanmuc.sheets.web;

import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.View;

/** A paper that somebody else has to read. */
record ShutPage(String person, String stage, Reason why) implements View {
    @Override
    public int status() {
        return 403;
    }
}
