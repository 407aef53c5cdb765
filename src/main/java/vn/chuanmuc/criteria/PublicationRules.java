package vn.chuanmuc.criteria;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vn.chuanmuc.kernel.Reason;

/** What a draft must have before it can be in force. */
final class PublicationRules {
    private static final int MOST_SETS = 100;
    private static final int MOST_HEADINGS = 200;
    private static final int MOST_ITEMS_IN_A_CRITERION = 500;

    private PublicationRules() {}

    static List<Reason> missing(Proof proof) {
        Map<String, Place> places = proof.places();
        var missing = new ArrayList<Reason>();
        long open = places.values().stream().filter(Place::open).count();
        if (open > 0) {
            missing.add(Reason.of("criteria.missing.doubts", open));
        }
        if (Proof.value(places, Proof.NUMBER).isBlank()) {
            missing.add(Reason.of("criteria.missing.number"));
        }
        LocalDate signed = Proof.day(places, Proof.DATE);
        LocalDate effective = Proof.day(places, Proof.EFFECT);
        if (signed == null) {
            missing.add(Reason.of("criteria.missing.date"));
        }
        if (effective == null) {
            missing.add(Reason.of("criteria.missing.effect"));
        } else if (signed != null && effective.isBefore(signed)) {
            missing.add(Reason.of("criteria.missing.effect-early", effective, signed));
        }
        for (Place place : places.values()) {
            if (place.where().startsWith("set[")
                    && place.value().length() > place.kind().most()) {
                missing.add(Reason.of(
                        "criteria.missing.long", place.line(), place.kind().most()));
            }
        }
        for (ItemLayout.Stand stand : proof.layout().stands(proof.read())) {
            if (stand.slots().isEmpty()) {
                missing.add(Reason.of("criteria.missing.no-item", Proof.value(places, stand.criterion())));
            }
        }
        if (!fits(proof)) {
            missing.add(Reason.of("criteria.missing.too-many", MOST_SETS, MOST_HEADINGS, MOST_ITEMS_IN_A_CRITERION));
        }
        return missing;
    }

    private static boolean fits(Proof proof) {
        List<ReadSet> sets = proof.read().sets();
        return sets.size() <= MOST_SETS
                && sets.stream()
                        .allMatch(set -> set.groups().size() <= MOST_HEADINGS
                                && set.groups().stream()
                                        .allMatch(group -> group.criteria().size() <= MOST_HEADINGS))
                && proof.layout().stands(proof.read()).stream()
                        .allMatch(stand -> stand.slots().size() <= MOST_ITEMS_IN_A_CRITERION);
    }
}
