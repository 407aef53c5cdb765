package vn.chuanmuc.criteria.web;

import java.util.ArrayList;
import java.util.HexFormat;
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
import vn.chuanmuc.criteria.Comparisons;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.criteria.Decisions.Document;
import vn.chuanmuc.criteria.Decisions.Publication;
import vn.chuanmuc.criteria.Decisions.Settled;
import vn.chuanmuc.criteria.Decisions.State;
import vn.chuanmuc.criteria.Place;
import vn.chuanmuc.criteria.Reshaping;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.NotYet;
import vn.chuanmuc.ui.View;

/** One decision: proof-read while it is a draft, read and compared once it is published. */
@Controller
class DecisionController {
    private static final String OTHER = "khac";

    private final Decisions decisions;
    private final Criteria criteria;
    private final Comparisons comparisons;
    private final Accounts accounts;

    DecisionController(Decisions decisions, Criteria criteria, Comparisons comparisons, Accounts accounts) {
        this.decisions = decisions;
        this.criteria = criteria;
        this.comparisons = comparisons;
        this.accounts = accounts;
    }

    @GetMapping("/van-ban/{id}")
    @Allowed(Permission.READ_DECISIONS)
    View show(Viewer viewer, AsOf asOf, @PathVariable("id") UUID id) {
        Document document = decisions.get(viewer, id);
        return document.state().readable()
                ? published(viewer, document, asOf)
                : proof(viewer, document, null, "", "", FormErrors.NONE);
    }

    private View published(Viewer viewer, Document document, AsOf asOf) {
        UUID tenant = viewer.tenantId();
        PublishedDecision decision = decision(viewer, document.id());
        if (!DecisionsController.issued(decision.signedOn(), asOf)) {
            return new NotYet(decision.number(), "/van-ban", "criteria.list.title", "criteria.not-issued", asOf);
        }
        var all = criteria.published(tenant);
        var sets = criteria.sets(tenant, document.id()).stream()
                .map(set -> {
                    var text = criteria.text(tenant, set.id());
                    return new DecisionPage.Sheet(set, text, HexFormat.of().formatHex(text.hash()));
                })
                .toList();
        return new DecisionPage(
                document,
                decision,
                document.proof().places(),
                sets,
                all.stream()
                        .filter(other ->
                                !other.id().equals(document.id()) && DecisionsController.issued(other.signedOn(), asOf))
                        .toList(),
                all.stream()
                        .filter(other -> other.id().equals(document.supersedes()))
                        .findFirst()
                        .orElse(null),
                name(viewer, document.importedBy()),
                name(viewer, document.publishedBy()),
                !asOf.past() && viewer.may(Permission.DECIDE_SETS),
                asOf);
    }

    private String name(Viewer viewer, @Nullable UUID account) {
        return account == null
                ? "–"
                : accounts.names(viewer.tenantId(), List.of(account)).getOrDefault(account, "–");
    }

    private PublishedDecision decision(Viewer viewer, UUID id) {
        return criteria.findPublished(viewer.tenantId(), id).orElseThrow(() -> new NotFound("decision"));
    }

    private View proof(
            Viewer viewer,
            Document document,
            @Nullable String enteredAt,
            String entered,
            String dropReason,
            FormErrors errors) {
        return new ProofPage(
                document,
                document.proof().places(),
                decisions.sourceLines(viewer, document),
                decisions.missing(document),
                decisions.barred(viewer, document).orElse(null),
                decisions.supersedable(viewer, document),
                decisions.ofSameSource(viewer, document),
                name(viewer, document.importedBy()),
                viewer.may(Permission.IMPORT_DECISION),
                enteredAt,
                entered,
                dropReason,
                errors);
    }

    /**
     * @param choice one of the values offered, or {@code khac} for the one entered
     * @param value what was entered; where it was not touched, the choice counts
     * @param before what stood in the field before
     */
    @PostMapping("/van-ban/{id}/soat")
    @Allowed(Permission.PROOFREAD_DECISION)
    Object settle(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("ban") int version,
            @RequestParam("cho") String where,
            @RequestParam(name = "chon", defaultValue = OTHER) String choice,
            @RequestParam(name = "gia-tri", defaultValue = "") String value,
            @RequestParam(name = "truoc", defaultValue = "") String before) {
        boolean chosen = !choice.equals(OTHER) && (value.isBlank() || value.equals(before));
        String entered = chosen ? choice : value;
        Settled outcome = decisions.settle(viewer, id, version, where, entered);
        Document now = decisions.get(viewer, id);
        return switch (outcome) {
            case Settled.Done done -> "redirect:/van-ban/" + id + "?xong=settled#" + next(now, where);
            case Settled.Stale stale when now.state() != State.DRAFT -> "redirect:/van-ban/" + id + "?xong=not-a-draft";
            case Settled.Stale stale -> {
                Place place = now.proof().places().get(where);
                var why = Reason.of("criteria.refused.overtaken");
                yield proof(viewer, now, where, entered, "", FormErrors.of(anchor(place), why));
            }
            case Settled.Refused(var at, var why) ->
                proof(
                        viewer,
                        now,
                        where,
                        entered,
                        "",
                        FormErrors.of(anchor(now.proof().places().get(at)), why));
        };
    }

    /**
     * One item, and what can be done with it beyond rewording.
     *
     * @param where the item, or the criterion that an item is to be added to
     */
    @GetMapping("/van-ban/{id}/noi-dung")
    @Allowed(Permission.PROOFREAD_DECISION)
    Object item(Viewer viewer, @PathVariable("id") UUID id, @RequestParam("cho") String where) {
        Document document = decisions.get(viewer, id);
        if (document.state() != State.DRAFT) {
            return "redirect:/van-ban/" + id + "?xong=not-a-draft";
        }
        return itemPage(viewer, document, where, ItemPage.Entered.NOTHING, FormErrors.NONE);
    }

    private View itemPage(Viewer viewer, Document document, String where, ItemPage.Entered entered, FormErrors errors) {
        return ItemPage.of(
                document,
                decisions.sourceLines(viewer, document),
                decisions.barred(viewer, document).orElse(null),
                where,
                entered,
                errors);
    }

    /** @param what {@code len}, {@code xuong}, {@code gop}, {@code bo}, {@code chuyen}, {@code tach} or {@code them} */
    @PostMapping("/van-ban/{id}/noi-dung")
    @Allowed(Permission.PROOFREAD_DECISION)
    Object arrange(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("ban") int version,
            @RequestParam("cho") String where,
            @RequestParam("viec") String what,
            @RequestParam(name = "tieu-chi", defaultValue = "") String criterion,
            @RequestParam(name = "loi", defaultValue = "") String words,
            @RequestParam(name = "dong", defaultValue = "") String lineText) {
        Document before = decisions.get(viewer, id);
        if (before.state() != State.DRAFT) {
            return "redirect:/van-ban/" + id + "?xong=not-a-draft";
        }
        var entered = new ItemPage.Entered(what, words, lineText, criterion);
        int line = lineText.isBlank()
                ? 0
                : lineText.strip().matches("[0-9]{1,6}") ? Integer.parseInt(lineText.strip()) : -1;
        Reshaping change = switch (what) {
            case "len" -> new Reshaping.Shift(where, true);
            case "xuong" -> new Reshaping.Shift(where, false);
            case "gop" -> new Reshaping.Merge(where);
            case "bo" -> new Reshaping.Remove(where);
            case "chuyen" -> new Reshaping.Move(where, criterion);
            case "tach" -> new Reshaping.Split(where, words);
            case "them" ->
                ItemPage.isCriterion(before, where)
                        ? new Reshaping.Add(where, null, words, line)
                        : new Reshaping.Add(ItemPage.criterionOf(before, where), where, words, line);
            default -> throw new NotFound("command");
        };
        Settled outcome = decisions.reshape(viewer, id, version, change);
        Document now = decisions.get(viewer, id);
        return switch (outcome) {
            case Settled.Done done -> "redirect:/van-ban/" + id + "?xong=arranged#" + ItemPage.near(now, where);
            case Settled.Stale stale when now.state() != State.DRAFT -> "redirect:/van-ban/" + id + "?xong=not-a-draft";
            case Settled.Stale stale ->
                itemPage(viewer, now, where, entered, FormErrors.whole(Reason.of("criteria.refused.overtaken")));
            case Settled.Refused(var at, var why) -> itemPage(viewer, now, where, entered, FormErrors.whole(why));
        };
    }

    private static String anchor(@Nullable Place place) {
        return place == null ? "" : place.anchor();
    }

    /** Where to go on: the next place that is open, else the one just settled, else the end. */
    private static String next(Document document, String where) {
        Map<String, Place> places = document.proof().places();
        boolean passed = false;
        @Nullable Place first = null;
        for (Place place : places.values()) {
            if (place.open() && passed) {
                return place.anchor();
            }
            first = first == null && place.open() ? place : first;
            passed |= place.where().equals(where);
        }
        Place here = places.get(where);
        return first != null ? first.anchor() : here == null || !here.doubts().isEmpty() ? "cong-bo" : here.anchor();
    }

    @PostMapping("/van-ban/{id}/cong-bo")
    @Allowed(Permission.PROOFREAD_DECISION)
    Object publish(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("ban") int version,
            @RequestParam(name = "thay-the", required = false) @Nullable UUID supersedes) {
        return switch (decisions.publish(viewer, id, version, supersedes)) {
            case Publication.Published published -> "redirect:/van-ban/" + id + "?xong=published";
            case Publication.Refused(var why) -> {
                Document now = decisions.get(viewer, id);
                if (now.state() != State.DRAFT) {
                    yield "redirect:/van-ban/" + id + "?xong=not-a-draft";
                }
                yield proof(viewer, now, null, "", "", FormErrors.of("cong-bo", why.getFirst()));
            }
        };
    }

    @PostMapping("/van-ban/{id}/bo")
    @Allowed({Permission.IMPORT_DECISION, Permission.PROOFREAD_DECISION})
    Object drop(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam("ban") int version,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return switch (decisions.drop(viewer, id, version, reason)) {
            case Decisions.Dropped.Done done -> "redirect:/van-ban?xong=dropped";
            case Decisions.Dropped.Refused(var why) -> {
                Document now = decisions.get(viewer, id);
                yield now.state().readable()
                        ? "redirect:/van-ban/" + id + "?xong=not-a-draft"
                        : proof(viewer, now, null, "", reason, FormErrors.of("ly-do", why));
            }
        };
    }

    @GetMapping("/van-ban/{id}/so-sanh/{other}")
    @Allowed(Permission.READ_DECISIONS)
    View compare(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("other") UUID other) {
        PublishedDecision one = decision(viewer, id);
        PublishedDecision two = decision(viewer, other);
        boolean ordered = !one.effectiveFrom().isAfter(two.effectiveFrom());
        PublishedDecision earlier = ordered ? one : two;
        PublishedDecision later = ordered ? two : one;
        return new ComparisonPage(earlier, later, comparisons.ofDecisions(viewer.tenantId(), earlier.id(), later.id()));
    }

    @GetMapping("/van-ban/{id}/so-sanh-bo/{before}/{after}")
    @Allowed(Permission.READ_DECISIONS)
    View compareSets(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("before") UUID before,
            @PathVariable("after") UUID after) {
        PublishedDecision decision = decision(viewer, id);
        var comparison = comparisons.ofSets(viewer.tenantId(), id, before, after);
        return new ComparisonPage(decision, decision, new ArrayList<>(List.of(comparison)));
    }
}
