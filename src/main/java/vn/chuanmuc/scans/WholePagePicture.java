package vn.chuanmuc.scans;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * The page of a copier: one JPEG picture that fills it, and nothing else. Such a picture is taken as it is, at half the cost of drawing
 * the page; of any other page there is none here, and it is drawn.
 */
final class WholePagePicture {
    /** A content stream that says no more than where the picture is. */
    private static final int MOST_CONTENT = 2_000;
    /** How far the picture's edges may lie from the page's, as a share of its sides. */
    private static final double EDGE = 0.01;
    /** How far its dots may be from square. */
    private static final double SQUARE = 0.02;

    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
    private static final int JFIF_AT = 6;

    private WholePagePicture() {}

    /** @return the picture upright as the page is shown, in grey or in colour; empty when the page is anything else */
    static Optional<BufferedImage> of(PDPage page) throws Unreadable {
        try {
            COSStream stream = onlyPicture(page);
            if (stream == null || !plain(stream)) {
                return Optional.empty();
            }
            BufferedImage image = read(stream);
            return image == null ? Optional.empty() : Optional.of(PageImage.turned(image, page.getRotation() / 90));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // drawing it says what is wrong
        }
    }

    /** The picture that the page's content places over all of it, when it does nothing else. */
    private static @Nullable COSStream onlyPicture(PDPage page) throws IOException {
        COSBase notes = page.getCOSObject().getDictionaryObject(COSName.ANNOTS);
        PDResources resources = page.getResources();
        if (notes instanceof COSArray array && array.size() > 0
                || resources == null
                || PageSource.length(page.getCOSObject().getDictionaryObject(COSName.CONTENTS)) > MOST_CONTENT) {
            return null;
        }
        var place = new Matrix();
        var saved = new ArrayDeque<Matrix>();
        var drawn = place;
        List<COSBase> operands = new ArrayList<>();
        COSName picture = null;
        var parser = new PDFStreamParser(page);
        int tokens = 0;
        for (Object token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
            if (++tokens > 100) {
                return null;
            }
            if (!(token instanceof Operator operator)) {
                operands.add((COSBase) token);
                continue;
            }
            switch (operator.getName()) {
                case "q" -> saved.push(place);
                case "Q" -> {
                    if (saved.isEmpty()) {
                        return null;
                    }
                    place = saved.pop();
                }
                case "cm" -> {
                    if (picture != null || operands.size() != 6) {
                        return null;
                    }
                    place = Matrix.concatenate(place, matrix(operands));
                }
                case "Do" -> {
                    if (picture != null || !(operands.getLast() instanceof COSName name)) {
                        return null;
                    }
                    picture = name;
                    drawn = place;
                }
                default -> {
                    return null;
                }
            }
            operands.clear();
        }
        if (picture == null || !covers(drawn, page.getCropBox())) {
            return null;
        }
        COSBase found = resources.getCOSObject().getDictionaryObject(COSName.XOBJECT)
                        instanceof org.apache.pdfbox.cos.COSDictionary pictures
                ? pictures.getDictionaryObject(picture)
                : null;
        return found instanceof COSStream stream
                        && COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE))
                        && square(stream, page.getCropBox())
                ? stream
                : null;
    }

    private static Matrix matrix(List<COSBase> operands) {
        var numbers = new float[6];
        for (int i = 0; i < 6; i++) {
            numbers[i] = ((COSNumber) operands.get(i)).floatValue();
        }
        return new Matrix(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    private static boolean covers(Matrix place, PDRectangle page) {
        double wide = page.getWidth() * EDGE;
        double high = page.getHeight() * EDGE;
        return place.getShearX() == 0
                && place.getShearY() == 0
                && Math.abs(place.getTranslateX() - page.getLowerLeftX()) <= wide
                && Math.abs(place.getTranslateY() - page.getLowerLeftY()) <= high
                && Math.abs(place.getScaleX() - page.getWidth()) <= wide
                && Math.abs(place.getScaleY() - page.getHeight()) <= high;
    }

    private static boolean square(COSStream picture, PDRectangle page) {
        double across = picture.getInt(COSName.WIDTH) / page.getWidth();
        double along = picture.getInt(COSName.HEIGHT) / page.getHeight();
        return across > 0 && Math.abs(along / across - 1) <= SQUARE;
    }

    /** A JPEG whose dots are what is shown: no mask, no other colours, nothing hidden on a layer. */
    private static boolean plain(COSStream picture) {
        COSBase filter = picture.getDictionaryObject(COSName.FILTER);
        boolean jpeg = COSName.DCT_DECODE.equals(filter)
                || filter instanceof COSArray filters
                        && filters.size() == 1
                        && COSName.DCT_DECODE.equals(filters.getObject(0));
        COSBase colours = picture.getDictionaryObject(COSName.COLORSPACE);
        return jpeg
                && (COSName.DEVICEGRAY.equals(colours) || COSName.DEVICERGB.equals(colours))
                && picture.getInt(COSName.BITS_PER_COMPONENT) == 8
                && List.of(COSName.SMASK, COSName.MASK, COSName.DECODE, COSName.DECODE_PARMS, COSName.OC).stream()
                        .noneMatch(picture::containsKey)
                && !picture.getBoolean(COSName.IMAGE_MASK, false);
    }

    private static @Nullable BufferedImage read(COSStream picture) throws IOException, Unreadable {
        byte[] jpeg;
        try (InputStream raw = picture.createRawInputStream()) {
            jpeg = raw.readAllBytes();
        }
        if (!COSName.DEVICEGRAY.equals(picture.getDictionaryObject(COSName.COLORSPACE)) && !saysItsColours(jpeg)) {
            return null;
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            UploadGuard.checkDots(width, height);
            if (width != picture.getInt(COSName.WIDTH) || height != picture.getInt(COSName.HEIGHT)) {
                return null;
            }
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** A JFIF file (T.871) has one meaning of its three colours; of any other a PDF and a picture library may think differently. */
    private static boolean saysItsColours(byte[] jpeg) {
        return jpeg.length > JFIF_AT + JFIF.length
                && Arrays.equals(jpeg, JFIF_AT, JFIF_AT + JFIF.length, JFIF, 0, JFIF.length);
    }
}
