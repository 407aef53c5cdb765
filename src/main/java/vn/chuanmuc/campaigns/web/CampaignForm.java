package vn.chuanmuc.campaigns.web;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.FormErrors;

/** A plan as it is typed: kept as it came, so that nothing entered is lost. */
record CampaignForm(
        String year,
        String title,
        String planNumber,
        String planDate,
        String decision,
        String signBy,
        String submitBy,
        String receiver,
        Set<String> methods,
        Set<String> units,
        String line) {
    static CampaignForm of(Campaign campaign, List<UUID> units) {
        LocalDate planDate = campaign.planDate();
        return new CampaignForm(
                String.valueOf(campaign.year()),
                campaign.title(),
                campaign.planNumber(),
                planDate == null ? "" : VietnameseDates.format(planDate),
                campaign.decisionId().toString(),
                VietnameseDates.format(campaign.signBy()),
                VietnameseDates.format(campaign.submitBy()),
                campaign.receiverUnit().toString(),
                campaign.methods(),
                texts(units),
                campaign.lineId() == null ? "" : String.valueOf(campaign.lineId()));
    }

    static Set<String> texts(List<UUID> ids) {
        var texts = new LinkedHashSet<String>();
        ids.forEach(id -> texts.add(id.toString()));
        return texts;
    }

    /** The units as far as they can be read. */
    Set<UUID> unitIds() {
        var ids = new LinkedHashSet<UUID>();
        for (String unit : units) {
            UUID id = Ids.read(unit);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** The plan, or what cannot be read of it. */
    sealed interface Read {
        record Done(Plan plan) implements Read {}

        record Wrong(FormErrors errors) implements Read {}
    }

    Read read() {
        var wrong = new LinkedHashMap<String, Reason>();
        int yearNumber = year.strip().matches("\\d{4}") ? Integer.parseInt(year.strip()) : 0;
        if (yearNumber == 0) {
            wrong.put("nam", Reason.of("campaigns.form.year.wrong"));
        }
        UUID decisionId = Ids.read(decision);
        if (decisionId == null) {
            wrong.put("van-ban", Reason.of("campaigns.form.decision.none"));
        }
        UUID receiverId = Ids.read(receiver);
        if (receiverId == null) {
            wrong.put("noi-nhan", Reason.of("campaigns.form.receiver.none"));
        }
        LocalDate plan = planDate.isBlank() ? null : day("ngay-ke-hoach", planDate, wrong);
        LocalDate sign = day("han-ky", signBy, wrong);
        LocalDate submit = day("han-nop", submitBy, wrong);
        UUID lineId = line.isBlank() ? null : Ids.read(line);
        if (lineId == null && !line.isBlank()) {
            wrong.put("tuyen", Reason.of("campaigns.form.line.none"));
        }
        if (!wrong.isEmpty() || decisionId == null || receiverId == null || sign == null || submit == null) {
            return new Read.Wrong(new FormErrors(wrong));
        }
        return new Read.Done(new Plan(
                yearNumber, title, planNumber, plan, decisionId, sign, submit, methods, receiverId, unitIds(), lineId));
    }

    static @Nullable LocalDate day(String field, String text, Map<String, Reason> wrong) {
        return switch (VietnameseDates.parse(text)) {
            case VietnameseDates.Parsed.Read(var day) -> day;
            case VietnameseDates.Parsed.Refused(var why) -> {
                wrong.put(
                        field,
                        Reason.of(
                                switch (why) {
                                    case EMPTY -> "campaigns.date.empty";
                                    case NOT_REAL -> "campaigns.date.not-real";
                                    case TWO_DIGIT_YEAR -> "campaigns.date.two-digit-year";
                                    case YEAR_ONLY, MONTH_AND_YEAR, FORMAT -> "campaigns.date.format";
                                }));
                yield null;
            }
        };
    }
}
