package vn.chuanmuc.sheets;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.CyclePapers;
import vn.chuanmuc.assessments.PaperForms;
import vn.chuanmuc.assessments.PaperForms.Blank;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperFacts;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.rules.RuleBook;

/** Blank forms as papers: issued, printed, and measured to know where on a scan each item is. */
@Component
public class SheetPapers implements PaperFacts {
    static final String KIND = "phieu-danh-gia";

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final PaperForms forms;
    private final CyclePapers cycles;
    private final SheetStore store;
    private final Papers papers;
    private final PaperFiles files;
    private final Contents contents;
    private final Units units;
    private final Ledger ledger;
    private final MessageSource messages;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SheetPapers(
            PaperForms forms,
            CyclePapers cycles,
            SheetStore store,
            Papers papers,
            PaperFiles files,
            Contents contents,
            Units units,
            Ledger ledger,
            MessageSource messages,
            TransactionTemplate transaction,
            Clock clock) {
        this.forms = forms;
        this.cycles = cycles;
        this.store = store;
        this.papers = papers;
        this.files = files;
        this.contents = contents;
        this.units = units;
        this.ledger = ledger;
        this.messages = messages;
        this.transaction = transaction;
        this.clock = clock;
    }

    public record File(String name, byte[] bytes) {}

    /** What came of asking for a form on paper. */
    public sealed interface Printing {
        record Printed(File file) implements Printing {}

        record Refused(Reason why) implements Printing {}
    }

    /** What came of issuing one. */
    sealed interface Issuing {
        record Issued(Paper paper, PaperDocument letter) implements Issuing {}

        record Refused(Reason why) implements Issuing {}
    }

    /** Why a form cannot be printed now; empty when it can. */
    private static Optional<Reason> refused(Blank blank, RuleBook book) {
        if (blank.locked() != null) {
            return Optional.of(blank.locked());
        }
        return book.scale().size() > PaperDocument.Points.MOST_CHOICES
                ? Optional.of(Reason.of("sheets.print.scale", PaperDocument.Points.MOST_CHOICES))
                : Optional.empty();
    }

    /** The form of one stage of one person: the viewer's own, of somebody they rate, or of a unit whose papers they enter. */
    public Printing one(Viewer viewer, Place place) {
        return switch (issue(viewer, place)) {
            case Issuing.Refused(var why) -> new Printing.Refused(why);
            case Issuing.Issued(var paper, var letter) -> {
                byte[] pdf = files.pdf(paper, letter, viewer.accountId());
                yield new Printing.Printed(new File("phieu-" + paper.code().written() + ".pdf", pdf));
            }
        };
    }

    /** Issues the paper as the stage stands now, or finds it. */
    Issuing issue(Viewer viewer, Place place) {
        UUID tenant = viewer.tenantId();
        Blank blank = forms.blank(viewer, place);
        Optional<Reason> refused = refused(blank, forms.book(tenant, blank.form()));
        if (refused.isPresent()) {
            return new Issuing.Refused(refused.get());
        }
        SetText set = forms.words(tenant, blank.form());
        Layout layout = Layouts.at(
                cycles.line(tenant, blank.form().cycleId()), blank.form().opensOn());
        PaperDocument plain = document(tenant, blank, set, layout, Mark.NONE);
        Paper paper = Objects.requireNonNull(transaction.execute(status -> {
            byte[] body = contents.store(
                    tenant, "text/plain;charset=utf-8", set.canonical().getBytes(StandardCharsets.UTF_8));
            UUID sheet = sheet(viewer, blank);
            return papers.issueOrKeep(new Papers.Draft(
                    tenant,
                    KIND,
                    blank.form().cycleId(),
                    sheet,
                    plain.layout().id(),
                    SheetForm.at(blank.form().opensOn()).id(),
                    SheetText.head(plain),
                    body,
                    viewer.accountId()));
        }));
        return new Issuing.Issued(paper, document(tenant, blank, set, Layouts.of(paper.layout()), mark(blank, paper)));
    }

    private Mark mark(Blank blank, Paper paper) {
        return files.mark(SheetForm.at(blank.form().opensOn()).codeLabel(), paper);
    }

    private UUID sheet(Viewer viewer, Blank blank) {
        UUID tenant = viewer.tenantId();
        var fresh = new SheetStore.Sheet(
                Ids.next(),
                new Place(blank.form().period(), blank.form().id(), blank.stage()),
                blank.form().cycleId(),
                blank.form().unitId());
        if (store.insertSheet(tenant, fresh, viewer.accountId(), clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("cycle", fresh.cycleId().toString());
            facts.put("form", blank.form().id().toString());
            facts.put("stage", blank.stage());
            ledger.append(new Act(tenant, "sheets.sheet-made", fresh.id(), viewer.accountId(), facts)
                    .with(Piece.of(SheetEvidence.SHEET, fresh.id())));
            return fresh.id();
        }
        return store.sheet(tenant, fresh.place()).orElseThrow().id();
    }

    private PaperDocument document(UUID tenant, Blank blank, SetText set, Layout layout, Mark mark) {
        LocalDate opened = blank.form().opensOn();
        UUID unit = blank.raterUnit();
        return SheetText.document(
                blank,
                unit == null ? "" : units.names(tenant, List.of(unit)).getOrDefault(unit, ""),
                forms.book(tenant, blank.form()),
                set,
                SheetForm.at(opened),
                layout.upright(),
                opened,
                mark);
    }

    /** What would be printed of the stage now, in the layout of the paper. */
    private PaperDocument laidOut(UUID tenant, Blank blank, Paper paper) {
        return document(
                tenant, blank, forms.words(tenant, blank.form()), Layouts.of(paper.layout()), mark(blank, paper));
    }

    /** Whether the paper is what would be printed of the stage now: not of an earlier handing in, nor of other words. */
    boolean current(UUID tenant, Blank blank, Paper paper) {
        PaperDocument now = laidOut(tenant, blank, paper);
        return SheetText.head(now).equals(paper.head())
                && Sha256.same(forms.words(tenant, blank.form()).hash(), paper.bodyHash());
    }

    /** Where on the paper each item is, by laying it out again; no rows when it would be printed otherwise today. */
    PdfWriter.Measured measure(UUID tenant, Blank blank, Paper paper) {
        PdfWriter.Measured now = files.measure(laidOut(tenant, blank, paper));
        return current(tenant, blank, paper) ? now : new PdfWriter.Measured(now.pages(), List.of());
    }

    /** What a file of scanned pages is called in itself. */
    String scanTitle(String code) {
        return messages.getMessage("sheets.paper.scan.title", new Object[] {code}, VIETNAMESE);
    }

    @Override
    public boolean tells(String kind) {
        return kind.equals(KIND);
    }

    /** Details are restricted: whoever holds the paper learns that it is genuine and of which day; not whose it is. */
    @Override
    public Shown shown(Paper paper) {
        String day = VietnameseDates.format(LocalDate.ofInstant(paper.issuedAt(), ZONE));
        return new Shown(
                SheetForm.at(LocalDate.ofInstant(paper.issuedAt(), ZONE)).title(),
                messages.getMessage("sheets.paper.restricted", new Object[] {day}, VIETNAMESE),
                List.of(),
                null);
    }

    @Override
    public boolean isDocument(Paper paper, byte[] fileHash) {
        return papers.isPrint(paper, fileHash);
    }

    @Override
    public Optional<Paper> ofDocument(byte[] fileHash) {
        return Optional.empty();
    }
}
