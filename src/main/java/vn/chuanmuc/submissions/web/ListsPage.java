package vn.chuanmuc.submissions.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.submissions.ListState;
import vn.chuanmuc.submissions.Lists.Filter;
import vn.chuanmuc.submissions.Lists.Listed;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/**
 * @param inbox lists that wait for the viewer's decision, the first of them
 * @param waiting how many wait in all
 * @param today the address of the same lists today
 */
record ListsPage(
        List<Listed> inbox,
        long waiting,
        boolean showInbox,
        List<Listed> lists,
        List<Campaign> campaigns,
        Filter filter,
        AsOf asOf,
        String today,
        Paging paging)
        implements View {
    @Override
    public int status() {
        return asOf.status();
    }

    /** States to filter by, in the order a list goes through them. */
    static final List<String> STATES =
            List.of("none", "compiled", "approved", "submitted", "sent-back", "accepted", "reopened", "dropped");

    static String code(@Nullable ListState state) {
        return state == null ? "none" : state.code();
    }

    static String tone(@Nullable ListState state) {
        return state == null
                ? ""
                : switch (state) {
                    case COMPILED, APPROVED -> "info";
                    case SUBMITTED, REOPENED -> "wait";
                    case SENT_BACK -> "bad";
                    case ACCEPTED -> "good";
                    case DROPPED -> "";
                };
    }

    List<String> states() {
        return STATES;
    }

    boolean moreWaiting() {
        return waiting > inbox.size();
    }

    boolean filtered() {
        return filter.campaignId() != null
                || !filter.state().isEmpty()
                || !filter.words().isEmpty();
    }

    String codeOf(Listed listed) {
        return code(listed.state());
    }

    String toneOf(Listed listed) {
        return tone(listed.state());
    }

    String address(Listed listed) {
        return ListsController.address(listed.key()) + asOf.query();
    }
}
