package vn.chuanmuc.commitments;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** What people did about the commitment of a year, every version of it. */
@Component
class CommitmentEvidence implements Evidence {
    static final String COMMITMENT = "commitments.commitment";

    @Override
    public List<Kind> kinds() {
        return List.of(Kind.of(COMMITMENT, "year", "person_id", "version"));
    }
}
