package vn.chuanmuc.directory.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
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
import vn.chuanmuc.directory.LineMembers;
import vn.chuanmuc.directory.LineMembers.Carried;
import vn.chuanmuc.directory.LineMembers.Move;
import vn.chuanmuc.directory.LineMembers.Selection;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Everybody of a unit, a bloc or a position into a line at once, or out of it: chosen, counted, done. */
@Controller
class LineBulkController {
    private static final String BULK = LinesController.LIST + "/{line}/hang-loat";

    private final Lines lines;
    private final LineMembers members;
    private final People people;
    private final UnitChoices choices;
    private final Access access;
    private final Clock clock;

    LineBulkController(
            Lines lines, LineMembers members, People people, UnitChoices choices, Access access, Clock clock) {
        this.lines = lines;
        this.members = members;
        this.people = people;
        this.choices = choices;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping(BULK)
    @Allowed(Permission.MANAGE_PEOPLE)
    View choose(Viewer viewer, @PathVariable("line") UUID line, @RequestParam Map<String, String> query) {
        return page(viewer, line, LineForm.sent("chon", query));
    }

    @PostMapping(BULK)
    @Allowed(Permission.MANAGE_PEOPLE)
    Object carryOut(Viewer viewer, @PathVariable("line") UUID id, @RequestParam Map<String, String> sent) {
        LineForm form = LineForm.sent("lam", sent);
        Line line = line(viewer, id);
        return switch (read(viewer, line, form)) {
            case Choice.Wrong(var wrong) -> page(viewer, id, form.with(wrong));
            case Choice.Done(var selection) ->
                switch (members.carryOut(
                        Scopes.managing(viewer), id, selection, form.number("so-nguoi"), form.text("ly-do"))) {
                    case Carried.Done _ -> "redirect:" + LinesController.LIST + "/" + id + "?xong=line-members-changed";
                    case Carried.Later(var job) -> "redirect:/viec-nen/" + job;
                    case Carried.Refused(var field, var why) -> page(viewer, id, form.with(FormErrors.of(field, why)));
                };
        };
    }

    /** What is chosen, or what is wrong with it. */
    private sealed interface Choice {
        record Done(Selection selection) implements Choice {}

        record Wrong(FormErrors wrong) implements Choice {}
    }

    private Choice read(Viewer viewer, Line line, LineForm form) {
        LineForm.Days days = form.days("ngay");
        UnitChoice choice = form.choice(choices, Scopes.managing(viewer));
        UUID unit = choice.unit();
        FormErrors wrong = days.wrong();
        if (unit == null || !access.covers(viewer, Permission.MANAGE_PEOPLE, unit)) {
            Reason why = choice.problem();
            wrong = wrong.and("don-vi", why == null ? Reason.of("directory.line.refused.unit") : why);
        }
        if (unit == null || !wrong.none()) {
            return new Choice.Wrong(wrong);
        }
        var selection = new Selection(
                move(form),
                days.get("ngay"),
                unit,
                form.id("khoi"),
                form.id("chuc-vu"),
                form.text("da-thoi").equals("true"));
        Optional<Reason> day = members.check(line, selection);
        return day.isPresent() ? new Choice.Wrong(FormErrors.of("ngay", day.get())) : new Choice.Done(selection);
    }

    private static Move move(LineForm form) {
        return Arrays.stream(Move.values())
                .filter(known -> known.code().equals(form.text("viec")))
                .findFirst()
                .orElse(Move.JOIN);
    }

    private Line line(Viewer viewer, UUID id) {
        return lines.find(viewer.tenantId(), id).orElseThrow(() -> new NotFound("line"));
    }

    private View page(Viewer viewer, UUID id, LineForm form) {
        Line line = line(viewer, id);
        LocalDate today = LocalDate.now(clock);
        LineMembers.@Nullable Preview preview = null;
        LineForm shown = form;
        UnitChoice choice = form.choice(choices, Scopes.managing(viewer));
        if (form.values().containsKey(UnitChoice.ID) || form.values().containsKey(UnitChoice.TYPED)) {
            switch (read(viewer, line, form)) {
                case Choice.Wrong(var wrong) -> shown = form.errors().none() ? form.with(wrong) : form;
                case Choice.Done(var selection) -> preview = members.preview(Scopes.managing(viewer), id, selection);
            }
        }
        return new LineBulkPage(
                line,
                move(form),
                choice,
                form.id("khoi"),
                form.id("chuc-vu"),
                form.text("da-thoi").equals("true"),
                form.text("ngay"),
                preview,
                people.blocs(viewer.tenantId()),
                members.positions(viewer.tenantId()),
                today,
                members.running(viewer.tenantId(), id).orElse(null),
                shown);
    }
}
