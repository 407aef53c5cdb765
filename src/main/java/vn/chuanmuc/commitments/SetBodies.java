package vn.chuanmuc.commitments;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** The second part of every document of those who take a set: its words, stored once. */
@Component
class SetBodies {
    private static final UUID NOBODY = new UUID(0, 0); // the installation itself
    static final String TEXT = "text/plain; charset=utf-8";

    private final Criteria criteria;
    private final Contents contents;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Map<Key, Body> bodies = new ConcurrentHashMap<>(); // published words never change

    SetBodies(Criteria criteria, Contents contents, Ledger ledger, TransactionTemplate transaction) {
        this.criteria = criteria;
        this.contents = contents;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    private record Key(UUID tenantId, UUID setId) {}

    record Body(byte[] bytes, byte[] hash) {}

    /** Whether it takes no transaction of its own any more. */
    boolean known(UUID tenantId, UUID setId) {
        return bodies.containsKey(new Key(tenantId, setId));
    }

    /** Stored before anybody signs it, in a transaction of its own: a signature that fails takes nothing with it. */
    Body of(UUID tenantId, UUID setId) {
        var key = new Key(tenantId, setId);
        Body known = bodies.get(key);
        if (known != null) {
            return known;
        }
        byte[] bytes = CommitmentDocument.body(criteria.text(tenantId, setId));
        var alone = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()), transaction);
        alone.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        byte[] hash = Sha256.of(bytes);
        if (!contents.has(tenantId, hash)) {
            alone.executeWithoutResult(status -> {
                contents.store(tenantId, TEXT, bytes);
                ledger.append(new Act(tenantId, "commitments.words-kept", setId, NOBODY, Map.of(), hash)
                        .with(Piece.of("documents.content", hash)));
            });
        }
        var body = new Body(bytes, hash);
        bodies.put(key, body);
        return body;
    }
}
