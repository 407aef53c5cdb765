package vn.chuanmuc.scans.web;

import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.scans.Scans;
import vn.chuanmuc.scans.Scans.Done;
import vn.chuanmuc.scans.Scans.Retention;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** How long files and pictures of finished piles are kept: the board sets it, with the rule it follows. */
@Controller
class RetentionController {
    private static final String ADDRESS = PilesController.ADDRESS + "/luu-giu";

    private final Scans scans;
    private final Accounts accounts;

    RetentionController(Scans scans, Accounts accounts) {
        this.scans = scans;
        this.accounts = accounts;
    }

    @GetMapping(ADDRESS)
    @Allowed({Permission.RECORD_PAPER_SIGNATURE, Permission.RUN_CAMPAIGN})
    View settings(Viewer viewer, AsOf asOf) {
        return page(viewer, asOf, "", "", "", FormErrors.NONE);
    }

    private View page(Viewer viewer, AsOf asOf, String from, String days, String basis, FormErrors errors) {
        List<Retention> settings = scans.retentions(viewer).stream()
                .filter(one -> !asOf.past() || !one.validFrom().isAfter(asOf.day()))
                .toList();
        return new RetentionPage(
                scans.retentionDays(viewer, asOf.day()),
                settings,
                accounts.names(
                        viewer.tenantId(),
                        settings.stream()
                                .map(Retention::setBy)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                !asOf.past() && viewer.may(Permission.RUN_CAMPAIGN),
                from,
                days,
                basis,
                errors,
                asOf);
    }

    @PostMapping(ADDRESS)
    @Allowed(Permission.RUN_CAMPAIGN)
    Object set(
            Viewer viewer,
            AsOf today,
            @RequestParam(name = "tu-ngay", defaultValue = "") String from,
            @RequestParam(name = "so-ngay", defaultValue = "") String days,
            @RequestParam(name = "can-cu", defaultValue = "") String basis) {
        Days day = Days.read(from);
        Done done = day.wrong()
                ? new Done.Refused("tu-ngay", Reason.of("scans.refused.date"))
                : scans.setRetention(
                        viewer,
                        day.day(),
                        days.strip().matches("\\d{1,4}") ? Integer.valueOf(days.strip()) : null,
                        basis);
        return switch (done) {
            case Done.Yes() -> "redirect:" + ADDRESS + "?xong=scans-retention";
            case Done.Refused(var field, var why) -> page(viewer, today, from, days, basis, FormErrors.of(field, why));
        };
    }
}
