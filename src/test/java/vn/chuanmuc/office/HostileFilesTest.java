package vn.chuanmuc.office;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.chuanmuc.office.OfficeSamples.document;
import static vn.chuanmuc.office.OfficeSamples.repeated;
import static vn.chuanmuc.office.OfficeSamples.row;
import static vn.chuanmuc.office.OfficeSamples.workbook;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to hurt: each is refused with a reason, and costs little. */
class HostileFilesTest {
    private static final String XXE = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";

    @TempDir
    Path folder;

    private String sheet(Path file) {
        return switch (OfficeFiles.readFirstSheet(file, SheetLimits.DEFAULT, row -> {})) {
            case SheetReading.Done(int rows) -> "done " + rows;
            case SheetReading.Refused(Refusal why) -> why.code();
        };
    }

    private String text(Path file) {
        return switch (OfficeFiles.readParagraphs(file, TextLimits.DEFAULT)) {
            case TextReading.Done(List<String> lines) -> "done " + lines;
            case TextReading.Refused(Refusal why) -> why.code();
        };
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "sample", ".xlsx"), bytes);
    }

    @Test
    void readsTheHarmlessSamplesTheOthersAreMadeFrom() {
        assertThat(sheet(workbook(row(1, "Họ và tên")).in(folder))).isEqualTo("done 1");
        assertThat(text(document("<w:p><w:r><w:t>Điều 1</w:t></w:r></w:p>").in(folder)))
                .isEqualTo("done [Điều 1]");
    }

    @Test
    void refusesASheetThatUnpacksToAGigabyteWithoutHoldingIt() {
        String row = "<row r=\"1\"><c r=\"A1\" s=\"1\"/></row>";
        Path bomb = workbook("")
                .part(
                        "xl/worksheets/sheet1.xml",
                        repeated("<worksheet><sheetData>", row, (1L << 30) / row.length(), "</sheetData></worksheet>"))
                .in(folder);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(sheet(bomb)).isEqualTo("ZIP_BOMB");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8L << 20);
    }

    @Test
    void refusesSharedStringsThatWouldFillTheMemory() {
        assertThat(sheet(workbook(row(1, "a"))
                        .part("xl/sharedStrings.xml", out -> {
                            var random = new Random(1);
                            out.write("<sst>".getBytes(UTF_8));
                            for (int at = 0; at < 1_500_000; at++) {
                                out.write(("<si><t>" + random.nextInt() + "</t></si>").getBytes(UTF_8));
                            }
                            out.write("</sst>".getBytes(UTF_8));
                        })
                        .in(folder)))
                .isEqualTo("ZIP_BOMB");
    }

    @Test
    void refusesThousandsOfParts() {
        var sample = workbook(row(1, "a"));
        for (int at = 0; at < 1_200; at++) {
            sample.part("xl/media/" + at, "");
        }
        assertThat(sheet(sample.in(folder))).isEqualTo("ZIP_BOMB");
    }

    @Test
    void refusesAnArchiveWithinAnArchive() throws IOException {
        byte[] inner = Files.readAllBytes(workbook(row(1, "a")).in(folder));
        assertThat(sheet(new OfficeSamples().part("inner.xlsx", inner).in(folder)))
                .isEqualTo("NOT_OFFICE");
        assertThat(sheet(workbook(row(1, "a"))
                        .part("xl/embeddings/inner.zip", inner)
                        .in(folder)))
                .isEqualTo("EMBEDDED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xl/worksheets/sheet1.xml",
                "xl/sharedStrings.xml",
                "xl/workbook.xml",
                "xl/styles.xml",
                "[Content_Types].xml",
                "_rels/.rels",
                "xl/hidden.bin"
            })
    void refusesADoctypeInAnyPartOfAWorkbook(String part) {
        assertThat(sheet(workbook(row(1, "a")).part(part, XXE + "<x>&e;</x>").in(folder)))
                .isEqualTo("DOCTYPE");
    }

    @Test
    void refusesADoctypeInADocument() {
        assertThat(text(document("")
                        .part("word/document.xml", XXE + "<w:document/>")
                        .in(folder)))
                .isEqualTo("DOCTYPE");
    }

    @Test
    void refusesADoctypeHiddenInAnotherEncoding() {
        assertThat(sheet(workbook("")
                        .part("xl/worksheets/sheet1.xml", (XXE + "<worksheet/>").getBytes(UTF_16))
                        .in(folder)))
                .isEqualTo("BROKEN");
        assertThat(sheet(workbook("")
                        .part("xl/worksheets/sheet1.xml", (XXE + "<worksheet/>").getBytes(UTF_16LE))
                        .in(folder)))
                .isEqualTo("BROKEN");
        assertThat(sheet(workbook("")
                        .part("xl/worksheets/sheet1.xml", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><worksheet/>")
                        .in(folder)))
                .isEqualTo("BROKEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>",
                "<row r=\"1\"><c r=\"XFDXFD1\"><v>1</v></c></row>",
                "<row r=\"1\"><x:c s='>' r='ZZZ1'><v>1</v></x:c></row>",
            })
    void refusesAColumnFarToTheRight(String rows) {
        assertThat(sheet(workbook(rows).in(folder))).isEqualTo("TOO_MANY_COLUMNS");
    }

    @Test
    void refusesAColumnWrittenSoThatTheScanCannotSeeIt() {
        assertThat(sheet(workbook("<row r=\"1\"><c r=\"&#88;&#70;&#68;1\"><v>1</v></c></row>")
                        .in(folder)))
                .isEqualTo("BROKEN");
    }

    @Test
    void refusesAMillionColumnsWithoutReferences() {
        assertThat(sheet(workbook("")
                        .part(
                                "xl/worksheets/sheet1.xml",
                                repeated(
                                        "<worksheet><sheetData><row>",
                                        "<c><v>1</v></c>",
                                        1_000_000,
                                        "</row></sheetData></worksheet>"))
                        .in(folder)))
                .isEqualTo("TOO_MANY_COLUMNS");
    }

    @Test
    void refusesThreeMillionRows() {
        assertThat(sheet(workbook("")
                        .part("xl/worksheets/sheet1.xml", out -> {
                            out.write("<worksheet><sheetData>".getBytes(UTF_8));
                            for (int at = 1; at <= 3_000_000; at++) {
                                out.write(("<row><c><v>" + at + "</v></c></row>").getBytes(UTF_8));
                            }
                            out.write("</sheetData></worksheet>".getBytes(UTF_8));
                        })
                        .in(folder)))
                .isEqualTo("TOO_MANY_ROWS");
    }

    @Test
    void takesASheetWhoseUnusedRowsAreFormatted() {
        var rows = new StringBuilder(row(1, "Họ và tên"));
        for (int at = 2; at < 150_000; at++) {
            rows.append("<row r=\"").append(at).append("\"><c r=\"A").append(at).append("\" s=\"0\"/></row>");
        }
        assertThat(sheet(workbook(rows.toString()).in(folder))).isEqualTo("done 1");
    }

    @Test
    void refusesMacrosWhateverTheNameSays() {
        assertThat(sheet(workbook(row(1, "a"))
                        .part("xl/vbaProject.bin", new byte[100])
                        .in(folder)))
                .isEqualTo("MACRO");
        assertThat(sheet(workbook(row(1, "a"))
                        .part(
                                "[Content_Types].xml",
                                OfficeSamples.types("/xl/workbook.xml", "spreadsheetml.sheet.main")
                                        .replace("sheet.main", "sheet.macroEnabled.main"))
                        .in(folder)))
                .isEqualTo("MACRO");
        assertThat(sheet(workbook(row(1, "a"))
                        .part("xl/macrosheets/sheet1.xml", "<x/>")
                        .in(folder)))
                .isEqualTo("MACRO");
    }

    @Test
    void refusesLinksToOtherFilesButNotHyperlinks() {
        assertThat(sheet(workbook(row(1, "a"))
                        .part("xl/externalLinks/externalLink1.xml", "<x/>")
                        .in(folder)))
                .isEqualTo("EMBEDDED");
        String link = "xl/worksheets/_rels/sheet1.xml.rels";
        assertThat(sheet(workbook(row(1, "a"))
                        .part(link, OfficeSamples.relationships("image", "x\" TargetMode=\"External"))
                        .in(folder)))
                .isEqualTo("EMBEDDED");
        assertThat(sheet(workbook(row(1, "a"))
                        .part(link, OfficeSamples.relationships("hyperlink", "x\" TargetMode=\"External"))
                        .in(folder)))
                .isEqualTo("done 1");
    }

    @Test
    void refusesADocumentWithAFieldThatRunsSomething() {
        assertThat(text(document("<w:p><w:r><w:instrText> DDEAUTO c:\\\\windows\\\\cmd.exe </w:instrText></w:r></w:p>")
                        .in(folder)))
                .isEqualTo("EMBEDDED");
    }

    @Test
    void refusesOtherKindsOfFileUnderAnOfficeName() throws IOException {
        var ole2 = new byte[4_096];
        System.arraycopy(HexFormat.of().parseHex("d0cf11e0a1b11ae1"), 0, ole2, 0, 8);
        assertThat(sheet(file(ole2))).isEqualTo("OLD_FORMAT");
        assertThat(text(file(ole2))).isEqualTo("OLD_FORMAT");
        byte[] mark = "EncryptedPackage".getBytes(UTF_16LE);
        System.arraycopy(mark, 0, ole2, 3_000, mark.length);
        assertThat(sheet(file(ole2))).isEqualTo("ENCRYPTED");
        assertThat(sheet(file("%PDF-1.7\n".getBytes(US_ASCII)))).isEqualTo("NOT_OFFICE");
        assertThat(sheet(file(HexFormat.of().parseHex("89504e470d0a1a0a")))).isEqualTo("NOT_OFFICE");
        assertThat(sheet(file("<html><table><tr><td>1</td></tr></table></html>".getBytes(UTF_8))))
                .isEqualTo("NOT_OFFICE");
        assertThat(text(file("<!doctype html><p>1</p>".getBytes(UTF_8)))).isEqualTo("NOT_OFFICE");
        assertThat(sheet(document("").in(folder))).isEqualTo("NOT_OFFICE");
        assertThat(text(workbook(row(1, "a")).in(folder))).isEqualTo("NOT_OFFICE");
        assertThat(sheet(file(new byte[0]))).isEqualTo("EMPTY");
        assertThat(sheet(workbook("").in(folder))).isEqualTo("EMPTY");
    }

    @Test
    void findsThePasswordMarkAcrossTwoReads() throws IOException {
        var ole2 = new byte[200_000];
        System.arraycopy(HexFormat.of().parseHex("d0cf11e0a1b11ae1"), 0, ole2, 0, 8);
        byte[] mark = "EncryptedPackage".getBytes(UTF_16LE);
        System.arraycopy(mark, 0, ole2, 65_530, mark.length);
        assertThat(sheet(file(ole2))).isEqualTo("ENCRYPTED");
    }

    @Test
    void refusesAFileCutShortAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(workbook(row(1, "Nguyễn Văn An")).in(folder));
        for (int length = 4; length < whole.length; length += 97) {
            var cut = new byte[length];
            System.arraycopy(whole, 0, cut, 0, length);
            assertThat(sheet(file(cut))).isEqualTo("BROKEN");
        }
    }

    @Test
    void refusesMalformedPartsWithoutFailing() {
        assertThat(sheet(workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></row>").in(folder)))
                .isEqualTo("BROKEN");
        assertThat(sheet(workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>")
                        .in(folder)))
                .isIn("BROKEN", "EMPTY", "done 1");
        assertThat(sheet(workbook("")
                        .part("xl/workbook.xml", "<workbook><sheets/></workbook>")
                        .in(folder)))
                .isEqualTo("NO_SHEET");
        assertThat(text(document("<w:p><w:r>").in(folder))).isEqualTo("BROKEN");
    }

    @Test
    void neverThrowsAtAFileDamagedAtRandom() throws IOException {
        byte[] whole = Files.readAllBytes(
                workbook(row(1, "Nguyễn Văn An", "x") + row(2, "1")).in(folder));
        var random = new Random(42);
        for (int round = 0; round < 500; round++) {
            byte[] damaged = whole.clone();
            for (int at = 0; at < 3; at++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThat(sheet(file(damaged))).isNotNull();
        }
    }

    @Test
    void refusesAFileOfFiftyMegabytesWithoutOpeningIt() throws IOException {
        Path large = folder.resolve("large.xlsx");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(50L << 20);
        }
        assertThat(OfficeFiles.readFirstSheet(large, SheetLimits.DEFAULT, row -> {}))
                .isEqualTo(new SheetReading.Refused(new Refusal("TOO_LARGE", List.of(20L))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "xl\\evil.xml", "xl/WORKBOOK.XML", "c:/evil"})
    void refusesNamesThatEscapeOrClash(String name) {
        assertThat(sheet(workbook(row(1, "a")).part(name, "<x/>").in(folder))).isEqualTo("BAD_NAME");
    }

    @Test
    void refusesARowOrACellLongerThanExcelAllows() {
        assertThat(sheet(workbook(row(1, "x".repeat(300_000))).in(folder))).isEqualTo("ZIP_BOMB");
        assertThat(sheet(workbook(row(1, "x".repeat(40_000))).in(folder))).isEqualTo("BROKEN");
        String run = "<r><t>" + Long.toHexString(new Random(3).nextLong()).repeat(10) + "</t></r>";
        assertThat(sheet(workbook("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is>" + run.repeat(80_000)
                                + "</is></c></row>")
                        .in(folder)))
                .isEqualTo("ZIP_BOMB");
    }

    @Test
    void readsAnEnormousNumberAsAFault() {
        var cells = new ArrayList<Cell>();
        OfficeFiles.readFirstSheet(
                workbook("<row r=\"1\"><c r=\"A1\"><v>1E+999999999</v></c></row>")
                        .in(folder),
                SheetLimits.DEFAULT,
                row -> cells.addAll(row.cells()));
        assertThat(cells).containsExactly(new Cell.Fault("#NUM!"));
    }

    @Test
    void refusesTextInAnotherEncoding() throws IOException {
        assertThat(text(file("Nguyễn Văn An".getBytes(java.nio.charset.Charset.forName("windows-1258")))))
                .isEqualTo("WRONG_ENCODING");
        assertThat(text(file("Céng hßa x· héi chñ nghÜa ViÖt Nam".getBytes(ISO_8859_1))))
                .isEqualTo("WRONG_ENCODING");
        assertThat(text(file("Điều 1".getBytes(UTF_16LE)))).isEqualTo("WRONG_ENCODING");
        assertThat(text(file("Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc"
                        .repeat(3)
                        .getBytes(UTF_8))))
                .isEqualTo("WRONG_ENCODING");
    }

    @Test
    void letsWhatTheCallerThrowsPass() {
        Path file = workbook(row(1, "a")).in(folder);
        assertThatThrownBy(() -> OfficeFiles.readFirstSheet(file, SheetLimits.DEFAULT, row -> {
                    throw new IllegalStateException("the caller's own");
                }))
                .hasMessage("the caller's own");
    }

    @Test
    void hasWordsForEveryRefusalInBothLanguages() {
        Set<String> codes = Set.of(
                "EMPTY",
                "TOO_LARGE",
                "TOO_LONG",
                "NOT_OFFICE",
                "OLD_FORMAT",
                "ENCRYPTED",
                "MACRO",
                "EMBEDDED",
                "ZIP_BOMB",
                "DOCTYPE",
                "BAD_NAME",
                "BROKEN",
                "NO_SHEET",
                "TOO_MANY_COLUMNS",
                "TOO_MANY_ROWS",
                "WRONG_ENCODING");
        for (Locale locale : List.of(Locale.ROOT, Locale.ENGLISH)) {
            var bundle = ResourceBundle.getBundle(
                    "messages.office",
                    locale,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            assertThat(bundle.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            codes.stream().map(code -> "office.refused." + code).toList());
        }
    }
}
