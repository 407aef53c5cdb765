package vn.chuanmuc.rules.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.RuleVersion;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * A version tried on made-up answers. Nothing is kept.
 *
 * @param text of the chosen set; null when no decision is published
 * @param levels by position from 1: the ordinal, or 0 for not assessed
 * @param query of the address of the sheet
 */
record TryPage(
        RuleVersion version,
        List<CriteriaSet> sets,
        @Nullable UUID set,
        @Nullable SetText text,
        List<Integer> levels,
        Map<String, String> figures,
        Map<String, Boolean> facts,
        @Nullable Computation computation,
        String query,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
