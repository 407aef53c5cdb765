package vn.chuanmuc.criteria.web;

import java.util.ArrayList;
import java.util.List;
import vn.chuanmuc.criteria.ReadError;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * The form that takes a decision's text, empty or with what was entered and why it cannot be imported.
 *
 * @param lines what the line numbers of {@code unreadable} count
 */
record ImportPage(String text, String others, List<ReadError> unreadable, List<String> lines, FormErrors errors)
        implements View {
    /** Up to here a text is shown whole; of a longer one only the surroundings of its errors. */
    private static final int MOST_LINES_SHOWN = 1_500;

    private static final int AROUND = 3;
    private static final int LONGEST_LINE_SHOWN = 2_000;

    /** A line of the text; {@code gap}: lines before it are left out. */
    record NumberedLine(int number, String text, boolean bad, boolean gap) {}

    static ImportPage empty() {
        return new ImportPage("", "", List.of(), List.of(), FormErrors.NONE);
    }

    @Override
    public int status() {
        return errors.none() && unreadable.isEmpty() ? 200 : 422;
    }

    List<NumberedLine> numbered() {
        var bad = new boolean[lines.size() + 1];
        var shown = new boolean[lines.size() + 1];
        boolean whole = lines.size() <= MOST_LINES_SHOWN;
        for (ReadError error : unreadable) {
            if (error.line() >= 1 && error.line() <= lines.size()) {
                bad[error.line()] = true;
                for (int at = error.line() - AROUND; at <= error.line() + AROUND; at++) {
                    if (at >= 1 && at <= lines.size()) {
                        shown[at] = true;
                    }
                }
            }
        }
        var numbered = new ArrayList<NumberedLine>();
        int last = 0;
        for (int at = 1; at <= lines.size(); at++) {
            if (whole || shown[at]) {
                String line = lines.get(at - 1);
                String cut = line.length() > LONGEST_LINE_SHOWN
                        ? line.substring(0, line.offsetByCodePoints(0, LONGEST_LINE_SHOWN / 2)) + "…"
                        : line;
                numbered.add(new NumberedLine(at, cut, bad[at], at > last + 1));
                last = at;
            }
        }
        return numbered;
    }
}
