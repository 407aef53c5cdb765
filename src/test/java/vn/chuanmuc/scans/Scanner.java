package vn.chuanmuc.scans;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** An office's scanner: pages come out turned, askew, blurred, grainy and packed. Every run with the same seed gives the same. */
public final class Scanner {
    private static final int GRAIN = 1 << 16;
    private static final int STREAK = 977;
    private static final int FRACTION = 1 << 16;
    private static final int GLASS = 235;

    private final Random random;
    private final float[] grain = new float[GRAIN];

    public Scanner(long seed) {
        random = new Random(seed);
        for (int i = 0; i < GRAIN; i++) {
            grain[i] = (float) random.nextGaussian();
        }
    }

    /** A page that came out of the scanner. */
    public record Sheet(byte[] jpeg, int dpi, boolean lying) {}

    /** Prints each page of a PDF and signs where a signature belongs. */
    public List<BufferedImage> printed(byte[] pdf, int dpi, boolean sign) throws IOException {
        var pages = new ArrayList<BufferedImage>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var renderer = new PDFRenderer(document);
            for (int page = 0; page < document.getNumberOfPages(); page++) {
                BufferedImage image = renderer.renderImageWithDPI(page, dpi, ImageType.RGB);
                if (sign) {
                    sign(document, page, image, dpi);
                }
                pages.add(image);
            }
        }
        return pages;
    }

    private void sign(PDDocument document, int page, BufferedImage image, int dpi) {
        var form = document.getDocumentCatalog().getAcroForm();
        if (form == null) {
            return;
        }
        for (var field : form.getFields()) {
            var widget = field.getWidgets().getFirst();
            if (document.getPages().indexOf(widget.getPage()) != page) {
                continue;
            }
            double scale = dpi / 72.0;
            PDRectangle box = widget.getRectangle();
            double x = box.getLowerLeftX() * scale;
            double y = (widget.getPage().getMediaBox().getHeight() - box.getUpperRightY()) * scale;
            Graphics2D to = image.createGraphics();
            to.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            to.setColor(new Color(20, 40, 150));
            to.setStroke(new BasicStroke((float) (scale * 1.4)));
            var stroke = new Path2D.Double();
            stroke.moveTo(x + box.getWidth() * scale * 0.2, y + box.getHeight() * scale * 0.6);
            for (int i = 0; i < 6; i++) {
                stroke.curveTo(
                        x + box.getWidth() * scale * random.nextDouble(),
                        y + box.getHeight() * scale * random.nextDouble(),
                        x + box.getWidth() * scale * random.nextDouble(),
                        y + box.getHeight() * scale * random.nextDouble(),
                        x + box.getWidth() * scale * (0.2 + 0.1 * i),
                        y + box.getHeight() * scale * (0.3 + 0.4 * random.nextDouble()));
            }
            to.draw(stroke);
            to.dispose();
        }
    }

    /** A page that is none of ours. */
    public BufferedImage stranger(int dpi) {
        var image = new BufferedImage(
                (int) Math.round(8.27 * dpi), (int) Math.round(11.69 * dpi), BufferedImage.TYPE_INT_RGB);
        Graphics2D to = image.createGraphics();
        to.setColor(Color.WHITE);
        to.fillRect(0, 0, image.getWidth(), image.getHeight());
        to.setColor(Color.BLACK);
        to.setFont(new Font(Font.SERIF, Font.PLAIN, dpi / 5));
        for (int line = 0; line < 30; line++) {
            to.drawString("Giấy tờ khác, dòng " + random.nextInt(1_000), dpi, dpi + line * dpi / 3);
        }
        to.dispose();
        return image;
    }

    public int dpi() {
        return 150 + 50 * random.nextInt(4);
    }

    /** Scans a page with whatever happens in an office. */
    public Sheet scan(BufferedImage page, int dpi) throws IOException {
        int quarters = random.nextInt(10) < 6 ? 0 : random.nextInt(4);
        double askew = Math.clamp(random.nextGaussian() * 1.5, -5, 5);
        int blur = random.nextInt(dpi >= 200 ? 3 : 2);
        double noise = random.nextDouble() * 25;
        float quality = 0.4f + random.nextFloat() * 0.5f;
        return scan(page, dpi, quarters, askew, blur > 0, noise, quality);
    }

    public Sheet scan(
            BufferedImage page, int dpi, int quarters, double askew, boolean blur, double noise, float quality)
            throws IOException {
        Gray gray = askew(Gray.of(PageImage.turned(Gray.of(page).image(), quarters)), askew);
        if (blur) {
            gray = gray.smooth();
        }
        var shifts = new short[GRAIN];
        for (int i = 0; i < GRAIN; i++) {
            shifts[i] = (short) Math.round(grain[i] * noise);
        }
        byte[] dots = gray.bytes();
        for (int i = 0; i < dots.length; i += STREAK) {
            int from = random.nextInt(GRAIN);
            int end = Math.min(dots.length, i + STREAK);
            for (int at = i; at < end; at++) {
                int dot = (dots[at] & 0xff) + shifts[from++ & GRAIN - 1];
                dots[at] = (byte) (dot < 0 ? 0 : dot > 255 ? 255 : dot);
            }
        }
        return new Sheet(jpeg(gray.image(), quality), dpi, quarters % 2 == 1);
    }

    /** Turned about the middle by a few degrees on a glass that is not quite white, each dot from the four it lies between. */
    private static Gray askew(Gray page, double degrees) {
        int width = page.width();
        int height = page.height();
        byte[] from = page.bytes();
        var to = new byte[from.length];
        int cos = (int) Math.round(Math.cos(Math.toRadians(degrees)) * FRACTION);
        int sin = (int) Math.round(Math.sin(Math.toRadians(degrees)) * FRACTION);
        for (int y = 0; y < height; y++) {
            long px = (long) (width / 2) * FRACTION - (long) cos * (width / 2) + (long) sin * (y - height / 2);
            long py = (long) (height / 2) * FRACTION + (long) sin * (width / 2) + (long) cos * (y - height / 2);
            for (int x = 0; x < width; x++, px += cos, py -= sin) {
                int column = (int) (px >> 16);
                int row = (int) (py >> 16);
                if (px < 0 || py < 0 || column >= width - 1 || row >= height - 1) {
                    to[y * width + x] = (byte) GLASS;
                    continue;
                }
                int across = (int) (px & FRACTION - 1) >> 8;
                int down = (int) (py & FRACTION - 1) >> 8;
                int at = row * width + column;
                int above = (from[at] & 0xff) * (256 - across) + (from[at + 1] & 0xff) * across;
                int below = (from[at + width] & 0xff) * (256 - across) + (from[at + width + 1] & 0xff) * across;
                to[y * width + x] = (byte) (above * (256 - down) + below * down >> 16);
            }
        }
        return new Gray(to, width, height);
    }

    public static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            var how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The pile as one PDF, as a copier sends it. */
    public static byte[] pdf(List<Sheet> sheets) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var pdf = new PDDocument()) {
            for (Sheet sheet : sheets) {
                PDRectangle size = sheet.lying()
                        ? new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth())
                        : PDRectangle.A4;
                var page = new PDPage(size);
                pdf.addPage(page);
                try (var content = new PDPageContentStream(pdf, page)) {
                    content.drawImage(
                            JPEGFactory.createFromByteArray(pdf, sheet.jpeg()),
                            0,
                            0,
                            size.getWidth(),
                            size.getHeight());
                }
            }
            pdf.save(bytes);
        }
        return bytes.toByteArray();
    }
}
