package vn.chuanmuc.sheets.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.assessments.PaperForms.Side;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.sheets.SheetPapers;
import vn.chuanmuc.sheets.SheetPapers.Printing;
import vn.chuanmuc.sheets.SheetPrints;
import vn.chuanmuc.sheets.SheetPrints.Start;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Blank forms for the printer: one person's, or those of a whole unit in one file. */
@Controller
class SheetPrintController {
    static final String ADDRESS = SheetsController.ADDRESS + "/in";
    private static final String RUN = ADDRESS + "/ket-qua/{run}";
    private static final String ONE = ADDRESS + "/{period}/{form}/{stage}.pdf";

    private final SheetPrints prints;
    private final SheetPapers papers;
    private final UnitChoices choices;

    SheetPrintController(SheetPrints prints, SheetPapers papers, UnitChoices choices) {
        this.prints = prints;
        this.papers = papers;
        this.choices = choices;
    }

    private static ResponseEntity<byte[]> pdf(byte[] bytes, String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .body(bytes);
    }

    @GetMapping(ONE)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.ENTER_PAPER_FORMS})
    Object one(
            Viewer viewer,
            @PathVariable("period") String period,
            @PathVariable("form") UUID form,
            @PathVariable("stage") String stage) {
        Period quarter = Period.read(period).orElseThrow(() -> new NotFound("quarter"));
        return switch (papers.one(viewer, new Place(quarter, form, stage))) {
            case Printing.Printed(var file) -> pdf(file.bytes(), file.name());
            case Printing.Refused(var why) -> new NoPrintPage(why);
        };
    }

    @GetMapping(ADDRESS)
    @Allowed({Permission.RATE_AS_HEAD, Permission.ENTER_PAPER_FORMS})
    View show(
            Viewer viewer,
            @RequestParam(name = "dot", defaultValue = "") String cycle,
            @RequestParam(name = UnitChoice.ID, defaultValue = "") String unit,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed,
            @RequestParam(name = "ben", defaultValue = "") String side) {
        return page(viewer, cycle, unit, typed, side, FormErrors.NONE);
    }

    private static Side side(Viewer viewer, String code) {
        return switch (code) {
            case "tu" -> Side.SELF;
            case "khac" -> Side.OTHERS;
            default -> viewer.may(Permission.ENTER_PAPER_FORMS) ? Side.SELF : Side.OTHERS;
        };
    }

    private @Nullable UnitChoice choice(Viewer viewer, String unit, @Nullable String typed) {
        if (!viewer.may(Permission.ENTER_PAPER_FORMS)) {
            return null;
        }
        var scope = new Scope(
                viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.ENTER_PAPER_FORMS)));
        return choices.of(scope, Ids.read(unit), typed);
    }

    private static @Nullable Cycle chosen(List<Cycle> cycles, String id) {
        return cycles.stream()
                .filter(cycle -> cycle.id().toString().equals(id))
                .findFirst()
                .orElse(cycles.isEmpty() ? null : cycles.getFirst());
    }

    private View page(
            Viewer viewer, String cycleId, String unit, @Nullable String typed, String sideCode, FormErrors errors) {
        List<Cycle> cycles = prints.cycles(viewer);
        Cycle cycle = chosen(cycles, cycleId);
        UnitChoice choice = choice(viewer, unit, typed);
        Side side = side(viewer, sideCode);
        return new SheetPrintPage(
                cycles,
                cycle,
                choice,
                side,
                viewer.may(Permission.ENTER_PAPER_FORMS),
                cycle == null ? 0 : prints.count(viewer, cycle, choice == null ? null : choice.unit(), side),
                SheetPrints.atOnce(),
                errors);
    }

    @PostMapping(ADDRESS)
    @Allowed({Permission.RATE_AS_HEAD, Permission.ENTER_PAPER_FORMS})
    Object print(
            Viewer viewer,
            @RequestParam(name = "dot", defaultValue = "") String cycleId,
            @RequestParam(name = UnitChoice.ID, defaultValue = "") String unit,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed,
            @RequestParam(name = "ben", defaultValue = "") String sideCode) {
        UnitChoice choice = choice(viewer, unit, typed);
        if (choice != null && choice.problem() != null) {
            return page(viewer, cycleId, unit, typed, sideCode, FormErrors.of("don-vi", choice.problem()));
        }
        Cycle cycle = prints.cycles(viewer).stream()
                .filter(one -> one.id().toString().equals(cycleId))
                .findFirst()
                .orElseThrow(() -> new NotFound("cycle"));
        return switch (prints.start(viewer, cycle, choice == null ? null : choice.unit(), side(viewer, sideCode))) {
            case Start.Now(var bytes) -> pdf(bytes, "phieu-danh-gia.pdf");
            case Start.Later(var job) -> "redirect:/viec-nen/" + job;
            case Start.Refused(var why) -> page(viewer, cycleId, unit, typed, sideCode, FormErrors.whole(why));
        };
    }

    @GetMapping(RUN)
    @Allowed({Permission.RATE_AS_HEAD, Permission.ENTER_PAPER_FORMS})
    View run(Viewer viewer, @PathVariable("run") UUID run) {
        return new SheetRunPage(prints.get(viewer, run));
    }

    /** Put together in a temporary file first: a slow reader holds nothing, and a failure is an error page. */
    @GetMapping(RUN + ".pdf")
    @Allowed({Permission.RATE_AS_HEAD, Permission.ENTER_PAPER_FORMS})
    ResponseEntity<InputStreamResource> file(Viewer viewer, @PathVariable("run") UUID run) throws IOException {
        if (!new SheetRunPage(prints.get(viewer, run)).fetchable()) {
            throw new NotFound("file of a run of printing");
        }
        Path file = Files.createTempFile("chuanmuc-print", ".pdf");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                prints.write(viewer, run, out);
            }
            long length = Files.size(file);
            InputStream content = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_PDF)
                    .contentLength(length)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"phieu-danh-gia.pdf\"")
                    .body(new InputStreamResource(content));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
