package vn.chuanmuc.directory.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.Tree;
import vn.chuanmuc.directory.Tree.Branch;
import vn.chuanmuc.directory.Tree.Node;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** The tree of units, one unit at a time, on any day. */
@Controller
class TreeController {
    static final String ADDRESS = "/don-vi";
    private static final int DEEPEST_PAGE = 1_000;
    private static final Paging NO_PAGING = new Paging(1, Tree.PAGE, 0, ADDRESS + "?");

    private final Tree tree;
    private final Units units;
    private final UnitChoices choices;
    private final Access access;
    private final Clock clock;

    TreeController(Tree tree, Units units, UnitChoices choices, Access access, Clock clock) {
        this.tree = tree;
        this.units = units;
        this.choices = choices;
        this.access = access;
        this.clock = clock;
    }

    /** Whoever reads people or manages units somewhere sees the units there. */
    private static Scope scope(Viewer viewer) {
        var held = new LinkedHashSet<UUID>(List.of(viewer.unitsWith(Permission.MANAGE_UNITS)));
        held.addAll(List.of(viewer.unitsWith(Permission.READ_PEOPLE)));
        return new Scope(viewer.tenantId(), viewer.accountId(), new ArrayList<>(held));
    }

    @GetMapping(ADDRESS)
    @Allowed({Permission.READ_PEOPLE, Permission.MANAGE_UNITS})
    View show(
            Viewer viewer,
            @RequestParam(name = "tai", required = false) @Nullable UUID at,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        AsOf asOf = AsOf.read(day, today());
        String cut = Texts.oneLine(words.length() > 100 ? words.substring(0, 100) : words);
        if (!cut.isEmpty()) {
            return new TreePage(
                    asOf,
                    null,
                    List.of(),
                    null,
                    cut,
                    tree.search(scope(viewer), cut, asOf.day()),
                    null,
                    NO_PAGING,
                    viewer.may(Permission.READ_PEOPLE),
                    false,
                    TreePage.Form.EMPTY,
                    FormErrors.NONE);
        }
        return page(viewer, at, asOf, page, TreePage.Form.EMPTY, FormErrors.NONE);
    }

    private View page(
            Viewer viewer, @Nullable UUID wanted, AsOf asOf, int page, TreePage.Form form, FormErrors errors) {
        Scope scope = scope(viewer);
        List<Node> tops = wanted == null ? tree.tops(scope, asOf.day()) : List.of();
        UUID at = wanted == null && tops.size() == 1 ? tops.getFirst().id() : wanted;
        int shown = Math.clamp(page, 1, DEEPEST_PAGE);
        Optional<Branch> branch =
                at == null ? Optional.empty() : tree.branch(scope, at, asOf.day(), Paging.offset(shown, Tree.PAGE));
        @Nullable LocalDate notYet = null;
        if (at != null && branch.isEmpty()) {
            notYet = tree.begins(scope, at).orElseThrow(() -> new NotFound("unit"));
        }
        boolean manages = branch.isPresent()
                && !asOf.past()
                && branch.get().node().ended() == null
                && access.covers(
                        viewer, Permission.MANAGE_UNITS, branch.get().node().id());
        return new TreePage(
                asOf,
                branch.orElse(null),
                tops,
                notYet,
                "",
                null,
                at,
                branch.map(found -> new Paging(
                                shown,
                                Tree.PAGE,
                                found.count(),
                                ADDRESS + "?" + asOf.parameter() + "tai="
                                        + found.node().id() + "&"))
                        .orElse(NO_PAGING),
                viewer.may(Permission.READ_PEOPLE),
                manages,
                form,
                errors);
    }

    @PostMapping(ADDRESS)
    @Allowed(Permission.MANAGE_UNITS)
    Object add(
            Viewer viewer,
            @RequestParam("ma") String code,
            @RequestParam("ten") String name,
            @RequestParam("loai") Units.Kind kind,
            @RequestParam("cha") UUID parent) {
        access.require(viewer, Permission.MANAGE_UNITS, parent);
        return switch (units.add(viewer.tenantId(), viewer.accountId(), new Units.NewUnit(code, name, kind, parent))) {
            case Units.Added.Done _ -> "redirect:" + ADDRESS + "?tai=" + parent + "&xong=unit-added";
            case Units.Added.Refused(var field, var why) ->
                page(
                        viewer,
                        parent,
                        AsOf.read("", today()),
                        1,
                        new TreePage.Form(code, name, kind),
                        FormErrors.of(field, why));
        };
    }

    /** What a search field of any name proposes while somebody types. */
    @GetMapping(ADDRESS + "/goi-y")
    @Allowed({
        Permission.READ_PEOPLE,
        Permission.MANAGE_UNITS,
        Permission.MANAGE_ACCOUNTS,
        Permission.ISSUE_CODES,
        Permission.RUN_CAMPAIGN
    })
    View suggestions(
            Viewer viewer,
            @RequestParam Map<String, String> sent,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day) {
        String typed = sent.entrySet().stream()
                .filter(field -> field.getKey().endsWith(UnitChoice.SEARCH))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        var held = new LinkedHashSet<UUID>(scope(viewer).units());
        for (Permission permission :
                List.of(Permission.MANAGE_ACCOUNTS, Permission.ISSUE_CODES, Permission.RUN_CAMPAIGN)) {
            held.addAll(List.of(viewer.unitsWith(permission)));
        }
        return new SuggestionsPage(choices.suggestions(
                new Scope(viewer.tenantId(), viewer.accountId(), List.copyOf(held)),
                AsOf.read(day, today()).day(),
                typed));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
