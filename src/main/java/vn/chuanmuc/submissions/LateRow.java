package vn.chuanmuc.submissions;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.commitments.Standing;

/**
 * A person who signed, declined, joined or left after a version was compiled that was then accepted as it stands.
 *
 * @param standing how they stood when it was accepted; null for whoever was removed from the roster
 * @param signedAt null for everybody who has not signed
 */
public record LateRow(
        UUID personId,
        ListChange.Kind kind,
        String fullName,
        @Nullable Standing standing,
        @Nullable Instant signedAt) {}
