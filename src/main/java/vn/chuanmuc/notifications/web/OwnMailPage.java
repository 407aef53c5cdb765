package vn.chuanmuc.notifications.web;

import java.util.List;
import vn.chuanmuc.notifications.Addresses.Own;
import vn.chuanmuc.notifications.Addresses.Rhythm;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * @param sending whether mail is sent at all
 * @param typed what stands in the field of the address; {@code code} in that of the code
 * @param muted groups that are ticked off; {@code rhythm} and {@code language} as chosen
 */
record OwnMailPage(
        Own own,
        boolean sending,
        List<String> groups,
        String typed,
        String code,
        String rhythm,
        List<String> muted,
        String language,
        FormErrors errors)
        implements View {
    static List<Rhythm> rhythms() {
        return List.of(Rhythm.values());
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
