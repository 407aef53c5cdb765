package vn.chuanmuc.directory.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.PeopleImports;
import vn.chuanmuc.directory.PeopleImports.Ending;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleImports.Part;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.office.PlainSheet;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Uploading an office's list of people, looking at what would come of it, and applying or dropping it. */
@Controller
class ImportsController {
    private static final String ADDRESS = "/can-bo/nhap";
    private static final int PAGE = 50;
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final PeopleImports imports;
    private final People people;
    private final UnitChoices choices;
    private final Access access;
    private final Accounts accounts;
    private final Words words;
    private final Clock clock;

    ImportsController(
            PeopleImports imports,
            People people,
            UnitChoices choices,
            Access access,
            Accounts accounts,
            Words words,
            Clock clock) {
        this.imports = imports;
        this.people = people;
        this.choices = choices;
        this.access = access;
        this.accounts = accounts;
        this.words = words;
        this.clock = clock;
    }

    record UploadForm(
            @BindParam("don-vi") @Nullable UUID unit,
            @BindParam("don-vi-tim") @Nullable String typedUnit,
            @BindParam("khoi") @Nullable String bloc,
            @BindParam("loai") @Nullable String kind,
            @BindParam("tu-ngay") @Nullable String from,
            @BindParam("tao-khoi") @Nullable Boolean makesBlocs) {
        static final UploadForm EMPTY = new UploadForm(null, null, null, null, null, null);

        boolean newBlocs() {
            return Boolean.TRUE.equals(makesBlocs);
        }

        String blocOrNone() {
            return bloc == null ? "" : bloc;
        }
    }

    @GetMapping(ADDRESS)
    @Allowed(Permission.MANAGE_PEOPLE)
    View uploading(Viewer viewer) {
        return page(viewer, UploadForm.EMPTY, FormErrors.NONE);
    }

    @PostMapping(ADDRESS)
    @Allowed(Permission.MANAGE_PEOPLE)
    Object upload(Viewer viewer, @RequestParam("tep") MultipartFile file, @ModelAttribute UploadForm form)
            throws IOException {
        if (form.unit() != null) {
            access.require(viewer, Permission.MANAGE_PEOPLE, form.unit());
        }
        UnitChoice choice = choice(viewer, form);
        UUID unit = choice.unit();
        if (unit == null) {
            Reason why = choice.problem();
            return page(
                    viewer,
                    form,
                    FormErrors.of("don-vi", why == null ? Reason.of("directory.imports.refused.unit") : why));
        }
        if (file.isEmpty()) {
            return page(viewer, form, FormErrors.of("tep", Reason.of("directory.imports.refused.no-file")));
        }
        String bloc = Texts.oneLine(form.blocOrNone());
        if (bloc.length() > 200) {
            return page(viewer, form, FormErrors.of("khoi", Reason.of("directory.person.refused.bloc")));
        }
        var from = new PeopleController.Day(form.from() == null ? "" : form.from(), true);
        if (from.wrong()) {
            return page(viewer, form, FormErrors.of("tu-ngay", Reason.of("directory.person.refused.date")));
        }
        if (from.required().isAfter(LocalDate.now(clock))) {
            return page(viewer, form, FormErrors.of("tu-ngay", Reason.of("directory.person.refused.future")));
        }
        Path copy = Files.createTempFile("nhap", ".xlsx");
        try {
            file.transferTo(copy);
            var settings = new PeopleImports.Settings(
                    bloc,
                    PersonKind.of(form.kind() == null ? "" : form.kind()).orElse(PersonKind.CIVIL_SERVANT),
                    form.newBlocs(),
                    from.required());
            String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
            return switch (imports.importSheet(Scopes.managing(viewer), unit, name, copy, settings)) {
                case PeopleImports.Uploaded.Read(var id) -> "redirect:" + ADDRESS + "/" + id;
                case PeopleImports.Uploaded.Known(var id) -> "redirect:" + ADDRESS + "/" + id + "?xong=import-known";
                case PeopleImports.Uploaded.Refused(var why) -> page(viewer, form, FormErrors.of("tep", why));
            };
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private UnitChoice choice(Viewer viewer, UploadForm form) {
        return choices.of(Scopes.managing(viewer), LocalDate.now(clock), form.unit(), form.typedUnit());
    }

    private View page(Viewer viewer, UploadForm form, FormErrors errors) {
        List<Import> newest = imports.newest(Scopes.managing(viewer));
        return new UploadPage(
                choice(viewer, form),
                people.blocs(viewer.tenantId()),
                newest,
                accounts.names(
                        viewer.tenantId(),
                        newest.stream().map(Import::uploadedBy).distinct().toList()),
                LocalDate.now(clock),
                form,
                errors);
    }

    @GetMapping(ADDRESS + "/{import}")
    @Allowed(Permission.MANAGE_PEOPLE)
    View preview(
            Viewer viewer,
            @PathVariable("import") UUID id,
            @RequestParam(name = "phan", defaultValue = "") String part,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        return preview(viewer, known(viewer, id), part, page, null, FormErrors.NONE);
    }

    private View preview(
            Viewer viewer, Import known, String wanted, int page, @Nullable EndingForm entered, FormErrors errors) {
        Part part = part(known, wanted);
        int total = switch (part) {
            case BAD -> known.bad();
            case CHANGE -> known.changed();
            case ADD -> known.added();
            case GONE -> known.gone();
        };
        int shown = Math.clamp(page, 1, Math.max(1, (total + PAGE - 1) / PAGE));
        boolean rowsThere = known.state() == PeopleImports.State.READ
                || known.state() == PeopleImports.State.FAILED
                || part == Part.BAD && known.state() == PeopleImports.State.APPLIED;
        int offset = Paging.offset(shown, PAGE);
        return new ImportPage(
                known,
                accounts.names(viewer.tenantId(), List.of(known.uploadedBy())).getOrDefault(known.uploadedBy(), ""),
                part,
                rowsThere && part != Part.GONE ? imports.rows(known, part, offset, PAGE) : List.of(),
                rowsThere && part == Part.GONE ? imports.gone(known, offset, PAGE) : List.of(),
                entered == null ? known.ending() : entered.ending(known.ending()),
                entered == null ? Words.day(known.ending().day()) : entered.dayOrNone(),
                known.ending().choice() == Ending.Choice.CHOSEN ? imports.countChosen(known) : 0,
                imports.work(known).orElse(null),
                new Paging(
                        shown,
                        PAGE,
                        rowsThere ? total : 0,
                        ADDRESS + "/" + known.id() + "?phan=" + ImportPage.code(part) + "&"),
                errors);
    }

    /** Bad rows first, then changes, then new people. */
    private static Part part(Import known, String wanted) {
        for (Part part : Part.values()) {
            if (ImportPage.code(part).equals(wanted)) {
                return part;
            }
        }
        if (known.bad() > 0) {
            return Part.BAD;
        }
        if (known.changed() > 0) {
            return Part.CHANGE;
        }
        return known.added() == 0 && known.gone() > 0 ? Part.GONE : Part.ADD;
    }

    @PostMapping(ADDRESS + "/{import}/khoi-moi")
    @Allowed(Permission.MANAGE_PEOPLE)
    String makeBlocs(Viewer viewer, @PathVariable("import") UUID id) {
        imports.makeNewBlocs(Scopes.managing(viewer), id);
        return "redirect:" + ADDRESS + "/" + id + "?xong=import-read-again";
    }

    @PostMapping(ADDRESS + "/{import}/ghi")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object apply(
            Viewer viewer,
            @PathVariable("import") UUID id,
            @RequestParam(name = "lanh-dao", required = false) @Nullable List<String> leading) {
        Set<String> keys = leading == null ? Set.of() : Set.copyOf(leading);
        return switch (imports.apply(Scopes.managing(viewer), id, keys)) {
            case DONE -> "redirect:" + ADDRESS + "/" + id + "?xong=imported";
            case STARTED -> "redirect:" + ADDRESS + "/" + id;
            case NOT_WAITING -> "redirect:" + ADDRESS + "/" + id + "?xong=import-not-waiting";
            case PREVIEW_CHANGED ->
                preview(
                        viewer,
                        known(viewer, id),
                        "",
                        1,
                        null,
                        FormErrors.whole(Reason.of("directory.imports.refused.preview-changed")));
            case FAILED ->
                preview(
                        viewer,
                        known(viewer, id),
                        "",
                        1,
                        null,
                        FormErrors.whole(Reason.of("directory.imports.refused.failed")));
        };
    }

    /** What the clerk wants of those who are gone; {@code shown} stood on the page, {@code ticked} were ticked there. */
    record EndingForm(
            @BindParam("cach") @Nullable String choice,
            @BindParam("ngay-thoi") @Nullable String day,
            @BindParam("ly-do") @Nullable String reason,
            @BindParam("hien") @Nullable List<UUID> shown,
            @BindParam("chon") @Nullable List<UUID> ticked) {
        String dayOrNone() {
            return day == null ? "" : day;
        }

        Ending ending(Ending before) {
            Ending.Choice wanted = Stream.of(Ending.Choice.values())
                    .filter(one -> one.code().equals(choice))
                    .findFirst()
                    .orElse(before.choice());
            var read = new PeopleController.Day(dayOrNone(), true);
            return new Ending(
                    wanted, read.wrong() ? null : read.required(), reason == null ? "" : Texts.oneLine(reason));
        }
    }

    @PostMapping(ADDRESS + "/{import}/vang")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object choose(
            Viewer viewer,
            @PathVariable("import") UUID id,
            @RequestParam(name = "trang", defaultValue = "1") int page,
            @ModelAttribute EndingForm form) {
        Ending ending = form.ending(Ending.NONE);
        return switch (imports.choose(Scopes.managing(viewer), id, ending, set(form.shown()), set(form.ticked()))) {
            case PeopleImports.Chosen.Done() ->
                "redirect:" + ADDRESS + "/" + id + "?phan=vang&trang=" + page + "&xong=import-ending";
            case PeopleImports.Chosen.Refused(var field, var why) ->
                preview(
                        viewer,
                        known(viewer, id),
                        ImportPage.code(Part.GONE),
                        page,
                        form,
                        field.isEmpty() ? FormErrors.whole(why) : FormErrors.of(field, why));
        };
    }

    private static Set<UUID> set(@Nullable List<UUID> ids) {
        return ids == null ? Set.of() : Set.copyOf(ids);
    }

    @PostMapping(ADDRESS + "/{import}/dung")
    @Allowed(Permission.MANAGE_PEOPLE)
    String stop(Viewer viewer, @PathVariable("import") UUID id) {
        boolean stopping = imports.stop(Scopes.managing(viewer), id);
        return "redirect:" + ADDRESS + "/" + id + (stopping ? "?xong=job-cancelled" : "");
    }

    /** All that applying changed, as it is proved by the ledger. */
    @GetMapping(ADDRESS + "/{import}/thay-doi.jsonl")
    @Allowed(Permission.MANAGE_PEOPLE)
    void changes(Viewer viewer, @PathVariable("import") UUID id, HttpServletResponse response) throws IOException {
        Import known = known(viewer, id);
        if (known.changeHash() == null) {
            throw new NotFound("changes");
        }
        response.setContentType("application/x-ndjson;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"thay-doi-" + id + ".jsonl\"");
        response.setHeader("Cache-Control", "no-store");
        OutputStream out = response.getOutputStream();
        for (int part = 0; ; part++) {
            Optional<String> lines = imports.changes(known, part);
            if (lines.isEmpty()) {
                return;
            }
            out.write(lines.get().getBytes(StandardCharsets.UTF_8));
        }
    }

    @PostMapping(ADDRESS + "/{import}/bo")
    @Allowed(Permission.MANAGE_PEOPLE)
    String drop(Viewer viewer, @PathVariable("import") UUID id) {
        boolean dropped = imports.drop(Scopes.managing(viewer), id);
        return dropped
                ? "redirect:" + ADDRESS + "?xong=import-dropped"
                : "redirect:" + ADDRESS + "/" + id + "?xong=import-not-waiting";
    }

    private Import known(Viewer viewer, UUID id) {
        return imports.find(Scopes.managing(viewer), id).orElseThrow(() -> new NotFound("import"));
    }

    /** The bad rows with the reasons in a last column, to be mended and uploaded again. */
    @GetMapping(ADDRESS + "/{import}/loi.xlsx")
    @Allowed(Permission.MANAGE_PEOPLE)
    void badRows(Viewer viewer, @PathVariable("import") UUID id, HttpServletResponse response) throws IOException {
        Import known = known(viewer, id);
        var headings = new ArrayList<>(known.report().returned());
        headings.set(0, words.of("directory.person.name"));
        headings.add(words.of("directory.import.returned.reason"));
        var widths = new ArrayList<>(Collections.nCopies(headings.size() - 1, 24));
        widths.set(0, 30);
        widths.add(70);
        file(response, "dong-can-sua.xlsx");
        PlainSheet.write(
                words.of("directory.import.returned.title"), headings, widths, rows(known), response.getOutputStream());
    }

    private Iterator<List<String>> rows(Import known) {
        return Stream.iterate(0, offset -> offset < known.bad(), offset -> offset + 1_000)
                .flatMap(offset -> imports.badRows(known, offset, 1_000).stream())
                .map(row -> {
                    var cells = new ArrayList<>(row.cells());
                    while (cells.size() < known.report().returned().size()) {
                        cells.add("");
                    }
                    cells.add(String.join(
                            "\n", row.problems().stream().map(words::of).toList()));
                    return List.copyOf(cells);
                })
                .iterator();
    }

    @GetMapping("/can-bo/mau.xlsx")
    @Allowed(Permission.MANAGE_PEOPLE)
    void template(Viewer viewer, HttpServletResponse response) throws IOException {
        file(response, "mau-danh-sach-can-bo.xlsx");
        PeopleTemplate.of(
                        words,
                        people.blocs(viewer.tenantId()).stream()
                                .map(People.Bloc::name)
                                .toList())
                .write(response.getOutputStream());
    }

    private static void file(HttpServletResponse response, String name) {
        response.setContentType(XLSX);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.setHeader("Cache-Control", "no-store");
    }
}
