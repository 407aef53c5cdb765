package vn.chuanmuc.ledger;

import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Orders all that waits. The product's own chore does so too, and only one of them at a time. */
final class Sequenced {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Sequenced() {}

    static void all(Sequencer sequencer, LeafStore store, UUID tenant) {
        long start = System.nanoTime();
        do {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("acts still wait for their places");
            }
            sequencer.sequence(tenant);
        } while (store.anyWaiting(tenant));
    }
}
