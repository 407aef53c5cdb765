package vn.chuanmuc.assessments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Results.Decided;
import vn.chuanmuc.assessments.Results.Sheet;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperFacts;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.kernel.VietnameseNumbers;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.office.PaperDocument.SignatureBlock;
import vn.chuanmuc.office.TableDocument.Header;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;

/** The notice of a result as a paper that is handed over: level, remarks for the person, how it was computed, room to confirm receipt. */
@Component
public class ResultLetters implements PaperFacts {
    static final String KIND = "ket-qua";
    /** What is printed and in which order; another order is another form. */
    private static final String FORM = "ket-qua-2026-2";

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Results results;
    private final CyclePapers cycles;
    private final Papers papers;
    private final PaperFiles files;
    private final Contents contents;
    private final MessageSource messages;
    private final TransactionTemplate transaction;

    ResultLetters(
            Results results,
            CyclePapers cycles,
            Papers papers,
            PaperFiles files,
            Contents contents,
            MessageSource messages,
            TransactionTemplate transaction) {
        this.results = results;
        this.cycles = cycles;
        this.papers = papers;
        this.files = files;
        this.contents = contents;
        this.messages = messages;
        this.transaction = transaction;
    }

    /**
     * The notice of the version that stands: for the person once they were told, for others from its approval on.
     *
     * @throws NotFound before it is approved
     */
    public PaperFiles.File letter(Viewer viewer, Period period, UUID formId, boolean word) {
        Sheet sheet = results.sheet(viewer, period, formId);
        Decided shown = sheet.shown();
        Instant approved = shown.approvedAt();
        if (approved == null || !Boolean.TRUE.equals(shown.approved())) {
            throw new NotFound("approved result");
        }
        LocalDate on = LocalDate.ofInstant(approved, ZONE);
        Bearing number = sheet.number();
        Layout layout = number == null
                ? Layouts.at(cycles.line(viewer.tenantId(), sheet.about().cycleId()), on)
                : number.look();
        PaperDocument plain = document(sheet, approved, layout, Mark.NONE);
        Paper paper = transaction.execute(status -> {
            byte[] body = contents.store(
                    viewer.tenantId(), "application/json", shown.content().getBytes(StandardCharsets.UTF_8));
            return papers.issueOrKeep(new Papers.Draft(
                    viewer.tenantId(),
                    KIND,
                    formId,
                    sheet.about().personId(),
                    layout.id(),
                    FORM,
                    head(plain, number),
                    body,
                    viewer.accountId()));
        });
        if (paper == null) {
            throw new IllegalStateException("a paper was issued");
        }
        PaperDocument letter = document(
                sheet, approved, Layouts.of(paper.layout()), files.mark(word("assessments.letter.code"), paper));
        return files.file(paper, letter, "ket-qua-" + period.code(), word, viewer.accountId());
    }

    /** The computation of the result as the viewer may see it, as a workbook of live formulas; it names nobody. */
    public byte[] workbook(Viewer viewer, Period period, UUID formId) {
        Sheet sheet = results.sheet(viewer, period, formId);
        var bytes = new ByteArrayOutputStream();
        try {
            Rules.sheet(sheet.book(), sheet.shape(), sheet.answers(), this::word, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Everything that is printed, line by line: what the paper's hash is of. */
    private static String head(PaperDocument letter, @Nullable Bearing number) {
        var text = new StringBuilder();
        if (number != null) {
            text.append(number.written())
                    .append('\n')
                    .append(number.look().placeDate(number.printedPlace(), number.day()))
                    .append('\n');
        }
        return text.append(PaperFiles.text(letter)).toString();
    }

    private PaperDocument document(Sheet sheet, Instant approved, Layout layout, Mark mark) {
        Results.About about = sheet.about();
        Decided shown = sheet.shown();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(word("assessments.letter.person"), about.fullName()));
        facts.add(new Fact(word("assessments.letter.position"), about.positionName() + ", " + about.unitName()));
        facts.add(new Fact(
                word("assessments.letter.period"),
                word("assessments.letter.days", about.cycleTitle(), day(about.dayFrom()), day(about.dayTo()))));
        facts.add(new Fact(word("assessments.letter.level"), shown.gradeName()));
        facts.add(new Fact(
                word("assessments.letter.decided"),
                word(
                        "assessments.letter.hands",
                        shown.by(),
                        day(LocalDate.ofInstant(shown.at(), ZONE)),
                        String.valueOf(shown.approvedBy()),
                        day(LocalDate.ofInstant(approved, ZONE)))));
        facts.add(new Fact(
                word("assessments.letter.rules"),
                word(
                        "assessments.letter.rules.read",
                        sheet.book().name(),
                        sheet.book().named() ? sheet.book().basis() : word("assessments.no-basis"))));
        String title = word("assessments.letter.title");
        Bearing number = sheet.number();
        return new PaperDocument(
                title + " – " + about.fullName(),
                LocalDate.ofInstant(approved, ZONE),
                layout.upright(),
                number == null
                        ? new Header("", about.unitName(), null, word("assessments.letter.place"), null)
                        : new Header("", about.unitName(), number.printed(), number.printedPlace(), number.day()),
                about.contested() ? List.of(title, word("assessments.letter.contested")) : List.of(title),
                about.cycleTitle(),
                facts,
                opening(sheet),
                points(sheet),
                List.of(word(
                        "assessments.letter.petition",
                        sheet.book().clocks().file(),
                        sheet.book().clocks().basis().isBlank()
                                ? word("assessments.no-basis")
                                : sheet.book().clocks().basis())),
                List.of(),
                List.of(
                        new SignatureBlock(
                                "nguoibao",
                                word("assessments.letter.head"),
                                List.of(word("assessments.letter.head")),
                                word("assessments.letter.sign"),
                                number == null ? "" : number.signer()),
                        new SignatureBlock(
                                "nguoinhan",
                                word("assessments.letter.receiver"),
                                List.of(word("assessments.letter.receiver")),
                                word("assessments.letter.sign-received"),
                                about.fullName())),
                mark,
                "vi");
    }

    /** The remark; and, where the decision is not what the rules suggest, that it is not. */
    private List<String> opening(Sheet sheet) {
        Decided shown = sheet.shown();
        String remark = shown.remark().isEmpty()
                ? word("assessments.letter.no-remark")
                : word("assessments.letter.remark", shown.remark());
        String suggested = shown.suggested();
        return suggested == null || suggested.equals(shown.grade())
                ? List.of(remark)
                : List.of(
                        word(
                                "assessments.result.differs",
                                sheet.book()
                                        .grade(suggested)
                                        .map(RuleBook.Grade::words)
                                        .orElse(suggested),
                                shown.gradeName()),
                        remark);
    }

    /** How many items have each level, what other weights would make of them, and each step of the computation with its numbers. */
    private Points points(Sheet sheet) {
        Computation computation = sheet.computation();
        var lines = new ArrayList<Line>();
        lines.add(new Line.Group(
                sheet.stage() == null
                        ? word("assessments.letter.tallies")
                        : word("assessments.letter.tallies.of", sheet.stage())));
        int number = 1;
        for (Computation.Tally tally : computation.tallies()) {
            lines.add(new Line.Item(
                    number++, word("assessments.letter.tally", tally.level().words(), tally.items())));
        }
        lines.add(new Line.Item(number, word("assessments.letter.not-assessed", computation.notAssessed())));
        lines.add(new Line.Group(word("assessments.letter.steps")));
        for (Computation.Step step : computation.steps()) {
            var words = new StringBuilder(word(step.what()));
            if (!step.expression().isEmpty()) {
                words.append(": ").append(step.expression());
            }
            if (step.value() != null) {
                words.append(step.value().exact() ? " = " : " ≈ ")
                        .append(VietnameseNumbers.format(step.value().value()));
            }
            if (step.words() != null) {
                words.append(": ").append(word(step.words()));
            }
            lines.add(new Line.Item(step.number(), words.toString()));
        }
        if (!computation.alternatives().isEmpty()) {
            lines.add(new Line.Group(word("rules.alternatives")));
            int at = 1;
            for (Computation.Alternative one : computation.alternatives()) {
                Reason weighting =
                        Reason.of("rules.weighting." + one.weighting().name().toLowerCase(Locale.ROOT));
                lines.add(new Line.Item(
                        at++,
                        one.chosen()
                                ? word("assessments.letter.weighting.chosen", word(weighting), number(one.rounded()))
                                : word(
                                        "assessments.letter.weighting",
                                        word(weighting),
                                        number(one.rounded()),
                                        (one.difference().signum() > 0 ? "+" : "") + number(one.difference()))));
            }
        }
        lines.add(new Line.Group(word("assessments.letter.items")));
        for (Computation.Item item : computation.items()) {
            RuleBook.Level level = item.level();
            BigDecimal points = level == null ? null : level.points();
            String said = level == null ? word("rules.standing.not-assessed") : level.words();
            lines.add(new Line.Item(
                    item.position(),
                    points == null
                            ? word("assessments.letter.item", item.place(), said)
                            : word(
                                    "assessments.letter.item.points",
                                    item.place(),
                                    said,
                                    number(points),
                                    item.weight())));
        }
        return new Points(word("assessments.letter.number"), word("assessments.letter.content"), lines);
    }

    private static String number(BigDecimal number) {
        return VietnameseNumbers.format(number);
    }

    private static String day(LocalDate day) {
        return VietnameseDates.format(day);
    }

    private String word(String key, Object... arguments) {
        return messages.getMessage(key, arguments, VIETNAMESE);
    }

    private String word(Reason reason) {
        return messages.getMessage(
                reason.key(), reason.arguments().stream().map(this::written).toArray(), VIETNAMESE);
    }

    private Object written(Object argument) {
        return switch (argument) {
            case Reason reason -> word(reason);
            case BigDecimal number -> VietnameseNumbers.format(number);
            case Integer number -> VietnameseNumbers.format(number);
            case LocalDate day -> VietnameseDates.format(day);
            default -> argument;
        };
    }

    @Override
    public boolean tells(String kind) {
        return kind.equals(KIND);
    }

    /** Details are restricted: whoever holds the paper learns that it is genuine, and of which round; not whose it is, nor the level. */
    @Override
    public Shown shown(Paper paper) {
        return new Shown(word("assessments.letter.title"), word("assessments.letter.restricted"), List.of(), null);
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
