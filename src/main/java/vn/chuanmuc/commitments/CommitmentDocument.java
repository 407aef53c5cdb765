package vn.chuanmuc.commitments;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;

/**
 * The document a person commits to, as bytes: a head of their own, then the words of the set, which all who take the set
 * share. Its SHA-256 is over the head's UTF-8 bytes followed by the body's.
 *
 * <p>This is a record format, not a page: its words never change within a format version, whatever language the screen
 * speaks. A different layout is a new version in the first line; old documents keep theirs.
 */
final class CommitmentDocument {
    static final String FORMAT = "chuanmuc/cam-ket/1";
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT)
            .withZone(ZONE);

    private CommitmentDocument() {}

    /** Who commits to what, under which decision and plan, how and when. */
    record Head(
            UUID commitmentId,
            int year,
            int version,
            String fullName,
            @Nullable LocalDate birthDate,
            String positionName,
            String unitName,
            String blocName,
            String decisionNumber,
            LocalDate decisionDate,
            String decisionIssuer,
            String campaignTitle,
            String planNumber,
            @Nullable LocalDate planDate,
            Instant at,
            String account) {}

    static String head(Head head) {
        var text = new StringBuilder(1_000);
        text.append(FORMAT).append('\n');
        text.append("BẢN CAM KẾT NĂM ").append(head.year()).append("\n\n");
        line(text, "Họ và tên", head.fullName());
        line(text, "Ngày sinh", head.birthDate() == null ? "chưa có" : VietnameseDates.format(head.birthDate()));
        line(text, "Chức vụ, vị trí việc làm", head.positionName());
        line(text, "Đơn vị", head.unitName());
        line(text, "Khối", head.blocName());
        line(
                text,
                "Văn bản ban hành",
                head.decisionNumber() + ", ngày " + VietnameseDates.format(head.decisionDate()) + ", "
                        + head.decisionIssuer());
        line(text, "Đợt triển khai", head.campaignTitle());
        line(text, "Kế hoạch", plan(head));
        line(text, "Hình thức", "Xác nhận điện tử (nhập lại mật khẩu của tài khoản; không phải chữ ký số)");
        line(text, "Thời điểm xác nhận", MOMENT.format(head.at()));
        line(text, "Tài khoản", head.account());
        line(text, "Mã bản cam kết", head.commitmentId().toString());
        line(text, "Lần ghi trong năm", String.valueOf(head.version()));
        text.append("\nTôi đã đọc và cam kết thực hiện các nội dung sau:\n\n");
        return text.toString();
    }

    private static String plan(Head head) {
        if (head.planNumber().isEmpty() && head.planDate() == null) {
            return "chưa có";
        }
        return (head.planNumber().isEmpty() ? "chưa có số" : head.planNumber())
                + (head.planDate() == null ? "" : ", ngày " + VietnameseDates.format(head.planDate()));
    }

    private static void line(StringBuilder text, String label, String value) {
        // One line each, whatever was entered: nothing a person types can look like another line.
        text.append(label).append(": ").append(Texts.oneLine(value)).append('\n');
    }

    /** The words of the set in the form whose hash the ledger holds since the decision was published. */
    static byte[] body(SetText set) {
        return set.canonical().getBytes(StandardCharsets.UTF_8);
    }

    /** What a person reads out or writes down to find their record again: 60 bits of its id. */
    static String receiptCode(int year, UUID commitmentId) {
        String digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        long bits = commitmentId.getLeastSignificantBits();
        var code = new StringBuilder("CK-").append(year);
        for (int i = 0; i < 12; i++) {
            if (i % 4 == 0) {
                code.append('-');
            }
            code.append(digits.charAt((int) (bits >>> (55 - 5 * i)) & 31));
        }
        return code.toString();
    }
}
