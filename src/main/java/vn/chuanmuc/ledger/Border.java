package vn.chuanmuc.ledger;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The day on which a body's acts began to name the rows they write. What was there before is taken up once, as it stood that
 * day: from then on it cannot change unnoticed either, but nothing is said about the time before. A kind of evidence that a later
 * version of the product brings has its own such day.
 */
@Component
class Border {
    /** Says for which kinds; without them it is of the version that knew no kind that came later. */
    static final String DRAWN = "ledger.border-drawn";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int AT_ONCE = 50_000;

    private final LeafStore store;
    private final EvidenceText texts;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Set<UUID> drawn = ConcurrentHashMap.newKeySet();

    Border(LeafStore store, EvidenceText texts, Ledger ledger, TransactionTemplate transaction) {
        this.store = store;
        this.texts = texts;
        this.ledger = ledger;
        this.transaction = Sequencer.alone(transaction);
    }

    /** The kinds whose rows are all named. */
    Set<String> drawnFor(UUID tenantId) {
        var kinds = new TreeSet<String>();
        for (String payload : store.payloads(tenantId, DRAWN)) {
            JsonNode named = JSON.readTree(payload).path("kinds");
            if (named.isMissingNode()) {
                texts.kinds().values().stream().filter(kind -> !kind.later()).forEach(kind -> kinds.add(kind.name()));
            } else {
                named.forEach(kind -> kinds.add(kind.asString("")));
            }
        }
        return kinds;
    }

    /** Goes on where it was left; one at a time for a body. */
    void draw(UUID tenantId) {
        if (drawn.contains(tenantId)) {
            return;
        }
        Boolean more = true;
        while (Boolean.TRUE.equals(more)) {
            more = transaction.execute(status -> {
                if (!store.hold(tenantId)) {
                    return false;
                }
                Set<String> known = drawnFor(tenantId);
                List<String> open = texts.kinds().keySet().stream()
                        .filter(kind -> !known.contains(kind))
                        .toList();
                if (open.isEmpty()) {
                    drawn.add(tenantId);
                    return false;
                }
                for (String kind : open) {
                    if (ledger.takeUp(tenantId, Sequencer.NOBODY, kind, AT_ONCE) > 0) {
                        return true;
                    }
                }
                ledger.append(new Act(tenantId, DRAWN, tenantId, Sequencer.NOBODY, Map.of("kinds", open)));
                return true;
            });
        }
    }
}
