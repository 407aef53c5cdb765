package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.ui.View;

/** @param prepares whether the viewer may write a new one */
record ReorganisationsPage(List<ReorganisationDraft.Facts> all, boolean prepares) implements View {
    String tag(ReorganisationDraft.Facts one) {
        return ReorganisationWords.tag(one.state());
    }
}
