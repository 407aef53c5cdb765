package vn.chuanmuc.directory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.ImportRules.Decision;
import vn.chuanmuc.directory.PeopleHeading.ColumnUse;
import vn.chuanmuc.directory.PeopleHeading.Use;
import vn.chuanmuc.directory.PeopleImports.ColumnReport;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleImports.LineReport;
import vn.chuanmuc.directory.PeopleImports.NewPosition;
import vn.chuanmuc.directory.PeopleImports.Report;
import vn.chuanmuc.directory.SheetFinding.CellReason;
import vn.chuanmuc.directory.StagedRow.Change;
import vn.chuanmuc.directory.StagedRow.Outcome;
import vn.chuanmuc.directory.StagedRow.Problem;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.office.OfficeFiles;
import vn.chuanmuc.office.SheetLimits;
import vn.chuanmuc.office.SheetReading;
import vn.chuanmuc.office.SheetRow;

/** Reads an uploaded sheet into staged rows and settles each against what is stored, a chunk at a time. */
@Component
class ImportReading {
    private static final SheetLimits LIMITS = new SheetLimits(20L << 20, PeopleSheetReader.MOST_PEOPLE + 1_000, 256);
    private static final int MOST_LINES = 200;
    private static final int MOST_NEW_WORDS = 2_000;
    private static final Pattern CITIZEN_NUMBER = Pattern.compile("\\d{12}");

    private final ImportStore store;
    private final UnitStore units;
    private final Vocabulary vocabulary;
    private final Clock clock;

    ImportReading(ImportStore store, UnitStore units, Vocabulary vocabulary, Clock clock) {
        this.store = store;
        this.units = units;
        this.vocabulary = vocabulary;
        this.clock = clock;
    }

    void requireReach(Scope scope, UUID unitId) {
        if (!units.covers(scope.tenantId(), scope.tops(), unitId)) {
            throw new NotFound("unit");
        }
    }

    /** Stages all rows; the reason when the file is none that can be read, in which case the caller rolls back. */
    Optional<Reason> read(Import made, Path file) {
        var settler = new Settler(made, made.newBlocs());
        var sheet = new Sheet(made, settler);
        var reader = new PeopleSheetReader(LocalDate.now(clock), sheet::take);
        sheet.reader = reader;
        SheetReading read = OfficeFiles.readFirstSheet(file, LIMITS, row -> {
            if (isExample(row)) {
                sheet.line("directory.import.ignored.example", row.number(), "");
            } else {
                sheet.row = row;
                reader.accept(row);
            }
        });
        if (read instanceof SheetReading.Refused(var why)) {
            return Optional.of(new Reason("office.refused." + why.code(), why.args()));
        }
        PeopleSheetReader.Summary summary = reader.finish();
        if (sheet.refused != null) {
            return Optional.of(sheet.refused);
        }
        if (summary.good() + summary.bad() == 0) {
            return Optional.of(Reason.of("directory.import.refused.nobody"));
        }
        sheet.flush();
        store.summarise(
                made.tenantId(),
                made.id(),
                settler.report(
                        summary.columns().stream()
                                .map(use -> new ColumnReport(use.use().messageKey(), use.letter(), use.heading()))
                                .toList(),
                        sheet.headings(),
                        sheet.lines,
                        sheet.linesInAll),
                made.newBlocs());
        return Optional.empty();
    }

    /** The example in the template, left in by whoever filled it in. */
    private static boolean isExample(SheetRow row) {
        return !row.cells().isEmpty()
                && row.cells().getFirst() instanceof vn.chuanmuc.office.Cell.Text(var text)
                && vn.chuanmuc.kernel.Texts.searchKey(text).equals("vi du");
    }

    /** Settles all readable rows once more against what is stored now. */
    void settleAgain(Import known, boolean newBlocs) {
        var settler = new Settler(known, newBlocs);
        int after = 0;
        List<StagedRow> chunk;
        do {
            chunk = store.readableAfter(known.tenantId(), known.id(), after, Bulk.CHUNK);
            if (!chunk.isEmpty()) {
                after = chunk.getLast().number();
                store.updateOutcomes(known.tenantId(), known.id(), settler.settle(chunk));
            }
        } while (chunk.size() == Bulk.CHUNK);
        Report before = known.report();
        store.summarise(
                known.tenantId(),
                known.id(),
                settler.report(before.columns(), before.returned(), before.lines(), before.linesInAll()),
                newBlocs);
    }

    ImportRules.Settings settings(Import of, boolean newBlocs) {
        Map<String, List<UUID>> byKey = new HashMap<>();
        Map<UUID, String> names = new HashMap<>();
        for (Units.Unit unit : units.under(of.tenantId(), new UUID[] {of.unitId()})) {
            byKey.computeIfAbsent(UnitNames.matchKey(unit.name()), key -> new ArrayList<>())
                    .add(unit.id());
            names.put(unit.id(), unit.name());
        }
        return new ImportRules.Settings(
                of.unitId(),
                byKey,
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
            List<String> folded = rows.stream()
                    .map(row -> PersonName.of(row.name()).foldedKey())
                    .toList();
            for (KnownPerson person : store.candidates(tenantId, rows, folded)) {
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

    /** Goes through the readable rows in their order, chunk by chunk. */
    private final class Settler {
        private final UUID tenantId;
        private final ImportRules.Settings settings;
        private final ImportRules rules;
        private final Map<String, NewPosition> newPositions = new LinkedHashMap<>();
        private final Set<String> newBlocKeys = new LinkedHashSet<>();
        private final List<String> newBlocNames = new ArrayList<>();
        private boolean blocsRefused;

        Settler(Import of, boolean newBlocs) {
            this.tenantId = of.tenantId();
            this.settings = settings(of, newBlocs);
            this.rules = new ImportRules(settings);
            noteBloc(of.defaultBloc().isEmpty() ? null : of.defaultBloc());
        }

        List<StagedRow> settle(List<StagedRow> rows) {
            var candidates = new Candidates(tenantId, rows);
            var settled = new ArrayList<StagedRow>(rows.size());
            for (StagedRow row : rows) {
                settled.add(settle(row, candidates));
            }
            return settled;
        }

        private StagedRow settle(StagedRow row, Candidates candidates) {
            Decision decision = rules.decide(row, candidates.of(row));
            var problems = new ArrayList<>(row.problems().stream()
                    .filter(problem -> !problem.settled())
                    .toList());
            List<Change> changes = List.of();
            switch (decision) {
                case Decision.Bad(var why) -> {
                    problems.addFirst(why);
                    blocsRefused |= why.key().equals(ImportRules.BLOC_UNKNOWN);
                }
                case Decision.Same _ -> {}
                case Decision.Add add -> note(add.place());
                case Decision.Join join -> {
                    changes = join.changes();
                    note(join.place());
                }
                case Decision.Amend amend -> {
                    changes = amend.changes();
                    note(amend.place());
                }
            }
            noteBloc(row.bloc());
            return row.with(ImportRules.outcome(decision), changes, problems);
        }

        private void note(ImportRules.Place place) {
            String key = UnitNames.matchKey(place.position());
            if (!settings.positions().containsKey(key)
                    && (newPositions.containsKey(key) || newPositions.size() < MOST_NEW_WORDS)) {
                newPositions.merge(
                        key,
                        new NewPosition(key, place.position(), LeadingWords.suggest(place.position()), 1),
                        (known, one) -> new NewPosition(key, known.name(), known.leads(), known.people() + 1));
            }
        }

        private void noteBloc(@Nullable String bloc) {
            if (bloc != null && newBlocNames.size() < MOST_NEW_WORDS) {
                String key = UnitNames.matchKey(bloc);
                if (!settings.blocs().containsKey(key) && newBlocKeys.add(key)) {
                    newBlocNames.add(bloc);
                }
            }
        }

        Report report(List<ColumnReport> columns, List<String> returned, List<LineReport> lines, int linesInAll) {
            return new Report(
                    columns,
                    returned,
                    List.copyOf(lines),
                    linesInAll,
                    List.copyOf(newPositions.values()),
                    newBlocNames,
                    blocsRefused);
        }
    }

    /** Collects what the reader finds and stages it in chunks. */
    private final class Sheet {
        private final Import made;
        private final Settler settler;
        private final List<StagedRow> good = new ArrayList<>();
        private final List<StagedRow> bad = new ArrayList<>();
        private final List<LineReport> lines = new ArrayList<>();
        private int linesInAll;

        private @Nullable PeopleSheetReader reader;
        private @Nullable SheetRow row;
        private @Nullable Reason refused;
        private @Nullable List<Integer> returned;

        Sheet(Import made, Settler settler) {
            this.made = made;
            this.settler = settler;
        }

        void take(SheetFinding finding) {
            switch (finding) {
                case SheetFinding.PersonRow person -> good.add(staged(person));
                case SheetFinding.BadRow unreadable -> bad.add(staged(unreadable));
                case SheetFinding.SectionRow section ->
                    line(section.section().messageKey(), section.row(), section.text());
                case SheetFinding.IgnoredRow ignored -> line(ignored.why().messageKey(), ignored.row(), ignored.text());
                case SheetFinding.SheetRefused sheet ->
                    refused =
                            Reason.of(sheet.reason().messageKey(), sheet.args().toArray());
            }
            if (good.size() + bad.size() >= Bulk.CHUNK) {
                flush();
            }
        }

        private void line(String key, int number, String text) {
            linesInAll++;
            if (lines.size() < MOST_LINES) {
                lines.add(new LineReport(key, number, text));
            }
        }

        void flush() {
            if (refused == null) {
                var rows = new ArrayList<>(settler.settle(good));
                rows.addAll(bad);
                store.insertRows(made.tenantId(), made.id(), rows);
            }
            good.clear();
            bad.clear();
        }

        private StagedRow staged(SheetFinding.PersonRow person) {
            return new StagedRow(
                    person.row(),
                    true,
                    Outcome.SAME,
                    person.name().display(),
                    person.birthDate(),
                    person.position(),
                    person.unit(),
                    person.bloc(),
                    person.kind(),
                    person.staffCode(),
                    person.order(),
                    person.note(),
                    cells(),
                    List.of(),
                    problems(person.warnings()));
        }

        private StagedRow staged(SheetFinding.BadRow unreadable) {
            return new StagedRow(
                    unreadable.row(),
                    false,
                    Outcome.BAD,
                    unreadable.name(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    cells(),
                    List.of(),
                    problems(unreadable.reasons()));
        }

        private static List<Problem> problems(List<CellReason> reasons) {
            return reasons.stream()
                    .map(reason -> new Problem(
                            reason.reason().messageKey(),
                            java.util.Arrays.stream(reason.messageArguments())
                                    .map(String::valueOf)
                                    .toList(),
                            reason.reason().isError(),
                            false))
                    .toList();
        }

        /** The columns that are read besides the name. */
        private List<ColumnUse> columns(PeopleSheetReader from) {
            return from.columns().stream()
                    .filter(column -> column.use() == Use.USED || column.use() == Use.SECOND_CHOICE)
                    .filter(column -> !from.namePlaces().contains(place(column.letter())))
                    .toList();
        }

        List<String> headings() {
            var headings = new ArrayList<String>();
            headings.add(""); // the name: whoever writes the sheet puts its word here
            if (reader != null) {
                columns(reader).forEach(column -> headings.add(column.heading()));
            }
            return headings;
        }

        /**
         * What the present row says: the name, then the other columns that are read; never a citizen's number, whatever column
         * it slipped into.
         */
        private List<String> cells() {
            if (row == null || reader == null) {
                return List.of();
            }
            if (returned == null) {
                returned = columns(reader).stream()
                        .map(column -> place(column.letter()))
                        .toList();
            }
            var texts = new ArrayList<String>();
            texts.add(String.join(
                    " ",
                    reader.namePlaces().stream()
                            .map(place -> text(row, place))
                            .filter(text -> !text.isEmpty())
                            .toList()));
            for (int place : returned) {
                texts.add(text(row, place));
            }
            return texts;
        }

        private static String text(SheetRow row, int place) {
            String text = place < row.cells().size()
                    ? PeopleSheetReader.textOf(row.cells().get(place))
                    : "";
            return CITIZEN_NUMBER.matcher(text.replace(" ", "")).matches() ? "" : text;
        }

        private static int place(String letters) {
            int place = 0;
            for (char letter : letters.toCharArray()) {
                place = place * 26 + (letter - 'A' + 1);
            }
            return place - 1;
        }
    }
}
