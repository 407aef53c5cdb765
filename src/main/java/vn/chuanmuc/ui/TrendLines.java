package vn.chuanmuc.ui;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart of shares over time: a line for each of the words; {@code ui/trend.jte} draws it. The figures always stand in a table
 * beside it.
 *
 * @param points left to right; of a point without parts nothing is drawn, and the lines are broken there
 */
public record TrendLines(List<String> words, List<Point> points) {
    public static final int WIDTH = 310;
    public static final int HEIGHT = 180;
    public static final int LEFT = 40;
    private static final int MOST_LABELS = 5;

    /** @param parts null where there is nothing to show */
    public record Point(String label, @Nullable List<Integer> parts) {}

    /** A dot of a line; {@code first}: nothing leads to it. */
    public record Dot(int x, int y, boolean first) {}

    public int x(int point) {
        return points.size() == 1 ? LEFT + WIDTH / 2 : LEFT + 20 + point * (WIDTH - 40) / (points.size() - 1);
    }

    /** Whether there is room for the point's label: of many points some go without, never the last. */
    public boolean labelled(int point) {
        int step = (points.size() + MOST_LABELS - 1) / MOST_LABELS;
        return (points.size() - 1 - point) % step == 0;
    }

    /** Where the line of one of the words goes. */
    public List<Dot> line(int word) {
        var dots = new ArrayList<Dot>();
        boolean broken = true;
        for (int i = 0; i < points.size(); i++) {
            List<Integer> parts = points.get(i).parts();
            long whole = parts == null
                    ? 0
                    : parts.stream().mapToLong(Integer::longValue).sum();
            if (parts != null && whole > 0) {
                dots.add(new Dot(x(i), (int) (HEIGHT - parts.get(word) * (long) HEIGHT / whole) + 10, broken));
            }
            broken = whole == 0;
        }
        return dots;
    }

    /** The same as an SVG path. */
    public String path(int word) {
        var path = new StringBuilder();
        for (Dot dot : line(word)) {
            path.append(dot.first() ? 'M' : 'L')
                    .append(dot.x())
                    .append(' ')
                    .append(dot.y())
                    .append(' ');
        }
        return path.toString().strip();
    }
}
