package vn.chuanmuc.rules.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.rules.RuleVersion;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/**
 * A version as a person reads it.
 *
 * @param unit name of the unit; null for what ships
 * @param names of accounts
 * @param others versions it may be compared with
 * @param reads whether the viewer reads rules at large, and not only those they are assessed by
 * @param confirms whether the viewer may confirm it; {@code own}: may not because they entered it
 * @param reason what was typed as the reason
 */
record VersionPage(
        RuleVersion version,
        @Nullable String unit,
        boolean inForce,
        Map<UUID, String> names,
        List<BookText.Section> sections,
        List<WeightTable> weights,
        List<RuleVersion> others,
        boolean reads,
        boolean confirms,
        boolean own,
        boolean refuses,
        boolean withdraws,
        boolean enters,
        String reason,
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    @Override
    public String undated() {
        return "rules.undated";
    }

    String name(@Nullable UUID account) {
        return account == null ? "–" : names.getOrDefault(account, "–");
    }
}
