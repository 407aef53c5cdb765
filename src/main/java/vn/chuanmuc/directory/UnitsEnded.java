package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import vn.chuanmuc.kernel.Reason;

/** What other modules hold on units, and what they do in the transaction that ends units. */
public interface UnitsEnded {
    /** Something that ends together with a unit. */
    record Ending(UUID unitId, UUID id, String name, Reason what) {}

    /** What will end with these units; at most 500. */
    List<Ending> endingWith(UUID tenantId, Collection<UUID> units);

    /**
     * The units end on the day. Runs in the open transaction.
     *
     * @param reorganisation that ends them
     * @param actor who approved it
     */
    void ended(UUID tenantId, Collection<UUID> units, LocalDate day, UUID reorganisation, UUID actor);
}
