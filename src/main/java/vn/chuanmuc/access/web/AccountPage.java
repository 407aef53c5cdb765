package vn.chuanmuc.access.web;

import java.util.List;
import vn.chuanmuc.access.Passkeys.Passkey;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * @param addresses at which passkeys work, parted by blanks; empty when they work nowhere
 * @param name entered for the next passkey
 */
record AccountPage(
        Viewer viewer, List<RoleHeld> roles, List<Passkey> passkeys, String addresses, String name, FormErrors errors)
        implements View {
    record RoleHeld(String key, String unit) {}

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
