package vn.chuanmuc.criteria;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Common Vietnamese family names: enough to ask about a misread letter, never enough to refuse a name. */
final class FamilyNames {
    private FamilyNames() {}

    private static final Set<String> COMMON = new TreeSet<>(List.of("""
            An Âu Bạch Bùi Cái Cao Cấn Châu Chu Chử Cù Cung Diệp Doãn Dương Đàm Đan Đào Đặng Đậu Điền Đinh Đoàn Đỗ Đồng Đổng \
            Đới Giang Giáp Hà Hàn Hầu Hồ Hoa Hoàng Hồng Hứa Huỳnh Kha Khổng Khuất Khúc Kiều Kim Kông La Lã Lại Lâm Lê Liêu \
            Lò Lô Lộc Lục Lư Lương Lưu Lữ Lý Mã Mạc Mạch Mai Mẫn Mông Ngân Nghiêm Ngô Ngụy Nguyễn Nhan Nhữ Ninh Nông Ông Phan \
            Phạm Phí Phó Phù Phùng Phương Quách Quan Quản Sái Sầm Sơn Sử Tạ Tăng Tiêu Thạch Thái Thân Thẩm Thiều Thi Thịnh Thôi \
            Tô Tôn Tống Trà Trần Tri Triệu Trịnh Trình Trương Từ Tưởng Uông Ứng Vàng Vi Viên Võ Vũ Vương Xa Yên""".split("\\s+")));

    static boolean common(String familyName) {
        return COMMON.contains(capitalised(familyName));
    }

    /** Common family names with the same letters but other marks, or else one letter away; sorted, at most three. */
    static List<String> resembling(String familyName) {
        var name = capitalised(familyName);
        var key = Line.key(name);
        var nearest = new ArrayList<String>();
        COMMON.stream().filter(common -> Line.key(common).equals(key)).forEach(nearest::add);
        if (nearest.isEmpty()) {
            COMMON.stream().filter(common -> oneAway(Line.key(common), key)).forEach(nearest::add);
        }
        return nearest.stream().limit(3).toList();
    }

    private static String capitalised(String name) {
        var nfc = Normalizer.normalize(name, Normalizer.Form.NFC);
        return nfc.isEmpty()
                ? nfc
                : nfc.substring(0, 1).toUpperCase(Locale.ROOT)
                        + nfc.substring(1).toLowerCase(Locale.ROOT);
    }

    /** One letter changed, added or left out. */
    private static boolean oneAway(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        int same = 0;
        int most = Math.min(one.length(), other.length());
        while (same < most && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        int tail = 0;
        while (tail < most - same && one.charAt(one.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
            tail++;
        }
        return Math.max(one.length(), other.length()) - same - tail <= 1;
    }
}
