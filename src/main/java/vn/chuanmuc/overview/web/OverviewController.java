package vn.chuanmuc.overview.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.HandlerMapping;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.overview.Overview;
import vn.chuanmuc.overview.Overview.Asked;
import vn.chuanmuc.overview.Overview.CycleLine;
import vn.chuanmuc.overview.Overview.Picture;
import vn.chuanmuc.overview.Thresholds;
import vn.chuanmuc.overview.web.OverviewPage.Side;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

/** Figures of a unit in a quarter: by unit, by content, by post, by line, over quarters. */
@Controller
class OverviewController {
    private final Overview overview;
    private final Thresholds thresholds;

    OverviewController(Overview overview, Thresholds thresholds) {
        this.overview = overview;
        this.thresholds = thresholds;
    }

    /** What an address asks for. {@code quarter}: as it was typed, 20214 */
    static Asked asked(
            String quarter, @Nullable UUID cycle, @Nullable UUID unit, @Nullable UUID set, @Nullable String stage) {
        return new Asked(
                Period.read(quarter).orElse(null),
                cycle,
                unit,
                set,
                OverviewPage.RESULT.equals(stage) ? Overview.RESULT : stage);
    }

    /** All sides of one picture take the same questions; the route says which side. */
    @GetMapping({"/tong-hop", "/tong-hop/noi-dung", "/tong-hop/vi-tri", "/tong-hop/tuyen", "/tong-hop/xu-huong"})
    @Allowed(Permission.READ_OVERVIEW)
    View side(
            Viewer viewer,
            AsOf asOf,
            HttpServletRequest request,
            @RequestParam(name = "quy", defaultValue = "") String quarter,
            @RequestParam(name = "dot", required = false) @Nullable UUID cycle,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            @RequestParam(name = "bo", required = false) @Nullable UUID set,
            @RequestParam(name = "buoc", required = false) @Nullable String stage,
            @RequestParam(name = "xep", defaultValue = "") String order) {
        Side side = Side.at(String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
        return page(
                viewer, asOf, side, quarter, asked(quarter, cycle, unit, set, stage), side == Side.UNITS ? order : "");
    }

    private View page(Viewer viewer, AsOf asOf, Side side, String quarter, Asked asked, String order) {
        List<CycleLine> cycles = overview.cycles(viewer, asOf.pastEnd());
        boolean sets = !asOf.past() && thresholds.maySet(viewer);
        if (!quarter.isBlank() && asked.period() == null) {
            return nothing(cycles, side, sets, Reason.of("overview.quarter.wrong"), asOf);
        }
        Optional<CycleLine> chosen = Overview.chosen(cycles, asked);
        if (chosen.isEmpty()) {
            boolean named = asked.cycle() != null || asked.period() != null;
            return nothing(cycles, side, sets, named ? Reason.of("overview.quarter.none") : null, asOf);
        }
        Picture picture = overview.picture(viewer, chosen.get(), asked, asOf.past());
        return new OverviewPage(
                cycles,
                picture,
                side,
                side == Side.POSITIONS || side == Side.LINES
                        ? overview.parts(viewer, picture, side == Side.LINES)
                        : List.of(),
                side == Side.TREND ? overview.trend(viewer, cycles, picture) : List.of(),
                order.equals("ti-le"),
                sets,
                null,
                asOf);
    }

    private static View nothing(List<CycleLine> cycles, Side side, boolean sets, @Nullable Reason wrong, AsOf asOf) {
        return new OverviewPage(cycles, null, side, List.of(), List.of(), false, sets, wrong, asOf);
    }
}
