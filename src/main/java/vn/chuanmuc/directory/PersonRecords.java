package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/** What other modules hold about people, and what they say when two records become one. Each such module brings one. */
public interface PersonRecords {
    /**
     * Something another module holds about a person.
     *
     * @param day it is from, or null
     * @param href where to see it, or null
     * @param running a roster that is still being signed: a change of unit may have to be entered there too
     */
    record Held(
            Reason what, @Nullable LocalDate day, @Nullable String href, boolean running) {}

    /** All that is held about these ids, newest first; at most 100. */
    default List<Held> of(UUID tenantId, Collection<UUID> people) {
        return List.of();
    }

    /** Why the one record may not be given up for the other now. */
    default Optional<Reason> objection(UUID tenantId, UUID kept, UUID givenUp) {
        return Optional.empty();
    }

    /** The one record was given up for the other: in the transaction in which that happens. */
    default void merged(UUID tenantId, UUID actor, UUID kept, UUID givenUp) {}
}
