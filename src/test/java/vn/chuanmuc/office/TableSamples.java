package vn.chuanmuc.office;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import vn.chuanmuc.office.TableDocument.Align;
import vn.chuanmuc.office.TableDocument.Block;
import vn.chuanmuc.office.TableDocument.Column;
import vn.chuanmuc.office.TableDocument.Header;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.TableDocument.Signatures;

/** A list of commitments as an office prints it. */
final class TableSamples {
    static final LocalDate DAY = LocalDate.of(2026, 2, 5);
    private static final String[] FAMILY = {"Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi"};
    private static final String[] GIVEN = {"Thị Ngọc Huyền Trân", "Văn Ẩn", "Hữu Phước", "Thị Ưng", "Quỳnh", "Đức Nghĩa"
    };

    private TableSamples() {}

    static List<String> row(int number) {
        return List.of(
                String.valueOf(number),
                FAMILY[number % 8] + " " + GIVEN[number % 6],
                PrintedValue.DAY.format(LocalDate.of(1970 + number % 35, 1 + number % 12, 1 + number % 28)),
                number % 7 == 0 ? "Phó Trưởng phòng Tổ chức biên chế và Cải cách hành chính" : "Chuyên viên",
                "Văn phòng Đảng ủy",
                String.format("%08d", number),
                number % 5 == 0 ? "" : "05/01/2026",
                number % 2 == 0 ? "1.234,5" : "97,25",
                number % 5 == 0 ? "Đi công tác\nchưa ký" : "");
    }

    static TableDocument list(int rows, Layout layout) {
        return new TableDocument(
                "Danh sách ký bản cam kết năm 2026",
                DAY,
                layout,
                new Header(
                        "Đảng ủy Ủy ban nhân dân tỉnh",
                        "Văn phòng Đảng ủy",
                        new TableDocument.Number(12, "DS", "VP"),
                        "Quảng Ngãi",
                        DAY),
                List.of("Danh sách", "cán bộ, công chức ký bản cam kết năm 2026"),
                "Kèm theo Báo cáo số 15-BC/VP ngày 05/02/2026",
                List.of(
                        new Column("STT", 6, Align.CENTER, Kind.NUMBER),
                        new Column("Họ và tên", 22, Align.LEFT, Kind.TEXT),
                        new Column("Ngày sinh", 11, Align.CENTER, Kind.DATE),
                        new Column("Chức vụ/\nVị trí việc làm", 20, Align.LEFT, Kind.TEXT),
                        new Column("Đơn vị", 17, Align.LEFT, Kind.TEXT),
                        new Column("Mã số", 10, Align.CENTER, Kind.TEXT),
                        new Column("Ngày ký", 11, Align.CENTER, Kind.DATE),
                        new Column("Điểm", 9, Align.RIGHT, Kind.NUMBER),
                        new Column("Ghi chú", 16, Align.LEFT, Kind.TEXT)),
                () -> IntStream.rangeClosed(1, rows).mapToObj(TableSamples::row),
                List.of("Tổng số: " + rows + " người.", "Đã ký: 2 người; chưa ký: 1 người."),
                new Signatures(
                        List.of("- Ban Tổ chức Tỉnh ủy,", "- Lưu VP."),
                        List.of(new Block(List.of("T/M Đảng ủy", "Phó Bí thư"), "", "Nguyễn Thị Ngọc Huyền Trân"))),
                "vi");
    }

    static TableDocument list(int rows) {
        return list(rows, Layouts.at(Layout.Line.PARTY, DAY));
    }

    static TableDocument with(List<List<String>> rows, List<Column> columns) {
        var sample = list(0);
        return new TableDocument(
                sample.title(),
                sample.date(),
                sample.layout(),
                sample.header(),
                sample.heading(),
                sample.subheading(),
                columns,
                rows::stream,
                sample.totals(),
                sample.signatures(),
                sample.language());
    }
}
