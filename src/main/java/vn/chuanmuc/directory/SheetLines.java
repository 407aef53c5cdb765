package vn.chuanmuc.directory;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.SheetFinding.Section;
import vn.chuanmuc.kernel.Texts;

/**
 * Tells the lines of a list that are no people: totals, signatures, headings of sections. Words are compared with their marks
 * where a family name would be the same without them (Bàn and ban, Trương and trường, Tô and tổ, Đoàn, Văn).
 */
final class SheetLines {

    private static final List<String> TOTAL = List.of(
            "tổng cộng",
            "tổng số",
            "tổng:",
            "cộng:",
            "cộng ",
            "tong cong",
            "tong so",
            "danh sách này",
            "danh sách có",
            "(danh sách",
            "ấn định",
            "bằng chữ",
            "(bằng chữ");
    private static final List<String> SIGNATURE = List.of(
            "người lập",
            "nguoi lap",
            "nơi nhận",
            "noi nhan",
            "xác nhận",
            "xac nhan",
            "t/m",
            "tm.",
            "tm ",
            "kt.",
            "k/t",
            "tl.",
            "thủ trưởng",
            "thu truong",
            "(ký",
            "ký, ghi",
            "ký tên",
            "ký và ghi");
    private static final Pattern PLACE_AND_DATE =
            Pattern.compile("(.*[,.…] ?)?ngày\\b.*\\btháng\\b.*\\bnăm\\b.*", Pattern.UNICODE_CHARACTER_CLASS);

    private static final List<String> SECTION = List.of(
            "khối ",
            "phòng ",
            "ban ",
            "đảng ủy",
            "đảng uỷ",
            "đảng bộ",
            "đảng, ",
            "ubnd",
            "ủy ban",
            "uỷ ban",
            "hđnd",
            "hội ",
            "văn phòng",
            "đoàn thể",
            "đoàn thanh niên",
            "đoàn tn",
            "trường ",
            "tổ ",
            "phường ",
            "xã ",
            "chi bộ",
            "trung tâm",
            "công an",
            "quân sự",
            "mặt trận",
            "mttq",
            "ubmttq",
            "liên hiệp",
            "công đoàn",
            "cơ quan",
            "đơn vị",
            "bộ phận",
            "lãnh đạo ",
            "trạm ",
            "thường trực ",
            "chính quyền");
    private static final List<String> SECTION_WITHOUT_MARKS = List.of(
            "khoi ",
            "phong ",
            "ubnd",
            "uy ban",
            "hdnd",
            "van phong ",
            "mttq",
            "doan the",
            "doan thanh nien",
            "cong doan",
            "mat tran",
            "dang uy",
            "phuong ");

    /** Roman numbers and the letters A–H, as sections are counted. */
    private static final Pattern COUNTER = Pattern.compile("(?:[IVX]{1,6}|[A-H])(?:[.)/:-]|$)\\s*");

    private static final Pattern COUNTED =
            Pattern.compile("(?:[IVX]{1,6}|[A-H])\\s?[.)/:–-]\\s*(?=\\S)|\\d{1,2}(?:\\.\\d{1,2})*[.)]\\s*(?=\\S)");
    private static final Pattern END = Pattern.compile("\\s*(?:\\([^)]*\\))?\\s*[:.]?\\s*$");

    private SheetLines() {}

    static boolean isTotal(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("tổng") || lower.equals("cộng") || TOTAL.stream().anyMatch(lower::startsWith);
    }

    static boolean isSignature(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return SIGNATURE.stream().anyMatch(lower::startsWith)
                || PLACE_AND_DATE.matcher(lower).matches();
    }

    /** Whether this, in a cell of its own, counts a section: "I", "II.", "A". */
    static boolean isCounter(String text) {
        return COUNTER.matcher(text).matches();
    }

    /** Whether the line itself begins with a section's counter: "I. …", "A) …". */
    static boolean isCounted(String text) {
        var counted = COUNTED.matcher(text);
        return counted.lookingAt() && !Character.isDigit(text.charAt(0));
    }

    /** Whether the line begins as the name of a bloc or a unit does, and no person's name does. */
    static boolean namesUnit(String text) {
        var lower = title(text).toLowerCase(Locale.ROOT) + " ";
        var words = lower.chars().allMatch(c -> c < 0x80) ? SECTION_WITHOUT_MARKS : SECTION;
        return words.stream().anyMatch(lower::startsWith);
    }

    /** The line without its counter, without "(12 người)" and a colon at its end. */
    static String title(String text) {
        var counted = COUNTED.matcher(text);
        var title = counted.lookingAt() ? text.substring(counted.end()) : text;
        return END.matcher(title).replaceFirst("");
    }

    /** Whether a section's title is a bloc's ("KHỐI ĐẢNG, ĐOÀN THỂ") or a unit's. */
    static Section section(String title) {
        var key = Texts.searchKey(title);
        var bloc = key.startsWith("khoi ") || key.equals("dang doan the") || key.equals("chinh quyen");
        return bloc ? Section.BLOC : Section.UNIT;
    }

    /** The kind a text names; null when it names none. */
    static @Nullable PersonKind kind(String text) {
        return switch (Texts.searchKey(text)) {
            case "can bo", "cb", "can bo lanh dao quan ly" -> PersonKind.OFFICIAL;
            case "cong chuc", "cc" -> PersonKind.CIVIL_SERVANT;
            case "vien chuc", "vc" -> PersonKind.PUBLIC_EMPLOYEE;
            case "nguoi lao dong",
                    "nld",
                    "lao dong",
                    "lao dong hop dong",
                    "hop dong lao dong",
                    "hop dong",
                    "ldhd",
                    "hdld",
                    "nhan vien" -> PersonKind.WORKER;
            default -> null;
        };
    }

    /** People who work part of their time for a ward are none of the four kinds by name. */
    static boolean isPartTime(String text) {
        var key = Texts.searchKey(text);
        return key.contains("khong chuyen trach")
                || key.equals("kct")
                || key.equals("bct")
                || key.contains("ban chuyen trach");
    }
}
