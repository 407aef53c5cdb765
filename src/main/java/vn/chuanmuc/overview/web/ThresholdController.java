package vn.chuanmuc.overview.web;

import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.overview.Thresholds;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** From when on groups of how many people are hidden. */
@Controller
class ThresholdController {
    private static final String ADDRESS = "/tong-hop/nguong";

    private final Thresholds thresholds;
    private final Access access;
    private final Units units;

    ThresholdController(Thresholds thresholds, Access access, Units units) {
        this.thresholds = thresholds;
        this.access = access;
        this.units = units;
    }

    @GetMapping(ADDRESS)
    @Allowed(Permission.RUN_CYCLE)
    View show(Viewer viewer, AsOf asOf) {
        access.require(viewer, Permission.RUN_CYCLE, units.root(viewer.tenantId()));
        return page(viewer, asOf, "", "", "", FormErrors.NONE);
    }

    @PostMapping(ADDRESS)
    @Allowed(Permission.RUN_CYCLE)
    Object set(
            Viewer viewer,
            AsOf today,
            @RequestParam(name = "nguong", defaultValue = "") String people,
            @RequestParam(name = "tu-ngay", defaultValue = "") String from,
            @RequestParam(name = "can-cu", defaultValue = "") String basis) {
        Optional<Integer> number =
                people.strip().matches("[0-9]{1,4}") ? Optional.of(Integer.valueOf(people.strip())) : Optional.empty();
        Optional<LocalDate> day = VietnameseDates.parse(from) instanceof VietnameseDates.Parsed.Read(var read)
                ? Optional.of(read)
                : Optional.empty();
        return switch (thresholds.set(viewer, number, day, basis)) {
            case Thresholds.Setting.Done done -> Answer.done(ADDRESS, "threshold-set");
            case Thresholds.Setting.Refused(var field, var why) ->
                page(viewer, today, people, from, basis, FormErrors.of(field, why));
        };
    }

    private View page(Viewer viewer, AsOf asOf, String people, String from, String basis, FormErrors errors) {
        return new ThresholdPage(
                thresholds.on(viewer.tenantId(), asOf.day()),
                thresholds.history(viewer.tenantId()).stream()
                        .filter(one -> !asOf.past() || !one.from().isAfter(asOf.day()))
                        .toList(),
                people,
                from,
                basis,
                errors,
                asOf);
    }
}
