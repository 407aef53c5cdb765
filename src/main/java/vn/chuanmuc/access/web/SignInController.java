package vn.chuanmuc.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;
import vn.chuanmuc.access.OpenToAll;
import vn.chuanmuc.access.PasskeyPlace;
import vn.chuanmuc.access.SampleSignIns;
import vn.chuanmuc.access.SetUp;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.ui.View;

@Controller
class SignInController {
    private static final String PASSKEY = "khoa-";
    private static final Set<String> PASSKEY_REFUSALS = Set.of(
            "khoa-wrong", "khoa-late", "khoa-unknown", "khoa-ended", "khoa-address", "khoa-unverified", "khoa-copied");

    private final ObjectProvider<SampleSignIns> samples;
    private final SetUp setUp;
    private final PasskeyPlace place;
    private final LocaleResolver locales;

    SignInController(ObjectProvider<SampleSignIns> samples, SetUp setUp, PasskeyPlace place, LocaleResolver locales) {
        this.place = place;
        this.samples = samples;
        this.setUp = setUp;
        this.locales = locales;
    }

    @GetMapping("/")
    @OpenToAll("Only sends on to the first page or to signing in")
    String root(@Nullable Viewer viewer) {
        if (viewer != null) {
            return "redirect:/viec";
        }
        return setUp.needed() ? "redirect:/thiet-lap" : "redirect:/dang-nhap";
    }

    @GetMapping("/dang-nhap")
    @OpenToAll("Signing in itself")
    View signIn(@RequestParam(name = "loi", required = false) @Nullable String refused) {
        SampleSignIns offered = samples.getIfAvailable();
        return new SignInPage(
                refused == null ? null : why(refused),
                offered == null ? List.of() : offered.list(),
                place.open() ? place.addresses() : "");
    }

    private static String why(String code) {
        return PASSKEY_REFUSALS.contains(code)
                ? "access.passkey.refused." + code.substring(PASSKEY.length())
                : "access.sign-in.refused";
    }

    @GetMapping("/ngon-ngu")
    @OpenToAll("The language is chosen before signing in, too")
    String language(
            @RequestParam("l") String language,
            @RequestParam(name = "ve", defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        locales.setLocale(request, response, Locale.forLanguageTag(language.equals("en") ? "en" : "vi"));
        // Only to ourselves: one leading slash, no scheme, no host, no template; a query only of what stands encoded in
        // one.
        boolean ours = back.matches("/[A-Za-z0-9/_.-]*(\\?[A-Za-z0-9%&=+*._~/:-]*)?") && !back.startsWith("//");
        return "redirect:" + (ours ? back : "/");
    }
}
