package vn.chuanmuc.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.signing.RequestStore.Row;
import vn.chuanmuc.signing.TrustList.Item;
import vn.chuanmuc.signing.TrustList.Saved;

/** Somebody of the office looks at a certificate and says whose it is: then the signatures that waited for that are accepted. */
@Component
public class SignerConfirmations {
    private final TrustList trust;
    private final RequestStore requests;
    private final Signatures signatures;

    SignerConfirmations(TrustList trust, RequestStore requests, Signatures signatures) {
        this.trust = trust;
        this.requests = requests;
        this.signatures = signatures;
    }

    /** What came of it. @param notAccepted titles of signatures that waited and could not be accepted after all */
    public record Result(Saved saved, List<String> notAccepted) {}

    public Result decide(Viewer viewer, UUID itemId, boolean confirm) {
        Saved saved = trust.decide(viewer, itemId, confirm);
        var left = new ArrayList<String>();
        if (saved instanceof Saved.Done) {
            for (Row row : requests.toIdentify(viewer.tenantId(), viewer.unitsWith(Permission.CONFIRM_SIGNER))) {
                // Those of other certificates are looked at too: they only find again that they must wait.
                if (trust.ofPeople(viewer).stream().anyMatch(item -> item.id().equals(itemId) && isOf(item, row))
                        && !(signatures.recheck(row) instanceof Offer.Accepted)
                        && confirm) {
                    left.add(row.title());
                }
            }
        }
        return new Result(saved, left);
    }

    private static boolean isOf(Item item, Row row) {
        return item.personId() != null && item.personId().equals(row.personId());
    }

    /** How many certificates wait for the viewer's look. */
    public long waiting(Viewer viewer) {
        return trust.waitingOfPeople(viewer);
    }
}
