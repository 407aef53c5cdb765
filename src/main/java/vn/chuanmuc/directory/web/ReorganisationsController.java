package vn.chuanmuc.directory.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.ReorganisationDraft.Basis;
import vn.chuanmuc.directory.ReorganisationDraft.Head;
import vn.chuanmuc.directory.ReorganisationDraft.State;
import vn.chuanmuc.directory.Reorganisations;
import vn.chuanmuc.directory.Reorganisations.CarriedOut;
import vn.chuanmuc.directory.Reorganisations.Saved;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Re-organisations from the first line to the day: the record itself, its checks, its preview, its approval. */
@Controller
class ReorganisationsController {
    private static final String ADDRESS = ReorganisationWords.ADDRESS;

    private final Reorganisations reorganisations;
    private final Accounts accounts;
    private final Clock clock;

    ReorganisationsController(Reorganisations reorganisations, Accounts accounts, Clock clock) {
        this.reorganisations = reorganisations;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GetMapping(ADDRESS)
    @Allowed(Permission.READ_REORGANISATIONS)
    View list(Viewer viewer, AsOf asOf) {
        List<ReorganisationDraft.Facts> all = reorganisations.newest(reading(viewer));
        return new ReorganisationsPage(
                asOf.past()
                        ? all.stream()
                                .flatMap(one -> one.on(asOf.end()).stream())
                                .toList()
                        : all,
                !asOf.past() && viewer.may(Permission.PREPARE_REORGANISATION),
                asOf);
    }

    @GetMapping(ADDRESS + "/moi")
    @Allowed(Permission.PREPARE_REORGANISATION)
    View creating(Viewer viewer) {
        return new ReorganisationFormPage(null, ReorganisationFormPage.Form.EMPTY, FormErrors.NONE);
    }

    @PostMapping(ADDRESS)
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object create(Viewer viewer, @ModelAttribute ReorganisationFormPage.Form form) {
        return save(null, form, head -> reorganisations.create(preparing(viewer), head));
    }

    @GetMapping(ADDRESS + "/{id}/thong-tin")
    @Allowed(Permission.PREPARE_REORGANISATION)
    View head(Viewer viewer, @PathVariable("id") UUID id) {
        var draft = reorganisations.find(preparing(viewer), id).orElseThrow(() -> new NotFound("reorganisation"));
        return new ReorganisationFormPage(
                id, ReorganisationFormPage.Form.of(draft.facts().head(), VietnameseDates::format), FormErrors.NONE);
    }

    @PostMapping(ADDRESS + "/{id}/thong-tin")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object changeHead(Viewer viewer, @PathVariable("id") UUID id, @ModelAttribute ReorganisationFormPage.Form form) {
        return save(id, form, head -> reorganisations.changeHead(preparing(viewer), id, head));
    }

    private interface Saving {
        Saved save(Head head);
    }

    private static Object save(@Nullable UUID id, ReorganisationFormPage.Form form, Saving saving) {
        var effective = new PeopleController.Day(ReorganisationFormPage.Form.text(form.effective()), true);
        var date = new PeopleController.Day(ReorganisationFormPage.Form.text(form.date()), form.hasBasis());
        FormErrors errors = FormErrors.NONE;
        if (effective.wrong()) {
            errors = errors.and("hieu-luc", Reason.of("directory.reorg.refused.effective"));
        }
        if (form.hasBasis() && date.wrong()) {
            errors = errors.and("ngay-ban-hanh", Reason.of("directory.reorg.refused.basis-date"));
        }
        if (!errors.none()) {
            return new ReorganisationFormPage(id, form, errors);
        }
        var head = new Head(
                ReorganisationFormPage.Form.text(form.title()),
                effective.required(),
                form.hasBasis()
                        ? new Basis(
                                true,
                                ReorganisationFormPage.Form.text(form.number()),
                                date.value,
                                ReorganisationFormPage.Form.text(form.issuer()),
                                ReorganisationFormPage.Form.text(form.subject()))
                        : Basis.NONE);
        return switch (saving.save(head)) {
            case Saved.Done(UUID saved) -> "redirect:" + ReorganisationWords.at(saved) + "?xong=reorg-saved";
            case Saved.Refused(var field, var why) -> new ReorganisationFormPage(id, form, FormErrors.of(field, why));
        };
    }

    @GetMapping(ADDRESS + "/{id}")
    @Allowed(Permission.READ_REORGANISATIONS)
    View show(Viewer viewer, AsOf asOf, @PathVariable("id") UUID id) {
        return asOf.past() ? then(viewer, id, asOf) : page(viewer, asOf, id, Map.of(), FormErrors.NONE);
    }

    private View then(Viewer viewer, UUID id, AsOf asOf) {
        ReorganisationDraft.Facts facts = reorganisations
                .find(reading(viewer), id)
                .orElseThrow(() -> new NotFound("reorganisation"))
                .facts();
        return new ReorganisationThenPage(
                facts.head(), facts.on(asOf.end()).orElse(null), accounts.names(viewer.tenantId(), who(facts)), asOf);
    }

    private static Set<UUID> who(ReorganisationDraft.Facts facts) {
        var who = new HashSet<UUID>(List.of(facts.preparedBy()));
        for (UUID account : new @Nullable UUID[] {facts.submittedBy(), facts.approvedBy(), facts.endedBy()}) {
            if (account != null) {
                who.add(account);
            }
        }
        return who;
    }

    View page(Viewer viewer, UUID id, Map<String, String> kept, FormErrors errors) {
        return page(viewer, AsOf.today(LocalDate.now(clock)), id, kept, errors);
    }

    private View page(Viewer viewer, AsOf asOf, UUID id, Map<String, String> kept, FormErrors errors) {
        Scope scope = reading(viewer);
        var outlook = reorganisations.outlook(scope, id);
        var facts = outlook.draft().facts();
        boolean draft = facts.state() == State.DRAFT;
        return new ReorganisationPage(
                outlook,
                facts.state() == State.DONE ? reorganisations.successions(scope, id) : List.of(),
                draft ? reorganisations.choices(scope, outlook.draft()) : new Reorganisations.Choices(true, List.of()),
                accounts.names(viewer.tenantId(), who(facts)),
                viewer.accountId(),
                viewer.may(Permission.PREPARE_REORGANISATION),
                viewer.may(Permission.APPROVE_REORGANISATION),
                kept,
                errors,
                asOf);
    }

    @GetMapping(ADDRESS + "/{id}/xem-truoc")
    @Allowed(Permission.READ_REORGANISATIONS)
    Object preview(Viewer viewer, @PathVariable("id") UUID id) {
        Scope scope = reading(viewer);
        ReorganisationDraft draft = reorganisations.find(scope, id).orElseThrow(() -> new NotFound("reorganisation"));
        return draft.state() == State.DONE
                ? "redirect:" + ReorganisationWords.at(id)
                : new ReorganisationPreviewPage(
                        draft, reorganisations.preview(scope, id), reorganisations.inLines(scope, id));
    }

    @PostMapping(ADDRESS + "/{id}/trinh")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object submit(Viewer viewer, @PathVariable("id") UUID id, @RequestParam("phien-ban") int version) {
        return moved(viewer, id, reorganisations.submit(preparing(viewer), id, version), "reorg-submitted", Map.of());
    }

    @PostMapping(ADDRESS + "/{id}/duyet")
    @Allowed(Permission.APPROVE_REORGANISATION)
    Object approve(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("phien-ban") int version,
            @RequestParam(name = "ly-do-duyet", defaultValue = "") String words) {
        Saved saved = reorganisations.approve(Scopes.of(viewer, Permission.APPROVE_REORGANISATION), id, version, words);
        return saved instanceof Saved.Done
                ? "redirect:" + ReorganisationWords.at(id) + "?xong=" + done(viewer, id)
                : moved(viewer, id, saved, "", Map.of("ly-do-duyet", words));
    }

    /** What the page says after approving: that it waits, is done, or could not be done. */
    private String done(Viewer viewer, UUID id) {
        return switch (reorganisations.carryOut(viewer.tenantId(), id)) {
            case CarriedOut.Done any -> "reorg-done";
            case CarriedOut.NotDue any -> "reorg-approved";
            case CarriedOut.Blocked any -> "reorg-stuck";
        };
    }

    @PostMapping(ADDRESS + "/{id}/thuc-hien")
    @Allowed(Permission.APPROVE_REORGANISATION)
    String again(Viewer viewer, @PathVariable("id") UUID id) {
        if (reorganisations
                .find(Scopes.of(viewer, Permission.APPROVE_REORGANISATION), id)
                .isEmpty()) {
            throw new NotFound("reorganisation");
        }
        return "redirect:" + ReorganisationWords.at(id) + "?xong=" + done(viewer, id);
    }

    @PostMapping(ADDRESS + "/{id}/tra-lai")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object sendBack(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("phien-ban") int version,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return moved(
                viewer,
                id,
                reorganisations.sendBack(preparing(viewer), id, version, reason),
                "reorg-sent-back",
                Map.of("ly-do", reason));
    }

    @PostMapping(ADDRESS + "/{id}/rut")
    @Allowed(Permission.PREPARE_REORGANISATION)
    Object withdraw(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do-rut", defaultValue = "") String reason) {
        Saved saved = reorganisations.withdraw(preparing(viewer), id, reason);
        if (saved instanceof Saved.Refused(var field, var why) && field.equals("ly-do")) {
            saved = new Saved.Refused("ly-do-rut", why);
        }
        return moved(viewer, id, saved, "reorg-withdrawn", Map.of("ly-do-rut", reason));
    }

    private Object moved(Viewer viewer, UUID id, Saved saved, String done, Map<String, String> kept) {
        return switch (saved) {
            case Saved.Done any -> "redirect:" + ReorganisationWords.at(id) + "?xong=" + done;
            case Saved.Refused(var field, var why) -> page(viewer, id, kept, FormErrors.of(field, why));
        };
    }

    static Scope reading(Viewer viewer) {
        return Scopes.of(viewer, Permission.READ_REORGANISATIONS);
    }

    static Scope preparing(Viewer viewer) {
        return Scopes.of(viewer, Permission.PREPARE_REORGANISATION);
    }
}
