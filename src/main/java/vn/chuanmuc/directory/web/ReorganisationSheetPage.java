package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.ReorganisationSheet.Finding;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** The Excel form of a draft, and what was wrong with the one uploaded. */
record ReorganisationSheetPage(
        ReorganisationDraft draft, boolean writes, List<Finding> findings, int more, FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() && findings.isEmpty() ? 200 : 422;
    }

    String at() {
        return ReorganisationWords.at(draft.id());
    }
}
