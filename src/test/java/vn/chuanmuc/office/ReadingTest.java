package vn.chuanmuc.office;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.office.OfficeSamples.document;
import static vn.chuanmuc.office.OfficeSamples.row;
import static vn.chuanmuc.office.OfficeSamples.workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STNumberFormat;

class ReadingTest {
    @TempDir
    Path folder;

    private List<SheetRow> rows(Path file) {
        var rows = new ArrayList<SheetRow>();
        assertThat(OfficeFiles.readFirstSheet(file, SheetLimits.DEFAULT, rows::add))
                .isInstanceOf(SheetReading.Done.class);
        return rows;
    }

    private List<String> lines(Path file) {
        return switch (OfficeFiles.readParagraphs(file, TextLimits.DEFAULT)) {
            case TextReading.Done(List<String> lines) -> lines;
            case TextReading.Refused(Refusal why) -> throw new AssertionError(why);
        };
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "sample", ".txt"), bytes);
    }

    @Test
    void readsEveryKindOfCellThatExcelMakes() throws IOException {
        try (var book = new XSSFWorkbook()) {
            var hidden = book.createSheet("Ẩn");
            hidden.createRow(0).createCell(0).setCellValue("không đọc");
            var sheet = book.createSheet("Danh sách");
            book.setSheetHidden(0, true);
            book.setActiveSheet(1);
            var formats = book.createDataFormat();
            var day = book.createCellStyle();
            day.setDataFormat(formats.getFormat("[$-42A]dd/mm/yyyy;@"));
            var builtIn = book.createCellStyle();
            builtIn.setDataFormat((short) 14);
            var money = book.createCellStyle();
            money.setDataFormat(formats.getFormat("#,##0 \"đồng\""));
            var row = sheet.createRow(4);
            row.createCell(0).setCellValue(" Nguyễn Thị Ẩn ");
            row.createCell(1).setCellValue(12.5);
            row.createCell(2).setCellValue(LocalDate.of(1984, 8, 17));
            row.getCell(2).setCellStyle(day);
            row.createCell(3).setCellValue(LocalDate.of(2026, 2, 5));
            row.getCell(3).setCellStyle(builtIn);
            row.createCell(4).setCellValue(1_000);
            row.getCell(4).setCellStyle(money);
            row.createCell(6).setCellFormula("1+1");
            row.createCell(7).setCellFormula("\"a\"&\"b\"");
            row.createCell(8).setCellFormula("1/0");
            row.createCell(9).setCellValue(true);
            row.createCell(10).setCellErrorValue(org.apache.poi.ss.usermodel.FormulaError.REF.getCode());
            row.createCell(11).setCellFormula("DATE(2026,5,27)");
            row.getCell(11).setCellStyle(day);
            row.createCell(12).setCellValue("dòng 1\ndòng 2");
            row.createCell(14).setBlank();
            row.getCell(14, org.apache.poi.ss.usermodel.Row.MissingCellPolicy.CREATE_NULL_AS_BLANK)
                    .setCellStyle(day);
            book.getCreationHelper().createFormulaEvaluator().evaluateAll();
            var bytes = new ByteArrayOutputStream();
            book.write(bytes);
            assertThat(rows(file(bytes.toByteArray())))
                    .containsExactly(new SheetRow(
                            5,
                            List.of(
                                    new Cell.Text(" Nguyễn Thị Ẩn "),
                                    new Cell.Number(new BigDecimal("12.5")),
                                    new Cell.Day(LocalDate.of(1984, 8, 17)),
                                    new Cell.Day(LocalDate.of(2026, 2, 5)),
                                    new Cell.Number(new BigDecimal("1000.0")),
                                    new Cell.Blank(),
                                    new Cell.Number(new BigDecimal("2.0")),
                                    new Cell.Text("ab"),
                                    new Cell.Fault("#DIV/0!"),
                                    new Cell.Text("TRUE"),
                                    new Cell.Fault("#REF!"),
                                    new Cell.Day(LocalDate.of(2026, 5, 27)),
                                    new Cell.Text("dòng 1\ndòng 2"))));
        }
    }

    @Test
    void composesLettersThatWereTypedInParts() throws IOException {
        String parts = Normalizer.normalize("Nguyễn Thị Ngọc Huyền Trân", Normalizer.Form.NFD);
        assertThat(rows(workbook(row(1, parts)).in(folder)).getFirst().cells())
                .containsExactly(new Cell.Text("Nguyễn Thị Ngọc Huyền Trân"));
        assertThat(lines(file(parts.getBytes(UTF_8)))).containsExactly("Nguyễn Thị Ngọc Huyền Trân");
    }

    @Test
    void decodesWhatExcelEscapes() {
        assertThat(rows(workbook(row(1, "a_x000D_\nb")).in(folder)).getFirst().cells())
                .containsExactly(new Cell.Text("a\r\nb"));
    }

    @Test
    void leavesOutBlankRowsAndKeepsTheirNumbers() {
        assertThat(
                        rows(workbook(row(1, "a") + "<row r=\"2\"><c r=\"A2\" s=\"0\"/></row>" + row(7, "b"))
                                        .in(folder))
                                .stream()
                                .map(SheetRow::number))
                .containsExactly(1, 7);
    }

    @Test
    void readsTextInUtf8AndInMarkedUtf16() throws IOException {
        String text = "Điều 1. Phạm vi\r\n\r\nĐiều 2. Đối tượng";
        List<String> lines = List.of("Điều 1. Phạm vi", "", "Điều 2. Đối tượng");
        for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
            assertThat(lines(file(("\uFEFF" + text).getBytes(charset)))).isEqualTo(lines);
        }
        assertThat(lines(file(text.getBytes(UTF_8)))).isEqualTo(lines);
    }

    @Test
    void readsBreaksTabsTablesAndSkipsRevisions() {
        assertThat(lines(document(
                                "<w:p><w:pPr><w:tabs><w:tab w:pos=\"9\" w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>Điều 1</w:t><w:tab/>"
                                        + "<w:t xml:space=\"preserve\"> Phạm vi</w:t><w:br/><w:t>dòng hai</w:t></w:r></w:p>"
                                        + "<w:del><w:p><w:r><w:delText>bỏ</w:delText></w:r></w:p></w:del>"
                                        + "<w:p><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del></w:p>"
                                        + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ô 1</w:t></w:r></w:p></w:tc>"
                                        + "<w:tc><w:p><w:r><w:t>ô 2</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>")
                        .in(folder)))
                .containsExactly("Điều 1\t Phạm vi", "dòng hai", "thêm", "ô 1", "ô 2", "");
    }

    @Test
    void writesOutTheNumbersThatWordDraws() throws IOException {
        try (var word = new XWPFDocument()) {
            var list = CTAbstractNum.Factory.newInstance();
            list.setAbstractNumId(BigInteger.ZERO);
            level(list, 0, STNumberFormat.DECIMAL, "%1.");
            level(list, 1, STNumberFormat.LOWER_LETTER, "%2)");
            level(list, 2, STNumberFormat.BULLET, "\uF0B7");
            var numbering = word.createNumbering();
            BigInteger id =
                    numbering.addNum(numbering.addAbstractNum(new org.apache.poi.xwpf.usermodel.XWPFAbstractNum(list)));
            item(word, id, 0, "Về tư tưởng");
            item(word, id, 1, "kiên định");
            item(word, id, 1, "gương mẫu");
            item(word, id, 2, "trong công tác");
            item(word, id, 0, "Về đạo đức");
            item(word, id, 1, "trung thực");
            word.createParagraph().createRun().setText("Hết.");
            var bytes = new ByteArrayOutputStream();
            word.write(bytes);
            assertThat(lines(file(bytes.toByteArray())))
                    .containsExactly(
                            "1. Về tư tưởng",
                            "a) kiên định",
                            "b) gương mẫu",
                            "- trong công tác",
                            "2. Về đạo đức",
                            "a) trung thực",
                            "Hết.");
        }
    }

    private static void level(CTAbstractNum list, int depth, STNumberFormat.Enum format, String text) {
        var level = list.addNewLvl();
        level.setIlvl(BigInteger.valueOf(depth));
        level.addNewStart().setVal(BigInteger.ONE);
        level.addNewNumFmt().setVal(format);
        level.addNewLvlText().setVal(text);
    }

    private static void item(XWPFDocument word, BigInteger list, int depth, String text) {
        var paragraph = word.createParagraph();
        paragraph.setNumID(list);
        paragraph.setNumILvl(BigInteger.valueOf(depth));
        paragraph.createRun().setText(text);
    }
}
