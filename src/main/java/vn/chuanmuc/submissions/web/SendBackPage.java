package vn.chuanmuc.submissions.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.submissions.ListState;
import vn.chuanmuc.submissions.ListVersion;
import vn.chuanmuc.submissions.Lists.Sheet;
import vn.chuanmuc.submissions.web.ListPage.NumberedRow;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/**
 * Where the board writes what is wrong, row by row.
 *
 * @param remarks everything entered so far, by person
 * @param hidden those of them on rows that are not on this page
 */
record SendBackPage(
        Sheet sheet,
        ListVersion version,
        List<NumberedRow> rows,
        Map<String, Audience> titles,
        Map<UUID, String> remarks,
        Map<UUID, String> hidden,
        String note,
        String words,
        int page,
        int pages,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    ListWords speech(Ui ui) {
        return new ListWords(ui::t, titles);
    }

    String address() {
        return ListsController.address(sheet.key());
    }

    boolean waiting() {
        return version.state() == ListState.SUBMITTED && sheet.may().decide();
    }

    String remark(NumberedRow row) {
        return remarks.getOrDefault(row.row().personId(), "");
    }

    static String field(UUID person) {
        return ListsController.REMARK + person;
    }
}
