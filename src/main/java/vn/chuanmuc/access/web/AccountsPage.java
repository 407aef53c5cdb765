package vn.chuanmuc.access.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Accounts.Issued;
import vn.chuanmuc.access.Accounts.Listed;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** @param issued the account just made or reset, with its code: shown this once */
record AccountsPage(
        List<Listed> accounts,
        List<Unit> units,
        List<Role> roles,
        String words,
        Paging paging,
        @Nullable Issued issued,
        String newName,
        String newUsername,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String roleKey(Role role) {
        return AccountsController.roleKey(role);
    }
}
