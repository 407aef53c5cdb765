package vn.chuanmuc.rules.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.RuleVersion;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/**
 * @param inForce what holds today, at the viewer's units
 * @param names of units, and of accounts
 */
record RulesPage(
        List<InForce> inForce,
        List<RuleVersion> versions,
        List<Examples.Example> examples,
        Map<UUID, String> units,
        Map<UUID, String> names,
        boolean waitingOnly,
        boolean enters,
        AsOf asOf)
        implements Dated {
    @Override
    public String undated() {
        return "rules.undated";
    }

    record InForce(UUID unit, Purpose purpose, RuleVersion version) {}

    static String code(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static String tone(RuleVersion.State state) {
        return switch (state) {
            case ENTERED -> "wait";
            case CONFIRMED -> "good";
            case REFUSED -> "bad";
            case WITHDRAWN -> "";
        };
    }
}
