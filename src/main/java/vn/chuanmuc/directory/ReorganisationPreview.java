package vn.chuanmuc.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.ReorganisationDraft.Line;
import vn.chuanmuc.directory.ReorganisationDraft.NewUnit;
import vn.chuanmuc.directory.ReorganisationPlan.After;
import vn.chuanmuc.directory.ReorganisationPlan.Move;
import vn.chuanmuc.directory.ReorganisationPlan.Place;
import vn.chuanmuc.directory.Reorganisations.Branch;
import vn.chuanmuc.directory.Reorganisations.Intake;
import vn.chuanmuc.directory.Reorganisations.Mark;
import vn.chuanmuc.directory.Reorganisations.Source;

/** The tree before and after with its head-counts: a person counts where their main assignment is. */
final class ReorganisationPreview {
    private final ReorganisationDraft draft;
    private final ReorganisationPlan plan;
    private final Function<Collection<UUID>, Map<UUID, Integer>> counts;
    private final Function<Collection<UUID>, Map<UUID, Integer>> own;

    /**
     * @param counts people of units with all below them
     * @param own people of units by themselves
     */
    ReorganisationPreview(
            ReorganisationDraft draft,
            ReorganisationPlan plan,
            Function<Collection<UUID>, Map<UUID, Integer>> counts,
            Function<Collection<UUID>, Map<UUID, Integer>> own) {
        this.draft = draft;
        this.plan = plan;
        this.counts = counts;
        this.own = own;
    }

    Reorganisations.Preview draw() {
        var touched = new HashSet<UUID>(plan.ending.keySet());
        var changed = new HashSet<UUID>();
        var receiving = new HashSet<UUID>();
        for (Line line : draft.lines()) {
            touched.add(line.unitId());
            if (!line.ends()) {
                changed.add(line.unitId());
            }
            if (line.destination() != null) {
                receiving.add(line.destination());
            }
            line.parts().forEach(part -> receiving.add(part.destination()));
        }
        plan.moves.stream().map(Move::destination).filter(Objects::nonNull).forEach(receiving::add);
        touched.addAll(receiving);
        draft.newUnits().forEach(unit -> {
            touched.add(unit.id());
            touched.add(unit.parentId());
        });
        draft.outside().forEach(piece -> touched.add(piece.destination()));

        Set<UUID> before = withAbove(touched, this::parentBefore);
        Set<UUID> after = withAbove(touched, this::parentAfter);
        before.addAll(after);
        before.removeIf(unit -> plan.place(unit) == null);
        after.addAll(before);
        after.removeIf(unit -> !plan.after.containsKey(unit));
        Map<UUID, Integer> now = counts.apply(before);
        Map<UUID, Integer> then = then(now, after);
        return new Reorganisations.Preview(
                tree(
                        before,
                        this::parentBefore,
                        unit -> {
                            Place place = Objects.requireNonNull(plan.place(unit));
                            return new After(
                                    unit, place.code(), place.name(), place.kind(), place.parentId(), place.rank());
                        },
                        now,
                        unit -> plan.ending.containsKey(unit)
                                ? Mark.ENDS
                                : changed.contains(unit) ? Mark.CHANGES : Mark.NONE),
                tree(
                        after,
                        this::parentAfter,
                        unit -> Objects.requireNonNull(plan.after.get(unit)),
                        then,
                        unit -> draft.newUnit(unit).isPresent()
                                ? Mark.BEGINS
                                : changed.contains(unit)
                                        ? Mark.CHANGES
                                        : receiving.contains(unit) ? Mark.RECEIVES : Mark.NONE),
                intakes(receiving));
    }

    private @Nullable UUID parentBefore(UUID unit) {
        Place place = plan.place(unit);
        return place == null ? null : place.parentId();
    }

    private @Nullable UUID parentAfter(UUID unit) {
        After place = plan.after.get(unit);
        return place == null ? null : place.parentId();
    }

    private static Set<UUID> withAbove(Set<UUID> units, Function<UUID, @Nullable UUID> parent) {
        var all = new HashSet<UUID>();
        for (UUID unit : units) {
            for (UUID at = unit; at != null && all.add(at); ) {
                at = parent.apply(at);
            }
        }
        return all;
    }

    /** What is added up anew is only what changes its place; everything else is counted where it was. */
    private Map<UUID, Integer> then(Map<UUID, Integer> now, Set<UUID> shown) {
        Map<UUID, Integer> then = new HashMap<>();
        shown.forEach(unit -> then.put(unit, now.getOrDefault(unit, 0)));
        var carried = new HashSet<UUID>();
        for (Line line : draft.lines()) {
            if (!line.ends() && !Objects.equals(parentBefore(line.unitId()), parentAfter(line.unitId()))) {
                carried.add(line.unitId());
            }
        }
        var moved = new HashSet<UUID>();
        for (Place place : plan.places()) {
            for (UUID at = place.id(); at != null; at = parentBefore(at)) {
                if (carried.contains(at)) {
                    moved.add(place.id());
                    break;
                }
            }
        }
        moved.addAll(plan.ending.keySet());
        Map<UUID, Integer> people = own.apply(moved);
        people.forEach((unit, count) -> {
            spread(then, unit, this::parentBefore, -count);
            if (plan.after.containsKey(unit)) {
                spread(then, unit, this::parentAfter, count);
            }
        });
        for (Move move : plan.moves) {
            if (move.post().main() && !move.post().from().isAfter(draft.effective())) {
                UUID to = move.destination();
                if (to != null) {
                    spread(then, to, this::parentAfter, 1);
                }
                if (!plan.ending.containsKey(move.post().unitId())) {
                    spread(then, move.post().unitId(), this::parentBefore, -1);
                }
            }
        }
        return then;
    }

    private static void spread(
            Map<UUID, Integer> counts, UUID unit, Function<UUID, @Nullable UUID> parent, int people) {
        var seen = new HashSet<UUID>();
        for (UUID at = unit; at != null && seen.add(at); at = parent.apply(at)) {
            counts.computeIfPresent(at, (key, count) -> count + people);
        }
    }

    private static List<Branch> tree(
            Set<UUID> shown,
            Function<UUID, @Nullable UUID> parent,
            Function<UUID, After> place,
            Map<UUID, Integer> people,
            Function<UUID, Mark> mark) {
        Map<@Nullable UUID, List<After>> children = new HashMap<>();
        for (UUID unit : shown) {
            UUID above = parent.apply(unit);
            children.computeIfAbsent(above != null && shown.contains(above) ? above : null, key -> new ArrayList<>())
                    .add(place.apply(unit));
        }
        children.values()
                .forEach(list -> list.sort(Comparator.comparingInt(After::rank).thenComparing(After::name)));
        var rows = new ArrayList<Branch>();
        walk(null, 0, children, people, mark, rows);
        return rows;
    }

    private static void walk(
            @Nullable UUID above,
            int level,
            Map<@Nullable UUID, List<After>> children,
            Map<UUID, Integer> people,
            Function<UUID, Mark> mark,
            List<Branch> rows) {
        for (After unit : children.getOrDefault(above, List.of())) {
            rows.add(new Branch(
                    unit.id(),
                    unit.code(),
                    unit.name(),
                    level,
                    people.getOrDefault(unit.id(), 0),
                    mark.apply(unit.id())));
            walk(unit.id(), level + 1, children, people, mark, rows);
        }
    }

    private List<Intake> intakes(Set<UUID> receiving) {
        Map<UUID, Map<UUID, Set<UUID>>> from = new LinkedHashMap<>();
        draft.newUnits().stream().map(NewUnit::id).forEach(unit -> from.put(unit, new LinkedHashMap<>()));
        receiving.forEach(unit -> from.putIfAbsent(unit, new LinkedHashMap<>()));
        draft.outside().forEach(piece -> from.putIfAbsent(piece.destination(), new LinkedHashMap<>()));
        for (Move move : plan.moves) {
            Map<UUID, Set<UUID>> sources = move.destination() == null ? null : from.get(move.destination());
            if (sources != null) {
                UUID source = move.post().unitId();
                Line line = plan.ending.get(source);
                sources.computeIfAbsent(line == null ? source : line.unitId(), unit -> new HashSet<>())
                        .add(move.post().personId());
            }
        }
        var intakes = new ArrayList<Intake>();
        from.forEach((unit, sources) -> intakes.add(new Intake(
                unit,
                plan.nameAfter(unit),
                sources.entrySet().stream()
                        .map(source -> new Source(
                                plan.name(source.getKey()), source.getValue().size()))
                        .sorted(Comparator.comparing(Source::people).reversed().thenComparing(Source::name))
                        .toList(),
                draft.outside().stream()
                        .filter(piece -> piece.destination().equals(unit))
                        .toList())));
        return intakes;
    }
}
