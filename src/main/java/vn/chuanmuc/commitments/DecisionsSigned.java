package vn.chuanmuc.commitments;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;

/** The decisions that commitments name: number, date and issuer of a published one never change. */
@Component
class DecisionsSigned {
    private final Criteria criteria;
    private final Map<Key, PublishedDecision> known = new ConcurrentHashMap<>();

    DecisionsSigned(Criteria criteria) {
        this.criteria = criteria;
    }

    private record Key(UUID tenantId, UUID id) {}

    PublishedDecision of(UUID tenantId, UUID decisionId) {
        return known.computeIfAbsent(
                new Key(tenantId, decisionId),
                key -> criteria.findPublished(tenantId, decisionId)
                        .orElseThrow(() -> new IllegalStateException("a campaign stands on a published decision")));
    }
}
