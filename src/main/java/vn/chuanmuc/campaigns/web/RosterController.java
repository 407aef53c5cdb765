package vn.chuanmuc.campaigns.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Changed;
import vn.chuanmuc.campaigns.Campaigns.RosterChange;
import vn.chuanmuc.campaigns.Campaigns.RosterEntry;
import vn.chuanmuc.campaigns.Campaigns.RosterQuery;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** The frozen roster, and who came or went after it was frozen. */
@Controller
class RosterController {
    private static final String ROSTER = CampaignsController.LIST + "/{id}/danh-sach-chot";
    private static final int PAGE = 50;

    private final Campaigns campaigns;
    private final Criteria criteria;
    private final UnitChoices choices;
    private final People people;
    private final Accounts accounts;
    private final Access access;
    private final Clock clock;

    RosterController(
            Campaigns campaigns,
            Criteria criteria,
            UnitChoices choices,
            People people,
            Accounts accounts,
            Access access,
            Clock clock) {
        this.campaigns = campaigns;
        this.criteria = criteria;
        this.choices = choices;
        this.people = people;
        this.accounts = accounts;
        this.access = access;
        this.clock = clock;
    }

    private static String address(UUID campaign) {
        return CampaignsController.LIST + "/" + campaign + "/danh-sach-chot";
    }

    @GetMapping(ROSTER)
    @Allowed(Permission.READ_PEOPLE)
    View roster(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed,
            @RequestParam(name = "xep", defaultValue = "ten") String order,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Campaign campaign = open(viewer, id);
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        int at = Math.clamp(page, 1, CampaignsController.DEEPEST_PAGE);
        boolean byRank = order.equals("thu-tu");
        UnitChoice choice = choices.of(
                new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.READ_PEOPLE))),
                asOf.day(),
                Ids.read(unit),
                typed);
        UUID chosen = choice.few() ? Ids.read(unit) : choice.unit();
        @Nullable LocalDate then = asOf.past() ? asOf.day() : null;
        var query = new RosterQuery(words, chosen, byRank, then, Paging.offset(at, PAGE), PAGE);
        List<RosterChange> changes = campaigns.changes(viewer, id, then);
        String today = address(id) + "?tim=" + Ui.encode(words) + (chosen == null ? "" : "&don-vi=" + chosen) + "&xep="
                + (byRank ? "thu-tu" : "ten") + "&";
        Map<UUID, String> sets = new HashMap<>();
        criteria.sets(viewer.tenantId(), campaign.decisionId()).forEach(set -> sets.put(set.id(), set.title()));
        return new RosterPage(
                campaign,
                campaigns.roster(viewer, id, query),
                sets,
                choice,
                query,
                new Paging(at, PAGE, campaigns.countRoster(viewer, id, query), today + asOf.parameter()),
                asOf,
                today,
                changes,
                people.names(
                        viewer.tenantId(),
                        changes.stream().map(RosterChange::personId).distinct().toList()),
                accounts.names(
                        viewer.tenantId(),
                        changes.stream().map(RosterChange::madeBy).distinct().toList()),
                viewer.may(Permission.MANAGE_PEOPLE) && campaign.state() == State.LAUNCHED && !asOf.past());
    }

    private Campaign open(Viewer viewer, UUID id) {
        Campaign campaign = campaigns.getVisible(viewer, id);
        if (campaign.state() == State.DRAFT) {
            throw new NotFound("roster");
        }
        return campaign;
    }

    @GetMapping(ROSTER + "/them")
    @Allowed(Permission.MANAGE_PEOPLE)
    View searchJoiner(
            Viewer viewer, @PathVariable("id") UUID id, @RequestParam(name = "tim", defaultValue = "") String words) {
        return join(viewer, open(viewer, id), words, "", "", today(), "", FormErrors.NONE);
    }

    private View join(
            Viewer viewer,
            Campaign campaign,
            String words,
            String chosen,
            String set,
            String date,
            String reason,
            FormErrors errors) {
        return new JoinPage(
                campaign,
                words,
                campaigns.candidates(viewer, campaign.id(), words),
                criteria.sets(viewer.tenantId(), campaign.decisionId()),
                chosen,
                set,
                date,
                reason,
                errors);
    }

    @PostMapping(ROSTER + "/them")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object join(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "nguoi", defaultValue = "") String chosen,
            @RequestParam(name = "bo", defaultValue = "") String set,
            @RequestParam(name = "ngay", defaultValue = "") String date,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        Campaign campaign = open(viewer, id);
        var wrong = new LinkedHashMap<String, Reason>();
        int blank = chosen.indexOf(' ');
        UUID person = blank < 0 ? null : Ids.read(chosen.substring(0, blank));
        UUID unit = blank < 0 ? null : Ids.read(chosen.substring(blank + 1));
        UUID setId = Ids.read(set);
        if (person == null || unit == null) {
            wrong.put("nguoi", Reason.of("campaigns.join.person"));
        }
        if (setId == null) {
            wrong.put("bo", Reason.of("campaigns.join.set"));
        }
        LocalDate day = CampaignForm.day("ngay", date, wrong);
        if (!wrong.isEmpty() || person == null || unit == null || setId == null || day == null) {
            return join(viewer, campaign, words, chosen, set, date, reason, new FormErrors(wrong));
        }
        return switch (campaigns.join(viewer, id, person, unit, setId, day, reason)) {
            case Changed.Done done -> "redirect:" + address(id) + "?xong=roster-joined";
            case Changed.Refused(var field, var why) ->
                join(viewer, campaign, words, chosen, set, date, reason, FormErrors.of(field, why));
        };
    }

    @GetMapping(ROSTER + "/{person}/roi")
    @Allowed(Permission.MANAGE_PEOPLE)
    View leaver(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("person") UUID person) {
        return leave(viewer, open(viewer, id), person, today(), "", FormErrors.NONE);
    }

    private View leave(Viewer viewer, Campaign campaign, UUID person, String date, String reason, FormErrors errors) {
        RosterEntry entry = campaigns
                .rosterEntry(viewer.tenantId(), campaign.id(), person)
                .filter(one -> access.covers(viewer, Permission.MANAGE_PEOPLE, one.unitId()))
                .orElseThrow(() -> new NotFound("person on the roster"));
        @Nullable
        Reason lock = campaigns.frozenReason(viewer.tenantId(), campaign, entry).orElse(null);
        return new LeavePage(campaign, entry, lock, date, reason, errors);
    }

    @PostMapping(ROSTER + "/{person}/roi")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object leave(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("person") UUID person,
            @RequestParam(name = "ngay", defaultValue = "") String date,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        Campaign campaign = open(viewer, id);
        var wrong = new LinkedHashMap<String, Reason>();
        LocalDate day = CampaignForm.day("ngay", date, wrong);
        if (day == null) {
            return leave(viewer, campaign, person, date, reason, new FormErrors(wrong));
        }
        return switch (campaigns.leave(viewer, id, person, day, reason)) {
            case Changed.Done done -> "redirect:" + address(id) + "?xong=roster-left";
            case Changed.Refused(var field, var why) ->
                leave(viewer, campaign, person, date, reason, FormErrors.of(field, why));
        };
    }

    private String today() {
        return VietnameseDates.format(LocalDate.now(clock));
    }
}
