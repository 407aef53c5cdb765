package vn.chuanmuc.panels.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import vn.chuanmuc.panels.PanelRule;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** By what meetings go: in force, those set before, and a new one. */
record RulePage(
        PanelRule now,
        List<PanelRule> history,
        boolean sets,
        LocalDate today,
        Map<String, String> typed,
        FormErrors errors)
        implements View {
    String entered(String field, String otherwise) {
        return typed.getOrDefault(field, otherwise);
    }

    /** A share as it was entered; before, as it is in force. */
    String share(String field, String what) {
        PanelRule.Share share = field.equals("da-so") ? now.majority() : now.quorum();
        String inForce = share == null
                ? ""
                : switch (what) {
                    case "-phan" -> String.valueOf(share.part());
                    case "-tren" -> String.valueOf(share.of());
                    default -> share.more() ? "qua" : "";
                };
        return entered(field + what, inForce);
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
