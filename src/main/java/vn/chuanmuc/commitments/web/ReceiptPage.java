package vn.chuanmuc.commitments.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Confirmation;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Form;
import vn.chuanmuc.commitments.Commitments.Later;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.ledger.Entry;
import vn.chuanmuc.signing.Manifests;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/**
 * @param inForce whether this signature stands for its year
 * @param later what supplementary campaigns say about it
 * @param kept how the digital signature was made; null for every other way
 * @param proofs sealed lists in which this signature stands
 * @param ordered whether the signature has its place in the ledger's tree, so that it can be proved
 * @param key by which the proof is checked; empty before there is one
 */
record ReceiptPage(
        Form form,
        Receipt receipt,
        boolean inForce,
        List<Later> later,
        Entry entry,
        Signatures.@Nullable Kept kept,
        List<Manifests.Proof> proofs,
        boolean ordered,
        String key)
        implements View {
    String hash() {
        return CommitmentController.grouped(receipt.documentHash());
    }

    boolean late(Ui ui) {
        LocalDate onPaper = receipt.signedOn();
        return (onPaper == null ? ui.day(receipt.at()) : onPaper).isAfter(receipt.signBy());
    }

    /** The message that says how the person proved again that it was them; null where the way to sign does not ask for it. */
    @Nullable
    String confirmedBy() {
        if (!receipt.method().equals(Commitments.ELECTRONIC)) {
            return null;
        }
        String by = receipt.confirmedBy();
        return "commitments.confirmed-by." + (by == null ? Confirmation.Way.PASSWORD.code() : by);
    }

    /** Signed by hand: the document is the scan. */
    boolean onPaper() {
        return receipt.method().equals(Commitments.PAPER);
    }

    /** Signed digitally: the document is the signed PDF. */
    boolean digital() {
        return receipt.method().equals(Commitments.DIGITAL);
    }

    /** Whether the person can sign once more under a corrected name by themself, the way this was signed. */
    boolean mayCorrectName() {
        return form.electronic() && receipt.method().equals(Commitments.ELECTRONIC);
    }

    /** What the kept document's file name ends in. */
    String ending() {
        return onPaper() || digital() ? ".pdf" : ".txt";
    }

    /** Whether this signature still counts. */
    boolean counts() {
        return form.standing() == Standing.SIGNED && inForce;
    }

    /** Whether it counts no more because a later one of the year took its place. */
    boolean replaced() {
        return form.standing() == Standing.SIGNED && !inForce;
    }
}
