package vn.chuanmuc.office;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import vn.chuanmuc.kernel.Sha256;

/**
 * Prints tables and letters as PDF/A-2a and PDF/UA-1, fonts inside. The whole document is laid out in memory (5,000 rows
 * of nine columns take some 500 MB for 4 s), hence a limit on rows; write one at a time. The
 * same document gives the same bytes.
 */
public final class PdfWriter {
    /** More rows than this are refused with an {@link IllegalArgumentException}; offer XLSX or DOCX instead. */
    public static final int MAX_ROWS = 5_000;
    /** Letters in one file. */
    public static final int MAX_LETTERS = 50;

    private static final Pattern ROWS = Pattern.compile("row-0-\\d+");
    private static final double MILLIMETRE = 25.4 / 72;
    private static final Pattern XMP_TIME =
            Pattern.compile("(<xmp:(CreateDate|ModifyDate|MetadataDate)>)[^<]*(</xmp:)");
    private static final byte[] SRGB =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    static {
        XRLog.setLoggingEnabled(false);
    }

    private PdfWriter() {}

    /** What is still to be done with a document once its pages are laid out. */
    private interface Finishing {
        void of(PdfBoxRenderer renderer) throws IOException;
    }

    /**
     * Writes and flushes, and leaves the stream open.
     *
     * @return how many pages it has
     */
    public static int write(TableDocument document, OutputStream out) throws IOException {
        var pages = new int[1];
        write(
                new TableHtml(document).page(),
                document.date(),
                renderer -> {
                    if (document.marked()) {
                        new LetterMarks(List.of(document.mark())).stamp(renderer);
                    }
                    pages[0] = renderer.getPdfDocument().getNumberOfPages();
                },
                out);
        return pages[0];
    }

    /**
     * Writes a letter with its signature fields; flushes, and leaves the stream open.
     *
     * @return how many pages it has
     */
    public static int write(PaperDocument letter, OutputStream out) throws IOException {
        var marks = new LetterMarks(List.of(letter.mark()));
        write(
                new LetterHtml(letter.title(), List.of(letter)).page(),
                letter.date(),
                renderer -> {
                    marks.stamp(renderer);
                    SignatureFields.add(renderer, letter.signatures());
                },
                out);
        return marks.pages().getFirst();
    }

    /**
     * Writes letters of one layout one after the other, for the printer: without signature fields, for a file has each of them only
     * once. Flushes, and leaves the stream open.
     *
     * @param title the file's own title, not printed
     * @return how many pages each has
     */
    public static List<Integer> write(String title, List<PaperDocument> letters, OutputStream out) throws IOException {
        if (letters.isEmpty() || letters.size() > MAX_LETTERS) {
            throw new IllegalArgumentException(letters.size() + " letters in one file");
        }
        var marks = new LetterMarks(letters.stream().map(PaperDocument::mark).toList());
        write(new LetterHtml(title, letters).page(), letters.getFirst().date(), marks::stamp, out);
        return marks.pages();
    }

    /**
     * Where the row of an item stands, in millimetres from the upper edge of a page.
     *
     * @param page from 1
     */
    public record Row(int number, int page, double top, double height) {}

    /** @param rows of all items, where there are boxes to tick */
    public record Measured(int pages, List<Row> rows) {}

    /** Lays a letter out only to see where on it what is. */
    public static Measured measure(PaperDocument letter) throws IOException {
        var marks = new LetterMarks(List.of(letter.mark()));
        var rows = new ArrayList<Row>();
        write(
                new LetterHtml(letter.title(), List.of(letter)).page(),
                letter.date(),
                renderer -> {
                    marks.stamp(renderer);
                    for (var at : renderer.findPagePositionsByID(ROWS)) {
                        float page = renderer.getPdfDocument()
                                .getPage(at.getPageNo())
                                .getMediaBox()
                                .getHeight();
                        int number =
                                Integer.parseInt(at.getId().substring(at.getId().lastIndexOf('-') + 1));
                        rows.add(new Row(
                                number,
                                at.getPageNo() + 1,
                                (page - at.getY() - at.getHeight()) * MILLIMETRE,
                                at.getHeight() * MILLIMETRE));
                    }
                },
                OutputStream.nullOutputStream());
        rows.sort(Comparator.comparingInt(Row::number));
        return new Measured(marks.pages().getFirst(), List.copyOf(rows));
    }

    private static void write(String html, LocalDate date, Finishing finishing, OutputStream out) throws IOException {
        var builder = new PdfRendererBuilder();
        builder.useFastMode();
        var uses = EnumSet.of(FSFontUseCase.DOCUMENT, FSFontUseCase.SVG);
        builder.useFont(Fonts.SERIF::regular, LayoutHtml.FONT, 400, FontStyle.NORMAL, true, uses);
        builder.useFont(Fonts.SERIF::bold, LayoutHtml.FONT, 700, FontStyle.NORMAL, true, uses);
        builder.useFont(Fonts.SERIF::italic, LayoutHtml.FONT, 400, FontStyle.ITALIC, true, uses);
        builder.useFont(Fonts.SERIF::boldItalic, LayoutHtml.FONT, 700, FontStyle.ITALIC, true, uses);
        // without a fallback, text that finds no font vanishes
        builder.useFont(
                Fonts.SERIF::regular,
                LayoutHtml.FONT,
                400,
                FontStyle.NORMAL,
                true,
                EnumSet.of(FSFontUseCase.FALLBACK_PRE));
        builder.usePdfUaAccessibility(true);
        builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_A);
        builder.usePdfVersion(1.7f);
        builder.useColorProfile(SRGB);
        builder.useExternalResourceAccessControl(
                (uri, type) -> false, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        builder.withProducer("Chuẩn Mực");
        builder.withHtmlContent(html, "about:blank");
        builder.toStream(OutputStream.nullOutputStream());
        try (var renderer = builder.buildPdfRenderer()) {
            renderer.createPDFWithoutClosing();
            PDDocument pdf = renderer.getPdfDocument();
            finishing.of(renderer);
            date(pdf, date, html);
            pdf.save(new Unclosed(out));
        }
        out.flush();
    }

    /** Takes the clock out of the file: its times are the document's day, its identifier is made from its content. */
    private static void date(PDDocument pdf, LocalDate date, String html) throws IOException {
        var day = GregorianCalendar.from(date.atStartOfDay(ZoneOffset.UTC));
        pdf.getDocumentInformation().setCreationDate(day);
        pdf.getDocumentInformation().setModificationDate(day);
        var metadata = pdf.getDocumentCatalog().getMetadata();
        String xmp;
        try (var in = metadata.exportXMPMetadata()) {
            xmp = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String time = date + "T00:00:00Z";
        String dated = XMP_TIME.matcher(xmp).replaceAll(m -> m.group(1) + time + m.group(3));
        if (!dated.contains("ModifyDate")) {
            dated = dated.replace(
                    "</xmp:CreateDate>", "</xmp:CreateDate><xmp:ModifyDate>" + time + "</xmp:ModifyDate>");
        }
        metadata.importXMPMetadata(dated.getBytes(StandardCharsets.UTF_8));
        pdf.setDocumentId(fingerprint(html));
    }

    private static long fingerprint(String html) {
        return ByteBuffer.wrap(Sha256.of(html)).getLong();
    }

    /** Guards the row limit while the rows stream by. */
    static void checkRows(int rows) {
        if (rows > MAX_ROWS) {
            throw new IllegalArgumentException("more than " + MAX_ROWS + " rows in a PDF");
        }
    }
}
