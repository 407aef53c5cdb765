package vn.chuanmuc.directory.web;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

@Controller
class UnitsController {
    private static final String ADDRESS = "/don-vi";

    private final Units units;
    private final Access access;

    UnitsController(Units units, Access access) {
        this.units = units;
        this.access = access;
    }

    @GetMapping(ADDRESS)
    @Allowed(Permission.MANAGE_UNITS)
    View list(Viewer viewer, @RequestParam(name = "tim", defaultValue = "") String words) {
        return page(viewer, words, UnitsPage.Form.EMPTY, FormErrors.NONE);
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
            case Units.Added.Done _ -> "redirect:" + ADDRESS + "?xong=unit-added";
            case Units.Added.Refused(var field, var why) ->
                page(viewer, "", new UnitsPage.Form(code, name, kind, parent), FormErrors.of(field, why));
        };
    }

    private View page(Viewer viewer, String words, UnitsPage.Form form, FormErrors errors) {
        List<Unit> all = units.under(viewer.tenantId(), viewer.unitsWith(Permission.MANAGE_UNITS));
        Map<UUID, Integer> people = units.people(viewer.tenantId(), all);
        Set<UUID> shown = matching(all, Texts.searchKey(words));
        int top = all.stream().mapToInt(Unit::depth).min().orElse(0);
        return new UnitsPage(
                all.stream()
                        .filter(unit -> shown.contains(unit.id()))
                        .map(unit -> new UnitsPage.Row(
                                unit, Math.min(6, unit.depth() - top), people.getOrDefault(unit.id(), 0)))
                        .toList(),
                all,
                viewer.may(Permission.READ_PEOPLE),
                words,
                form,
                errors);
    }

    /** Units whose name or code holds all the words, with everything above them, so that they keep their place in the tree. */
    private static Set<UUID> matching(List<Unit> all, String key) {
        var shown = new HashSet<UUID>();
        for (Unit unit : all.reversed()) {
            String text = Texts.searchKey(unit.name() + " " + unit.code());
            if (shown.contains(unit.id()) || List.of(key.split(" ")).stream().allMatch(text::contains)) {
                shown.add(unit.id());
                if (unit.parentId() != null) {
                    shown.add(unit.parentId());
                }
            }
        }
        return shown;
    }
}
