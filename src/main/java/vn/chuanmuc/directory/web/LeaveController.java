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
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Assignments;
import vn.chuanmuc.directory.LeaveKind;
import vn.chuanmuc.directory.Leaves;
import vn.chuanmuc.directory.Leaves.Entry;
import vn.chuanmuc.directory.Leaves.Leave;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.People.Saved;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Leave: entered, corrected by a new version, taken back. */
@Controller
class LeaveController {
    private static final String LEAVES = PersonController.PERSON + "/nghi";

    private final People people;
    private final Assignments assignments;
    private final Leaves leaves;
    private final Accounts accounts;
    private final Clock clock;

    LeaveController(People people, Assignments assignments, Leaves leaves, Accounts accounts, Clock clock) {
        this.people = people;
        this.assignments = assignments;
        this.leaves = leaves;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GetMapping(LEAVES + "/them")
    @Allowed(Permission.MANAGE_PEOPLE)
    View entering(Viewer viewer, @PathVariable("person") UUID person) {
        return page(viewer, person, null, Typed.NOTHING, FormErrors.NONE);
    }

    @PostMapping(LEAVES + "/them")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object enter(Viewer viewer, @PathVariable("person") UUID person, @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        FormErrors errors = errors(form);
        LocalDate first = form.day("tu-ngay");
        LeaveKind kind = LeaveKind.of(form.value("loai-nghi")).orElse(null);
        if (first == null || kind == null || !errors.none()) {
            return page(viewer, person, null, form, errors);
        }
        return after(
                leaves.enter(Scopes.managing(viewer), person, entry(form, kind, first)),
                viewer,
                person,
                null,
                form,
                "leave-entered");
    }

    @GetMapping(LEAVES + "/{leave}")
    @Allowed(Permission.MANAGE_PEOPLE)
    View correcting(Viewer viewer, AsOf asOf, @PathVariable("person") UUID person, @PathVariable("leave") UUID leave) {
        return asOf.past() || asOf.wrong() != null
                ? on(viewer, person, leave, asOf)
                : page(viewer, person, leave, Typed.NOTHING, FormErrors.NONE);
    }

    /** The leave as it had been entered by the end of the day. */
    private View on(Viewer viewer, UUID person, UUID leaveId, AsOf asOf) {
        People.Portrait portrait = managed(viewer, person);
        List<Leave> versions = leaves.versions(viewer.tenantId(), leaveId);
        if (versions.isEmpty() || !versions.getFirst().personId().equals(person)) {
            throw new NotFound("leave");
        }
        List<Leave> then = versions.stream()
                .filter(version -> asOf.knows(version.madeAt()))
                .toList();
        return new LeaveThenPage(portrait, then, names(viewer, then), asOf);
    }

    private Map<UUID, String> names(Viewer viewer, List<Leave> versions) {
        return accounts.names(
                viewer.tenantId(),
                versions.stream().map(Leave::madeBy).distinct().toList());
    }

    private People.Portrait managed(Viewer viewer, UUID person) {
        return people.portrait(Scopes.of(viewer, Permission.READ_PEOPLE), person)
                .filter(one -> assignments.managed(Scopes.managing(viewer), person))
                .orElseThrow(() -> new NotFound("person"));
    }

    @PostMapping(LEAVES + "/{leave}")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object correct(
            Viewer viewer,
            @PathVariable("person") UUID person,
            @PathVariable("leave") UUID leave,
            @RequestParam("phien-ban") int version,
            @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        FormErrors errors = errors(form);
        LocalDate first = form.day("tu-ngay");
        LeaveKind kind = LeaveKind.of(form.value("loai-nghi")).orElse(null);
        if (first == null || kind == null || !errors.none()) {
            return page(viewer, person, leave, form, errors);
        }
        return after(
                leaves.correct(Scopes.managing(viewer), leave, version, entry(form, kind, first)),
                viewer,
                person,
                leave,
                form,
                "leave-corrected");
    }

    @PostMapping(LEAVES + "/{leave}/rut")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object withdraw(
            Viewer viewer,
            @PathVariable("person") UUID person,
            @PathVariable("leave") UUID leave,
            @RequestParam("phien-ban") int version,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        Saved saved = leaves.withdraw(Scopes.managing(viewer), leave, version, reason);
        return switch (saved) {
            case Saved.Done(var of) -> "redirect:/can-bo/" + of + "?xong=leave-withdrawn";
            case Saved.Refused(var field, var why) ->
                page(viewer, person, leave, Typed.NOTHING, Typed.errors(field.isEmpty() ? "" : "ly-do-rut", why));
        };
    }

    private static FormErrors errors(Typed form) {
        FormErrors errors = form.dayErrors(form.dayErrors(FormErrors.NONE, "tu-ngay", true), "den-ngay", false);
        return LeaveKind.of(form.value("loai-nghi")).isEmpty()
                ? errors.and("loai-nghi", Reason.of("directory.leave.refused.kind"))
                : errors;
    }

    private static Entry entry(Typed form, LeaveKind kind, LocalDate first) {
        return new Entry(kind, first, form.day("den-ngay"), form.value("can-cu"), form.value("ly-do"));
    }

    private Object after(Saved saved, Viewer viewer, UUID person, @Nullable UUID leave, Typed form, String done) {
        return switch (saved) {
            case Saved.Done(var of) -> "redirect:/can-bo/" + of + "?xong=" + done;
            case Saved.Refused(var field, var why) -> page(viewer, person, leave, form, Typed.errors(field, why));
        };
    }

    private View page(Viewer viewer, UUID person, @Nullable UUID leaveId, Typed form, FormErrors errors) {
        People.Portrait portrait = managed(viewer, person);
        List<Leave> versions = leaveId == null ? List.of() : leaves.versions(viewer.tenantId(), leaveId);
        if (leaveId != null
                && (versions.isEmpty()
                        || !versions.getFirst().personId().equals(person)
                        || versions.getFirst().withdrawn())) {
            throw new NotFound("leave");
        }
        return new LeavePage(
                portrait,
                versions,
                names(viewer, versions),
                LocalDate.now(clock),
                leaveId == null ? null : AsOf.today(LocalDate.now(clock)),
                form,
                errors);
    }
}
