package vn.chuanmuc.sheets.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * A paper that somebody else has to read.
 *
 * @param mayNot why the viewer cannot enter it with a witness either; null when they can
 */
record ShutPage(
        UUID paper,
        String person,
        String stage,
        Reason why,
        @Nullable Reason mayNot,
        String username,
        String reason,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 403 : 422;
    }

    String at() {
        return ReadingController.ADDRESS + "/" + paper;
    }
}
