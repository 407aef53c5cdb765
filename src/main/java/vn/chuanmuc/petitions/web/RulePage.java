package vn.chuanmuc.petitions.web;

import java.util.List;
import java.util.Map;
import vn.chuanmuc.petitions.PetitionRule;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** What the body does about petitions. @param now the rule of today @param typed what stands in the form */
record RulePage(
        PetitionRule now, List<PetitionRule> all, boolean maySet, Map<String, String> typed, FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String typed(String field) {
        return typed.getOrDefault(field, "");
    }
}
