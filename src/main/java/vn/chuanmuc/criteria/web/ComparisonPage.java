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

    static String tone(Kind kind) {
        return switch (kind) {
            case SAME -> "good";
            case REWORDED -> "wait";
            case MOVED, ADDED -> "info";
            case REMOVED -> "bad";
        };
    }
}
