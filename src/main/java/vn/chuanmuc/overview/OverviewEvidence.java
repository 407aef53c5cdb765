package vn.chuanmuc.overview;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** From when on groups of how many people are hidden; reports that were issued. */
@Component
class OverviewEvidence implements Evidence {
    static final String THRESHOLD = "overview.threshold";
    static final String REPORT = "overview.report";

    @Override
    public List<Kind> kinds() {
        return List.of(Kind.of(THRESHOLD, "id"), Kind.of(REPORT, "paper_id"));
    }
}
