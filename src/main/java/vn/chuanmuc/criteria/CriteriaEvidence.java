package vn.chuanmuc.criteria;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Decisions from the day they are published, and every word of their sets. */
@Component
class CriteriaEvidence implements Evidence {
    static final String DECISION = "criteria.decision";
    static final String SETS = "criteria.criteria_set";
    static final String GROUPS = "criteria.criteria_group";
    static final String CRITERIA = "criteria.criterion";
    static final String ITEMS = "criteria.item";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(DECISION, "id")
                        .where("t.state in ('published', 'superseded')")
                        .changing(),
                Kind.of(SETS, "decision_id", "id").togetherBy(1),
                Kind.of(GROUPS, "set_id", "ordinal").togetherBy(1),
                Kind.of(CRITERIA, "set_id", "group_ordinal", "ordinal").togetherBy(1),
                Kind.of(ITEMS, "set_id", "position").togetherBy(1));
    }
}
