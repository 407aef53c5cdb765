package vn.chuanmuc.ledger;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The day on which a body's acts began to name the rows they write. What was there before is taken up once, as it stood that
 * day: from then on it cannot change unnoticed either, but nothing is said about the time before.
 */
@Component
class Border {
    static final String DRAWN = "ledger.border-drawn";
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

    boolean isDrawn(UUID tenantId) {
        return !store.payloads(tenantId, DRAWN).isEmpty();
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
                if (isDrawn(tenantId)) {
                    drawn.add(tenantId);
                    return false;
                }
                for (String kind : texts.kinds().keySet()) {
                    if (ledger.takeUp(tenantId, Sequencer.NOBODY, kind, AT_ONCE) > 0) {
                        return true;
                    }
                }
                ledger.append(new Act(tenantId, DRAWN, tenantId, Sequencer.NOBODY, Map.of()));
                return true;
            });
        }
    }
}
