package vn.chuanmuc.commitments.web;

import java.time.LocalDate;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.Commitments.Form;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.ledger.Entry;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

record ReceiptPage(Form form, Receipt receipt, Entry entry) implements View {
    String hash() {
        return CommitmentController.grouped(receipt.documentHash());
    }

    boolean late(Ui ui) {
        LocalDate onPaper = receipt.signedOn();
        return (onPaper == null ? ui.day(receipt.at()) : onPaper).isAfter(receipt.signBy());
    }

    /** Signed by hand: the document is the scan. */
    boolean onPaper() {
        return receipt.method().equals(Commitments.PAPER);
    }

    /** Whether this signature still counts. */
    boolean counts() {
        return form.standing() == Standing.SIGNED;
    }
}
