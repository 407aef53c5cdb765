package vn.chuanmuc.criteria.web;

import java.util.List;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.criteria.ItemChange.Kind;
import vn.chuanmuc.criteria.SetComparison;
import vn.chuanmuc.ui.View;

/** Two decisions, or two sets of one ({@code earlier} is {@code later}), item by item. */
record ComparisonPage(PublishedDecision earlier, PublishedDecision later, List<SetComparison> comparisons)
        implements View {
    boolean oneDecision() {
        return earlier.id().equals(later.id());
    }

    /** Nothing was added or removed between two sets of one decision: an item stands in the one or the other only. */
    String label(Kind kind) {
        boolean one = oneDecision() && (kind == Kind.ADDED || kind == Kind.REMOVED);
        return "criteria.compare." + kind.name() + (one ? ".only" : "");
    }

    static String tone(Kind kind) {
        return switch (kind) {
            case SAME -> "good";
            case REWORDED -> "wait";
            case MOVED, ADDED -> "info";
            case REMOVED -> "bad";
        };
    }
}
