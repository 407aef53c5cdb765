package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.criteria.Criteria.SetText;

/**
 * Two sets item by item.
 *
 * @param before null if the later decision has a set that the earlier one has no counterpart for
 * @param after null if the earlier decision's set has no counterpart in the later one
 */
public record SetComparison(
        @Nullable CriteriaSet before, @Nullable CriteriaSet after, List<Row> rows) {
    public SetComparison {
        rows = List.copyOf(rows);
    }

    /** What became of an item; the places read like "II.1, 3": group, criterion, which item there. Null where it is not. */
    public record Row(
            ItemChange change,
            @Nullable String placeBefore,
            @Nullable String placeAfter) {}

    public long count(ItemChange.Kind kind) {
        return rows.stream().filter(row -> row.change().kind() == kind).count();
    }

    /** Whether an item has other words, is new or is gone; a place alone changes nothing of what somebody commits to. */
    public boolean changed() {
        return rows.stream().anyMatch(row -> switch (row.change().kind()) {
            case REWORDED, ADDED, REMOVED -> true;
            case SAME, MOVED -> false;
        });
    }

    static SetComparison of(
            @Nullable CriteriaSet before,
            @Nullable SetText textBefore,
            @Nullable CriteriaSet after,
            @Nullable SetText textAfter) {
        var old = Items.of(textBefore);
        var now = Items.of(textAfter);
        var rows = new ArrayList<Row>();
        for (ItemChange change : ItemComparison.compare(old.entries(), now.entries())) {
            rows.add(new Row(change, old.place(change.before()), now.place(change.after())));
        }
        return new SetComparison(before, after, rows);
    }

    private record Items(List<ItemChange.Entry> entries, Map<String, String> places) {
        static Items of(@Nullable SetText text) {
            var items = new Items(new ArrayList<>(), new HashMap<>());
            if (text != null) {
                for (int g = 0; g < text.groups().size(); g++) {
                    items.add(g + 1, text.groups().get(g));
                }
            }
            return items;
        }

        private void add(int g, SetText.Group group) {
            for (int c = 0; c < group.criteria().size(); c++) {
                SetText.Criterion criterion = group.criteria().get(c);
                for (int i = 0; i < criterion.items().size(); i++) {
                    String path = "group[%d].criterion[%d].item[%d]".formatted(g, c + 1, i + 1);
                    entries.add(
                            new ItemChange.Entry(path, criterion.items().get(i).words()));
                    String numeral = group.numeral().isEmpty() ? "" : group.numeral() + ".";
                    places.put(path, numeral + criterion.numeral() + ", " + (i + 1));
                }
            }
        }

        @Nullable
        String place(ItemChange.@Nullable Entry entry) {
            return entry == null ? null : places.get(entry.path());
        }
    }
}
