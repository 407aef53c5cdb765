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
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
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

    /**
     * An assignment with its dates.
     *
     * @param unitName as the unit was called last while this held
     * @param share of the working time, in percent
     * @param inScope whether whoever asks looks after its unit
     */
    public record Assignment(
            UUID id,
            UUID unitId,
            String unitName,
            String positionName,
            boolean leads,
            UUID blocId,
            String blocName,
            PersonKind kind,
            boolean main,
            AssignmentMode mode,
            int share,
            int rank,
            String note,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            int version,
            boolean inScope) {
        public boolean open() {
            return validTo == null;
        }

        public boolean on(LocalDate day) {
            return !day.isBefore(validFrom) && (validTo == null || day.isBefore(validTo));
        }
    }

    /** A person with all their assignments, the open ones first. */
    public record Portrait(
            UUID id,
            String fullName,
            @Nullable LocalDate birthDate,
            @Nullable String staffCode,
            boolean sample,
            int version,
            List<Assignment> assignments) {}

    /** Somebody who is or was in the scope. */
    public Optional<Portrait> portrait(Scope scope, UUID personId) {
        return store.portrait(scope, personId);
    }

    public record Bloc(UUID id, String name) {}

    /** The blocs of the body in their order. */
    public List<Bloc> blocs(UUID tenantId) {
        return vocabulary.blocs(tenantId).stream()
                .map(bloc -> new Bloc(bloc.id(), bloc.name()))
                .toList();
    }

    /** The names of the positions of the body in their order. */
    public List<String> positions(UUID tenantId) {
        return vocabulary.positions(tenantId).stream()
                .map(Vocabulary.Position::name)
                .toList();
    }

    /** What came of a command about a person. */
    public sealed interface Saved {
        record Done(UUID personId) implements Saved {}

        /** @param field of the form; empty when it is about the whole */
        record Refused(String field, Reason why) implements Saved {}
    }

    /** What a clerk writes about one person's post. {@code position} may be new, then {@code leads} counts. */
    public record Post(
            String position,
            boolean leads,
            String bloc,
            PersonKind kind,
            @Nullable Integer rank,
            String note) {}

    /**
     * Adds one person.
     *
     * @param another said to be somebody else than the one of the same name and birth date
     */
    @Transactional
    public Saved add(
            Scope scope,
            UUID unitId,
            String name,
            @Nullable LocalDate birthDate,
            String staffCode,
            Post post,
            LocalDate from,
            boolean another) {
        if (!store.covers(scope, unitId)) {
            throw new NotFound("unit");
        }
        if (!(PersonName.parse(name) instanceof PersonName.Parsed.Read(var read))) {
            return new Saved.Refused("ho-ten", Reason.of("directory.person.refused.name"));
        }
        Optional<Saved> refused = refused(birthDate, post, scope.tenantId());
        if (refused.isPresent()) {
            return refused.get();
        }
        if (from.isAfter(LocalDate.now(clock))) {
            return new Saved.Refused("tu-ngay", Reason.of("directory.person.refused.arrives-later"));
        }
        String code = Texts.oneLine(staffCode);
        if (code.length() > 40 || code.matches("[0-9]{12}")) {
            return new Saved.Refused("so-hieu", Reason.of("directory.person.refused.code"));
        }
        if (!code.isEmpty() && store.codeTaken(scope.tenantId(), code)) {
            return new Saved.Refused("so-hieu", Reason.of("directory.person.refused.code-taken", code));
        }
        if (!another) {
            Optional<String> twin = store.twin(scope.tenantId(), read.foldedKey(), birthDate, unitId);
            if (twin.isPresent()) {
                return new Saved.Refused("", Reason.of("directory.person.refused.twin", read.display(), twin.get()));
            }
        }
        Vocabulary.Position position = vocabulary.position(scope.tenantId(), post.position(), post.leads(), null);
        UUID id = Ids.next();
        store.insert(
                scope.tenantId(),
                List.of(new PeopleStore.NewRow(
                        id,
                        read,
                        birthDate,
                        code.isEmpty() ? null : code,
                        false,
                        assignment(scope.tenantId(), unitId, position, post, true, from))),
                clock.instant());
        record(scope, "directory.person-added", id, Map.of("unit", unitId.toString(), "name", read.display()));
        return new Saved.Done(id);
    }

    /** Puts a name or birth date right. Refused when somebody else changed the person since {@code version}. */
    @Transactional
    public Saved correct(
            Scope scope, UUID personId, int version, String name, @Nullable LocalDate birthDate, String reason) {
        Portrait before = managed(scope, personId);
        if (!(PersonName.parse(name) instanceof PersonName.Parsed.Read(var read))) {
            return new Saved.Refused("ho-ten", Reason.of("directory.person.refused.name"));
        }
        if (birthDate != null && birthDate.isAfter(LocalDate.now(clock))) {
            return new Saved.Refused("ngay-sinh", Reason.of("directory.person.refused.birth-future"));
        }
        if (!told(reason)) {
            return new Saved.Refused("ly-do", Reason.of("directory.person.refused.reason"));
        }
        if (!store.correct(scope.tenantId(), personId, version, read, birthDate)) {
            return new Saved.Refused("", Reason.of("directory.person.refused.changed"));
        }
        record(
                scope,
                "directory.person-corrected",
                personId,
                Map.of(
                        "nameBefore",
                        before.fullName(),
                        "name",
                        read.display(),
                        "birthBefore",
                        String.valueOf(before.birthDate()),
                        "birth",
                        String.valueOf(birthDate),
                        "reason",
                        reason.strip()));
        return new Saved.Done(personId);
    }

    private Portrait managed(Scope scope, UUID personId) {
        return store.portrait(scope, personId)
                .filter(person -> person.assignments().stream().noneMatch(Assignment::open)
                        || person.assignments().stream().anyMatch(held -> held.open() && held.inScope()))
                .orElseThrow(() -> new NotFound("person"));
    }

    /** What is wrong with what a clerk wrote about a post. */
    Optional<Saved> refused(@Nullable LocalDate birthDate, Post post, UUID tenantId) {
        if (birthDate != null && birthDate.isAfter(LocalDate.now(clock))) {
            return Optional.of(new Saved.Refused("ngay-sinh", Reason.of("directory.person.refused.birth-future")));
        }
        if (post.position().isBlank() || post.position().length() > 200) {
            return Optional.of(new Saved.Refused("chuc-vu", Reason.of("directory.person.refused.position")));
        }
        if (post.bloc().isBlank() || post.bloc().length() > 200) {
            return Optional.of(new Saved.Refused("khoi", Reason.of("directory.person.refused.bloc")));
        }
        Map<String, Vocabulary.Bloc> blocs = vocabulary.blocsByKey(tenantId);
        if (!blocs.isEmpty() && !blocs.containsKey(UnitNames.matchKey(post.bloc()))) {
            return Optional.of(new Saved.Refused("khoi", Reason.of("directory.person.refused.bloc")));
        }
        if (post.note().length() > 500) {
            return Optional.of(new Saved.Refused("ghi-chu", Reason.of("directory.person.refused.note")));
        }
        return Optional.empty();
    }

    private PeopleStore.NewAssignment assignment(
            UUID tenantId, UUID unitId, Vocabulary.Position position, Post post, boolean main, LocalDate from) {
        return new PeopleStore.NewAssignment(
                Ids.next(),
                unitId,
                position.id(),
                vocabulary.bloc(tenantId, post.bloc()).id(),
                post.kind().code(),
                main,
                post.rank() == null ? position.rank() : post.rank(),
                Texts.oneLine(post.note()),
                from);
    }

    static boolean told(String reason) {
        return !reason.isBlank() && reason.length() <= 500;
    }

    private void record(Scope scope, String act, UUID subject, Map<String, ?> facts) {
        ledger.append(new Act(scope.tenantId(), act, subject, scope.actor(), facts));
    }
}
