package vn.chuanmuc.office;

import java.util.ArrayList;
import java.util.List;

/** Which columns each of several blocks side by side takes. */
final class SheetSpans {
    /** First and last column, both from 0. */
    record Span(int from, int to) {}

    private SheetSpans() {}

    /** As near to equal widths as whole columns allow; with fewer columns than blocks, each takes the full width. */
    static List<Span> of(TableDocument document, int blocks) {
        var table = document.widest();
        int columns = table.columns().size();
        var spans = new ArrayList<Span>();
        if (columns < blocks) {
            for (int block = 0; block < blocks; block++) {
                spans.add(new Span(0, columns - 1));
            }
            return spans;
        }
        int column = 0;
        int width = 0;
        for (int block = 0; block < blocks; block++) {
            int from = column;
            int left = blocks - block - 1;
            do {
                width += table.columns().get(column++).share();
            } while (column < columns - left && (left == 0 || width * blocks < table.shares() * (block + 1)));
            spans.add(new Span(from, column - 1));
        }
        return spans;
    }
}
