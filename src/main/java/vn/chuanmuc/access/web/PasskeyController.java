package vn.chuanmuc.access.web;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.OpenToAll;
import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.ui.FormErrors;

/** A person's own passkeys, and what a page asks a browser for. The page works by password where there is no script. */
@Controller
class PasskeyController {
    private static final String OWN = "/tai-khoan/khoa-truy-cap";

    private final Passkeys passkeys;
    private final AccountController account;

    PasskeyController(Passkeys passkeys, AccountController account) {
        this.passkeys = passkeys;
        this.account = account;
    }

    @PostMapping(OWN)
    @Allowed(Permission.OWN_PAGES)
    Object begin(
            Viewer viewer,
            @RequestParam(name = "ten-khoa", defaultValue = "") String name,
            @RequestParam(name = "mat-khau", defaultValue = "") String password) {
        return switch (passkeys.begin(viewer, name, password)) {
            case Passkeys.Step.Done done -> "redirect:" + OWN;
            case Passkeys.Step.Refused(var field, var why) -> account.page(viewer, name, FormErrors.of(field, why));
        };
    }

    @GetMapping(OWN)
    @Allowed(Permission.OWN_PAGES)
    Object waiting(Viewer viewer) {
        Optional<Passkeys.Waiting> waits = passkeys.waiting(viewer);
        return waits.isPresent() ? new PasskeyPage(waits.get(), viewer.shared()) : "redirect:/tai-khoan";
    }

    @PostMapping(OWN + "/ghi")
    @Allowed(Permission.OWN_PAGES)
    Object register(
            Viewer viewer,
            @RequestParam(name = "ten-khoa", defaultValue = "") String name,
            @RequestParam(name = "khoa", defaultValue = "") String answer) {
        return switch (passkeys.register(viewer, answer)) {
            case Passkeys.Step.Done done -> "redirect:/tai-khoan?xong=passkey-registered";
            case Passkeys.Step.Refused(var field, var why) -> account.page(viewer, name, FormErrors.of(field, why));
        };
    }

    @PostMapping(OWN + "/{id}/bo")
    @Allowed(Permission.OWN_PAGES)
    String remove(Viewer viewer, @PathVariable("id") UUID id) {
        passkeys.remove(viewer, id);
        return "redirect:/tai-khoan?xong=passkey-removed";
    }

    /** Before something is confirmed. @param about SHA-256 of it, 64 hexadecimal digits */
    @PostMapping("/khoa-truy-cap/thu-thach")
    @Allowed(Permission.OWN_PAGES)
    ResponseEntity<String> ask(Viewer viewer, @RequestParam(name = "viec", defaultValue = "") String about) {
        return options(
                about.matches("[0-9a-f]{64}")
                        ? passkeys.challenge(viewer, HexFormat.of().parseHex(about))
                        : Optional.empty());
    }

    @PostMapping("/dang-nhap/thu-thach")
    @OpenToAll("Somebody who signs in is nobody yet")
    ResponseEntity<String> askToSignIn() {
        return options(passkeys.challengeToSignIn());
    }

    private static ResponseEntity<String> options(Optional<String> json) {
        return json.map(text -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.noStore())
                        .body(text))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
