package vn.chuanmuc.office;

import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;

/**
 * Draws the QR at the foot of every page of letters once it is known how many pages each has. In the middle of the foot: a scan
 * that is turned by a few degrees loses corners, not this. To a reading machine it is decoration; the code stands beside it in words.
 */
final class LetterMarks {
    private static final float POINTS_PER_MILLIMETRE = 72 / 25.4f;
    private static final float SIDE = PaperDocument.Mark.SIDE * POINTS_PER_MILLIMETRE;
    private static final float OVER_EDGE = PaperDocument.Mark.OVER_EDGE * POINTS_PER_MILLIMETRE;
    private static final Pattern ANCHORS = Pattern.compile("letter-\\d+");

    private final List<PaperDocument.Mark> letters;
    private final List<Integer> pages = new ArrayList<>();

    /** @param letters the mark of each letter */
    LetterMarks(List<PaperDocument.Mark> letters) {
        this.letters = letters;
    }

    /** How many pages each letter has; known once they are stamped. */
    List<Integer> pages() {
        return List.copyOf(pages);
    }

    void stamp(PdfBoxRenderer renderer) throws IOException {
        PDDocument pdf = renderer.getPdfDocument();
        int[] starts = renderer.findPagePositionsByID(ANCHORS).stream()
                .sorted(Comparator.comparingInt(anchor ->
                        Integer.parseInt(anchor.getId().substring(anchor.getId().indexOf('-') + 1))))
                .mapToInt(anchor -> anchor.getPageNo())
                .toArray();
        if (starts.length != letters.size()) {
            throw new IllegalStateException(starts.length + " letters found of " + letters.size());
        }
        for (int at = 0; at < letters.size(); at++) {
            int end = at + 1 < starts.length ? starts[at + 1] : pdf.getNumberOfPages();
            int count = end - starts[at];
            for (int page = 0; page < count; page++) {
                stamp(
                        pdf,
                        pdf.getPage(starts[at] + page),
                        letters.get(at).pages().of(page + 1, count));
            }
            pages.add(count);
        }
    }

    private static void stamp(PDDocument pdf, PDPage page, String words) throws IOException {
        QrCode qr = QrCode.encodeText(words, QrCode.Ecc.MEDIUM);
        float module = SIDE / qr.size;
        float left = (page.getMediaBox().getWidth() - SIDE) / 2;
        float top = OVER_EDGE + SIDE;
        try (var content = new PDPageContentStream(pdf, page, AppendMode.APPEND, true, true)) {
            content.beginMarkedContent(COSName.ARTIFACT, footer());
            content.setNonStrokingColor(Color.BLACK);
            for (int y = 0; y < qr.size; y++) {
                for (int x = 0; x < qr.size; x++) {
                    if (qr.getModule(x, y)) {
                        int from = x;
                        while (x + 1 < qr.size && qr.getModule(x + 1, y)) {
                            x++;
                        }
                        content.addRect(left + from * module, top - (y + 1) * module, (x + 1 - from) * module, module);
                    }
                }
            }
            content.fill();
            content.endMarkedContent();
        }
    }

    private static PDPropertyList footer() {
        var footer = new COSDictionary();
        footer.setName(COSName.TYPE, "Pagination");
        footer.setName(COSName.SUBTYPE, "Footer");
        var attached = new COSArray();
        attached.add(COSName.getPDFName("Bottom"));
        footer.setItem(COSName.getPDFName("Attached"), attached);
        return PDPropertyList.create(footer);
    }
}
