package vn.chuanmuc.access.web;

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
import vn.chuanmuc.access.Accounts.Issued;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** Accounts and roles, for whoever runs the system. They decide nothing about signatures or lists. */
@Controller
class AccountsController {
    private static final String LIST = "/quan-tri/tai-khoan";
    private static final int PAGE = 50;

    private final Accounts accounts;
    private final Units units;
    private final Access access;

    AccountsController(Accounts accounts, Units units, Access access) {
        this.accounts = accounts;
        this.units = units;
        this.access = access;
    }

    static String roleKey(Role role) {
        return "access.role." + role.name().toLowerCase(Locale.ROOT);
    }

    @GetMapping(LIST)
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View list(
            Viewer viewer,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        requireWhole(viewer);
        return page(viewer, words, page, null, "", "", FormErrors.NONE);
    }

    @PostMapping(LIST)
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View open(
            Viewer viewer,
            @RequestParam("ho-ten") String name,
            @RequestParam("ten") String username,
            @RequestParam("vai") Role role,
            @RequestParam("don-vi") UUID unit,
            @RequestParam("ly-do") String reason) {
        requireWhole(viewer);
        access.require(viewer, Permission.MANAGE_ACCOUNTS, unit);
        FormErrors errors = FormErrors.NONE;
        if (name.isBlank() || name.length() > 200) {
            errors = errors.and("ho-ten", Reason.of("access.setup.name.missing"));
        }
        if (!username.strip().matches("[a-z0-9][a-z0-9._-]{1,59}")) {
            errors = errors.and("ten", Reason.of("access.setup.username.wrong"));
        }
        if (reason.isBlank() || reason.length() > 500) {
            errors = errors.and("ly-do", Reason.of("access.accounts.reason.missing"));
        }
        if (!errors.none()) {
            return page(viewer, "", 1, null, name, username, errors);
        }
        Issued issued = accounts.open(viewer.tenantId(), viewer.accountId(), name.strip(), username.strip(), null);
        accounts.grant(viewer.tenantId(), viewer.accountId(), issued.accountId(), role, unit, reason.strip());
        return page(viewer, "", 1, issued, "", "", FormErrors.NONE);
    }

    @PostMapping(LIST + "/{account}/vai")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    Object grant(
            Viewer viewer,
            @PathVariable("account") UUID account,
            @RequestParam("vai") Role role,
            @RequestParam("don-vi") UUID unit,
            @RequestParam("ly-do") String reason) {
        requireWhole(viewer);
        access.require(viewer, Permission.MANAGE_ACCOUNTS, unit);
        requireKnown(viewer, account);
        if (reason.isBlank() || reason.length() > 500) {
            return page(viewer, "", 1, null, "", "", FormErrors.whole(Reason.of("access.accounts.reason.missing")));
        }
        if (account.equals(viewer.accountId())) {
            return page(viewer, "", 1, null, "", "", FormErrors.whole(Reason.of("access.accounts.own-grant")));
        }
        if (accounts.mixesAdministration(viewer.tenantId(), account, role)) {
            return page(viewer, "", 1, null, "", "", FormErrors.whole(Reason.of("access.accounts.mixed")));
        }
        accounts.grant(viewer.tenantId(), viewer.accountId(), account, role, unit, reason.strip());
        return "redirect:" + LIST + "?xong=role";
    }

    @PostMapping(LIST + "/{account}/thoi-vai")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    Object revoke(
            Viewer viewer,
            @PathVariable("account") UUID account,
            @RequestParam("vai") Role role,
            @RequestParam("don-vi") UUID unit,
            @RequestParam("ly-do") String reason) {
        requireWhole(viewer);
        access.require(viewer, Permission.MANAGE_ACCOUNTS, unit);
        requireKnown(viewer, account);
        if (reason.isBlank() || reason.length() > 500) {
            return page(viewer, "", 1, null, "", "", FormErrors.whole(Reason.of("access.accounts.reason.missing")));
        }
        if (account.equals(viewer.accountId()) && role == Role.ADMINISTRATOR) {
            return page(viewer, "", 1, null, "", "", FormErrors.whole(Reason.of("access.accounts.own-role")));
        }
        accounts.revoke(viewer.tenantId(), viewer.accountId(), account, role, unit, reason.strip());
        return "redirect:" + LIST + "?xong=role";
    }

    @PostMapping(LIST + "/{account}/ma-moi")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    View reset(Viewer viewer, @PathVariable("account") UUID account, @RequestParam("ly-do") String reason) {
        requireWhole(viewer);
        requireKnown(viewer, account);
        if (reason.isBlank() || reason.length() > 500) {
            return page(viewer, "", 1, null, "", "", FormErrors.whole(Reason.of("access.accounts.reason.missing")));
        }
        Issued issued = accounts.reset(viewer.tenantId(), viewer.accountId(), account, reason.strip());
        return page(viewer, "", 1, issued, "", "", FormErrors.NONE);
    }

    @PostMapping(LIST + "/{account}/dong")
    @Allowed(Permission.MANAGE_ACCOUNTS)
    Object close(Viewer viewer, @PathVariable("account") UUID account, @RequestParam("ly-do") String reason) {
        requireWhole(viewer);
        requireKnown(viewer, account);
        if (reason.isBlank() || reason.length() > 500) {
            return page(viewer, "", 1, null, "", "", FormErrors.whole(Reason.of("access.accounts.reason.missing")));
        }
        if (account.equals(viewer.accountId())) {
            return page(viewer, "", 1, null, "", "", FormErrors.whole(Reason.of("access.accounts.own-role")));
        }
        accounts.close(viewer.tenantId(), viewer.accountId(), account, reason.strip());
        return "redirect:" + LIST + "?xong=account-closed";
    }

    /** Accounts are not divided among units: whoever manages them manages all, and is appointed at the top. */
    private void requireWhole(Viewer viewer) {
        access.require(viewer, Permission.MANAGE_ACCOUNTS, units.root(viewer.tenantId()));
    }

    private void requireKnown(Viewer viewer, UUID account) {
        if (accounts.names(viewer.tenantId(), List.of(account)).isEmpty()) {
            throw new NotFound("account");
        }
    }

    private View page(
            Viewer viewer,
            String words,
            int page,
            @Nullable Issued issued,
            String newName,
            String newUsername,
            FormErrors errors) {
        var paging = new Paging(
                page,
                PAGE,
                accounts.count(viewer.tenantId(), words),
                LIST + "?" + (words.isEmpty() ? "" : "tim=" + Ui.encode(words) + "&"));
        return new AccountsPage(
                accounts.list(viewer.tenantId(), words, Paging.offset(page, PAGE), PAGE),
                units.under(viewer.tenantId(), viewer.unitsWith(Permission.MANAGE_ACCOUNTS)),
                List.of(Role.values()),
                words,
                paging,
                issued,
                newName,
                newUsername,
                errors);
    }
}
