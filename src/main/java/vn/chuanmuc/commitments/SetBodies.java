package vn.chuanmuc.commitments;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.documents.Contents;

/** The second part of every document of those who take a set: its words, stored once. */
@Component
class SetBodies {
    static final String TEXT = "text/plain; charset=utf-8";

    private final Criteria criteria;
    private final Contents contents;
    private final TransactionTemplate transaction;
    private final Map<Key, Body> bodies = new ConcurrentHashMap<>(); // published words never change

    SetBodies(Criteria criteria, Contents contents, TransactionTemplate transaction) {
        this.criteria = criteria;
        this.contents = contents;
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
        byte[] hash = Objects.requireNonNull(alone.execute(status -> contents.store(tenantId, TEXT, bytes)));
        var body = new Body(bytes, hash);
        bodies.put(key, body);
        return body;
    }
}
