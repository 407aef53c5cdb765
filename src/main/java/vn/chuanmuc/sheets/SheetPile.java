package vn.chuanmuc.sheets;

import java.time.Instant;
import java.util.UUID;

/**
 * Files as a clerk brought them.
 *
 * @param unitId for whose people; who may work on it
 * @param pages of its files; {@code read} of them read, {@code loose} of these with no paper
 */
public record SheetPile(
        UUID id,
        UUID unitId,
        String unitName,
        String label,
        int pages,
        int read,
        int loose,
        UUID createdBy,
        Instant createdAt) {
    public boolean allRead() {
        return read >= pages;
    }
}
