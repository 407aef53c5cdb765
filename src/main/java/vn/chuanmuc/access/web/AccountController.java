package vn.chuanmuc.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Confirmation;
import vn.chuanmuc.access.PasskeyPlace;
import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Sessions;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

@Controller
class AccountController {
    private static final String DONE = "redirect:/viec?xong=password";

    private final Accounts accounts;
    private final Units units;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final PasskeyPlace place;

    AccountController(Accounts accounts, Units units, Sessions sessions, Passkeys passkeys, PasskeyPlace place) {
        this.accounts = accounts;
        this.units = units;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.place = place;
    }

    @GetMapping("/tai-khoan")
    @Allowed(Permission.OWN_PAGES)
    View account(Viewer viewer) {
        return page(viewer, "", FormErrors.NONE);
    }

    /** @param name entered for the next passkey */
    View page(Viewer viewer, String name, FormErrors errors) {
        return new AccountPage(
                viewer,
                viewer.grants().stream()
                        .map(grant -> new AccountPage.RoleHeld(
                                AccountsController.roleKey(grant.role()),
                                units.find(viewer.tenantId(), grant.unitId())
                                        .map(Units.Unit::name)
                                        .orElse("")))
                        .toList(),
                passkeys.list(viewer),
                place.open() ? place.addresses() : "",
                name,
                errors);
    }

    @GetMapping("/mat-khau")
    @Allowed(Permission.OWN_PAGES)
    View password(Viewer viewer) {
        return new PasswordPage(viewer.mustSetPassword(), FormErrors.NONE);
    }

    @PostMapping("/mat-khau")
    @Allowed(Permission.OWN_PAGES)
    Object choose(
            Viewer viewer,
            @RequestParam(name = "hien-tai", defaultValue = "") String current,
            @RequestParam("moi") String chosen,
            @RequestParam("nhac-lai") String again,
            HttpServletRequest request) {
        if (!chosen.equals(again)) {
            return refused(viewer, "nhac-lai", Reason.of("access.password.differs"));
        }
        if (!viewer.mustSetPassword() && accounts.confirm(viewer, current) instanceof Confirmation.Refused refused) {
            // A second click on the same form: the password is the one just chosen.
            return accounts.confirm(viewer, chosen) instanceof Confirmation.Confirmed
                    ? DONE
                    : refused(viewer, "hien-tai", refused.why());
        }
        Optional<Reason> why = accounts.choosePassword(viewer, chosen, sessions.mark(request));
        if (why.isPresent()) {
            return refused(viewer, "moi", why.get());
        }
        return DONE;
    }

    private static View refused(Viewer viewer, String field, Reason why) {
        return new PasswordPage(viewer.mustSetPassword(), FormErrors.of(field, why));
    }
}
