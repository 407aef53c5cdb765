package vn.chuanmuc.commitments.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.commitments.Commitments.Signer;
import vn.chuanmuc.commitments.SignerQuery;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.directory.Leaves;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/**
 * @param away who of those shown is on leave today
 */
record SignersPage(
        Campaign campaign,
        Counts counts,
        List<Signer> signers,
        List<Unit> units,
        SignerQuery query,
        Paging paging,
        boolean mayRecord,
        LocalDate today,
        Map<UUID, Leaves.Leave> away)
        implements View {
    List<Standing> standings() {
        return List.of(Standing.OPEN, Standing.SIGNED, Standing.DECLINED, Standing.EXCUSED, Standing.LEFT);
    }

    long overdue() {
        return campaign.signBy().isBefore(today) ? counts.open() : 0;
    }

    boolean chosen(Unit unit) {
        @Nullable UUID id = query.unitId();
        return id != null && id.equals(unit.id());
    }

    boolean late(Signer signer, Ui ui) {
        return switch (signer.standing()) {
            case OPEN -> campaign.signBy().isBefore(today);
            case SIGNED -> signer.at() != null && ui.day(signer.at()).isAfter(campaign.signBy());
            case DECLINED, EXCUSED, LEFT -> false;
        };
    }

    String record(Signer signer) {
        return "/cam-ket/khong-ky/" + campaign.id() + "/" + signer.personId();
    }

    boolean recordable(Signer signer) {
        return mayRecord && (signer.standing() == Standing.OPEN || signer.standing() == Standing.EXCUSED);
    }
}
