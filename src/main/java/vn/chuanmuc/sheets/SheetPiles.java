package vn.chuanmuc.sheets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.scans.ScannedFiles;

/**
 * Scans of forms that were filled in by hand: brought in piles, in any order and any way up, and put together by their codes. Everything
 * asks for {@link Permission#ENTER_PAPER_FORMS} in the pile's unit.
 */
@Component
public class SheetPiles {
    private static final int MOST_PILE_PAGES = 2_000;
    private static final int LONGEST_LABEL = 200;

    private final SheetStore store;
    private final PageFinding finding;
    private final SheetReadings readings;
    private final Papers papers;
    private final Access access;
    private final Jobs jobs;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SheetPiles(
            SheetStore store,
            PageFinding finding,
            SheetReadings readings,
            Papers papers,
            Access access,
            Jobs jobs,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.finding = finding;
        this.readings = readings;
        this.papers = papers;
        this.access = access;
        this.jobs = jobs;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param name as the browser told it; {@code file} is read, not kept */
    public record Incoming(String name, Path file) {}

    /** @param pile to add to; null for a new one, of {@code unit} */
    public record Bringing(@Nullable UUID pile, @Nullable UUID unit, String label, List<Incoming> files) {}

    /** What came of bringing files. */
    public sealed interface Taking {
        /** @param known files that were in the pile already, by name */
        record Taken(UUID pile, List<String> known) implements Taking {}

        record Refused(String field, Reason why) implements Taking {}
    }

    /** What came of a step. */
    public sealed interface Done {
        record Yes() implements Done {}

        record Refused(String field, Reason why) implements Done {}
    }

    private record Good(String name, Path file, String kind, int pages, byte[] hash) {}

    static UUID[] units(Viewer viewer) {
        return viewer.unitsWith(Permission.ENTER_PAPER_FORMS);
    }

    /** The viewer's piles, the newest first; at most 100. */
    public List<SheetPile> piles(Viewer viewer) {
        return store.piles(viewer.tenantId(), units(viewer));
    }

    public SheetPile pile(Viewer viewer, UUID id) {
        return store.pile(viewer.tenantId(), id)
                .filter(pile -> access.covers(viewer, Permission.ENTER_PAPER_FORMS, pile.unitId()))
                .orElseThrow(() -> new NotFound("pile of sheets"));
    }

    /** The job that reads the pile, while there is one. */
    public Optional<Job> reading(Viewer viewer, UUID pile) {
        return jobs.live(viewer.tenantId(), SheetReadingWork.KIND, pile);
    }

    /** Pages that belong to no paper. */
    public List<PaperPage> loose(Viewer viewer, UUID pile) {
        pile(viewer, pile);
        return store.loose(viewer.tenantId(), pile);
    }

    /** Looks at every file, keeps all of them or none, and begins to read. */
    public Taking take(Viewer viewer, Bringing brought) {
        access.require(viewer, Permission.ENTER_PAPER_FORMS);
        SheetPile into = brought.pile() == null ? null : pile(viewer, brought.pile());
        UUID unit = into == null ? brought.unit() : into.unitId();
        if (unit == null) {
            return new Taking.Refused("don-vi", Reason.of("sheets.refused.unit"));
        }
        access.require(viewer, Permission.ENTER_PAPER_FORMS, unit);
        if (Texts.oneLine(brought.label()).length() > LONGEST_LABEL) {
            return new Taking.Refused("ten", Reason.of("sheets.refused.label", LONGEST_LABEL));
        }
        if (brought.files().isEmpty()) {
            return new Taking.Refused("tep", Reason.of("sheets.refused.no-file"));
        }
        if (brought.files().size() > ScannedFiles.mostFiles()) {
            return new Taking.Refused("tep", Reason.of("sheets.refused.files", ScannedFiles.mostFiles()));
        }
        var good = new ArrayList<Good>();
        for (Incoming incoming : brought.files()) {
            String name = name(incoming.name());
            switch (ScannedFiles.check(incoming.file(), name)) {
                case ScannedFiles.Looked.Refused(var why) -> {
                    return new Taking.Refused("tep", why);
                }
                case ScannedFiles.Looked.Good(var kind, var pages) ->
                    good.add(new Good(name, incoming.file(), kind, pages, hash(incoming.file())));
            }
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            Taking taken = keep(viewer, brought, into, unit, good);
            if (taken instanceof Taking.Refused) {
                status.setRollbackOnly();
            }
            return taken;
        }));
    }

    private Taking keep(Viewer viewer, Bringing brought, @Nullable SheetPile into, UUID unit, List<Good> files) {
        UUID tenant = viewer.tenantId();
        Instant now = now();
        UUID pile = into == null ? Ids.next() : into.id();
        String typed = Texts.oneLine(brought.label());
        String label =
                into != null ? into.label() : typed.isEmpty() ? files.getFirst().name() : typed;
        if (into == null) {
            store.insertPile(tenant, pile, unit, label, viewer.accountId(), now);
        }
        store.hold(tenant, pile);
        int pages = store.pile(tenant, pile).orElseThrow().pages();
        var known = new ArrayList<String>();
        for (Good file : files) {
            if (store.hasFile(tenant, pile, file.hash())) {
                known.add(file.name());
                continue;
            }
            pages += file.pages();
            if (pages > MOST_PILE_PAGES) {
                return new Taking.Refused("tep", Reason.of("sheets.refused.pages", MOST_PILE_PAGES));
            }
            UUID id = Ids.next();
            try {
                store.insertFile(
                        tenant,
                        id,
                        pile,
                        file.name(),
                        file.kind(),
                        file.hash(),
                        file.pages(),
                        file.file(),
                        viewer.accountId(),
                        now);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var facts = new LinkedHashMap<String, Object>();
            facts.put("file", id.toString());
            facts.put("kind", file.kind());
            facts.put("pages", file.pages());
            ledger.append(new Act(tenant, "sheets.file-taken", pile, viewer.accountId(), facts, file.hash())
                    .with(Piece.of(SheetEvidence.FILE, id)));
        }
        if (known.size() == files.size()) {
            return new Taking.Refused("tep", Reason.of("sheets.refused.known", String.join(", ", known)));
        }
        start(viewer, pile, label);
        return new Taking.Taken(pile, known);
    }

    private void start(Viewer viewer, UUID pile, String label) {
        jobs.start(
                new Jobs.Request(viewer.tenantId(), viewer.accountId(), SheetReadingWork.KIND, pile, label, Map.of()));
    }

    private static String name(String told) {
        String line = Texts.oneLine(told.substring(Math.max(told.lastIndexOf('/'), told.lastIndexOf('\\')) + 1));
        String name = line.length() > 120 ? line.substring(line.length() - 120) : line;
        return name.isEmpty() ? "quet" : name;
    }

    private static byte[] hash(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.of(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes on reading after a stop. */
    public void resume(Viewer viewer, UUID pileId) {
        SheetPile pile = pile(viewer, pileId);
        transaction.executeWithoutResult(status -> start(viewer, pileId, pile.label()));
    }

    /**
     * A page the viewer may look at: of a pile of theirs and, where it belongs to a paper, one they may read.
     *
     * @throws NotFound otherwise
     */
    public PaperPage page(Viewer viewer, UUID id) {
        PaperPage page = store.page(viewer.tenantId(), id).orElseThrow(() -> new NotFound("page of a pile"));
        UUID paper = page.paperId();
        if (paper == null) {
            access.require(viewer, Permission.ENTER_PAPER_FORMS);
            pile(viewer, page.pileId());
        } else if (readings.refused(viewer, paper).isPresent()) {
            throw new NotFound("page of a paper that is not to be seen");
        }
        return page;
    }

    /** The picture of a page: JPEG; empty when there is none, or no longer. */
    public Optional<byte[]> picture(Viewer viewer, UUID id) {
        page(viewer, id);
        return store.image(viewer.tenantId(), id);
    }

    /** Puts a page whose code cannot be read to a paper, by the code in words at its foot. @param number page of the paper, from 1 */
    public Done assign(Viewer viewer, UUID pageId, String code, @Nullable Integer number) {
        PaperPage known = page(viewer, pageId);
        UUID tenant = viewer.tenantId();
        Optional<Paper> paper = PaperCode.read(code)
                .flatMap(papers::find)
                .filter(one -> one.tenantId().equals(tenant) && one.kind().equals(SheetPapers.KIND));
        if (paper.isEmpty()) {
            return new Done.Refused("ma", Reason.of("sheets.refused.code"));
        }
        return change(() -> {
            Optional<SheetStore.Reading> found = finding.reading(viewer, paper.get(), null);
            if (found.isEmpty()) {
                return new Done.Refused("ma", Reason.of("sheets.refused.code"));
            }
            SheetStore.Reading reading = found.get();
            Optional<Reason> refused = readings.refused(viewer, reading.paperId());
            if (refused.isPresent()) {
                return new Done.Refused("ma", refused.get());
            }
            if (number == null || number < 1 || number > reading.pages()) {
                return new Done.Refused("so-trang", Reason.of("sheets.refused.number", reading.pages()));
            }
            store.readingLocked(tenant, reading.paperId());
            PaperPage page = store.pageLocked(tenant, known.id()).orElseThrow();
            if (page.paperId() != null) {
                return reading.paperId().equals(page.paperId()) && number.equals(page.page())
                        ? new Done.Yes()
                        : new Done.Refused("", Reason.of("sheets.refused.assigned"));
            }
            if (!page.found().assignable() || !page.pictured()) {
                return new Done.Refused("", Reason.of("sheets.refused.no-picture"));
            }
            if (store.reading(tenant, reading.paperId()).orElseThrow().handedAt() != null) {
                return new Done.Refused("", Reason.of("sheets.refused.done"));
            }
            store.assign(tenant, pageId, reading.paperId(), number, viewer.accountId());
            var facts = new LinkedHashMap<String, Object>();
            facts.put("pile", page.pileId().toString());
            facts.put("number", page.number());
            facts.put("code", paper.get().code().signs());
            facts.put("page", number);
            ledger.append(new Act(tenant, "sheets.page-assigned", pageId, viewer.accountId(), facts));
            return new Done.Yes();
        });
    }

    /** Takes a page that was put to a paper by hand out again. */
    public Done takeOut(Viewer viewer, UUID pageId) {
        PaperPage known = page(viewer, pageId);
        UUID paper = known.paperId();
        if (paper == null || !known.byHand()) {
            return new Done.Refused("", Reason.of("sheets.refused.not-by-hand"));
        }
        return change(() -> {
            if (done(viewer, paper)) {
                return new Done.Refused("", Reason.of("sheets.refused.done"));
            }
            PaperPage page = store.pageLocked(viewer.tenantId(), pageId).orElseThrow();
            if (paper.equals(page.paperId()) && page.byHand()) {
                store.takeOut(viewer.tenantId(), pageId);
                ledger.append(new Act(
                        viewer.tenantId(),
                        "sheets.page-taken-out",
                        pageId,
                        viewer.accountId(),
                        Map.of("paper", paper.toString())));
            }
            return new Done.Yes();
        });
    }

    /** Says that a picture does not count: another of the same page does, or it is no form at all. @param dropped false: it counts again */
    public Done drop(Viewer viewer, UUID pageId, boolean dropped) {
        PaperPage known = page(viewer, pageId);
        UUID paper = known.paperId();
        return change(() -> {
            if (paper != null && done(viewer, paper)) {
                return new Done.Refused("", Reason.of("sheets.refused.done"));
            }
            store.drop(viewer.tenantId(), pageId, dropped);
            return new Done.Yes();
        });
    }

    private boolean done(Viewer viewer, UUID paper) {
        return store.readingLocked(viewer.tenantId(), paper)
                .filter(reading -> reading.handedAt() == null)
                .isEmpty();
    }

    /** Turns the picture of a page that no code placed by a quarter, clockwise. */
    public Done turn(Viewer viewer, UUID pageId) {
        PaperPage known = page(viewer, pageId);
        UUID paper = known.paperId();
        return change(() -> {
            if (paper != null && done(viewer, paper)) {
                return new Done.Refused("", Reason.of("sheets.refused.done"));
            }
            PaperPage page = store.pageLocked(viewer.tenantId(), pageId).orElseThrow();
            Optional<byte[]> jpeg = store.image(viewer.tenantId(), pageId);
            if (page.placed() || jpeg.isEmpty()) {
                return new Done.Refused("", Reason.of("sheets.refused.no-picture"));
            }
            store.turn(viewer.tenantId(), pageId, ScannedFiles.turned(jpeg.get()));
            return new Done.Yes();
        });
    }

    private Done change(java.util.function.Supplier<Done> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Done done = work.get();
            if (done instanceof Done.Refused) {
                status.setRollbackOnly();
            }
            return done;
        }));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
