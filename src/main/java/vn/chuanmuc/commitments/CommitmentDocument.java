package vn.chuanmuc.commitments;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Confirmation;
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
    static final String PAPER_FORMAT = "chuanmuc/cam-ket-giay/1";
    static final String DIGITAL_FORMAT = "chuanmuc/cam-ket-so/1";
    static final String TITLE = "BẢN CAM KẾT NĂM ";
    static final String NAME = "Họ và tên";
    static final String UNIT = "Đơn vị";
    static final String METHOD = "Hình thức";
    static final String OPENING = "Tôi đã đọc và cam kết thực hiện các nội dung sau:";
    static final String BIRTH = "Ngày sinh";
    private static final String POSITION = "Chức vụ, vị trí việc làm";
    private static final String BLOC = "Khối";
    private static final String DECISION = "Văn bản ban hành";
    private static final String CAMPAIGN = "Đợt triển khai";
    private static final String PLAN = "Kế hoạch";
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
            String account,
            Confirmation.Way confirmedBy) {}

    /** Who commits to what, under which decision and plan, to be printed and signed by hand. */
    record PaperHead(
            int year,
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
            @Nullable LocalDate planDate) {}

    /** The head of a form to sign by hand: it names no time, so that it is the same whenever it is printed. */
    static String paperHead(PaperHead head) {
        return formHead(PAPER_FORMAT, "Ký trên giấy", head);
    }

    /** The head of a form to sign digitally; the signature in the PDF tells the time. */
    static String digitalHead(PaperHead head) {
        return formHead(DIGITAL_FORMAT, "Chữ ký số", head);
    }

    private static String formHead(String format, String method, PaperHead head) {
        var text = new StringBuilder(1_000);
        text.append(format).append('\n').append(TITLE).append(head.year()).append("\n\n");
        line(text, NAME, head.fullName());
        line(text, BIRTH, day(head.birthDate()));
        line(text, POSITION, head.positionName());
        line(text, UNIT, head.unitName());
        line(text, BLOC, head.blocName());
        line(text, DECISION, decision(head.decisionNumber(), head.decisionDate(), head.decisionIssuer()));
        line(text, CAMPAIGN, head.campaignTitle());
        line(text, PLAN, plan(head.planNumber(), head.planDate()));
        line(text, METHOD, method);
        text.append('\n').append(OPENING).append("\n\n");
        return text.toString();
    }

    static String head(Head head) {
        var text = new StringBuilder(1_000);
        text.append(FORMAT).append('\n');
        text.append(TITLE).append(head.year()).append("\n\n");
        line(text, NAME, head.fullName());
        line(text, BIRTH, day(head.birthDate()));
        line(text, POSITION, head.positionName());
        line(text, UNIT, head.unitName());
        line(text, BLOC, head.blocName());
        line(text, DECISION, decision(head.decisionNumber(), head.decisionDate(), head.decisionIssuer()));
        line(text, CAMPAIGN, head.campaignTitle());
        line(text, PLAN, plan(head.planNumber(), head.planDate()));
        line(
                text,
                METHOD,
                switch (head.confirmedBy()) {
                    case PASSWORD -> "Xác nhận điện tử (nhập lại mật khẩu của tài khoản; không phải chữ ký số)";
                    case PASSKEY -> "Xác nhận điện tử (dùng khóa truy cập của tài khoản; không phải chữ ký số)";
                });
        line(text, "Thời điểm xác nhận", MOMENT.format(head.at()));
        line(text, "Tài khoản", head.account());
        line(text, "Mã bản cam kết", head.commitmentId().toString());
        line(text, "Lần ghi trong năm", String.valueOf(head.version()));
        text.append('\n').append(OPENING).append("\n\n");
        return text.toString();
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "chưa có" : VietnameseDates.format(day);
    }

    private static String decision(String number, LocalDate day, String issuer) {
        return number + ", ngày " + VietnameseDates.format(day) + ", " + issuer;
    }

    private static String plan(String number, @Nullable LocalDate day) {
        if (number.isEmpty() && day == null) {
            return "chưa có";
        }
        return (number.isEmpty() ? "chưa có số" : number)
                + (day == null ? "" : ", ngày " + VietnameseDates.format(day));
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
