package vn.chuanmuc.rules;

import java.util.ArrayList;
import java.util.List;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.criteria.Criteria.SetText;

/** How a set is parted: groups of criteria of items, uneven as they are. Items are numbered through the set from 1. */
public record SetShape(Audience audience, String title, List<Group> groups) {
    public SetShape {
        groups = List.copyOf(groups);
    }

    public record Group(String numeral, String title, List<Criterion> criteria) {
        public Group {
            criteria = List.copyOf(criteria);
        }

        int items() {
            return criteria.stream().mapToInt(Criterion::items).sum();
        }
    }

    public record Criterion(String numeral, String title, int items) {}

    /**
     * Where an item stands.
     *
     * @param group index from 0, {@code criterion} too, in its group
     * @param inCriterion from 1
     */
    record Place(int position, int group, int criterion, int inCriterion, String groupName, String criterionName) {
        /** {@code I.2.3} */
        String name() {
            return criterionName + "." + inCriterion;
        }
    }

    public static SetShape of(Audience audience, SetText text) {
        return new SetShape(
                audience,
                text.title(),
                text.groups().stream()
                        .map(group -> new Group(
                                group.numeral(),
                                group.title(),
                                group.criteria().stream()
                                        .map(criterion -> new Criterion(
                                                criterion.numeral(),
                                                criterion.title(),
                                                criterion.items().size()))
                                        .toList()))
                        .toList());
    }

    public int items() {
        return groups.stream().mapToInt(Group::items).sum();
    }

    List<Place> places() {
        var places = new ArrayList<Place>();
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            for (int c = 0; c < group.criteria().size(); c++) {
                Criterion criterion = group.criteria().get(c);
                for (int i = 1; i <= criterion.items(); i++) {
                    places.add(new Place(
                            places.size() + 1, g, c, i, group.numeral(), group.numeral() + "." + criterion.numeral()));
                }
            }
        }
        return places;
    }
}
