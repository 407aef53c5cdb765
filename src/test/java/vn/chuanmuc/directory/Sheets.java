package vn.chuanmuc.directory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import org.dhatim.fastexcel.Workbook;

/** Lists of people as offices send them: a title over merged cells, headings, people. */
final class Sheets {
    private Sheets() {}

    /** Cells may be text, numbers or {@link LocalDate}. */
    static byte[] list(List<String> headings, List<List<?>> rows) {
        var bytes = new ByteArrayOutputStream();
        try {
            var book = new Workbook(bytes, "Excel", "16.0");
            var sheet = book.newWorksheet("Sheet1");
            sheet.value(0, 0, "ĐẢNG ỦY PHƯỜNG");
            sheet.value(1, 0, "DANH SÁCH CÁN BỘ, CÔNG CHỨC");
            sheet.range(1, 0, 1, headings.size() - 1).merge();
            for (int column = 0; column < headings.size(); column++) {
                sheet.value(3, column, headings.get(column));
            }
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    switch (rows.get(row).get(column)) {
                        case String text -> sheet.value(4 + row, column, text);
                        case Number number -> sheet.value(4 + row, column, number);
                        case LocalDate day -> {
                            sheet.value(4 + row, column, day);
                            sheet.style(4 + row, column).format("dd/MM/yyyy").set();
                        }
                        default -> throw new IllegalArgumentException("cell");
                    }
                }
                if (row % 1_000 == 999) {
                    sheet.flush();
                }
            }
            book.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
