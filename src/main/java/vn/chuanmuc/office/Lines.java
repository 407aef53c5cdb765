package vn.chuanmuc.office;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Gathers text into lines and refuses to grow past its limits. */
final class Lines {
    private final TextLimits limits;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private int chars;

    Lines(TextLimits limits) {
        this.limits = limits;
    }

    /** Text with line ends of any kind in it. */
    void text(String text) throws RefusedFile {
        chars += text.length();
        if (chars > limits.maxChars() || chars < 0) {
            throw new RefusedFile("TOO_LONG", limits.maxChars());
        }
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\u2028' || c == '\u2029') {
                end();
            } else if (c != '\r') {
                line.append(c);
            } else if (at + 1 == text.length() || text.charAt(at + 1) != '\n') {
                end();
            }
        }
    }

    boolean atLineStart() {
        return line.isEmpty();
    }

    void end() throws RefusedFile {
        if (lines.size() >= limits.maxLines()) {
            throw new RefusedFile("TOO_MANY_ROWS", limits.maxLines());
        }
        lines.add(Normalizer.normalize(line, Normalizer.Form.NFC).stripTrailing());
        line.setLength(0);
    }

    List<String> finish() throws RefusedFile {
        if (!line.isEmpty()) {
            end();
        }
        return lines;
    }
}
