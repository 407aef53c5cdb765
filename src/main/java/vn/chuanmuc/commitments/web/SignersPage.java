package vn.chuanmuc.commitments.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.commitments.Commitments.Signer;
import vn.chuanmuc.commitments.SignerQuery;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.directory.Leaves;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * @param away who of those shown is on leave today
 */
record SignersPage(
        Campaign campaign,
        Counts counts,
        List<Signer> signers,
        UnitChoice choice,
        AsOf asOf,
        String todayAddress,
        SignerQuery query,
        Paging paging,
        boolean mayRecord,
        Map<UUID, Leaves.Leave> away)
        implements View {
    @Override
    public int status() {
        return asOf.status();
    }

    List<Standing> standings() {
        return List.of(Standing.OPEN, Standing.SIGNED, Standing.DECLINED, Standing.EXCUSED, Standing.LEFT);
    }

    long overdue() {
        return campaign.signBy().isBefore(asOf.day()) ? counts.open() : 0;
    }

    boolean late(Signer signer, Ui ui) {
        return switch (signer.standing()) {
            case OPEN -> campaign.signBy().isBefore(asOf.day());
            case SIGNED -> signer.at() != null && ui.day(signer.at()).isAfter(campaign.signBy());
            case DECLINED, EXCUSED, LEFT -> false;
        };
    }

    String record(Signer signer) {
        return "/cam-ket/khong-ky/" + campaign.id() + "/" + signer.personId();
    }

    boolean recordable(Signer signer) {
        return mayRecord
                && !asOf.past()
                && (signer.standing() == Standing.OPEN || signer.standing() == Standing.EXCUSED);
    }
}
