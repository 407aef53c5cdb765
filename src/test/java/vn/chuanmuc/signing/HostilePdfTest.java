package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionLaunch;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.office.PdfGuard;

/** Files made to hurt get one clear refusal, in little time and memory. */
class HostilePdfTest {
    private interface Making {
        void on(PDDocument document) throws IOException;
    }

    private static byte[] pdf(Making making) throws IOException {
        try (var document = new PDDocument()) {
            document.addPage(new PDPage(PDRectangle.A4));
            making.on(document);
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    private static String refusal(byte[] pdf) {
        return PdfGuard.refusal(pdf).map(Reason::key).orElse("");
    }

    @Test
    void letsAPaperThroughBeforeAndAfterSigning() {
        assertThat(PdfGuard.refusal(SignatureSamples.PAPER)).isEmpty();
        assertThat(PdfGuard.refusal(SignatureSamples.twice())).isEmpty();
    }

    @Test
    void refusesWhatIsNoPdf() {
        assertThat(refusal(new byte[0])).isEqualTo("signing.file.empty");
        assertThat(refusal("Chữ ký".getBytes(StandardCharsets.UTF_8))).isEqualTo("signing.file.not-pdf");
        assertThat(refusal("%PDF-1.7\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("signing.file.broken");
        var noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        System.arraycopy("%PDF-1.7\n".getBytes(StandardCharsets.UTF_8), 0, noise, 0, 9);
        assertThat(refusal(noise)).isEqualTo("signing.file.broken");
        assertThat(refusal(Arrays.copyOf(SignatureSamples.PAPER, PdfGuard.LARGEST + 1)))
                .isEqualTo("signing.file.large");
        // cut short: the library mends such files, we do not sign them
        assertThat(refusal(Arrays.copyOf(SignatureSamples.PAPER, SignatureSamples.PAPER.length / 2)))
                .isNotEmpty();
    }

    @Test
    void refusesWhatActsOrCarriesFiles() throws IOException {
        Map<String, byte[]> files = Map.of(
                "JavaScript",
                        pdf(document ->
                                document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('x')"))),
                "Launch", pdf(document -> document.getDocumentCatalog().setOpenAction(new PDActionLaunch())),
                "XFA",
                        pdf(document -> {
                            var form = new PDAcroForm(document);
                            form.getCOSObject().setItem(COSName.XFA, new COSString("<xdp/>"));
                            document.getDocumentCatalog().setAcroForm(form);
                        }),
                "attachment",
                        pdf(document -> {
                            var file = new PDComplexFileSpecification();
                            file.setFile("a.exe");
                            file.setEmbeddedFile(new PDEmbeddedFile(document, new ByteArrayInputStream(new byte[10])));
                            var tree = new PDEmbeddedFilesNameTreeNode();
                            tree.setNames(Map.of("a.exe", file));
                            var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
                            names.setEmbeddedFiles(tree);
                            document.getDocumentCatalog().setNames(names);
                        }));
        files.forEach((what, file) -> assertThat(refusal(file)).as(what).isEqualTo("signing.file.active"));
    }

    @Test
    void refusesWhatIsEncrypted() throws IOException {
        for (String password : new String[] {"", "mat-khau"}) {
            byte[] locked = pdf(document -> document.protect(
                    new StandardProtectionPolicy("chu", password, AccessPermission.getOwnerAccessPermission())));
            assertThat(refusal(locked)).isEqualTo("signing.file.encrypted");
        }
    }

    private static byte[] zeros(long length) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            var block = new byte[1 << 16];
            for (long written = 0; written < length; written += block.length) {
                deflater.write(block);
            }
        }
        return out.toByteArray();
    }

    private static byte[] object(String dictionary, byte[] stream) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("%PDF-1.7\n1 0 obj\n" + dictionary + "\nstream\n").getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(stream);
        out.writeBytes(
                "\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n".getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    @Test
    void refusesWhatUnpacksWithoutEnd() throws IOException {
        byte[] bomb = zeros(1L << 30);
        assertThat(bomb.length).isLessThan(2 << 20);
        assertThat(refusal(object(
                        "<< /Type /ObjStm /N 10 /First 10 /Filter /FlateDecode /Length " + bomb.length + " >>", bomb)))
                .isEqualTo("signing.file.bomb");
        // packed twice, and its name written so that a plain search does not see it
        byte[] twice = object("<< /#46ilter [/Fl#61teDecode /FlateDecode] /Length 10 >>", new byte[10]);
        assertThat(refusal(twice)).isEqualTo("signing.file.bomb");
        assertThat(refusal(object("<< /Filter /LZWDecode /Length 10 >>", new byte[10])))
                .isEqualTo("signing.file.bomb");
        assertThat(refusal(object(
                        "<< /Filter /FlateDecode /DecodeParms << /Columns 2147483647 >> /Length 10 >>", new byte[10])))
                .isEqualTo("signing.file.bomb");
    }

    /** What a filter is said to be must stand there plainly: behind anything else may be a second one. */
    @Test
    void refusesAFilterInDisguise() {
        for (String filter : new String[] {
            "/Filter 7 0 R",
            "/Filter [7 0 R]",
            "/Filter [/FlateDecode 7 0 R]",
            "/Filter [/FlateDecode % a word\n/FlateDecode]",
            "/Filter % a word\n/FlateDecode",
            "/Filter [null /FlateDecode]",
            "/Filter (FlateDecode)",
            "/Filter <</Name /FlateDecode>>",
            "/Fil#74er 7 0 R",
            "/Filter[/FlateDecode/FlateDecode]",
            "/Filter /LZ#57Decode"
        }) {
            assertThat(refusal(object("<< " + filter + " /Length 10 >>", new byte[10])))
                    .as(filter)
                    .isEqualTo("signing.file.bomb");
        }
        for (String plain : new String[] {"/Filter /FlateDecode", "/Filter[/FlateDecode]", "/Filter []", ""}) {
            assertThat(refusal(object("<< " + plain + " /Length 10 >>", new byte[10])))
                    .as(plain)
                    .isNotEqualTo("signing.file.bomb");
        }
    }

    @Test
    void refusesWhatNestsWithoutEnd() {
        String deep = "%PDF-1.7\n1 0 obj\n" + "[".repeat(200_000) + "]".repeat(200_000)
                + "\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
        assertThat(refusal(deep.getBytes(StandardCharsets.ISO_8859_1))).isNotEmpty();
    }

    @Test
    void neverThrowsWhateverBytesChange() {
        var random = new Random(7);
        byte[] signed = SignatureSamples.once();
        for (int i = 0; i < 60; i++) {
            byte[] other = signed.clone();
            for (int n = 0; n < 20; n++) {
                other[random.nextInt(other.length)] = (byte) random.nextInt();
            }
            assertThat(StrictCheck.check(null, other, SignatureSamples.trust(), java.time.Instant.now())
                            .verdict())
                    .isNotInstanceOf(Verdict.Valid.class);
        }
    }
}
