package vn.chuanmuc.office;

import java.text.Normalizer;

/** Text made fit to stand in XML. */
final class XmlText {
    private XmlText() {}

    /**
     * NFC, without the characters XML 1.0 forbids, without lone surrogates, and without the marks that turn text around, which would
     * let a paper show other words than it says; line ends become \n.
     */
    static String clean(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (composed.chars().allMatch(c -> c >= ' ' && c < 0xD800 && !turns(c) || c == '\n')) {
            return composed;
        }
        var clean = new StringBuilder(composed.length());
        composed.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(c -> {
            if (turns(c)) {
                return;
            }
            if (c == '\t' || c == '\n' || c >= ' ' && c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c > 0xFFFF) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /** Marks of embedded, overriding or isolated writing directions. */
    private static boolean turns(int c) {
        return c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    static String escape(String text) {
        StringBuilder escaped = null;
        for (int at = 0; at < text.length(); at++) {
            String entity = switch (text.charAt(at)) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                case '\'' -> "&#39;";
                default -> null;
            };
            if (entity != null && escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, at);
            }
            if (escaped != null) {
                if (entity == null) {
                    escaped.append(text.charAt(at));
                } else {
                    escaped.append(entity);
                }
            }
        }
        return escaped == null ? text : escaped.toString();
    }
}
