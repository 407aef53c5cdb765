package vn.chuanmuc.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.DirectoryFeed;
import vn.chuanmuc.directory.PersonJson;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.figures.FigureReader.Line;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.OfficeFiles;
import vn.chuanmuc.office.SheetLimits;
import vn.chuanmuc.office.SheetReading;
import vn.chuanmuc.office.SheetRow;

/**
 * Lists of figures that offices bring in (ADR 0027): taken whole or not at all, confirmed by a second person, then offered to
 * assessment forms. What is wrong is taken back with a reason or brought in anew; nothing is rewritten.
 */
@Component
public class FigureLists {
    /** What an uploaded workbook may be. */
    static final SheetLimits LIMITS = new SheetLimits(5L << 20, FigureReader.MOST_FIGURES + 1_000, 60);
    /** Errors told at once: more than a person mends before trying again. */
    static final int MOST_FINDINGS = 200;

    public static final int MOST_LISTS = 200;
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_FILE_NAME = 200;
    private static final int LONGEST_REASON = 1_000;

    private final FigureStore store;
    private final FigureIndexes indexes;
    private final Access access;
    private final Units units;
    private final DirectoryFeed feed;
    private final Contents contents;
    private final Ledger ledger;
    private final Clock clock;

    FigureLists(
            FigureStore store,
            FigureIndexes indexes,
            Access access,
            Units units,
            DirectoryFeed feed,
            Contents contents,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.indexes = indexes;
        this.access = access;
        this.units = units;
        this.feed = feed;
        this.contents = contents;
        this.ledger = ledger;
        this.clock = clock;
    }

    public enum State {
        WAITING,
        CONFIRMED,
        REFUSED,
        WITHDRAWN;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What somebody did with a list. */
    public record Step(UUID by, Instant at, String reason) {}

    /**
     * A list as it was brought in, and what became of it.
     *
     * @param documentNumber as printed
     * @param blank rows of the file that hold no value
     * @param judged confirmed or refused
     */
    public record FigureList(
            UUID id,
            UUID unitId,
            String unitName,
            String documentName,
            String documentNumber,
            LocalDate documentDate,
            String fileName,
            byte[] fileHash,
            int figures,
            int blank,
            UUID broughtBy,
            Instant broughtAt,
            State state,
            @Nullable Step judged,
            @Nullable Step withdrawn) {}

    /** A figure of a list. @param person null: of the unit @param earlier what was confirmed of the same day before; null for none */
    public record Row(
            int number,
            @Nullable UUID personId,
            @Nullable String person,
            String unit,
            String code,
            String words,
            String value,
            LocalDate on,
            @Nullable String earlier) {}

    /** A list to be brought in, as it is typed. */
    public record Bringing(
            UUID unitId, String documentName, String documentNumber, String documentDate, String fileName, Path file) {}

    /** A cell that is wrong: where, what it says, and why. */
    public record Finding(String cell, String value, Reason why) {}

    public sealed interface Brought {
        record Done(UUID id) implements Brought {}

        /** The same file for the same unit is in already. */
        record Known(UUID id) implements Brought {}

        /** @param byField fields of the form */
        record Refused(Map<String, Reason> byField) implements Brought {
            public Refused {
                byField = Map.copyOf(byField);
            }
        }

        /** Nothing was taken. @param findings the first 200 of {@code all} */
        record Wrong(List<Finding> findings, int all) implements Brought {}
    }

    public sealed interface Done {
        record Now() implements Done {}

        /** It was so before. */
        record Already() implements Done {}

        record Refused(String field, Reason why) implements Done {}
    }

    /** Takes a list in whole, or says what is wrong in which cell. */
    @Transactional
    public Brought bring(Viewer viewer, Bringing bringing) {
        access.require(viewer, Permission.BRING_FIGURES, bringing.unitId());
        var wrong = new LinkedHashMap<String, Reason>();
        LocalDate date = FigureIndexes.day(bringing.documentDate());
        Document document = document(bringing.documentName(), bringing.documentNumber(), date, wrong);
        var rows = new ArrayList<SheetRow>();
        if (OfficeFiles.readFirstSheet(bringing.file(), LIMITS, rows::add) instanceof SheetReading.Refused(var why)) {
            wrong.put("tep", new Reason("office.refused." + why.code(), why.args()));
            return new Brought.Refused(wrong);
        }
        FigureReader.Table table = FigureReader.read(rows);
        if (table instanceof FigureReader.Table.Refused(var why)) {
            wrong.put("tep", why);
        }
        if (!(table instanceof FigureReader.Table.Read(var lines, int blank)) || !wrong.isEmpty() || document == null) {
            return new Brought.Refused(wrong);
        }
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(bringing.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = Texts.oneLine(bringing.fileName());
        return take(
                viewer.tenantId(),
                viewer.accountId(),
                bringing.unitId(),
                document,
                new Source(name.isEmpty() ? "so-lieu.xlsx" : name, XLSX, bytes),
                lines,
                blank);
    }

    /**
     * Takes a list in whole that another system sent. Whose token it was stands in the place of an account: it confirms nothing, so
     * any person who may confirm is the second.
     *
     * @param scope what the token reaches: one unit, and all below it
     * @param json as it came: it is what is kept and hashed
     * @throws PersonJson.Wrong when it is not as described
     */
    @Transactional
    public Brought send(Scope scope, byte[] json) {
        FigureJson.Sent sent = FigureJson.read(json);
        String code = sent.unit();
        UUID unit = code == null
                ? scope.units().getFirst()
                : feed.unit(scope, code).orElseThrow(() -> FigureJson.noUnit(code));
        var wrong = new LinkedHashMap<String, Reason>();
        Document document = document(sent.name(), sent.number(), sent.date(), wrong);
        if (document == null) {
            return new Brought.Refused(wrong);
        }
        return take(
                scope.tenantId(),
                scope.actor(),
                unit,
                document,
                new Source("so-lieu.json", FigureJson.TYPE, json),
                sent.lines(),
                0);
    }

    /** A list that was sent, as far as the token reaches. */
    public Optional<FigureList> sent(Scope scope, UUID id) {
        return store.find(scope.tenantId(), id)
                .filter(list -> store.below(scope.tenantId(), scope.units().toArray(UUID[]::new), list.unitId()));
    }

    private @Nullable Document document(
            String name, String number, @Nullable LocalDate date, Map<String, Reason> wrong) {
        String clean = Texts.oneLine(name);
        String printed = Texts.oneLine(number);
        if (clean.isEmpty() || clean.length() > LONGEST_NAME) {
            wrong.put("ten-vb", Reason.of("figures.wrong.document", LONGEST_NAME));
        }
        if (printed.isEmpty() || printed.length() > LONGEST_NUMBER) {
            wrong.put("so-vb", Reason.of("figures.wrong.number", LONGEST_NUMBER));
        }
        if (date == null || date.isAfter(today())) {
            wrong.put("ngay-vb", Reason.of(date == null ? "figures.wrong.day" : "figures.wrong.future"));
        }
        return date == null || !wrong.isEmpty() ? null : new Document(clean, printed, date);
    }

    private record Document(String name, String number, LocalDate date) {}

    /** What a list stood in. */
    private record Source(String name, String mediaType, byte[] bytes) {
        String shortName() {
            return name.length() > LONGEST_FILE_NAME ? name.substring(0, LONGEST_FILE_NAME) : name;
        }
    }

    private Brought take(
            UUID tenant, UUID actor, UUID unitId, Document document, Source source, List<Line> lines, int blank) {
        Units.Unit unit = units.find(tenant, unitId).orElseThrow(() -> new NotFound("unit"));
        var checking = new FigureChecking(store, indexes, tenant, unit, today(), lines);
        checking.all();
        if (!checking.findings.isEmpty()) {
            return new Brought.Wrong(
                    checking.findings.stream().limit(MOST_FINDINGS).toList(), checking.findings.size());
        }
        byte[] hash = Sha256.of(source.bytes());
        store.lock(tenant, "file " + unitId + HexFormat.of().formatHex(hash));
        Optional<UUID> known = store.same(tenant, unitId, hash);
        if (known.isPresent()) {
            return new Brought.Known(known.get());
        }
        contents.store(tenant, source.mediaType(), source.bytes());
        UUID id = Ids.next();
        store.insertList(
                tenant,
                new FigureList(
                        id,
                        unitId,
                        "",
                        document.name(),
                        document.number(),
                        document.date(),
                        source.shortName(),
                        hash,
                        checking.figures.size(),
                        blank,
                        actor,
                        now(),
                        State.WAITING,
                        null,
                        null));
        store.insertFigures(tenant, id, checking.figures);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("unit", unitId.toString());
        facts.put("document", document.number());
        facts.put("figures", checking.figures.size());
        ledger.append(new Act(tenant, "figures.brought", id, actor, facts, hash)
                .with(
                        Piece.of(FigureEvidence.CONTENT, (Object) hash),
                        Piece.of(FigureEvidence.LIST, id),
                        Piece.of(FigureEvidence.FIGURES, id)));
        return new Brought.Done(id);
    }

    /** Lists of the viewer's units, the newest first; at most 200. @param state null for all */
    public List<FigureList> lists(Viewer viewer, @Nullable State state) {
        access.require(viewer, Permission.READ_FIGURES);
        return store.lists(viewer.tenantId(), viewer.unitsWith(Permission.READ_FIGURES), state);
    }

    /** How many lists of others wait for the viewer's confirmation. */
    long toConfirm(Viewer viewer) {
        return viewer.may(Permission.CONFIRM_FIGURES)
                ? store.toConfirm(viewer.tenantId(), viewer.unitsWith(Permission.CONFIRM_FIGURES), viewer.accountId())
                : 0;
    }

    /** A list that the viewer may read. */
    public FigureList get(Viewer viewer, UUID id) {
        FigureList list = store.find(viewer.tenantId(), id).orElseThrow(() -> new NotFound("list of figures"));
        if (!access.covers(viewer, Permission.READ_FIGURES, list.unitId())) {
            throw new NotFound("list of figures");
        }
        return list;
    }

    /** Figures of a list by their row; at most 200. */
    public List<Row> rows(Viewer viewer, FigureList list, int offset, int limit) {
        return store.rows(viewer.tenantId(), list.id(), offset, Math.min(limit, 200));
    }

    /** The file as it was brought in. */
    public Contents.Content file(Viewer viewer, FigureList list) {
        return contents.find(viewer.tenantId(), list.fileHash())
                .orElseThrow(() -> new IllegalStateException("a file of figures is missing"));
    }

    /** People of a unit on a day, by name, for a file that is to be filled in: at most 20,000. */
    public List<Named> people(Viewer viewer, UUID unitId, LocalDate day) {
        access.require(viewer, Permission.BRING_FIGURES, unitId);
        return store.people(viewer.tenantId(), unitId, day, FigureReader.MOST_FIGURES);
    }

    /** Somebody as a file names them. @param staffCode empty for none */
    public record Named(
            String staffCode, String name, @Nullable LocalDate birthDate, String unitCode) {}

    /** Why the viewer cannot confirm or refuse the list; empty when they can. */
    public Optional<Reason> mayNotJudge(Viewer viewer, FigureList list) {
        if (!access.covers(viewer, Permission.CONFIRM_FIGURES, list.unitId())) {
            return Optional.of(Reason.of("figures.judge.authority"));
        }
        if (list.state() != State.WAITING) {
            return Optional.of(Reason.of("figures.judge.state." + list.state().code()));
        }
        if (list.broughtBy().equals(viewer.accountId())) {
            return Optional.of(Reason.of("figures.judge.own"));
        }
        UUID person = viewer.personId();
        return person != null && store.names(viewer.tenantId(), list.id(), person)
                ? Optional.of(Reason.of("figures.judge.about"))
                : Optional.empty();
    }

    /** A second person says that the list is as the document says. */
    @Transactional
    public Done confirm(Viewer viewer, UUID id) {
        return judge(viewer, id, true, "");
    }

    /** A second person says that it is not. */
    @Transactional
    public Done refuse(Viewer viewer, UUID id, String reason) {
        return judge(viewer, id, false, reason);
    }

    private Done judge(Viewer viewer, UUID id, boolean confirmed, String typed) {
        store.lock(viewer.tenantId(), "list " + id);
        FigureList list = get(viewer, id);
        access.require(viewer, Permission.CONFIRM_FIGURES, list.unitId());
        Step judged = list.judged();
        if (judged != null
                && judged.by().equals(viewer.accountId())
                && list.state() == (confirmed ? State.CONFIRMED : State.REFUSED)) {
            return new Done.Already();
        }
        Optional<Reason> not = mayNotJudge(viewer, list);
        if (not.isPresent()) {
            return new Done.Refused("", not.get());
        }
        String reason = typed.strip();
        if (!confirmed && (reason.isEmpty() || reason.length() > LONGEST_REASON)) {
            return new Done.Refused("ly-do", Reason.of("figures.wrong.reason", LONGEST_REASON));
        }
        store.insertVerdict(viewer.tenantId(), id, confirmed, reason, viewer.accountId(), now());
        append(viewer, list, confirmed ? "figures.confirmed" : "figures.refused", reason, FigureEvidence.VERDICT);
        return new Done.Now();
    }

    /** Whether the viewer may take the list back: who brought it, or who may confirm in its unit. */
    public boolean mayWithdraw(Viewer viewer, FigureList list) {
        return (list.state() == State.WAITING || list.state() == State.CONFIRMED)
                && (list.broughtBy().equals(viewer.accountId())
                                && access.covers(viewer, Permission.BRING_FIGURES, list.unitId())
                        || access.covers(viewer, Permission.CONFIRM_FIGURES, list.unitId()));
    }

    /** Takes a list back: it is offered no more, and what was taken into forms from it stays there. */
    @Transactional
    public Done withdraw(Viewer viewer, UUID id, String typed) {
        store.lock(viewer.tenantId(), "list " + id);
        FigureList list = get(viewer, id);
        if (list.state() == State.WITHDRAWN) {
            return new Done.Already();
        }
        if (list.state() == State.REFUSED) {
            return new Done.Refused("", Reason.of("figures.judge.state.refused"));
        }
        if (!mayWithdraw(viewer, list)) {
            throw new vn.chuanmuc.access.Forbidden(Permission.CONFIRM_FIGURES);
        }
        String reason = typed.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return new Done.Refused("ly-do-rut", Reason.of("figures.wrong.reason", LONGEST_REASON));
        }
        store.insertWithdrawal(viewer.tenantId(), id, reason, viewer.accountId(), now());
        append(viewer, list, "figures.withdrawn", reason, FigureEvidence.WITHDRAWAL);
        return new Done.Now();
    }

    private void append(Viewer viewer, FigureList list, String act, String reason, String kind) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("unit", list.unitId().toString());
        facts.put("document", list.documentNumber());
        if (!reason.isEmpty()) {
            facts.put("reason", reason);
        }
        ledger.append(new Act(viewer.tenantId(), act, list.id(), viewer.accountId(), facts, list.fileHash())
                .with(Piece.of(kind, list.id())));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
