package vn.chuanmuc.access.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Accounts.Listed;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Issuance;
import vn.chuanmuc.access.NewUnits;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.NotYet;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.UnitChoice.Option;
import vn.chuanmuc.ui.View;

/** Accounts and roles, for whoever runs the system. They decide nothing about signatures or lists. */
@Controller
class AccountsController {
    static final String LIST = "/quan-tri/tai-khoan";
    private static final String ONE = LIST + "/{account}";
    private static final int PAGE = 50;
    private static final int MOST_UNITS_OFFERED = 20;
    private static final int LONGEST_REASON = 500;

    private final Accounts accounts;
    private final Units units;
    private final UnitChoices choices;
    private final NewUnits newUnits;
    private final Access access;
    private final Clock clock;

    AccountsController(
            Accounts accounts, Units units, UnitChoices choices, NewUnits newUnits, Access access, Clock clock) {
        this.accounts = accounts;
        this.units = units;
        this.choices = choices;
        this.newUnits = newUnits;
        this.access = access;
        this.clock = clock;
    }

    static String roleKey(Role role) {
        return "access.role." + role.name().toLowerCase(Locale.ROOT);
    }

    @GetMapping(LIST)
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View list(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        requireWhole(viewer);
        var paging = new Paging(
                page,
                PAGE,
                accounts.count(viewer.tenantId(), words, asOf.pastEnd()),
                LIST + "?" + (words.isEmpty() ? "" : "tim=" + Ui.encode(words) + "&") + asOf.parameter());
        return new AccountsPage(
                accounts.list(
                        viewer.tenantId(),
                        words,
                        asOf.past() ? asOf.day() : null,
                        asOf.pastEnd(),
                        Paging.offset(page, PAGE),
                        PAGE),
                words,
                paging,
                asOf);
    }

    @GetMapping(LIST + "/moi")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View blank(Viewer viewer) {
        requireWhole(viewer);
        return new NewAccountPage("", "", "", accounts.newForm(), FormErrors.NONE);
    }

    @PostMapping(LIST + "/moi")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View open(
            Viewer viewer,
            @RequestParam(name = "ho-ten", defaultValue = "") String name,
            @RequestParam(name = "ten", defaultValue = "") String username,
            @RequestParam(name = "ly-do", defaultValue = "") String reason,
            @RequestParam(name = "phieu", defaultValue = "") String form) {
        return switch (accounts.openFor(viewer, name.strip(), username.strip(), reason.strip(), form)) {
            case Issuance.Issued issued -> new IssuedPage(issued.slips().getFirst(), issued.repeated());
            case Issuance.Spent(var at) -> new SpentPage(at, LIST + "/moi");
            case Issuance.Refused(var field, var why) ->
                new NewAccountPage(name, username, reason, accounts.newForm(), FormErrors.of(field, why));
        };
    }

    @GetMapping(LIST + "/don-vi-moi")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View newUnits(Viewer viewer) {
        requireWhole(viewer);
        return new NewUnitsPage(newUnits.lackingRoles(viewer.tenantId()));
    }

    @GetMapping(ONE)
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View one(
            Viewer viewer,
            AsOf asOf,
            @PathVariable("account") UUID account,
            @RequestParam(name = "vai", defaultValue = "") String role,
            @RequestParam(name = "tim-don-vi", defaultValue = "") String unitWords) {
        requireWhole(viewer);
        if (asOf.past()) {
            return accounts.find(viewer.tenantId(), account, asOf.day(), asOf.end())
                    .<View>map(then -> new AccountThenPage(then, asOf))
                    .orElseGet(() -> new NotYet(
                            known(viewer, account).displayName(),
                            LIST,
                            "access.managed.all",
                            "access.accounts.not-yet",
                            asOf));
        }
        return page(viewer, asOf, account, new ManagedAccountPage.Entered(role, null, unitWords, ""), FormErrors.NONE);
    }

    @PostMapping(ONE + "/vai")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    Object grant(
            Viewer viewer,
            @PathVariable("account") UUID account,
            @RequestParam(name = "vai", defaultValue = "") String roleName,
            @RequestParam(name = "don-vi", defaultValue = "") String unitText,
            @RequestParam(name = "tim-don-vi", defaultValue = "") String unitWords,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        requireWhole(viewer);
        Listed known = known(viewer, account);
        UUID unit = Ids.read(unitText);
        Role role = role(roleName);
        FormErrors errors = FormErrors.NONE;
        if (role == null) {
            errors = errors.and("vai", Reason.of("access.accounts.role.missing"));
        }
        if (unit == null || units.find(viewer.tenantId(), unit).isEmpty()) {
            errors = errors.and("don-vi", Reason.of("access.accounts.unit.missing"));
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            errors = errors.and("ly-do", Reason.of("access.accounts.reason.missing"));
        }
        if (known.closed()) {
            errors = errors.and("", Reason.of("access.accounts.is-closed"));
        } else if (account.equals(viewer.accountId())) {
            errors = errors.and("", Reason.of("access.accounts.own-grant"));
        } else if (role != null && accounts.mixesAdministration(viewer.tenantId(), account, role)) {
            errors = errors.and("", Reason.of("access.accounts.mixed"));
        }
        if (!errors.none() || role == null || unit == null) {
            return page(viewer, account, new ManagedAccountPage.Entered(roleName, unit, unitWords, reason), errors);
        }
        accounts.grant(viewer.tenantId(), viewer.accountId(), account, role, unit, reason.strip());
        return redirect(account, "role");
    }

    @PostMapping(ONE + "/thoi-vai")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    Object revoke(
            Viewer viewer,
            @PathVariable("account") UUID account,
            @RequestParam("vai") Role role,
            @RequestParam("don-vi") UUID unit,
            @RequestParam(name = "ly-do-thoi", defaultValue = "") String reason) {
        requireWhole(viewer);
        known(viewer, account);
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            return refused(viewer, account, "ly-do-thoi", "access.accounts.reason.missing");
        }
        if (account.equals(viewer.accountId()) && role == Role.ADMINISTRATOR) {
            return refused(viewer, account, "", "access.accounts.own-role");
        }
        accounts.revoke(viewer.tenantId(), viewer.accountId(), account, role, unit, reason.strip());
        return redirect(account, "role");
    }

    @PostMapping(ONE + "/ma-moi")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View reset(
            Viewer viewer,
            @PathVariable("account") UUID account,
            @RequestParam(name = "ly-do-ma", defaultValue = "") String reason,
            @RequestParam(name = "phieu", defaultValue = "") String form) {
        requireWhole(viewer);
        known(viewer, account);
        return switch (accounts.reset(viewer, account, reason.strip(), form)) {
            case Issuance.Issued issued -> new IssuedPage(issued.slips().getFirst(), issued.repeated());
            case Issuance.Spent(var at) -> new SpentPage(at, LIST + "/" + account);
            case Issuance.Refused(var field, var why) ->
                page(
                        viewer,
                        account,
                        ManagedAccountPage.Entered.NOTHING,
                        FormErrors.of(field.isEmpty() ? "" : "ly-do-ma", why));
        };
    }

    @PostMapping(ONE + "/dong")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    Object close(
            Viewer viewer,
            @PathVariable("account") UUID account,
            @RequestParam(name = "ly-do-dong", defaultValue = "") String reason) {
        requireWhole(viewer);
        known(viewer, account);
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            return refused(viewer, account, "ly-do-dong", "access.accounts.reason.missing");
        }
        if (account.equals(viewer.accountId())) {
            return refused(viewer, account, "", "access.accounts.own-role");
        }
        accounts.close(viewer.tenantId(), viewer.accountId(), account, reason.strip());
        return redirect(account, "account-closed");
    }

    private static String redirect(UUID account, String done) {
        return "redirect:" + LIST + "/" + account + "?xong=" + done;
    }

    /** Accounts are not divided among units: whoever manages them manages all, and is appointed at the top. */
    private void requireWhole(Viewer viewer) {
        access.require(viewer, Permission.MANAGE_ACCOUNTS, units.root(viewer.tenantId()));
    }

    private Listed known(Viewer viewer, UUID account) {
        return accounts.find(viewer.tenantId(), account).orElseThrow(() -> new NotFound("account"));
    }

    private static @Nullable Role role(String name) {
        for (Role role : Role.values()) {
            if (role.name().equals(name)) {
                return role;
            }
        }
        return null;
    }

    private View refused(Viewer viewer, UUID account, String field, String key) {
        return page(viewer, account, ManagedAccountPage.Entered.NOTHING, FormErrors.of(field, Reason.of(key)));
    }

    private View page(Viewer viewer, UUID account, ManagedAccountPage.Entered entered, FormErrors errors) {
        return page(viewer, AsOf.today(LocalDate.now(clock)), account, entered, errors);
    }

    private View page(Viewer viewer, AsOf asOf, UUID account, ManagedAccountPage.Entered entered, FormErrors errors) {
        String typed = entered.unitWords();
        String words = Texts.searchKey(typed);
        UnitChoice choice = choices.of(
                new Scope(viewer.tenantId(), viewer.accountId(), List.of(units.root(viewer.tenantId()))),
                entered.unit(),
                words.isEmpty() ? null : typed);
        Option one = choice.chosen();
        List<Option> found = one != null && !choice.few()
                ? List.of(one)
                : choice.options().stream()
                        .filter(unit -> !choice.few()
                                || words.isEmpty()
                                || unit.id().equals(entered.unit())
                                || Texts.searchKey(unit.name() + " " + unit.code())
                                        .contains(words))
                        .toList();
        return new ManagedAccountPage(
                known(viewer, account),
                account.equals(viewer.accountId()),
                List.of(Role.values()),
                found.subList(0, Math.min(found.size(), MOST_UNITS_OFFERED)),
                found.size(),
                entered,
                accounts.newForm(),
                errors,
                asOf);
    }
}
