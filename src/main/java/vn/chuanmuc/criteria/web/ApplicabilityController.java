package vn.chuanmuc.criteria.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Applicability;
import vn.chuanmuc.criteria.Applicability.Candidate;
import vn.chuanmuc.criteria.Applicability.Outcome;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** Which set each person takes, for the offices that decide it. */
@Controller
class ApplicabilityController {
    private static final String PAGE = "/can-bo/bo-tieu-chi";
    private static final int ROWS = 50;

    private final Applicability applicability;
    private final Criteria criteria;
    private final Units units;

    ApplicabilityController(Applicability applicability, Criteria criteria, Units units) {
        this.applicability = applicability;
        this.criteria = criteria;
        this.units = units;
    }

    /** What is looked at; the same in every address and form of the page. */
    private record Looking(
            @Nullable UUID decision, @Nullable UUID unit, String filter, int page) {
        String address(@Nullable UUID shown) {
            return PAGE + "?" + (shown == null ? "" : "van-ban=" + shown + "&")
                    + (unit == null ? "" : "don-vi=" + unit + "&")
                    + (filter.isEmpty() ? "" : "loc=" + Ui.encode(filter) + "&");
        }
    }

    @GetMapping(PAGE)
    @Allowed(Permission.DECIDE_SETS)
    View list(
            Viewer viewer,
            @RequestParam(name = "van-ban", required = false) @Nullable UUID decision,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            @RequestParam(name = "loc", defaultValue = "") String filter,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        return page(viewer, new Looking(decision, unit, filter, page), null, null, "", FormErrors.NONE);
    }

    @PostMapping(PAGE + "/dong-y")
    @Allowed(Permission.DECIDE_SETS)
    String accept(
            Viewer viewer,
            @RequestParam("van-ban") UUID decision,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            @RequestParam(name = "loc", defaultValue = "") String filter) {
        List<UUID> tops = unit == null ? List.of(viewer.unitsWith(Permission.DECIDE_SETS)) : List.of(unit);
        applicability.acceptProposals(viewer, decision, tops);
        return "redirect:" + new Looking(decision, unit, filter, 1).address(decision) + "xong=proposals";
    }

    @PostMapping(PAGE + "/quyet-dinh")
    @Allowed(Permission.DECIDE_SETS)
    Object decide(
            Viewer viewer,
            @RequestParam("van-ban") UUID decision,
            @RequestParam("nguoi") UUID person,
            @RequestParam("bo") UUID set,
            @RequestParam(name = "ly-do", defaultValue = "") String reason,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            @RequestParam(name = "loc", defaultValue = "") String filter,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        var looking = new Looking(decision, unit, filter, page);
        return switch (applicability.decide(viewer, decision, person, set, reason)) {
            case Outcome.Done done ->
                "redirect:" + looking.address(decision) + "trang=" + page + "&xong=set#n-" + person;
            case Outcome.Refused(var why) ->
                page(viewer, looking, person, set, reason, FormErrors.of("ly-do-" + person, why));
        };
    }

    private View page(
            Viewer viewer,
            Looking looking,
            @Nullable UUID enteredFor,
            @Nullable UUID enteredSet,
            String enteredReason,
            FormErrors errors) {
        var decisions = criteria.published(viewer.tenantId());
        var decision = decisions.stream()
                .filter(known -> looking.decision() == null
                        ? known.supersededFrom() == null
                        : known.id().equals(looking.decision()))
                .findFirst()
                .orElse(null);
        if (decision == null && looking.decision() != null) {
            throw new NotFound("decision");
        }
        var scope = units.under(viewer.tenantId(), viewer.unitsWith(Permission.DECIDE_SETS));
        List<Candidate> all =
                decision == null ? List.of() : applicability.candidates(viewer, decision.id(), looking.unit());
        var shown = all.stream()
                .filter(candidate -> matches(candidate, looking.filter())
                        || candidate.person().personId().equals(enteredFor))
                .toList();
        int page = pageOf(shown, looking.page(), enteredFor);
        var rows = shown.subList(Paging.offset(page, ROWS), Math.min(shown.size(), page * ROWS));
        return new ApplicabilityPage(
                decision,
                decisions,
                decision == null ? List.of() : criteria.sets(viewer.tenantId(), decision.id()),
                scope,
                looking.unit(),
                looking.filter(),
                rows,
                new Paging(page, ROWS, shown.size(), looking.address(id(decision))),
                all.stream().filter(candidate -> candidate.decided() == null).count(),
                all.stream().filter(Candidate::differs).count(),
                all.stream()
                        .filter(candidate -> candidate.decided() == null && candidate.proposed() != null)
                        .count(),
                enteredFor,
                enteredSet,
                enteredReason,
                errors);
    }

    /** The page asked for, within what there is; after a refusal the one with the person it was about. */
    private static int pageOf(List<Candidate> shown, int asked, @Nullable UUID enteredFor) {
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).person().personId().equals(enteredFor)) {
                return i / ROWS + 1;
            }
        }
        return Math.clamp(asked, 1, Math.max(1, (shown.size() + ROWS - 1) / ROWS));
    }

    private static @Nullable UUID id(@Nullable PublishedDecision decision) {
        return decision == null ? null : decision.id();
    }

    private static boolean matches(Candidate candidate, String filter) {
        return switch (filter) {
            case "chua" -> candidate.decided() == null;
            case "khac" -> candidate.differs();
            default -> true;
        };
    }
}
