package vn.chuanmuc.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.office.TableDocument.Header;

/** The hash of every paper that was issued is of this text: of the same words it stays the same, byte for byte. */
class PaperTextTest {
    private static final LocalDate DAY = LocalDate.of(2021, 10, 7);

    @Test
    void readsLineByLineFromTheHeadingToTheProof() {
        var letter = new PaperDocument(
                "Tên tệp",
                DAY,
                Layouts.at(Layout.Line.PARTY, DAY).upright(),
                new Header("", "ĐẢNG ỦY PHƯỜNG", null, "Long Biên", DAY),
                List.of("THÔNG BÁO", "BẢN NHÁP"),
                "Quý IV/2021",
                List.of(new Fact("Họ và tên", "Nguyễn Thị An"), new Fact("Mức", "Đạt")),
                List.of("Mở đầu."),
                new Points(
                        "STT",
                        "Nội dung",
                        List.of(new Line.Group("Nhóm I"), new Line.Criterion("1. Tiêu chí"), new Line.Item(3, "Việc"))),
                List.of("Kết thúc."),
                List.of(new Fact("Mã băm", "00ff")),
                List.of(),
                Mark.NONE,
                "vi");
        assertThat(PaperFiles.text(letter)).isEqualTo("""
                        THÔNG BÁO
                        BẢN NHÁP
                        Quý IV/2021
                        Họ và tên: Nguyễn Thị An
                        Mức: Đạt
                        Mở đầu.
                        Nhóm I
                        1. Tiêu chí
                        3. Việc
                        Kết thúc.
                        Mã băm: 00ff
                        """);
    }
}
