package vn.chuanmuc.ledger;

import java.util.List;
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
 * @param pieces the rows of evidence that the act wrote, as they stand when it is appended
 */
public record Act(
        UUID tenantId,
        String name,
        UUID subject,
        UUID actor,
        Map<String, ?> facts,
        byte @Nullable [] documentHash,
        List<Piece> pieces) {
    public Act(UUID tenantId, String name, UUID subject, UUID actor, Map<String, ?> facts) {
        this(tenantId, name, subject, actor, facts, null);
    }

    public Act(
            UUID tenantId,
            String name,
            UUID subject,
            UUID actor,
            Map<String, ?> facts,
            byte @Nullable [] documentHash) {
        this(tenantId, name, subject, actor, facts, documentHash, List.of());
    }

    /** The same act, with the rows of evidence it wrote. */
    public Act with(Piece... wrote) {
        return with(List.of(wrote));
    }

    public Act with(List<Piece> wrote) {
        return new Act(tenantId, name, subject, actor, facts, documentHash, wrote);
    }
}
