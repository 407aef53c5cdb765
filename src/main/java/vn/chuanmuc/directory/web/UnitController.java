package vn.chuanmuc.directory.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Version;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

/** A unit through time: what it was called, what came before and after it, who keeps its records. */
@Controller
class UnitController {
    private final Units units;
    private final Access access;
    private final Clock clock;

    UnitController(Units units, Access access, Clock clock) {
        this.units = units;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping("/don-vi/{unit}")
    @Allowed({Permission.READ_PEOPLE, Permission.MANAGE_UNITS})
    View unit(
            Viewer viewer,
            @PathVariable("unit") UUID unit,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day) {
        boolean reads = access.covers(viewer, Permission.READ_PEOPLE, unit);
        if (!reads && !access.covers(viewer, Permission.MANAGE_UNITS, unit)) {
            throw new NotFound("unit");
        }
        var history = units.history(viewer.tenantId(), unit).orElseThrow(() -> new NotFound("unit"));
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        Version last = history.versions().stream()
                .filter(version -> !version.from().isAfter(asOf.day()))
                .findFirst()
                .orElse(null);
        LocalDate ended = last == null ? null : last.until();
        return new UnitPage(
                history,
                asOf,
                last,
                units.peopleOn(
                        viewer.tenantId(),
                        unit,
                        ended != null && !ended.isAfter(asOf.day()) ? ended.minusDays(1) : asOf.day()),
                new UnitPage.Reads(
                        reads && (history.alive() || asOf.past()),
                        access.covers(viewer, Permission.READ_LISTS, unit),
                        viewer.may(Permission.READ_REORGANISATIONS)
                                && access.covers(
                                        viewer, Permission.READ_REORGANISATIONS, units.root(viewer.tenantId()))));
    }
}
