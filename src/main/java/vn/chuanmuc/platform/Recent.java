package vn.chuanmuc.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Answers as they were a moment ago, for what costs more to find than the page around it. What this instance changes it forgets
 * at once; what another instance changes shows when the answer's short life is over. Never ask it for authority or for evidence.
 *
 * @param <K> what is asked; equal keys have equal answers
 * @param <V> the answer, never changed afterwards
 */
public final class Recent<K, V> {
    private static final int MOST = 2_000;

    private final Map<K, Answer<V>> answers = new ConcurrentHashMap<>();
    private final long life;

    public Recent(Duration life) {
        this.life = life.toNanos();
    }

    private record Answer<V>(V value, long foundAt) {}

    public V get(K key, Supplier<V> find) {
        long now = System.nanoTime();
        Answer<V> known = answers.get(key);
        if (known != null && now - known.foundAt() < life) {
            return known.value();
        }
        if (answers.size() >= MOST) {
            answers.values().removeIf(answer -> now - answer.foundAt() >= life);
        }
        V value = find.get();
        if (answers.size() < MOST) {
            answers.put(key, new Answer<>(value, now));
        }
        return value;
    }

    /** Forgets these answers once the open transaction has committed, or now when none is open. */
    public void forget(Predicate<K> which) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            answers.keySet().removeIf(which);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                answers.keySet().removeIf(which);
            }
        });
    }
}
