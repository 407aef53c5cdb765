package vn.chuanmuc.office;

import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Slips to be cut apart, two by five on a sheet: some lines, a code in large letters and its QR. They are thrown away after use, so
 * this is a plain PDF, no archive.
 *
 * @param title the file's own title, not printed
 * @param lines over every code
 * @param cut what stands along the edge of each slip
 */
public record SlipSheet(String title, List<String> lines, List<Slip> slips, String cut) {
    private static final int COLUMNS = 2;
    private static final int ROWS = 5;
    private static final float MARGIN = 28;
    private static final float PAD = 10;
    private static final float QR = 84;
    private static final float LINE = 11;

    public SlipSheet {
        lines = List.copyOf(lines);
        slips = List.copyOf(slips);
    }

    /** @param qr what its QR says */
    public record Slip(String code, String qr) {}

    /** Writes and flushes, and leaves the stream open. */
    public void write(OutputStream out) throws IOException {
        try (var pdf = new PDDocument()) {
            pdf.getDocumentInformation().setTitle(title);
            PDFont plain = PDType0Font.load(pdf, Fonts.SERIF.regular());
            PDFont bold = PDType0Font.load(pdf, Fonts.SERIF.bold());
            float width = (PDRectangle.A4.getWidth() - 2 * MARGIN) / COLUMNS;
            float height = (PDRectangle.A4.getHeight() - 2 * MARGIN) / ROWS;
            for (int first = 0; first < slips.size(); first += COLUMNS * ROWS) {
                var page = new PDPage(PDRectangle.A4);
                pdf.addPage(page);
                try (var content = new PDPageContentStream(pdf, page)) {
                    for (int at = first; at < Math.min(slips.size(), first + COLUMNS * ROWS); at++) {
                        int place = at - first;
                        float left = MARGIN + place % COLUMNS * width;
                        float top = PDRectangle.A4.getHeight() - MARGIN - place / COLUMNS * height;
                        draw(content, slips.get(at), left, top, width, height, plain, bold);
                    }
                }
            }
            pdf.save(new Unclosed(out));
        }
        out.flush();
    }

    private void draw(
            PDPageContentStream content,
            Slip slip,
            float left,
            float top,
            float width,
            float height,
            PDFont plain,
            PDFont bold)
            throws IOException {
        content.setStrokingColor(Color.GRAY);
        content.setLineDashPattern(new float[] {3, 3}, 0);
        content.addRect(left, top - height, width, height);
        content.stroke();
        content.setNonStrokingColor(Color.BLACK);
        float y = top - PAD - LINE;
        for (String line : lines) {
            for (String part : wrapped(line, plain, 9, width - 2 * PAD)) {
                text(content, plain, 9, left + PAD, y, part);
                y -= LINE;
            }
        }
        float foot = top - height + PAD;
        text(content, bold, 15, left + PAD, foot + QR / 2 - 4, slip.code());
        text(content, plain, 7.5f, left + PAD, foot, cut);
        qr(content, QrCode.encodeText(slip.qr(), QrCode.Ecc.MEDIUM), left + width - PAD - QR, foot);
    }

    private static void text(PDPageContentStream content, PDFont font, float size, float x, float y, String words)
            throws IOException {
        content.beginText();
        content.setFont(font, size);
        content.newLineAtOffset(x, y);
        content.showText(XmlText.clean(words).replaceAll("\\s", " "));
        content.endText();
    }

    private static List<String> wrapped(String line, PDFont font, float size, float width) throws IOException {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (String word : line.split(" ")) {
            String longer = part.isEmpty() ? word : part + " " + word;
            if (!part.isEmpty() && font.getStringWidth(longer) / 1000 * size > width) {
                parts.add(part.toString());
                part.setLength(0);
                part.append(word);
            } else {
                part.setLength(0);
                part.append(longer);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static void qr(PDPageContentStream content, QrCode qr, float left, float bottom) throws IOException {
        float module = QR / qr.size;
        for (int y = 0; y < qr.size; y++) {
            for (int x = 0; x < qr.size; x++) {
                if (qr.getModule(x, y)) {
                    int from = x;
                    while (x + 1 < qr.size && qr.getModule(x + 1, y)) {
                        x++;
                    }
                    content.addRect(
                            left + from * module, bottom + QR - (y + 1) * module, (x + 1 - from) * module, module);
                }
            }
        }
        content.fill();
    }
}
