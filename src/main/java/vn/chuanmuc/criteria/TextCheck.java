package vn.chuanmuc.criteria;

import java.util.List;

/** Refuses what is no text, or too much of it, before anything is read. */
final class TextCheck {
    private TextCheck() {}

    static void check(List<String> lines, Findings findings) {
        if (lines.size() > DecisionReader.MOST_LINES) {
            findings.error(
                    DecisionReader.MOST_LINES + 1,
                    "",
                    ReadError.Code.TOO_MANY_LINES,
                    String.valueOf(DecisionReader.MOST_LINES));
            return;
        }
        long characters = 0;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            characters += line.length();
            if (line.length() > DecisionReader.MOST_CHARACTERS_IN_A_LINE) {
                findings.error(
                        i + 1,
                        "",
                        ReadError.Code.LINE_TOO_LONG,
                        String.valueOf(DecisionReader.MOST_CHARACTERS_IN_A_LINE));
                continue;
            }
            if (characters > DecisionReader.MOST_CHARACTERS) {
                findings.error(i + 1, "", ReadError.Code.TEXT_TOO_LONG, String.valueOf(DecisionReader.MOST_CHARACTERS));
                return;
            }
            var bad = line.codePoints().filter(TextCheck::noText).findFirst();
            if (bad.isPresent()) {
                findings.error(i + 1, "", ReadError.Code.CONTROL_CHARACTER, "U+%04X".formatted(bad.getAsInt()));
            }
        }
    }

    /** A form feed is a page break, tab and CR are blanks; U+FFFD is what a wrong character set leaves behind. */
    private static boolean noText(int c) {
        return switch (c) {
            case '\t', '\n', '\r', '\f', 0x85 -> false;
            case 0xFFFD -> true;
            default ->
                Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE || (c & 0xFFFE) == 0xFFFE;
        };
    }
}
