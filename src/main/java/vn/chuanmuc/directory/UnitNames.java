package vn.chuanmuc.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import vn.chuanmuc.kernel.Texts;

/** How the name of a unit, a bloc or a position in a file is matched with one in the store. */
final class UnitNames {

    private static final Map<String, String> LONG_FORMS = Map.ofEntries(
            Map.entry("ubnd", "uy ban nhan dan"),
            Map.entry("hdnd", "hoi dong nhan dan"),
            Map.entry("mttq", "mat tran to quoc"),
            Map.entry("ubmttq", "uy ban mat tran to quoc"),
            Map.entry("lhpn", "lien hiep phu nu"),
            Map.entry("ccb", "cuu chien binh"),
            Map.entry("vp", "van phong"),
            Map.entry("tp", "thanh pho"),
            Map.entry("q", "quan"),
            Map.entry("bch", "ban chap hanh"),
            Map.entry("bt", "bi thu"),
            Map.entry("pbt", "pho bi thu"),
            Map.entry("ct", "chu tich"),
            Map.entry("pct", "pho chu tich"));

    private UnitNames() {}

    /**
     * The same key for spellings of one name. Folded, and nothing else:
     *
     * <ul>
     *   <li>case, marks (đ is d), tone placement, punctuation and kinds of blanks, as {@link Texts#searchKey} does;
     *   <li>the word "phường", and "P." or "P" for it, wherever it stands: "P. Giang Biên", "phường Giang Biên" and "Giang
     *       Biên" agree. With marks only "phường" goes, so the ward Phương Liên keeps its name; without any marks in the whole
     *       text "phuong" goes too. ("P. Nội vụ" therefore does not match "Phòng Nội vụ": a person must choose.) A text
     *       that is nothing but "Phường" keeps it;
     *   <li>"và" and "&": "Văn hóa và xã hội" is "Văn hóa - xã hội";
     *   <li>the abbreviations UBND, HĐND, MTTQ, UBMTTQ, LHPN, CCB, BCH, VP, TP, Q, BT, PBT, CT, PCT, written out.
     * </ul>
     *
     * "Quận", "xã", "thị trấn", "phòng", "ban" stay: they tell units apart.
     */
    static String matchKey(String name) {
        var line = Texts.oneLine(name).toLowerCase(Locale.ROOT);
        var withoutMarks = line.chars().allMatch(c -> c < 0x80);
        var dropped = withoutMarks ? Set.of("phuong", "p", "va") : Set.of("phường", "p", "và");
        var words = new ArrayList<String>();
        for (var word : line.split("[^\\p{L}\\p{M}\\p{N}'’]+")) {
            if (!word.isEmpty() && !dropped.contains(word)) {
                words.add(word);
            }
        }
        if (words.isEmpty()) {
            return Texts.searchKey(line);
        }
        return longForms(Texts.searchKey(String.join(" ", words)));
    }

    private static String longForms(String key) {
        return String.join(
                " ",
                List.of(key.split(" ")).stream()
                        .map(word -> LONG_FORMS.getOrDefault(word, word))
                        .toList());
    }
}
