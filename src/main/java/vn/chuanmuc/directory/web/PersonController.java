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
import vn.chuanmuc.directory.Assignments;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.directory.Leaves;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.People.Saved;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.Transfers;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** One person: who they are, where they work and worked, and what changes there. */
@Controller
class PersonController {
    static final String PERSON = "/can-bo/{person}";
    private static final String TASK = PERSON + "/phan-cong/{assignment}/{task:doi|sua|chinh|thoi}";

    private final People people;
    private final Assignments assignments;
    private final Leaves leaves;
    private final Transfers transfers;
    private final Duplicates duplicates;
    private final Lines lines;
    private final UnitChoices choices;
    private final Access access;
    private final Clock clock;

    PersonController(
            People people,
            Assignments assignments,
            Leaves leaves,
            Transfers transfers,
            Duplicates duplicates,
            Lines lines,
            UnitChoices choices,
            Access access,
            Clock clock) {
        this.people = people;
        this.assignments = assignments;
        this.leaves = leaves;
        this.transfers = transfers;
        this.duplicates = duplicates;
        this.lines = lines;
        this.choices = choices;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping(PERSON)
    @Allowed(Permission.READ_PEOPLE)
    Object person(
            Viewer viewer,
            @PathVariable("person") UUID person,
            @RequestParam(name = "ngay", defaultValue = "") String day) {
        UUID present = duplicates.present(viewer.tenantId(), person);
        return present.equals(person)
                ? page(viewer, person, day, Typed.NOTHING, FormErrors.NONE)
                : "redirect:/can-bo/" + present
                        + AsOf.read(day, LocalDate.now(clock)).carried();
    }

    private View page(Viewer viewer, UUID person, String day, Typed form, FormErrors errors) {
        People.Portrait portrait = portrait(viewer, person);
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        Scope scope = Scopes.managing(viewer);
        boolean manages = !asOf.past() && viewer.may(Permission.MANAGE_PEOPLE) && assignments.managed(scope, person);
        List<UUID> managed = manages
                ? portrait.assignments().stream()
                        .filter(held -> access.covers(viewer, Permission.MANAGE_PEOPLE, held.unitId()))
                        .map(People.Assignment::id)
                        .toList()
                : List.of();
        return new PersonPage(
                portrait,
                manages,
                managed,
                leaves.of(viewer.tenantId(), person),
                transfers.of(Scopes.of(viewer, Permission.READ_PEOPLE), person),
                duplicates.held(viewer.tenantId(), person),
                lines.of(viewer.tenantId(), person, asOf.day()),
                asOf,
                form,
                errors);
    }

    private People.Portrait portrait(Viewer viewer, UUID person) {
        return people.portrait(Scopes.of(viewer, Permission.READ_PEOPLE), person)
                .orElseThrow(() -> new NotFound("person"));
    }

    @PostMapping(PERSON + "/sua")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object correct(
            Viewer viewer,
            @PathVariable("person") UUID person,
            @RequestParam("phien-ban") int version,
            @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        FormErrors errors = form.dayErrors(FormErrors.NONE, "ngay-sinh", false);
        if (!errors.none()) {
            return page(viewer, person, "", form, errors);
        }
        Saved saved = people.correct(
                Scopes.managing(viewer),
                person,
                version,
                form.value("ho-ten"),
                form.day("ngay-sinh"),
                form.value("ly-do"));
        return switch (saved) {
            case Saved.Done _ -> done(person, "person-corrected");
            case Saved.Refused(var field, var why) -> page(viewer, person, "", form, Typed.errors(field, why));
        };
    }

    private static String done(UUID person, String what) {
        return "redirect:/can-bo/" + person + "?xong=" + what;
    }

    @GetMapping(PERSON + "/phan-cong/them")
    @Allowed(Permission.MANAGE_PEOPLE)
    View beginning(Viewer viewer, @PathVariable("person") UUID person) {
        return form(viewer, person, null, "them", Typed.NOTHING, FormErrors.NONE);
    }

    @PostMapping(PERSON + "/phan-cong/them")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object begin(Viewer viewer, @PathVariable("person") UUID person, @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        LocalDate from = form.day("tu-ngay");
        FormErrors errors = form.workErrors(form.dayErrors(FormErrors.NONE, "tu-ngay", true));
        UnitChoice choice = form.unit(choices, Scopes.managing(viewer));
        UUID unit = choice.unit();
        errors = Typed.unitErrors(errors, choice);
        if (from == null || unit == null || !errors.none()) {
            return form(viewer, person, null, "them", form, errors);
        }
        Saved saved = assignments.begin(Scopes.managing(viewer), person, unit, form.work(), from, form.value("ly-do"));
        return after(saved, viewer, person, null, "them", form, "assignment-begun");
    }

    @GetMapping(TASK)
    @Allowed(Permission.MANAGE_PEOPLE)
    View changing(
            Viewer viewer,
            @PathVariable("person") UUID person,
            @PathVariable("assignment") UUID assignment,
            @PathVariable("task") String task) {
        return form(viewer, person, assignment, task, Typed.NOTHING, FormErrors.NONE);
    }

    @PostMapping(TASK)
    @Allowed(Permission.MANAGE_PEOPLE)
    Object change(
            Viewer viewer,
            @PathVariable("person") UUID person,
            @PathVariable("assignment") UUID assignment,
            @PathVariable("task") String task,
            @RequestParam("phien-ban") int version,
            @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        Scope scope = Scopes.managing(viewer);
        String dayField = task.equals("thoi") ? "ngay-thoi" : "tu-ngay";
        FormErrors errors = form.dayErrors(FormErrors.NONE, dayField, true);
        if (task.equals("doi") || task.equals("sua")) {
            errors = form.workErrors(form.dayErrors(errors, "den-ngay", false));
        }
        LocalDate day = form.day(dayField);
        if (day == null || !errors.none()) {
            return form(viewer, person, assignment, task, form, errors);
        }
        String why = form.value("ly-do");
        return switch (task) {
            case "doi" ->
                after(
                        assignments.change(scope, person, assignment, version, form.work(), day, why),
                        viewer,
                        person,
                        assignment,
                        task,
                        form,
                        "assignment-changed");
            case "sua" ->
                after(
                        assignments.correct(
                                scope, person, assignment, version, form.work(), day, form.day("den-ngay"), why),
                        viewer,
                        person,
                        assignment,
                        task,
                        form,
                        "assignment-corrected");
            case "chinh" ->
                after(
                        assignments.makeMain(scope, person, assignment, version, day, why),
                        viewer,
                        person,
                        assignment,
                        task,
                        form,
                        "main-changed");
            case "thoi" ->
                after(
                        assignments.end(scope, person, assignment, version, day, form.id("chinh"), why),
                        viewer,
                        person,
                        assignment,
                        task,
                        form,
                        "assignment-ended");
            default -> throw new NotFound("task");
        };
    }

    private Object after(
            Saved saved, Viewer viewer, UUID person, @Nullable UUID assignment, String task, Typed form, String done) {
        return switch (saved) {
            case Saved.Done _ -> done(person, done);
            case Saved.Refused(var field, var why) ->
                form(viewer, person, assignment, task, form, Typed.errors(field, why));
        };
    }

    private View form(
            Viewer viewer, UUID person, @Nullable UUID assignment, String task, Typed form, FormErrors errors) {
        People.Portrait portrait = portrait(viewer, person);
        if (!assignments.managed(Scopes.managing(viewer), person)) {
            throw new NotFound("person");
        }
        People.@Nullable Assignment held = assignment == null
                ? null
                : portrait.assignments().stream()
                        .filter(one -> one.id().equals(assignment)
                                && access.covers(viewer, Permission.MANAGE_PEOPLE, one.unitId()))
                        .findFirst()
                        .orElseThrow(() -> new NotFound("assignment"));
        return new AssignmentPage(
                portrait,
                held,
                task,
                assignment == null ? form.unit(choices, Scopes.managing(viewer)) : null,
                people.blocs(viewer.tenantId()),
                people.positions(viewer.tenantId()),
                LocalDate.now(clock),
                form,
                errors);
    }
}
