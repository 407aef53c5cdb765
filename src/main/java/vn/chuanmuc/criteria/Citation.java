package vn.chuanmuc.criteria;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a document's number and date.
 *
 * @param printed the number and the date as printed, such as {@code 264...-QĐ/QU, ngày 27.1.9./2021}
 * @param line 1-based line, 0 for a reading that comes from another source
 * @param printedNumber the number as printed, null if there is none
 * @param number the number without blanks and filler dots, null if there is none
 * @param printedDate the date as printed, null if there is none
 * @param dates what the printed date can mean, the likeliest first; empty if it names no calendar date
 * @param numberClean whether the number is printed without filler dots
 * @param dateClean whether the date is printed in full and can mean one date only
 */
public record Citation(
        String printed,
        int line,
        @Nullable String printedNumber,
        @Nullable String number,
        @Nullable String printedDate,
        List<LocalDate> dates,
        boolean numberClean,
        boolean dateClean) {
    public Citation {
        dates = List.copyOf(dates);
    }
}
