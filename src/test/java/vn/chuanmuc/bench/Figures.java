package vn.chuanmuc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was measured: a table to read and target/bench.tsv for machines. */
final class Figures {
    private final List<Figure> figures = new ArrayList<>();

    /**
     * @param floor the bare thing measured in the same run, or null
     * @param budget what it may cost in the same unit, or as a multiple of the floor when {@code ofFloor}
     */
    private record Figure(
            String name,
            double value,
            String unit,
            @Nullable Double floor,
            @Nullable Double budget,
            boolean ofFloor) {
        @Nullable
        Double ratio() {
            return floor == null ? null : value / floor;
        }

        String met() {
            if (budget == null) {
                return "–";
            }
            double measured = ofFloor && floor != null ? value / floor : value;
            return measured <= budget ? "yes" : "no";
        }
    }

    double plain(String name, double value, String unit) {
        return add(new Figure(name, value, unit, null, null, false));
    }

    double within(String name, double value, String unit, double budget) {
        return add(new Figure(name, value, unit, null, budget, false));
    }

    double within(String name, double value, String unit, double budget, double floor) {
        return add(new Figure(name, value, unit, floor, budget, false));
    }

    double beside(String name, double value, String unit, double floor) {
        return add(new Figure(name, value, unit, floor, null, false));
    }

    double timesFloor(String name, double value, String unit, double floor, double mostTimes) {
        return add(new Figure(name, value, unit, floor, mostTimes, true));
    }

    private double add(Figure figure) {
        figures.add(figure);
        System.out.printf(Locale.ROOT, "  %-58s %10.3f %s%n", figure.name(), figure.value(), figure.unit());
        return figure.value();
    }

    void print(Path file) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("name\tvalue\tunit\tfloor\tratio\tbudget\tmet");
        System.out.printf(
                "%n%-58s %10s %-8s %10s %7s %10s %s%n", "what", "value", "unit", "floor", "ratio", "budget", "met");
        for (Figure figure : figures) {
            String budget = figure.budget() == null ? "–" : (figure.ofFloor() ? "× " : "") + text(figure.budget());
            System.out.printf(
                    Locale.ROOT,
                    "%-58s %10.3f %-8s %10s %7s %10s %s%n",
                    figure.name(),
                    figure.value(),
                    figure.unit(),
                    text(figure.floor()),
                    text(figure.ratio()),
                    budget,
                    figure.met());
            lines.add(String.join(
                    "\t",
                    figure.name(),
                    String.format(Locale.ROOT, "%.4f", figure.value()),
                    figure.unit(),
                    text(figure.floor()),
                    text(figure.ratio()),
                    budget,
                    figure.met()));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }

    private static String text(@Nullable Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%.3f", value);
    }
}
