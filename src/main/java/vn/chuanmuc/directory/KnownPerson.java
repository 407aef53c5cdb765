package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who is stored, as an import compares them; {@code open} are the assignments that have no end. */
record KnownPerson(
        UUID id,
        String fullName,
        String foldedKey,
        @Nullable LocalDate birthDate,
        @Nullable String staffCode,
        int version,
        List<OpenAssignment> open) {

    record OpenAssignment(
            UUID id,
            UUID unitId,
            UUID positionId,
            UUID blocId,
            String kind,
            boolean main,
            int rank,
            String note,
            LocalDate validFrom,
            int version) {}

    Optional<OpenAssignment> in(UUID unitId) {
        return open.stream().filter(held -> held.unitId().equals(unitId)).findFirst();
    }
}
