package vn.chuanmuc.criteria.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Decisions.Document;
import vn.chuanmuc.criteria.ItemLayout.Slot;
import vn.chuanmuc.criteria.Place;
import vn.chuanmuc.criteria.Proof;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * One item of a draft, or a criterion that gets a new one: moving, splitting, merging, taking out, adding.
 *
 * @param where path of the item or the criterion
 * @param item its place; null for a criterion, and for an item that was taken out
 * @param removed the item that was taken out; else null
 * @param barred why this viewer may not, null if they may
 * @param criteria every criterion, to move to
 * @param lines of the source around the item
 */
record ItemPage(
        Document document,
        String where,
        String criterion,
        @Nullable Place item,
        @Nullable Slot removed,
        boolean last,
        @Nullable Reason barred,
        List<Choice> criteria,
        List<SourceLine> lines,
        Entered entered,
        FormErrors errors)
        implements View {
    private static final int LINES_AROUND = 3;

    /** A criterion with the numerals it is printed under. */
    record Choice(String where, int set, String label, String title, int items) {}

    record SourceLine(int number, String text, boolean own) {}

    /** What was entered and refused. */
    record Entered(String what, String words, String line, String criterion) {
        static final Entered NOTHING = new Entered("", "", "", "");

        String wordsFor(String kind, String otherwise) {
            return what.equals(kind) ? words : otherwise;
        }
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    static ItemPage of(
            Document document,
            List<String> lines,
            @Nullable Reason barred,
            String where,
            Entered entered,
            FormErrors errors) {
        Proof proof = document.proof();
        Map<String, Place> places = proof.places();
        var choices = new ArrayList<Choice>();
        @Nullable String criterion = null;
        boolean last = false;
        for (var set : proof.read().sets()) {
            for (var group : set.groups()) {
                for (var one : group.criteria()) {
                    String path = Proof.path(set, group, one);
                    List<Slot> slots = proof.items(path);
                    Place title = places.get(path);
                    choices.add(new Choice(
                            path,
                            set.position(),
                            group.label() + one.label(),
                            title == null ? "" : title.value(),
                            slots.size()));
                    if (path.equals(where)
                            || slots.stream().anyMatch(slot -> slot.where().equals(where))) {
                        criterion = path;
                        last = !slots.isEmpty() && slots.getLast().where().equals(where);
                    }
                }
            }
        }
        Slot removed = proof.removedItems().stream()
                .filter(slot -> slot.where().equals(where))
                .findFirst()
                .orElse(null);
        if (criterion == null && removed == null) {
            throw new NotFound("item");
        }
        Place place = removed != null || where.equals(criterion) ? null : places.get(where);
        int line = removed != null ? removed.line() : place != null ? place.line() : lineOf(places, where);
        var around = new ArrayList<SourceLine>();
        for (int i = Math.max(1, line - LINES_AROUND);
                line > 0 && i <= Math.min(lines.size(), line + LINES_AROUND);
                i++) {
            around.add(new SourceLine(i, lines.get(i - 1), i == line));
        }
        return new ItemPage(
                document,
                where,
                criterion == null ? "" : criterion,
                place,
                removed,
                last,
                barred,
                choices,
                around,
                entered,
                errors);
    }

    private static int lineOf(Map<String, Place> places, String where) {
        Place place = places.get(where);
        return place == null ? 0 : place.line();
    }

    static boolean isCriterion(Document document, String where) {
        return where.matches(".*criterion\\[[0-9]+]")
                && document.proof().places().containsKey(where);
    }

    /** The criterion an item stands in now. */
    static String criterionOf(Document document, String where) {
        return of(document, List.of(), null, where, Entered.NOTHING, FormErrors.NONE)
                .criterion();
    }

    /** Where on the proof-reading page to go on after a change: the item, or the top of the result when it is gone. */
    static String near(Document document, String where) {
        Place place = document.proof().places().get(where);
        return place == null ? "kq" : place.anchor();
    }

    String address() {
        return "/van-ban/" + document.id();
    }

    String back() {
        return address() + "#" + near(document, where);
    }
}
