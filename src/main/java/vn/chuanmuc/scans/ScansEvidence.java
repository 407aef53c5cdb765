package vn.chuanmuc.scans;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Which files were brought, and how long they were to be kept. What was made of them is a document and a commitment. */
@Component
class ScansEvidence implements Evidence {
    static final String CONTENT = "documents.content";
    static final String FILE = "scans.file";
    static final String RETENTION = "scans.retention";

    @Override
    public List<Kind> kinds() {
        return List.of(Kind.of(FILE, "id"), Kind.of(RETENTION, "id"));
    }
}
