package vn.chuanmuc.sheets.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.sheets.SheetWitnesses.Choice;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * A paper that somebody else has to read.
 *
 * @param choices who may compare it; {@code words} that were searched for, {@code username} of who is chosen
 * @param searched whether the page answers a search
 * @param mayNot why the viewer cannot enter it with a witness either; null when they can
 */
record ShutPage(
        UUID paper,
        String person,
        String stage,
        Reason why,
        @Nullable Reason mayNot,
        List<Choice> choices,
        String words,
        boolean searched,
        String username,
        String reason,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return !errors.none() ? 422 : searched ? 200 : 403;
    }

    String at() {
        return ReadingController.ADDRESS + "/" + paper;
    }
}
