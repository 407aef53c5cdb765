package vn.chuanmuc.submissions.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.submissions.ListChanges;
import vn.chuanmuc.submissions.ListState;
import vn.chuanmuc.submissions.ListVersion;
import vn.chuanmuc.submissions.Lists.Numbered;
import vn.chuanmuc.submissions.Lists.Sheet;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/**
 * Where the board writes what is wrong, row by row.
 *
 * @param remarks everything entered so far, by person
 * @param note null before anything was entered
 * @param drift how people stand differently now from the version
 * @param hidden those of them on rows that are not on this page
 */
record SendBackPage(
        Sheet sheet,
        ListVersion version,
        List<Numbered> rows,
        Map<String, Audience> titles,
        Map<UUID, String> remarks,
        Map<UUID, String> hidden,
        @Nullable String note,
        ListChanges drift,
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
        return new ListWords(ui::t, titles, Map.of());
    }

    String address() {
        return ListsController.address(sheet.key());
    }

    /** What was entered; before that, what speaks for a new version. */
    String note(Ui ui) {
        if (note != null) {
            return note;
        }
        return drift.total() == 0 ? "" : ui.t("submissions.send-back.note.drift", drift.total(), drift.who());
    }

    boolean waiting() {
        return version.state() == ListState.SUBMITTED && sheet.may().decide();
    }

    String remark(Numbered row) {
        return remarks.getOrDefault(row.row().personId(), "");
    }

    static String field(UUID person) {
        return ListsController.REMARK + person;
    }
}
