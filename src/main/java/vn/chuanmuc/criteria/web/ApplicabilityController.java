package vn.chuanmuc.criteria.web;

import java.util.ArrayList;
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
import vn.chuanmuc.criteria.Applicability.Counts;
import vn.chuanmuc.criteria.Applicability.Filter;
import vn.chuanmuc.criteria.Applicability.Outcome;
import vn.chuanmuc.criteria.Applicability.Query;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Which set each person takes, for the offices that decide it. */
@Controller
class ApplicabilityController {
    private static final String PAGE = "/can-bo/bo-tieu-chi";
    private static final int ROWS = 50;

    private final Applicability applicability;
    private final Criteria criteria;
    private final Units units;
    private final UnitChoices choices;

    ApplicabilityController(Applicability applicability, Criteria criteria, Units units, UnitChoices choices) {
        this.applicability = applicability;
        this.criteria = criteria;
        this.units = units;
        this.choices = choices;
    }

    /** What is looked at; the same in every address and form of the page. */
    private record Looking(
            @Nullable UUID decision, @Nullable UUID unit, UnitChoice choice, Filter filter, String words, int page) {
        String address(@Nullable UUID shown) {
            return PAGE + "?" + (shown == null ? "" : "van-ban=" + shown + "&")
                    + (unit == null ? "" : "don-vi=" + unit + "&")
                    + (filter == Filter.ALL ? "" : "loc=" + filter.code() + "&")
                    + (words.isBlank() ? "" : "tim=" + Ui.encode(words) + "&");
        }
    }

    @GetMapping(PAGE)
    @Allowed(Permission.DECIDE_SETS)
    View list(
            Viewer viewer,
            @RequestParam(name = "van-ban", required = false) @Nullable UUID decision,
            @RequestParam(name = UnitChoice.ID, required = false) @Nullable UUID picked,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed,
            @RequestParam(name = "loc", defaultValue = "") String filter,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        return page(
                viewer,
                looking(viewer, decision, picked, typed, Filter.of(filter), words, page),
                null,
                null,
                "",
                FormErrors.NONE);
    }

    private Looking looking(
            Viewer viewer,
            @Nullable UUID decision,
            @Nullable UUID picked,
            @Nullable String typed,
            Filter filter,
            String words,
            int page) {
        UnitChoice choice = choices.of(
                new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.DECIDE_SETS))),
                picked,
                typed);
        return new Looking(decision, choice.few() ? picked : choice.unit(), choice, filter, words, page);
    }

    @PostMapping(PAGE + "/dong-y")
    @Allowed(Permission.DECIDE_SETS)
    String accept(
            Viewer viewer,
            @RequestParam("van-ban") UUID decision,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit) {
        String label = (unit == null
                ? units.tenantName(viewer.tenantId())
                : units.names(viewer.tenantId(), List.of(unit)).getOrDefault(unit, ""));
        var query = new Query(decision, unit, Filter.ALL, "");
        if (applicability.acceptProposals(viewer, query, label) instanceof Outcome.Later(var job, var own)) {
            return own
                    ? "redirect:/viec-nen/" + job
                    : "redirect:"
                            + looking(viewer, decision, unit, null, Filter.ALL, "", 1)
                                    .address(decision) + "xong=proposals-running";
        }
        // Whoever had no proposal is left to be decided one by one; else everybody is shown with what was decided.
        boolean left = applicability.counts(viewer, query).undecided() > 0;
        return "redirect:"
                + looking(viewer, decision, unit, null, left ? Filter.UNDECIDED : Filter.ALL, "", 1)
                        .address(decision) + "xong=proposals";
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
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Looking looking = looking(viewer, decision, unit, null, Filter.of(filter), words, page);
        return switch (applicability.decide(viewer, decision, person, set, reason)) {
            case Outcome.Done done ->
                "redirect:" + looking.address(decision) + "trang=" + page + "&xong=set#n-" + person;
            case Outcome.Later later -> throw new IllegalStateException("one person is decided at once");
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
        if (decision == null) {
            return new ApplicabilityPage(
                    null,
                    decisions,
                    List.of(),
                    looking.choice(),
                    looking.unit(),
                    looking.filter(),
                    looking.words(),
                    List.of(),
                    new Paging(1, ROWS, 0, looking.address(null)),
                    new Counts(0, 0, 0, 0),
                    null,
                    null,
                    "",
                    errors);
        }
        var query = new Query(decision.id(), looking.unit(), looking.filter(), looking.words());
        Counts counts = applicability.counts(viewer, query);
        long total = looking.filter() == Filter.ALL && looking.words().isBlank()
                ? counts.people()
                : applicability.count(viewer, query);
        int page = Math.clamp(looking.page(), 1, (int) Math.max(1, (total + ROWS - 1) / ROWS));
        var rows = new ArrayList<>(applicability.candidates(viewer, query, Paging.offset(page, ROWS), ROWS));
        if (enteredFor != null && rows.stream().noneMatch(row -> row.personId().equals(enteredFor))) {
            applicability.find(viewer, decision.id(), enteredFor).ifPresent(rows::addFirst);
        }
        return new ApplicabilityPage(
                decision,
                decisions,
                criteria.sets(viewer.tenantId(), decision.id()),
                looking.choice(),
                looking.unit(),
                looking.filter(),
                looking.words(),
                rows,
                new Paging(page, ROWS, total, looking.address(decision.id())),
                counts,
                enteredFor,
                enteredSet,
                enteredReason,
                errors);
    }
}
