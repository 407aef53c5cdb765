package vn.chuanmuc.access.web;

import vn.chuanmuc.access.Accounts.Listed;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** An account with the roles it had on a day that is past. */
record AccountThenPage(Listed account, AsOf asOf) implements Dated {
    @Override
    public String undated() {
        return "access.accounts.undated";
    }

    String roleKey(Role role) {
        return AccountsController.roleKey(role);
    }
}
