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
    static final String TYPE_SIGN = "documents.type_sign";
    static final String ISSUER_SIGN = "documents.issuer_sign";
    static final String RESERVATION = "documents.number_reservation";
    static final String ANSWER = "documents.number_reservation_answer";

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
                Kind.of(CANCELLATION, "series_id", "number"),
                Kind.of(TYPE_SIGN, "line", "kind", "valid_from"),
                Kind.of(ISSUER_SIGN, "unit_id", "line", "valid_from"),
                Kind.of(RESERVATION, "id"),
                Kind.of(ANSWER, "reservation_id"));
    }
}
