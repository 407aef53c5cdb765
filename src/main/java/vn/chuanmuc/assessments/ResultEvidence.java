package vn.chuanmuc.assessments;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** LevelDecisions, what was said to them, that people were told and have seen, what they wrote, and what bounds a decision. */
@Component
class ResultEvidence implements Evidence {
    static final String DECISION = "assessments.decision";
    static final String APPROVAL = "assessments.approval";
    static final String TELLING = "assessments.telling";
    static final String SIGHTING = "assessments.sighting";
    static final String GROWTH = "assessments.growth";
    static final String PETITION_MARK = "assessments.petition_mark";
    static final String UNIT_GRADE = "assessments.unit_grade";
    static final String SIGN_RULE = "assessments.sign_rule";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(DECISION, "period", "form_id", "version"),
                Kind.of(APPROVAL, "period", "form_id", "version"),
                Kind.of(TELLING, "period", "form_id", "version", "way"),
                Kind.of(SIGHTING, "period", "form_id", "version"),
                Kind.of(GROWTH, "period", "form_id", "side", "version"),
                Kind.of(PETITION_MARK, "period", "form_id", "petition_id", "kind"),
                Kind.of(UNIT_GRADE, "cycle_id", "unit_id", "version"),
                Kind.of(SIGN_RULE, "id"));
    }
}
