package vn.chuanmuc.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives entries their places in the tree, in batches: leaves, nodes and a signed checkpoint come in one transaction, or none of
 * them. Whoever holds the body's lock does it; an entry that is committed late simply comes into a later batch.
 */
@Component
class Sequencer {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    static final UUID NOBODY = new UUID(0, 0); // the installation itself
    private static final int BATCH = 5_000;
    private static final int DONE = 0;

    private final LeafStore store;
    private final KeyHistory history;
    private final LedgerKeys keys;
    private final Ledger ledger;
    private final Border border;
    private final TransactionTemplate transaction;
    private final String name;
    private final boolean keyLost;

    Sequencer(
            LeafStore store,
            KeyHistory history,
            LedgerKeys keys,
            Ledger ledger,
            Border border,
            TransactionTemplate transaction,
            @Value("${chuanmuc.ledger.name:chuanmuc}") String name,
            @Value("${chuanmuc.ledger.key-lost:false}") boolean keyLost) {
        this.store = store;
        this.history = history;
        this.keys = keys;
        this.ledger = ledger;
        this.border = border;
        this.transaction = alone(transaction);
        this.name = name.strip().replaceAll("[\\s+]", "-");
        this.keyLost = keyLost;
    }

    /** A transaction of its own, whoever calls: its lock is held no longer than its batch. */
    static TransactionTemplate alone(TransactionTemplate transaction) {
        var alone = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()), transaction);
        alone.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        return alone;
    }

    /** Orders all that waits; returns how many leaves were added, fewer when somebody else is at it. */
    int sequence(UUID tenantId) {
        border.draw(tenantId);
        int leaves = 0;
        while (store.anyWaiting(tenantId)) {
            Integer added = transaction.execute(status -> batch(tenantId));
            if (added == null || added == DONE) {
                break;
            }
            leaves += added;
        }
        return leaves;
    }

    private int batch(UUID tenantId) {
        if (!store.hold(tenantId)) {
            return DONE;
        }
        long size = store.size(tenantId);
        List<Note.Signer> signers = signers(tenantId, size);
        if (signers.isEmpty()) {
            return DONE;
        }
        List<Leaf> leaves = store.waiting(tenantId, BATCH);
        if (leaves.isEmpty()) {
            return DONE;
        }
        MerkleTree.Frontier frontier = store.tree(tenantId).frontier(size);
        var hashes = new ArrayList<byte[]>();
        var nodes = new ArrayList<LeafStore.Node>();
        for (Leaf leaf : leaves) {
            byte[] hash = leaf.hash();
            hashes.add(hash);
            frontier.add(hash, (level, position, node) -> {
                if (level % MerkleTree.STEP == 0) {
                    nodes.add(new LeafStore.Node(level, position, node));
                }
            });
        }
        store.place(tenantId, size, leaves, hashes);
        store.keep(tenantId, nodes);
        byte[] root = frontier.root();
        String origin = signers.getLast().verifier().name();
        store.keep(
                tenantId,
                new LeafStore.Checkpoint(
                        frontier.size(),
                        size, // a checkpoint ends every batch
                        root,
                        Note.sign(Note.body(origin, frontier.size(), root), signers)));
        return leaves.size();
    }

    /** Who signs the next checkpoint; nobody while the key that signs for this body is not in this instance's folder. */
    private List<Note.Signer> signers(UUID tenantId, long size) {
        List<KeyHistory.Period> periods = history.of(tenantId);
        var newest = keys.all().getLast();
        String origin = periods.isEmpty()
                ? name + "/" + tenantId
                : periods.getLast().verifier().name();
        var present = new Note.Signer(Note.Verifier.of(origin, newest.getPublic()), newest.getPrivate());
        if (periods.isEmpty()) {
            begin(tenantId, size, present, true);
            return List.of(present);
        }
        Note.Verifier last = periods.getLast().verifier();
        if (last.text().equals(present.verifier().text())) {
            return List.of(present);
        }
        Optional<Note.Signer> before = keys.find(last);
        if (before.isEmpty() && !keyLost) {
            LOG.error(
                    "The key {} that signs for body {} is not in the data folder: nothing is sequenced",
                    last.text(),
                    tenantId);
            return List.of();
        }
        begin(tenantId, size, present, before.isEmpty());
        return before.map(signer -> List.of(signer, present)).orElseGet(() -> List.of(present));
    }

    private void begin(UUID tenantId, long size, Note.Signer signer, boolean alone) {
        ledger.append(new Act(
                tenantId,
                KeyHistory.BEGUN,
                tenantId,
                NOBODY,
                Map.of("key", signer.verifier().text(), "size", size, "alone", alone)));
    }
}
