package vn.chuanmuc.ui;

import java.util.ArrayList;
import java.util.List;

/**
 * A chart of shares: a bar for each row, cut into as many parts as there are words; {@code ui/bars.jte} draws it. The figures
 * always stand in a table beside it.
 *
 * @param words what the parts mean, in their order; at most six, as there are six patterns
 */
public record StackedBars(List<String> words, List<Row> rows) {
    public static final int WIDTH = 300;
    private static final int LONGEST = 48;

    /** @param parts as many numbers as there are words; @param note at the bar's end */
    public record Row(String label, List<Integer> parts, String note) {
        public String shortLabel() {
            return label.length() <= LONGEST
                    ? label
                    : label.substring(0, LONGEST - 1).strip() + "…";
        }
    }

    /** @param part of the words, from 0 */
    public record Box(int part, int x, int width) {}

    /** The parts of a row that can be seen, left to right. */
    public static List<Box> boxes(Row row) {
        long whole = row.parts().stream().mapToLong(Integer::longValue).sum();
        var boxes = new ArrayList<Box>();
        long before = 0;
        for (int part = 0; part < row.parts().size() && whole > 0; part++) {
            int from = (int) (before * WIDTH / whole);
            before += row.parts().get(part);
            int to = (int) (before * WIDTH / whole);
            if (to > from) {
                boxes.add(new Box(part, from, to - from));
            }
        }
        return boxes;
    }
}
