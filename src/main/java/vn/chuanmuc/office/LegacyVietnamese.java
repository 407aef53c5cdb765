package vn.chuanmuc.office;

import java.util.List;

/**
 * Tells text typed in the fonts used before Unicode (TCVN3's .VnTime, VNI-Times): as Unicode it is Latin letters and signs
 * that Vietnamese never uses, and none of the letters that only Vietnamese uses.
 */
final class LegacyVietnamese {
    private static final String TCVN3 = "¨¬®¸µ¶·¹¾»¼½ÆËÎÏÑÖ×ØÜÞßáâäåæçëîïñöø÷ûþ§¡¤¥¦";
    private static final String VNI = "ÄÅÆËÎÏÑÖÛÜäåæëîïñöûüøØ";

    private LegacyVietnamese() {}

    static boolean looksLike(List<String> lines) {
        long letters = 0;
        long odd = 0;
        long vietnamese = 0;
        for (String line : lines) {
            for (int at = 0; at < line.length(); at++) {
                char c = line.charAt(at);
                if (c >= 0x1EA0 && c <= 0x1EF9 || "ĂăĐđƠơƯư".indexOf(c) >= 0) {
                    vietnamese++;
                } else if (TCVN3.indexOf(c) >= 0 || VNI.indexOf(c) >= 0) {
                    odd++;
                }
                if (Character.isLetter(c)) {
                    letters++;
                }
            }
        }
        return odd >= 10 && odd * 20 > letters && odd > vietnamese * 5;
    }
}
