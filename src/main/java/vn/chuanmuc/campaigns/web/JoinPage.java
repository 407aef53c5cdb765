package vn.chuanmuc.campaigns.web;

import java.util.List;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Candidate;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** @param chosen person and unit, as one value of the choice */
record JoinPage(
        Campaign campaign,
        String words,
        List<Candidate> candidates,
        List<CriteriaSet> sets,
        String chosen,
        String set,
        String date,
        String reason,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String value(Candidate candidate) {
        return candidate.personId() + " " + candidate.unitId();
    }
}
