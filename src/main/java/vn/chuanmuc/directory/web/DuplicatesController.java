package vn.chuanmuc.directory.web;

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
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.directory.Duplicates.Likeness;
import vn.chuanmuc.directory.Duplicates.Merge;
import vn.chuanmuc.directory.Duplicates.Outcome;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** Records that may be of one person: found, compared, made one by two people's decision, or told apart. */
@Controller
class DuplicatesController {
    static final String LIST = "/can-bo/trung";
    private static final int PAGE = 30;
    private static final int DEEPEST = 200;

    private final Duplicates duplicates;
    private final Accounts accounts;

    DuplicatesController(Duplicates duplicates, Accounts accounts) {
        this.duplicates = duplicates;
        this.accounts = accounts;
    }

    @GetMapping(LIST)
    @Allowed(Permission.MANAGE_PEOPLE)
    View list(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "kieu", defaultValue = "") String code,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Likeness likeness = Arrays.stream(Likeness.values())
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElse(Likeness.SAME);
        int at = Math.clamp(page, 1, DEEPEST);
        Scope scope = Scopes.managing(viewer);
        return new DuplicatesPage(
                likeness,
                duplicates.candidates(scope, likeness, asOf.pastEnd(), Paging.offset(at, PAGE), PAGE),
                at == 1 ? duplicates.waiting(scope, asOf.pastEnd()) : List.of(),
                at == 1 && asOf.past() ? duplicates.mergedSince(scope, asOf.end()) : List.of(),
                at,
                asOf);
    }

    /** Side by side: the first is kept, the second given up, unless they are changed over. */
    @GetMapping(LIST + "/{kept}/{givenUp}")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object pair(Viewer viewer, @PathVariable("kept") UUID kept, @PathVariable("givenUp") UUID givenUp) {
        Optional<Merge> proposed = duplicates
                .proposed(viewer.tenantId(), kept, givenUp)
                .flatMap(merge -> duplicates.find(Scopes.managing(viewer), merge.id()));
        return proposed.isPresent()
                ? "redirect:" + LIST + "/gop/" + proposed.get().id()
                : page(viewer, kept, givenUp, null, Typed.NOTHING, FormErrors.NONE);
    }

    @GetMapping(LIST + "/gop/{merge}")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object proposal(Viewer viewer, @PathVariable("merge") UUID id) {
        Merge merge = merge(viewer, id);
        return merge.state() == Merge.State.DONE
                ? "redirect:/can-bo/" + merge.kept()
                : page(viewer, merge.kept(), merge.givenUp(), merge, Typed.NOTHING, FormErrors.NONE);
    }

    private Merge merge(Viewer viewer, UUID id) {
        return duplicates.find(Scopes.managing(viewer), id).orElseThrow(() -> new NotFound("merge"));
    }

    private View page(Viewer viewer, UUID kept, UUID givenUp, @Nullable Merge merge, Typed form, FormErrors errors) {
        Scope scope = Scopes.managing(viewer);
        return new MergePage(
                duplicates.preview(scope, kept, givenUp),
                merge,
                merge == null ? Map.of() : accounts.names(viewer.tenantId(), List.of(merge.proposedBy())),
                merge != null && merge.proposedBy().equals(viewer.accountId()),
                duplicates.looksAfterBoth(scope, kept, givenUp),
                form,
                errors);
    }

    @PostMapping(LIST + "/{kept}/{givenUp}/de-nghi")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object propose(
            Viewer viewer,
            @PathVariable("kept") UUID kept,
            @PathVariable("givenUp") UUID givenUp,
            @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        return switch (duplicates.propose(Scopes.managing(viewer), kept, givenUp, form.value("ly-do"))) {
            case Outcome.Done(var id) -> "redirect:" + LIST + "/gop/" + id + "?xong=merge-proposed";
            case Outcome.Refused(var field, var why) ->
                page(viewer, kept, givenUp, null, form, Typed.errors(field, why));
        };
    }

    @PostMapping(LIST + "/{kept}/{givenUp}/khac")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object notSame(
            Viewer viewer,
            @PathVariable("kept") UUID one,
            @PathVariable("givenUp") UUID other,
            @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        return switch (duplicates.notSame(Scopes.managing(viewer), one, other, form.value("ly-do-khac"))) {
            case Outcome.Done _ -> "redirect:" + LIST + "?xong=not-same";
            case Outcome.Refused(var field, var why) -> page(viewer, one, other, null, form, Typed.errors(field, why));
        };
    }

    @PostMapping(LIST + "/gop/{merge}/{act:gop|tu-choi|rut}")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object decide(
            Viewer viewer,
            @PathVariable("merge") UUID id,
            @PathVariable("act") String act,
            @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        Outcome outcome = switch (act) {
            case "gop" -> duplicates.accept(Scopes.managing(viewer), id, form.value("da-xem"), form.value("loi"));
            case "tu-choi" -> duplicates.decline(Scopes.managing(viewer), id, form.value("ly-do"));
            case "rut" -> duplicates.withdraw(Scopes.managing(viewer), id, form.value("ly-do"));
            default -> throw new NotFound("act");
        };
        return switch (outcome) {
            case Outcome.Done(var done) ->
                act.equals("gop")
                        ? "redirect:/can-bo/" + merge(viewer, done).kept() + "?xong=merged"
                        : "redirect:" + LIST + "?xong=" + (act.equals("rut") ? "merge-withdrawn" : "merge-declined");
            case Outcome.Refused(var field, var why) -> {
                Merge merge = merge(viewer, id);
                yield page(
                        viewer,
                        merge.kept(),
                        merge.givenUp(),
                        merge,
                        form,
                        Typed.errors(field.equals("ly-do") ? "ly-do-" + act : field, why));
            }
        };
    }
}
