package vn.chuanmuc.campaigns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.kernel.Ids;

/**
 * Units as a person says them: branches, and what is left out of them. It is only a way to write a set of units, the shortest
 * there is. A plan stores the units, not the branches: what is launched must be what was counted and shown, and a unit that is
 * founded below a branch later joins nobody silently. It is seen as an exception of its branch as soon as the plan is looked at.
 *
 * <p>Trees are lists of units with parents before their children, as {@link vn.chuanmuc.directory.Units#under} gives them.
 */
public record Branches(List<Mark> marks) {
    public enum Kind {
        /** The unit with everything below it. */
        WITH("lay", true, true),
        /** Only the unit itself. */
        ONLY("lay-rieng", true, false),
        /** Without the unit and everything below it. */
        WITHOUT("tru", false, true),
        /** Without the unit itself; what is below it stays. */
        NOT_ITSELF("tru-rieng", false, false);

        private final String code;
        private final boolean takes;
        private final boolean branch;

        Kind(String code, boolean takes, boolean branch) {
            this.code = code;
            this.takes = takes;
            this.branch = branch;
        }

        public String code() {
            return code;
        }

        /** Whether it takes units in, rather than leaving them out. */
        public boolean takes() {
            return takes;
        }

        Kind opposite() {
            return of(!takes, branch);
        }

        private static Kind of(boolean takes, boolean branch) {
            return takes ? branch ? WITH : ONLY : branch ? WITHOUT : NOT_ITSELF;
        }

        public static Optional<Kind> find(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code.equals(code))
                    .findFirst();
        }
    }

    public record Mark(Kind kind, UUID unit) {
        public String text() {
            return kind.code + ":" + unit;
        }

        public static Optional<Mark> read(String text) {
            int colon = text.indexOf(':');
            @Nullable UUID unit = colon < 0 ? null : Ids.read(text.substring(colon + 1));
            return unit == null
                    ? Optional.empty()
                    : Kind.find(text.substring(0, colon)).map(kind -> new Mark(kind, unit));
        }
    }

    public Branches {
        marks = List.copyOf(marks);
    }

    /** What cannot be read is left out: nobody types it. */
    public static Branches read(List<String> texts) {
        return new Branches(
                texts.stream().flatMap(text -> Mark.read(text).stream()).toList());
    }

    /** The shortest way to say these units of the tree, in the order of the tree. */
    public static Branches of(List<Unit> tree, Set<UUID> units) {
        Map<UUID, long[]> below =
                new HashMap<>(); // what all children cost: inside what is left out, inside what is taken
        Map<UUID, long[]> costs = new HashMap<>();
        for (Unit unit : tree.reversed()) {
            long[] children = below.getOrDefault(unit.id(), new long[2]);
            boolean in = units.contains(unit.id());
            long out = children[0] + (in ? 1 : 0);
            long taken = children[1] + (in ? 0 : 1);
            long[] cost = {Math.min(out, taken + 1), Math.min(taken, out + 1)};
            costs.put(unit.id(), new long[] {out, taken});
            UUID parent = unit.parentId();
            if (parent != null) {
                long[] sum = below.computeIfAbsent(parent, any -> new long[2]);
                sum[0] += cost[0];
                sum[1] += cost[1];
            }
        }
        var marks = new ArrayList<Mark>();
        Map<UUID, Boolean> taken = new HashMap<>();
        for (Unit unit : tree) {
            boolean above = taken.getOrDefault(unit.parentId(), false);
            long[] cost = java.util.Objects.requireNonNull(costs.get(unit.id()));
            boolean here = above ? cost[1] <= cost[0] + 1 : cost[0] > cost[1] + 1;
            boolean in = units.contains(unit.id());
            if (here == above && in != here && !below.containsKey(unit.id())) {
                here = in; // nothing is below it: to say so would only confuse
            }
            if (here != above) {
                marks.add(new Mark(Kind.of(here, true), unit.id()));
            }
            if (in != here) {
                marks.add(new Mark(Kind.of(in, false), unit.id()));
            }
            taken.put(unit.id(), here);
        }
        return new Branches(marks);
    }

    /** The units of the tree that are meant: the nearest mark above a unit says whether it is in, one of its own before all. */
    public Set<UUID> units(List<Unit> tree) {
        Map<UUID, Boolean> branches = new HashMap<>();
        Map<UUID, Boolean> own = new HashMap<>();
        marks.forEach(mark -> (mark.kind().branch ? branches : own).put(mark.unit(), mark.kind().takes));
        var units = new LinkedHashSet<UUID>();
        Map<UUID, Boolean> taken = new HashMap<>();
        for (Unit unit : tree) {
            boolean branch = branches.getOrDefault(unit.id(), taken.getOrDefault(unit.parentId(), false));
            taken.put(unit.id(), branch);
            if (own.getOrDefault(unit.id(), branch)) {
                units.add(unit.id());
            }
        }
        return units;
    }

    /** With one thing more said: the newest word about a branch counts for all of it. */
    public Branches and(List<Unit> tree, Mark mark) {
        Set<UUID> units = units(tree);
        var concerned = new LinkedHashSet<UUID>();
        for (Unit unit : tree) {
            UUID parent = unit.parentId();
            if (unit.id().equals(mark.unit()) || (mark.kind().branch && parent != null && concerned.contains(parent))) {
                concerned.add(unit.id());
            }
        }
        if (mark.kind().takes) {
            units.addAll(concerned);
        } else {
            units.removeAll(concerned);
        }
        return of(tree, units);
    }

    /** As if this had not been said. */
    public Branches without(List<Unit> tree, Mark mark) {
        return and(tree, new Mark(mark.kind().opposite(), mark.unit()));
    }
}
