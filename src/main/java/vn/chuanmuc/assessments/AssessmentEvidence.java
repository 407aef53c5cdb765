package vn.chuanmuc.assessments;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Cycles that were opened with their stages, everything that was handed in, and every step out of the ordinary. */
@Component
class AssessmentEvidence implements Evidence {
    static final String CONTENT = "documents.content";
    static final String CYCLE = "assessments.cycle";
    static final String STAGES = "assessments.cycle_stage";
    static final String HANDING = "assessments.handing";
    static final String EXCEPTION = "assessments.exception";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(CYCLE, "id").where("t.opened_at is not null").changing(),
                Kind.of(STAGES, "cycle_id", "code").togetherBy(1).where("""
                        exists (select from assessments.cycle c
                                where c.tenant_id = t.tenant_id and c.id = t.cycle_id and c.opened_at is not null)
                        """),
                Kind.of(HANDING, "period", "form_id", "stage", "handing"),
                Kind.of(EXCEPTION, "id"));
    }
}
