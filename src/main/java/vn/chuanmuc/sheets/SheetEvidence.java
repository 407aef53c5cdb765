package vn.chuanmuc.sheets;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Which stage of which form a paper is about, which files were brought, and what witnesses said. What was read is a handing in of the form. */
@Component
class SheetEvidence implements Evidence {
    static final String SHEET = "sheets.sheet";
    static final String FILE = "sheets.file";
    static final String WITNESSING = "sheets.witnessing";

    @Override
    public List<Kind> kinds() {
        return List.of(Kind.of(SHEET, "id"), Kind.of(FILE, "id"), Kind.of(WITNESSING, "id"));
    }
}
