package vn.chuanmuc.assessments.web;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
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
import vn.chuanmuc.assessments.ResultLetters;
import vn.chuanmuc.assessments.ResultNotes;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.assessments.Results.Done;
import vn.chuanmuc.assessments.Results.Side;
import vn.chuanmuc.assessments.Results.Way;
import vn.chuanmuc.assessments.YearEvidence;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.documents.PaperFiles.Format;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.InPath;
import vn.chuanmuc.ui.View;

/** Results: told, seen, published within the unit, over years, on paper; growing and the plan for the next quarter. */
@Controller
class ResultsController {
    static final String RESULTS = "/danh-gia/ket-qua";
    private static final String RESULT = RESULTS + "/{period}/{form}";

    private final Results results;
    private final ResultLetters letters;
    private final YearEvidence evidence;
    private final List<ResultNotes> notes;

    ResultsController(Results results, ResultLetters letters, YearEvidence evidence, List<ResultNotes> notes) {
        this.results = results;
        this.letters = letters;
        this.evidence = evidence;
        this.notes = notes;
    }

    @GetMapping(RESULTS)
    @Allowed(Permission.RATE_SELF)
    View own(Viewer viewer) {
        var lines = results.own(viewer);
        return new OwnResultsPage(lines, results.growth(viewer, lines), true, results.published(viewer));
    }

    @GetMapping("/danh-gia/lich-su/{person}")
    @Allowed({Permission.RATE_SELF, Permission.READ_ASSESSMENTS})
    View history(Viewer viewer, @PathVariable("person") UUID person) {
        var lines = results.history(viewer, person);
        if (lines.isEmpty()) {
            throw new NotFound("results of a person");
        }
        return new OwnResultsPage(lines, results.growth(viewer, lines), results.isOwn(viewer, person), List.of());
    }

    /** Four quarters as evidence for the general criteria of the yearly rating; no points. */
    @GetMapping("/danh-gia/lich-su/{person}/{year:[0-9]{1,4}}")
    @Allowed({Permission.RATE_SELF, Permission.READ_ASSESSMENTS})
    View year(Viewer viewer, @PathVariable("person") UUID person, @PathVariable("year") int year) {
        return new YearEvidencePage(evidence.of(viewer, person, year));
    }

    /** The same as a paper with a code. */
    @GetMapping("/danh-gia/lich-su/{person}/{year:[0-9]{1,4}}.{kind:docx|pdf|xlsx}")
    @Allowed({Permission.RATE_SELF, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> year(
            Viewer viewer,
            @PathVariable("person") UUID person,
            @PathVariable("year") int year,
            @PathVariable("kind") String kind) {
        Format format = Format.read(kind).orElseThrow(() -> new NotFound("kind of file"));
        return sent(evidence.file(viewer, person, year, format));
    }

    @GetMapping("/danh-gia/cong-khai/{cycle}/{unit}")
    @Allowed({Permission.RATE_SELF, Permission.READ_ASSESSMENTS})
    View published(Viewer viewer, @PathVariable("cycle") UUID cycle, @PathVariable("unit") UUID unit) {
        return new PublishedPage(results.published(viewer, cycle, unit));
    }

    @GetMapping(RESULT)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    View show(Viewer viewer, @InPath FormPath path) {
        return show(viewer, path, null, FormErrors.NONE);
    }

    private View show(Viewer viewer, FormPath path, ResultPage.@Nullable Typed typed, FormErrors errors) {
        Results.Sheet sheet = results.sheet(viewer, path.quarter(), path.form());
        Side side = sheet.mayWrite();
        Results.Growth growth = sheet.growth(side == null ? Side.PERSON : side);
        return new ResultPage(
                sheet,
                notes.stream()
                        .flatMap(one -> one.of(viewer, sheet.about()).stream())
                        .toList(),
                typed == null ? new ResultPage.Typed(growth.notes(), growth.plan(), "", "") : typed,
                errors);
    }

    private static String address(FormPath path) {
        return RESULTS + "/" + path.quarter().code() + "/" + path.form();
    }

    @PostMapping(RESULT + "/da-xem")
    @Allowed(Permission.RATE_SELF)
    String seen(Viewer viewer, @InPath FormPath path) {
        results.confirmSeen(viewer, path.quarter(), path.form());
        return Answer.done(address(path), "assessment-seen");
    }

    @PostMapping(RESULT + "/ke-hoach")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object write(
            Viewer viewer,
            @InPath FormPath path,
            @RequestParam(name = "ghi-chu", defaultValue = "") String notes,
            @RequestParam(name = "ke-hoach", defaultValue = "") String plan,
            @RequestParam(name = "ban", defaultValue = "0") String version) {
        int read = version.matches("[0-9]{1,5}") ? Integer.parseInt(version) : 0;
        return switch (results.write(viewer, path.quarter(), path.form(), read, notes, plan)) {
            case Done.Now now -> Answer.done(address(path), "assessment-growth");
            case Done.Refused(var field, var why) ->
                show(viewer, path, new ResultPage.Typed(notes, plan, "", ""), FormErrors.of(field, why));
        };
    }

    /** Records that the person was told: in the product now, or by a paper handed over on a day. */
    @PostMapping(RESULT + "/bao")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.RUN_CYCLE})
    Object tell(
            Viewer viewer,
            @InPath FormPath path,
            @RequestParam(name = "cach", defaultValue = "") String way,
            @RequestParam(name = "ngay", defaultValue = "") String day,
            @RequestParam(name = "nguoi-nhan", defaultValue = "") String receiver) {
        Results.Sheet sheet = results.sheet(viewer, path.quarter(), path.form());
        Side side = sheet.mayWrite();
        Results.Growth growth = sheet.growth(side == null ? Side.PERSON : side);
        var typed = new ResultPage.Typed(growth.notes(), growth.plan(), day, receiver);
        Way chosen = Way.read(way).filter(one -> one != Way.MAIL).orElse(null);
        if (chosen == null) {
            return show(viewer, path, typed, FormErrors.of("cach", Reason.of("assessments.tell.way")));
        }
        LocalDate on = results.today();
        if (chosen == Way.PAPER) {
            if (!(VietnameseDates.parse(day) instanceof VietnameseDates.Parsed.Read(var read))) {
                return show(viewer, path, typed, FormErrors.of("ngay", Reason.of("assessments.day.unread")));
            }
            on = read;
        }
        return switch (results.tell(
                viewer, path.quarter(), path.form(), chosen, on, chosen == Way.PAPER ? receiver : "")) {
            case Done.Now now -> Answer.done(address(path), "assessment-told");
            case Done.Refused(var field, var why) -> show(viewer, path, typed, FormErrors.of(field, why));
        };
    }

    /** The notice of the result, to be printed and handed over. */
    @GetMapping(RESULT + "/giay.{format:pdf|docx}")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> letter(Viewer viewer, @InPath FormPath path, @PathVariable("format") String format) {
        return sent(letters.letter(viewer, path.quarter(), path.form(), format.equals("docx")));
    }

    private static ResponseEntity<byte[]> sent(PaperFiles.File file) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, file.mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(file.bytes());
    }

    /** The computation with live formulas, to be computed again by whoever doubts it. */
    @GetMapping(RESULT + "/bang-tinh.xlsx")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> workbook(Viewer viewer, @InPath FormPath path) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("bang-tinh-" + path.quarter().code() + ".xlsx")
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(letters.workbook(viewer, path.quarter(), path.form()));
    }
}
