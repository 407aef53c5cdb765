package vn.chuanmuc.commitments;

import java.util.UUID;
import vn.chuanmuc.access.Viewer;

/** Signatures for tests of other modules. */
public final class CommitmentSamples {
    private CommitmentSamples() {}

    /** Signs what is shown, as if the password had been entered again; false when it is refused or done already. */
    public static boolean sign(Commitments commitments, Viewer official, UUID campaign) {
        var form = commitments.form(official, campaign).orElseThrow();
        return commitments.signConfirmed(official, campaign, form.set().id(), form.bodyHash())
                instanceof Commitments.Signing.Signed;
    }
}
