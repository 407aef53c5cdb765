package vn.chuanmuc.directory.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.BranchUnit;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Lines.Saved;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** A branch of the tree of units into a line at once: chosen, ticked, placed. */
@Controller
class LineBranchController {
    private static final String BRANCH = LinesController.LIST + "/{line}/nhieu-don-vi";

    private final Lines lines;
    private final UnitChoices choices;
    private final Clock clock;

    LineBranchController(Lines lines, UnitChoices choices, Clock clock) {
        this.lines = lines;
        this.choices = choices;
        this.clock = clock;
    }

    @GetMapping(BRANCH)
    @Allowed(Permission.MANAGE_UNITS)
    View choose(Viewer viewer, @PathVariable("line") UUID line, @RequestParam Map<String, String> query) {
        return page(viewer, line, LineForm.sent("nhanh", query), null);
    }

    /** @param sent the units that are ticked */
    @PostMapping(BRANCH)
    @Allowed(Permission.MANAGE_UNITS)
    Object place(
            Viewer viewer,
            @PathVariable("line") UUID id,
            @RequestParam(name = "chon", required = false) @Nullable List<String> sent,
            @RequestParam Map<String, String> values) {
        LineForm form = LineForm.sent("nhanh", values);
        Set<UUID> ticked = new LinkedHashSet<>();
        for (String one : sent == null ? List.<String>of() : sent) {
            UUID unit = Ids.read(one);
            if (unit != null && ticked.size() < Lines.MOST_AT_ONCE) {
                ticked.add(unit);
            }
        }
        Scope scope = Scopes.of(viewer, Permission.MANAGE_UNITS);
        LineForm.Days days = form.days("tu-ngay");
        UUID top = form.choice(choices, scope).unit();
        UnitChoice superior = form.superior(lines, scope, id, LocalDate.now(clock), null);
        FormErrors wrong = wrong(days, form.choice(choices, scope), superior);
        if (top == null || !wrong.none()) {
            return page(viewer, id, form.with(wrong), ticked);
        }
        return switch (lines.placeAll(
                scope,
                id,
                top,
                ticked,
                superior.few() ? form.id(LineForm.SUPERIOR) : superior.unit(),
                days.get("tu-ngay"),
                form.text("can-cu"))) {
            case Saved.Done _ -> Answer.done(LinesController.LIST + "/" + id, "line-places-given");
            case Saved.Refused refused -> page(viewer, id, form.refused(refused), ticked);
        };
    }

    private static FormErrors wrong(LineForm.Days days, UnitChoice choice, UnitChoice superior) {
        FormErrors wrong = days.wrong();
        if (choice.unit() == null) {
            Reason why = choice.problem();
            wrong = wrong.and("don-vi", why == null ? Reason.of("directory.line.refused.unit") : why);
        }
        Reason lost = superior.problem();
        return lost == null ? wrong : wrong.and(LineForm.SUPERIOR, lost);
    }

    /** @param ticked as it was sent; null: everything that has no place yet */
    private View page(Viewer viewer, UUID id, LineForm form, @Nullable Set<UUID> ticked) {
        Line line = lines.find(viewer.tenantId(), id).filter(Line::open).orElseThrow(() -> new NotFound("line"));
        Scope scope = Scopes.of(viewer, Permission.MANAGE_UNITS);
        LocalDate today = LocalDate.now(clock);
        UnitChoice choice = form.choice(choices, scope);
        UnitChoice superior = form.superior(lines, Scopes.of(viewer, Permission.READ_PEOPLE), id, today, null);
        boolean asked =
                form.values().containsKey(UnitChoice.ID) || form.values().containsKey(UnitChoice.TYPED);
        LineForm.Days days = form.days("tu-ngay");
        LineForm shown = asked && form.errors().none() ? form.with(wrong(days, choice, superior)) : form;
        UUID top = choice.unit();
        Lines.Branch branch =
                asked && top != null && days.wrong().none() ? lines.branch(scope, id, top, days.get("tu-ngay")) : null;
        return new LineBranchPage(
                line,
                choice,
                superior,
                branch,
                ticked != null || branch == null
                        ? ticked == null ? Set.of() : ticked
                        : branch.units().stream()
                                .filter(unit -> unit.placedFrom() == null)
                                .map(BranchUnit::unitId)
                                .collect(Collectors.toSet()),
                today,
                shown);
    }
}
