package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The people of units: who they are and what they are assigned to. */
@Component
public class People {
    private final PeopleStore store;

    People(PeopleStore store) {
        this.store = store;
    }

    /**
     * A person in a unit by an open assignment.
     *
     * @param sortKey given name, family name, middle names; compare as unsigned bytes
     * @param leads whether the position is one of leading or managing
     * @param kind {@code can-bo}, {@code cong-chuc}, {@code vien-chuc}, {@code nguoi-lao-dong}
     * @param main the person's main assignment, of which there should be one
     */
    public record Member(
            UUID personId,
            String fullName,
            byte[] sortKey,
            String searchKey,
            @Nullable LocalDate birthDate,
            boolean sample,
            UUID unitId,
            String unitName,
            UUID blocId,
            String blocName,
            UUID positionId,
            String positionName,
            boolean leads,
            String kind,
            int rankOrder,
            boolean main) {}

    /** Everybody in exactly these units (not below them), by unit, rank and name. For launching: unbounded by purpose. */
    public List<Member> membersOf(UUID tenantId, List<UUID> unitIds) {
        return store.membersOf(tenantId, unitIds);
    }
}
