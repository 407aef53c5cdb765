package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which items stand where, as the proof-reader arranged them on top of what was read. An item keeps the path it was read at for
 * ever, wherever it is moved, so that its doubts and corrections go with it; an added one gets {@code item[n1]}, {@code item[n2]} … in the criterion
 * it was added to.
 *
 * @param order the items' paths by the criterion's path, for the criteria whose items differ from what was read
 * @param added what was added, by path
 */
public record ItemLayout(Map<String, List<String>> order, Map<String, Added> added) {
    static final ItemLayout AS_READ = new ItemLayout(Map.of(), Map.of());

    public ItemLayout {
        order = Map.copyOf(order);
        added = Map.copyOf(added);
    }

    /** @param line of the source where the words stand, 0 if they stand in no single line */
    public record Added(String text, int line) {}

    /** An item where it stands now. */
    public record Slot(String where, String printed, int line, boolean added) {}

    /** A criterion with the items it has now. */
    record Stand(String criterion, List<Slot> slots) {}

    /** Every criterion with its items as they stand now, in the order of the text. */
    List<Stand> stands(ReadDecision read) {
        Map<String, Slot> known = known(read);
        var stands = new ArrayList<Stand>();
        asRead(read)
                .forEach((criterion, items) -> stands.add(new Stand(
                        criterion,
                        order.getOrDefault(criterion, items).stream()
                                .map(known::get)
                                .toList())));
        return stands;
    }

    /** Items that were read or added and stand nowhere any more. */
    List<Slot> removed(ReadDecision read) {
        Map<String, Slot> known = known(read);
        stands(read).forEach(stand -> stand.slots().forEach(slot -> known.remove(slot.where())));
        return List.copyOf(known.values());
    }

    private Map<String, Slot> known(ReadDecision read) {
        var known = new LinkedHashMap<String, Slot>();
        for (ReadSet set : read.sets()) {
            for (ReadGroup group : set.groups()) {
                for (ReadCriterion criterion : group.criteria()) {
                    for (ReadItem item : criterion.items()) {
                        String where = Proof.path(set, group, criterion, item);
                        known.put(where, new Slot(where, item.text(), item.line(), false));
                    }
                }
            }
        }
        added.forEach((where, one) -> known.put(where, new Slot(where, one.text(), one.line(), true)));
        return known;
    }

    private static Map<String, List<String>> asRead(ReadDecision read) {
        var asRead = new LinkedHashMap<String, List<String>>();
        for (ReadSet set : read.sets()) {
            for (ReadGroup group : set.groups()) {
                for (ReadCriterion criterion : group.criteria()) {
                    asRead.put(
                            Proof.path(set, group, criterion),
                            criterion.items().stream()
                                    .map(item -> Proof.path(set, group, criterion, item))
                                    .toList());
                }
            }
        }
        return asRead;
    }

    /** The layout while it is being changed: every criterion's items, in lists that may change. */
    private Map<String, List<String>> open(ReadDecision read) {
        var open = new LinkedHashMap<String, List<String>>();
        asRead(read)
                .forEach((criterion, items) ->
                        open.put(criterion, new ArrayList<>(order.getOrDefault(criterion, items))));
        return open;
    }

    private ItemLayout closed(ReadDecision read, Map<String, List<String>> open, Map<String, Added> nowAdded) {
        var changed = new LinkedHashMap<String, List<String>>();
        asRead(read).forEach((criterion, items) -> {
            List<String> now = List.copyOf(open.getOrDefault(criterion, items));
            if (!now.equals(items)) {
                changed.put(criterion, now);
            }
        });
        return new ItemLayout(changed, nowAdded);
    }

    /** The criterion an item stands in now; null when it stands nowhere. */
    @Nullable
    String criterionOf(ReadDecision read, String item) {
        return stands(read).stream()
                .filter(stand ->
                        stand.slots().stream().anyMatch(slot -> slot.where().equals(item)))
                .map(Stand::criterion)
                .findFirst()
                .orElse(null);
    }

    /** The item after this one in its criterion; null when it is the last, or stands nowhere. */
    @Nullable
    String next(ReadDecision read, String item) {
        for (List<String> items : open(read).values()) {
            int at = items.indexOf(item);
            if (at >= 0) {
                return at + 1 < items.size() ? items.get(at + 1) : null;
            }
        }
        return null;
    }

    /**
     * Adds items.
     *
     * @param after the item behind which they stand; null for the head of the criterion
     */
    ItemLayout add(ReadDecision read, String criterion, @Nullable String after, List<Added> items) {
        Map<String, List<String>> open = open(read);
        var all = new LinkedHashMap<>(added);
        List<String> here = open.get(criterion);
        if (here == null) {
            throw new IllegalArgumentException(criterion);
        }
        int at = after == null ? 0 : here.indexOf(after) + 1;
        for (Added one : items) {
            String where = criterion + ".item[n" + (all.size() + 1) + "]";
            all.put(where, one);
            here.add(at++, where);
        }
        return closed(read, open, all);
    }

    ItemLayout remove(ReadDecision read, String item) {
        Map<String, List<String>> open = open(read);
        open.values().forEach(items -> items.remove(item));
        return closed(read, open, added);
    }

    /** To the end of a criterion; one that was removed stands again. */
    ItemLayout move(ReadDecision read, String item, String criterion) {
        Map<String, List<String>> open = open(read);
        open.values().forEach(items -> items.remove(item));
        List<String> there = open.get(criterion);
        if (there == null) {
            throw new IllegalArgumentException(criterion);
        }
        there.add(item);
        return closed(read, open, added);
    }

    /** One up or down within the criterion; beyond its end into the neighbouring criterion, beyond the last nowhere. */
    ItemLayout shift(ReadDecision read, String item, boolean up) {
        Map<String, List<String>> open = open(read);
        var criteria = new ArrayList<>(open.values());
        for (int i = 0; i < criteria.size(); i++) {
            List<String> items = criteria.get(i);
            int at = items.indexOf(item);
            if (at < 0) {
                continue;
            }
            int to = up ? at - 1 : at + 1;
            int neighbour = up ? i - 1 : i + 1;
            if (to >= 0 && to < items.size()) {
                items.remove(at);
                items.add(to, item);
            } else if (neighbour >= 0 && neighbour < criteria.size()) {
                items.remove(at);
                List<String> there = criteria.get(neighbour);
                there.add(up ? there.size() : 0, item);
            }
            return closed(read, open, added);
        }
        return this;
    }
}
