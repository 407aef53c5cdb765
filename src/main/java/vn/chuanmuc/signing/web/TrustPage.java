package vn.chuanmuc.signing.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.signing.TrustList.Item;
import vn.chuanmuc.signing.TrustList.ItemState;
import vn.chuanmuc.signing.TrustList.RevocationFile;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/**
 * @param names of accounts that proposed, decided or ended
 * @param me the viewer's account: nobody confirms what they proposed
 * @param form which form the errors belong to
 */
record TrustPage(
        List<Item> anchors,
        List<Item> stamps,
        List<RevocationFile> files,
        Map<UUID, String> names,
        UUID me,
        boolean manages,
        Instant now,
        AsOf asOf,
        String form,
        Entered entered,
        FormErrors errors)
        implements Dated {
    @Override
    public String undated() {
        return "signing.trust.undated";
    }

    /** What was typed into a form, to be shown again. */
    record Entered(String name, String address, String basis, String from, String to) {
        static final Entered NONE = new Entered("", "", "", "", "");
    }

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    FormErrors errorsOf(String which) {
        return which.equals(form) ? errors : FormErrors.NONE;
    }

    Entered enteredIn(String which) {
        return which.equals(form) ? entered : Entered.NONE;
    }

    static String state(Item item, LocalDate today) {
        if (item.state() == ItemState.CONFIRMED) {
            return item.holds(today) ? "holds" : today.isBefore(item.validFrom()) ? "coming" : "ended";
        }
        return item.endedAt() != null ? "ended" : item.state().code();
    }

    static String tone(Item item, LocalDate today) {
        return switch (state(item, today)) {
            case "holds" -> "good";
            case "proposed", "coming" -> "wait";
            case "rejected" -> "bad";
            default -> "";
        };
    }

    boolean old(RevocationFile file) {
        Instant next = file.nextUpdate();
        return next != null && next.isBefore(now);
    }

    boolean mayDecide(Item item) {
        return manages
                && item.state() == ItemState.PROPOSED
                && item.endedAt() == null
                && !item.proposedBy().equals(me);
    }

    boolean mayEnd(Item item) {
        return manages && item.state() != ItemState.REJECTED && item.endedAt() == null;
    }
}
