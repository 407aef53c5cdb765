package vn.chuanmuc.documents;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** The bytes themselves. Whoever stores some names them in the act for which they are stored. */
@Component
class ContentEvidence implements Evidence {
    @Override
    public List<Kind> kinds() {
        return List.of(Kind.of("documents.content", "hash").withFiles("bytes"));
    }
}
