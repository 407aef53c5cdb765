package vn.chuanmuc.campaigns;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.kernel.Reason;

/** What makes a plan right and a campaign ready: pure functions. */
final class CampaignRules {
    static final String ELECTRONIC = "xac-nhan-dien-tu";
    static final String PAPER = "giay";
    /** The ways to sign that can be recorded, in the order they are offered. */
    static final List<String> METHODS = List.of(ELECTRONIC, PAPER);

    private CampaignRules() {}

    /** What is wrong with a plan by itself, by form field. */
    static Map<String, Reason> problems(Plan plan) {
        var problems = new LinkedHashMap<String, Reason>();
        if (plan.year() < 2000 || plan.year() > 2200) {
            problems.put("nam", Reason.of("campaigns.form.year.wrong"));
        }
        if (plan.title().isEmpty() || plan.title().length() > 300) {
            problems.put("ten", Reason.of("campaigns.form.title.wrong"));
        }
        if (plan.planNumber().length() > 100) {
            problems.put("so-ke-hoach", Reason.of("campaigns.form.plan-number.long"));
        }
        if (Math.abs(plan.signBy().getYear() - plan.year()) > 1) {
            problems.put("han-ky", Reason.of("campaigns.form.sign-by.year", String.valueOf(plan.year())));
        }
        if (plan.submitBy().isBefore(plan.signBy())) {
            problems.put("han-nop", Reason.of("campaigns.form.submit-by.early", plan.signBy()));
        }
        if (plan.methods().isEmpty() || !METHODS.containsAll(plan.methods())) {
            problems.put("hinh-thuc", Reason.of("campaigns.form.method.wrong"));
        }
        if (plan.units().isEmpty()) {
            problems.put("don-vi", Reason.of("campaigns.form.units.none"));
        }
        return problems;
    }

    static boolean inForce(PublishedDecision decision, LocalDate day) {
        return !day.isBefore(decision.effectiveFrom())
                && (decision.supersededFrom() == null || day.isBefore(decision.supersededFrom()));
    }
}
