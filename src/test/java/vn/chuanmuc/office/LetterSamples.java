package vn.chuanmuc.office;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.office.PaperDocument.SignatureBlock;

/** Commitments as an office prints them. */
public final class LetterSamples {
    static final LocalDate DAY = LocalDate.of(2021, 9, 27);
    public static final String CODE = "K7QX-2M9P-77QA-1042";
    private static final String WORDS =
            "Nghiêm chỉnh chấp hành chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước; giữ gìn sự đoàn kết, thống nhất trong cơ quan, đơn vị (nội dung ";

    private LetterSamples() {}

    public static PaperDocument commitment(Layout layout, String name, int items) {
        var lines = new ArrayList<Line>();
        for (int item = 1; item <= items; item++) {
            if (item % 9 == 1) {
                lines.add(new Line.Group("I. Về phẩm chất chính trị, đạo đức, lối sống"));
            }
            if (item % 3 == 1) {
                lines.add(new Line.Criterion(item / 3 + 1 + ". Về ý thức tổ chức kỷ luật"));
            }
            lines.add(new Line.Item(item, WORDS + item + ")."));
        }
        boolean party = layout.line() == Layout.Line.PARTY;
        return new PaperDocument(
                "Bản cam kết năm 2021 – " + name,
                DAY,
                layout.upright(),
                new TableDocument.Header(
                        party ? "Đảng bộ quận Long Biên" : "",
                        party ? "Đảng ủy phường Bồ Đề" : "",
                        null,
                        "\u00a0".repeat(20),
                        null),
                List.of("Bản cam kết"),
                "thực hiện bộ tiêu chí về tính chuyên nghiệp năm 2021",
                List.of(
                        new Fact("Họ và tên", name),
                        new Fact("Ngày sinh", "02/05/1980"),
                        new Fact("Chức vụ, vị trí việc làm", "Phó Bí thư Thường trực Đảng ủy"),
                        new Fact("Văn bản ban hành", "264-QĐ/QU, ngày 24/09/2021, Ban Thường vụ Quận ủy Long Biên")),
                List.of("Tôi đã đọc và cam kết thực hiện các nội dung sau:"),
                new Points("TT", "Nội dung cam kết", lines),
                List.of("Tôi xin chịu trách nhiệm về việc thực hiện các nội dung đã cam kết."),
                List.of(),
                List.of(
                        new SignatureBlock(
                                "ThuTruong",
                                "Chữ ký của thủ trưởng đơn vị",
                                List.of("Xác nhận của thủ trưởng"),
                                "(Ký, ghi rõ họ tên)",
                                ""),
                        new SignatureBlock(
                                "NguoiCamKet",
                                "Chữ ký của người cam kết",
                                List.of("Người cam kết"),
                                "(Ký, ghi rõ họ tên)",
                                name)),
                new Mark(
                        "Mã bản giấy",
                        CODE,
                        (page, pages) ->
                                "HTTPS://CAMKET.EXAMPLE.GOV.VN/V/" + CODE.replace("-", "") + "/" + page + "/" + pages),
                "vi");
    }
}
