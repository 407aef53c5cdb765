package vn.chuanmuc.ledger;

import java.util.List;
import org.springframework.stereotype.Component;

/** Time stamps from outside. The rest of the ledger is checked by what it is: leaves, nodes and signed heads. */
@Component
class StampEvidence implements Evidence {
    @Override
    public List<Kind> kinds() {
        return List.of(Kind.of(Stamping.STAMP, "size").withFiles("token"));
    }
}
