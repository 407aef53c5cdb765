package vn.chuanmuc.directory;

import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PeopleImports.State;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** Applies a list in the open transaction, with its record in the ledger. Used while a browser waits and by jobs alike. */
@Component
class ImportApplying {
    private static final long WAIT_FOR_OTHERS_MILLIS = 300;

    private final ImportStore store;
    private final ImportReading reading;
    private final ImportWriting writing;
    private final PeopleAuthority authority;
    private final Ledger ledger;
    private final Clock clock;

    ImportApplying(
            ImportStore store,
            ImportReading reading,
            ImportWriting writing,
            PeopleAuthority authority,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.reading = reading;
        this.writing = writing;
        this.authority = authority;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The import is {@link State#APPLYING} by this transaction or the one that asked for it, and the only one of its body. */
    ImportWriting.Written apply(Import of, UUID actor, IntConsumer progress) {
        ImportWriting.Written written = writing.write(of, progress);
        Check.that(store.applied(of, actor, written, clock.instant()), "an import is applied once");
        store.deleteRows(of.tenantId(), of.id(), true);
        store.deleteGone(of.tenantId(), of.id());
        var facts = new TreeMap<String, Object>();
        facts.put("unit", of.unitId().toString());
        facts.put("file", of.fileName());
        facts.put("fileHash", HexFormat.of().formatHex(of.fileHash()));
        facts.put("added", written.added());
        facts.put("changed", written.changed());
        facts.put("unchanged", written.unchanged());
        facts.put("leftOut", of.bad());
        facts.put("ended", written.ended());
        if (written.ended() > 0) {
            facts.put("endDay", String.valueOf(of.ending().day()));
            facts.put("endReason", of.ending().reason());
        }
        ledger.append(new Act(of.tenantId(), "directory.people-imported", of.id(), actor, facts, written.changeHash())
                .with(Piece.of(DirectoryEvidence.IMPORT_CHANGES, of.id())));
        return written;
    }

    boolean mayGoOn(Job job, Import of) {
        return authority.managesPeople(of.tenantId(), job.requestedBy(), of.unitId());
    }

    /** One step of a job: all of it or nothing. Waits until no other import of the body is being applied. */
    Step step(Job job, Import of, Progress progress) {
        if (!mayGoOn(job, of)) {
            return new Step.Refused(Reason.of("directory.imports.refused.authority"));
        }
        int total = of.good() + (of.ending().choice() == PeopleImports.Ending.Choice.KEEP ? 0 : of.gone());
        while (!store.lockPeople(of.tenantId())) {
            progress.at(0, total);
            pause();
        }
        try {
            var written = apply(of, job.requestedBy(), done -> progress.at(Math.min(done, total), total));
            return new Step.Done(Reason.of(
                    "directory.imports.told.applied",
                    written.added(),
                    written.changed(),
                    written.unchanged(),
                    written.ended()));
        } catch (ImportWriting.NotAsPreviewed e) {
            return new Step.Refused(Reason.of("directory.imports.refused.preview-changed"));
        }
    }

    /** Looks at all rows of a list that waits again: what is stored has changed since. */
    void settleAgain(UUID tenantId, UUID importId) {
        Import known = store.get(tenantId, importId);
        if (known.state() == State.READ) {
            reading.settleAgain(known, known.newBlocs());
        }
    }

    /** A job that applied came to nothing: the list waits again. */
    void ended(Job job) {
        boolean failed = job.state() == Job.State.FAILED;
        store.move(job.tenantId(), job.subject(), List.of(State.APPLYING), failed ? State.FAILED : State.READ);
        if (job.state() == Job.State.REFUSED) {
            settleAgain(job.tenantId(), job.subject());
        }
    }

    static Reason failed(Job job) {
        return Objects.requireNonNullElse(job.outcome(), Reason.of("directory.imports.refused.reading-failed"));
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT_FOR_OTHERS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
