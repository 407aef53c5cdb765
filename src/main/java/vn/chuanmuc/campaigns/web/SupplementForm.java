package vn.chuanmuc.campaigns.web;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Supplements.Draft;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.FormErrors;

/**
 * The plan of a supplementary campaign as it is typed: kept as it came, so that nothing entered is lost.
 *
 * @param title null while nothing was typed: then one is proposed
 */
record SupplementForm(
        @Nullable String title,
        String planNumber,
        String planDate,
        String signBy,
        String submitBy,
        Set<String> methods) {
    static SupplementForm blank(Campaign base) {
        return new SupplementForm(null, "", "", "", "", base.methods());
    }

    static SupplementForm of(Campaign draft) {
        LocalDate planDate = draft.planDate();
        return new SupplementForm(
                draft.title(),
                draft.planNumber(),
                planDate == null ? "" : VietnameseDates.format(planDate),
                VietnameseDates.format(draft.signBy()),
                VietnameseDates.format(draft.submitBy()),
                draft.methods());
    }

    static SupplementForm sent(MultiValueMap<String, String> fields) {
        return new SupplementForm(
                text(fields, "ten"),
                text(fields, "so-ke-hoach"),
                text(fields, "ngay-ke-hoach"),
                text(fields, "han-ky"),
                text(fields, "han-nop"),
                new LinkedHashSet<>(fields.getOrDefault("hinh-thuc", List.of())));
    }

    private static String text(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    /** The plan, or what cannot be read of it. */
    sealed interface Read {
        record Done(Draft draft) implements Read {}

        record Wrong(FormErrors errors) implements Read {}
    }

    Read read() {
        var wrong = new LinkedHashMap<String, Reason>();
        LocalDate plan = planDate.isBlank() ? null : CampaignForm.day("ngay-ke-hoach", planDate, wrong);
        LocalDate sign = CampaignForm.day("han-ky", signBy, wrong);
        LocalDate submit = CampaignForm.day("han-nop", submitBy, wrong);
        if (!wrong.isEmpty() || sign == null || submit == null) {
            return new Read.Wrong(new FormErrors(wrong));
        }
        return new Read.Done(new Draft(title == null ? "" : title, planNumber, plan, sign, submit, methods));
    }
}
