package vn.chuanmuc.figures.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.ApiTokens;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.figures.FigureIndex;
import vn.chuanmuc.figures.FigureIndexes;
import vn.chuanmuc.figures.FigureLists;
import vn.chuanmuc.figures.FigureLists.Brought;
import vn.chuanmuc.figures.FigureLists.Done;
import vn.chuanmuc.figures.FigureLists.FigureList;
import vn.chuanmuc.figures.FigureLists.Finding;
import vn.chuanmuc.figures.FigureLists.State;
import vn.chuanmuc.figures.FigureLists.Step;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.TemplateSheet;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Figures about work: brought in from a file, confirmed by a second person, taken back. */
@Controller
class FiguresController {
    static final String ADDRESS = "/so-lieu";
    private static final String BRING = ADDRESS + "/nhap";
    private static final String LIST = ADDRESS + "/{id}";
    private static final int PAGE = 100;
    private static final int SPARE_ROWS = 50;

    private final FigureLists lists;
    private final FigureIndexes indexes;
    private final Accounts accounts;
    private final ApiTokens tokens;
    private final Units units;
    private final UnitChoices choices;
    private final FigureWords words;
    private final Clock clock;

    FiguresController(
            FigureLists lists,
            FigureIndexes indexes,
            Accounts accounts,
            ApiTokens tokens,
            Units units,
            UnitChoices choices,
            FigureWords words,
            Clock clock) {
        this.lists = lists;
        this.indexes = indexes;
        this.accounts = accounts;
        this.tokens = tokens;
        this.units = units;
        this.choices = choices;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping(ADDRESS)
    @Allowed(Permission.READ_FIGURES)
    View all(Viewer viewer, @RequestParam(name = "loc", defaultValue = "") String which) {
        State state = null;
        for (State one : State.values()) {
            state = one.code().equals(which) ? one : state;
        }
        List<FigureList> found = lists.lists(viewer, state);
        return new ListsPage(
                found,
                state,
                names(
                        viewer,
                        found.stream().map(FigureList::broughtBy).distinct().toList()),
                viewer.may(Permission.BRING_FIGURES));
    }

    /** Of accounts, and of systems that sent a list. */
    private Map<UUID, String> names(Viewer viewer, Collection<UUID> actors) {
        var names = new HashMap<>(accounts.names(viewer.tenantId(), actors));
        names.putAll(tokens.names(viewer.tenantId(), actors));
        return names;
    }

    /** As it is typed. */
    record BringForm(
            @BindParam("don-vi") @Nullable String unit,
            @BindParam("don-vi-tim") @Nullable String typedUnit,
            @BindParam("ten-vb") @Nullable String documentName,
            @BindParam("so-vb") @Nullable String documentNumber,
            @BindParam("ngay-vb") @Nullable String documentDate) {
        String name() {
            return Objects.requireNonNullElse(documentName, "");
        }

        String number() {
            return Objects.requireNonNullElse(documentNumber, "");
        }

        String date() {
            return Objects.requireNonNullElse(documentDate, "");
        }
    }

    @GetMapping(BRING)
    @Allowed(Permission.BRING_FIGURES)
    View bringing(Viewer viewer, @ModelAttribute BringForm form) {
        return bringing(viewer, form, List.of(), 0, FormErrors.NONE);
    }

    private View bringing(Viewer viewer, BringForm form, List<Finding> findings, int all, FormErrors errors) {
        LocalDate today = LocalDate.now(clock);
        return new BringPage(
                choice(viewer, form),
                form,
                VietnameseDates.format(today),
                indexes.on(viewer.tenantId(), today),
                findings,
                all,
                errors);
    }

    private UnitChoice choice(Viewer viewer, BringForm form) {
        var scope =
                new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.BRING_FIGURES)));
        UUID unit = form.unit() == null ? null : Ids.read(form.unit());
        UnitChoice choice = choices.of(scope, unit, form.typedUnit());
        return choice.unit() == null
                        && unit == null
                        && choice.few()
                        && !choice.options().isEmpty()
                ? choices.of(scope, choice.options().getFirst().id(), null)
                : choice;
    }

    @PostMapping(BRING)
    @Allowed(Permission.BRING_FIGURES)
    Object bring(
            Viewer viewer,
            @ModelAttribute BringForm form,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file) {
        UUID unit = choice(viewer, form).unit();
        if (unit == null) {
            return bringing(viewer, form, List.of(), 0, FormErrors.of("don-vi", Reason.of("figures.wrong.unit")));
        }
        String name = file == null || file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        if (file == null || file.isEmpty()) {
            return bringing(
                    viewer,
                    form,
                    List.of(),
                    0,
                    FormErrors.of("tep", Reason.of(name.isEmpty() ? "figures.wrong.file" : "office.refused.EMPTY")));
        }
        try {
            Path copy = Files.createTempFile("so-lieu", ".tep");
            try {
                file.transferTo(copy);
                return switch (lists.bring(
                        viewer, new FigureLists.Bringing(unit, form.name(), form.number(), form.date(), name, copy))) {
                    case Brought.Done(var id) -> Answer.done(ADDRESS + "/" + id, "figures-brought");
                    case Brought.Known(var id) -> Answer.done(ADDRESS + "/" + id, "figures-known");
                    case Brought.Refused(var byField) ->
                        bringing(viewer, form, List.of(), 0, new FormErrors(new LinkedHashMap<>(byField)));
                    case Brought.Wrong(var findings, int all) ->
                        bringing(
                                viewer,
                                form,
                                findings,
                                all,
                                FormErrors.of("tep", Reason.of("figures.wrong.cells", all)));
                };
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file to fill in, with the people of a unit on a day where an index was chosen. */
    @GetMapping(BRING + "/mau.xlsx")
    @Allowed(Permission.BRING_FIGURES)
    void template(
            Viewer viewer,
            @RequestParam(name = "don-vi", defaultValue = "") String unitId,
            @RequestParam(name = "chi-so", defaultValue = "") String code,
            @RequestParam(name = "ngay-so-lieu", defaultValue = "") String typedDay,
            HttpServletResponse response)
            throws IOException {
        LocalDate day = VietnameseDates.parse(typedDay) instanceof VietnameseDates.Parsed.Read(var read)
                ? read
                : LocalDate.now(clock);
        UUID unit = Ids.read(unitId);
        Optional<FigureIndex> index = indexes.find(viewer.tenantId(), code, day);
        var filled = new ArrayList<List<String>>();
        if (unit != null && index.isPresent()) {
            rows(viewer, unit, index.get(), day, filled);
        }
        var bytes = new ByteArrayOutputStream();
        sheet(indexes.on(viewer.tenantId(), day), filled).write(bytes);
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Content-Disposition", "attachment; filename=\"so-lieu.xlsx\"");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.size());
        bytes.writeTo(response.getOutputStream());
    }

    private void rows(Viewer viewer, UUID unit, FigureIndex index, LocalDate day, List<List<String>> filled) {
        String on = VietnameseDates.format(day);
        List<FigureLists.Named> people = lists.people(viewer, unit, day);
        if (index.about() == FigureIndex.About.UNIT) {
            units.under(viewer.tenantId(), unit)
                    .forEach(one -> filled.add(List.of(
                            String.valueOf(filled.size() + 1),
                            "",
                            "",
                            "",
                            one.code(),
                            index.code(),
                            "",
                            index.unit(),
                            on)));
            return;
        }
        for (FigureLists.Named person : people) {
            LocalDate born = person.birthDate();
            filled.add(List.of(
                    String.valueOf(filled.size() + 1),
                    person.staffCode(),
                    person.name(),
                    born == null ? "" : VietnameseDates.format(born),
                    person.unitCode(),
                    index.code(),
                    "",
                    index.unit(),
                    on));
        }
    }

    private TemplateSheet sheet(List<FigureIndex> known, List<List<String>> filled) {
        List<String> codes = known.stream().map(FigureIndex::code).toList();
        var help = new ArrayList<>(words.of("figures.sheet.help").lines().toList());
        known.forEach(index -> help.add(index.code() + ": " + index.words() + " (" + index.unit() + ")"));
        return new TemplateSheet(
                words.of("figures.sheet.title"),
                words.of("figures.sheet.name"),
                List.of(words.of("figures.sheet.title")),
                words.of("figures.sheet.note"),
                List.of(
                        field("figures.column.number", 6, List.of()),
                        field("figures.column.staff-code", 16, List.of()),
                        field("figures.column.name", 30, List.of()),
                        field("figures.column.birth", 14, List.of()),
                        field("figures.column.unit-code", 14, List.of()),
                        field("figures.column.index", 20, codes),
                        field("figures.column.value", 14, List.of()),
                        field(
                                "figures.column.measure",
                                14,
                                List.copyOf(new LinkedHashSet<>(
                                        known.stream().map(FigureIndex::unit).toList()))),
                        field("figures.column.day", 16, List.of())),
                filled.size() + SPARE_ROWS,
                words.of("figures.sheet.help.name"),
                help,
                filled);
    }

    private TemplateSheet.Field field(String key, int width, List<String> choices) {
        return new TemplateSheet.Field(words.of(key), width, Kind.TEXT, "", choices);
    }

    @GetMapping(LIST)
    @Allowed(Permission.READ_FIGURES)
    View show(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = Paging.PARAMETER, defaultValue = "1") String page) {
        int number = page.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(page) : 1;
        return page(viewer, id, number, "", "", FormErrors.NONE);
    }

    private View page(Viewer viewer, UUID id, int wanted, String reason, String why, FormErrors errors) {
        FigureList list = lists.get(viewer, id);
        int number = Math.min(wanted, (list.figures() + PAGE - 1) / PAGE);
        var acting = new LinkedHashSet<UUID>(List.of(list.broughtBy()));
        Step judged = list.judged();
        Step withdrawn = list.withdrawn();
        if (judged != null) {
            acting.add(judged.by());
        }
        if (withdrawn != null) {
            acting.add(withdrawn.by());
        }
        Map<UUID, String> names = names(viewer, acting);
        return new ListPage(
                list,
                lists.rows(viewer, list, Paging.offset(number, PAGE), PAGE),
                names,
                accounts.acting(viewer.tenantId(), list.broughtBy())
                        .map(Viewer::personId)
                        .orElse(null),
                !tokens.names(viewer.tenantId(), List.of(list.broughtBy())).isEmpty(),
                lists.mayNotJudge(viewer, list).orElse(null),
                lists.mayWithdraw(viewer, list),
                reason,
                why,
                new Paging(number, PAGE, list.figures(), ADDRESS + "/" + id + "?"),
                errors);
    }

    @GetMapping(LIST + "/tep")
    @Allowed(Permission.READ_FIGURES)
    ResponseEntity<byte[]> file(Viewer viewer, @PathVariable("id") UUID id) {
        Contents.Content content = lists.file(viewer, lists.get(viewer, id));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(content.mediaType()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("so-lieu-" + id + (content.mediaType().endsWith("json") ? ".json" : ".xlsx"))
                                .build()
                                .toString())
                .body(content.bytes());
    }

    @PostMapping(LIST + "/xac-nhan")
    @Allowed(Permission.CONFIRM_FIGURES)
    Object confirm(Viewer viewer, @PathVariable("id") UUID id) {
        return answer(viewer, id, lists.confirm(viewer, id), "figures-confirmed", "", "");
    }

    @PostMapping(LIST + "/tu-choi")
    @Allowed(Permission.CONFIRM_FIGURES)
    Object refuse(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return answer(viewer, id, lists.refuse(viewer, id, reason), "figures-refused", reason, "");
    }

    @PostMapping(LIST + "/rut")
    @Allowed({Permission.BRING_FIGURES, Permission.CONFIRM_FIGURES})
    Object withdraw(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do-rut", defaultValue = "") String why) {
        return answer(viewer, id, lists.withdraw(viewer, id, why), "figures-withdrawn", "", why);
    }

    private Object answer(Viewer viewer, UUID id, Done done, String code, String reason, String why) {
        return switch (done) {
            case Done.Now now -> Answer.done(ADDRESS + "/" + id, code);
            case Done.Already already -> Answer.done(ADDRESS + "/" + id, code);
            case Done.Refused(var field, var because) ->
                page(viewer, id, 1, reason, why, FormErrors.of(field, because));
        };
    }
}
