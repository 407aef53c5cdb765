package vn.chuanmuc.ledger;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * What a module can compute once more from its raw records: the hash of a roster, the totals of a list, the way of a state. Each
 * module that has some brings one of these as a component; the nightly re-check asks all.
 */
public interface Recomputation {
    /** Runs in a transaction that reads one moment; memory must not grow with the body. */
    void check(UUID tenantId, Consumer<Fault> faults);
}
