package vn.chuanmuc.office;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A letter to be printed and signed: everything already worded as the reader sees it, so that PDF and DOCX say the same.
 *
 * @param title the file's own title, not printed
 * @param date the day the file's own properties carry
 * @param header number and issuer may be absent: without an issuer the motto stands alone in the middle. Place and date are
 *     printed over the last signature block
 * @param heading printed title lines
 * @param subheading printed under them; may be empty
 * @param facts who and under what, one line each
 * @param opening paragraphs before the points
 * @param closing paragraphs after them; where somebody signs, there is one, or a proof, to sign under
 * @param proof facts in place of a signature by hand; may be empty
 * @param signatures left to right; none where the proof stands for them
 * @param language of the texts
 */
public record PaperDocument(
        String title,
        LocalDate date,
        Layout layout,
        TableDocument.Header header,
        List<String> heading,
        String subheading,
        List<Fact> facts,
        List<String> opening,
        Points points,
        List<String> closing,
        List<Fact> proof,
        List<SignatureBlock> signatures,
        Mark mark,
        String language) {

    public PaperDocument {
        heading = List.copyOf(heading);
        facts = List.copyOf(facts);
        opening = List.copyOf(opening);
        closing = List.copyOf(closing);
        proof = List.copyOf(proof);
        signatures = List.copyOf(signatures);
        if (closing.isEmpty() && proof.isEmpty() && !signatures.isEmpty()) {
            throw new IllegalArgumentException("nobody signs on a page that says nothing");
        }
        if (layout.landscape()) {
            throw new IllegalArgumentException("a letter stands upright");
        }
    }

    public record Fact(String label, String value) {}

    /**
     * A table of a number and the words, under groups and criteria; where somebody is to tick, with a box for each choice.
     *
     * @param choices over the boxes, from left to right; none where nothing is ticked
     * @param remark before the line to write on under each item's words; empty for no line
     */
    public record Points(
            String numberHeading, String wordsHeading, List<String> choices, String remark, List<Line> lines) {
        /** More boxes than this do not fit beside the words. */
        public static final int MOST_CHOICES = 9;

        public Points {
            choices = List.copyOf(choices);
            lines = List.copyOf(lines);
            if (choices.size() > MOST_CHOICES) {
                throw new IllegalArgumentException(choices.size() + " boxes in a row");
            }
        }

        public Points(String numberHeading, String wordsHeading, List<Line> lines) {
            this(numberHeading, wordsHeading, List.of(), "", lines);
        }

        public sealed interface Line {
            record Group(String text) implements Line {}

            record Criterion(String text) implements Line {}

            record Item(int number, String words) implements Line {}
        }
    }

    /**
     * Where somebody signs, by hand or into the PDF's field.
     *
     * @param field name of the signature field; letters and digits only
     * @param about what the field is, for those who hear the page
     * @param note such as (Ký, ghi rõ họ tên); may be empty
     * @param name printed under the room for the signature; may be empty
     */
    public record SignatureBlock(String field, String about, List<String> capacity, String note, String name) {
        public SignatureBlock {
            capacity = List.copyOf(capacity);
        }
    }

    /** What every page bears at its foot. @param label before the code; {@code pages} what the QR of a page says */
    public record Mark(String label, String code, OfPage pages) {
        /** The QR's side, and how far it stands over the lower edge, in millimetres; it is in the middle of the page. */
        public static final float SIDE = 22;

        public static final float OVER_EDGE = 7;

        /** Of a paper that has no code yet. */
        public static final Mark NONE = new Mark("", "", (page, pages) -> "");
    }

    /** What the QR of a page says, in capitals, digits and {@code $%*+-./:}. */
    @FunctionalInterface
    public interface OfPage {
        String of(int page, int pages);
    }

    /** A paper that an office issues under a number bears its day there; one that people sign bears it over their names. */
    boolean dayInHead() {
        return header.number() != null && !header.issuer().isEmpty();
    }

    /** Place and day as the layout writes them; blanks where there is none. */
    String placeDate() {
        @Nullable LocalDate day = header.date();
        return layout.placeDate(header.place(), day);
    }
}
