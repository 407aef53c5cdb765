package vn.chuanmuc.commitments.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
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
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.commitments.Commitments.Form;
import vn.chuanmuc.commitments.Commitments.Recorded;
import vn.chuanmuc.commitments.Commitments.Signer;
import vn.chuanmuc.commitments.Commitments.Version;
import vn.chuanmuc.commitments.SignerQuery;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.directory.Leaves;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Who has signed and who has not; and the office's record of those who will not. */
@Controller
class SignersController {
    private static final String LIST = "/cam-ket/danh-sach/{campaign}";
    private static final String RECORD = "/cam-ket/khong-ky/{campaign}/{person}";
    private static final String WITHDRAW = "/cam-ket/thu-hoi/{campaign}/{person}";
    private static final int PAGE = 50;
    private static final int DEEPEST_PAGE = 10_000;

    private final Commitments commitments;
    private final Campaigns campaigns;
    private final Leaves leaves;
    private final UnitChoices choices;
    private final Accounts accounts;
    private final Access access;
    private final Clock clock;

    SignersController(
            Commitments commitments,
            Campaigns campaigns,
            Leaves leaves,
            UnitChoices choices,
            Accounts accounts,
            Access access,
            Clock clock) {
        this.commitments = commitments;
        this.campaigns = campaigns;
        this.leaves = leaves;
        this.choices = choices;
        this.accounts = accounts;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping(LIST)
    @Allowed(Permission.READ_PEOPLE)
    View list(
            Viewer viewer,
            @PathVariable("campaign") UUID id,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = UnitChoice.ID, defaultValue = "") String unit,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed,
            @RequestParam(name = "trang-thai", defaultValue = "") String state,
            @RequestParam(name = "xep", defaultValue = "ten") String order,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Campaign campaign = campaigns.getVisible(viewer, id);
        if (campaign.state() == State.DRAFT) {
            throw new NotFound("roster");
        }
        int at = Math.clamp(page, 1, DEEPEST_PAGE);
        boolean byRank = order.equals("thu-tu");
        @Nullable
        Standing standing = Arrays.stream(Standing.values())
                .filter(one -> one.code().equals(state))
                .findFirst()
                .orElse(null);
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        UUID picked = Ids.read(unit);
        UnitChoice choice = choices.of(
                new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.READ_PEOPLE))),
                asOf.day(),
                picked,
                typed);
        UUID chosen = choice.few() ? picked : choice.unit();
        var query = new SignerQuery(
                words,
                chosen,
                chosen != null && choices.parted(viewer.tenantId(), chosen),
                standing,
                byRank,
                Paging.offset(at, PAGE),
                PAGE,
                asOf.past() ? asOf.day() : null);
        String today = "/cam-ket/danh-sach/" + id + "?"
                + (words.isEmpty() ? "" : "tim=" + Ui.encode(words) + "&")
                + (chosen == null ? "" : UnitChoice.ID + "=" + chosen + "&")
                + (standing == null ? "" : "trang-thai=" + standing.code() + "&")
                + (byRank ? "xep=thu-tu&" : "");
        Counts counts = commitments.counts(viewer, campaign, query);
        List<Signer> signers = commitments.signers(viewer, campaign, query);
        return new SignersPage(
                campaign,
                counts,
                signers,
                choice,
                asOf,
                today,
                query,
                new Paging(at, PAGE, counts.of(standing), today + asOf.parameter()),
                viewer.may(Permission.RECORD_NOT_SIGNING),
                viewer.may(Permission.PRINT_COMMITMENTS),
                viewer.may(Permission.WITHDRAW_SIGNATURE),
                leaves.on(
                        viewer.tenantId(),
                        signers.stream().map(Signer::personId).toList(),
                        asOf.day()));
    }

    @GetMapping(RECORD)
    @Allowed(Permission.RECORD_NOT_SIGNING)
    View record(Viewer viewer, @PathVariable("campaign") UUID campaign, @PathVariable("person") UUID person) {
        return page(viewer, campaign, person, "", "", FormErrors.NONE);
    }

    private View page(Viewer viewer, UUID campaign, UUID person, String kind, String reason, FormErrors errors) {
        Form form = commitments
                .formOf(viewer, campaign, person)
                .filter(one -> access.covers(viewer, Permission.RECORD_NOT_SIGNING, one.unitId()))
                .orElseThrow(() -> new NotFound("person on the roster"));
        List<Version> versions = commitments.versions(viewer.tenantId(), form.year(), person);
        return new ExcusePage(
                form,
                versions,
                accounts.names(
                        viewer.tenantId(),
                        versions.stream().map(Version::accountId).distinct().toList()),
                kind,
                reason,
                errors);
    }

    @GetMapping(WITHDRAW)
    @Allowed(Permission.WITHDRAW_SIGNATURE)
    View withdrawal(Viewer viewer, @PathVariable("campaign") UUID campaign, @PathVariable("person") UUID person) {
        return withdrawal(viewer, campaign, person, "", FormErrors.NONE);
    }

    private View withdrawal(Viewer viewer, UUID campaign, UUID person, String reason, FormErrors errors) {
        Form form = commitments
                .formOf(viewer, campaign, person)
                .filter(one -> access.covers(viewer, Permission.WITHDRAW_SIGNATURE, one.unitId()))
                .orElseThrow(() -> new NotFound("person on the roster"));
        return new WithdrawPage(form, reason, errors);
    }

    @PostMapping(WITHDRAW)
    @Allowed(Permission.WITHDRAW_SIGNATURE)
    Object withdraw(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("person") UUID person,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return switch (commitments.withdraw(viewer, campaign, person, reason)) {
            case Recorded.Done done -> "redirect:/cam-ket/danh-sach/" + campaign + "?xong=signature-withdrawn";
            case Recorded.Refused(var field, var why) ->
                withdrawal(viewer, campaign, person, reason, FormErrors.of(field, why));
        };
    }

    @PostMapping(RECORD)
    @Allowed(Permission.RECORD_NOT_SIGNING)
    Object excuse(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("person") UUID person,
            @RequestParam(name = "loai", defaultValue = "") String kind,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return switch (commitments.excuse(viewer, campaign, person, kind, reason)) {
            case Recorded.Done done -> "redirect:/cam-ket/danh-sach/" + campaign + "?xong=excused";
            case Recorded.Refused(var field, var why) ->
                page(viewer, campaign, person, kind, reason, FormErrors.of(field, why));
        };
    }

    @PostMapping(RECORD + "/thoi")
    @Allowed(Permission.RECORD_NOT_SIGNING)
    Object takeBack(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("person") UUID person,
            @RequestParam(name = "ly-do-thoi", defaultValue = "") String reason) {
        return switch (commitments.reopen(viewer, campaign, person, reason)) {
            case Recorded.Done done -> "redirect:/cam-ket/danh-sach/" + campaign + "?xong=reopened";
            case Recorded.Refused(var field, var why) ->
                page(viewer, campaign, person, "", "", FormErrors.of(field.isEmpty() ? "" : "ly-do-thoi", why));
        };
    }
}
