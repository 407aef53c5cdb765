package vn.chuanmuc.scans;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationSquare;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken without drawing is what drawing shows; whatever could show something else is drawn. */
class WholePagePictureTest {
    private static final PDRectangle A4 = PDRectangle.A4;

    @TempDir
    Path folder;

    private interface Filling {
        void into(PDDocument pdf, PDPage page, PDImageXObject picture) throws IOException;
    }

    /** Dark in its upper left quarter. */
    private static BufferedImage picture(int type, int width, int height) {
        var image = new BufferedImage(width, height, type);
        var to = image.createGraphics();
        to.setColor(Color.WHITE);
        to.fillRect(0, 0, width, height);
        to.setColor(type == BufferedImage.TYPE_BYTE_GRAY ? Color.BLACK : Color.RED);
        to.fillRect(0, 0, width / 2, height / 2);
        to.dispose();
        return image;
    }

    private byte[] pdf(BufferedImage image, Filling filling) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var pdf = new PDDocument()) {
            var page = new PDPage(A4);
            pdf.addPage(page);
            filling.into(pdf, page, JPEGFactory.createFromByteArray(pdf, Scanner.jpeg(image, 0.9f)));
            pdf.save(bytes);
        }
        return bytes.toByteArray();
    }

    private static void whole(PDDocument pdf, PDPage page, PDImageXObject picture) throws IOException {
        try (var content = new PDPageContentStream(pdf, page)) {
            content.drawImage(picture, 0, 0, A4.getWidth(), A4.getHeight());
        }
    }

    private static Optional<BufferedImage> taken(byte[] pdf) throws Exception {
        try (var document = Loader.loadPDF(pdf)) {
            return WholePagePicture.of(document.getPage(0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB})
    void takesACopiersPageAsItIs(int type) throws Exception {
        byte[] pdf = pdf(picture(type, 827, 1169), WholePagePictureTest::whole);
        BufferedImage image = taken(pdf).orElseThrow();
        assertThat(image.getWidth()).isEqualTo(827);
        assertThat(image.getHeight()).isEqualTo(1169);
        Color dark = new Color(image.getRGB(200, 200));
        assertThat(dark.getGreen() + dark.getBlue()).isLessThan(60);
        assertThat(dark.getRed() > 200).isEqualTo(type == BufferedImage.TYPE_INT_RGB);
        assertThat(new Color(image.getRGB(600, 200)).getGreen()).isGreaterThan(230);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 180, 270})
    void turnsThePageAsAViewerDoes(int rotation) throws Exception {
        byte[] pdf = pdf(picture(BufferedImage.TYPE_BYTE_GRAY, 827, 1169), (document, page, picture) -> {
            whole(document, page, picture);
            page.setRotation(rotation);
        });
        BufferedImage direct = taken(pdf).orElseThrow();
        BufferedImage drawn;
        try (var document = Loader.loadPDF(pdf)) {
            drawn = new org.apache.pdfbox.rendering.PDFRenderer(document).renderImage(0, 1);
        }
        for (double x : new double[] {0.2, 0.8}) {
            for (double y : new double[] {0.2, 0.8}) {
                assertThat(dark(direct, x, y)).as("%s, %s", x, y).isEqualTo(dark(drawn, x, y));
            }
        }
    }

    private static boolean dark(BufferedImage image, double x, double y) {
        return new Color(image.getRGB((int) (image.getWidth() * x), (int) (image.getHeight() * y))).getRed() < 128;
    }

    @Test
    void drawsWhateverIsMoreThanOnePicture() throws Exception {
        BufferedImage image = picture(BufferedImage.TYPE_BYTE_GRAY, 827, 1169);
        Filling[] fillings = {
            (pdf, page, picture) -> {
                whole(pdf, page, picture);
                try (var over = new PDPageContentStream(pdf, page, PDPageContentStream.AppendMode.APPEND, false)) {
                    over.addRect(100, 100, 50, 50);
                    over.fill();
                }
            },
            (pdf, page, picture) -> {
                try (var content = new PDPageContentStream(pdf, page)) {
                    content.drawImage(picture, 0, 0, A4.getWidth(), A4.getHeight());
                    content.drawImage(picture, 0, 0, 100, 100);
                }
            },
            (pdf, page, picture) -> {
                try (var content = new PDPageContentStream(pdf, page)) {
                    content.drawImage(picture, 50, 50, A4.getWidth() - 100, A4.getHeight() - 100);
                }
            },
            (pdf, page, picture) -> {
                try (var content = new PDPageContentStream(pdf, page)) {
                    content.drawImage(picture, new Matrix(A4.getWidth(), 0, 20, A4.getHeight(), 0, 0));
                }
            },
            (pdf, page, picture) -> {
                try (var content = new PDPageContentStream(pdf, page)) { // upside down
                    content.drawImage(
                            picture, new Matrix(-A4.getWidth(), 0, 0, -A4.getHeight(), A4.getWidth(), A4.getHeight()));
                }
            },
            (pdf, page, picture) -> {
                whole(pdf, page, picture);
                page.setAnnotations(List.of(new PDAnnotationSquare()));
            },
            (pdf, page, picture) -> {
                whole(pdf, page, picture);
                var inverted = new COSArray();
                inverted.add(COSInteger.ONE);
                inverted.add(COSInteger.ZERO);
                picture.getCOSObject().setItem(COSName.DECODE, inverted);
            },
            (pdf, page, picture) -> {
                whole(pdf, page, picture);
                picture.getCOSObject()
                        .setItem(
                                COSName.SMASK,
                                JPEGFactory.createFromByteArray(
                                        pdf, Scanner.jpeg(picture(BufferedImage.TYPE_BYTE_GRAY, 827, 1169), 0.9f)));
            },
            (pdf, page, picture) -> {
                whole(pdf, page, picture);
                picture.getCOSObject().setInt(COSName.WIDTH, 800);
            },
            (pdf, page, picture) -> {
                whole(pdf, page, picture);
                page.setCropBox(new PDRectangle(0, 0, 300, 300));
            }
        };
        for (int i = 0; i < fillings.length; i++) {
            assertThat(taken(pdf(image, fillings[i]))).as("page %d", i).isEmpty();
        }
    }

    /** What is set between q and Q is over with Q. */
    @Test
    void seesThePictureWhereAViewerDoes() throws Exception {
        BufferedImage image = picture(BufferedImage.TYPE_BYTE_GRAY, 827, 1169);
        var page = Matrix.getScaleInstance(A4.getWidth(), A4.getHeight());
        byte[] dot = pdf(image, (pdf, at, picture) -> {
            try (var content = new PDPageContentStream(pdf, at)) {
                content.saveGraphicsState();
                content.transform(page);
                content.restoreGraphicsState();
                content.drawImage(picture, 0, 0, 1, 1);
            }
        });
        assertThat(taken(dot)).as("a dot in a corner").isEmpty();
        byte[] whole = pdf(image, (pdf, at, picture) -> {
            try (var content = new PDPageContentStream(pdf, at)) {
                content.saveGraphicsState();
                content.transform(Matrix.getScaleInstance(3, 3));
                content.restoreGraphicsState();
                content.drawImage(picture, 0, 0, A4.getWidth(), A4.getHeight());
            }
        });
        assertThat(taken(whole)).isPresent();
    }

    @Test
    void drawsColoursThatDoNotSayWhatTheyAre() throws Exception {
        byte[] jpeg = Scanner.jpeg(picture(BufferedImage.TYPE_INT_RGB, 827, 1169), 0.9f);
        jpeg[9] = 'X';
        var bytes = new ByteArrayOutputStream();
        try (var pdf = new PDDocument()) {
            var page = new PDPage(A4);
            pdf.addPage(page);
            whole(pdf, page, JPEGFactory.createFromByteArray(pdf, jpeg));
            pdf.save(bytes);
        }
        assertThat(taken(bytes.toByteArray())).isEmpty();
    }

    @Test
    void drawsPicturesWhoseDotsAreNotSquare() throws Exception {
        byte[] pdf = pdf(picture(BufferedImage.TYPE_BYTE_GRAY, 827, 584), WholePagePictureTest::whole);
        assertThat(taken(pdf)).isEmpty();
    }

    /** A page that is taken is bounded like one that is drawn. */
    @Test
    void isNoLargerThanWhatIsKept() throws Exception {
        Path file = Files.write(
                folder.resolve("a.pdf"),
                pdf(picture(BufferedImage.TYPE_BYTE_GRAY, 2_480, 3_507), WholePagePictureTest::whole));
        try (var source = new PageSource(file, ScanKind.PDF)) {
            BufferedImage image = source.page(1);
            assertThat(image.getHeight()).isEqualTo(ScanLimits.LONG_SIDE);
            assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
            assertThat(dark(image, 0.2, 0.2)).isTrue();
            assertThat(dark(image, 0.8, 0.8)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.667, 0.9, 0.31})
    void meansOfWhatADotCoversKeepTheBrightness(double scale) {
        var bytes = new byte[300 * 200];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 300 < 150 ? 40 : 200);
        }
        Gray smaller = new Gray(bytes, 300, 200).smaller(scale);
        assertThat(smaller.width()).isEqualTo((int) Math.round(300 * scale));
        assertThat(smaller.at(2, 2)).isBetween(39, 41);
        assertThat(smaller.at(smaller.width() - 1, smaller.height() - 1)).isBetween(199, 201);
    }
}
