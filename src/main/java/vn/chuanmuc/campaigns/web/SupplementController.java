package vn.chuanmuc.campaigns.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Saved;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.campaigns.Supplements.Line;
import vn.chuanmuc.campaigns.Supplements.Query;
import vn.chuanmuc.campaigns.Supplements.Survey;
import vn.chuanmuc.campaigns.Supplements.Verdict;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** What a new decision means for those who have signed, and the supplementary campaign for it. */
@Controller
class SupplementController {
    private static final String PAGE = CampaignsController.LIST + "/{id}/bo-sung";
    private static final int PEOPLE = 50;

    private final Campaigns campaigns;
    private final Supplements supplements;
    private final Criteria criteria;
    private final Access access;

    SupplementController(Campaigns campaigns, Supplements supplements, Criteria criteria, Access access) {
        this.campaigns = campaigns;
        this.supplements = supplements;
        this.criteria = criteria;
        this.access = access;
    }

    /** Where the plan of a supplementary campaign stands with what it is for. */
    static String address(Campaign supplement) {
        return CampaignsController.LIST + "/" + supplement.baseId() + "/bo-sung?van-ban=" + supplement.decisionId();
    }

    @GetMapping(PAGE)
    @Allowed(Permission.READ_CAMPAIGNS)
    Object show(
            Viewer viewer,
            AsOf asOf,
            @PathVariable("id") UUID id,
            @RequestParam(name = "van-ban", defaultValue = "") String decision,
            @RequestParam(name = "loc", defaultValue = "") String verdict,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Campaign base = campaigns.getVisible(viewer, id);
        if (base.supplementary()) {
            return "redirect:" + address(base) + asOf.carried().replace('?', '&');
        }
        if (base.state() == State.DRAFT) {
            throw new NotFound("campaign that was opened");
        }
        return page(
                viewer,
                asOf,
                base,
                Ids.read(decision),
                new Query(Verdict.find(verdict).orElse(null), words),
                page,
                null,
                0,
                FormErrors.NONE);
    }

    private View page(
            Viewer viewer,
            AsOf asOf,
            Campaign base,
            @Nullable UUID decision,
            Query query,
            int page,
            @Nullable SupplementForm sent,
            int version,
            FormErrors errors) {
        List<PublishedDecision> successors = supplements.successors(viewer.tenantId(), base).stream()
                .filter(one -> !asOf.past() || !one.signedOn().isAfter(asOf.day()))
                .toList();
        UUID chosen = decision != null
                ? decision
                : successors.isEmpty() ? null : successors.getLast().id();
        boolean mayRun = !asOf.past() && access.covers(viewer, Permission.RUN_CAMPAIGN, base.receiverUnit());
        boolean mayReadPeople = viewer.may(Permission.READ_PEOPLE);
        if (chosen == null
                || asOf.past()
                        && !(successors.stream().anyMatch(one -> one.id().equals(chosen))
                                && opened(viewer, base, chosen, asOf))) {
            return new SupplementPage(
                    base,
                    successors,
                    null,
                    query,
                    List.of(),
                    null,
                    Map.of(),
                    SupplementForm.blank(base),
                    0,
                    mayRun,
                    mayReadPeople,
                    errors,
                    asOf);
        }
        int at = mayReadPeople ? Math.clamp(page, 1, CampaignsController.DEEPEST_PAGE) : 1;
        Supplements.Look look =
                supplements.look(viewer, base, chosen, query, Paging.offset(at, PEOPLE), mayReadPeople ? PEOPLE : 0);
        Survey survey = look.survey();
        Campaign draft = survey.supplement();
        Verdict verdict = query.verdict();
        Paging paging = !mayReadPeople
                ? null
                : new Paging(
                        at,
                        PEOPLE,
                        look.people().all(),
                        CampaignsController.LIST + "/" + base.id() + "/bo-sung?van-ban=" + chosen + "&loc="
                                + (verdict == null ? "" : verdict.code()) + "&tim=" + Ui.encode(query.words()) + "&"
                                + asOf.parameter());
        List<Line> people = look.people().lines();
        return new SupplementPage(
                base,
                successors,
                survey,
                query,
                people,
                paging,
                numbers(viewer, survey),
                sent != null ? sent : draft == null ? SupplementForm.blank(base) : SupplementForm.of(draft),
                sent != null ? version : draft == null ? 0 : draft.version(),
                mayRun,
                mayReadPeople,
                errors,
                asOf);
    }

    /** Whether the supplementary campaign for the decision was open by the day: from then on what was found is kept. */
    private boolean opened(Viewer viewer, Campaign base, UUID decision, AsOf asOf) {
        return supplements.of(viewer.tenantId(), base.id()).stream()
                .anyMatch(one -> one.decisionId().equals(decision) && asOf.knows(one.launchedAt()));
    }

    private Map<UUID, String> numbers(Viewer viewer, Survey survey) {
        var numbers = new HashMap<UUID, String>();
        survey.passages().stream()
                .flatMap(passage -> java.util.stream.Stream.of(
                        passage.comparison().before(), passage.comparison().after()))
                .filter(java.util.Objects::nonNull)
                .map(Criteria.CriteriaSet::decisionId)
                .distinct()
                .forEach(id -> criteria.findPublished(viewer.tenantId(), id)
                        .ifPresent(decision -> numbers.put(id, decision.number())));
        return numbers;
    }

    @PostMapping(PAGE)
    @Allowed(Permission.RUN_CAMPAIGN)
    Object save(
            Viewer viewer,
            AsOf today,
            @PathVariable("id") UUID id,
            @RequestParam(name = "van-ban", defaultValue = "") String decision,
            @RequestParam(name = "ban", defaultValue = "0") int version,
            @RequestParam MultiValueMap<String, String> fields) {
        Campaign base = campaigns.getVisible(viewer, id);
        UUID chosen = Ids.read(decision);
        if (chosen == null) {
            throw new NotFound("decision");
        }
        SupplementForm form = SupplementForm.sent(fields);
        return switch (form.read()) {
            case SupplementForm.Read.Wrong(var errors) -> again(viewer, today, base, chosen, form, version, errors);
            case SupplementForm.Read.Done(var draft) ->
                switch (supplements.save(viewer, id, chosen, version, draft)) {
                    case Saved.Done(var written) ->
                        Answer.done(CampaignsController.LIST + "/" + written, "campaign-saved");
                    case Saved.Refused(var why) ->
                        again(viewer, today, base, chosen, form, version, new FormErrors(why));
                };
        };
    }

    private View again(
            Viewer viewer,
            AsOf today,
            Campaign base,
            UUID decision,
            SupplementForm form,
            int version,
            FormErrors errors) {
        return page(viewer, today, base, decision, new Query(null, ""), 1, form, version, errors);
    }
}
