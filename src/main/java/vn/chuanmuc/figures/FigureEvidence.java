package vn.chuanmuc.figures;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Lists as they were brought in with every figure in them, who confirmed, refused or took them back, and what is measured. */
@Component
class FigureEvidence implements Evidence {
    static final String CONTENT = "documents.content";
    static final String INDEX = "figures.index_entry";
    static final String LIST = "figures.list";
    static final String FIGURES = "figures.figure";
    static final String VERDICT = "figures.verdict";
    static final String WITHDRAWAL = "figures.withdrawal";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(INDEX, "id"),
                Kind.of(LIST, "id"),
                Kind.of(FIGURES, "list_id", "row_number").togetherBy(1),
                Kind.of(VERDICT, "list_id"),
                Kind.of(WITHDRAWAL, "list_id"));
    }
}
