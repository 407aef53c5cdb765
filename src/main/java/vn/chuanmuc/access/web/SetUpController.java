package vn.chuanmuc.access.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.OpenToAll;
import vn.chuanmuc.access.SetUp;
import vn.chuanmuc.ui.FormErrors;

@Controller
class SetUpController {
    private final SetUp setUp;

    SetUpController(SetUp setUp) {
        this.setUp = setUp;
    }

    @GetMapping("/thiet-lap")
    @OpenToAll("Nobody has an account yet; closed for ever once a body is set up")
    Object form() {
        return setUp.needed() ? new SetUpPage("", "", "quantri", FormErrors.NONE) : "redirect:/dang-nhap";
    }

    @PostMapping("/thiet-lap")
    @OpenToAll("Guarded by the one-time code that the console printed")
    Object complete(
            @RequestParam("ma") String code,
            @RequestParam("co-quan") String body,
            @RequestParam("ho-ten") String name,
            @RequestParam("ten") String username,
            @RequestParam("mat-khau") String password) {
        if (!setUp.needed()) {
            return "redirect:/dang-nhap";
        }
        return switch (setUp.complete(code, body, name, username.strip(), password)) {
            case SetUp.Result.Ready ready -> "redirect:/dang-nhap?xong=set-up";
            case SetUp.Result.Refused refused ->
                new SetUpPage(body, name, username, FormErrors.of(refused.field(), refused.why()));
        };
    }
}
