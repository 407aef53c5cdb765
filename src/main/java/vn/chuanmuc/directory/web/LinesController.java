package vn.chuanmuc.directory.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Lines.Saved;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** The lines of a body and the tree of each. */
@Controller
class LinesController {
    static final String LIST = "/tuyen";
    private static final int SUGGESTIONS = 10;

    private final Lines lines;
    private final Units units;
    private final UnitChoices choices;
    private final Access access;
    private final Clock clock;

    LinesController(Lines lines, Units units, UnitChoices choices, Access access, Clock clock) {
        this.lines = lines;
        this.units = units;
        this.choices = choices;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping(LIST)
    @Allowed(Permission.READ_PEOPLE)
    View list(Viewer viewer, AsOf asOf) {
        return list(viewer, asOf, LineForm.NONE);
    }

    @PostMapping(LIST)
    @Allowed(Permission.MANAGE_UNITS)
    Object found(Viewer viewer, @RequestParam Map<String, String> sent) {
        LineForm form = LineForm.sent("moi", sent);
        return switch (saying(form)) {
            case Said.Wrong(var wrong) -> list(viewer, today(), form.with(wrong));
            case Said.Done(var saying) ->
                switch (lines.found(Scopes.of(viewer, Permission.MANAGE_UNITS), saying)) {
                    case Saved.Done(var id) -> "redirect:" + LIST + "/" + id + "?xong=line-founded";
                    case Saved.Refused refused -> list(viewer, today(), form.refused(refused));
                };
        };
    }

    private AsOf today() {
        return AsOf.today(LocalDate.now(clock));
    }

    private View list(Viewer viewer, AsOf asOf, LineForm form) {
        LocalDate day = asOf.day();
        return new LinesPage(
                lines.list(viewer.tenantId(), day),
                lines.totals(viewer.tenantId(), day, List.of(viewer.unitsWith(Permission.READ_PEOPLE))),
                !asOf.past() && managesAll(viewer),
                form,
                asOf);
    }

    /** What the field for a superior proposes while somebody types. */
    @GetMapping(LIST + "/{line}/goi-y")
    @Allowed({Permission.READ_PEOPLE, Permission.MANAGE_UNITS})
    View suggestions(
            Viewer viewer,
            @PathVariable("line") UUID id,
            @RequestParam(name = LineForm.SUPERIOR + UnitChoice.SEARCH, defaultValue = "") String typed) {
        return new SuggestionsPage(lines.suggestions(
                Scopes.of(viewer, Permission.READ_PEOPLE), id, LocalDate.now(clock), typed, SUGGESTIONS));
    }

    @GetMapping(LIST + "/{line}")
    @Allowed(Permission.READ_PEOPLE)
    View line(
            Viewer viewer,
            AsOf asOf,
            @PathVariable("line") UUID id,
            @RequestParam(name = "mo", defaultValue = "") String opened) {
        return line(viewer, id, asOf, Ids.read(opened), LineForm.NONE);
    }

    @PostMapping(LIST + "/{line}/sua")
    @Allowed(Permission.MANAGE_UNITS)
    Object correct(Viewer viewer, @PathVariable("line") UUID id, @RequestParam Map<String, String> sent) {
        LineForm form = LineForm.sent("sua", sent);
        return switch (saying(form)) {
            case Said.Wrong(var wrong) -> again(viewer, id, form.with(wrong));
            case Said.Done(var saying) ->
                answer(
                        viewer,
                        id,
                        form,
                        lines.correct(
                                Scopes.of(viewer, Permission.MANAGE_UNITS),
                                id,
                                form.number("phien-ban"),
                                saying,
                                form.text("ly-do")),
                        "?xong=line-corrected");
        };
    }

    @PostMapping(LIST + "/{line}/thoi")
    @Allowed(Permission.MANAGE_UNITS)
    Object end(Viewer viewer, @PathVariable("line") UUID id, @RequestParam Map<String, String> sent) {
        LineForm form = LineForm.sent("thoi", sent);
        LineForm.Days days = form.days("ngay-thoi");
        if (!days.wrong().none()) {
            return again(viewer, id, form.with(days.wrong()));
        }
        return answer(
                viewer,
                id,
                form,
                lines.end(
                        Scopes.of(viewer, Permission.MANAGE_UNITS),
                        id,
                        form.number("phien-ban"),
                        days.get("ngay-thoi"),
                        form.text("ly-do")),
                "?xong=line-ended");
    }

    @PostMapping(LIST + "/{line}/cho")
    @Allowed(Permission.MANAGE_UNITS)
    Object place(Viewer viewer, @PathVariable("line") UUID id, @RequestParam Map<String, String> sent) {
        LineForm form = LineForm.sent("cho", sent);
        LineForm.Days days = form.days("tu-ngay");
        Scope scope = Scopes.of(viewer, Permission.MANAGE_UNITS);
        UnitChoice choice = form.choice(choices, scope);
        UnitChoice superior = form.superior(lines, scope, id, LocalDate.now(clock), null);
        UUID unit = choice.few() ? form.id("don-vi") : choice.unit();
        FormErrors wrong = days.wrong();
        if (unit == null) {
            Reason why = choice.problem();
            wrong = wrong.and("don-vi", why == null ? Reason.of("directory.line.refused.unit") : why);
        }
        Reason lost = superior.problem();
        if (lost != null) {
            wrong = wrong.and(LineForm.SUPERIOR, lost);
        }
        if (unit == null || !wrong.none()) {
            return again(viewer, id, form.with(wrong));
        }
        return answer(
                viewer,
                id,
                form,
                lines.place(
                        scope,
                        id,
                        unit,
                        superior.few() ? form.id(LineForm.SUPERIOR) : superior.unit(),
                        days.get("tu-ngay"),
                        form.text("can-cu")),
                "?xong=line-place-given");
    }

    private Object answer(Viewer viewer, UUID id, LineForm form, Saved saved, String done) {
        return switch (saved) {
            case Saved.Done _ -> "redirect:" + LIST + "/" + id + done;
            case Saved.Refused refused -> again(viewer, id, form.refused(refused));
        };
    }

    private View again(Viewer viewer, UUID id, LineForm form) {
        return line(viewer, id, today(), null, form);
    }

    private View line(Viewer viewer, UUID id, AsOf asOf, @Nullable UUID opened, LineForm form) {
        LocalDate day = asOf.day();
        Line line = lines.find(viewer.tenantId(), id).orElseThrow(() -> new NotFound("line"));
        LocalDate today = LocalDate.now(clock);
        Scope reads = Scopes.of(viewer, Permission.READ_PEOPLE);
        Lines.Tree tree = lines.tree(reads, id, day, opened);
        boolean places = !asOf.past() && viewer.may(Permission.MANAGE_UNITS) && line.open();
        LineForm placing = form.is("cho") ? form : LineForm.NONE;
        return new LinePage(
                line,
                tree,
                lines.totals(viewer.tenantId(), day, reads.units()).people().getOrDefault(id, 0L),
                today,
                !asOf.past() && managesAll(viewer),
                places,
                !asOf.past() && viewer.may(Permission.MANAGE_PEOPLE) && line.open(),
                places ? placing.choice(choices, Scopes.of(viewer, Permission.MANAGE_UNITS)) : null,
                places ? placing.superior(lines, reads, id, today, null) : null,
                form,
                asOf);
    }

    private boolean managesAll(Viewer viewer) {
        return access.covers(viewer, Permission.MANAGE_UNITS, units.root(viewer.tenantId()));
    }

    /** What a form says of a line, or what is wrong with it. */
    private sealed interface Said {
        record Done(Lines.Saying saying) implements Said {}

        record Wrong(FormErrors wrong) implements Said {}
    }

    private static Said saying(LineForm form) {
        LineForm.Days days = form.days("tu-ngay");
        Optional<Lines.Kind> kind = Arrays.stream(Lines.Kind.values())
                .filter(known -> known.code().equals(form.text("loai")))
                .findFirst();
        FormErrors wrong = days.wrong();
        if (kind.isEmpty()) {
            wrong = wrong.and("loai", Reason.of("directory.line.refused.kind"));
        }
        return wrong.none()
                ? new Said.Done(new Lines.Saying(
                        form.text("ten"), kind.orElseThrow(), form.text("can-cu"), days.get("tu-ngay")))
                : new Said.Wrong(wrong);
    }
}
