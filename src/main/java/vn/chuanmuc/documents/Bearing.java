package vn.chuanmuc.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.TableDocument;

/**
 * The number a paper bears, with all that is written beside it: kept as it was on the day it was taken, so the paper reads the same
 * for ever.
 *
 * @param typeSign sign of the type of paper; {@code issuerSign} of who issues it, {@code place} where: empty where the pen fills it in
 * @param layout id of the layout the paper is printed with
 * @param title what the paper is, for the book; {@code signer} who signs it
 * @param withdrawn why it counts no more; null while it does. The number stays used
 */
public record Bearing(
        UUID series,
        int number,
        PaperKind kind,
        LocalDate day,
        String typeSign,
        String issuerSign,
        String place,
        String layout,
        String title,
        String signer,
        UUID takenBy,
        Instant takenAt,
        @Nullable String withdrawn,
        @Nullable Instant withdrawnAt) {

    /** As it is printed: {@code Số 15-DS/ĐU}. */
    public String written() {
        return look().number(printed());
    }

    /** For the head of the paper. */
    public TableDocument.Number printed() {
        return new TableDocument.Number(number, typeSign, issuerSign.isEmpty() ? Layout.DOTS : issuerSign);
    }

    /** For the head of the paper: the place it is issued at. */
    public String printedPlace() {
        return place.isEmpty() ? Layout.DOTS : place;
    }

    /** The layout of the paper. */
    public Layout look() {
        return Layouts.of(layout);
    }
}
