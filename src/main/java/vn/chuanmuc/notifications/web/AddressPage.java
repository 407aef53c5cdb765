package vn.chuanmuc.notifications.web;

import vn.chuanmuc.notifications.Addresses.Others;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Somebody else's address, to be entered for them. @param typed what stands in the field */
record AddressPage(Others others, boolean sending, String typed, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
