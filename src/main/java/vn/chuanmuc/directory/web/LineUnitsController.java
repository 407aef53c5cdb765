package vn.chuanmuc.directory.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
import vn.chuanmuc.directory.LineMembers.Change;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Duty;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Lines.Saved;
import vn.chuanmuc.directory.Members;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** A unit in a line: its place, who compiles and approves, who stands in the line through it. */
@Controller
class LineUnitsController {
    private static final String UNIT = LinesController.LIST + "/{line}/don-vi/{unit}";
    private static final int PAGE = 50;
    private static final int DEEPEST_PAGE = 10_000;
    private static final int CANDIDATES = 20;

    private final Lines lines;
    private final LineMembers members;
    private final Members posts;
    private final Access access;
    private final Clock clock;

    LineUnitsController(Lines lines, LineMembers members, Members posts, Access access, Clock clock) {
        this.lines = lines;
        this.members = members;
        this.posts = posts;
        this.access = access;
        this.clock = clock;
    }

    /** Which unit of which line a request is about. */
    private record At(Viewer viewer, UUID line, UUID unit) {
        String address() {
            return LinesController.LIST + "/" + line + "/don-vi/" + unit;
        }

        Scope scope(Permission permission) {
            return Scopes.of(viewer, permission);
        }
    }

    @GetMapping(UNIT)
    @Allowed(Permission.READ_PEOPLE)
    View unit(
            Viewer viewer,
            AsOf asOf,
            @PathVariable("line") UUID line,
            @PathVariable("unit") UUID unit,
            @RequestParam Map<String, String> query) {
        return page(new At(viewer, line, unit), asOf, LineForm.sent("xem", query));
    }

    @PostMapping(UNIT + "/cho/{place}/{change}")
    @Allowed(Permission.MANAGE_UNITS)
    Object place(
            Viewer viewer,
            @PathVariable("line") UUID line,
            @PathVariable("unit") UUID unit,
            @PathVariable("place") UUID place,
            @PathVariable("change") String change,
            @RequestParam Map<String, String> sent) {
        var at = new At(viewer, line, unit);
        LineForm form = LineForm.sent(change + place, sent);
        Scope scope = at.scope(Permission.MANAGE_UNITS);
        int version = form.number("phien-ban");
        LineForm.Days days = switch (change) {
            case "chuyen", "sua" -> form.days("tu-ngay");
            case "thoi" -> form.days("ngay-thoi");
            case "bo" -> form.days();
            default -> throw new NotFound("change of a place");
        };
        UnitChoice superior = form.superior(lines, scope, line, LocalDate.now(clock), null);
        Reason lost = superior.problem();
        FormErrors wrong = lost == null ? days.wrong() : days.wrong().and(LineForm.SUPERIOR, lost);
        if (!wrong.none()) {
            return again(at, form.with(wrong));
        }
        UUID above = superior.few() ? form.id(LineForm.SUPERIOR) : superior.unit();
        return switch (change) {
            case "chuyen" ->
                answer(
                        at,
                        form,
                        lines.move(scope, line, place, version, above, days.get("tu-ngay"), form.text("can-cu")),
                        "?xong=line-place-moved");
            case "sua" ->
                answer(
                        at,
                        form,
                        lines.correctPlace(
                                scope,
                                line,
                                place,
                                version,
                                above,
                                days.get("tu-ngay"),
                                form.text("can-cu"),
                                form.text("ly-do")),
                        "?xong=line-place-corrected");
            case "thoi" ->
                answer(
                        at,
                        form,
                        lines.endPlace(scope, line, place, version, days.get("ngay-thoi"), form.text("ly-do")),
                        "?xong=line-place-ended");
            default ->
                answer(
                        at,
                        form,
                        lines.withdrawPlace(scope, line, place, version, form.text("ly-do")),
                        "?xong=line-place-withdrawn");
        };
    }

    /** Puts somebody into the line, or gives them a duty of it. */
    @PostMapping(UNIT + "/nguoi")
    @Allowed({Permission.MANAGE_PEOPLE, Permission.MANAGE_UNITS})
    Object person(
            Viewer viewer,
            @PathVariable("line") UUID line,
            @PathVariable("unit") UUID unit,
            @RequestParam Map<String, String> sent) {
        var at = new At(viewer, line, unit);
        LineForm form = LineForm.sent("nguoi", sent);
        LineForm.Days days = form.days("tu-ngay");
        UUID person = form.id("ai");
        FormErrors wrong = days.wrong();
        if (person == null) {
            wrong = wrong.and("nguoi", Reason.of("directory.line.refused.person"));
        }
        if (person == null || !wrong.none()) {
            return again(at, form.with(wrong));
        }
        LocalDate from = days.get("tu-ngay");
        return switch (form.text("viec")) {
            case "thanh-vien" -> {
                access.require(viewer, Permission.MANAGE_PEOPLE, unit);
                yield answer(
                        at,
                        form,
                        members.join(at.scope(Permission.MANAGE_PEOPLE), line, unit, person, from),
                        "?xong=line-member-joined");
            }
            case "clerk" -> appoint(at, form, Duty.CLERK, person, from);
            case "approver" -> appoint(at, form, Duty.APPROVER, person, from);
            default -> again(at, form.with(FormErrors.of("viec", Reason.of("directory.line.refused.duty"))));
        };
    }

    private Object appoint(At at, LineForm form, Duty duty, UUID person, LocalDate from) {
        access.require(at.viewer(), Permission.MANAGE_UNITS, at.unit());
        return answer(
                at,
                form,
                lines.appoint(at.scope(Permission.MANAGE_UNITS), at.line(), at.unit(), duty, person, from),
                "?xong=line-duty-given");
    }

    @PostMapping(UNIT + "/viec/{duty}")
    @Allowed(Permission.MANAGE_UNITS)
    Object duty(
            Viewer viewer,
            @PathVariable("line") UUID line,
            @PathVariable("unit") UUID unit,
            @PathVariable("duty") UUID duty,
            @RequestParam Map<String, String> sent) {
        var at = new At(viewer, line, unit);
        LineForm form = LineForm.sent("viec" + duty, sent);
        Change change = change(form);
        LineForm.Days days = change == Change.WITHDRAW ? form.days() : form.days("ngay");
        if (!days.wrong().none()) {
            return again(at, form.with(days.wrong()));
        }
        Scope scope = at.scope(Permission.MANAGE_UNITS);
        int version = form.number("phien-ban");
        String reason = form.text("ly-do");
        return switch (change) {
            case END ->
                answer(
                        at,
                        form,
                        lines.endDuty(scope, line, duty, version, days.get("ngay"), reason),
                        "?xong=line-duty-ended");
            case CORRECT ->
                answer(
                        at,
                        form,
                        lines.correctDuty(scope, line, duty, version, days.get("ngay"), reason),
                        "?xong=line-duty-corrected");
            case WITHDRAW ->
                answer(at, form, lines.withdrawDuty(scope, line, duty, version, reason), "?xong=line-duty-withdrawn");
        };
    }

    @PostMapping(UNIT + "/thanh-vien/{person}")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object member(
            Viewer viewer,
            @PathVariable("line") UUID line,
            @PathVariable("unit") UUID unit,
            @PathVariable("person") UUID person,
            @RequestParam Map<String, String> sent) {
        var at = new At(viewer, line, unit);
        LineForm form = LineForm.sent("thanh-vien", sent);
        Change change = change(form);
        LineForm.Days days = change == Change.WITHDRAW ? form.days("tu") : form.days("tu", "ngay");
        if (!days.wrong().none()) {
            return again(at, form.with(days.wrong()));
        }
        LocalDate from = days.get("tu");
        return answer(
                at,
                form,
                members.change(
                        at.scope(Permission.MANAGE_PEOPLE),
                        line,
                        person,
                        from,
                        form.number("phien-ban"),
                        change,
                        change == Change.WITHDRAW ? from : days.get("ngay"),
                        form.text("ly-do")),
                switch (change) {
                    case END -> "?xong=line-member-left";
                    case CORRECT -> "?xong=line-member-corrected";
                    case WITHDRAW -> "?xong=line-member-withdrawn";
                });
    }

    private static Change change(LineForm form) {
        return switch (form.text("doi")) {
            case "thoi" -> Change.END;
            case "sua" -> Change.CORRECT;
            case "bo" -> Change.WITHDRAW;
            default -> throw new NotFound("change");
        };
    }

    private Object answer(At at, LineForm form, Saved saved, String done) {
        return switch (saved) {
            case Saved.Done _ -> "redirect:" + at.address() + done;
            case Saved.Refused refused ->
                again(
                        at,
                        form.is("thanh-vien") || form.name().startsWith("viec")
                                ? form.refusedOnDay(refused)
                                : form.refused(refused));
        };
    }

    private View again(At at, LineForm form) {
        return page(at, AsOf.today(LocalDate.now(clock)), form);
    }

    private View page(At at, AsOf asOf, LineForm form) {
        LocalDate day = asOf.day();
        Viewer viewer = at.viewer();
        UUID tenant = viewer.tenantId();
        Line line = lines.find(tenant, at.line()).orElseThrow(() -> new NotFound("line"));
        if (!access.covers(viewer, Permission.READ_PEOPLE, at.unit())) {
            throw new NotFound("unit");
        }
        List<Lines.Place> places = lines.places(tenant, at.line(), at.unit());
        if (places.isEmpty() && form.errors().none()) {
            throw new NotFound("unit without a place");
        }
        LocalDate today = LocalDate.now(clock);
        String words = cut(form.text("tim"));
        String sought = cut(form.text("tim-nguoi"));
        int shown = Math.clamp(form.number("trang"), 1, DEEPEST_PAGE);
        LineMembers.Page found =
                members.list(tenant, at.line(), at.unit(), day, words, Paging.offset(shown, PAGE), PAGE);
        boolean manages = !asOf.past() && access.covers(viewer, Permission.MANAGE_UNITS, at.unit());
        Lines.Place place = holding(places, day);
        boolean changes = !asOf.past() && access.covers(viewer, Permission.MANAGE_PEOPLE, at.unit());
        String address =
                at.address() + "?" + asOf.parameter() + (words.isBlank() ? "" : "tim=" + Ui.encode(words) + "&");
        UUID opened = form.id("chon");
        return new LineUnitPage(
                line,
                at.unit(),
                lines.unitName(tenant, at.unit(), day).orElseThrow(() -> new NotFound("unit")),
                place,
                places,
                lines.holders(tenant, at.line(), at.unit()),
                found,
                new Paging(shown, PAGE, found.total(), address),
                words,
                opened == null
                        ? null
                        : found.members().stream()
                                .filter(member -> member.personId().equals(opened))
                                .findFirst()
                                .orElse(null),
                sought.isBlank() || !manages && !changes
                        ? List.of()
                        : posts.list(
                                        at.scope(changes ? Permission.MANAGE_PEOPLE : Permission.MANAGE_UNITS),
                                        new Members.Filter(sought, null, null, false, today),
                                        0,
                                        CANDIDATES)
                                .people(),
                sought,
                today,
                manages,
                !asOf.past() && lines.mayEnd(at.scope(Permission.MANAGE_UNITS), at.unit()),
                changes,
                manages && place != null ? superior(at, form, "chuyen", place) : null,
                manages && place != null ? superior(at, form, "sua", place) : null,
                form,
                asOf);
    }

    /** The superior in one of the forms of a place; of the unit itself nobody would make it its own superior. */
    private UnitChoice superior(At at, LineForm form, String change, Lines.Place place) {
        LineForm own = form.is(change + place.id()) ? form : LineForm.NONE;
        UnitChoice choice = own.superior(
                lines, at.scope(Permission.MANAGE_UNITS), at.line(), LocalDate.now(clock), place.superiorId());
        return new UnitChoice(
                choice.few(),
                choice.options().stream()
                        .filter(option -> !option.id().equals(at.unit()))
                        .toList(),
                choice.typed(),
                choice.chosen(),
                choice.problem());
    }

    private static Lines.@Nullable Place holding(List<Lines.Place> places, LocalDate day) {
        return places.stream()
                .filter(place -> !place.validFrom().isAfter(day)
                        && (place.validTo() == null || place.validTo().isAfter(day)))
                .findFirst()
                .orElse(null);
    }

    private static String cut(String words) {
        return words.length() > 100 ? words.substring(0, 100) : words;
    }
}
