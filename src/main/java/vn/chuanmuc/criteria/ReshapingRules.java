package vn.chuanmuc.criteria;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;

/** What a proof-reader's change of the items makes of a proof, or why it may not be. */
final class ReshapingRules {
    private static final int MOST_PARTS = 50;

    private ReshapingRules() {}

    sealed interface Outcome {
        /** @param facts for the ledger: what was done, to which item, with which words */
        record Good(Proof proof, Map<String, ?> facts) implements Outcome {}

        record Bad(Reason why) implements Outcome {}
    }

    /** @param lines how many the source has */
    static Outcome apply(Proof proof, Reshaping change, int lines, Proof.Settling settling) {
        ReadDecision read = proof.read();
        ItemLayout layout = proof.layout();
        return switch (change) {
            case Reshaping.Add(var criterion, var after, var words, var line) -> {
                requireCriterion(proof, criterion);
                if (after != null && !criterion.equals(layout.criterionOf(read, after))) {
                    throw new NotFound("item");
                }
                String text = Texts.nfc(Line.trim(words.replace("\r\n", "\n")));
                Reason bad = bad(text);
                if (bad == null && (line < 0 || line > lines)) {
                    bad = Reason.of("criteria.refused.line", lines);
                }
                yield bad != null
                        ? new Outcome.Bad(bad)
                        : new Outcome.Good(
                                proof.arranged(
                                        layout.add(read, criterion, after, List.of(new ItemLayout.Added(text, line)))),
                                Map.of("what", "add", "where", criterion, "to", text, "line", line));
            }
            case Reshaping.Remove(var item) ->
                new Outcome.Good(
                        proof.arranged(layout.remove(read, standing(proof, item))),
                        Map.of(
                                "what",
                                "remove",
                                "where",
                                item,
                                "from",
                                proof.at(item).value()));
            case Reshaping.Shift(var item, var up) ->
                new Outcome.Good(
                        proof.arranged(layout.shift(read, standing(proof, item), up)),
                        Map.of("what", up ? "up" : "down", "where", item));
            case Reshaping.Move(var item, var criterion) -> {
                requireCriterion(proof, criterion);
                requireKnown(proof, item);
                yield new Outcome.Good(
                        proof.arranged(layout.move(read, item, criterion)),
                        Map.of("what", "move", "where", item, "to", criterion));
            }
            case Reshaping.Split(var item, var words) -> split(proof, standing(proof, item), words, settling);
            case Reshaping.Merge(var item) -> {
                String next = layout.next(read, standing(proof, item));
                if (next == null) {
                    yield new Outcome.Bad(Reason.of("criteria.refused.nothing-below"));
                }
                Place one = proof.at(item);
                Place other = proof.at(next);
                String text = one.value() + " " + other.value();
                Reason bad = bad(text);
                yield bad != null
                        ? new Outcome.Bad(bad)
                        : new Outcome.Good(
                                proof.settle(Map.of(one, text), settling).arranged(layout.remove(read, next)),
                                Map.of("what", "merge", "where", item, "with", next, "to", text));
            }
        };
    }

    private static Outcome split(Proof proof, String item, String words, Proof.Settling settling) {
        List<String> parts = Arrays.stream(words.replace("\r\n", "\n").split("\n[ \t]*\n"))
                .map(part -> Texts.nfc(Line.trim(part)))
                .filter(part -> !part.isEmpty())
                .toList();
        if (parts.size() < 2 || parts.size() > MOST_PARTS) {
            return new Outcome.Bad(Reason.of("criteria.refused.split", MOST_PARTS));
        }
        for (String part : parts) {
            Reason bad = bad(part);
            if (bad != null) {
                return new Outcome.Bad(bad);
            }
        }
        Place place = proof.at(item);
        String criterion = proof.layout().criterionOf(proof.read(), item);
        if (criterion == null) {
            throw new NotFound("criterion");
        }
        List<ItemLayout.Added> rest = parts.stream()
                .skip(1)
                .map(part -> new ItemLayout.Added(part, place.line()))
                .toList();
        return new Outcome.Good(
                proof.settle(Map.of(place, parts.getFirst()), settling)
                        .arranged(proof.layout().add(proof.read(), criterion, item, rest)),
                Map.of("what", "split", "where", item, "from", place.value(), "parts", parts.size(), "to", words));
    }

    private static @Nullable Reason bad(String text) {
        if (text.isBlank()) {
            return Reason.of("criteria.refused.empty");
        }
        if (text.length() > Place.Kind.WORDS.most()) {
            return Reason.of("criteria.refused.long", Place.Kind.WORDS.most(), text.length());
        }
        return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
                ? Reason.of("criteria.refused.control")
                : null;
    }

    private static String standing(Proof proof, String item) {
        if (proof.layout().criterionOf(proof.read(), item) == null) {
            throw new NotFound("item");
        }
        return item;
    }

    private static void requireKnown(Proof proof, String item) {
        if (proof.layout().criterionOf(proof.read(), item) == null
                && proof.removedItems().stream().noneMatch(slot -> slot.where().equals(item))) {
            throw new NotFound("item");
        }
    }

    private static void requireCriterion(Proof proof, String criterion) {
        if (proof.layout().stands(proof.read()).stream()
                .noneMatch(stand -> stand.criterion().equals(criterion))) {
            throw new NotFound("criterion");
        }
    }
}
