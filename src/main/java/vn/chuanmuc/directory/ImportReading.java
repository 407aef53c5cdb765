package vn.chuanmuc.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.ImportRules.Decision;
import vn.chuanmuc.directory.PeopleImports.ColumnReport;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleImports.LineReport;
import vn.chuanmuc.directory.PeopleImports.NewPosition;
import vn.chuanmuc.directory.PeopleImports.Origin;
import vn.chuanmuc.directory.PeopleImports.Report;
import vn.chuanmuc.directory.StagedRow.Change;
import vn.chuanmuc.directory.StagedRow.Outcome;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;

/** Reads what was sent into staged rows and settles each against what is stored, a chunk at a time. */
@Component
class ImportReading {
    private static final int MOST_NEW_WORDS = 2_000;

    private final ImportStore store;
    private final Vocabulary vocabulary;
    private final Clock clock;

    ImportReading(ImportStore store, Vocabulary vocabulary, Clock clock) {
        this.store = store;
        this.vocabulary = vocabulary;
        this.clock = clock;
    }

    /** What a chunk came to. */
    sealed interface Read {
        /** @param row the last that is staged */
        record More(int row) implements Read {}

        record End() implements Read {}

        record Refused(Reason why) implements Read {}
    }

    /** Opens the bytes that were sent and goes on behind the rows that are staged. The file goes when the reading is closed. */
    Reading open(Import made) {
        Path copy;
        try {
            copy = Files.createTempFile("nhap", made.origin() == Origin.SHEET ? ".xlsx" : ".ndjson");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            store.copyFile(made.tenantId(), made.id(), copy);
            return new Reading(made, source(made, copy), copy);
        } catch (RuntimeException e) {
            delete(copy);
            throw e;
        }
    }

    /** Opens a file that is here; it stays when the reading is closed. */
    Reading open(Import made, Path file) {
        return new Reading(made, source(made, file), null);
    }

    Reading open(Import made, ImportSource source) {
        return new Reading(made, source, null);
    }

    private ImportSource source(Import made, Path file) {
        LocalDate today = LocalDate.now(clock);
        return made.origin() == Origin.SHEET
                ? new SheetSource(file, today)
                : new DataSource(new PeopleLines(file), today, codes -> store.namesByCode(made.tenantId(), codes));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An import that is being read. It remembers what earlier rows were, so it goes through them once, in one thread. */
    final class Reading implements AutoCloseable {
        private final Import made;
        private final ImportSource source;
        private final @Nullable Path copy;
        private final ImportRules.Settings settings;
        private final ImportRules rules;
        private int people;

        private Reading(Import made, ImportSource source, @Nullable Path copy) {
            this.made = made;
            this.source = source;
            this.copy = copy;
            this.settings = settings(made, made.newBlocs());
            this.rules = new ImportRules(settings);
            if (made.readTo() > 0) {
                store.earlier(made.tenantId(), made.id(), this::remember);
            }
        }

        private void remember(ImportStore.Earlier row) {
            if (row.assignmentId() != null) {
                rules.remember(row.assignmentId(), row.row());
            } else if (row.outcome() == Outcome.ADD && row.birthDate() != null) {
                rules.remember(new ImportRules.NewIdentity(row.foldedKey(), row.birthDate(), row.staffCode()));
            }
        }

        /** How many rows were read, those of an earlier attempt too. */
        int people() {
            return people;
        }

        /** Reads, settles and stages the next rows in the open transaction. */
        Read next() {
            List<StagedRow> chunk;
            do {
                chunk = source.next(Bulk.CHUNK);
                people += chunk.size();
            } while (!chunk.isEmpty() && chunk.getLast().number() <= made.readTo());
            Optional<Reason> refused = source.refused();
            if (refused.isPresent()) {
                return new Read.Refused(refused.get());
            }
            List<StagedRow> fresh =
                    chunk.stream().filter(row -> row.number() > made.readTo()).toList();
            store.insertRows(made.tenantId(), made.id(), settle(made.tenantId(), rules, fresh));
            if (source.more()) {
                return new Read.More(fresh.getLast().number());
            }
            finish();
            return new Read.End();
        }

        private void finish() {
            store.findGone(made.tenantId(), made.id());
            summarise(made, settings, source.columns(), source.headings(), source.lines(), source.linesInAll());
            store.deleteFile(made.tenantId(), made.id());
        }

        @Override
        public void close() {
            source.close();
            if (copy != null) {
                delete(copy);
            }
        }
    }

    /** Settles all readable rows once more against what is stored now. */
    void settleAgain(Import known, boolean newBlocs) {
        ImportRules.Settings settings = settings(known, newBlocs);
        var rules = new ImportRules(settings);
        int after = 0;
        List<StagedRow> chunk;
        do {
            chunk = store.readableAfter(known.tenantId(), known.id(), after, Bulk.CHUNK);
            if (!chunk.isEmpty()) {
                after = chunk.getLast().number();
                store.updateOutcomes(known.tenantId(), known.id(), settle(known.tenantId(), rules, chunk));
            }
        } while (chunk.size() == Bulk.CHUNK);
        store.findGone(known.tenantId(), known.id());
        Report before = known.report();
        summarise(known, settings, before.columns(), before.returned(), before.lines(), before.linesInAll());
    }

    private List<StagedRow> settle(UUID tenantId, ImportRules rules, List<StagedRow> rows) {
        List<StagedRow> readable = rows.stream().filter(StagedRow::readable).toList();
        var candidates = new Candidates(tenantId, readable);
        return rows.stream()
                .map(row -> row.readable() ? settled(row, rules.decide(row, candidates.of(row))) : row)
                .toList();
    }

    private static StagedRow settled(StagedRow row, Decision decision) {
        var problems = new ArrayList<>(
                row.problems().stream().filter(problem -> !problem.settled()).toList());
        List<Change> changes = List.of();
        UUID unit = null;
        UUID assignment = null;
        switch (decision) {
            case Decision.Bad(var why) -> problems.addFirst(why);
            case Decision.Same(var held) -> {
                unit = held.unitId();
                assignment = held.id();
            }
            case Decision.Add add -> unit = add.place().unitId();
            case Decision.Join join -> {
                changes = join.changes();
                unit = join.place().unitId();
            }
            case Decision.Amend amend -> {
                changes = amend.changes();
                unit = amend.held().unitId();
                assignment = amend.held().id();
            }
        }
        return row.with(ImportRules.outcome(decision), changes, problems, unit, assignment);
    }

    private void summarise(
            Import of,
            ImportRules.Settings settings,
            List<ColumnReport> columns,
            List<String> returned,
            List<LineReport> lines,
            int linesInAll) {
        Map<String, NewPosition> newPositions = new LinkedHashMap<>();
        store.words(of.tenantId(), of.id(), false).forEach((word, people) -> {
            String key = UnitNames.matchKey(word);
            if (!settings.positions().containsKey(key)
                    && (newPositions.containsKey(key) || newPositions.size() < MOST_NEW_WORDS)) {
                newPositions.merge(
                        key,
                        new NewPosition(key, word, LeadingWords.suggest(word), people),
                        (known, more) ->
                                new NewPosition(key, known.name(), known.leads(), known.people() + more.people()));
            }
        });
        Map<String, String> newBlocs = new LinkedHashMap<>();
        var blocs = new ArrayList<String>();
        if (!of.defaultBloc().isEmpty()) {
            blocs.add(of.defaultBloc());
        }
        blocs.addAll(store.words(of.tenantId(), of.id(), true).keySet());
        for (String bloc : blocs) {
            String key = UnitNames.matchKey(bloc);
            if (!settings.blocs().containsKey(key) && newBlocs.size() < MOST_NEW_WORDS) {
                newBlocs.putIfAbsent(key, bloc);
            }
        }
        store.summarise(
                of.tenantId(),
                of.id(),
                new Report(
                        columns,
                        returned,
                        List.copyOf(lines),
                        linesInAll,
                        List.copyOf(newPositions.values()),
                        List.copyOf(newBlocs.values()),
                        store.anyProblem(of.tenantId(), of.id(), ImportRules.BLOC_UNKNOWN)),
                settings.newBlocs());
    }

    ImportRules.Settings settings(Import of, boolean newBlocs) {
        Map<String, List<UUID>> byKey = new HashMap<>();
        Map<String, UUID> byCode = new HashMap<>();
        Map<UUID, String> names = new HashMap<>();
        for (ImportStore.KnownUnit unit : store.units(of.tenantId(), of.unitId())) {
            byKey.computeIfAbsent(UnitNames.matchKey(unit.name()), key -> new ArrayList<>())
                    .add(unit.id());
            byCode.put(unit.code().toLowerCase(Locale.ROOT), unit.id());
            names.put(unit.id(), unit.name());
        }
        return new ImportRules.Settings(
                of.unitId(),
                byKey,
                byCode,
                of.origin() == Origin.DATA,
                names,
                vocabulary.blocsByKey(of.tenantId()),
                vocabulary.positionsByKey(of.tenantId()),
                of.defaultBloc(),
                of.defaultKind(),
                newBlocs);
    }

    /** Those of the store who may be in these rows, by folded name and by staff code. */
    final class Candidates {
        private final Map<String, List<KnownPerson>> byName = new HashMap<>();
        private final Map<String, KnownPerson> byCode = new HashMap<>();

        Candidates(UUID tenantId, List<StagedRow> rows) {
            if (rows.isEmpty()) {
                return;
            }
            List<String> folded = rows.stream()
                    .map(row -> PersonName.of(row.name()).foldedKey())
                    .toList();
            List<KnownPerson> found = store.candidates(tenantId, rows, folded);
            for (KnownPerson person : found) {
                byName.computeIfAbsent(person.foldedKey(), key -> new ArrayList<>())
                        .add(person);
                if (person.staffCode() != null) {
                    byCode.put(person.staffCode(), person);
                }
            }
        }

        List<KnownPerson> of(StagedRow row) {
            List<KnownPerson> sameName =
                    byName.getOrDefault(PersonName.of(row.name()).foldedKey(), List.of());
            KnownPerson sameCode = row.staffCode() == null ? null : byCode.get(row.staffCode());
            if (sameCode == null || sameName.contains(sameCode)) {
                return sameName;
            }
            var all = new ArrayList<>(sameName);
            all.add(sameCode);
            return all;
        }
    }
}
