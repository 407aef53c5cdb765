package vn.chuanmuc.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.chuanmuc.office.TableSamples.list;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.chuanmuc.office.TableDocument.Align;
import vn.chuanmuc.office.TableDocument.Column;
import vn.chuanmuc.office.TableDocument.Kind;

/** The same rows, totals and signatures stand in all three formats. */
class WritingTest {
    /** Row of the headings in the Party layout of the sample: header block 4, blank, 2 titles, subheading, blank. */
    private static final int HEADINGS = 9;

    @TempDir
    Path folder;

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        writing.to(bytes);
        return bytes.toByteArray();
    }

    private static byte[] xlsx(TableDocument document) throws IOException {
        return bytes(out -> XlsxWriter.write(document, out));
    }

    private static byte[] docx(TableDocument document) throws IOException {
        return bytes(out -> DocxWriter.write(document, out));
    }

    private static byte[] pdf(TableDocument document) throws IOException {
        return bytes(out -> PdfWriter.write(document, out));
    }

    private List<SheetRow> read(byte[] workbook) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "sample", ".xlsx"), workbook);
        var rows = new ArrayList<SheetRow>();
        assertThat(OfficeFiles.readFirstSheet(file, SheetLimits.DEFAULT, rows::add))
                .isInstanceOf(SheetReading.Done.class);
        return rows;
    }

    private static List<List<String>> rows(int count) {
        return list(count).tables().getFirst().rows().get().toList();
    }

    private static List<List<String>> xlsxRows(byte[] workbook, int count) throws IOException {
        var formatter = new DataFormatter(java.util.Locale.of("vi", "VN"));
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
            var sheet = book.getSheetAt(0);
            var rows = new ArrayList<List<String>>();
            for (int at = HEADINGS + 1; at <= HEADINGS + count; at++) {
                var row = new ArrayList<String>();
                for (int column = 0; column < 9; column++) {
                    row.add(formatter.formatCellValue(sheet.getRow(at).getCell(column)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static List<List<String>> docxRows(byte[] docx) throws IOException {
        try (var word = new XWPFDocument(new ByteArrayInputStream(docx))) {
            return word.getTables().get(1).getRows().stream()
                    .skip(1)
                    .map(row -> row.getTableCells().stream()
                            .map(cell -> cell.getText().strip())
                            .toList())
                    .toList();
        }
    }

    private static String pdfText(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(false);
            return stripper.getText(document).replaceAll("\\s+", " ");
        }
    }

    /** Decree 30/2020: each line of the motto is one line. */
    @Test
    void theStatesMottoIsNotBrokenOnAnUprightPage() throws IOException {
        var layout = Layouts.at(Layout.Line.STATE, TableSamples.DAY).upright();
        try (var pdf = Loader.loadPDF(pdf(list(3, layout)))) {
            assertThat(new PDFTextStripper().getText(pdf).lines().map(String::strip))
                    .contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc");
        }
    }

    /** However many rows there are: where the page ends between table and signatures, the lines between them go along. */
    @Test
    void nobodySignsOnAPageThatSaysNothing() throws IOException {
        boolean apart = false;
        for (int count = 4; count <= 26; count++) {
            try (var pdf = Loader.loadPDF(pdf(list(count)))) {
                var last = new PDFTextStripper();
                last.setStartPage(pdf.getNumberOfPages());
                String words = last.getText(pdf).replaceAll("\\s+", " ");
                assertThat(words)
                        .as("%d rows", count)
                        .contains("Nguyễn Thị Ngọc Huyền Trân", "Tổng số: " + count + " người.", "Đã ký: 2 người");
                apart |= !words.contains("Họ và tên");
            }
        }
        assertThat(apart).as("somewhere they do not fit under the table").isTrue();
        try (var word = new XWPFDocument(new ByteArrayInputStream(docx(list(3))))) {
            assertThat(word.getParagraphs().stream().filter(one -> one.getText().contains("người")))
                    .hasSize(2)
                    .allMatch(one -> one.isKeepNext());
        }
        var sample = list(1);
        assertThatThrownBy(() -> new TableDocument(
                        sample.title(),
                        sample.date(),
                        sample.layout(),
                        sample.header(),
                        sample.heading(),
                        sample.subheading(),
                        sample.tables(),
                        List.of(),
                        sample.signatures(),
                        sample.mark(),
                        sample.language()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsTheSameRowsAndTotalsInAllThreeFormats() throws IOException {
        var document = list(30);
        assertThat(xlsxRows(xlsx(document), 30)).isEqualTo(rows(30));
        assertThat(docxRows(docx(document))).isEqualTo(rows(30));
        String text = pdfText(pdf(document));
        for (var row : rows(30)) {
            assertThat(text)
                    .contains(String.join(" ", row).replaceAll("\\s+", " ").strip());
        }
        try (var word = new XWPFDocument(new ByteArrayInputStream(docx(document)))) {
            var paragraphs = word.getParagraphs().stream().map(p -> p.getText()).toList();
            assertThat(paragraphs).containsAll(document.totals());
        }
        var sheet = read(xlsx(document)).stream()
                .flatMap(row -> row.cells().stream())
                .filter(Cell.Text.class::isInstance)
                .map(cell -> ((Cell.Text) cell).value())
                .toList();
        assertThat(sheet)
                .containsAll(document.totals())
                .contains(
                        "ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH",
                        "VĂN PHÒNG ĐẢNG ỦY",
                        "*",
                        "Số 12-DS/VP",
                        "ĐẢNG CỘNG SẢN VIỆT NAM",
                        "Quảng Ngãi, ngày 05 tháng 02 năm 2026",
                        "T/M ĐẢNG ỦY",
                        "Nơi nhận:");
        for (String total : document.totals()) {
            assertThat(text).contains(total);
        }
        assertThat(text).contains("ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH", "Số 12-DS/VP", "T/M ĐẢNG ỦY", "Lưu VP.");
    }

    @Test
    void writesRealNumbersAndDatesAndKeepsCodesAsText() throws IOException {
        var row = read(xlsx(list(1))).stream()
                .filter(r -> r.number() == HEADINGS + 2)
                .findFirst()
                .orElseThrow();
        assertThat(row.cells())
                .containsExactly(
                        new Cell.Number(new BigDecimal("1")),
                        new Cell.Text("Trần Văn Ẩn"),
                        new Cell.Day(LocalDate.of(1971, 2, 2)),
                        new Cell.Text("Chuyên viên"),
                        new Cell.Text("Văn phòng Đảng ủy"),
                        new Cell.Text("00000001"),
                        new Cell.Day(LocalDate.of(2026, 1, 5)),
                        new Cell.Number(new BigDecimal("97.25")));
    }

    @Test
    void neverWritesAFormula() throws IOException {
        var hostile = List.of("=cmd|'/C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"x\")");
        for (var kind : Kind.values()) {
            var document = TableSamples.with(
                    hostile.stream().map(text -> List.of(text)).toList(),
                    List.of(new Column("=1+1", 1, Align.LEFT, kind)));
            byte[] workbook = xlsx(document);
            try (var book = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
                for (var row : book.getSheetAt(0)) {
                    for (var cell : row) {
                        assertThat(cell.getCellType()).isNotEqualTo(CellType.FORMULA);
                        if (cell.getCellType() == CellType.STRING && hostile.contains(cell.getStringCellValue())) {
                            assertThat(cell.getCellStyle().getDataFormatString())
                                    .isEqualTo("@");
                        }
                    }
                }
            }
            assertThat(docxRows(docx(document)).getFirst()).containsExactly("=cmd|'/C calc'!A0");
        }
    }

    @Test
    void escapesWhateverTheTextHolds() throws IOException {
        var text = "<script>&amp;</td>\u0000\uFFFE\uD800 \"x\" 'y' ]]> $1 {0}";
        var document = TableSamples.with(
                List.of(List.of(text, "b")),
                List.of(new Column("<b>", 1, Align.LEFT, Kind.TEXT), new Column("c", 1, Align.LEFT, Kind.TEXT)));
        var clean = "<script>&amp;</td> \"x\" 'y' ]]> $1 {0}";
        assertThat(docxRows(docx(document)).getFirst()).containsExactly(clean, "b");
        assertThat(pdfText(pdf(document)).replace(" ", "")).contains(clean.replace(" ", ""));
        assertThat(read(xlsx(document)).stream().flatMap(r -> r.cells().stream()))
                .contains(new Cell.Text(clean));
    }

    @Test
    void repeatsTheHeadingRowAndKeepsRowsWhole() throws IOException {
        var document = list(120);
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(xlsx(document)))) {
            var sheet = book.getSheetAt(0);
            assertThat(sheet.getRepeatingRows()).isEqualTo(CellRangeAddress.valueOf("10:10"));
            assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
            assertThat(sheet.getPrintSetup().getPaperSize())
                    .isEqualTo(org.apache.poi.ss.usermodel.PrintSetup.A4_PAPERSIZE);
        }
        try (var word = new XWPFDocument(new ByteArrayInputStream(docx(document)))) {
            var table = word.getTables().get(1);
            assertThat(table.getRow(0).isRepeatHeader()).isTrue();
            assertThat(table.getRows()).allMatch(row -> row.isCantSplitRow());
            assertThat(word.getDocument().getBody().getSectPr().isSetTitlePg()).isTrue();
        }
        try (var pdf = Loader.loadPDF(pdf(document))) {
            var stripper = new PDFTextStripper();
            assertThat(pdf.getNumberOfPages()).isGreaterThan(3);
            for (int page = 1; page < pdf.getNumberOfPages(); page++) {
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                assertThat(stripper.getText(pdf)).contains("Họ và tên");
                if (page > 1) {
                    assertThat(stripper.getText(pdf).strip()).startsWith(String.valueOf(page));
                }
            }
        }
    }

    @Test
    void givesTheSameBytesForTheSameDocument() throws Exception {
        byte[] docx = docx(list(20));
        byte[] pdf = pdf(list(20));
        byte[] xlsx = xlsx(list(20));
        Thread.sleep(2_100);
        assertThat(docx(list(20))).isEqualTo(docx);
        assertThat(pdf(list(20))).isEqualTo(pdf);
        assertThat(xlsx(list(20))).isEqualTo(xlsx);
    }

    /** Decree 30/2020: a colon after "Số", a slash after the number; the motto stands in two lines. */
    @Test
    void followsTheStateLayoutToo() throws IOException {
        String text = pdfText(
                pdf(list(3, Layouts.at(Layout.Line.STATE, TableSamples.DAY).upright())));
        assertThat(text).contains("Số: 12/DS-VP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc");
    }

    /** Guide 36-HD/VPTW ended on 26/5/2026; Guide 05-HD/VPTW puts a mark under the subheading. */
    @Test
    void choosesTheLayoutByDay() {
        assertThat(Layouts.at(Layout.Line.PARTY, LocalDate.of(2026, 5, 26)).id())
                .isEqualTo("party-36-2018");
        assertThat(Layouts.at(Layout.Line.PARTY, LocalDate.of(2026, 5, 27)).id())
                .isEqualTo("party-05-2026");
        assertThat(Layouts.all())
                .noneMatch(Layout::verified)
                .allMatch(layout -> !layout.note().isBlank());
        assertThatThrownBy(() -> Layouts.at(Layout.Line.STATE, LocalDate.of(2000, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsDaysAndNumbersAsTheClerkWritesThem() {
        var layout = Layouts.at(Layout.Line.PARTY, TableSamples.DAY);
        assertThat(layout.placeDate("Hà Nội", LocalDate.of(2026, 3, 9))).isEqualTo("Hà Nội, ngày 09 tháng 3 năm 2026");
        assertThat(layout.placeDate("Hà Nội", null)).matches("Hà Nội, ngày[ \u00a0]+tháng[ \u00a0]+năm[ \u00a0]+");
        assertThat(layout.number(new TableDocument.Number(null, "DS", "VP")))
                .isEqualTo("Số " + "\u00a0".repeat(5) + "-DS/VP");
    }

    @Test
    void takesBackOnlyWhatIsPlainlyANumber() {
        assertThat(PrintedValue.number("1.234,50", "vi"))
                .isEqualTo(new PrintedValue.Numeral(new BigDecimal("1234.50"), "#,##0.00"));
        assertThat(PrintedValue.number("1,234.5", "en"))
                .isEqualTo(new PrintedValue.Numeral(new BigDecimal("1234.5"), "#,##0.0"));
        assertThat(PrintedValue.number("12,5%", "vi"))
                .isEqualTo(new PrintedValue.Numeral(new BigDecimal("0.125"), "0.0%"));
        for (String other : List.of("", "–", "007", "1.23.4", "1,2,3", "12345678901234567", "1e5", "+1")) {
            assertThat(PrintedValue.number(other, "vi")).isNull();
        }
        assertThat(PrintedValue.day("31/02/2026")).isNull();
    }

    @Test
    void marksThePdfAsArchivableAndAccessible() throws IOException {
        try (var pdf = Loader.loadPDF(pdf(list(3)))) {
            String xmp = new String(
                    pdf.getDocumentCatalog().getMetadata().exportXMPMetadata().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(xmp).contains("pdfuaid").contains("<pdfaid:part>2").contains("2026-02-05T00:00:00Z");
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("vi");
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Danh sách ký bản cam kết năm 2026");
        }
    }

    @Test
    void refusesMoreRowsThanAPdfCanHold() {
        assertThatThrownBy(() -> pdf(list(PdfWriter.MAX_ROWS + 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesAFormToFillIn() throws IOException {
        var form = new TemplateSheet(
                "Mẫu danh sách",
                "Danh sách",
                List.of("DANH SÁCH NHÂN SỰ"),
                "Xóa dòng ví dụ trước khi tải lên.",
                List.of(
                        new TemplateSheet.Field("Họ và tên", 28, Kind.TEXT, "Nguyễn Văn A", List.of()),
                        new TemplateSheet.Field("Ngày sinh", 14, Kind.DATE, "17/08/1984", List.of()),
                        new TemplateSheet.Field("Giới tính", 10, Kind.TEXT, "Nam", List.of("Nam", "Nữ"))),
                200,
                "Hướng dẫn",
                List.of("Mỗi người một dòng."));
        byte[] workbook = bytes(form::write);
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
            var sheet = book.getSheetAt(0);
            assertThat(book.getSheetName(1)).isEqualTo("Hướng dẫn");
            assertThat(book.isSheetHidden(2)).isTrue();
            assertThat(sheet.getDataValidations()).hasSize(1);
            assertThat(sheet.getDataValidations()
                            .getFirst()
                            .getRegions()
                            .getCellRangeAddresses()[0]
                            .formatAsString())
                    .isEqualTo("C5:C204");
            assertThat(book.getFontAt(sheet.getRow(4).getCell(0).getCellStyle().getFontIndex())
                            .getItalic())
                    .isTrue();
        }
        assertThat(read(workbook).get(form.headingRow() - 1).number()).isEqualTo(form.headingRow() + 1);
        assertThat(read(workbook).getLast().cells())
                .containsExactly(
                        new Cell.Text("Nguyễn Văn A"), new Cell.Day(LocalDate.of(1984, 8, 17)), new Cell.Text("Nam"));
    }
}
