package vn.chuanmuc.commitments.web;

import vn.chuanmuc.commitments.Commitments.Form;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

record WithdrawPage(Form form, String reason, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean possible() {
        return form.lock() == null && form.standing() == Standing.SIGNED;
    }

    String back() {
        return "/cam-ket/danh-sach/" + form.campaignId();
    }
}
