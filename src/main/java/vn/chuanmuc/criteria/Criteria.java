package vn.chuanmuc.criteria;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Sha256;

/** The published criteria: decisions, their sets, the exact words of the items, and which set a person takes. */
@Component
public class Criteria {
    private final CriteriaStore store;
    private final Map<SetKey, SetText> texts = new ConcurrentHashMap<>(); // published words never change

    Criteria(CriteriaStore store) {
        this.store = store;
    }

    private record SetKey(UUID tenantId, UUID setId) {}

    /** A decision in force or superseded; numbers and dates as normalised and proof-read. */
    public record PublishedDecision(
            UUID id,
            String number,
            LocalDate signedOn,
            String issuer,
            String subject,
            LocalDate effectiveFrom,
            @Nullable LocalDate supersededFrom) {}

    /** A set of a decision. {@code items}: how many lines a person commits to. */
    public record CriteriaSet(UUID id, UUID decisionId, int ordinal, String title, Audience audience, int items) {}

    /** A set with its words, character for character as published. */
    public record SetText(UUID id, String title, String issuedWith, List<Group> groups) {
        public record Group(String numeral, String title, List<Criterion> criteria) {}

        public record Criterion(String numeral, String title, List<Item> items) {}

        /** @param position from 1 through the whole set */
        public record Item(int position, String words) {}

        /** The words of every item, in the order of their positions. */
        public List<String> words() {
            return groups.stream()
                    .flatMap(group -> group.criteria().stream())
                    .flatMap(criterion -> criterion.items().stream())
                    .map(Item::words)
                    .toList();
        }

        /**
         * The one form of these words that a hash is taken of: title, clause of issue, then every group ({@code I<TAB>title}),
         * criterion and item ({@code -<TAB>words}), each ended by a line feed.
         */
        public String canonical() {
            var text = new StringBuilder(title).append('\n').append(issuedWith).append('\n');
            for (Group group : groups) {
                text.append(group.numeral()).append('\t').append(group.title()).append('\n');
                for (Criterion criterion : group.criteria()) {
                    text.append(criterion.numeral())
                            .append('\t')
                            .append(criterion.title())
                            .append('\n');
                    for (Item item : criterion.items()) {
                        text.append("-\t").append(item.words()).append('\n');
                    }
                }
            }
            return text.toString();
        }

        /** SHA-256 of the canonical form in UTF-8; the ledger holds it from publication on. */
        public byte[] hash() {
            return Sha256.of(canonical());
        }
    }

    /** Published decisions, the newest first; at most 100. */
    public List<PublishedDecision> published(UUID tenantId) {
        return store.published(tenantId);
    }

    public Optional<PublishedDecision> findPublished(UUID tenantId, UUID decisionId) {
        return store.findPublished(tenantId, decisionId);
    }

    /** The decisions that took the place of this one, one after the other, the first first; at most 50. */
    public List<PublishedDecision> successors(UUID tenantId, UUID decisionId) {
        return store.successors(tenantId, decisionId);
    }

    public List<CriteriaSet> sets(UUID tenantId, UUID decisionId) {
        return store.sets(tenantId, decisionId);
    }

    /** The words of a set of a published decision; kept in memory, for they never change. */
    public SetText text(UUID tenantId, UUID setId) {
        return texts.computeIfAbsent(new SetKey(tenantId, setId), key -> store.text(key.tenantId(), key.setId()));
    }

    /** Which set each of the people takes under the decision, as decided; people without a decision are absent. */
    public Map<UUID, UUID> chosenSets(UUID tenantId, UUID decisionId, Collection<UUID> people) {
        return store.chosenSets(tenantId, decisionId, people);
    }
}
