package vn.chuanmuc.assessments;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.assessments.RollupStore.Ground;
import vn.chuanmuc.assessments.RollupStore.Waiting;

/**
 * Figures of whole units at every level of the tree, kept for pages that never read forms (ADR 0018). Whoever changes a form says
 * so here in the same transaction; a chore makes the figures follow. A rating counts from the day its subject was told.
 */
@Component
public class Rollups {
    /** Units at a time: more of them share the work on what is above them. */
    private static final int TOGETHER = 100;
    /** From so many units on making everything anew costs less. */
    private static final int WHOLE = 3_000;

    private final RollupStore store;
    private final TransactionTemplate transaction;

    Rollups(RollupStore store, TransactionTemplate transaction) {
        this.store = store;
        this.transaction = transaction;
    }

    /** A form of the unit was handed in, opened again, decided, told, called off: in the transaction of that change. */
    public void changed(UUID tenantId, UUID cycleId, UUID unitId) {
        store.queue(tenantId, cycleId, unitId);
    }

    /** Many forms of a cycle changed, or all of them came to be. */
    public void changed(UUID tenantId, UUID cycleId) {
        store.queue(tenantId, cycleId, null);
    }

    /** Forms of somebody came to be. */
    void changed(UUID tenantId, Cycle cycle, UUID personId) {
        store.queuePerson(tenantId, cycle.id(), cycle.period().code(), personId);
    }

    /** Makes all figures follow that wait for it now. @return how many units or whole cycles that were */
    public int follow() {
        int made = 0;
        for (Waiting waiting : store.waiting()) {
            made += waiting.whole() || waiting.units() > WHOLE
                    ? all(waiting.tenantId(), waiting.cycleId())
                    : some(waiting);
        }
        return made;
    }

    /** Whether something waits. */
    public boolean waits() {
        return !store.waiting().isEmpty();
    }

    private int some(Waiting waiting) {
        int made = 0;
        int last;
        do {
            last = Optional.ofNullable(transaction.execute(status -> batch(waiting)))
                    .orElse(0);
            made += last;
        } while (last == TOGETHER);
        return made;
    }

    private int batch(Waiting waiting) {
        store.lock(waiting.cycleId());
        Optional<Ground> ground = store.ground(waiting.tenantId(), waiting.cycleId());
        if (ground.isEmpty()) {
            store.take(waiting.tenantId(), waiting.cycleId());
            return 0;
        }
        // First out of the queue, then read: what is committed in between is queued again and seen twice, never missed.
        List<UUID> units = store.take(waiting.tenantId(), waiting.cycleId(), TOGETHER);
        if (!units.isEmpty()) {
            refresh(ground.get(), units);
        }
        return units.size();
    }

    /** What changed in the units' own forms is added to them and to all that is above them. */
    private void refresh(Ground ground, Collection<UUID> units) {
        if (!store.knows(ground, units)) {
            store.grow(ground, units);
        }
        var children = store.children(ground, units);
        var wanted = new HashSet<>(units);
        wanted.addAll(children.keySet());
        RollupSums kept = store.kept(ground, wanted);
        var change = store.own(ground, units);
        var taken = new HashSet<>(units);
        change.add(kept.moved(unit -> unit != null && taken.contains(unit) ? unit : null), -1);
        change.add(kept.moved(children::get), 1);
        store.add(ground, change.withoutZeros().upwards(store.parents(ground, units)::get));
    }

    /** Makes the figures of a whole cycle anew. */
    private int all(UUID tenantId, UUID cycleId) {
        transaction.executeWithoutResult(status -> {
            store.lock(cycleId);
            if (!store.take(tenantId, cycleId)) {
                return; // somebody else did it
            }
            store.ground(tenantId, cycleId).ifPresent(ground -> {
                store.grow(ground, null);
                store.replace(ground, store.own(ground, null).upwards(store.parents(ground, null)::get));
            });
        });
        store.analyze();
        return 1;
    }
}
