package vn.chuanmuc.sheets.web;

import vn.chuanmuc.sheets.PaperPage;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** One scanned page, and what can be done with it. */
record LoosePage(PaperPage page, String code, String number, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String at() {
        return SheetsController.ADDRESS + "/trang/" + page.id();
    }

    String back() {
        return page.paperId() == null
                ? SheetsController.ADDRESS + "/chong/" + page.pileId()
                : ReadingController.ADDRESS + "/" + page.paperId();
    }
}
