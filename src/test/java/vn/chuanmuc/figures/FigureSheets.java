package vn.chuanmuc.figures;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Files of figures as offices fill them in. */
public final class FigureSheets {
    public static final List<String> HEADINGS = List.of(
            "STT",
            "Mã cán bộ",
            "Họ và tên",
            "Ngày sinh",
            "Mã đơn vị",
            "Mã chỉ số",
            "Giá trị",
            "Đơn vị tính",
            "Ngày số liệu");

    private FigureSheets() {}

    /** A row as most are: of a person, with the value as text. */
    public static List<Object> person(String name, String index, Object value, String day) {
        return List.of("1", "", name, "", "", index, value, "%", day);
    }

    public static byte[] bytes(List<String> headings, List<List<Object>> rows) {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            Worksheet sheet = book.newWorksheet("A");
            sheet.value(0, 0, "SỐ LIỆU");
            for (int column = 0; column < headings.size(); column++) {
                sheet.value(2, column, headings.get(column));
            }
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    switch (rows.get(row).get(column)) {
                        case BigDecimal number -> sheet.value(3 + row, column, number);
                        case Object text -> sheet.inlineString(3 + row, column, text.toString());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @SafeVarargs
    public static Path file(Path folder, List<Object>... rows) {
        return write(folder, bytes(HEADINGS, List.of(rows)));
    }

    public static Path write(Path folder, byte[] bytes) {
        try {
            return Files.write(Files.createTempFile(folder, "so-lieu", ".xlsx"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
