package vn.chuanmuc.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.directory.StagedRow.Outcome;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.office.OfficeFiles;
import vn.chuanmuc.office.Refusal;

/** Lists of people that offices upload or other systems send: read and kept as a preview, then applied whole or not at all. */
@Component
public class PeopleImports {
    /** Up to this many rows are applied while the browser waits; more by a job, with a page that tells how far. */
    static final int SMALL = 2_000;
    /** A workbook up to this size is begun to be read while the browser waits: it seldom has more than {@link #SMALL} rows. */
    private static final long SMALL_FILE = 256 << 10;

    private static final Logger log = LoggerFactory.getLogger(PeopleImports.class);

    private final ImportStore store;
    private final ImportReading reading;
    private final ImportApplying applying;
    private final Jobs jobs;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PeopleImports(
            ImportStore store,
            ImportReading reading,
            ImportApplying applying,
            Jobs jobs,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.reading = reading;
        this.applying = applying;
        this.jobs = jobs;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Where a list comes from. */
    public enum Origin {
        /** A workbook that a person uploaded. */
        SHEET,
        /** Sent by another system. */
        DATA
    }

    public enum State {
        /** Being read. */
        READING,
        /** Could not be read; {@link Import#refusal} says why. */
        UNREADABLE,
        /** Read; waits for somebody to apply or drop it. */
        READ,
        APPLYING,
        APPLIED,
        DROPPED,
        /** Applying broke off; nothing was written. */
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What the uploader says about a sheet.
     *
     * @param defaultBloc for rows that name no bloc; empty for none; made when there is none of this name
     * @param defaultKind for new people whose row names no kind
     * @param newBlocs whether blocs that only the sheet knows are made
     * @param validFrom the day from which new assignments hold
     */
    public record Settings(String defaultBloc, PersonKind defaultKind, boolean newBlocs, LocalDate validFrom) {}

    /** A column of the sheet and what became of it; {@code key} is a message key with letter and heading as arguments. */
    public record ColumnReport(String key, String letter, String heading) {}

    /** A line that is no person; {@code key} is a message key with row and text as arguments. */
    public record LineReport(String key, int row, String text) {}

    /** A position only the sheet knows. {@code leads} is guessed from its words. */
    public record NewPosition(String key, String name, boolean leads, int people) {}

    /**
     * What was found in a sheet besides people.
     *
     * @param returned headings of the columns that {@link Returned} rows hold
     * @param lines the first 200
     * @param blocsRefused whether rows are bad because only the sheet knows their bloc
     */
    public record Report(
            List<ColumnReport> columns,
            List<String> returned,
            List<LineReport> lines,
            int linesInAll,
            List<NewPosition> newPositions,
            List<String> newBlocs,
            boolean blocsRefused) {}

    /**
     * What becomes of the open assignments of those who are gone: not in the list, though it covers their unit.
     *
     * @param day from which they no longer hold; null only with {@link Choice#KEEP}
     */
    public record Ending(Choice choice, @Nullable LocalDate day, String reason) {
        public static final Ending NONE = new Ending(Choice.KEEP, null, "");

        public enum Choice {
            KEEP,
            ALL,
            CHOSEN;

            public String code() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** An open assignment of somebody whom the list does not name. */
    public record Gone(
            UUID assignmentId,
            UUID personId,
            String name,
            @Nullable LocalDate birthDate,
            String unit,
            String position,
            LocalDate from,
            boolean main,
            boolean chosen) {}

    /**
     * A list of people that was sent.
     *
     * @param automatic applied without a person looking at it, as soon as it is read and no row is bad
     * @param readTo the last row that is staged
     * @param leading keys of the new positions that lead, as ticked when it was applied
     * @param added after applying what was added; before, what would be; likewise changed and unchanged
     * @param gone how many assignments are of people whom it does not name
     * @param ended how many of them were ended by applying
     * @param changeHash SHA-256 of the change document; null before it is applied
     */
    public record Import(
            UUID tenantId,
            UUID id,
            UUID unitId,
            String unitName,
            String fileName,
            byte[] fileHash,
            UUID uploadedBy,
            Instant uploadedAt,
            Origin origin,
            boolean automatic,
            LocalDate validFrom,
            String defaultBloc,
            PersonKind defaultKind,
            boolean newBlocs,
            State state,
            @Nullable Reason refusal,
            Report report,
            int readTo,
            Set<String> leading,
            int bad,
            int good,
            int added,
            int changed,
            int unchanged,
            int gone,
            Ending ending,
            int ended,
            byte @Nullable [] changeHash,
            @Nullable Instant appliedAt) {}

    /** A row as a preview shows it. */
    public record Row(
            int number,
            String name,
            @Nullable LocalDate birthDate,
            String position,
            String unit,
            String bloc,
            List<Difference> differences,
            List<Reason> problems) {}

    /** {@code key} names the field. */
    public record Difference(String key, String from, String to) {}

    public enum Part {
        BAD,
        CHANGE,
        ADD,
        /** Who is not in the list; see {@link #gone}, not {@link #rows}. */
        GONE
    }

    public sealed interface Uploaded {
        record Read(UUID importId) implements Uploaded {}

        /** The same bytes for the same unit are waiting already. */
        record Known(UUID importId) implements Uploaded {}

        record Refused(Reason why) implements Uploaded {}
    }

    /**
     * Takes a sheet in. A small one is read at once; a large one by a job, and {@link State#READING} until then. Nothing is
     * written about people yet.
     */
    public Uploaded importSheet(Scope scope, UUID unitId, String fileName, Path file, Settings settings) {
        requireReach(scope, unitId);
        Optional<Refusal> atSight = OfficeFiles.refusedAtSight(file, SheetSource.LIMITS);
        if (atSight.isPresent()) {
            return new Uploaded.Refused(new Reason(
                    "office.refused." + atSight.get().code(), atSight.get().args()));
        }
        Import made =
                made(scope, unitId, shortened(fileName), sha256(file), Origin.SHEET, false, settings, Ending.NONE);
        return taken(made, file, size(file) <= SMALL_FILE);
    }

    /**
     * Takes in people as NDJSON, read by a job and applied when no row is bad; otherwise it waits for a person to look at it.
     *
     * @param ending what becomes of those who are not in it
     */
    public Uploaded importLines(Scope scope, UUID unitId, String name, Path file, LocalDate validFrom, Ending ending) {
        requireReach(scope, unitId);
        return taken(
                made(scope, unitId, shortened(name), sha256(file), Origin.DATA, true, dataSettings(validFrom), ending),
                file,
                false);
    }

    private Uploaded taken(Import made, Path file, boolean small) {
        return Objects.requireNonNull(transaction.execute(status -> {
            store.lockFile(made.tenantId(), made.fileHash());
            Optional<UUID> waiting = store.waiting(made.tenantId(), made.unitId(), made.fileHash());
            if (waiting.isPresent()) {
                return new Uploaded.Known(waiting.get());
            }
            store.insert(made);
            if (small) {
                try (var open = reading.open(made, file)) {
                    switch (open.next()) {
                        case ImportReading.Read.Refused(var why) -> {
                            status.setRollbackOnly();
                            return new Uploaded.Refused(why);
                        }
                        case ImportReading.Read.End() -> {
                            hold(store.move(made.tenantId(), made.id(), List.of(State.READING), State.READ));
                            return new Uploaded.Read(made.id());
                        }
                        case ImportReading.Read.More(var row) -> hold(store.readTo(made.tenantId(), made.id(), row));
                    }
                }
            }
            store.insertFile(made.tenantId(), made.id(), file);
            start(made, made.uploadedBy(), ReadImport.KIND);
            return new Uploaded.Read(made.id());
        }));
    }

    private void start(Import of, UUID actor, String kind) {
        jobs.start(
                new Jobs.Request(of.tenantId(), actor, kind, of.id(), of.fileName() + " – " + of.unitName(), Map.of()));
    }

    /** What came of people who were sent at once. */
    public sealed interface Sent {
        /** @param rows in the order in which they were sent */
        record Done(UUID importId, int added, int changed, int unchanged, List<SentRow> rows) implements Sent {}

        /** Nothing was written. */
        record Refused(List<SentProblem> problems) implements Sent {}
    }

    public record SentRow(int number, String staffCode, Outcome outcome, List<Difference> differences) {
        public enum Outcome {
            ADDED,
            CHANGED,
            UNCHANGED
        }
    }

    /** @param field of the person's JSON; empty when it is about the person as a whole */
    public record SentProblem(int number, String field, Reason why) {}

    /** Somebody changed a person while they were being written; the same request again may succeed. */
    public static final class ChangedMeanwhile extends RuntimeException {}

    /**
     * Adds and changes people in the open transaction: all of them or, when any cannot be taken, none (then the caller undoes the
     * transaction).
     *
     * @param hash SHA-256 of what was sent
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Sent send(Scope scope, UUID unitId, String name, byte[] hash, List<PersonData> people, LocalDate validFrom) {
        requireReach(scope, unitId);
        Import made = made(scope, unitId, name, hash, Origin.DATA, true, dataSettings(validFrom), Ending.NONE);
        store.insert(made);
        var numbered = new ArrayList<DataSource.Sent>();
        for (PersonData person : people) {
            numbered.add(new DataSource.Sent.Person(numbered.size() + 1, person));
        }
        var source = new DataSource(
                numbered.iterator(), null, LocalDate.now(clock), codes -> store.namesByCode(scope.tenantId(), codes));
        try (var open = reading.open(made, source)) {
            if (!(open.next() instanceof ImportReading.Read.End)) {
                throw new IllegalStateException("more than one chunk was sent, or none");
            }
        }
        hold(store.move(made.tenantId(), made.id(), List.of(State.READING), State.READ));
        Import read = store.get(made.tenantId(), made.id());
        if (read.bad() > 0) {
            return new Sent.Refused(problems(read, 0, Bulk.CHUNK));
        }
        List<SentRow> rows = store.readableAfter(made.tenantId(), made.id(), 0, Bulk.CHUNK).stream()
                .map(row -> new SentRow(
                        row.number(),
                        Objects.requireNonNullElse(row.staffCode(), ""),
                        switch (row.outcome()) {
                            case ADD -> SentRow.Outcome.ADDED;
                            case CHANGE -> SentRow.Outcome.CHANGED;
                            case SAME, BAD -> SentRow.Outcome.UNCHANGED;
                        },
                        differences(row)))
                .toList();
        hold(store.claim(read.tenantId(), read.id(), suggested(read)));
        store.waitForPeople(read.tenantId());
        try {
            ImportWriting.Written written =
                    applying.apply(store.get(read.tenantId(), read.id()), scope.actor(), done -> {});
            return new Sent.Done(made.id(), written.added(), written.changed(), written.unchanged(), rows);
        } catch (ImportWriting.NotAsPreviewed e) {
            throw new ChangedMeanwhile();
        }
    }

    /** Keys of the new positions whose words sound like leading: nobody is asked. */
    static Set<String> suggested(Import of) {
        return of.report().newPositions().stream()
                .filter(NewPosition::leads)
                .map(NewPosition::key)
                .collect(Collectors.toSet());
    }

    /** What is wrong with the bad rows of sent data, in their order; at most 1,000. */
    public List<SentProblem> problems(Import of, int offset, int limit) {
        var problems = new ArrayList<SentProblem>();
        for (StagedRow row :
                store.rows(of.tenantId(), of.id(), StagedRow.Outcome.BAD, offset, Math.min(limit, Bulk.CHUNK))) {
            for (StagedRow.Problem problem : row.problems()) {
                if (problem.error()) {
                    problems.add(new SentProblem(row.number(), field(problem), problem.reason()));
                }
            }
        }
        return problems;
    }

    private static String field(StagedRow.Problem problem) {
        if (problem.at() != null) {
            return problem.at().replaceFirst("^/", "");
        }
        if (!problem.settled()) {
            return DataSource.field(
                    problem.arguments().isEmpty() ? "" : problem.arguments().getFirst());
        }
        String what = problem.key().substring(problem.key().lastIndexOf('.') + 1);
        return switch (what.substring(0, what.indexOf('-') < 0 ? what.length() : what.indexOf('-'))) {
            case "unit" -> "unit";
            case "bloc" -> "bloc";
            case "position" -> "position";
            case "code" -> "staffCode";
            default -> "";
        };
    }

    private Import made(
            Scope scope,
            UUID unitId,
            String name,
            byte[] hash,
            Origin origin,
            boolean automatic,
            Settings settings,
            Ending ending) {
        return new Import(
                scope.tenantId(),
                Ids.next(),
                unitId,
                "",
                name,
                hash,
                scope.actor(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                origin,
                automatic,
                settings.validFrom(),
                settings.defaultBloc(),
                settings.defaultKind(),
                settings.newBlocs(),
                State.READING,
                null,
                new Report(List.of(), List.of(), List.of(), 0, List.of(), List.of(), false),
                0,
                Set.of(),
                0,
                0,
                0,
                0,
                0,
                0,
                ending,
                0,
                null,
                null);
    }

    private static Settings dataSettings(LocalDate validFrom) {
        return new Settings("", PersonKind.CIVIL_SERVANT, false, validFrom);
    }

    private void requireReach(Scope scope, UUID unitId) {
        if (!store.changeable(scope, unitId)) {
            throw new NotFound("unit");
        }
    }

    private static void hold(boolean asExpected) {
        Check.that(asExpected, "an import is where its own transaction put it");
    }

    public Optional<Import> find(Scope scope, UUID importId) {
        return store.find(scope, importId);
    }

    /** The newest uploads first; at most 50. */
    public List<Import> newest(Scope scope) {
        return store.newest(scope);
    }

    /** How many sheets are read and wait to be applied or dropped. */
    public int countWaiting(Scope scope) {
        return store.countWaiting(scope);
    }

    /** Rows of one part of a preview in the order of the sheet; at most 200. */
    public List<Row> rows(Import from, Part part, int offset, int limit) {
        return store
                .rows(from.tenantId(), from.id(), Outcome.valueOf(part.name()), offset, Math.min(limit, 200))
                .stream()
                .map(PeopleImports::row)
                .toList();
    }

    private static Row row(StagedRow row) {
        return new Row(
                row.number(),
                row.name(),
                row.birthDate(),
                Objects.requireNonNullElse(row.position(), ""),
                Objects.requireNonNullElse(row.unit(), ""),
                Objects.requireNonNullElse(row.bloc(), ""),
                differences(row),
                row.problems().stream().map(StagedRow.Problem::reason).toList());
    }

    private static List<Difference> differences(StagedRow row) {
        return row.changes().stream()
                .map(change -> new Difference("directory.import.field." + change.field(), change.from(), change.to()))
                .toList();
    }

    /** Who is not in the list though it covers their unit, by name; at most 200. */
    public List<Gone> gone(Import from, int offset, int limit) {
        return store.gone(from.tenantId(), from.id(), offset, Math.min(limit, 200));
    }

    public int countChosen(Import from) {
        return store.countChosen(from.tenantId(), from.id());
    }

    /** What came of saying what becomes of those who are gone. */
    public sealed interface Chosen {
        record Done() implements Chosen {}

        /** @param field of the form; empty when it is about the whole */
        record Refused(String field, Reason why) implements Chosen {}
    }

    /**
     * Says what becomes of those who are gone once the list is applied.
     *
     * @param shown the assignments that stood on the page
     * @param ticked those of them that were ticked
     */
    public Chosen choose(Scope scope, UUID importId, Ending ending, Set<UUID> shown, Set<UUID> ticked) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Import known = store.find(scope, importId).orElseThrow(() -> new NotFound("import"));
            Optional<Chosen> refused = refused(ending);
            if (refused.isPresent()) {
                return refused.get();
            }
            store.choose(known.tenantId(), known.id(), shown, ticked);
            if (ending.choice() == Ending.Choice.CHOSEN && store.countChosen(known.tenantId(), known.id()) == 0) {
                status.setRollbackOnly();
                return new Chosen.Refused("", Reason.of("directory.imports.refused.none-chosen"));
            }
            if (ending.choice() != Ending.Choice.KEEP) {
                Optional<String> later = store.notYetThere(known.tenantId(), known.id(), ending);
                if (later.isPresent()) {
                    status.setRollbackOnly();
                    return new Chosen.Refused("ngay-thoi", Reason.of("directory.imports.refused.later", later.get()));
                }
            }
            if (!store.end(known.tenantId(), known.id(), ending)) {
                status.setRollbackOnly();
                return new Chosen.Refused("", Reason.of("directory.imports.refused.not-waiting"));
            }
            return new Chosen.Done();
        }));
    }

    private Optional<Chosen> refused(Ending ending) {
        if (ending.choice() == Ending.Choice.KEEP) {
            return Optional.empty();
        }
        if (ending.day() == null) {
            return Optional.of(new Chosen.Refused("ngay-thoi", Reason.of("directory.person.refused.date")));
        }
        if (ending.day().isAfter(LocalDate.now(clock))) {
            return Optional.of(new Chosen.Refused("ngay-thoi", Reason.of("directory.person.refused.future")));
        }
        if (ending.reason().isBlank() || ending.reason().length() > 500) {
            return Optional.of(new Chosen.Refused("ly-do", Reason.of("directory.person.refused.reason")));
        }
        return Optional.empty();
    }

    /** The parts of the change document, one after the other; empty behind the last. Their SHA-256 is {@link Import#changeHash}. */
    public Optional<String> changes(Import of, int part) {
        return store.changes(of.tenantId(), of.id(), part);
    }

    /** The job that reads or applies it at present. */
    public Optional<Job> work(Import of) {
        return jobs.live(of.tenantId(), ReadImport.KIND, of.id())
                .or(() -> jobs.live(of.tenantId(), ApplyImport.KIND, of.id()));
    }

    /** Asks the job that reads or applies it to stop; nothing is written then. False when there is none. */
    public boolean stop(Scope scope, UUID importId) {
        Import known = store.find(scope, importId).orElseThrow(() -> new NotFound("import"));
        return work(known).map(job -> jobs.cancel(known.tenantId(), job.id())).orElse(false);
    }

    /** A bad row to be given back: the texts of the columns that were read, and what is wrong. */
    public record Returned(List<String> cells, List<Reason> problems) {}

    /** Bad rows in the order of the sheet, a piece at a time. */
    public List<Returned> badRows(Import from, int offset, int limit) {
        return store.rows(from.tenantId(), from.id(), Outcome.BAD, offset, limit).stream()
                .map(row -> new Returned(
                        row.cells(),
                        row.problems().stream()
                                .filter(StagedRow.Problem::error)
                                .map(StagedRow.Problem::reason)
                                .toList()))
                .toList();
    }

    /** Looks at all rows again, from now on making the blocs that only the sheet knows. */
    public void makeNewBlocs(Scope scope, UUID importId) {
        transaction.executeWithoutResult(status -> {
            Import known = store.find(scope, importId).orElseThrow(() -> new NotFound("import"));
            if (known.state() == State.READ) {
                reading.settleAgain(known, true);
            }
        });
    }

    /** What came of applying. */
    public enum Applied {
        DONE,
        /** Goes on in the background. */
        STARTED,
        /** Somebody else applies it, or it is applied or dropped already. */
        NOT_WAITING,
        /** What is stored changed since the preview, so that some rows can no longer be taken: the preview is new. */
        PREVIEW_CHANGED,
        /** It broke off; nothing was written. */
        FAILED
    }

    /**
     * Applies all good rows in one transaction, or nothing; large lists by a job.
     *
     * @param leading keys of the new positions that lead or manage
     */
    public Applied apply(Scope scope, UUID importId, Set<String> leading) {
        Import known = store.find(scope, importId).orElseThrow(() -> new NotFound("import"));
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                if (!store.claim(known.tenantId(), known.id(), leading)) {
                    return Applied.NOT_WAITING;
                }
                boolean small = known.good() + known.gone() <= SMALL;
                if (!small || !store.lockPeople(known.tenantId())) {
                    start(known, scope.actor(), ApplyImport.KIND);
                    return Applied.STARTED;
                }
                applying.apply(store.get(known.tenantId(), known.id()), scope.actor(), done -> {});
                return Applied.DONE;
            }));
        } catch (ImportWriting.NotAsPreviewed e) {
            transaction.executeWithoutResult(status -> applying.settleAgain(known.tenantId(), known.id()));
            return Applied.PREVIEW_CHANGED;
        } catch (RuntimeException e) {
            log.error("Import {} broke off; nothing was written", known.id(), e);
            transaction.executeWithoutResult(
                    status -> store.move(known.tenantId(), known.id(), List.of(State.READ), State.FAILED));
            return Applied.FAILED;
        }
    }

    /** Drops a list that waits; false when it does not wait (any more). */
    public boolean drop(Scope scope, UUID importId) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Import known = store.find(scope, importId).orElseThrow(() -> new NotFound("import"));
            if (!store.move(known.tenantId(), known.id(), List.of(State.READ, State.FAILED), State.DROPPED)) {
                return false;
            }
            store.clear(known.tenantId(), known.id());
            return true;
        }));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shortened(String fileName) {
        String plain = fileName.replaceAll("^.*[/\\\\]", "").strip();
        return plain.isEmpty() ? "tep.xlsx" : plain.substring(Math.max(0, plain.length() - 200));
    }

    private static byte[] sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.of(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
