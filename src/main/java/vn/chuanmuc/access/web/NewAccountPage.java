package vn.chuanmuc.access.web;

import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** @param form token with which the form counts once */
record NewAccountPage(String name, String username, String reason, String form, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
