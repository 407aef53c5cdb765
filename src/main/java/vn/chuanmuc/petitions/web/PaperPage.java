package vn.chuanmuc.petitions.web;

import java.util.List;
import vn.chuanmuc.petitions.PaperEntry.Found;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Whose petition came on paper: results to choose one from. @param asked whether anything was searched */
record PaperPage(String words, boolean asked, List<Found> found, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
