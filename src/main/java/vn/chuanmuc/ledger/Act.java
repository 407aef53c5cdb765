package vn.chuanmuc.ledger;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done and must be provable later.
 *
 * @param name {@code <module>.<what-happened>}, for example {@code commitments.signed}
 * @param subject id of the record the act is about
 * @param actor account that acted
 * @param facts what else must be known later: strings, whole numbers, booleans, lists and maps of these; no secrets
 * @param documentHash SHA-256 of the document the act is about, or null
 */
public record Act(
        UUID tenantId, String name, UUID subject, UUID actor, Map<String, ?> facts, byte @Nullable [] documentHash) {
    public Act(UUID tenantId, String name, UUID subject, UUID actor, Map<String, ?> facts) {
        this(tenantId, name, subject, actor, facts, null);
    }
}
