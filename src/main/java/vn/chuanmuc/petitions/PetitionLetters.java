package vn.chuanmuc.petitions;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.CyclePapers;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperFacts;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.office.PaperDocument.SignatureBlock;
import vn.chuanmuc.office.TableDocument.Header;
import vn.chuanmuc.office.TableDocument.Number;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.Petition.Step;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.petitions.Petitions.Sheet;
import vn.chuanmuc.petitions.Petitions.Side;

/** Papers of a petition, on the dated layout of its day: that it came, with the day it is answered by; and the answer. */
@Component
public class PetitionLetters implements PaperFacts {
    static final String RECEIPT = "bien-nhan-kien-nghi";
    static final String ANSWER = "tra-loi-kien-nghi";

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final Petitions petitions;
    private final CyclePapers cycles;
    private final PetitionStore store;
    private final Units units;
    private final Papers papers;
    private final PaperFiles files;
    private final Numbering numbering;
    private final Contents contents;
    private final MessageSource messages;
    private final TransactionTemplate transaction;

    PetitionLetters(
            Petitions petitions,
            CyclePapers cycles,
            PetitionStore store,
            Units units,
            Papers papers,
            PaperFiles files,
            Numbering numbering,
            Contents contents,
            MessageSource messages,
            TransactionTemplate transaction) {
        this.petitions = petitions;
        this.cycles = cycles;
        this.store = store;
        this.units = units;
        this.papers = papers;
        this.files = files;
        this.numbering = numbering;
        this.contents = contents;
        this.messages = messages;
        this.transaction = transaction;
    }

    private interface Writing {
        PaperDocument of(Layout layout, Mark mark);
    }

    /** That the petition came, its number in the register and the day it is answered by. @throws NotFound before it was registered */
    public PaperFiles.File receipt(Viewer viewer, UUID id, boolean word) {
        Sheet sheet = sheet(viewer, id);
        Step step = sheet.last(StepKind.ACKNOWLEDGED).orElseThrow(() -> new NotFound("receipt"));
        Layout layout = layout(viewer, sheet, step);
        String issuer = issuer(viewer, sheet.petition(), step.day());
        return file(
                viewer,
                sheet,
                step,
                RECEIPT,
                "bien-nhan-kien-nghi-2026",
                layout,
                word,
                (look, mark) -> receipt(sheet, step, look, issuer, mark));
    }

    /** The answer. @throws NotFound before it was given */
    public PaperFiles.File answer(Viewer viewer, UUID id, boolean word) {
        Sheet sheet = sheet(viewer, id);
        Step step = sheet.last(StepKind.ANSWERED)
                .filter(one -> sheet.petition().state() == State.ANSWERED)
                .orElseThrow(() -> new NotFound("answer"));
        Bearing number = numbering.of(viewer.tenantId(), id).orElse(null);
        Layout layout = number == null ? layout(viewer, sheet, step) : number.look();
        List<Step> all = store.steps(viewer.tenantId(), id);
        String issuer = issuer(viewer, sheet.petition(), step.day());
        return file(
                viewer,
                sheet,
                step,
                ANSWER,
                "tra-loi-kien-nghi-2026",
                layout,
                word,
                (look, mark) -> answer(sheet, all, step, look, issuer, number, mark));
    }

    private Layout layout(Viewer viewer, Sheet sheet, Step step) {
        return Layouts.at(cycles.line(viewer.tenantId(), sheet.petition().cycleId()), step.day());
    }

    private Sheet sheet(Viewer viewer, UUID id) {
        Sheet sheet = petitions.sheet(viewer, id);
        if (!sheet.is(Side.PETITIONER, Side.CLERK) && !sheet.inside()) {
            throw new Forbidden(Permission.READ_PETITIONS);
        }
        return sheet;
    }

    /** As the unit was called on the paper's day. */
    private String issuer(Viewer viewer, Petition petition, LocalDate day) {
        return units.history(viewer.tenantId(), petition.cycleUnit())
                .flatMap(history -> history.versions().stream()
                        .filter(version -> !version.from().isAfter(day)
                                && (version.until() == null || version.until().isAfter(day)))
                        .findFirst())
                .map(Units.Version::name)
                .orElseGet(() -> units.names(viewer.tenantId(), List.of(petition.cycleUnit()))
                        .getOrDefault(petition.cycleUnit(), ""));
    }

    private PaperFiles.File file(
            Viewer viewer,
            Sheet sheet,
            Step step,
            String kind,
            String form,
            Layout layout,
            boolean word,
            Writing writing) {
        Petition petition = sheet.petition();
        PaperDocument plain = writing.of(layout.upright(), Mark.NONE);
        Paper paper = Objects.requireNonNull(transaction.execute(status -> {
            byte[] body = contents.store(
                    viewer.tenantId(),
                    "application/json",
                    PetitionStore.canonical(step.said()).getBytes(StandardCharsets.UTF_8));
            return papers.issueOrKeep(new Papers.Draft(
                    viewer.tenantId(),
                    kind,
                    petition.id(),
                    petition.personId(),
                    layout.id(),
                    form,
                    head(plain),
                    body,
                    viewer.accountId()));
        }));
        PaperDocument letter =
                writing.of(Layouts.of(paper.layout()).upright(), files.mark(word("petitions.letter.code"), paper));
        String name = kind + "-" + petition.registered().replace('/', '-');
        return files.file(paper, letter, name, word, viewer.accountId());
    }

    /** Everything that is printed, line by line: what the paper's hash is of. */
    private static String head(PaperDocument letter) {
        var text = new StringBuilder();
        Number number = letter.header().number();
        text.append(letter.header().issuer()).append('\n');
        text.append(number == null ? "" : number.number() + "-" + number.type()).append('\n');
        return text.append(PaperFiles.text(letter)).toString();
    }

    private List<Fact> facts(Sheet sheet) {
        Petition petition = sheet.petition();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(word("petitions.letter.person"), petition.fullName()));
        facts.add(new Fact(word("petitions.letter.position"), petition.positionName() + ", " + petition.unitName()));
        facts.add(new Fact(
                word("petitions.letter.against"),
                word("petitions.letter.result", petition.gradeName(), petition.cycleTitle(), day(petition.toldOn()))));
        facts.add(new Fact(
                word("petitions.letter.filed"),
                word(
                        petition.onPaper() ? "petitions.letter.filed.paper" : "petitions.letter.filed.app",
                        day(Objects.requireNonNull(petition.filedOn())))));
        return facts;
    }

    /** What is contested, one line each. */
    private void contested(Sheet sheet, List<Line> lines) {
        Petition petition = sheet.petition();
        lines.add(new Line.Group(word("petitions.letter.contested")));
        int number = 1;
        if (petition.whole()) {
            lines.add(new Line.Item(number++, word("petitions.letter.whole", petition.gradeName())));
        }
        for (SetText.Group group : sheet.set().groups()) {
            for (SetText.Criterion criterion : group.criteria()) {
                for (SetText.Item item : criterion.items()) {
                    if (petition.items().contains(item.position())) {
                        lines.add(
                                new Line.Item(number++, word("petitions.letter.item", item.position(), item.words())));
                    }
                }
            }
        }
    }

    private PaperDocument receipt(Sheet sheet, Step step, Layout layout, String issuer, Mark mark) {
        Petition petition = sheet.petition();
        var facts = new ArrayList<>(facts(sheet));
        facts.add(new Fact(word("petitions.letter.register"), petition.registered()));
        var lines = new ArrayList<Line>();
        contested(sheet, lines);
        List<Map<String, Object>> files =
                sheet.last(StepKind.FILED).map(Step::files).orElse(List.of());
        lines.add(new Line.Group(word("petitions.letter.files")));
        if (files.isEmpty()) {
            lines.add(new Line.Item(1, word("petitions.letter.files.none")));
        }
        int number = 1;
        for (Map<String, Object> file : files) {
            lines.add(new Line.Item(number++, String.valueOf(file.get("title"))));
        }
        String title = word("petitions.letter.receipt");
        LocalDate answerBy = Objects.requireNonNull(step.date("answerBy"));
        var closing = new ArrayList<String>();
        closing.add(word(
                "petitions.letter.answer-by",
                day(answerBy),
                petition.answerDays(),
                day(Objects.requireNonNull(petition.filedOn())),
                petition.clocksBasis().isEmpty() ? word("petitions.no-basis") : petition.clocksBasis()));
        if (!step.text("note").isEmpty()) {
            closing.add(word("petitions.letter.note", step.text("note")));
        }
        closing.add(word("petitions.letter.told"));
        return new PaperDocument(
                title + " – " + petition.fullName(),
                step.day(),
                layout,
                new Header("", issuer, null, word("petitions.letter.place"), step.day()),
                List.of(title),
                word("petitions.letter.receipt.sub"),
                facts,
                List.of(),
                new Points(word("petitions.letter.number"), word("petitions.letter.content"), lines),
                closing,
                List.of(),
                List.of(
                        new SignatureBlock(
                                "nguoinop",
                                word("petitions.letter.petitioner"),
                                List.of(word("petitions.letter.petitioner")),
                                word("petitions.letter.sign"),
                                petition.fullName()),
                        new SignatureBlock(
                                "nguoinhan",
                                word("petitions.letter.receiver"),
                                List.of(word("petitions.letter.receiver")),
                                word("petitions.letter.sign"),
                                step.name())),
                mark,
                "vi");
    }

    private PaperDocument answer(
            Sheet sheet,
            List<Step> all,
            Step step,
            Layout layout,
            String issuer,
            @Nullable Bearing bearing,
            Mark mark) {
        Petition petition = sheet.petition();
        Step decided = last(all, StepKind.DECIDED).orElseThrow();
        Outcome outcome = Objects.requireNonNull(petition.outcome());
        Step reasons =
                outcome == Outcome.REASSESS ? last(all, StepKind.REASSESSED).orElse(decided) : decided;
        var facts = new ArrayList<>(facts(sheet));
        facts.add(new Fact(word("petitions.letter.register"), petition.registered()));
        facts.add(new Fact(word("petitions.letter.outcome"), word("petitions.outcome." + outcome.code())));
        if (petition.newVersion() != null) {
            facts.add(new Fact(
                    word("petitions.letter.new-level"),
                    word(
                            "petitions.letter.new-level.text",
                            sheet.book()
                                    .grade(reasons.text("grade"))
                                    .map(grade -> grade.words())
                                    .orElse(reasons.text("grade")),
                            petition.gradeName())));
        }
        var opening = new ArrayList<String>();
        opening.add(word("petitions.letter.reason", reasons.text("reason")));
        if (!reasons.text("remark").isEmpty()) {
            opening.add(word("petitions.letter.remark", reasons.text("remark")));
        }
        if (outcome == Outcome.REASSESS) {
            opening.add(word("petitions.letter.reassessed"));
        }
        var lines = new ArrayList<Line>();
        contested(sheet, lines);
        lines.add(new Line.Group(word("petitions.letter.course")));
        int number = 1;
        for (Step one : all) {
            @Nullable String words = course(one);
            if (words != null) {
                lines.add(new Line.Item(number++, words));
            }
        }
        String title = word("petitions.letter.answer");
        return new PaperDocument(
                title + " – " + petition.fullName(),
                step.day(),
                layout,
                bearing == null
                        ? new Header("", issuer, null, word("petitions.letter.place"), step.day())
                        : new Header("", issuer, bearing.printed(), bearing.printedPlace(), bearing.day()),
                List.of(title),
                word("petitions.letter.answer.sub", petition.fullName()),
                facts,
                opening,
                new Points(word("petitions.letter.number"), word("petitions.letter.content"), lines),
                List.of(word(
                        petition.newVersion() == null ? "petitions.letter.stands" : "petitions.letter.new-stands")),
                List.of(),
                List.of(
                        new SignatureBlock(
                                "nguoinhan",
                                word("petitions.letter.petitioner"),
                                List.of(word("petitions.letter.petitioner")),
                                word("petitions.letter.sign-received"),
                                petition.fullName()),
                        new SignatureBlock(
                                "nguoiky",
                                word("petitions.letter.signer"),
                                List.of(word("petitions.letter.signer")),
                                word("petitions.letter.sign"),
                                decided.name())),
                mark,
                "vi");
    }

    private static Optional<Step> last(List<Step> steps, StepKind kind) {
        return steps.stream().filter(step -> step.kind() == kind).reduce((a, b) -> b);
    }

    /** What the answer tells of a step; nothing of who thought what before it was decided. */
    private @Nullable String course(Step step) {
        String day = day(step.day());
        return switch (step.kind()) {
            case FILED -> word("petitions.course.filed", day);
            case ACKNOWLEDGED ->
                word("petitions.course.acknowledged", day, step.number("number") + "/" + step.number("year"));
            case ASSIGNED -> word("petitions.course.assigned", day, step.text("name"));
            case LATE_ACCEPTED -> word("petitions.course.late", day);
            case OPINED -> word("petitions.course.opined", day, step.name());
            case DECIDED -> word("petitions.course.decided", day, step.name());
            case REASSESSED -> word("petitions.course.reassessed", day, step.name());
            case APPROVED -> word("petitions.course.approved", day, step.name());
            case RECUSED, ASKED, RECALLED, PROPOSED, SENT_BACK, ANSWERED, WITHDRAWN, RECKONED, ESCALATED -> null;
        };
    }

    private static String day(LocalDate day) {
        return VietnameseDates.format(day);
    }

    private String word(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments, VIETNAMESE));
    }

    @Override
    public boolean tells(String kind) {
        return kind.equals(RECEIPT) || kind.equals(ANSWER);
    }

    /** Details are restricted: whoever holds the paper learns that it is genuine, not whose it is, nor what was decided. */
    @Override
    public Shown shown(Paper paper) {
        return new Shown(
                word(paper.kind().equals(RECEIPT) ? "petitions.letter.receipt" : "petitions.letter.answer.title"),
                word("petitions.letter.restricted"),
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
