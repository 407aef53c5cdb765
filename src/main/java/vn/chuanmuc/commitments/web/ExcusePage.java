package vn.chuanmuc.commitments.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.commitments.Commitments.Form;
import vn.chuanmuc.commitments.Commitments.Version;
import vn.chuanmuc.commitments.ReasonKind;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** @param accounts names of those who recorded, by account */
record ExcusePage(
        Form form, List<Version> versions, Map<UUID, String> accounts, String kind, String reason, FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean mayRecord() {
        return form.lock() == null && (form.standing() == Standing.OPEN || form.standing() == Standing.EXCUSED);
    }

    boolean mayTakeBack() {
        return form.lock() == null && form.standing() == Standing.EXCUSED;
    }

    List<ReasonKind> kinds() {
        return ReasonKind.OFFICE;
    }

    String back() {
        return "/cam-ket/danh-sach/" + form.campaignId();
    }

    String list() {
        return "/danh-sach/" + form.campaignId() + "/" + form.unitId() + "/" + form.blocId();
    }
}
