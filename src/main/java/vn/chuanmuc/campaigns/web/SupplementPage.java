package vn.chuanmuc.campaigns.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.campaigns.Supplements.Line;
import vn.chuanmuc.campaigns.Supplements.Passage;
import vn.chuanmuc.campaigns.Supplements.Query;
import vn.chuanmuc.campaigns.Supplements.Survey;
import vn.chuanmuc.campaigns.Supplements.Verdict;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.criteria.ItemChange;
import vn.chuanmuc.criteria.SetComparison;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;

/**
 * What a new decision means for the people of a campaign, and the plan of the supplementary campaign for it.
 *
 * @param successors the decisions that followed; none: then there is no {@code survey}
 * @param people on this page; none for whoever reads no people's records
 * @param numbers of decisions, by their ids
 * @param version of the draft as it was read; 0 while there is none
 */
record SupplementPage(
        Campaign base,
        List<PublishedDecision> successors,
        @Nullable Survey survey,
        Query query,
        List<Line> people,
        @Nullable Paging paging,
        Map<UUID, String> numbers,
        SupplementForm form,
        int version,
        boolean mayRun,
        boolean mayReadPeople,
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    @Override
    public String undated() {
        return "campaigns.supplement.undated";
    }

    String address() {
        return "/dot/" + base.id() + "/bo-sung";
    }

    String of(PublishedDecision decision) {
        return address() + "?" + asOf.parameter() + "van-ban=" + decision.id();
    }

    /** The same page with another choice of people. */
    String filtered(Survey shown, @Nullable Verdict verdict) {
        return of(shown.after()) + (verdict == null ? "" : "&loc=" + verdict.code())
                + (query.words().isBlank() ? "" : "&tim=" + Ui.encode(query.words())) + "#nguoi";
    }

    static List<Verdict> verdicts(Survey shown) {
        return List.of(Verdict.values()).stream()
                .filter(verdict -> shown.count(verdict) > 0)
                .toList();
    }

    static String tone(Verdict verdict) {
        return switch (verdict) {
            case CHANGED -> "wait";
            case SAME -> "good";
            case NO_SET -> "bad";
            case UNSIGNED -> "info";
            case AWAY, LEFT -> "";
        };
    }

    static String tone(ItemChange.Kind kind) {
        return switch (kind) {
            case SAME -> "good";
            case REWORDED -> "wait";
            case MOVED, ADDED -> "info";
            case REMOVED -> "bad";
        };
    }

    static List<SetComparison.Row> changed(Passage passage) {
        return passage.comparison().rows().stream()
                .filter(SetComparison.Row::changed)
                .toList();
    }

    /** Items whose words and headings stay, wherever they stand now. */
    static List<SetComparison.Row> same(Passage passage) {
        return passage.comparison().rows().stream()
                .filter(row -> !row.changed())
                .toList();
    }

    /** The title of a set with the number of its decision. */
    String name(Ui ui, SetComparison comparison, boolean after) {
        var set = after ? comparison.after() : comparison.before();
        return set == null
                ? "–"
                : ui.t("campaigns.supplement.set", set.title(), numbers.getOrDefault(set.decisionId(), ""));
    }

    boolean planned() {
        return survey != null && survey.supplement() != null;
    }

    boolean opened() {
        return survey != null
                && survey.supplement() != null
                && survey.supplement().state() != State.DRAFT;
    }

    /** Whether the plan can be entered or changed here. */
    boolean plannable() {
        return mayRun && survey != null && !opened() && (planned() || survey.count(Verdict.CHANGED) > 0);
    }

    List<String> methods() {
        return Campaigns.methods();
    }

    static String state(Campaign campaign) {
        return campaign.state().name().toLowerCase(Locale.ROOT);
    }
}
