package vn.chuanmuc.notifications.web;

import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.notifications.Addresses;
import vn.chuanmuc.notifications.Addresses.Done;
import vn.chuanmuc.notifications.Addresses.Own;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Where and how I get mail. */
@Controller
class OwnMailController {
    static final String MAIL = "/thong-bao/thu";

    private final Addresses addresses;

    OwnMailController(Addresses addresses) {
        this.addresses = addresses;
    }

    /** @param code from the link in the verification mail: filled in, and used only when its owner presses the button */
    @GetMapping(MAIL)
    @Allowed(Permission.OWN_PAGES)
    View own(Viewer viewer, @RequestParam(name = "ma", defaultValue = "") String code) {
        return page(viewer, "", code.length() > 40 ? "" : code, FormErrors.NONE);
    }

    private OwnMailPage page(Viewer viewer, String typed, String code, FormErrors errors) {
        Own own = addresses.own(viewer);
        return page(own, typed, code, own.rhythm().code(), own.muted(), own.language(), errors);
    }

    private OwnMailPage page(
            Own own, String typed, String code, String rhythm, List<String> muted, String language, FormErrors errors) {
        return new OwnMailPage(
                own, addresses.sending(), addresses.groups(), typed, code, rhythm, muted, language, errors);
    }

    @PostMapping(MAIL + "/dia-chi")
    @Allowed(Permission.OWN_PAGES)
    Object enter(Viewer viewer, @RequestParam(name = "dia-chi", defaultValue = "") String typed) {
        return switch (addresses.enter(viewer, typed)) {
            case Done.Now now -> Answer.done(MAIL, "address-entered");
            case Done.Refused(var field, var why) -> page(viewer, typed, "", FormErrors.of(field, why));
        };
    }

    @PostMapping(MAIL + "/gui-lai")
    @Allowed(Permission.OWN_PAGES)
    Object sendCode(Viewer viewer) {
        return switch (addresses.sendCode(viewer)) {
            case Done.Now now -> Answer.done(MAIL, "code-sent");
            case Done.Refused(var field, var why) -> page(viewer, "", "", FormErrors.of(field, why));
        };
    }

    @PostMapping(MAIL + "/xac-nhan")
    @Allowed(Permission.OWN_PAGES)
    Object verify(Viewer viewer, @RequestParam(name = "ma", defaultValue = "") String code) {
        return switch (addresses.verify(viewer, code)) {
            case Done.Now now -> Answer.done(MAIL, "address-verified");
            case Done.Refused(var field, var why) ->
                page(viewer, "", code.length() > 40 ? "" : code, FormErrors.of(field, why));
        };
    }

    @PostMapping(MAIL + "/thoi")
    @Allowed(Permission.OWN_PAGES)
    String withdraw(Viewer viewer) {
        addresses.withdraw(viewer);
        return Answer.done(MAIL, "address-withdrawn");
    }

    @PostMapping(MAIL + "/bo")
    @Allowed(Permission.OWN_PAGES)
    String remove(Viewer viewer) {
        addresses.remove(viewer);
        return Answer.done(MAIL, "address-removed");
    }

    /** @param sent the groups whose boxes are ticked: those that are wanted */
    @PostMapping(MAIL + "/cach-nhan")
    @Allowed(Permission.OWN_PAGES)
    Object choose(
            Viewer viewer,
            @RequestParam(name = "nhip", defaultValue = "") String rhythm,
            @RequestParam(name = "nhom", defaultValue = "") List<String> sent,
            @RequestParam(name = "ngon-ngu", defaultValue = "") String language) {
        List<String> muted = addresses.groups().stream()
                .filter(group -> !sent.contains(group))
                .toList();
        return switch (addresses.choose(viewer, rhythm, muted, language)) {
            case Done.Now now -> Answer.done(MAIL, "mail-chosen");
            case Done.Refused(var field, var why) ->
                page(addresses.own(viewer), "", "", rhythm, muted, language, FormErrors.of(field, why));
        };
    }
}
