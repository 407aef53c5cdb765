package vn.chuanmuc.commitments.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.Commitments;
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
        boolean mayPrint,
        boolean mayWithdraw,
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

    String print(Signer signer) {
        return "/cam-ket/in/" + campaign.id() + "/" + signer.personId() + ".pdf";
    }

    /** Printing what is listed: the same people, without the order and the page. */
    String printAll() {
        Standing standing = query.standing();
        return "/cam-ket/in/" + campaign.id() + "?"
                + (query.words().isEmpty() ? "" : "tim=" + Ui.encode(query.words()) + "&")
                + (query.unitId() == null ? "" : UnitChoice.ID + "=" + query.unitId() + "&")
                + (standing == null ? "" : "trang-thai=" + standing.code());
    }

    boolean prints() {
        return mayPrint && !asOf.past();
    }

    boolean printable(Signer signer) {
        return switch (signer.standing()) {
            case SIGNED -> true;
            case OPEN, DECLINED, EXCUSED -> campaign.methods().contains(Commitments.PAPER);
            case LEFT -> false;
        };
    }

    boolean withdraws() {
        return mayWithdraw && !asOf.past();
    }

    String withdraw(Signer signer) {
        return "/cam-ket/thu-hoi/" + campaign.id() + "/" + signer.personId();
    }

    boolean recordable(Signer signer) {
        return mayRecord
                && !asOf.past()
                && (signer.standing() == Standing.OPEN || signer.standing() == Standing.EXCUSED);
    }
}
