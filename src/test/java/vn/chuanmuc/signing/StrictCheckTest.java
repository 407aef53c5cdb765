package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationFreeText;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.samples.SampleAuthority;

/** Every row of the tamper table: what a library's default policy lets through is refused here (ADR 0014, strictness). */
class StrictCheckTest {
    private static final byte[] ONCE = SignatureSamples.once();
    private static final byte[] TWICE = SignatureSamples.twice();

    private interface Change {
        void to(PDDocument document) throws IOException;
    }

    /** The file with a change behind it, as an editor saves it: nothing that was signed is touched. */
    private static byte[] changed(byte[] pdf, Change change) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            change.to(document);
            var out = new ByteArrayOutputStream();
            document.saveIncremental(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void touch(PDDocument document, PDPage page) {
        page.getCOSObject().setNeedToBeUpdated(true);
        document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
    }

    private static Verdict check(byte[] paper, byte[] pdf) {
        return StrictCheck.check(paper, pdf, SignatureSamples.trust(), Instant.now())
                .verdict();
    }

    private static List<String> refused(byte[] pdf) {
        Verdict verdict = check(SignatureSamples.PAPER, pdf);
        assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
        return ((Verdict.Invalid) verdict).why().stream().map(Reason::key).toList();
    }

    @Test
    void acceptsOneAndTwoSignaturesAndSaysWhoAndWhen() {
        assertThat(check(SignatureSamples.PAPER, ONCE)).isInstanceOfSatisfying(Verdict.Valid.class, valid -> {
            assertThat(valid.signatures()).hasSize(1);
            var signed = valid.signatures().getFirst();
            assertThat(signed.field()).isEqualTo(FieldedPdf.SIGNER);
            assertThat(Certificates.commonName(signed.certificate())).isEqualTo("Nguyễn Thị Ngọc Huyền");
            assertThat(signed.stampedAt()).isNotNull();
        });
        assertThat(check(SignatureSamples.PAPER, TWICE))
                .isInstanceOfSatisfying(
                        Verdict.Valid.class,
                        valid -> assertThat(valid.signatures())
                                .extracting(Verdict.Signed::field)
                                .containsExactly(FieldedPdf.SIGNER, FieldedPdf.HEAD));
    }

    @Test
    void keepsTheReportOfTheLibrary() {
        var checked = StrictCheck.check(SignatureSamples.PAPER, ONCE, SignatureSamples.trust(), Instant.now());
        assertThat(checked.simple()).contains("TOTAL_PASSED").contains("Nguyễn Thị Ngọc Huyền");
        assertThat(checked.detailed()).contains("DetailedReport");
    }

    @Test
    void aFileThatWasPreservedForLaterIsStillTheSame() {
        byte[] preserved = Pades.preserve(TWICE, SignatureSamples.trust().verifier(), SignatureSamples.STAMPS);
        assertThat(Arrays.copyOf(preserved, TWICE.length)).isEqualTo(TWICE);
        assertThat(check(SignatureSamples.PAPER, preserved)).isInstanceOf(Verdict.Valid.class);
        // ten years on, with nothing but the anchor: what is needed is inside
        var onlyAnchor =
                new Trust(List.of(SignatureSamples.AUTHORITY.root().certificate()), List.of(), List.of(), null);
        assertThat(StrictCheck.check(SignatureSamples.PAPER, preserved, onlyAnchor, Instant.now())
                        .verdict())
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void refusesOneFlippedBit() {
        for (int at : new int[] {500, ONCE.length / 3, SignatureSamples.PAPER.length + 40, ONCE.length - 900}) {
            byte[] flipped = ONCE.clone();
            flipped[at] ^= 1;
            assertThat(check(SignatureSamples.PAPER, flipped)).as("byte %d", at).isInstanceOf(Verdict.Invalid.class);
            // without knowing the paper: never more than “not known”
            assertThat(StrictCheck.check(null, flipped, SignatureSamples.trust(), Instant.now())
                            .verdict())
                    .as("byte %d", at)
                    .isNotInstanceOf(Verdict.Valid.class);
        }
    }

    @Test
    void refusesAFlippedBitInTheSignatureItself() {
        SigningPlan plan = SignatureSamples.plan(SignatureSamples.HUYEN, FieldedPdf.SIGNER, true, false);
        var prepared = Pades.prepare(SignatureSamples.PAPER, plan);
        byte[] value = SignatureSamples.value(SignatureSamples.HUYEN, prepared.toBeSigned());
        byte[] signed = prepared.finish(value, null);
        int at = new String(signed, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .indexOf(HexFormat.of().formatHex(value));
        assertThat(at).isPositive();
        signed[at + 100] = (byte) (signed[at + 100] == '0' ? '1' : '0');
        assertThat(refused(signed)).containsExactly("signing.check.broken");
    }

    @Test
    void refusesAPageAppended() {
        assertThat(refused(changed(ONCE, document -> {
                    document.addPage(new PDPage(PDRectangle.A4));
                    document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
                    document.getPages().getCOSObject().setNeedToBeUpdated(true);
                })))
                .containsExactly("signing.check.after");
    }

    private static byte[] withText(byte[] pdf) {
        return changed(pdf, document -> {
            PDPage page = document.getPage(0);
            try (var content = new PDPageContentStream(document, page, AppendMode.APPEND, true, true)) {
                content.setFont(new PDType1Font(FontName.HELVETICA), 20);
                content.beginText();
                content.newLineAtOffset(100, 100);
                content.showText("GIA MAO");
                content.endText();
            }
            touch(document, page);
            page.getResources().getCOSObject().setNeedToBeUpdated(true);
        });
    }

    private static byte[] withNote(byte[] pdf) {
        return changed(pdf, document -> {
            PDPage page = document.getPage(0);
            List<PDAnnotation> annotations = page.getAnnotations();
            var note = new PDAnnotationFreeText();
            note.setRectangle(new PDRectangle(100, 500, 200, 40));
            note.setContents("Giả mạo");
            annotations.add(note);
            page.setAnnotations(annotations);
            touch(document, page);
        });
    }

    private static byte[] withTitle(byte[] pdf) {
        return changed(pdf, document -> {
            document.getDocumentInformation().setTitle("Khác");
            document.getDocumentInformation().getCOSObject().setNeedToBeUpdated(true);
        });
    }

    private static byte[] withMovedField(byte[] pdf) {
        return withDrawing(pdf, new PDRectangle(50, 700, 300, 80));
    }

    /** A confirmation drawn into the head's empty box, where it is. */
    private static byte[] withForgedConfirmation(byte[] pdf) {
        return withDrawing(pdf, null);
    }

    private static byte[] withDrawing(byte[] pdf, @Nullable PDRectangle elsewhere) {
        return changed(pdf, document -> {
            var field = document.getDocumentCatalog().getAcroForm().getField(FieldedPdf.HEAD);
            var widget = field.getWidgets().getFirst();
            if (elsewhere != null) {
                widget.setRectangle(elsewhere);
            }
            var appearance = new PDAppearanceStream(document);
            appearance.setBBox(new PDRectangle(300, 80));
            appearance.setResources(new PDResources());
            try (var content = new PDPageContentStream(document, appearance)) {
                content.setFont(new PDType1Font(FontName.HELVETICA), 20);
                content.beginText();
                content.showText("DA KY");
                content.endText();
            }
            widget.getAppearance().setNormalAppearance(appearance);
            widget.getCOSObject().setNeedToBeUpdated(true);
            field.getCOSObject().setNeedToBeUpdated(true);
            document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
        });
    }

    @Test
    void refusesWhateverStandsBehindTheLastSignature() {
        assertThat(refused(withText(ONCE))).containsExactly("signing.check.after");
        assertThat(refused(withNote(ONCE))).containsExactly("signing.check.after");
        assertThat(refused(withTitle(ONCE))).containsExactly("signing.check.after");
        assertThat(refused(withMovedField(ONCE))).containsExactly("signing.check.after");
        byte[] longer = Arrays.copyOf(ONCE, ONCE.length + 3);
        assertThat(refused(longer)).containsExactly("signing.check.after");
    }

    /** The same changes made between two signatures: the second signer's signature covers them, the first one's does not. */
    @Test
    void refusesWhateverWasPutBetweenTwoSignatures() {
        for (byte[] between : List.of(withText(ONCE), withNote(ONCE), withTitle(ONCE), withMovedField(ONCE))) {
            byte[] signed = SignatureSamples.sign(
                    between,
                    SignatureSamples.HEAD,
                    SignatureSamples.plan(SignatureSamples.HEAD, FieldedPdf.HEAD, false, true));
            assertThat(refused(signed))
                    .hasSize(1)
                    .allMatch(key -> key.equals("signing.check.changed") || key.equals("signing.check.pages"));
        }
    }

    /** A signer may not add to the paper before signing either: the file below the first signature is the one issued. */
    @Test
    void refusesWhateverTheFirstSignerAddedBeforeSigning() {
        for (byte[] before : List.of(
                withText(SignatureSamples.PAPER),
                withNote(SignatureSamples.PAPER),
                withTitle(SignatureSamples.PAPER),
                withMovedField(SignatureSamples.PAPER),
                withForgedConfirmation(SignatureSamples.PAPER))) {
            byte[] signed = SignatureSamples.sign(
                    before,
                    SignatureSamples.HUYEN,
                    SignatureSamples.plan(SignatureSamples.HUYEN, FieldedPdf.SIGNER, false, true));
            assertThat(refused(signed)).containsExactly("signing.check.changed");
        }
    }

    @Test
    void refusesThePaperOfSomebodyElse() {
        byte[] other = FieldedPdf.of("Trần Thị Hoà");
        byte[] signed = SignatureSamples.sign(
                other,
                SignatureSamples.HUYEN,
                SignatureSamples.plan(SignatureSamples.HUYEN, FieldedPdf.SIGNER, true, true));
        assertThat(refused(signed)).containsExactly("signing.check.other-paper");
        assertThat(refused(SignatureSamples.PAPER)).containsExactly("signing.check.other-paper");
    }

    @Test
    void refusesASignatureThatLeavesMoreThanItselfOut() {
        String text = new String(ONCE, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("/ByteRange [");
        int end = text.indexOf(']', at);
        String[] numbers = text.substring(at + 12, end).strip().split("\\s+");
        String other = "0 " + (Integer.parseInt(numbers[1]) - 200) + " " + numbers[2] + " " + numbers[3];
        byte[] forged = ONCE.clone();
        byte[] range = (other + " ".repeat(end - at - 12 - other.length())).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(range, 0, forged, at + 12, range.length);
        assertThat(refused(forged)).containsExactly("signing.check.range");
    }

    @Test
    void refusesAFieldThatHidesBehindATimeStampsName() {
        byte[] between = changed(ONCE, document -> {
            var value = new COSDictionary();
            value.setItem(COSName.TYPE, COSName.getPDFName("DocTimeStamp"));
            var field = new COSDictionary();
            field.setItem(COSName.TYPE, COSName.getPDFName("Annot"));
            field.setItem(COSName.SUBTYPE, COSName.getPDFName("Widget"));
            field.setItem(COSName.FT, COSName.SIG);
            field.setString(COSName.T, "DongDau");
            field.setItem(COSName.V, value);
            field.setItem(COSName.RECT, COSArray.ofCOSIntegers(List.of(100, 100, 300, 200)));
            PDPage page = document.getPage(0);
            List<PDAnnotation> annotations = page.getAnnotations();
            annotations.add(PDAnnotation.createAnnotation(field));
            page.setAnnotations(annotations);
            touch(document, page);
        });
        byte[] signed = SignatureSamples.sign(
                between,
                SignatureSamples.HEAD,
                SignatureSamples.plan(SignatureSamples.HEAD, FieldedPdf.HEAD, false, true));
        assertThat(check(SignatureSamples.PAPER, signed)).isInstanceOf(Verdict.Invalid.class);
    }

    private static List<String> missing(byte[] pdf, Trust trust) {
        Verdict verdict = StrictCheck.check(SignatureSamples.PAPER, pdf, trust, Instant.now())
                .verdict();
        assertThat(verdict).isInstanceOf(Verdict.Indeterminate.class);
        return ((Verdict.Indeterminate) verdict)
                .missing().stream().map(Reason::key).toList();
    }

    @Test
    void saysWhatIsMissingWhereALibrarySaysOnlyIndeterminate() {
        var nobody = new Trust(List.of(), SignatureSamples.AUTHORITY.revocationLists(), List.of(), null);
        assertThat(missing(ONCE, nobody)).contains("signing.check.missing.chain", "signing.check.missing.stamp-chain");
        var noLists = new Trust(List.of(SignatureSamples.AUTHORITY.root().certificate()), List.of(), List.of(), null);
        assertThat(missing(ONCE, noLists))
                .containsExactly("signing.check.missing.revocation", "signing.check.missing.stamp-revocation");
    }

    @Test
    void takesAnOcspAnswerInsteadOfAList() {
        var trust = new Trust(
                List.of(SignatureSamples.AUTHORITY.root().certificate()),
                SignatureSamples.AUTHORITY.revocationLists().subList(0, 1), // of the root only
                List.of(
                        SignatureSamples.AUTHORITY.answer(SignatureSamples.HUYEN.certificate()),
                        SignatureSamples.AUTHORITY.answer(
                                SignatureSamples.AUTHORITY.timestamps().certificate())),
                null);
        assertThat(StrictCheck.check(SignatureSamples.PAPER, ONCE, trust, Instant.now())
                        .verdict())
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void tellsARevokedCertificateFromOneRevokedLater() {
        var authority = SampleAuthority.create(Clock.systemUTC());
        var holder = authority.person("Bị Thu Hồi", "Phường Một");
        var stamps = new Stamps(authority::stamp);
        SigningPlan plan = SignatureSamples.plan(holder, FieldedPdf.SIGNER, true, true);
        var prepared = Pades.prepare(SignatureSamples.PAPER, plan);
        byte[] signed = prepared.finish(SignatureSamples.value(holder, prepared.toBeSigned()), stamps);

        authority.revoke(holder, Instant.now().plus(2, ChronoUnit.HOURS));
        var later = new Trust(List.of(authority.root().certificate()), authority.revocationLists(), List.of(), null);
        assertThat(StrictCheck.check(SignatureSamples.PAPER, signed, later, Instant.now())
                        .verdict())
                .isInstanceOf(Verdict.Valid.class);

        authority.revoke(holder, Instant.now().minus(2, ChronoUnit.HOURS));
        var before = new Trust(List.of(authority.root().certificate()), authority.revocationLists(), List.of(), null);
        assertThat(StrictCheck.check(SignatureSamples.PAPER, signed, before, Instant.now())
                        .verdict())
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.why())
                                .extracting(Reason::key)
                                .containsExactly("signing.check.revoked-on"));
    }
}
