package vn.chuanmuc.commitments.web;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Changes;
import vn.chuanmuc.commitments.Commitments.Form;
import vn.chuanmuc.commitments.Commitments.Later;
import vn.chuanmuc.commitments.ReasonKind;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.criteria.ItemChange;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/**
 * @param changes what is other than when the person last signed; null when nothing is
 * @param mayCorrectName whether what is signed can be signed once more under the corrected name
 * @param later what supplementary campaigns say about this commitment
 * @param passkeys the addresses at which the viewer can use a passkey of theirs, parted by blanks; empty when they have none
 * @param read whether “I have read it” was ticked when the form came back
 */
record CommitmentPage(
        Form form,
        @Nullable Changes changes,
        boolean mayCorrectName,
        List<Later> later,
        AsOf asOf,
        String passkeys,
        boolean read,
        String kind,
        String reason,
        FormErrors errors)
        implements Dated {
    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    boolean maySign() {
        return form.lock() == null && form.electronic() && form.standing() != Standing.SIGNED;
    }

    boolean maySignDigitally() {
        return form.lock() == null && form.digital() && form.standing() != Standing.SIGNED;
    }

    /** Whether there is a paper to be had: a form to sign by hand, or what was confirmed. */
    boolean printable() {
        return form.standing() == Standing.SIGNED || form.onPaper() && form.lock() == null;
    }

    boolean mayDecline() {
        return form.lock() == null && form.standing() != Standing.SIGNED && form.standing() != Standing.DECLINED;
    }

    /** Whether a later signature of the year took the place of this one. */
    boolean replaced() {
        return form.standing() == Standing.SIGNED && later.stream().anyMatch(one -> one.standing() == Standing.SIGNED);
    }

    static String tone(ItemChange.Kind kind) {
        return switch (kind) {
            case REWORDED -> "wait";
            case ADDED -> "good";
            case REMOVED -> "bad";
            case SAME, MOVED -> "info";
        };
    }

    boolean late() {
        return form.signBy().isBefore(asOf.day());
    }

    boolean declining() {
        return errors.on("loai") != null || errors.on("ly-do") != null;
    }

    List<ReasonKind> kinds() {
        return ReasonKind.OWN;
    }

    String hash() {
        return HexFormat.of().formatHex(form.bodyHash());
    }

    /** What a passkey is asked about. */
    String toConfirm() {
        return HexFormat.of()
                .formatHex(Commitments.toConfirm(form.campaignId(), form.set().id(), form.bodyHash()));
    }

    String toCorrect() {
        String name = form.corrected();
        return HexFormat.of().formatHex(Commitments.toCorrect(form.campaignId(), name == null ? "" : name));
    }

    String list() {
        return "/danh-sach/" + form.campaignId() + "/" + form.unitId() + "/" + form.blocId();
    }
}
