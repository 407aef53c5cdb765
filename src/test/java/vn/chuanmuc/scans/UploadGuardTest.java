package vn.chuanmuc.scans;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.chuanmuc.scans.UploadGuard.Checked;

/** What somebody brings is looked at before anything of it is kept or drawn. */
class UploadGuardTest {
    @TempDir
    Path folder;

    private String why(byte[] bytes) throws IOException {
        Path file = Files.createTempFile(folder, "tep", "");
        Files.write(file, bytes);
        return switch (UploadGuard.check(file, "tệp.pdf")) {
            case Checked.Good(var kind, var pages) -> kind + " " + pages;
            case Checked.Refused(var reason) -> {
                assertThat(reason.arguments()).containsExactly("tệp.pdf");
                yield reason.key().replace("scans.unreadable.", "");
            }
        };
    }

    private interface Making {
        void of(PDDocument pdf) throws IOException;
    }

    private static byte[] pdf(Making making) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var pdf = new PDDocument()) {
            pdf.addPage(new PDPage(PDRectangle.A4));
            making.of(pdf);
            pdf.save(bytes);
        }
        return bytes.toByteArray();
    }

    private static byte[] image(String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(300, 400, BufferedImage.TYPE_BYTE_GRAY), format, bytes);
        return bytes.toByteArray();
    }

    @Test
    void takesWhatAScannerWrites() throws IOException {
        assertThat(why(pdf(pdf -> pdf.addPage(new PDPage())))).isEqualTo("PDF 2");
        assertThat(why(image("jpeg"))).isEqualTo("JPEG 1");
        assertThat(why(image("png"))).isEqualTo("PNG 1");
        assertThat(why(image("tiff"))).isEqualTo("TIFF 1");
    }

    @Test
    void refusesWhatIsNoScanByItsBytes() throws IOException {
        assertThat(why(new byte[0])).isEqualTo("empty");
        assertThat(why("PK\u0003\u0004 a workbook".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("kind");
        assertThat(why("<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("kind");
        assertThat(why(image("gif"))).isEqualTo("kind");
        assertThat(why("%PDF-1.7\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("damaged");
        assertThat(why(java.util.Arrays.copyOf(image("png"), 20))).isEqualTo("damaged");
        assertThat(why(java.util.Arrays.copyOf(image("tiff"), 12))).isEqualTo("damaged");
    }

    @Test
    void refusesAPdfThatActsOrCarriesOrIsLocked() throws IOException {
        assertThat(why(pdf(pdf -> pdf.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('x')")))))
                .isEqualTo("acting");
        assertThat(why(pdf(pdf -> {
                    var launch = new org.apache.pdfbox.pdmodel.interactive.action.PDActionLaunch();
                    launch.getCOSObject().setString(COSName.F, "cmd.exe");
                    pdf.getDocumentCatalog().setOpenAction(launch);
                })))
                .isEqualTo("acting");
        assertThat(why(pdf(pdf -> {
                    var file = new PDComplexFileSpecification();
                    file.setFile("a.exe");
                    file.setEmbeddedFile(new PDEmbeddedFile(
                            pdf, new java.io.ByteArrayInputStream(new byte[] {1, 2}), COSName.FLATE_DECODE));
                    var tree = new PDEmbeddedFilesNameTreeNode();
                    tree.setNames(java.util.Map.of("a.exe", file));
                    var names = new PDDocumentNameDictionary(pdf.getDocumentCatalog());
                    names.setEmbeddedFiles(tree);
                    pdf.getDocumentCatalog().setNames(names);
                })))
                .isEqualTo("carrying");
        assertThat(why(pdf(pdf -> pdf.protect(new StandardProtectionPolicy("chủ", "mở", new AccessPermission())))))
                .isEqualTo("encrypted");
        assertThat(why(pdf(pdf -> pdf.protect(new StandardProtectionPolicy("chủ", "", new AccessPermission())))))
                .isEqualTo("encrypted");
    }

    @Test
    void refusesTooManyPages() throws IOException {
        assertThat(why(pdf(pdf -> {
                    for (int i = 0; i < ScanLimits.MOST_FILE_PAGES; i++) {
                        pdf.addPage(new PDPage());
                    }
                })))
                .isEqualTo("pages");
    }

    @Test
    void refusesPicturesThatUnfoldToGigabytes() throws IOException {
        assertThat(why(pngOf(60_000, 60_000))).isEqualTo("dots");
        assertThat(why(tiff(100_000, 100_000, 0))).isEqualTo("dots");
    }

    /** A chain of TIFF pages that leads back to its beginning has no end. */
    @Test
    void leavesAChainThatLeadsBack() throws IOException {
        assertThat(why(tiff(10, 10, 8))).isEqualTo("damaged");
    }

    /** A PNG of a few bytes that says it is this large. */
    private static byte[] pngOf(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        var head = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        out.writeInt(13);
        out.write(head);
        var crc = new CRC32();
        crc.update(head);
        out.writeInt((int) crc.getValue());
        return bytes.toByteArray();
    }

    private static byte[] tiff(int width, int height, int next) {
        var out = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {'I', 'I', 42, 0}).putInt(8);
        out.putShort((short) 2);
        out.putShort((short) 256).putShort((short) 4).putInt(1).putInt(width);
        out.putShort((short) 257).putShort((short) 4).putInt(1).putInt(height);
        out.putInt(next);
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private String drawn(byte[] bytes) throws IOException {
        Path file = Files.createTempFile(folder, "tep", ".pdf");
        Files.write(file, bytes);
        try (var source = new PageSource(file, ScanKind.PDF)) {
            BufferedImage page = source.page(1);
            return Math.max(page.getWidth(), page.getHeight()) <= ScanLimits.LONG_SIDE ? "drawn" : "too large";
        } catch (Unreadable e) {
            return e.code();
        }
    }

    /** Ten forms, each drawing the next ten times: a few hundred bytes ask for ten thousand million lines. */
    @Test
    void stopsDrawingWhatNeverEnds() throws IOException {
        assertThat(drawn(pdf(pdf -> {
                    PDFormXObject inner = form(pdf, "0 0 m 100 100 l S ".repeat(10), null);
                    for (int i = 0; i < 10; i++) {
                        inner = form(pdf, "/F Do ".repeat(10), inner);
                    }
                    var page = pdf.getPage(0);
                    try (var content = new PDPageContentStream(pdf, page)) {
                        content.drawForm(inner);
                    }
                })))
                .isEqualTo("drawing");
    }

    private static PDFormXObject form(
            PDDocument pdf, String words, @org.jspecify.annotations.Nullable PDFormXObject inner) throws IOException {
        var form = new PDFormXObject(pdf);
        form.setBBox(PDRectangle.A4);
        var resources = new PDResources();
        if (inner != null) {
            resources.put(COSName.getPDFName("F"), inner);
        }
        form.setResources(resources);
        try (var out = form.getCOSObject().createOutputStream()) {
            out.write(words.getBytes(StandardCharsets.US_ASCII));
        }
        return form;
    }

    @Test
    void drawsWithinBoundsWhateverThePageSays() throws IOException {
        assertThat(drawn(pdf(pdf -> pdf.getPage(0).setMediaBox(new PDRectangle(14_400, 14_400)))))
                .isEqualTo("drawn");
        assertThat(drawn(pdf(pdf -> {
                    var image =
                            LosslessFactory.createFromImage(pdf, new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB));
                    image.getCOSObject().setInt(COSName.WIDTH, 90_000);
                    image.getCOSObject().setInt(COSName.HEIGHT, 90_000);
                    try (var content = new PDPageContentStream(pdf, pdf.getPage(0))) {
                        content.drawImage(image, 0, 0, 100, 100);
                    }
                })))
                .isEqualTo("dots");
        // JBIG2 says its size a second time inside, and larger.
        assertThat(drawn(pdf(pdf -> {
                    var image = LosslessFactory.createFromImage(
                            pdf, new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY));
                    COSStream stream = image.getCOSObject();
                    try (var raw = stream.createRawOutputStream()) {
                        raw.write(ByteBuffer.allocate(30)
                                .putInt(0)
                                .put((byte) 48)
                                .put((byte) 0)
                                .put((byte) 1)
                                .putInt(19)
                                .putInt(2_000_000_000)
                                .putInt(2_000_000_000)
                                .array());
                    }
                    stream.setItem(COSName.FILTER, COSName.JBIG2_DECODE);
                    try (var content = new PDPageContentStream(pdf, pdf.getPage(0))) {
                        content.drawImage(image, 0, 0, 100, 100);
                    }
                })))
                .isEqualTo("dots");
    }
}
