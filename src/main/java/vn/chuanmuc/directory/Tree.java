package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Texts;

/**
 * The tree of units on any day, one unit at a time, so that 65,000 are no more to show than ten. What a viewer may see follows from
 * their units of today: a day in the past shows the units of that day that they look after now, or whose records they keep.
 */
@Component
public class Tree {
    /** Units on one page of a unit's children. */
    public static final int PAGE = 100;
    /** Units that a search answers with. */
    public static final int MOST_HITS = 30;

    private final TreeStore store;
    private final Headcounts headcounts;

    Tree(TreeStore store, Headcounts headcounts) {
        this.store = store;
        this.headcounts = headcounts;
    }

    /**
     * A unit as it was on the day; of one that had ended, as it was last.
     *
     * @param people in it and everything below it on the day
     * @param parted whether there are units below it that day
     * @param ended the first day it was no more; null while it is
     */
    public record Node(
            UUID id,
            String code,
            String name,
            Units.Kind kind,
            int people,
            boolean parted,
            @Nullable LocalDate ended) {}

    /** A unit above, on the way from the top; {@code seen} when the viewer may open it. */
    public record Step(UUID id, String name, boolean seen) {}

    /**
     * One unit with what is above and below it on the day.
     *
     * @param below a page of the units below it, in their order
     * @param count of all units directly below it
     * @param ended units that were below it and were dissolved by that day, the newest first; at most {@link #PAGE}
     */
    public record Branch(Node node, List<Step> above, List<Node> below, int count, List<Node> ended) {}

    /** @param path names of the units above, the highest first */
    public record Hit(Node node, List<String> path) {}

    /** @param more whether there are more than these */
    public record Hits(List<Hit> hits, boolean more) {}

    /** The units a viewer holds themselves, as they are on the day. */
    public List<Node> tops(Scope scope, LocalDate day) {
        return counted(scope.tenantId(), store.nodes(scope.tenantId(), scope.tops(), day), day);
    }

    /** The unit, when the viewer may see it and it had begun by that day. */
    public Optional<Branch> branch(Scope scope, UUID unit, LocalDate day, int offset) {
        boolean whole = store.holdsTop(scope);
        if (!whole && !store.sees(scope, unit)) {
            return Optional.empty();
        }
        List<Node> found = store.nodes(scope.tenantId(), new UUID[] {unit}, day);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        TreeStore.Below below = store.below(scope, whole, unit, day, offset);
        var nodes = new ArrayList<Node>(below.nodes());
        nodes.add(found.getFirst());
        List<Node> counted = counted(scope.tenantId(), nodes, day);
        Node node = counted.removeLast();
        LocalDate ended = node.ended();
        return Optional.of(new Branch(
                node,
                store.above(scope, whole, unit, ended == null ? day : ended.minusDays(1)),
                counted,
                below.count(),
                store.ended(scope, whole, unit, day)));
    }

    /** When the unit began, for one that had not by some day; empty when there is no such unit in scope. */
    public Optional<LocalDate> begins(Scope scope, UUID unit) {
        return store.sees(scope, unit) ? store.begins(scope.tenantId(), unit) : Optional.empty();
    }

    /**
     * Units by the beginnings of words of their name, with or without marks, or by their code. A code comes first, then names that
     * have the words as typed, then shorter names before longer ones; units that had ended come last.
     */
    public Hits search(Scope scope, String typed, LocalDate day) {
        String words = Texts.oneLine(typed);
        if (words.isEmpty()) {
            return new Hits(List.of(), false);
        }
        boolean whole = store.holdsTop(scope);
        List<Node> found = store.search(scope, whole, words, day);
        boolean more = found.size() > MOST_HITS;
        List<Node> shown = counted(scope.tenantId(), more ? found.subList(0, MOST_HITS) : found, day);
        Map<UUID, List<String>> paths = store.paths(scope.tenantId(), shown, day);
        return new Hits(
                shown.stream()
                        .map(node -> new Hit(node, paths.getOrDefault(node.id(), List.of())))
                        .toList(),
                more);
    }

    private List<Node> counted(UUID tenantId, List<Node> nodes, LocalDate day) {
        Map<UUID, Integer> people =
                headcounts.on(tenantId, nodes.stream().map(Node::id).toList(), day);
        var counted = new ArrayList<Node>(nodes.size());
        for (Node node : nodes) {
            counted.add(new Node(
                    node.id(),
                    node.code(),
                    node.name(),
                    node.kind(),
                    people.getOrDefault(node.id(), 0),
                    node.parted(),
                    node.ended()));
        }
        return counted;
    }
}
