package vn.chuanmuc.ledger;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What anybody can check without this server: signed tree heads, and proofs that something stands in the tree. */
@Component
public class Proofs {
    private final LeafStore store;
    private final KeyHistory history;
    private final LedgerKeys keys;

    Proofs(LeafStore store, KeyHistory history, LedgerKeys keys) {
        this.store = store;
        this.history = history;
        this.keys = keys;
    }

    /**
     * The newest signed tree head.
     *
     * @param size how many acts it stands for
     * @param note its text (c2sp.org/tlog-checkpoint)
     * @param lastAct when the last of these acts was done
     * @param stamped the size up to which an outside time stamp stands; 0 for none
     */
    public record Head(
            long size, byte[] root, String note, @Nullable Instant lastAct, long stamped) {}

    /** A key that signs checkpoints. @param from the tree sizes above this one are signed by it, until the next key begins */
    public record Key(String text, long from) {}

    @Transactional(readOnly = true)
    public Optional<Head> newest(UUID tenantId) {
        return store.newest(tenantId).map(checkpoint -> head(tenantId, checkpoint, Long.MAX_VALUE));
    }

    /** The newest that stands for nothing done at this moment or later. */
    @Transactional(readOnly = true)
    public Optional<Head> newest(UUID tenantId, Instant end) {
        return store.newest(tenantId, end).map(checkpoint -> head(tenantId, checkpoint, checkpoint.size()));
    }

    private Head head(UUID tenantId, LeafStore.Checkpoint checkpoint, long most) {
        return new Head(
                checkpoint.size(),
                checkpoint.root(),
                checkpoint.note(),
                store.lastAct(tenantId, checkpoint.size()),
                store.newestStamp(tenantId, most).map(LeafStore.Stamp::size).orElse(0L));
    }

    /** The newest last. */
    public List<Key> keys(UUID tenantId) {
        return history.of(tenantId).stream()
                .map(period -> new Key(period.verifier().text(), period.size()))
                .toList();
    }

    /**
     * A new key for all bodies of this installation: signs from each body's next checkpoint on. While the newest has signed for nobody
     * yet, that one is it.
     */
    public void rotateKeys() {
        PublicKey newest = keys.all().getLast().getPublic();
        if (history.anybodys(newest)) {
            keys.rotate();
        }
    }

    /**
     * That an act stands in the tree, as text (c2sp.org/tlog-proof): to be checked with the program {@code chuanmuc-verify.jar}
     * and any other that knows the format. Its extra data are the leaf's text, the payload and the lines of its records. Empty
     * while the act is not ordered yet, which takes seconds.
     */
    @Transactional(readOnly = true)
    public Optional<String> proof(UUID tenantId, UUID entryId) {
        Optional<Long> position = store.position(tenantId, entryId);
        Optional<LeafStore.Checkpoint> newest = store.newest(tenantId);
        if (position.isEmpty() || newest.isEmpty() || newest.get().size() <= position.get()) {
            return Optional.empty();
        }
        String extra = store.leaf(tenantId, entryId).orElseThrow().text()
                + store.payload(tenantId, entryId)
                + '\n'
                + String.join("", store.recordLines(tenantId, entryId));
        return Optional.of(text(
                extra,
                position.get(),
                store.tree(tenantId).inclusion(position.get(), newest.get().size()),
                newest.get().note()));
    }

    static String text(String extra, long position, List<byte[]> path, String note) {
        Base64.Encoder base64 = Base64.getEncoder();
        var proof = new StringBuilder("c2sp.org/tlog-proof@v1\n");
        proof.append("extra ")
                .append(base64.encodeToString(extra.getBytes(StandardCharsets.UTF_8)))
                .append('\n');
        proof.append("index ").append(position).append('\n');
        path.forEach(hash -> proof.append(base64.encodeToString(hash)).append('\n'));
        return proof.append('\n').append(note).toString();
    }

    /** That the tree of {@code older} acts is the beginning of the one of {@code newer} (RFC 9162, 2.1.4): hashes in order. */
    @Transactional(readOnly = true)
    public List<byte[]> consistency(UUID tenantId, long older, long newer) {
        return store.tree(tenantId).consistency(older, newer);
    }
}
