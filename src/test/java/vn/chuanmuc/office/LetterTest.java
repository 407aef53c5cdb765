package vn.chuanmuc.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.testing.VeraPdf;

/** A letter keeps its words, its form and the rules of archives whatever stands in it. */
class LetterTest {
    private static final String LONG = "Nguyễn Phúc Công Tằng Tôn Nữ Hoàng Thị Thuỳ Dương Ngọc Huyền Trân "
            .repeat(3)
            .strip();
    private static final String NFD = Normalizer.normalize("Huỳnh Thị Ưng Ữ Ợ Ặ Ỵ", Normalizer.Form.NFD);
    private static final String HOSTILE =
            "</td><script>alert(1)</script> & \"'<img src=x> ${7*7} {{x}} \u0000\u0007\u202e%PDF =1+1 ]]> --> "
                    + "dài".repeat(60);

    static Stream<Arguments> letters() {
        return Layouts.all().stream()
                .flatMap(layout -> Stream.of(27, 18)
                        .flatMap(items -> Stream.of("Trần Thị Hoà", LONG, NFD, HOSTILE)
                                .map(name -> Arguments.of(layout, items, name))));
    }

    private static byte[] pdf(PaperDocument letter) throws IOException {
        var bytes = new ByteArrayOutputStream();
        PdfWriter.write(letter, bytes);
        return bytes.toByteArray();
    }

    private static byte[] docx(PaperDocument letter) throws IOException {
        var bytes = new ByteArrayOutputStream();
        DocxWriter.write(letter, bytes);
        return bytes.toByteArray();
    }

    /** Everything the letter says, in its order, without blanks: where lines break is the page's own affair. */
    private static String words(PaperDocument letter, boolean repeatedHead) {
        var layout = letter.layout();
        var words = new StringBuilder();
        if (!letter.header().issuer().isEmpty()) {
            words.append(layout.parent().of(letter.header().parent()))
                    .append(layout.issuer().of(letter.header().issuer()))
                    .append(layout.issuerMark());
        }
        layout.motto().forEach(motto -> words.append(motto.style().of(motto.text())));
        letter.heading().forEach(line -> words.append(layout.heading().of(line)));
        words.append(letter.subheading()).append(letter.subheading().isEmpty() ? "" : layout.subheadingMark());
        letter.facts().forEach(fact -> words.append(fact.label()).append(':').append(fact.value()));
        letter.opening().forEach(words::append);
        if (!repeatedHead) {
            words.append(letter.points().numberHeading()).append(letter.points().wordsHeading());
        }
        for (Line line : letter.points().lines()) {
            switch (line) {
                case Line.Group(var text) -> words.append(text);
                case Line.Criterion(var text) -> words.append(text);
                case Line.Item(var number, var text) -> words.append(number).append(text);
            }
        }
        letter.closing().forEach(words::append);
        letter.proof().forEach(fact -> words.append(fact.label()).append(':').append(fact.value()));
        for (int at = 0; at < letter.signatures().size(); at++) {
            var block = letter.signatures().get(at);
            if (at == letter.signatures().size() - 1) {
                words.append(letter.placeDate());
            }
            block.capacity().forEach(line -> words.append(layout.signature().of(line)));
            words.append(block.note()).append(block.name());
        }
        return squeezed(words.toString());
    }

    private static String squeezed(String text) {
        return XmlText.clean(text).replaceAll("[\\s\\u00a0\\p{Cf}]+", "");
    }

    /** The text as it stands in the file, without what the pages add: head and foot, and the table's repeated heading. */
    private static String text(byte[] pdf, PaperDocument letter) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            int pages = document.getNumberOfPages();
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(false);
            var all = new StringBuilder();
            for (int page = 1; page <= pages; page++) {
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                String one = squeezed(stripper.getText(document));
                String foot = squeezed(letter.mark().label() + letter.mark().code() + "·" + page + "/" + pages);
                assertThat(one).contains(foot);
                one = one.replace(foot, "");
                if (page > 1) {
                    assertThat(one.contains(String.valueOf(page))).isTrue();
                    one = one.startsWith(String.valueOf(page))
                            ? one.substring(1)
                            : one.endsWith(String.valueOf(page)) ? one.substring(0, one.length() - 1) : one;
                }
                all.append(one);
            }
            String heading =
                    squeezed(letter.points().numberHeading() + letter.points().wordsHeading());
            return all.toString().replace(heading, "");
        }
    }

    private static String text(byte[] docx) throws IOException {
        var text = new StringBuilder();
        try (var word = new XWPFDocument(new ByteArrayInputStream(docx))) {
            for (IBodyElement element : word.getBodyElements()) {
                switch (element) {
                    case XWPFParagraph paragraph -> text.append(paragraph.getText());
                    case XWPFTable table ->
                        table.getRows()
                                .forEach(row -> row.getTableCells().forEach(cell -> text.append(cell.getText())));
                    default -> throw new AssertionError(element.getElementType());
                }
            }
        }
        return squeezed(text.toString());
    }

    @ParameterizedTest
    @MethodSource("letters")
    void keepsPdfA2aAndPdfUa1AndSaysTheSameWordsInBothFormats(Layout layout, int items, String name)
            throws IOException {
        PaperDocument letter = LetterSamples.commitment(layout, name, items);
        byte[] pdf = pdf(letter);
        assertThat(VeraPdf.findings(pdf)).isEmpty();
        assertThat(text(pdf, letter)).isEqualTo(words(letter, true));
        assertThat(text(docx(letter))).isEqualTo(words(letter, false));
    }

    @Test
    void givesTheSameBytesForTheSameLetter() throws Exception {
        var letter = LetterSamples.commitment(Layouts.all().getFirst(), "Trần Thị Hoà", 27);
        byte[] pdf = pdf(letter);
        byte[] docx = docx(letter);
        Thread.sleep(2_100); // the times in a ZIP go by two seconds
        assertThat(pdf(letter)).isEqualTo(pdf);
        assertThat(docx(letter)).isEqualTo(docx);
    }

    @Test
    void bearsTheQrOfEachPageWhereAScanFindsIt() throws Exception {
        var letter = LetterSamples.commitment(Layouts.all().getFirst(), "Trần Thị Hoà", 27);
        try (var pdf = Loader.loadPDF(pdf(letter))) {
            for (int page = 0; page < pdf.getNumberOfPages(); page++) {
                var image = new PDFRenderer(pdf).renderImageWithDPI(page, 150, ImageType.RGB);
                int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
                var bitmap = new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels)));
                assertThat(new MultiFormatReader()
                                .decode(bitmap, Map.of(DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE)))
                                .getText())
                        .isEqualTo(letter.mark().pages().of(page + 1, pdf.getNumberOfPages()));
            }
        }
    }

    @Test
    void hasAnEmptySignatureFieldInEachBlockOnTheLastPage() throws Exception {
        var letter = LetterSamples.commitment(Layouts.all().getLast(), "Trần Thị Hoà", 27);
        try (var pdf = Loader.loadPDF(pdf(letter))) {
            var fields = pdf.getDocumentCatalog().getAcroForm().getFields();
            assertThat(fields).hasSize(2).allSatisfy(field -> {
                assertThat(field).isInstanceOf(PDSignatureField.class);
                assertThat(((PDSignatureField) field).getSignature()).isNull();
                var widget = field.getWidgets().getFirst();
                assertThat(pdf.getPages().indexOf(widget.getPage())).isEqualTo(pdf.getNumberOfPages() - 1);
                assertThat(widget.getRectangle().getHeight()).isBetween(70f, 80f);
                assertThat(widget.getRectangle().getLowerLeftY()).isGreaterThan(96f); // over the foot of 34 mm
            });
            assertThat(fields.get(0).getWidgets().getFirst().getRectangle().getUpperRightX())
                    .isLessThan(
                            fields.get(1).getWidgets().getFirst().getRectangle().getLowerLeftX());
            assertThat(fields)
                    .extracting(field -> field.getAlternateFieldName())
                    .doesNotContainNull();
        }
    }

    @Test
    void putsLettersBehindEachOtherAndKeepsEveryPage() throws Exception {
        var bundle = new ByteArrayOutputStream();
        var names = new ArrayList<String>();
        try (var out = new PdfBundle(bundle)) {
            for (int part = 0; part < 3; part++) {
                var letters = new ArrayList<PaperDocument>();
                for (int at = 0; at < 4; at++) {
                    names.add("Người thứ " + part + "/" + at);
                    letters.add(
                            LetterSamples.commitment(Layouts.all().getFirst(), names.getLast(), at % 2 == 0 ? 27 : 18));
                }
                var bytes = new ByteArrayOutputStream();
                assertThat(PdfWriter.write("Bản cam kết của một đơn vị", letters, bytes))
                        .containsExactly(3, 2, 3, 2);
                out.add(bytes.toByteArray());
            }
        }
        assertThat(VeraPdf.findings(bundle.toByteArray())).isEmpty();
        try (var pdf = Loader.loadPDF(bundle.toByteArray())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(30);
            String text = new PDFTextStripper().getText(pdf);
            assertThat(names).allSatisfy(name -> assertThat(text).contains("Họ và tên: " + name));
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Bản cam kết của một đơn vị");
        }
    }

    @Test
    void refusesAFileOfNoLettersOrTooMany() {
        var letter = LetterSamples.commitment(Layouts.all().getFirst(), "Trần Thị Hoà", 18);
        for (List<PaperDocument> letters :
                List.of(List.<PaperDocument>of(), java.util.Collections.nCopies(PdfWriter.MAX_LETTERS + 1, letter))) {
            assertThatThrownBy(() -> PdfWriter.write("Thử", letters, new ByteArrayOutputStream()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
