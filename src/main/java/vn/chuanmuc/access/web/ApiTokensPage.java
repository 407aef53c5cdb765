package vn.chuanmuc.access.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.ApiTokens.Listed;
import vn.chuanmuc.access.web.ApiTokensController.IssueForm;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;

/** @param shown the token just issued; null otherwise */
record ApiTokensPage(
        List<Listed> tokens,
        UnitChoice choice,
        IssueForm form,
        @Nullable Shown shown,
        FormErrors errors,
        AsOf asOf) implements Dated {
    record Shown(String name, String token) {}

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    static String tone(String state) {
        return switch (state) {
            case "valid" -> "good";
            case "coming" -> "wait";
            default -> "";
        };
    }
}
