package vn.chuanmuc.sheets.web;

import vn.chuanmuc.sheets.SheetPrints.Run;
import vn.chuanmuc.ui.View;

/** What came of printing many. */
record SheetRunPage(Run run) implements View {
    boolean fetchable() {
        return run.finished() && run.papers() > 0;
    }
}
