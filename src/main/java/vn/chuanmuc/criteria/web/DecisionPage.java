package vn.chuanmuc.criteria.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.criteria.Decisions.Document;
import vn.chuanmuc.criteria.Place;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/**
 * A decision in force or superseded, whole.
 *
 * @param places as settled, with what was printed
 * @param others decisions it can be compared with
 */
record DecisionPage(
        Document document,
        PublishedDecision decision,
        Map<String, Place> places,
        List<Sheet> sets,
        List<PublishedDecision> others,
        @Nullable PublishedDecision supersedes,
        String importer,
        String publisher,
        boolean decidesSets,
        AsOf asOf)
        implements Dated {
    record Sheet(CriteriaSet set, SetText text, String hash) {}

    DecisionsPage.Standing standing() {
        return DecisionsPage.standing(decision.effectiveFrom(), decision.supersededFrom(), asOf);
    }

    List<Place> facts() {
        return ProofPage.FACTS.stream().map(this::at).toList();
    }

    Place at(String where) {
        Place place = places.get(where);
        if (place == null) {
            throw new IllegalArgumentException(where);
        }
        return place;
    }

    /** The place of an item, all counted from 0 as they stand on the page. */
    Place item(Sheet sheet, int group, int criterion, int item) {
        String where =
                "set[" + sheet.set().ordinal() + "].group[" + (group + 1) + "].criterion[" + (criterion + 1) + "]";
        return at(document.proof().items(where).get(item).where());
    }

    List<Place> starting(String prefix) {
        return places.values().stream()
                .filter(place -> place.where().startsWith(prefix))
                .toList();
    }
}
