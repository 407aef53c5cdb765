package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.ImportRules.Decision;
import vn.chuanmuc.directory.ImportRules.Place;
import vn.chuanmuc.directory.ImportedPeople.Line;
import vn.chuanmuc.directory.PeopleImports.Ending;
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
    private final ImportedPeople known;
    private final Vocabulary vocabulary;
    private final Clock clock;

    ImportWriting(
            ImportStore imports,
            ImportReading reading,
            PeopleStore people,
            ImportedPeople known,
            Vocabulary vocabulary,
            Clock clock) {
        this.imports = imports;
        this.reading = reading;
        this.people = people;
        this.known = known;
        this.vocabulary = vocabulary;
        this.clock = clock;
    }

    /** @param changeHash SHA-256 of the change document */
    record Written(int added, int changed, int unchanged, int ended, byte[] changeHash) {}

    /** A row that was good in the preview no longer is, or somebody changed a person meanwhile. */
    static final class NotAsPreviewed extends RuntimeException {}

    Written write(Import of, IntConsumer progress) {
        try {
            return new Run(of, progress).write();
        } catch (DuplicateKeyException e) {
            throw new NotAsPreviewed(); // somebody has just entered the same person or staff code
        }
    }

    /** One import being written. */
    private final class Run {
        private final Import of;
        private final IntConsumer progress;
        private final Words words;
        private final ChangeDocument changes;
        /** A person in two units stands in two rows: put right once. */
        private final Set<UUID> correctedBefore = new HashSet<>();

        private final Set<UUID> spokenOf = new HashSet<>();
        private int added;
        private int changed;
        private int unchanged;

        Run(Import of, IntConsumer progress) {
            this.of = of;
            this.progress = progress;
            this.words = new Words(of.tenantId(), of.leading());
            this.changes =
                    new ChangeDocument(of, (part, lines) -> imports.insertChanges(of.tenantId(), of.id(), part, lines));
        }

        Written write() {
            var rules = new ImportRules(reading.settings(of, of.newBlocs()));
            int after = 0;
            List<StagedRow> chunk;
            do {
                chunk = imports.readableAfter(of.tenantId(), of.id(), after, Bulk.CHUNK);
                if (chunk.isEmpty()) {
                    break;
                }
                after = chunk.getLast().number();
                write(chunk, rules);
                progress.accept(added + changed + unchanged);
            } while (chunk.size() == Bulk.CHUNK);
            int ended = of.ending().choice() == Ending.Choice.KEEP ? 0 : end();
            return new Written(added, changed, unchanged, ended, changes.finish());
        }

        private void write(List<StagedRow> chunk, ImportRules rules) {
            var candidates = reading.new Candidates(of.tenantId(), chunk);
            var writes = new Writes(of, words, changes, correctedBefore);
            for (StagedRow row : chunk) {
                if (row.outcome() == StagedRow.Outcome.BAD) {
                    continue; // what was shown as left out stays out, even if it could be taken by now
                }
                switch (rules.decide(row, candidates.of(row))) {
                    case Decision.Bad _ -> throw new NotAsPreviewed();
                    case Decision.Same(var held) -> {
                        spokenOf.add(held.id());
                        unchanged++;
                    }
                    case Decision.Add add -> {
                        writes.add(row, add);
                        added++;
                    }
                    case Decision.Join join -> {
                        writes.join(row, join);
                        changed++;
                    }
                    case Decision.Amend amend -> {
                        spokenOf.add(amend.held().id());
                        writes.amend(row, amend);
                        changed++;
                    }
                }
            }
            writes.send();
        }

        /** Ends the lines of those who are gone and were chosen; lines that ended meanwhile are left alone. */
        private int end() {
            LocalDate day = Objects.requireNonNull(of.ending().day());
            int count = 0;
            UUID after = new UUID(0, 0);
            List<Line> chunk;
            do {
                chunk = known.toEnd(of, after, Bulk.CHUNK);
                if (chunk.isEmpty()) {
                    break;
                }
                after = chunk.getLast().assignmentId();
                List<Line> ending = chunk.stream()
                        .filter(line -> !spokenOf.contains(line.assignmentId()))
                        .toList();
                if (ending.stream().anyMatch(line -> line.validFrom().isAfter(day))) {
                    throw new NotAsPreviewed();
                }
                hold(known.end(
                        of.tenantId(),
                        ending.stream()
                                .map(line -> new ImportedPeople.Ended(
                                        line.assignmentId(), line.version(), lastOf(line, day)))
                                .toList()));
                ending.forEach(changes::ended);
                // another line is main from the day on which this one no longer is: never two on one day
                ending.stream()
                        .filter(Line::main)
                        .collect(Collectors.groupingBy(
                                line -> lastOf(line, day), Collectors.mapping(Line::personId, Collectors.toSet())))
                        .forEach((from, people) -> known.makeMain(of.tenantId(), people, from));
                count += ending.size();
                progress.accept(added + changed + unchanged + count);
            } while (chunk.size() == Bulk.CHUNK);
            return count;
        }
    }

    /** A line that began and ended on one day is one day long on paper. */
    private static LocalDate lastOf(Line line, LocalDate day) {
        return line.validFrom().equals(day) ? day.plusDays(1) : day;
    }

    private static void hold(boolean asSeen) {
        if (!asSeen) {
            throw new NotAsPreviewed();
        }
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
        private final ChangeDocument changes;
        private final Set<UUID> correctedBefore;
        private final List<PeopleStore.NewRow> newPeople = new ArrayList<>();
        private final List<Assigned> assigned = new ArrayList<>();
        private final List<ImportedPeople.Corrected> corrected = new ArrayList<>();
        private final List<ImportedPeople.Amended> amended = new ArrayList<>();
        private final List<ImportedPeople.Ended> ended = new ArrayList<>();
        private final List<ImportedPeople.GoesOn> goingOn = new ArrayList<>();

        Writes(Import of, Words words, ChangeDocument changes, Set<UUID> correctedBefore) {
            this.of = of;
            this.words = words;
            this.changes = changes;
            this.correctedBefore = correctedBefore;
        }

        void add(StagedRow row, Decision.Add add) {
            UUID id = add.person().id;
            if (add.first() || id == null) {
                id = Ids.next();
                add.person().id = id;
                newPeople.add(new PeopleStore.NewRow(
                        id,
                        PersonName.of(row.name()),
                        row.birthDate(),
                        row.staffCode(),
                        false,
                        assignment(add.place(), true, of.validFrom())));
                changes.added(row, id, add.place(), true);
            } else {
                assigned.add(new Assigned(id, assignment(add.place(), false, of.validFrom())));
                changes.added(row, id, add.place(), false);
            }
        }

        void join(StagedRow row, Decision.Join join) {
            correct(row, join.person(), join.changes());
            assigned.add(new Assigned(join.person().id(), assignment(join.place(), join.main(), of.validFrom())));
            changes.joined(row, join);
        }

        void amend(StagedRow row, Decision.Amend amend) {
            correct(row, amend.person(), amend.changes());
            KnownPerson.OpenAssignment held = amend.held();
            boolean otherPost = amend.changes().stream()
                    .map(StagedRow.Change::field)
                    .anyMatch(field -> field.equals("position") || field.equals("bloc") || field.equals("kind"));
            boolean newLine = otherPost && held.validFrom().isBefore(of.validFrom());
            if (newLine) {
                ended.add(new ImportedPeople.Ended(held.id(), held.version(), of.validFrom()));
                NewAssignment begun = assignment(amend.place(), held.main(), of.validFrom());
                assigned.add(new Assigned(amend.person().id(), begun));
                goingOn.add(new ImportedPeople.GoesOn(held.id(), begun.id()));
            } else if (amend.changes().stream().anyMatch(change -> !isPersons(change))) {
                amended.add(new ImportedPeople.Amended(
                        held.version(),
                        assignment(amend.place(), held.main(), held.validFrom()).withId(held.id())));
            }
            changes.amended(row, amend, newLine);
        }

        private static boolean isPersons(StagedRow.Change change) {
            return change.field().equals("name")
                    || change.field().equals("birth")
                    || change.field().equals("code");
        }

        private void correct(StagedRow row, KnownPerson person, List<StagedRow.Change> differences) {
            boolean name =
                    differences.stream().anyMatch(change -> change.field().equals("name"));
            boolean birth =
                    differences.stream().anyMatch(change -> change.field().equals("birth"));
            boolean code =
                    differences.stream().anyMatch(change -> change.field().equals("code"));
            if ((name || birth || code) && correctedBefore.add(person.id())) {
                corrected.add(new ImportedPeople.Corrected(
                        person.id(),
                        person.version(),
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
            hold(known.correct(of.tenantId(), corrected));
            hold(known.end(of.tenantId(), ended));
            hold(known.amend(of.tenantId(), amended));
            people.insertAssignments(of.tenantId(), assigned);
            known.goOn(of.tenantId(), goingOn);
        }
    }
}
