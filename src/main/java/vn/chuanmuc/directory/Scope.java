package vn.chuanmuc.directory;

import java.util.List;
import java.util.UUID;

/**
 * On whose behalf something is read or done, and how far they may reach: {@code units} and everything below them. Every query
 * and command that takes one stays within it.
 *
 * @param actor account that acts
 */
public record Scope(UUID tenantId, UUID actor, List<UUID> units) {
    public Scope {
        units = List.copyOf(units);
    }

    UUID[] tops() {
        return units.toArray(UUID[]::new);
    }
}
