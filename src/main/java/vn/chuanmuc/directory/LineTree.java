package vn.chuanmuc.directory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the places of a line on one day together as a tree. */
final class LineTree {
    private LineTree() {}

    /** @param name null for a unit that is dissolved on the day; {@code staffed}: clerk and approver are there */
    record Row(
            UUID unitId,
            @Nullable UUID superiorId,
            @Nullable String name,
            boolean staffed) {}

    record Names(@Nullable String clerk, @Nullable String approver) {
        static final Names NOBODY = new Names(null, null);
    }

    /** @param rows in the order units stand in lists */
    static Lines.Tree of(
            List<Row> rows,
            Map<UUID, Long> people,
            @Nullable UUID opened,
            Function<Collection<UUID>, Map<UUID, Names>> holders,
            Function<Collection<UUID>, Map<UUID, String>> lastNames) {
        Map<UUID, Row> byUnit = new LinkedHashMap<>();
        rows.forEach(row -> byUnit.put(row.unitId(), row));
        Map<UUID, List<Row>> under = new HashMap<>();
        var tops = new ArrayList<Row>();
        for (Row row : rows) {
            UUID superior = row.superiorId();
            if (superior == null || !byUnit.containsKey(superior)) {
                tops.add(row);
            } else {
                under.computeIfAbsent(superior, any -> new ArrayList<>()).add(row);
            }
        }
        var order = new ArrayList<Step>(rows.size());
        var open = new ArrayDeque<Step>();
        tops.reversed().forEach(row -> open.push(new Step(row, 0)));
        while (!open.isEmpty()) {
            Step step = open.pop();
            order.add(step);
            under.getOrDefault(step.row().unitId(), List.of())
                    .reversed()
                    .forEach(row -> open.push(new Step(row, step.level() + 1)));
        }
        Map<UUID, Sum> sums = new HashMap<>();
        for (Step step : order.reversed()) {
            UUID unit = step.row().unitId();
            Sum own = sums.getOrDefault(unit, Sum.NONE).plus(people.getOrDefault(unit, 0L), 0);
            sums.put(unit, own);
            UUID superior = step.row().superiorId();
            if (superior != null && byUnit.containsKey(superior)) {
                sums.put(superior, sums.getOrDefault(superior, Sum.NONE).plus(own.people(), own.units() + 1));
            }
        }
        boolean whole = rows.size() <= Lines.WHOLE_TREE;
        var shown = new ArrayList<Step>();
        var above = new ArrayList<Step>();
        if (whole) {
            shown.addAll(order);
        } else {
            Row at = opened == null ? null : byUnit.get(opened);
            for (Row way = at; way != null; way = way.superiorId() == null ? null : byUnit.get(way.superiorId())) {
                above.addFirst(new Step(way, 0));
            }
            (at == null ? tops : under.getOrDefault(at.unitId(), List.of()))
                    .stream().limit(Lines.WHOLE_TREE).forEach(row -> shown.add(new Step(row, 0)));
        }
        List<UUID> named = shown.stream().map(step -> step.row().unitId()).toList();
        Map<UUID, Names> names = holders.apply(named);
        List<UUID> gone = java.util.stream.Stream.concat(shown.stream(), above.stream())
                .map(Step::row)
                .filter(row -> row.name() == null)
                .map(Row::unitId)
                .toList();
        Map<UUID, String> last = gone.isEmpty() ? Map.of() : lastNames.apply(gone);
        Function<Step, Lines.Node> node = step -> {
            Row row = step.row();
            Sum sum = sums.getOrDefault(row.unitId(), Sum.NONE);
            Names duty = names.getOrDefault(row.unitId(), Names.NOBODY);
            String name = row.name();
            return new Lines.Node(
                    row.unitId(),
                    name == null ? last.getOrDefault(row.unitId(), "") : name,
                    row.superiorId(),
                    step.level(),
                    people.getOrDefault(row.unitId(), 0L),
                    sum.people(),
                    sum.units(),
                    duty.clerk(),
                    duty.approver(),
                    name == null);
        };
        return new Lines.Tree(
                shown.stream().map(node).toList(),
                above.stream().map(node).toList(),
                rows.size(),
                (int) rows.stream().filter(row -> !row.staffed()).count(),
                whole);
    }

    private record Step(Row row, int level) {}

    private record Sum(long people, int units) {
        static final Sum NONE = new Sum(0, 0);

        Sum plus(long more, int moreUnits) {
            return new Sum(people + more, units + moreUnits);
        }
    }
}
