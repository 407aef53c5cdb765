package vn.chuanmuc.directory.web;

import static vn.chuanmuc.directory.web.ReorganisationsController.preparing;
import static vn.chuanmuc.directory.web.ReorganisationsController.reading;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.ReorganisationDraft.Changed;
import vn.chuanmuc.directory.ReorganisationDraft.Line;
import vn.chuanmuc.directory.ReorganisationDraft.Part;
import vn.chuanmuc.directory.ReorganisationDraft.Rule;
import vn.chuanmuc.directory.ReorganisationSheet;
import vn.chuanmuc.directory.ReorganisationSheet.Column;
import vn.chuanmuc.directory.ReorganisationSheet.Read;
import vn.chuanmuc.directory.Reorganisations;
import vn.chuanmuc.directory.Reorganisations.Candidate;
import vn.chuanmuc.directory.Reorganisations.Named;
import vn.chuanmuc.directory.Reorganisations.Row;
import vn.chuanmuc.directory.Reorganisations.Saved;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.Tree;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.TemplateSheet;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Writing a draft of a re-organisation: new units, the table old → new, parts of a unit that is split, the Excel form. */
@Controller
class ReorganisationDraftController {
    private static final String ADDRESS = ReorganisationWords.ADDRESS + "/{id}";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int PAGE = 50;
    private static final int SUGGESTIONS = 10;
    private static final int DEEPEST_PAGE = 1_000;
    private static final int MOST_FINDINGS = 200;
    private static final int SPARE_ROWS = 60;

    private final Reorganisations reorganisations;
    private final ReorganisationsController pages;
    private final ReorganisationSheet sheet;
    private final Units units;
    private final UnitChoices choices;
    private final Tree tree;
    private final Words words;
    private final Clock clock;

    ReorganisationDraftController(
            Reorganisations reorganisations,
            ReorganisationsController pages,
            ReorganisationSheet sheet,
            Units units,
            UnitChoices choices,
            Tree tree,
            Words words,
            Clock clock) {
        this.reorganisations = reorganisations;
        this.pages = pages;
        this.sheet = sheet;
        this.units = units;
        this.choices = choices;
        this.tree = tree;
        this.clock = clock;
        this.words = words;
    }

    /** What a field that names a unit proposes while somebody types. */
    @GetMapping(ADDRESS + "/goi-y")
    @Allowed(Permission.READ_REORGANISATIONS)
    View suggestions(Viewer viewer, @PathVariable("id") UUID id, @RequestParam Map<String, String> sent) {
        Scope scope = reading(viewer);
        String typed = sent.values().stream().findFirst().orElse("");
        return new ReorganisationSuggestions(reorganisations.matching(scope, draft(scope, id), typed, SUGGESTIONS));
    }

    // Units that begin

    @PostMapping(ADDRESS + "/don-vi-moi")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object addUnit(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("ma") String code,
            @RequestParam("ten") String name,
            @RequestParam("loai") Units.Kind kind,
            @RequestParam("cha") String parent) {
        Saved saved = putUnit(viewer, id, null, code, name, kind, parent);
        return switch (saved) {
            case Saved.Done any -> "redirect:" + ReorganisationWords.at(id) + "?xong=reorg-saved#don-vi-moi";
            case Saved.Refused(var field, var why) ->
                pages.page(
                        viewer,
                        id,
                        Map.of("ma", code, "ten", name, "loai", kind.name(), "cha", parent),
                        FormErrors.of(field, why));
        };
    }

    private Saved putUnit(
            Viewer viewer, UUID id, @Nullable UUID unit, String code, String name, Units.Kind kind, String parent) {
        Scope scope = preparing(viewer);
        return switch (reorganisations.named(scope, draft(scope, id), parent)) {
            case Named.Nobody any -> new Saved.Refused("cha", Reason.of("directory.reorg.refused.parent"));
            case Named.Refused(var why) -> new Saved.Refused("cha", why);
            case Named.Found(UUID found) -> reorganisations.putUnit(scope, id, unit, code, name, kind, found);
        };
    }

    @GetMapping(ADDRESS + "/don-vi-moi/{unit}")
    @Allowed(Permission.READ_REORGANISATIONS)
    View unit(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("unit") UUID unit) {
        Scope scope = reading(viewer);
        ReorganisationDraft draft = draft(scope, id);
        var known = draft.newUnit(unit).orElseThrow(() -> new NotFound("unit"));
        var choices = reorganisations.choices(scope, draft, known.parentId());
        return new ReorganisationUnitPage(
                id,
                unit,
                writes(viewer, draft),
                new ReorganisationUnitPage.Fields(
                        known.code(),
                        known.name(),
                        known.kind(),
                        ReorganisationWords.label(
                                choices,
                                known.parentId(),
                                reorganisations.names(viewer.tenantId(), draft).getOrDefault(known.parentId(), ""))),
                choices,
                FormErrors.NONE);
    }

    @PostMapping(ADDRESS + "/don-vi-moi/{unit}")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object changeUnit(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("unit") UUID unit,
            @RequestParam("ma") String code,
            @RequestParam("ten") String name,
            @RequestParam("loai") Units.Kind kind,
            @RequestParam("cha") String parent) {
        return switch (putUnit(viewer, id, unit, code, name, kind, parent)) {
            case Saved.Done any -> "redirect:" + ReorganisationWords.at(id) + "?xong=reorg-saved";
            case Saved.Refused(var field, var why) -> {
                Scope scope = preparing(viewer);
                ReorganisationDraft draft = draft(scope, id);
                yield new ReorganisationUnitPage(
                        id,
                        unit,
                        writes(viewer, draft),
                        new ReorganisationUnitPage.Fields(code, name, kind, parent),
                        reorganisations.choices(scope, draft),
                        FormErrors.of(field, why));
            }
        };
    }

    @PostMapping(ADDRESS + "/don-vi-moi/{unit}/bo")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object removeUnit(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("unit") UUID unit) {
        return onPage(viewer, id, reorganisations.removeUnit(preparing(viewer), id, unit), Map.of());
    }

    // What comes from outside

    @PostMapping(ADDRESS + "/tu-ngoai")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object addOutside(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("ngoai-ten") String name,
            @RequestParam("ngoai-dich") String destination,
            @RequestParam(name = "ngoai-ghi-chu", defaultValue = "") String note) {
        Scope scope = preparing(viewer);
        Saved saved = switch (reorganisations.named(scope, draft(scope, id), destination)) {
            case Named.Nobody any -> new Saved.Refused("ngoai-dich", Reason.of("directory.reorg.refused.destination"));
            case Named.Refused(var why) -> new Saved.Refused("ngoai-dich", why);
            case Named.Found(UUID found) -> reorganisations.addOutside(scope, id, name, found, note);
        };
        return onPage(viewer, id, saved, Map.of("ngoai-ten", name, "ngoai-dich", destination, "ngoai-ghi-chu", note));
    }

    @PostMapping(ADDRESS + "/tu-ngoai/{piece}/bo")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object removeOutside(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("piece") UUID piece) {
        return onPage(viewer, id, reorganisations.removeOutside(preparing(viewer), id, piece), Map.of());
    }

    private Object onPage(Viewer viewer, UUID id, Saved saved, Map<String, String> kept) {
        return switch (saved) {
            case Saved.Done any -> "redirect:" + ReorganisationWords.at(id) + "?xong=reorg-saved";
            case Saved.Refused(var field, var why) -> pages.page(viewer, id, kept, FormErrors.of(field, why));
        };
    }

    // The table old → new

    @GetMapping(ADDRESS + "/bang")
    @Allowed(Permission.PREPARE_REORGANISATION)
    View table(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = UnitChoice.ID, required = false) @Nullable UUID above,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        UUID root = units.root(viewer.tenantId());
        return table(
                viewer,
                id,
                choices.of(preparing(viewer), above == null && typed == null ? root : above, typed),
                page,
                Map.of(),
                Map.of());
    }

    private View table(
            Viewer viewer,
            UUID id,
            UnitChoice choice,
            int page,
            Map<UUID, ReorganisationTablePage.Row> typed,
            Map<UUID, Reason> problems) {
        Scope scope = preparing(viewer);
        var outlook = reorganisations.outlook(scope, id);
        ReorganisationDraft draft = outlook.draft();
        UUID chosen = choice.unit();
        UUID above = chosen == null ? units.root(viewer.tenantId()) : chosen;
        int at = Math.clamp(page, 1, DEEPEST_PAGE);
        Tree.Branch branch = tree.branch(scope, above, LocalDate.now(clock), Paging.offset(at, Tree.PAGE))
                .orElseThrow(() -> new NotFound("unit"));
        Map<UUID, Unit> known = units.living(
                viewer.tenantId(), branch.below().stream().map(Tree.Node::id).toList());
        var offered = reorganisations.choices(scope, draft);
        var rows = new ArrayList<ReorganisationTablePage.Row>();
        for (Tree.Node node : branch.below()) {
            Unit unit = known.get(node.id());
            if (unit == null) {
                continue; // dissolved a moment ago
            }
            Line line = draft.line(unit.id()).orElse(null);
            boolean ends = line != null && line.ends();
            rows.add(typed.getOrDefault(
                    unit.id(),
                    new ReorganisationTablePage.Row(
                            unit,
                            ends ? "het" : "giu",
                            line == null
                                    ? ""
                                    : ReorganisationWords.label(
                                            offered,
                                            line.destination(),
                                            outlook.names().getOrDefault(line.destination(), "")),
                            line == null
                                    ? ""
                                    : ReorganisationWords.label(
                                            offered,
                                            line.custodian(),
                                            outlook.names().getOrDefault(line.custodian(), "")),
                            line != null && !line.ends(),
                            line == null ? 0 : line.parts().size(),
                            outlook.people().getOrDefault(unit.id(), 0))));
        }
        return new ReorganisationTablePage(
                draft,
                above,
                parents(choice),
                rows,
                new Paging(at, Tree.PAGE, branch.count(), rows(id, above)),
                offered,
                problems);
    }

    private static String rows(UUID id, UUID above) {
        return ReorganisationWords.at(id) + "/bang?" + UnitChoice.ID + "=" + above + "&";
    }

    /** Of few units only those with others below them: the table has rows for no other. */
    private static UnitChoice parents(UnitChoice choice) {
        List<UnitChoice.Option> all = choice.options();
        return choice.few()
                ? new UnitChoice(
                        true,
                        IntStream.range(0, all.size())
                                .filter(i -> i + 1 < all.size()
                                        && all.get(i + 1).depth() > all.get(i).depth())
                                .mapToObj(all::get)
                                .toList(),
                        choice.typed(),
                        choice.chosen(),
                        choice.problem())
                : choice;
    }

    /** @param next the page of rows to go on with; null to be done with the table */
    @PostMapping(ADDRESS + "/bang")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object saveTable(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("cap-tren") UUID above,
            @RequestParam(name = "trang", defaultValue = "1") int page,
            @RequestParam(name = "sang", required = false) @Nullable Integer next,
            @RequestParam("don-vi") List<UUID> of,
            @RequestParam Map<String, String> fields) {
        Scope scope = preparing(viewer);
        ReorganisationDraft draft = draft(scope, id);
        Map<UUID, Unit> known = units.living(viewer.tenantId(), of);
        Map<UUID, ReorganisationTablePage.Row> typed = new LinkedHashMap<>();
        Map<UUID, Reason> problems = new LinkedHashMap<>();
        var rows = new ArrayList<Row>();
        for (UUID unit : of) {
            Unit place = known.get(unit);
            if (place == null) {
                throw new NotFound("unit");
            }
            String destination = fields.getOrDefault("dich-" + unit, "");
            String custodian = fields.getOrDefault("giu-" + unit, "");
            boolean ends = "het".equals(fields.get("viec-" + unit));
            Line line = draft.line(unit).orElse(null);
            typed.put(
                    unit,
                    new ReorganisationTablePage.Row(
                            place,
                            ends ? "het" : "giu",
                            destination,
                            custodian,
                            line != null && !line.ends(),
                            line == null ? 0 : line.parts().size(),
                            0));
            if (!ends) {
                if (!destination.isBlank()) {
                    problems.put(unit, Reason.of("directory.reorg.refused.stays", place.name()));
                }
                rows.add(new Row(unit, false, null, null));
                continue;
            }
            UUID to = unit(scope, draft, place, destination, problems);
            UUID keeper = unit(scope, draft, place, custodian, problems);
            rows.add(new Row(unit, true, to, keeper == null && custodian.isBlank() ? to : keeper));
        }
        if (!problems.isEmpty()) {
            return table(viewer, id, choices.of(scope, above, null), page, typed, problems);
        }
        return switch (reorganisations.table(scope, id, rows)) {
            case Saved.Done any ->
                next == null
                        ? "redirect:" + ReorganisationWords.at(id) + "?xong=reorg-saved#bang"
                        : "redirect:" + rows(id, above) + "trang=" + next + "&xong=reorg-saved";
            case Saved.Refused(var field, var why) -> pages.page(viewer, id, Map.of(), FormErrors.of(field, why));
        };
    }

    private @Nullable UUID unit(
            Scope scope, ReorganisationDraft draft, Unit row, String text, Map<UUID, Reason> problems) {
        return switch (reorganisations.named(scope, draft, text)) {
            case Named.Nobody any -> null;
            case Named.Found(UUID found) -> found;
            case Named.Refused(var why) -> {
                problems.putIfAbsent(row.id(), Reason.of("directory.reorg.refused.row", row.name(), why));
                yield null;
            }
        };
    }

    // One unit there is

    @GetMapping(ADDRESS + "/don-vi/{unit}")
    @Allowed(Permission.READ_REORGANISATIONS)
    View line(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("unit") UUID unit,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        return line(viewer, id, unit, words, page, Map.of(), FormErrors.NONE);
    }

    private View line(
            Viewer viewer, UUID id, UUID unitId, String search, int page, Map<String, String> kept, FormErrors errors) {
        Scope scope = reading(viewer);
        ReorganisationDraft draft = draft(scope, id);
        Unit unit = units.find(viewer.tenantId(), unitId).orElseThrow(() -> new NotFound("unit"));
        Line line = draft.line(unitId).orElse(null);
        boolean ends = line != null && line.ends();
        List<Candidate> all = ends ? reorganisations.candidates(scope, draft, unitId) : List.of();
        Map<UUID, String> names = new HashMap<>(reorganisations.names(viewer.tenantId(), draft));
        names.putAll(units.names(
                viewer.tenantId(),
                all.stream().map(Candidate::unitId).distinct().toList()));
        if (unit.parentId() != null) {
            names.putAll(units.names(viewer.tenantId(), List.of(unit.parentId())));
        }
        Map<UUID, String> subjects = new HashMap<>(names);
        Map<UUID, String> below = new LinkedHashMap<>();
        Map<UUID, String> positions = new LinkedHashMap<>();
        Map<UUID, String> blocs = new LinkedHashMap<>();
        for (Candidate person : all) {
            subjects.put(person.personId(), person.fullName());
            positions.put(person.positionId(), person.positionName());
            blocs.put(person.blocId(), person.blocName());
            if (!person.unitId().equals(unitId)) {
                below.put(person.unitId(), names.getOrDefault(person.unitId(), ""));
            }
        }
        subjects.putAll(positions);
        subjects.putAll(blocs);
        String key = Texts.searchKey(search);
        List<ReorganisationLinePage.Standing> shown = all.stream()
                .filter(person ->
                        key.isEmpty() || Texts.searchKey(person.fullName()).contains(key))
                .map(person -> standing(line, person, names))
                .toList();
        int at = Math.clamp(page, 1, Math.max(1, (shown.size() + PAGE - 1) / PAGE));
        String address = ReorganisationWords.at(id) + "/don-vi/" + unitId + "?"
                + (search.isBlank() ? "" : "tim=" + Ui.encode(search) + "&");
        return new ReorganisationLinePage(
                draft,
                unit,
                line,
                viewer.may(Permission.PREPARE_REORGANISATION),
                reorganisations.choices(
                        scope, draft, unit.parentId() == null ? new UUID[0] : new UUID[] {unit.parentId()}),
                names,
                subjects,
                Map.of("unit", below, "position", positions, "bloc", blocs),
                shown.subList((at - 1) * PAGE, Math.min(shown.size(), at * PAGE)),
                new Paging(at, PAGE, shown.size(), address),
                search,
                kept,
                errors);
    }

    private static ReorganisationLinePage.Standing standing(
            @Nullable Line line, Candidate person, Map<UUID, String> names) {
        var found = new HashSet<UUID>();
        boolean byName = false;
        for (Part part : line == null ? List.<Part>of() : line.parts()) {
            boolean caught = switch (part.rule()) {
                case PERSON -> part.subject().equals(person.personId());
                case UNIT -> part.subject().equals(person.unitId());
                case POSITION -> part.subject().equals(person.positionId());
                case BLOC -> part.subject().equals(person.blocId());
            };
            if (caught && part.rule() == Rule.PERSON) {
                found.clear();
                found.add(part.destination());
                byName = true;
                break;
            }
            if (caught) {
                found.add(part.destination());
            }
        }
        UUID rest = line == null ? null : line.destination();
        if (found.isEmpty() && rest != null) {
            found.add(rest);
        }
        return new ReorganisationLinePage.Standing(
                person,
                names.getOrDefault(person.unitId(), ""),
                String.join(
                        " / ",
                        found.stream()
                                .map(unit -> names.getOrDefault(unit, ""))
                                .sorted()
                                .toList()),
                byName);
    }

    /** The unit ends: where the rest goes, and who keeps its records. */
    @PostMapping(ADDRESS + "/don-vi/{unit}/ket-thuc")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object end(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("unit") UUID unit,
            @RequestParam(name = "dich", defaultValue = "") String destination,
            @RequestParam(name = "giu", defaultValue = "") String custodian) {
        Scope scope = preparing(viewer);
        ReorganisationDraft draft = draft(scope, id);
        Named to = reorganisations.named(scope, draft, destination);
        Named keeper = reorganisations.named(scope, draft, custodian);
        Saved saved;
        if (to instanceof Named.Refused(var why)) {
            saved = new Saved.Refused("dich", why);
        } else if (keeper instanceof Named.Refused(var why)) {
            saved = new Saved.Refused("giu", why);
        } else {
            saved = reorganisations.table(scope, id, List.of(new Row(unit, true, found(to), found(keeper))));
        }
        return onLine(viewer, id, unit, saved, Map.of("dich", destination, "giu", custodian));
    }

    private static @Nullable UUID found(Named named) {
        return named instanceof Named.Found(UUID id) ? id : null;
    }

    /** The unit goes on as something else. */
    @PostMapping(ADDRESS + "/don-vi/{unit}/doi")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object change(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("unit") UUID unit,
            @RequestParam("ma") String code,
            @RequestParam("ten") String name,
            @RequestParam("loai") Units.Kind kind,
            @RequestParam(name = "cha", defaultValue = "") String parent) {
        Scope scope = preparing(viewer);
        Saved saved = switch (reorganisations.named(scope, draft(scope, id), parent)) {
            case Named.Refused(var why) -> new Saved.Refused("cha", why);
            case Named.Nobody any -> reorganisations.change(scope, id, unit, new Changed(code, name, kind, null));
            case Named.Found(UUID above) ->
                reorganisations.change(scope, id, unit, new Changed(code, name, kind, above));
        };
        return onLine(viewer, id, unit, saved, Map.of("ma", code, "ten", name, "loai", kind.name(), "cha", parent));
    }

    /** The unit stays as it is: its line goes. */
    @PostMapping(ADDRESS + "/don-vi/{unit}/bo")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object removeLine(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("unit") UUID unit) {
        return onPage(viewer, id, reorganisations.removeLine(preparing(viewer), id, unit), Map.of());
    }

    @PostMapping(ADDRESS + "/don-vi/{unit}/phan")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object putParts(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("unit") UUID unit,
            @RequestParam("theo") String rule,
            @RequestParam(name = "chon", defaultValue = "") List<UUID> subjects,
            @RequestParam(name = "phan-dich", defaultValue = "") String destination) {
        Scope scope = preparing(viewer);
        Rule by = Arrays.stream(Rule.values())
                .filter(known -> known.code().equals(rule))
                .findFirst()
                .orElseThrow(() -> new NotFound("rule"));
        String field = "dich-" + rule;
        Saved saved = switch (reorganisations.named(scope, draft(scope, id), destination)) {
            case Named.Nobody any -> new Saved.Refused(field, Reason.of("directory.reorg.refused.destination"));
            case Named.Refused(var why) -> new Saved.Refused(field, why);
            case Named.Found(UUID to) -> reorganisations.putParts(scope, id, unit, by, subjects, to);
        };
        var kept = new HashMap<String, String>(Map.of(field, destination));
        subjects.forEach(subject -> kept.put("chon-" + subject, "true"));
        return onLine(viewer, id, unit, saved, kept);
    }

    @PostMapping(ADDRESS + "/don-vi/{unit}/phan/bo")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object removePart(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("unit") UUID unit,
            @RequestParam("theo") String rule,
            @RequestParam("chon") UUID subject) {
        Rule by = Arrays.stream(Rule.values())
                .filter(known -> known.code().equals(rule))
                .findFirst()
                .orElseThrow(() -> new NotFound("rule"));
        return onLine(viewer, id, unit, reorganisations.removePart(preparing(viewer), id, unit, by, subject), Map.of());
    }

    private Object onLine(Viewer viewer, UUID id, UUID unit, Saved saved, Map<String, String> kept) {
        return switch (saved) {
            case Saved.Done any -> "redirect:" + ReorganisationWords.at(id) + "/don-vi/" + unit + "?xong=reorg-saved";
            case Saved.Refused(var field, var why) -> line(viewer, id, unit, "", 1, kept, FormErrors.of(field, why));
        };
    }

    // The Excel form

    @GetMapping(ADDRESS + "/tep")
    @Allowed(Permission.READ_REORGANISATIONS)
    View uploading(Viewer viewer, @PathVariable("id") UUID id) {
        ReorganisationDraft draft = draft(reading(viewer), id);
        return new ReorganisationSheetPage(draft, writes(viewer, draft), List.of(), 0, FormErrors.NONE);
    }

    @GetMapping(ADDRESS + "/mau.xlsx")
    @Allowed(Permission.READ_REORGANISATIONS)
    void download(Viewer viewer, @PathVariable("id") UUID id, HttpServletResponse response) throws IOException {
        Scope scope = reading(viewer);
        ReorganisationDraft draft = draft(scope, id);
        List<List<String>> rows = sheet.rows(scope, draft, sheetWords());
        response.setContentType(XLSX);
        response.setHeader("Content-Disposition", "attachment; filename=\"sap-xep.xlsx\"");
        template(draft, rows).write(response.getOutputStream());
    }

    @PostMapping(ADDRESS + "/tep")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object upload(Viewer viewer, @PathVariable("id") UUID id, @RequestParam("tep") MultipartFile file)
            throws IOException {
        Scope scope = preparing(viewer);
        ReorganisationDraft draft = draft(scope, id);
        if (file.isEmpty()) {
            return refusedSheet(viewer, draft, Reason.of("directory.imports.refused.no-file"));
        }
        Path copy = Files.createTempFile("sap-xep", ".xlsx");
        try {
            file.transferTo(copy);
            return switch (sheet.read(scope, id, copy, sheetWords())) {
                case Read.Done any -> "redirect:" + ReorganisationWords.at(id) + "?xong=reorg-sheet";
                case Read.Refused(var why) -> refusedSheet(viewer, draft, why);
                case Read.Wrong(var findings) ->
                    new ReorganisationSheetPage(
                            draft,
                            writes(viewer, draft),
                            findings.subList(0, Math.min(MOST_FINDINGS, findings.size())),
                            Math.max(0, findings.size() - MOST_FINDINGS),
                            FormErrors.NONE);
            };
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static View refusedSheet(Viewer viewer, ReorganisationDraft draft, Reason why) {
        return new ReorganisationSheetPage(draft, writes(viewer, draft), List.of(), 0, FormErrors.of("tep", why));
    }

    private ReorganisationSheet.Words sheetWords() {
        Map<Units.Kind, String> kinds = new HashMap<>();
        for (Units.Kind kind : Units.Kind.values()) {
            kinds.put(kind, words.of(kind.key()));
        }
        return new ReorganisationSheet.Words(
                words.of("directory.reorg.sheet.column.row"),
                words.of("directory.reorg.sheet.new"),
                words.of("directory.reorg.sheet.old"),
                words.of("directory.reorg.sheet.person"),
                words.of("directory.reorg.sheet.keep"),
                words.of("directory.reorg.sheet.end"),
                words.of("directory.reorg.sheet.change"),
                kinds);
    }

    private TemplateSheet template(ReorganisationDraft draft, List<List<String>> rows) {
        ReorganisationSheet.Words said = sheetWords();
        var fields = new ArrayList<TemplateSheet.Field>();
        for (Column column : Column.values()) {
            fields.add(new TemplateSheet.Field(
                    words.of("directory.reorg.sheet.column." + column.code()),
                    switch (column) {
                        case NAME -> 38;
                        case KEY -> 40;
                        case POSITION, BLOC -> 28;
                        default -> 16;
                    },
                    Kind.TEXT,
                    "",
                    switch (column) {
                        case ROW -> List.of(said.newUnit(), said.oldUnit(), said.person());
                        case KIND ->
                            said.kinds().entrySet().stream()
                                    .filter(kind -> kind.getKey() != Units.Kind.ROOT)
                                    .sorted(Map.Entry.comparingByKey())
                                    .map(Map.Entry::getValue)
                                    .toList();
                        case ACTION -> List.of(said.stays(), said.ends(), said.changes());
                        default -> List.of();
                    }));
        }
        return new TemplateSheet(
                words.of("directory.reorg.sheet.title"),
                words.of("directory.reorg.sheet.name"),
                List.of(
                        words.of("directory.reorg.sheet.title"),
                        draft.facts().head().title()),
                words.of("directory.reorg.sheet.note"),
                fields,
                rows.size() + SPARE_ROWS,
                words.of("directory.reorg.sheet.help"),
                words.of("directory.reorg.sheet.instructions").lines().toList(),
                rows);
    }

    private ReorganisationDraft draft(Scope scope, UUID id) {
        return reorganisations.find(scope, id).orElseThrow(() -> new NotFound("reorganisation"));
    }

    private static boolean writes(Viewer viewer, ReorganisationDraft draft) {
        return viewer.may(Permission.PREPARE_REORGANISATION) && draft.state() == ReorganisationDraft.State.DRAFT;
    }
}
