package vn.chuanmuc.campaigns;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Tells how far signing is; the module that keeps the signatures knows. */
public interface SigningProgress {
    /** @param expected people on the roster who have not left; {@code 0 <= signed <= expected} */
    record Signed(long signed, long expected) {}

    /** For each campaign, counting only people in the units or below them; campaigns without such people are absent. */
    Map<UUID, Signed> progress(UUID tenantId, Collection<UUID> campaigns, UUID[] units);

    /** The same at the end of a day in the past. */
    Map<UUID, Signed> progress(UUID tenantId, Collection<UUID> campaigns, UUID[] units, LocalDate day);
}
