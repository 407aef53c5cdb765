package vn.chuanmuc.directory;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Texts;

/**
 * A column of an office's list of people, with the headings it goes by, as search keys ({@link Texts#searchKey}, brackets left
 * out). {@code exact} headings are the whole heading, {@code prefixes} its first words.
 */
enum PeopleColumn {
    // first, so that a citizen's number is never taken for a staff code
    NOT_COLLECTED(List.of(), List.of()),
    SERIAL(List.of("stt", "s t t", "tt", "so tt", "so thu tu"), List.of()),
    FAMILY_NAME(
            List.of(
                    "ho",
                    "ho dem",
                    "ho va dem",
                    "ho va ten dem",
                    "ho va chu dem",
                    "ho chu dem",
                    "ho ten dem",
                    "ho lot",
                    "ho va ten lot"),
            List.of()),
    MIDDLE_NAME(List.of("dem", "ten dem", "chu dem", "ten lot", "chu lot"), List.of()),
    GIVEN_NAME(List.of("ten"), List.of()),
    FULL_NAME(
            List.of("ho va ten", "ho ten", "ho dem va ten", "ho chu dem va ten", "ten can bo", "ten nhan vien"),
            List.of("ho va ten", "ho ten", "ho chu dem va ten")),
    BIRTH_DATE(
            List.of("ngay thang nam", "sinh ngay", "sinh nam", "ngay thang sinh", "nam sinh", "ns"),
            List.of("ngay sinh", "ngay thang nam sinh", "nam sinh")),
    POSITION(
            List.of("cv", "cong viec", "nhiem vu"),
            List.of("chuc vu", "chuc danh", "vi tri viec lam", "vi tri cong tac", "vi tri")),
    UNIT(
            List.of("phong", "phong ban", "ban"),
            List.of("don vi", "phong ban", "co quan", "bo phan", "noi cong tac", "noi lam viec")),
    BLOC(List.of("khoi"), List.of("khoi")),
    KIND(
            List.of("loai", "can bo cong chuc vien chuc nguoi lao dong", "cb cc vc nld", "cbccvc nld", "cbccvc"),
            List.of(
                    "loai can bo",
                    "loai cb",
                    "loai doi tuong",
                    "loai hinh",
                    "loai lao dong",
                    "loai nhan su",
                    "doi tuong",
                    "nhom doi tuong")),
    STAFF_CODE(
            List.of("ma", "ma so", "so hieu", "ma so hieu", "ma cb", "ma nv", "ma cbccvc", "ma cbcc"),
            List.of(
                    "ma can bo",
                    "ma cong chuc",
                    "ma vien chuc",
                    "ma nhan vien",
                    "ma nhan su",
                    "ma so can bo",
                    "ma so cong chuc",
                    "so hieu can bo",
                    "so hieu cong chuc",
                    "so hieu vien chuc",
                    "so hieu cb")),
    ORDER(List.of("thu tu", "thu tu sap xep", "thu tu hien thi", "thu tu uu tien", "uu tien"), List.of()),
    NOTE(List.of("ghi chu", "gc"), List.of("ghi chu"));

    private static final Pattern BRACKETS = Pattern.compile("\\([^)]*\\)?");
    private static final Pattern CITIZEN_NUMBER = Pattern.compile(
            ".*\\b(cccd|cmnd|cmtnd|cmt|can cuoc|dinh danh|chung minh nhan dan|chung minh thu|ho chieu)\\b.*");
    private static final int LONGEST_HEADING = 80;

    private final List<String> exact;
    private final List<String> prefixes;

    PeopleColumn(List<String> exact, List<String> prefixes) {
        this.exact = exact;
        this.prefixes = prefixes;
    }

    /** The column with this heading; null when the heading is none of these. */
    static @Nullable PeopleColumn headed(String heading) {
        if (heading.length() > LONGEST_HEADING) {
            return null;
        }
        // before the brackets are left out: "Số giấy tờ (CCCD)"
        if (CITIZEN_NUMBER.matcher(Texts.searchKey(heading)).matches()) {
            return NOT_COLLECTED;
        }
        var key = Texts.searchKey(BRACKETS.matcher(heading).replaceAll(" "));
        return Arrays.stream(values())
                .filter(column -> column.exact.contains(key))
                .findFirst()
                .or(() -> Arrays.stream(values())
                        .filter(column -> column.prefixes.stream()
                                .anyMatch(prefix -> key.startsWith(prefix + " ") || key.equals(prefix)))
                        .findFirst())
                .orElse(null);
    }
}
