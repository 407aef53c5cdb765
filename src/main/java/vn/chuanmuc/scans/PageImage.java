package vn.chuanmuc.scans;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of pages as they are kept: JPEG, upright, grey where nothing is coloured. */
final class PageImage {
    private static final float QUALITY = 0.8f;
    /** How far the three colours of a dot must lie apart, and how many of a million dots, for a page to be kept in colour. */
    private static final int COLOURED = 48;

    private static final int COLOURED_DOTS = 150;

    private PageImage() {}

    static BufferedImage turned(BufferedImage image, int quarters) {
        int turns = Math.floorMod(quarters, 4);
        if (turns == 0) {
            return image;
        }
        boolean lying = turns % 2 == 1;
        int width = lying ? image.getHeight() : image.getWidth();
        int height = lying ? image.getWidth() : image.getHeight();
        var turned = new BufferedImage(
                width,
                height,
                image.getType() == BufferedImage.TYPE_BYTE_GRAY
                        ? BufferedImage.TYPE_BYTE_GRAY
                        : BufferedImage.TYPE_INT_RGB);
        Graphics2D to = turned.createGraphics();
        to.translate(width / 2.0, height / 2.0);
        to.rotate(turns * Math.PI / 2);
        to.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
        to.drawImage(image, 0, 0, null);
        to.dispose();
        return turned;
    }

    static byte[] jpeg(BufferedImage image) {
        BufferedImage kept = image.getType() == BufferedImage.TYPE_BYTE_GRAY || coloured(image) ? image : gray(image);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream(1 << 18);
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(kept, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static boolean coloured(BufferedImage image) {
        long dots = 0;
        long coloured = 0;
        var row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y += 2) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x += 2) {
                int red = row[x] >> 16 & 0xff;
                int green = row[x] >> 8 & 0xff;
                int blue = row[x] & 0xff;
                dots++;
                if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > COLOURED) {
                    coloured++;
                }
            }
        }
        return coloured * 1_000_000 > dots * COLOURED_DOTS;
    }

    private static BufferedImage gray(BufferedImage image) {
        return Gray.of(image).image();
    }

    static BufferedImage read(byte[] jpeg) {
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part of the printed page (millimetres), straightened. @param scale dots for a millimetre */
    static byte[] part(
            BufferedImage image, PagePlace place, double x, double y, double width, double height, double scale) {
        var part = new BufferedImage(
                (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D to = part.createGraphics();
        to.setColor(Color.WHITE);
        to.fillRect(0, 0, part.getWidth(), part.getHeight());
        to.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        try {
            var transform = AffineTransform.getScaleInstance(scale, scale);
            transform.translate(-x, -y);
            transform.concatenate(place.transform().createInverse());
            to.drawImage(image, transform, null);
        } catch (java.awt.geom.NoninvertibleTransformException e) {
            throw new IllegalStateException(String.format(Locale.ROOT, "place %s", place), e);
        } finally {
            to.dispose();
        }
        return jpeg(part);
    }
}
