package vn.chuanmuc.access.web;

import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

record SetUpPage(String body, String name, String username, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
