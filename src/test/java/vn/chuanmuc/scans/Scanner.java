package vn.chuanmuc.scans;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
        BufferedImage turned = PageImage.turned(page, quarters);
        int width = turned.getWidth();
        int height = turned.getHeight();
        var gray = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D to = gray.createGraphics();
        to.setColor(new Color(235, 235, 235));
        to.fillRect(0, 0, width, height);
        to.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        to.drawImage(turned, AffineTransform.getRotateInstance(Math.toRadians(askew), width / 2.0, height / 2.0), null);
        to.dispose();
        if (blur) {
            var mean = new float[9];
            Arrays.fill(mean, 1f / 9);
            gray = new ConvolveOp(new Kernel(3, 3, mean), ConvolveOp.EDGE_NO_OP, null).filter(gray, null);
        }
        byte[] dots = ((DataBufferByte) gray.getRaster().getDataBuffer()).getData();
        for (int i = 0, from = random.nextInt(GRAIN); i < dots.length; i++) {
            if (i % 977 == 0) {
                from = random.nextInt(GRAIN);
            }
            dots[i] = (byte) Math.clamp(Math.round((dots[i] & 0xff) + grain[(from + i) % GRAIN] * noise), 0, 255);
        }
        return new Sheet(jpeg(gray, quality), dpi, quarters % 2 == 1);
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
