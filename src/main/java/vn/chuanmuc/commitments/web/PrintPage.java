package vn.chuanmuc.commitments.web;

import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.CommitmentPapers.Look;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.SignerQuery;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * What is to be printed of a list of people.
 *
 * @param people how many papers it comes to
 * @param unit the unit they are of; null for all in scope
 * @param most how many can be printed in one go
 * @param atOnce up to how many somebody waits for
 */
record PrintPage(
        Campaign campaign,
        SignerQuery query,
        @Nullable String unit,
        String scope,
        long people,
        Look look,
        int most,
        int atOnce,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean onPaper() {
        return campaign.methods().contains(Commitments.PAPER);
    }

    String back() {
        return "/cam-ket/danh-sach/" + campaign.id() + (scope.isEmpty() ? "" : "?" + scope);
    }

    boolean printable() {
        return people > 0 && people <= most;
    }
}
