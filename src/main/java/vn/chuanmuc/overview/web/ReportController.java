package vn.chuanmuc.overview.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.documents.PaperFiles.Format;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.overview.Overview;
import vn.chuanmuc.overview.Overview.Asked;
import vn.chuanmuc.overview.Overview.CycleLine;
import vn.chuanmuc.overview.Overview.Picture;
import vn.chuanmuc.overview.Reports;
import vn.chuanmuc.overview.Reports.Issuing;
import vn.chuanmuc.overview.Reports.Preview;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** The quarterly report of a unit: what it would say now, its issue under a number, and those that were issued. */
@Controller
class ReportController {
    static final String REPORTS = "/tong-hop/bao-cao";

    private final Overview overview;
    private final Reports reports;

    ReportController(Overview overview, Reports reports) {
        this.overview = overview;
        this.reports = reports;
    }

    @GetMapping(REPORTS)
    @Allowed(Permission.READ_OVERVIEW)
    View show(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "quy", defaultValue = "") String quarter,
            @RequestParam(name = "dot", required = false) @Nullable UUID cycle,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit) {
        return page(viewer, asOf, quarter, cycle, unit, ReportPage.Typed.NOTHING, FormErrors.NONE);
    }

    private View page(
            Viewer viewer,
            AsOf asOf,
            String quarter,
            @Nullable UUID cycle,
            @Nullable UUID unit,
            ReportPage.Typed typed,
            FormErrors errors) {
        Asked asked = OverviewController.asked(quarter, cycle, unit, null, null);
        List<CycleLine> cycles = overview.cycles(viewer, asOf.pastEnd());
        Optional<CycleLine> chosen = Overview.chosen(cycles, asked);
        if (chosen.isEmpty() || (!quarter.isBlank() && asked.period() == null)) {
            return refused(cycles, none(quarter, asked), asOf);
        }
        Picture picture = overview.picture(viewer, chosen.get(), asked, asOf.past());
        UUID of = picture.whole().unit().id();
        boolean mayIssue = !asOf.past() && reports.mayIssue(viewer, of);
        return new ReportPage(
                cycles,
                picture,
                mayIssue ? reports.prospect(viewer, chosen.get(), of) : null,
                reports.issued(viewer, chosen.get(), of, asOf.pastEnd()),
                typed,
                errors,
                asOf);
    }

    /** Nothing is asked for, and there is nothing yet: no mistake. */
    private static @Nullable Reason none(String quarter, Asked asked) {
        if (!quarter.isBlank() && asked.period() == null) {
            return Reason.of("overview.quarter.wrong");
        }
        return asked.cycle() == null && asked.period() == null ? null : Reason.of("overview.quarter.none");
    }

    /** Issues it. {@code which}: with all figures, or with small groups hidden */
    @PostMapping(REPORTS)
    @Allowed(Permission.ISSUE_REPORT)
    Object issue(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "dot") UUID cycle,
            @RequestParam(name = "don-vi") UUID unit,
            @RequestParam(name = "ban", defaultValue = ReportPage.FULL) String which,
            @RequestParam(name = "khong-so", defaultValue = "") String unnumbered) {
        boolean sealed = which.equals(ReportPage.SEALED);
        return switch (reports.issue(viewer, cycle, unit, sealed, !unnumbered.isEmpty())) {
            case Issuing.Done any -> Answer.done(at(cycle, unit), "report-issued");
            case Issuing.Already any -> Answer.done(at(cycle, unit), "report-known");
            case Issuing.Refused(var field, var why) ->
                page(
                        viewer,
                        asOf,
                        "",
                        cycle,
                        unit,
                        new ReportPage.Typed(sealed, !unnumbered.isEmpty()),
                        FormErrors.of(field, why));
        };
    }

    private static String at(UUID cycle, UUID unit) {
        return REPORTS + "?dot=" + cycle + "&don-vi=" + unit;
    }

    /** As it would be issued now, marked so. */
    @GetMapping(REPORTS + ".{kind:docx|pdf|xlsx}")
    @Allowed(Permission.READ_OVERVIEW)
    Object preview(
            Viewer viewer,
            AsOf asOf,
            @PathVariable("kind") String kind,
            @RequestParam(name = "quy", defaultValue = "") String quarter,
            @RequestParam(name = "dot", required = false) @Nullable UUID cycle,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            @RequestParam(name = "ban", defaultValue = ReportPage.FULL) String which) {
        Asked asked = OverviewController.asked(quarter, cycle, unit, null, null);
        List<CycleLine> cycles = overview.cycles(viewer, asOf.pastEnd());
        Optional<CycleLine> chosen = Overview.chosen(cycles, asked);
        if (asOf.wrong() != null) {
            return refused(cycles, null, asOf);
        }
        if (chosen.isEmpty() || (!quarter.isBlank() && asked.period() == null)) {
            return refused(
                    cycles, Reason.of(chosen.isEmpty() ? "overview.quarter.none" : "overview.quarter.wrong"), asOf);
        }
        boolean sealed = asOf.past() || which.equals(ReportPage.SEALED);
        return switch (reports.preview(viewer, chosen.get(), asked.unit(), sealed, format(kind))) {
            case Preview.Ready(var file) -> answer(file);
            case Preview.Refused(var why) -> refused(cycles, why, asOf);
        };
    }

    /** As it was issued. */
    @GetMapping(REPORTS + "/{id}.{kind:docx|pdf|xlsx}")
    @Allowed(Permission.READ_OVERVIEW)
    ResponseEntity<byte[]> file(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("kind") String kind) {
        return answer(reports.file(viewer, id, format(kind)));
    }

    private static Format format(String kind) {
        return Format.read(kind).orElseThrow(() -> new NotFound("kind of report"));
    }

    private static ResponseEntity<byte[]> answer(PaperFiles.File file) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, file.mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(file.bytes());
    }

    private static View refused(List<CycleLine> cycles, @Nullable Reason why, AsOf asOf) {
        return new OverviewPage(cycles, null, OverviewPage.Side.UNITS, List.of(), List.of(), false, false, why, asOf);
    }
}
