package vn.chuanmuc.journey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;

/** A ward's list of people as its office keeps it in Excel: a merged heading block, STT, days as dd/MM/yyyy. */
final class PeopleSheet {
    static final String PARTY = "Khối Đảng, đoàn thể";
    static final String STATE = "Khối chính quyền";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final List<String> HEADINGS =
            List.of("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Khối", "Ghi chú");
    private static final int FIRST = 5;

    private record Line(String name, String birth, String position, String unit, String bloc) {}

    private final List<Line> lines = new ArrayList<>();

    PeopleSheet with(String name, String birth, String position, String unit, String bloc) {
        lines.add(new Line(name, birth, position, unit, bloc));
        return this;
    }

    /** @param title the second line of the heading block: two files with other titles have other bytes */
    byte[] file(String title) {
        var bytes = new ByteArrayOutputStream();
        try {
            var book = new Workbook(bytes, "Excel", "16.0");
            var sheet = book.newWorksheet("Danh sách");
            sheet.value(0, 0, "ĐẢNG ỦY PHƯỜNG MỘT");
            sheet.range(0, 0, 0, 2).merge();
            sheet.value(0, 3, "ĐẢNG CỘNG SẢN VIỆT NAM");
            sheet.range(0, 3, 0, HEADINGS.size() - 1).merge();
            sheet.value(2, 0, title);
            sheet.range(2, 0, 2, HEADINGS.size() - 1).merge();
            for (int column = 0; column < HEADINGS.size(); column++) {
                sheet.value(FIRST - 1, column, HEADINGS.get(column));
            }
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                sheet.value(FIRST + i, 0, i + 1);
                sheet.value(FIRST + i, 1, line.name());
                // Offices mix real dates with text that only looks like one; a wrong day can only be text.
                if (i % 2 == 0 && !line.birth().startsWith("31/02")) {
                    sheet.value(FIRST + i, 2, LocalDate.parse(line.birth(), DAY));
                    sheet.style(FIRST + i, 2).format("dd/MM/yyyy").set();
                } else {
                    sheet.value(FIRST + i, 2, line.birth());
                }
                sheet.value(FIRST + i, 3, line.position());
                sheet.value(FIRST + i, 4, line.unit());
                sheet.value(FIRST + i, 5, line.bloc());
            }
            book.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
