package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The words of a set as they are to be published: what was read with the corrections of those who proof-read it. */
record SetWords(
        int ordinal,
        String title,
        String issuedWith,
        Audience audience,
        List<Group> groups,
        List<Criterion> criteria,
        List<Item> items) {
    record Group(int ordinal, String numeral, String title) {}

    record Criterion(int group, int ordinal, String numeral, String title) {}

    record Item(int position, int group, int criterion, int ordinal, String words, int line) {}

    static List<SetWords> of(Proof proof) {
        Map<String, Place> places = proof.places();
        return proof.read().sets().stream().map(set -> of(set, proof, places)).toList();
    }

    private static SetWords of(ReadSet set, Proof proof, Map<String, Place> places) {
        var groups = new ArrayList<Group>();
        var criteria = new ArrayList<Criterion>();
        var items = new ArrayList<Item>();
        for (var group : set.groups()) {
            groups.add(
                    new Group(group.position(), numeral(group.label()), Proof.value(places, Proof.path(set, group))));
            for (var criterion : group.criteria()) {
                criteria.add(new Criterion(
                        group.position(),
                        criterion.position(),
                        numeral(criterion.label()),
                        Proof.value(places, Proof.path(set, group, criterion))));
                int ordinal = 0;
                for (var slot : proof.items(Proof.path(set, group, criterion))) {
                    items.add(new Item(
                            items.size() + 1,
                            group.position(),
                            criterion.position(),
                            ++ordinal,
                            Proof.value(places, slot.where()),
                            slot.line()));
                }
            }
        }
        var clause = set.clause();
        return new SetWords(
                set.position(),
                Proof.value(places, Proof.path(set)),
                clause == null ? "" : clause.text(),
                Audience.valueOf(Proof.value(places, Proof.path(set) + ".audience")),
                groups,
                criteria,
                items);
    }

    /** "I." and "1)" are the numerals I and 1; whoever shows them puts the sign behind. */
    static String numeral(String label) {
        int end = label.length();
        while (end > 0 && ".):-– ".indexOf(label.charAt(end - 1)) >= 0) {
            end--;
        }
        return label.substring(0, end);
    }
}
