package vn.chuanmuc.overview;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.CyclePapers;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperFacts;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.documents.PaperFiles.File;
import vn.chuanmuc.documents.PaperFiles.Format;
import vn.chuanmuc.documents.PaperKind;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.office.TableDocument;
import vn.chuanmuc.overview.Overview.CycleLine;
import vn.chuanmuc.overview.ReportStore.Report;
import vn.chuanmuc.overview.ReportWriting.Written;

/**
 * Quarterly reports of units (ADR 0024): looked at at any time, without a number and marked so; issued as papers with a number, whose
 * figures stay as they were then.
 */
@Component
public class Reports implements PaperFacts {
    static final String KIND = "bao-cao-quy";
    /** As it stands in the number of one that is not numbered yet. */
    static final String TYPE = "BC";

    private static final String FORM = "bao-cao-quy-2026";
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Overview overview;
    private final ReportWriting writing;
    private final ReportStore store;
    private final CyclePapers cycles;
    private final Papers papers;
    private final PaperFiles files;
    private final Contents contents;
    private final Numbering numbering;
    private final Access access;
    private final Accounts accounts;
    private final Ledger ledger;
    private final MessageSource messages;
    private final TransactionTemplate transaction;
    private final TransactionTemplate snapshot;
    private final Clock clock;

    Reports(
            Overview overview,
            ReportWriting writing,
            ReportStore store,
            CyclePapers cycles,
            Papers papers,
            PaperFiles files,
            Contents contents,
            Numbering numbering,
            Access access,
            Accounts accounts,
            Ledger ledger,
            MessageSource messages,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.overview = overview;
        this.writing = writing;
        this.store = store;
        this.cycles = cycles;
        this.papers = papers;
        this.files = files;
        this.contents = contents;
        this.numbering = numbering;
        this.access = access;
        this.accounts = accounts;
        this.ledger = ledger;
        this.messages = messages;
        this.transaction = new TransactionTemplate(transactions);
        // Figures of one report are those of one moment, however many questions they take.
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        this.clock = clock;
    }

    /** What came of asking for a report that is not issued. */
    public sealed interface Preview {
        record Ready(File file) implements Preview {}

        record Refused(Reason why) implements Preview {}
    }

    /**
     * The report as it would be issued now, without a number and marked so.
     *
     * @param unit null: the highest one of the viewer's
     * @param sealed whether nothing but sealed figures is shown
     */
    public Preview preview(Viewer viewer, CycleLine cycle, @Nullable UUID unit, boolean sealed, Format format) {
        return switch (written(viewer, cycle, unit, sealed)) {
            case Written.Refused(var why) -> new Preview.Refused(why);
            case Written.Ready(var whole, var text) -> {
                if (format == Format.PDF && text.rows() > PdfWriter.MAX_ROWS) {
                    yield new Preview.Refused(tooMany(text));
                }
                LocalDate today = LocalDate.now(clock);
                TableDocument document = text.document(
                        Layouts.at(cycles.line(viewer.tenantId(), cycle.id()), today),
                        null,
                        null,
                        today,
                        t("overview.report.preview"),
                        Mark.NONE);
                yield new Preview.Ready(files.table(
                        document, "xem-truoc-bao-cao-" + cycle.period().code(), format));
            }
        };
    }

    private static Reason tooMany(ReportText text) {
        return Reason.of("overview.report.many", text.rows(), PdfWriter.MAX_ROWS);
    }

    private Written written(Viewer viewer, CycleLine cycle, @Nullable UUID unit, boolean sealed) {
        return Objects.requireNonNull(snapshot.execute(status -> writing.write(viewer, cycle, unit, sealed)));
    }

    public boolean mayIssue(Viewer viewer, UUID unit) {
        return access.covers(viewer, Permission.ISSUE_REPORT, unit);
    }

    /** The number a report of the unit would be issued under now. */
    public Numbering.Prospect prospect(Viewer viewer, CycleLine cycle, UUID unit) {
        return numbering.prospect(
                viewer.tenantId(),
                unit,
                cycles.line(viewer.tenantId(), cycle.id()),
                PaperKind.REPORT,
                LocalDate.now(clock));
    }

    /** What came of issuing a report. */
    public sealed interface Issuing {
        record Done(UUID id) implements Issuing {}

        /** One that says the same was issued before, and stands. */
        record Already(UUID id) implements Issuing {}

        /** @param field of the form; empty for the whole */
        record Refused(String field, Reason why) implements Issuing {}
    }

    /**
     * Issues the report of a unit: it takes its number, and the one before it about the same counts no more. Of two at once that say
     * the same, one is issued.
     *
     * @param sealed whether small groups are hidden, to be shown outside of the body
     * @param unnumbered without a number out of the book; a clerk writes one on the paper
     */
    public Issuing issue(Viewer viewer, UUID cycleId, UUID unit, boolean sealed, boolean unnumbered) {
        access.require(viewer, Permission.ISSUE_REPORT, unit);
        record Taken(CycleLine cycle, Written written) {}
        Taken taken = Objects.requireNonNull(snapshot.execute(status -> {
            CycleLine cycle = overview.cycles(viewer).stream()
                    .filter(one -> one.id().equals(cycleId))
                    .findFirst()
                    .orElseThrow(() -> new NotFound("cycle with figures"));
            return new Taken(cycle, writing.write(viewer, cycle, unit, sealed));
        }));
        return switch (taken.written()) {
            case Written.Refused(var why) -> new Issuing.Refused("", why);
            case Written.Ready(var whole, var text) -> {
                if (!sealed && !taken.cycle().settled()) {
                    yield new Issuing.Refused("", Reason.of("overview.report.unsettled"));
                }
                if (text.rows() > PdfWriter.MAX_ROWS) {
                    yield new Issuing.Refused("", tooMany(text));
                }
                yield Objects.requireNonNull(transaction.execute(status -> {
                    Issuing issuing = issue(viewer, taken.cycle(), unit, sealed, unnumbered, text);
                    if (issuing instanceof Issuing.Refused) {
                        status.setRollbackOnly();
                    }
                    return issuing;
                }));
            }
        };
    }

    private Issuing issue(
            Viewer viewer, CycleLine cycle, UUID unit, boolean sealed, boolean unnumbered, ReportText text) {
        UUID tenant = viewer.tenantId();
        LocalDate today = LocalDate.now(clock);
        byte[] body =
                contents.store(tenant, "application/json", text.canonical().getBytes(StandardCharsets.UTF_8));
        var line = cycles.line(tenant, cycle.id());
        UUID subject = subject(unit, sealed);
        // Whoever issues another report of the unit waits here; the same text is the same paper.
        Paper paper = papers.issueOrKeep(new Papers.Draft(
                tenant,
                KIND,
                cycle.id(),
                subject,
                Layouts.at(line, today).id(),
                FORM,
                text.head(),
                body,
                viewer.accountId()));
        if (store.find(tenant, paper.id()).isPresent()) {
            return new Issuing.Already(paper.id());
        }
        store.insert(
                tenant,
                new Report(paper.id(), cycle.id(), unit, sealed, cycle.closed(), viewer.accountId(), paper.issuedAt()));
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", cycle.id().toString());
        facts.put("unit", unit.toString());
        facts.put("code", paper.code().signs());
        facts.put("sealed", sealed);
        facts.put("closed", cycle.closed());
        ledger.append(new Act(tenant, "overview.report-issued", paper.id(), viewer.accountId(), facts, paper.textHash())
                .with(Piece.of(OverviewEvidence.REPORT, paper.id())));
        String replaced = t("overview.report.replaced.without");
        if (!unnumbered) {
            var taking = numbering.take(new Numbering.Request(
                    tenant,
                    unit,
                    line,
                    PaperKind.REPORT,
                    today,
                    paper.id(),
                    text.title() + " – " + text.issuer(),
                    "",
                    viewer.accountId()));
            switch (taking) {
                case Numbering.Taking.Refused(var why) -> {
                    return new Issuing.Refused("khong-so", why);
                }
                case Numbering.Taking.Taken(var bearing) -> replaced = t("overview.report.replaced", bearing.written());
            }
        }
        String why = replaced;
        papers.of(tenant, KIND, cycle.id(), subject).stream()
                .filter(one -> !one.id().equals(paper.id()))
                .findFirst()
                .ifPresent(before -> numbering.withdraw(tenant, before.id(), why, viewer.accountId()));
        return new Issuing.Done(paper.id());
    }

    /** One live report for each unit of a cycle, and one of what everybody may see. */
    private static UUID subject(UUID unit, boolean sealed) {
        return sealed ? UUID.nameUUIDFromBytes(("bao-cao-quy/" + unit).getBytes(StandardCharsets.UTF_8)) : unit;
    }

    /**
     * A report that was issued.
     *
     * @param sealed whether small groups are hidden in it
     * @param number what it bears; null for none
     * @param live whether no later one took its place
     */
    public record Issued(
            UUID id, String code, boolean sealed, @Nullable Bearing number, Instant at, String by, boolean live) {}

    /** Reports of a unit that the viewer may open, the newest first; at most 100. @param end only those issued before; null: all */
    public List<Issued> issued(Viewer viewer, CycleLine cycle, UUID unit, @Nullable Instant end) {
        UUID tenant = viewer.tenantId();
        overview.requireOpen(viewer, cycle.id(), unit);
        var found = new ArrayList<Paper>();
        if (access.covers(viewer, Permission.READ_ASSESSMENTS, unit)) {
            found.addAll(papers.of(tenant, KIND, cycle.id(), subject(unit, false)));
        }
        found.addAll(papers.of(tenant, KIND, cycle.id(), subject(unit, true)));
        found.removeIf(paper -> end != null && !paper.issuedAt().isBefore(end));
        var numbers = numbering.of(tenant, found.stream().map(Paper::id).toList());
        var names = accounts.names(
                tenant, found.stream().map(Paper::issuedBy).distinct().toList());
        return found.stream()
                .sorted(Comparator.comparing(Paper::issuedAt).reversed())
                .map(paper -> new Issued(
                        paper.id(),
                        paper.code().written(),
                        paper.subject().equals(subject(unit, true)),
                        numbers.get(paper.id()),
                        paper.issuedAt(),
                        names.getOrDefault(paper.issuedBy(), ""),
                        paper.state().live()))
                .toList();
    }

    /** A report as it was issued. @throws NotFound for whoever may not see its figures */
    public File file(Viewer viewer, UUID id, Format format) {
        UUID tenant = viewer.tenantId();
        Report report = store.find(tenant, id).orElseThrow(() -> new NotFound("report"));
        overview.requireOpen(viewer, report.cycleId(), report.unitId());
        if (!report.sealed() && !access.covers(viewer, Permission.READ_ASSESSMENTS, report.unitId())) {
            throw new NotFound("report");
        }
        Paper paper = papers.find(tenant, id).orElseThrow();
        Bearing number = numbering.of(tenant, id).orElse(null);
        LocalDate day = LocalDate.ofInstant(report.issuedAt(), ZONE);
        TableDocument document = text(paper)
                .document(
                        number == null ? Layouts.of(paper.layout()) : number.look(),
                        number,
                        day,
                        day,
                        "",
                        files.mark(t("overview.report.code"), paper));
        return files.table(paper, document, KIND + "-" + paper.code().written(), format, viewer.accountId());
    }

    private ReportText text(Paper paper) {
        byte[] body = contents.find(paper.tenantId(), paper.bodyHash())
                .orElseThrow(() -> new IllegalStateException("the body of a paper is kept"))
                .bytes();
        return ReportText.read(new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public boolean tells(String kind) {
        return kind.equals(KIND);
    }

    /** Whose report it is, of which quarter, and its number; none of its figures. */
    @Override
    public Shown shown(Paper paper) {
        ReportText text = text(paper);
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(t("overview.report.shown.unit"), text.issuer()));
        Optional<Bearing> number = numbering.of(paper.tenantId(), paper.id());
        number.ifPresent(one -> facts.add(new Fact(t("overview.report.shown.number"), one.written())));
        facts.add(new Fact(
                t("overview.report.shown.day"), VietnameseDates.format(LocalDate.ofInstant(paper.issuedAt(), ZONE))));
        return new Shown(text.title(), t("overview.report.shown"), facts, null);
    }

    @Override
    public boolean isDocument(Paper paper, byte[] fileHash) {
        return papers.isPrint(paper, fileHash);
    }

    @Override
    public Optional<Paper> ofDocument(byte[] fileHash) {
        return Optional.empty();
    }

    private String t(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments.length == 0 ? null : arguments, VIETNAMESE));
    }
}
