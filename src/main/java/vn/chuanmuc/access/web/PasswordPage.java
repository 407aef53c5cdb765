package vn.chuanmuc.access.web;

import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

record PasswordPage(boolean first, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
