package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.ImportRules.Decision;
import vn.chuanmuc.directory.ImportRules.Place;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleStore.Assigned;
import vn.chuanmuc.directory.PeopleStore.NewAssignment;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.PersonName;

/** Writes the good rows of an import in the open transaction, deciding about each anew: nothing is taken from the preview. */
@Component
class ImportWriting {
    private final ImportStore imports;
    private final ImportReading reading;
    private final PeopleStore people;
    private final Vocabulary vocabulary;
    private final Clock clock;

    ImportWriting(ImportStore imports, ImportReading reading, PeopleStore people, Vocabulary vocabulary, Clock clock) {
        this.imports = imports;
        this.reading = reading;
        this.people = people;
        this.vocabulary = vocabulary;
        this.clock = clock;
    }

    record Counts(int added, int changed, int unchanged) {}

    /** A row that was good in the preview no longer is: what is stored has changed since. */
    static final class NotAsPreviewed extends RuntimeException {}

    Counts write(Import of, Set<String> leading, IntConsumer progress) {
        var words = new Words(of.tenantId(), leading);
        var rules = new ImportRules(reading.settings(of, of.newBlocs()));
        int added = 0;
        int changed = 0;
        int unchanged = 0;
        int after = 0;
        List<StagedRow> chunk;
        do {
            chunk = imports.readableAfter(of.tenantId(), of.id(), after, Bulk.CHUNK);
            if (chunk.isEmpty()) {
                break;
            }
            after = chunk.getLast().number();
            var candidates = reading.new Candidates(of.tenantId(), chunk);
            var writes = new Writes(of, words);
            for (StagedRow row : chunk) {
                if (row.outcome() == StagedRow.Outcome.BAD) {
                    continue; // what was shown as left out stays out, even if it could be taken by now
                }
                Decision decision = rules.decide(row, candidates.of(row));
                switch (decision) {
                    case Decision.Bad _ -> throw new NotAsPreviewed();
                    case Decision.Same _ -> unchanged++;
                    case Decision.Add add -> {
                        writes.add(row, add);
                        added++;
                    }
                    case Decision.Join join -> {
                        writes.join(row, join);
                        changed++;
                    }
                    case Decision.Amend amend -> {
                        writes.amend(row, amend);
                        changed++;
                    }
                }
            }
            writes.send();
            progress.accept(added + changed + unchanged);
        } while (chunk.size() == Bulk.CHUNK);
        return new Counts(added, changed, unchanged);
    }

    /** Blocs and positions by name, made when they are met the first time. */
    private final class Words {
        private final UUID tenantId;
        private final Set<String> leading;
        private final Map<String, UUID> blocs = new HashMap<>();
        private final Map<String, Vocabulary.Position> positions = new HashMap<>();

        Words(UUID tenantId, Set<String> leading) {
            this.tenantId = tenantId;
            this.leading = leading;
        }

        UUID bloc(String name) {
            return blocs.computeIfAbsent(
                    name, any -> vocabulary.bloc(tenantId, name).id());
        }

        Vocabulary.Position position(String name) {
            return positions.computeIfAbsent(
                    name, any -> vocabulary.position(tenantId, name, leading.contains(UnitNames.matchKey(name)), null));
        }
    }

    /** What one chunk writes. */
    private final class Writes {
        private final Import of;
        private final Words words;
        private final List<PeopleStore.NewRow> newPeople = new ArrayList<>();
        private final List<Assigned> assigned = new ArrayList<>();
        private final List<PeopleStore.Corrected> corrected = new ArrayList<>();
        private final List<Assigned> amended = new ArrayList<>();
        private final List<PeopleStore.Ended> ended = new ArrayList<>();

        Writes(Import of, Words words) {
            this.of = of;
            this.words = words;
        }

        void add(StagedRow row, Decision.Add add) {
            if (add.first()) {
                UUID id = Ids.next();
                add.person().id = id;
                newPeople.add(new PeopleStore.NewRow(
                        id,
                        PersonName.of(row.name()),
                        row.birthDate(),
                        row.staffCode(),
                        false,
                        assignment(add.place(), true, of.validFrom())));
            } else {
                assigned.add(new Assigned(
                        Objects.requireNonNull(add.person().id), assignment(add.place(), false, of.validFrom())));
            }
        }

        void join(StagedRow row, Decision.Join join) {
            correct(row, join.person(), join.changes());
            assigned.add(new Assigned(join.person().id(), assignment(join.place(), join.main(), of.validFrom())));
        }

        void amend(StagedRow row, Decision.Amend amend) {
            correct(row, amend.person(), amend.changes());
            KnownPerson.OpenAssignment held = amend.held();
            boolean otherPost = amend.changes().stream()
                    .map(StagedRow.Change::field)
                    .anyMatch(field -> field.equals("position") || field.equals("bloc") || field.equals("kind"));
            if (otherPost && held.validFrom().isBefore(of.validFrom())) {
                ended.add(new PeopleStore.Ended(held.id(), of.validFrom()));
                assigned.add(new Assigned(amend.person().id(), assignment(amend.place(), held.main(), of.validFrom())));
            } else {
                NewAssignment now = assignment(amend.place(), held.main(), held.validFrom());
                amended.add(new Assigned(
                        amend.person().id(),
                        new NewAssignment(
                                held.id(),
                                now.unitId(),
                                now.positionId(),
                                now.blocId(),
                                now.kind(),
                                now.main(),
                                now.rank(),
                                now.note(),
                                now.validFrom())));
            }
        }

        private void correct(StagedRow row, KnownPerson person, List<StagedRow.Change> changes) {
            boolean name = changes.stream().anyMatch(change -> change.field().equals("name"));
            boolean birth = changes.stream().anyMatch(change -> change.field().equals("birth"));
            boolean code = changes.stream().anyMatch(change -> change.field().equals("code"));
            if (name || birth || code) {
                corrected.add(new PeopleStore.Corrected(
                        person.id(),
                        PersonName.of(name ? row.name() : person.fullName()),
                        birth ? row.birthDate() : person.birthDate(),
                        code ? row.staffCode() : person.staffCode()));
            }
        }

        private NewAssignment assignment(Place place, boolean main, LocalDate from) {
            Vocabulary.Position position = words.position(place.position());
            return new NewAssignment(
                    Ids.next(),
                    place.unitId(),
                    position.id(),
                    words.bloc(place.bloc()),
                    place.kind().code(),
                    main,
                    place.order() == null ? position.rank() : place.order(),
                    place.note(),
                    from);
        }

        void send() {
            people.insert(of.tenantId(), newPeople, clock.instant());
            people.correct(of.tenantId(), corrected);
            people.end(of.tenantId(), ended);
            people.amend(of.tenantId(), amended);
            people.insertAssignments(of.tenantId(), assigned);
        }
    }
}
