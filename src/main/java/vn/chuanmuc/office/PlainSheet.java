package vn.chuanmuc.office;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A workbook to go on working with: one heading row and text cells, nothing of which can become a formula. */
public final class PlainSheet implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 500;

    private final Workbook book;
    private final Worksheet sheet;
    private final OutputStream out;
    private int row = 1;

    private PlainSheet(Workbook book, Worksheet sheet, OutputStream out) {
        this.book = book;
        this.sheet = sheet;
        this.out = out;
    }

    /**
     * Writes row by row in bounded memory, flushes, and leaves the stream open.
     *
     * @param widths of the columns in characters, one per heading
     */
    public static void write(
            String title, List<String> headings, List<Integer> widths, Iterator<List<String>> rows, OutputStream out)
            throws IOException {
        try (var sheet = open(title, headings, widths, out)) {
            while (rows.hasNext()) {
                sheet.row(rows.next());
            }
        }
    }

    /** A workbook to be written row by row; closing it flushes, and leaves the stream open. */
    public static PlainSheet open(String title, List<String> headings, List<Integer> widths, OutputStream out) {
        var book = new Workbook(new Unclosed(out), "ChuanMuc", "1.0");
        book.properties().setTitle(XmlText.clean(title));
        book.setGlobalDefaultFont(XlsxWriter.FONT, 12);
        var sheet = book.newWorksheet("1");
        for (int column = 0; column < headings.size(); column++) {
            sheet.width(column, widths.get(column));
            sheet.inlineString(0, column, XmlText.clean(headings.get(column)));
        }
        sheet.range(0, 0, 0, headings.size() - 1)
                .style()
                .bold()
                .wrapText(true)
                .fillColor("E7E6E6")
                .set();
        sheet.freezePane(0, 1);
        return new PlainSheet(book, sheet, out);
    }

    public void row(List<String> texts) throws IOException {
        for (int column = 0; column < texts.size(); column++) {
            if (!texts.get(column).isEmpty()) {
                sheet.inlineString(row, column, XmlText.clean(texts.get(column)));
                sheet.style(row, column)
                        .format("@")
                        .wrapText(true)
                        .verticalAlignment("top")
                        .set();
            }
        }
        if (++row % ROWS_AT_ONCE == 0) {
            sheet.flush();
        }
    }

    @Override
    public void close() throws IOException {
        book.finish();
        out.flush();
    }
}
