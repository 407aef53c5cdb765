package vn.chuanmuc.assessments;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Results.Line;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperFacts;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.documents.PaperFiles.File;
import vn.chuanmuc.documents.PaperFiles.Format;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.TableDocument;
import vn.chuanmuc.office.TableDocument.Align;
import vn.chuanmuc.office.TableDocument.Column;
import vn.chuanmuc.office.TableDocument.Kind;

/**
 * The quarters of a person's year, as evidence for whoever rates the year elsewhere; on a page, and as a paper with a code that goes
 * into that file. Nothing is added up.
 */
@Component
public class YearEvidence implements PaperFacts {
    static final String KIND = "minh-chung-nam";
    /** What is printed and in which order; another order is another form. */
    private static final String FORM = "minh-chung-nam-2026";
    /** Of quarters there can be. */
    private static final int FIRST_YEAR = 2021;

    private static final int LAST_YEAR = 2099;
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Results results;
    private final CyclePapers cycles;
    private final Units units;
    private final Papers papers;
    private final PaperFiles files;
    private final Contents contents;
    private final MessageSource messages;
    private final TransactionTemplate transaction;
    private final Clock clock;

    YearEvidence(
            Results results,
            CyclePapers cycles,
            Units units,
            Papers papers,
            PaperFiles files,
            Contents contents,
            MessageSource messages,
            TransactionTemplate transaction,
            Clock clock) {
        this.results = results;
        this.cycles = cycles;
        this.units = units;
        this.papers = papers;
        this.files = files;
        this.contents = contents;
        this.messages = messages;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A person's year as the viewer may see it.
     *
     * @param lines results that were told; several in a quarter where the person moved
     * @param own whether it is the viewer
     */
    public record Year(UUID personId, String fullName, int year, List<Line> lines, boolean own) {
        public List<Period> quarters() {
            return List.of(new Period(year, 1), new Period(year, 2), new Period(year, 3), new Period(year, 4));
        }

        public List<Line> of(Period quarter) {
            return lines.stream().filter(line -> line.period().equals(quarter)).toList();
        }
    }

    /** @throws NotFound where the viewer may see no result of the person, who is somebody else */
    public Year of(Viewer viewer, UUID person, int year) {
        boolean own = results.isOwn(viewer, person);
        List<Line> lines = results.history(viewer, person);
        if ((lines.isEmpty() && !own) || year < FIRST_YEAR || year > LAST_YEAR) {
            throw new NotFound("results of a person");
        }
        return new Year(
                person,
                lines.isEmpty() ? viewer.name() : lines.getFirst().fullName(),
                year,
                lines.stream().filter(line -> line.period().year() == year).toList(),
                own);
    }

    /** What the page says, as a paper. @throws NotFound as the page */
    public File file(Viewer viewer, UUID person, int number, Format format) {
        Year year = of(viewer, person, number);
        UUID tenant = viewer.tenantId();
        var line = cycles.line(
                tenant, year.lines().stream().map(one -> one.head().cycleId()).collect(Collectors.toSet()));
        String issuer = year.lines().isEmpty()
                ? units.tenantName(tenant)
                : year.lines().getFirst().unitName();
        List<List<String>> rows = rows(year);
        Paper paper = Objects.requireNonNull(transaction.execute(status -> papers.issueOrKeep(new Papers.Draft(
                tenant,
                KIND,
                scope(number),
                subject(year),
                Layouts.at(line, LocalDate.now(clock)).id(),
                FORM,
                head(year, issuer),
                contents.store(
                        tenant,
                        "text/plain;charset=utf-8",
                        rows.stream()
                                .map(row -> String.join("\t", row))
                                .collect(Collectors.joining("\n"))
                                .getBytes(StandardCharsets.UTF_8)),
                viewer.accountId()))));
        return files.table(paper, document(year, issuer, rows, paper), KIND + "-" + number, format, viewer.accountId());
    }

    private static UUID scope(int year) {
        return UUID.nameUUIDFromBytes((KIND + "/" + year).getBytes(StandardCharsets.UTF_8));
    }

    /** Who reads in one unit only sees another paper of somebody who moved: neither takes the other's place. */
    private static UUID subject(Year year) {
        String units = year.lines().stream()
                .map(one -> one.head().unitId().toString())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
        return UUID.nameUUIDFromBytes((year.personId() + " " + units).getBytes(StandardCharsets.UTF_8));
    }

    private String head(Year year, String issuer) {
        return "chuanmuc/minh-chung-nam/1\n" + issuer + "\n" + title(year) + "\n" + year.fullName() + "\n"
                + String.join("\n", notes()) + "\n\n";
    }

    private String title(Year year) {
        return word("assessments.year.title", String.valueOf(year.year()));
    }

    private List<String> notes() {
        return List.of(word("assessments.year.text"), word("assessments.year.basis"));
    }

    private TableDocument document(Year year, String issuer, List<List<String>> rows, Paper paper) {
        LocalDate day = LocalDate.ofInstant(paper.issuedAt(), ZONE);
        return new TableDocument(
                title(year) + " – " + year.fullName(),
                day,
                Layouts.of(paper.layout()).upright(),
                new TableDocument.Header("", issuer, null, word("assessments.letter.place"), day),
                List.of(title(year)),
                year.fullName(),
                List.of(new TableDocument.Table(
                        "",
                        List.of(
                                column("assessments.quarter", 16, Align.LEFT),
                                column("assessments.unit", 40, Align.LEFT),
                                column("assessments.desk.level", 18, Align.LEFT),
                                column("assessments.result.told-on", 16, Align.CENTER),
                                column("assessments.state", 20, Align.LEFT)),
                        rows::stream)),
                notes(),
                new TableDocument.Signatures(
                        List.of(),
                        List.of(new TableDocument.Block(
                                List.of(word("assessments.year.signer")), word("assessments.letter.sign"), ""))),
                files.mark(word("assessments.letter.code"), paper),
                "vi");
    }

    private Column column(String key, int share, Align align) {
        return new Column(word(key), share, align, align == Align.CENTER ? Kind.DATE : Kind.TEXT);
    }

    private List<List<String>> rows(Year year) {
        var rows = new ArrayList<List<String>>();
        for (Period quarter : year.quarters()) {
            String name = word("assessments.period", quarter.numeral(), String.valueOf(year.year()));
            List<Line> lines = year.of(quarter);
            if (lines.isEmpty()) {
                rows.add(List.of(name, word("assessments.year.none"), "", "", ""));
            }
            for (Line line : lines) {
                rows.add(List.of(
                        name,
                        line.unitName() + "\n" + line.positionName() + ", "
                                + word(
                                        "assessments.days.of",
                                        VietnameseDates.format(line.dayFrom()),
                                        VietnameseDates.format(line.dayTo())),
                        line.gradeName(),
                        VietnameseDates.format(line.toldOn()),
                        (line.contested() ? word("assessments.contested") + "\n" : "")
                                + word(line.seen() ? "assessments.result.seen" : "assessments.result.unseen")));
            }
        }
        return rows;
    }

    private String word(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments.length == 0 ? null : arguments, VIETNAMESE));
    }

    @Override
    public boolean tells(String kind) {
        return kind.equals(KIND);
    }

    /** Details are restricted: whoever holds the paper learns that it is genuine; not whose it is, nor any level. */
    @Override
    public Shown shown(Paper paper) {
        return new Shown(word("assessments.year.paper"), word("assessments.letter.restricted"), List.of(), null);
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
