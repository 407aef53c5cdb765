package vn.chuanmuc.submissions;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Lists as compiled with all their moves, what the board remarked, and who changed after the count. */
@Component
class ListEvidence implements Evidence {
    static final String VERSION = "submissions.list_version";
    static final String ROWS = "submissions.list_row";
    static final String REMARKS = "submissions.row_remark";
    static final String LATE = "submissions.late_row";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(VERSION, "list_id", "version").changing(),
                Kind.of(ROWS, "list_id", "version", "person_id").togetherBy(2),
                Kind.of(REMARKS, "list_id", "version", "person_id").togetherBy(2),
                Kind.of(LATE, "list_id", "version", "person_id").togetherBy(2));
    }
}
