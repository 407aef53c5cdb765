package vn.chuanmuc.journey;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;

/**
 * A list as its reader finds it, on the screen or in a file.
 *
 * @param rows what stands in the cells of the people's rows; empty cells left out
 * @param lines everything else, line by line
 */
record Papers(List<List<String>> rows, List<String> lines) {
    private static final Pattern BLANK = Pattern.compile("[\\s\u00a0]+");

    static Papers screen(Page page) {
        var rows = page.locator("#danh-sach tbody tr").all().stream()
                .map(row -> filled(
                        row.locator("td").all().stream().map(Locator::innerText).toList()))
                .toList();
        return new Papers(rows, page.locator("#tong p").allInnerTexts());
    }

    private static List<String> filled(List<String> cells) {
        return cells.stream()
                .map(Papers::oneLine)
                .filter(cell -> !cell.isEmpty())
                .toList();
    }

    private static String oneLine(String text) {
        return BLANK.matcher(text).replaceAll(" ").strip();
    }

    static Papers xlsx(byte[] bytes) {
        var rows = new ArrayList<List<String>>();
        var lines = new ArrayList<String>();
        var formatter = new DataFormatter(Locale.ROOT);
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            boolean table = false;
            for (var row : book.getSheetAt(0)) {
                var cells = new ArrayList<String>();
                row.forEach(cell -> cells.add(formatter.formatCellValue(cell)));
                List<String> filled = filled(cells);
                if (table && !filled.isEmpty() && filled.getFirst().matches("\\d+")) {
                    rows.add(filled);
                } else {
                    lines.addAll(filled);
                }
                table |= filled.contains("STT");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Papers(rows, lines);
    }

    static Papers docx(byte[] bytes) {
        try (var word = new XWPFDocument(new ByteArrayInputStream(bytes))) {
            var rows = word.getTables().get(1).getRows().stream()
                    .skip(1)
                    .map(row -> filled(row.getTableCells().stream()
                            .map(XWPFTableCell::getText)
                            .toList()))
                    .toList();
            return new Papers(
                    rows,
                    word.getParagraphs().stream()
                            .map(line -> oneLine(line.getText()))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PDF has no cells: its whole text as one line. */
    static String pdf(byte[] bytes) {
        try (var pdf = Loader.loadPDF(bytes)) {
            return oneLine(new PDFTextStripper().getText(pdf));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
