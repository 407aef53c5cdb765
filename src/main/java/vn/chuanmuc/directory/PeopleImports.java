package vn.chuanmuc.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.directory.StagedRow.Outcome;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;

/** Lists of people that offices upload: read and kept as a preview, then applied whole or not at all. */
@Component
public class PeopleImports {
    /** Up to this many rows are applied while the browser waits; more in the background, with a page that tells how far. */
    static final int SMALL = 2_000;
    /** An attempt that has not been heard of for so long is dead: its transaction is gone, nothing of it was written. */
    static final Duration DEAD_AFTER = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(PeopleImports.class);
    private static final Duration WAIT_FOR_OTHERS = Duration.ofMillis(300);

    private final ImportStore store;
    private final ImportReading reading;
    private final ImportWriting writing;
    private final Ledger ledger;
    private final Clock clock;
    private final TransactionTemplate transaction;
    /** For what must be seen by others while the great transaction is still open. */
    private final TransactionTemplate aside;

    PeopleImports(
            ImportStore store,
            ImportReading reading,
            ImportWriting writing,
            Ledger ledger,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.reading = reading;
        this.writing = writing;
        this.ledger = ledger;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.aside = new TransactionTemplate(transactions);
        this.aside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    public enum State {
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
     * An uploaded sheet.
     *
     * @param added after applying what was added; before, what would be; likewise changed and unchanged
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
            LocalDate validFrom,
            String defaultBloc,
            PersonKind defaultKind,
            boolean newBlocs,
            State state,
            Report report,
            int bad,
            int good,
            int done,
            int added,
            int changed,
            int unchanged,
            Instant heartbeat,
            @Nullable Instant appliedAt) {

        /** Whether applying was begun and is not heard of any more. */
        public boolean interrupted(Instant now) {
            return state == State.APPLYING && heartbeat.isBefore(now.minus(DEAD_AFTER));
        }
    }

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
        ADD
    }

    public sealed interface Uploaded {
        record Read(UUID importId) implements Uploaded {}

        /** The same bytes for the same unit are waiting already. */
        record Known(UUID importId) implements Uploaded {}

        record Refused(Reason why) implements Uploaded {}
    }

    /** Reads a sheet and keeps what would come of it. Nothing is written about people yet. */
    public Uploaded importSheet(Scope scope, UUID unitId, String fileName, Path file, Settings settings) {
        byte[] hash = sha256(file);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var made = new Import(
                scope.tenantId(),
                Ids.next(),
                unitId,
                "",
                shortened(fileName),
                hash,
                scope.actor(),
                now,
                settings.validFrom(),
                settings.defaultBloc(),
                settings.defaultKind(),
                settings.newBlocs(),
                State.READ,
                new Report(List.of(), List.of(), List.of(), 0, List.of(), List.of(), false),
                0,
                0,
                0,
                0,
                0,
                0,
                now,
                null);
        reading.requireReach(scope, unitId);
        Uploaded uploaded = transaction.execute(status -> {
            store.lockFile(scope.tenantId(), hash);
            Optional<UUID> waiting = store.waiting(scope.tenantId(), unitId, hash);
            if (waiting.isPresent()) {
                return new Uploaded.Known(waiting.get());
            }
            store.insert(made);
            Optional<Reason> refused = reading.read(made, file);
            if (refused.isPresent()) {
                status.setRollbackOnly();
                return new Uploaded.Refused(refused.get());
            }
            return new Uploaded.Read(made.id());
        });
        return java.util.Objects.requireNonNull(uploaded);
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
                java.util.Objects.requireNonNullElse(row.position(), ""),
                java.util.Objects.requireNonNullElse(row.unit(), ""),
                java.util.Objects.requireNonNullElse(row.bloc(), ""),
                row.changes().stream()
                        .map(change ->
                                new Difference("directory.import.field." + change.field(), change.from(), change.to()))
                        .toList(),
                row.problems().stream().map(StagedRow.Problem::reason).toList());
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
     * Applies all good rows in one transaction, or nothing.
     *
     * @param leading keys of the new positions that lead or manage
     */
    public Applied apply(Scope scope, UUID importId, Set<String> leading) {
        Import known = store.find(scope, importId).orElseThrow(() -> new NotFound("import"));
        UUID claim = Ids.next();
        boolean mine = Boolean.TRUE.equals(aside.execute(status -> store.claim(
                scope.tenantId(),
                importId,
                claim,
                clock.instant(),
                clock.instant().minus(DEAD_AFTER))));
        if (!mine) {
            return Applied.NOT_WAITING;
        }
        if (known.good() <= SMALL) {
            return run(known, claim, scope.actor(), leading);
        }
        Thread.ofVirtual().name("import-" + importId).start(() -> run(known, claim, scope.actor(), leading));
        return Applied.STARTED;
    }

    private Applied run(Import known, UUID claim, UUID actor, Set<String> leading) {
        try {
            transaction.executeWithoutResult(status -> {
                while (!store.lockPeople(known.tenantId())) {
                    beat(known, claim, 0);
                    pause();
                }
                ImportWriting.Counts counts = writing.write(known, leading, done -> beat(known, claim, done));
                if (!store.applied(
                        known.tenantId(),
                        known.id(),
                        claim,
                        actor,
                        new int[] {counts.added(), counts.changed(), counts.unchanged()},
                        clock.instant())) {
                    throw new GivenUp();
                }
                store.deleteRows(known.tenantId(), known.id(), true);
                ledger.append(new Act(
                        known.tenantId(),
                        "directory.people-imported",
                        known.id(),
                        actor,
                        java.util.Map.of(
                                "unit",
                                known.unitId().toString(),
                                "file",
                                known.fileName(),
                                "added",
                                counts.added(),
                                "changed",
                                counts.changed(),
                                "unchanged",
                                counts.unchanged(),
                                "leftOut",
                                known.bad()),
                        known.fileHash()));
            });
            return Applied.DONE;
        } catch (ImportWriting.NotAsPreviewed e) {
            aside.executeWithoutResult(status -> {
                if (store.end(known.tenantId(), known.id(), claim, State.READ)) {
                    reading.settleAgain(known, known.newBlocs());
                }
            });
            return Applied.PREVIEW_CHANGED;
        } catch (GivenUp e) {
            return Applied.NOT_WAITING;
        } catch (RuntimeException e) {
            log.error("Import {} broke off; nothing was written", known.id(), e);
            aside.executeWithoutResult(status -> store.end(known.tenantId(), known.id(), claim, State.FAILED));
            return Applied.FAILED;
        }
    }

    /** This attempt was thought dead and another one has taken over. */
    private static final class GivenUp extends RuntimeException {}

    private void beat(Import known, UUID claim, int done) {
        if (!Boolean.TRUE.equals(
                aside.execute(status -> store.beat(known.tenantId(), known.id(), claim, done, clock.instant())))) {
            throw new GivenUp();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT_FOR_OTHERS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Drops a sheet that waits; false when it does not wait (any more). */
    public boolean drop(Scope scope, UUID importId) {
        Boolean dropped = transaction.execute(status -> {
            Import known = store.find(scope, importId).orElseThrow(() -> new NotFound("import"));
            if (!store.drop(known.tenantId(), known.id(), clock.instant().minus(DEAD_AFTER))) {
                return false;
            }
            store.deleteRows(known.tenantId(), known.id(), false);
            return true;
        });
        return Boolean.TRUE.equals(dropped);
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
