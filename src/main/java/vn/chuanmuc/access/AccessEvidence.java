package vn.chuanmuc.access;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** For whom one-time codes were issued, by whom and when. */
@Component
class AccessEvidence implements Evidence {
    static final String CODE_ISSUE = "access.code_issue";

    @Override
    public List<Kind> kinds() {
        return List.of(Kind.of(CODE_ISSUE, "token_hash"));
    }
}
