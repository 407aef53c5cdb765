package vn.chuanmuc.directory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Trees of units as they were a moment ago, for choices on pages: walking the tree costs more than the page around it. What this
 * instance changes shows at once, what another changes within ten seconds. Never asked for authority.
 */
final class RecentTrees {
    private static final long LIFE = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 1_000;

    private final Map<Key, Tree> trees = new ConcurrentHashMap<>();

    private record Key(UUID tenantId, List<UUID> tops) {}

    private record Tree(List<Units.Unit> units, long readAt) {}

    List<Units.Unit> get(UUID tenantId, List<UUID> tops, Supplier<List<Units.Unit>> read) {
        var key = new Key(tenantId, tops);
        long now = System.nanoTime();
        Tree known = trees.get(key);
        if (known != null && now - known.readAt() < LIFE) {
            return known.units();
        }
        if (trees.size() >= MOST) {
            trees.values().removeIf(tree -> now - tree.readAt() >= LIFE);
        }
        List<Units.Unit> units = read.get();
        if (trees.size() < MOST) {
            trees.put(key, new Tree(units, now));
        }
        return units;
    }

    /** Forgets the tenant's trees once the open transaction has committed. */
    void forget(UUID tenantId) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                trees.keySet().removeIf(key -> key.tenantId().equals(tenantId));
            }
        });
    }
}
