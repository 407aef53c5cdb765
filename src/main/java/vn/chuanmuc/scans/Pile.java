package vn.chuanmuc.scans;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pile of papers as a clerk brought it.
 *
 * @param unitId whose people are expected in it
 * @param signedOn the day written on all of its papers, when it is the same on all
 * @param pages of its files; {@code read} of them read
 * @param sweptAt when its files and pictures were deleted
 */
public record Pile(
        UUID tenantId,
        UUID id,
        UUID campaignId,
        String campaignTitle,
        UUID unitId,
        String unitName,
        String label,
        @Nullable LocalDate signedOn,
        int files,
        int pages,
        int read,
        UUID createdBy,
        Instant createdAt,
        @Nullable UUID finishedBy,
        @Nullable Instant finishedAt,
        @Nullable Instant sweptAt) {

    public boolean finished() {
        return finishedAt != null;
    }

    public boolean allRead() {
        return read == pages;
    }
}
