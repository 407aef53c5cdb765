package vn.chuanmuc.petitions;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;
import vn.chuanmuc.petitions.Petition.StepKind;

/** Every step about a petition, and the rules that were set. */
@Component
class PetitionEvidence implements Evidence {
    static final String STEP = "petitions.step";
    static final String RULE = "petitions.rule";

    @Override
    public List<Kind> kinds() {
        return List.of(Kind.of(STEP, "petition_id", "seq"), Kind.of(RULE, "id"));
    }

    /** The act of a step. */
    static String act(StepKind kind) {
        return "petitions." + kind.code();
    }
}
