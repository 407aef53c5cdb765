package vn.chuanmuc.access.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.ApiScope;
import vn.chuanmuc.access.ApiTokens;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Tokens for other systems, for whoever runs this one. */
@Controller
class ApiTokensController {
    private static final String LIST = "/quan-tri/ma-api";

    private final ApiTokens tokens;
    private final Units units;
    private final UnitChoices choices;
    private final Access access;
    private final Clock clock;

    ApiTokensController(ApiTokens tokens, Units units, UnitChoices choices, Access access, Clock clock) {
        this.tokens = tokens;
        this.choices = choices;
        this.units = units;
        this.access = access;
        this.clock = clock;
    }

    record IssueForm(
            @BindParam("ten") @Nullable String name,
            @BindParam("don-vi") @Nullable UUID picked,
            @BindParam("don-vi-tim") @Nullable String typed,
            @BindParam("duoc") @Nullable String may,
            @BindParam("tu-ngay") @Nullable String from,
            @BindParam("den-ngay") @Nullable String to,
            @BindParam("ly-do") @Nullable String reason) {
        String text(@Nullable String value) {
            return value == null ? "" : value;
        }

        ApiScope scope() {
            return switch (text(may)) {
                case "ghi" -> ApiScope.WRITE;
                case "so-lieu" -> ApiScope.FIGURES;
                default -> ApiScope.READ;
            };
        }
    }

    @GetMapping(LIST)
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View list(Viewer viewer, AsOf asOf) {
        requireWhole(viewer);
        LocalDate today = LocalDate.now(clock);
        return page(
                viewer,
                asOf,
                new IssueForm(
                        null,
                        null,
                        null,
                        null,
                        VietnameseDates.format(today),
                        VietnameseDates.format(today.plusYears(1).minusDays(1)),
                        null),
                null,
                FormErrors.NONE);
    }

    @PostMapping(LIST)
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View issue(Viewer viewer, @ModelAttribute IssueForm form) {
        requireWhole(viewer);
        LocalDate from = day(form.from());
        LocalDate to = day(form.to());
        FormErrors errors = FormErrors.NONE;
        UnitChoice choice = choice(viewer, form);
        UUID unit = choice.unit();
        if (unit == null) {
            errors = errors.and(
                    "don-vi", choice.problem() == null ? Reason.of("access.api.refused.unit") : choice.problem());
        }
        if (from == null) {
            errors = errors.and("tu-ngay", Reason.of("directory.person.refused.date"));
        }
        if (to == null) {
            errors = errors.and("den-ngay", Reason.of("directory.person.refused.date"));
        }
        if (unit == null || from == null || to == null) {
            return page(viewer, form, null, errors);
        }
        access.require(viewer, Permission.MANAGE_ACCOUNTS, unit);
        return switch (tokens.issue(
                viewer.tenantId(),
                viewer.accountId(),
                form.text(form.name()),
                unit,
                form.scope(),
                from,
                to,
                form.text(form.reason()))) {
            case ApiTokens.Issue.Done(var id, var token) ->
                page(viewer, form, new ApiTokensPage.Shown(form.text(form.name()), token), FormErrors.NONE);
            case ApiTokens.Issue.Refused(var field, var why) -> page(viewer, form, null, FormErrors.of(field, why));
        };
    }

    @PostMapping(LIST + "/{token}/thu-hoi")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    Object revoke(Viewer viewer, @PathVariable("token") UUID token, @RequestParam("ly-do") String reason) {
        requireWhole(viewer);
        if (reason.isBlank() || reason.length() > 500) {
            return page(
                    viewer,
                    new IssueForm(null, null, null, null, null, null, null),
                    null,
                    FormErrors.whole(Reason.of("access.accounts.reason.missing")));
        }
        tokens.revoke(viewer.tenantId(), viewer.accountId(), token, reason);
        return "redirect:" + LIST + "?xong=api-revoked";
    }

    /** Tokens are not divided among units: whoever manages them manages all, and is appointed at the top. */
    private void requireWhole(Viewer viewer) {
        access.require(viewer, Permission.MANAGE_ACCOUNTS, units.root(viewer.tenantId()));
    }

    private UnitChoice choice(Viewer viewer, IssueForm form) {
        return choices.of(
                new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.MANAGE_ACCOUNTS))),
                LocalDate.now(clock),
                form.picked(),
                form.typed());
    }

    private static @Nullable LocalDate day(@Nullable String typed) {
        return typed != null && VietnameseDates.parse(typed) instanceof VietnameseDates.Parsed.Read(var day)
                ? day
                : null;
    }

    private View page(Viewer viewer, IssueForm form, ApiTokensPage.@Nullable Shown shown, FormErrors errors) {
        return page(viewer, AsOf.today(LocalDate.now(clock)), form, shown, errors);
    }

    private View page(
            Viewer viewer, AsOf asOf, IssueForm form, ApiTokensPage.@Nullable Shown shown, FormErrors errors) {
        List<ApiTokens.Listed> listed = tokens.list(viewer.tenantId());
        return new ApiTokensPage(
                asOf.past()
                        ? listed.stream()
                                .filter(token -> asOf.knows(token.issuedAt()))
                                .map(token -> token.on(asOf.end()))
                                .toList()
                        : listed,
                choice(viewer, form),
                form,
                shown,
                errors,
                asOf);
    }
}
