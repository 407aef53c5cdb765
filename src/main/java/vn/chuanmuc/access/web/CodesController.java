package vn.chuanmuc.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** One-time codes on paper slips, for people who have never signed in. */
@Controller
class CodesController {
    private static final String ADDRESS = "/can-bo/ma-truy-cap";

    private final Accounts accounts;
    private final Units units;
    private final Access access;

    CodesController(Accounts accounts, Units units, Access access) {
        this.accounts = accounts;
        this.units = units;
        this.access = access;
    }

    @GetMapping(ADDRESS)
    @Allowed(Permission.ISSUE_CODES)
    View list(Viewer viewer, @RequestParam(name = "don-vi", required = false) @Nullable UUID unit) {
        return page(viewer, unit, FormErrors.NONE);
    }

    private CodesPage page(Viewer viewer, @Nullable UUID wanted, FormErrors errors) {
        List<Unit> all = units.under(viewer.tenantId(), viewer.unitsWith(Permission.ISSUE_CODES));
        UUID unit = wanted == null ? all.getFirst().id() : wanted;
        access.require(viewer, Permission.ISSUE_CODES, unit);
        return new CodesPage(all, unit, accounts.entriesOf(viewer, unit), errors);
    }

    @PostMapping(ADDRESS)
    @Allowed(Permission.ISSUE_CODES)
    View issue(
            Viewer viewer,
            @RequestParam("don-vi") UUID unit,
            @RequestParam(name = "nguoi", required = false) @Nullable List<UUID> people,
            @RequestParam(name = "tat-ca", defaultValue = "false") boolean all,
            HttpServletRequest request) {
        access.require(viewer, Permission.ISSUE_CODES, unit);
        if (!all && people == null) {
            return page(viewer, unit, FormErrors.whole(Reason.of("access.codes.nobody")));
        }
        List<Accounts.Issued> issued = accounts.issueCodes(viewer, unit, all ? null : people);
        if (issued.isEmpty()) {
            return page(viewer, unit, FormErrors.whole(Reason.of("access.codes.all-entered")));
        }
        String name = units.find(viewer.tenantId(), unit).map(Unit::name).orElse("");
        return new SlipsPage(name, unit, issued, address(request));
    }

    /** The address people type: that under which the clerk reached us. */
    private static String address(HttpServletRequest request) {
        int port = request.getServerPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return request.getScheme() + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }
}
