package vn.chuanmuc.documents;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Bytes, which whoever stores them names in the act for which they are stored; papers with their way; numbers and their rules. */
@Component
class ContentEvidence implements Evidence {
    static final String CONTENT = "documents.content";
    static final String PAPER = "documents.paper";
    static final String CODE = "documents.paper_code";
    static final String STATE = "documents.paper_state";
    static final String PRINT = "documents.paper_print";
    static final String RULE = "documents.number_rule";
    static final String TERM = "documents.term";
    static final String NUMBER = "documents.number";
    static final String CANCELLATION = "documents.number_cancellation";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(CONTENT, "hash").withFiles("bytes"),
                Kind.of(PAPER, "id"),
                Kind.of(CODE, "code"),
                Kind.of(STATE, "paper_id", "seq"),
                Kind.of(PRINT, "paper_id", "pdf_hash"),
                Kind.of(RULE, "line", "valid_from"),
                Kind.of(TERM, "id"),
                Kind.of(NUMBER, "series_id", "number"),
                Kind.of(CANCELLATION, "series_id", "number"));
    }
}
