package vn.chuanmuc.assessments.web;

import java.util.List;
import vn.chuanmuc.assessments.LevelDecisions.SignRule;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** From when on which signs of formality are shown. @param now in force today */
record SignsPage(SignRule now, List<SignRule> rules, boolean maySet, Typed typed, FormErrors errors) implements View {
    record Typed(String from, String seconds, String people, String basis) {}

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
