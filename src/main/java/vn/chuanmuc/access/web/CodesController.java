package vn.chuanmuc.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Accounts.Entered;
import vn.chuanmuc.access.Accounts.EntryQuery;
import vn.chuanmuc.access.Accounts.Wanted;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Issuance;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** One-time codes on paper slips, for people who have never signed in. */
@Controller
class CodesController {
    private static final String ADDRESS = "/can-bo/ma-truy-cap";
    private static final int PAGE = 100;

    private final Accounts accounts;
    private final Units units;
    private final UnitChoices choices;

    CodesController(Accounts accounts, Units units, UnitChoices choices) {
        this.accounts = accounts;
        this.units = units;
        this.choices = choices;
    }

    @GetMapping(ADDRESS)
    @Allowed(Permission.ISSUE_CODES)
    View list(
            Viewer viewer,
            @RequestParam(name = UnitChoice.ID, defaultValue = "") String unit,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "loc", defaultValue = "") String state,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        return page(viewer, unit, typed, words, state, page, FormErrors.NONE);
    }

    private CodesPage page(
            Viewer viewer,
            String wanted,
            @Nullable String typed,
            String words,
            String state,
            int page,
            FormErrors errors) {
        List<UUID> held = List.of(viewer.unitsWith(Permission.ISSUE_CODES));
        var scope = new Scope(viewer.tenantId(), viewer.accountId(), held);
        UUID picked = Ids.read(wanted);
        UnitChoice choice = choices.of(scope, picked, typed);
        UUID chosen = picked != null && choice.few() ? picked : choice.unit();
        UUID unit = chosen != null
                ? chosen
                : choice.few() ? choice.options().getFirst().id() : held.getFirst();
        if (choice.chosen() == null && choice.problem() == null) {
            choice = choices.of(scope, unit, null);
        }
        Entered entered = entered(state);
        var query = new EntryQuery(unit, words, entered, Paging.offset(page, PAGE), PAGE);
        Map<Entered, Integer> counts = accounts.entryCounts(viewer, query);
        int found = entered == null
                ? counts.values().stream().mapToInt(Integer::intValue).sum()
                : counts.getOrDefault(entered, 0);
        String address = ADDRESS + "?don-vi=" + unit + "&tim=" + Ui.encode(words) + "&loc=" + CodesPage.code(entered);
        return new CodesPage(
                choice,
                query,
                accounts.entries(viewer, query),
                counts,
                new Paging(page, PAGE, found, address + "&"),
                accounts.newForm(),
                errors);
    }

    private static @Nullable Entered entered(String code) {
        for (Entered entered : Entered.values()) {
            if (CodesPage.code(entered).equals(code)) {
                return entered;
            }
        }
        return null;
    }

    /** @param scope {@code chua} for whoever has no code, {@code chua-vao} also for whoever has not used theirs, else those ticked */
    @PostMapping(ADDRESS)
    @Allowed(Permission.ISSUE_CODES)
    View issue(
            Viewer viewer,
            @RequestParam("don-vi") UUID unit,
            @RequestParam(name = "nguoi", required = false) @Nullable List<UUID> people,
            @RequestParam(name = "ai", defaultValue = "") String scope,
            @RequestParam(name = "phieu", defaultValue = "") String form,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "loc", defaultValue = "") String state,
            @RequestParam(name = "trang", defaultValue = "1") int page,
            HttpServletRequest request) {
        Wanted wanted = switch (scope) {
            case "chua" -> Wanted.WITHOUT_CODE;
            case "chua-vao" -> Wanted.NOT_ENTERED;
            default -> Wanted.CHOSEN;
        };
        return switch (accounts.issueCodes(viewer, unit, wanted, people == null ? List.of() : people, form)) {
            case Issuance.Issued issued ->
                new SlipsPage(
                        units.find(viewer.tenantId(), unit).map(Unit::name).orElse(""), unit, issued, address(request));
            case Issuance.Spent(var at) -> new SpentPage(at, ADDRESS + "?don-vi=" + unit);
            case Issuance.Refused(var field, var why) ->
                page(viewer, unit.toString(), null, words, state, page, FormErrors.whole(why));
        };
    }

    /** The address people type: that under which the clerk reached us. */
    private static String address(HttpServletRequest request) {
        int port = request.getServerPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return request.getScheme() + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }
}
