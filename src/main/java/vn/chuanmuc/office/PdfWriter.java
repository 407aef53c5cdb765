package vn.chuanmuc.office;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import vn.chuanmuc.kernel.Sha256;

/**
 * Prints a table as PDF/A-2a and PDF/UA-1, fonts inside. The whole document is laid out in memory (5,000 rows
 * of nine columns take some 500 MB for 4 s), hence a limit on rows; write one at a time. The
 * same document gives the same bytes.
 */
public final class PdfWriter {
    /** More rows than this are refused with an {@link IllegalArgumentException}; offer XLSX or DOCX instead. */
    public static final int MAX_ROWS = 5_000;

    private static final Pattern XMP_TIME =
            Pattern.compile("(<xmp:(CreateDate|ModifyDate|MetadataDate)>)[^<]*(</xmp:)");
    private static final byte[] SRGB =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    static {
        XRLog.setLoggingEnabled(false);
    }

    private PdfWriter() {}

    /** Writes and flushes, and leaves the stream open. */
    public static void write(TableDocument document, OutputStream out) throws IOException {
        String html = new TableHtml(document).page();
        var builder = new PdfRendererBuilder();
        builder.useFastMode();
        var uses = EnumSet.of(FSFontUseCase.DOCUMENT, FSFontUseCase.SVG);
        builder.useFont(Fonts.SERIF::regular, TableHtml.FONT, 400, FontStyle.NORMAL, true, uses);
        builder.useFont(Fonts.SERIF::bold, TableHtml.FONT, 700, FontStyle.NORMAL, true, uses);
        builder.useFont(Fonts.SERIF::italic, TableHtml.FONT, 400, FontStyle.ITALIC, true, uses);
        builder.useFont(Fonts.SERIF::boldItalic, TableHtml.FONT, 700, FontStyle.ITALIC, true, uses);
        // without a fallback, text that finds no font vanishes
        builder.useFont(
                Fonts.SERIF::regular,
                TableHtml.FONT,
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
            date(pdf, document, html);
            pdf.save(new Unclosed(out));
        }
        out.flush();
    }

    /** Takes the clock out of the file: its times are the document's day, its identifier is made from its content. */
    private static void date(PDDocument pdf, TableDocument document, String html) throws IOException {
        var day = GregorianCalendar.from(document.date().atStartOfDay(ZoneOffset.UTC));
        pdf.getDocumentInformation().setCreationDate(day);
        pdf.getDocumentInformation().setModificationDate(day);
        var metadata = pdf.getDocumentCatalog().getMetadata();
        String xmp;
        try (var in = metadata.exportXMPMetadata()) {
            xmp = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String time = document.date() + "T00:00:00Z";
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
