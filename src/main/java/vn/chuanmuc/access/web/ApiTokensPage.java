package vn.chuanmuc.access.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.ApiTokens.Listed;
import vn.chuanmuc.access.web.ApiTokensController.IssueForm;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** @param shown the token just issued; null otherwise */
record ApiTokensPage(
        List<Listed> tokens,
        UnitChoice choice,
        LocalDate today,
        IssueForm form,
        @Nullable Shown shown,
        FormErrors errors)
        implements View {
    record Shown(String name, String token) {}

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    static String tone(String state) {
        return switch (state) {
            case "valid" -> "good";
            case "coming" -> "wait";
            default -> "";
        };
    }
}
