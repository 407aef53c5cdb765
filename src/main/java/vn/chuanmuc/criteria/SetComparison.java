package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * What became of an item; the places read like "II.1, 3": group, criterion, which item there, the headings like "Phẩm chất – Tư tưởng".
     * Null where it is not.
     */
    public record Row(
            ItemChange change,
            @Nullable String placeBefore,
            @Nullable String placeAfter,
            @Nullable String headingBefore,
            @Nullable String headingAfter) {
        /** Whether it stands in both under headings of other words: the same sentence may then ask for something else. */
        public boolean otherHeading() {
            return headingBefore != null
                    && headingAfter != null
                    && !ItemComparison.words(headingBefore).equals(ItemComparison.words(headingAfter));
        }

        /** Whether what somebody commits to differs: other words, under other headings, new or gone. A place alone changes nothing. */
        public boolean changed() {
            return otherHeading()
                    || switch (change.kind()) {
                        case REWORDED, ADDED, REMOVED -> true;
                        case SAME, MOVED -> false;
                    };
        }
    }

    public long count(ItemChange.Kind kind) {
        return rows.stream().filter(row -> row.change().kind() == kind).count();
    }

    /** How many items keep their words under headings of other words. */
    public long headings() {
        return rows.stream()
                .filter(row -> row.otherHeading() && row.change().kind() != ItemChange.Kind.REWORDED)
                .count();
    }

    /** Whether anything somebody commits to differs. */
    public boolean changed() {
        return rows.stream().anyMatch(Row::changed);
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
            rows.add(new Row(
                    change,
                    old.place(change.before()),
                    now.place(change.after()),
                    old.heading(change.before()),
                    now.heading(change.after())));
        }
        return new SetComparison(before, after, rows);
    }

    private record Items(List<ItemChange.Entry> entries, Map<String, String> places, Map<String, String> headings) {
        static Items of(@Nullable SetText text) {
            var items = new Items(new ArrayList<>(), new HashMap<>(), new HashMap<>());
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
                    headings.put(
                            path,
                            Stream.of(group.title(), criterion.title())
                                    .filter(title -> !title.isBlank())
                                    .collect(Collectors.joining(" – ")));
                }
            }
        }

        @Nullable
        String place(ItemChange.@Nullable Entry entry) {
            return entry == null ? null : places.get(entry.path());
        }

        @Nullable
        String heading(ItemChange.@Nullable Entry entry) {
            return entry == null ? null : headings.get(entry.path());
        }
    }
}
