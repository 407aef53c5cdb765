package vn.chuanmuc.office;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a paper looks under one rule of document form: dated data from {@code layouts/*.json}. Sizes are points, margins
 * millimetres.
 *
 * @param verified whether a clerk (văn thư) has compared these figures with the original rule
 * @param motto the lines at the upper right; the last one is underlined
 * @param issuerMark what stands under the issuer: {@code *}, or nothing for a short line
 * @param numberFormat with {number}, {type} and {issuer}
 * @param placeDateFormat with {place}, {day}, {month} and {year}
 * @param subheadingMark a line under the subheading, or nothing
 */
public record Layout(
        String id,
        Line line,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        String legalBasis,
        boolean verified,
        String note,
        boolean landscape,
        Margins margins,
        List<Motto> motto,
        Style parent,
        Style issuer,
        String issuerMark,
        Style number,
        String numberFormat,
        Style placeDate,
        String placeDateFormat,
        Style heading,
        Style subheading,
        String subheadingMark,
        Style body,
        Style tableHead,
        Style tableCell,
        Style totals,
        String recipientsWord,
        Style recipientsHead,
        Style recipients,
        Style signature,
        Style signatureNote,
        Style signatureName,
        Style pageNumber) {

    /** Party papers and State papers follow different rules. */
    public enum Line {
        PARTY,
        STATE
    }

    public record Margins(int top, int bottom, int left, int right) {}

    public record Style(int size, boolean bold, boolean italic, boolean underline, boolean caps) {
        String of(String text) {
            return caps ? text.toUpperCase(VIETNAMESE) : text;
        }
    }

    public record Motto(String text, Style style) {}

    /** Stands where the pen is to write what nobody has entered. */
    public static final String DOTS = "\u2026".repeat(4);

    private static final Locale VIETNAMESE = Locale.of("vi");

    public boolean validOn(LocalDate day) {
        return !day.isBefore(validFrom) && (validTo == null || !day.isAfter(validTo));
    }

    /** Width between the margins of A4, in millimetres. */
    int printableWidth() {
        return (landscape ? 297 : 210) - margins.left() - margins.right();
    }

    /** Of the block over the title, how much the issuer takes, in hundredths: the State's motto needs more room beside it. */
    int issuerShare() {
        return line == Line.STATE ? 38 : 42;
    }

    /** The number as it is printed, under 10 with a zero before it; blanks where the clerk has not given it. */
    public String number(TableDocument.Number number) {
        return numberFormat
                .replace(
                        "{number}",
                        number.number() == null ? blanks(5) : String.format(Locale.ROOT, "%02d", number.number()))
                .replace("{type}", number.type())
                .replace("{issuer}", number.issuer());
    }

    /** A day under 10 and the months 1 and 2 get a leading zero; without a date, blanks to be filled in by pen. */
    public String placeDate(String place, @Nullable LocalDate date) {
        return placeDateFormat
                .replace("{place}", place)
                .replace("{day}", date == null ? blanks(4) : String.format(Locale.ROOT, "%02d", date.getDayOfMonth()))
                .replace(
                        "{month}",
                        date == null ? blanks(4) : (date.getMonthValue() < 3 ? "0" : "") + date.getMonthValue())
                .replace("{year}", date == null ? blanks(8) : String.valueOf(date.getYear()));
    }

    /** Room for the pen, of blanks that no reader of the file runs together. */
    private static String blanks(int count) {
        return "\u00a0".repeat(count);
    }

    public Layout upright() {
        return turned(false);
    }

    public Layout sideways() {
        return turned(true);
    }

    private Layout turned(boolean sideways) {
        return new Layout(
                id,
                line,
                validFrom,
                validTo,
                legalBasis,
                verified,
                note,
                sideways,
                margins,
                motto,
                parent,
                issuer,
                issuerMark,
                number,
                numberFormat,
                placeDate,
                placeDateFormat,
                heading,
                subheading,
                subheadingMark,
                body,
                tableHead,
                tableCell,
                totals,
                recipientsWord,
                recipientsHead,
                recipients,
                signature,
                signatureNote,
                signatureName,
                pageNumber);
    }
}
