package vn.chuanmuc.access.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Accounts.Listed;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice.Option;

/**
 * One account with its roles, for the administrator.
 *
 * @param own whether it is the administrator's own
 * @param units those to choose from, out of {@code unitsFound}
 * @param form token with which the form for a new code counts once
 */
record ManagedAccountPage(
        Listed account,
        boolean own,
        List<Role> roles,
        List<Option> units,
        int unitsFound,
        Entered entered,
        String form,
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    /** What was entered in the form that gives a role. */
    record Entered(String role, @Nullable UUID unit, String unitWords, String reason) {
        static final Entered NOTHING = new Entered("", null, "", "");
    }

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    String address() {
        return AccountsController.LIST + "/" + account.id();
    }

    String roleKey(Role role) {
        return AccountsController.roleKey(role);
    }

    int unitsLeft() {
        return unitsFound - units.size();
    }
}
