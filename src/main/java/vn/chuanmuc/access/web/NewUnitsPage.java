package vn.chuanmuc.access.web;

import java.util.List;
import vn.chuanmuc.access.NewUnits.Lacking;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.ui.View;

/** New units in which a role is still to be given. */
record NewUnitsPage(List<Lacking> units) implements View {
    String roleKey(Role role) {
        return AccountsController.roleKey(role);
    }
}
