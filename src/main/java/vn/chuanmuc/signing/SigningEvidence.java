package vn.chuanmuc.signing;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/**
 * Every check with its reports, signatures that were accepted and what keeps them checkable, sealed lists, revocation data; and
 * what was trusted, as it stood after every step.
 */
@Component
class SigningEvidence implements Evidence {
    static final String CONTENT = "documents.content";
    static final String CHECKED = "signing.checked";
    static final String SIGNATURE = "signing.signature";
    static final String PRESERVED = "signing.preserved";
    static final String REVOCATION = "signing.revocation";
    static final String MANIFEST = "signing.manifest";
    static final String ROWS = "signing.manifest_row";
    static final String TRUSTED = "signing.trusted";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(CHECKED, "id"),
                Kind.of(SIGNATURE, "id"),
                Kind.of(PRESERVED, "id"),
                Kind.of(REVOCATION, "id"),
                Kind.of(MANIFEST, "id"),
                Kind.of(ROWS, "manifest_id", "position").togetherBy(1),
                Kind.of(TRUSTED, "id").changing().coveredLater());
    }
}
