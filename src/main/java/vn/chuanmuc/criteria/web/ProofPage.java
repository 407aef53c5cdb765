package vn.chuanmuc.criteria.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.criteria.Decisions.Document;
import vn.chuanmuc.criteria.Decisions.Listed;
import vn.chuanmuc.criteria.Place;
import vn.chuanmuc.criteria.Proof;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * A draft beside its source.
 *
 * @param missing what must be done before anybody can publish
 * @param barred why this viewer cannot publish, null if they can
 * @param enteredAt the place whose value was refused, with what was entered there; null if none was
 */
record ProofPage(
        Document document,
        Map<String, Place> places,
        List<String> lines,
        List<Reason> missing,
        @Nullable Reason barred,
        List<Listed> supersedable,
        List<UUID> sameSource,
        String importer,
        boolean mayImport,
        @Nullable String enteredAt,
        String entered,
        String dropReason,
        FormErrors errors)
        implements View {
    static final List<String> FACTS = List.of(
            Proof.NUMBER,
            Proof.DATE,
            Proof.EFFECT,
            Proof.ISSUER,
            Proof.SUBJECT,
            Proof.AUTHORITY,
            Proof.SIGNER_TITLE,
            Proof.SIGNER);

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    /** Whether this viewer settles and arranges: while it is a draft, and only somebody other than its importer. */
    boolean mayArrange() {
        return barred == null && document.state() == Decisions.State.DRAFT;
    }

    List<Place> facts() {
        return FACTS.stream().map(this::at).toList();
    }

    Place at(String where) {
        Place place = places.get(where);
        if (place == null) {
            throw new IllegalArgumentException(where);
        }
        return place;
    }

    List<Place> starting(String prefix) {
        return places.values().stream()
                .filter(place -> place.where().startsWith(prefix))
                .toList();
    }

    /** What stands in the form of a place: what was entered and refused there, else what holds. */
    String inForm(Place place) {
        return place.where().equals(enteredAt) ? entered : place.value();
    }

    boolean refusedAt(Place place) {
        return place.where().equals(enteredAt);
    }

    long doubtful() {
        return places.values().stream()
                .filter(place -> !place.doubts().isEmpty())
                .count();
    }

    long settled() {
        return places.values().stream()
                .filter(place -> !place.doubts().isEmpty() && !place.open())
                .count();
    }

    @Nullable
    Place firstOpen() {
        return places.values().stream().filter(Place::open).findFirst().orElse(null);
    }

    /** For each source line with something open, the place where it is settled. */
    Map<Integer, Place> openByLine() {
        var byLine = new HashMap<Integer, Place>();
        for (Place place : places.values()) {
            if (place.open()) {
                place.lines().forEach(line -> byLine.putIfAbsent(line, place));
            }
        }
        return byLine;
    }

    String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1).strip() : "";
    }
}
