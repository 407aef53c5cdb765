package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** The people of units: who they are and what they are assigned to. */
@Component
public class People {
    private final PeopleStore store;

    private final Vocabulary vocabulary;
    private final Ledger ledger;
    private final Clock clock;

    People(PeopleStore store, Vocabulary vocabulary, Ledger ledger, Clock clock) {
        this.store = store;
        this.vocabulary = vocabulary;
        this.ledger = ledger;
        this.clock = clock;
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

    /**
     * Adds many people at once, without looking whether they are there already: for samples and measuring. Blocs and positions
     * that are missing are made. Returns the people's ids in order.
     */
    @Transactional
    public List<UUID> addAll(UUID tenantId, UUID actor, List<NewPerson> people) {
        Map<String, UUID> blocs = new HashMap<>();
        Map<String, UUID> positions = new HashMap<>();
        var ids = new ArrayList<UUID>(people.size());
        var rows = new ArrayList<PeopleStore.NewRow>(Math.min(people.size(), Bulk.CHUNK));
        LocalDate today = LocalDate.now(clock);
        for (NewPerson person : people) {
            UUID bloc = blocs.computeIfAbsent(
                    person.bloc(), name -> vocabulary.bloc(tenantId, name).id());
            UUID position = positions.computeIfAbsent(
                    person.position(),
                    name -> vocabulary
                            .position(tenantId, name, person.leads(), person.rank())
                            .id());
            var row = new PeopleStore.NewRow(
                    Ids.next(),
                    person.name(),
                    person.birthDate(),
                    null,
                    person.sample(),
                    new PeopleStore.NewAssignment(
                            Ids.next(),
                            person.unitId(),
                            position,
                            bloc,
                            person.kind().code(),
                            true,
                            person.rank(),
                            "",
                            today));
            ids.add(row.id());
            rows.add(row);
            if (rows.size() == Bulk.CHUNK) {
                store.insert(tenantId, rows, clock.instant());
                rows.clear();
            }
        }
        store.insert(tenantId, rows, clock.instant());
        if (!people.isEmpty()) {
            ledger.append(new Act(tenantId, "directory.people-added", tenantId, actor, Map.of("count", people.size())));
        }
        return ids;
    }

    /** A person by themselves. */
    public record Person(UUID id, String fullName, @Nullable LocalDate birthDate, boolean sample) {}

    public Optional<Person> find(UUID tenantId, UUID personId) {
        return store.find(tenantId, personId);
    }

    /** The full names of people, for pages that hold their ids only. Unknown ids are left out. */
    public Map<UUID, String> names(UUID tenantId, Collection<UUID> people) {
        return store.names(tenantId, people);
    }
}
