package vn.chuanmuc.rules.web;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Weights;
import vn.chuanmuc.rules.Scoring;
import vn.chuanmuc.rules.SetShape;

/**
 * What one item of each criterion of a set weighs under every weighting: they differ because the criteria are uneven.
 *
 * @param columns the weightings shown; the book's own among them only where it has weights of its own
 * @param chosen index of the book's
 */
record WeightTable(String title, int items, List<Weighting> columns, int chosen, List<Row> rows) {
    /** @param cells of each weighting: what an item weighs, several where they differ */
    record Row(String place, String title, boolean group, int items, List<List<Scoring.Weight>> cells) {}

    static WeightTable of(SetShape shape, Weights weights) {
        var columns = new ArrayList<>(List.of(Weighting.ITEMS, Weighting.CRITERIA, Weighting.GROUPS));
        if (weights.weighting() == Weighting.OWN) {
            columns.add(Weighting.OWN);
        }
        List<List<Scoring.Weight>> all = columns.stream()
                .map(weighting -> Scoring.weights(
                        shape, weighting == Weighting.OWN ? weights : new Weights(weighting, List.of())))
                .toList();
        var rows = new ArrayList<Row>();
        int first = 0;
        for (SetShape.Group group : shape.groups()) {
            int begin = first;
            rows.add(new Row(group.numeral(), group.title(), true, 0, List.of()));
            for (SetShape.Criterion criterion : group.criteria()) {
                int from = first;
                int to = first + criterion.items();
                rows.add(new Row(
                        group.numeral() + "." + criterion.numeral(),
                        criterion.title(),
                        false,
                        criterion.items(),
                        all.stream()
                                .map(weight -> distinct(weight.subList(from, to)))
                                .toList()));
                first = to;
            }
            if (begin == first) {
                rows.removeLast();
            }
        }
        return new WeightTable(shape.title(), shape.items(), columns, columns.indexOf(weights.weighting()), rows);
    }

    private static List<Scoring.Weight> distinct(List<Scoring.Weight> weights) {
        var seen = new LinkedHashSet<String>();
        return weights.stream().filter(weight -> seen.add(weight.part())).toList();
    }
}
