package vn.chuanmuc.access.web;

import java.util.List;
import vn.chuanmuc.access.Accounts.Listed;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.Paging;

record AccountsPage(List<Listed> accounts, String words, Paging paging, AsOf asOf) implements Dated {
    @Override
    public String undated() {
        return "access.accounts.undated";
    }

    String roleKey(Role role) {
        return AccountsController.roleKey(role);
    }

    /** Key of the words for how far an account has come. */
    static String stateKey(Listed account) {
        return "access.accounts." + (account.closed() ? "closed" : account.passwordSet() ? "active" : "waiting");
    }

    static String stateTag(Listed account) {
        return account.closed() ? "" : account.passwordSet() ? "good" : "wait";
    }
}
