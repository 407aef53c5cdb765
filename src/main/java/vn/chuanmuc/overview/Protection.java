package vn.chuanmuc.overview;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which units of a tree may be shown to those who may not see their forms (ADR 0018). What is shown of a unit covers all below it,
 * so everything that can be computed from what is shown is a sum of <em>regions</em>: a shown unit without the shown units below
 * it. A choice is safe when every region holds nobody or at least so many people, and still does when somebody knows one unit in
 * it, as its head does. One set of criteria at a time: the people of two sets are different people.
 */
final class Protection {
    private Protection() {}

    /**
     * A unit with its parent and how many people it has with all below it, in each of several figures of the same people (stages):
     * a region must be safe in all of them.
     *
     * @param parent null at a top; a parent that is none of the nodes counts as none
     */
    record Node(UUID id, @Nullable UUID parent, int[] people) {}

    /** @return the units that may be shown; as few as possible are left out, and the smallest of those that will do */
    static Set<UUID> shown(List<Node> nodes, int threshold) {
        return new Choice(nodes, threshold).made();
    }

    private static final class Place {
        final Node node;
        final List<Place> children = new ArrayList<>();
        boolean shown = true;
        /** People of the unit itself, in no unit below it. */
        final int[] own;

        Place(Node node) {
            this.node = node;
            own = node.people().clone();
        }

        /** Whether nobody counted is in the unit at all: it may be shown as nought. */
        boolean empty() {
            return Arrays.stream(node.people()).allMatch(n -> n == 0);
        }
    }

    private static final class Choice {
        private final List<Place> order = new ArrayList<>(); // whoever is above comes first
        private final int figures;
        private final int threshold;

        Choice(List<Node> nodes, int threshold) {
            this.threshold = threshold;
            figures = nodes.isEmpty() ? 0 : nodes.getFirst().people().length;
            Map<UUID, Place> places = new java.util.HashMap<>();
            for (Node node : nodes) {
                places.put(node.id(), new Place(node));
            }
            var tops = new ArrayDeque<Place>();
            for (Node node : nodes) {
                Place place = place(places, node.id());
                @Nullable Place parent = node.parent() == null ? null : places.get(node.parent());
                if (parent == null) {
                    tops.add(place);
                } else {
                    parent.children.add(place);
                }
            }
            while (!tops.isEmpty()) {
                Place place = tops.remove();
                order.add(place);
                place.children.sort(Comparator.comparing(child -> child.node.id()));
                for (Place child : place.children) {
                    for (int f = 0; f < figures; f++) {
                        place.own[f] -= child.node.people()[f];
                    }
                    tops.add(child);
                }
            }
        }

        private static Place place(Map<UUID, Place> places, UUID id) {
            @Nullable Place place = places.get(id);
            if (place == null) {
                throw new IllegalStateException("a node without a place");
            }
            return place;
        }

        Set<UUID> made() {
            for (Place place : order.reversed()) {
                settle(place);
            }
            var shown = new HashSet<UUID>();
            for (Place place : order) {
                if (place.shown) {
                    shown.add(place.node.id());
                }
            }
            return shown;
        }

        /** Below it everything is settled. Hides units directly in its region until that is safe, or the unit itself. */
        private void settle(Place top) {
            if (top.empty()) {
                return;
            }
            while (!safe(top)) {
                @Nullable Place smallest = smallest(top);
                if (smallest == null) {
                    top.shown = false;
                    return;
                }
                smallest.shown = false;
            }
        }

        /** The smallest of the shown units that border on the region; null when there is none with anybody in it. */
        private @Nullable Place smallest(Place top) {
            @Nullable Place smallest = null;
            var region = new ArrayDeque<Place>(List.of(top));
            while (!region.isEmpty()) {
                for (Place child : region.remove().children) {
                    if (!child.shown) {
                        region.add(child);
                    } else if (!child.empty()
                            && (smallest == null || size(child.node.people()) < size(smallest.node.people()))) {
                        smallest = child;
                    }
                }
            }
            return smallest;
        }

        private static int size(int[] people) {
            return Arrays.stream(people).max().orElse(0);
        }

        private boolean safe(Place top) {
            for (int f = 0; f < figures; f++) {
                int whole = region(top, f);
                if (whole != 0 && (whole < threshold || !safeFromHeads(top, f, whole))) {
                    return false;
                }
            }
            return true;
        }

        /** People of the unit that are in no shown unit below it. */
        private static int region(Place top, int figure) {
            int people = top.own[figure];
            for (Place child : top.children) {
                if (!child.shown) {
                    people += region(child, figure);
                }
            }
            return people;
        }

        /** Whether what is left of the region for the head of any unit in it is nobody, or enough. */
        private boolean safeFromHeads(Place top, int figure, int whole) {
            for (Place child : top.children) {
                // also of a shown unit: its head knows its own and what is in it, and that is not in this region
                int known = child.shown ? 0 : region(child, figure);
                int left = whole - known;
                if (left != 0 && left < threshold) {
                    return false;
                }
                if (left == 0 && !safeFromHeads(child, figure, whole)) {
                    return false;
                }
            }
            return true;
        }
    }
}
