package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** @param prepares whether the viewer may write a new one */
record ReorganisationsPage(List<ReorganisationDraft.Facts> all, boolean prepares, AsOf asOf) implements Dated {
    @Override
    public String undated() {
        return "directory.reorg.undated";
    }

    String tag(ReorganisationDraft.Facts one) {
        return ReorganisationWords.tag(one.state());
    }
}
