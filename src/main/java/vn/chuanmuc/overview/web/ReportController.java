package vn.chuanmuc.overview.web;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.CyclePapers;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseNumbers;
import vn.chuanmuc.office.DocxWriter;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.office.TableDocument;
import vn.chuanmuc.office.TableDocument.Align;
import vn.chuanmuc.office.TableDocument.Column;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.XlsxWriter;
import vn.chuanmuc.overview.Overview;
import vn.chuanmuc.overview.Overview.CycleLine;
import vn.chuanmuc.overview.Overview.Levels;
import vn.chuanmuc.overview.Overview.Picture;
import vn.chuanmuc.overview.Overview.States;
import vn.chuanmuc.overview.Overview.Turn;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

/** The quarterly report of a unit, as the screen shows it: on the layout in force today, in Vietnamese, as official papers are. */
@Controller
class ReportController {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private final Overview overview;
    private final CyclePapers lines;
    private final MessageSource messages;
    private final Clock clock;

    ReportController(Overview overview, CyclePapers lines, MessageSource messages, Clock clock) {
        this.overview = overview;
        this.lines = lines;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/tong-hop/bao-cao.{kind:docx|pdf|xlsx}")
    @Allowed(Permission.READ_OVERVIEW)
    Object report(
            Viewer viewer,
            AsOf asOf,
            @PathVariable("kind") String kind,
            @RequestParam(name = "quy", defaultValue = "") String quarter,
            @RequestParam(name = "dot", required = false) @Nullable UUID cycle,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            @RequestParam(name = "bo", required = false) @Nullable UUID set,
            @RequestParam(name = "buoc", required = false) @Nullable String stage)
            throws IOException {
        var asked = OverviewController.asked(quarter, cycle, unit, set, stage);
        List<CycleLine> cycles = overview.cycles(viewer, asOf.pastEnd());
        Optional<CycleLine> chosen = Overview.chosen(cycles, asked);
        if (asOf.wrong() != null) {
            return refused(cycles, null, asOf);
        }
        if (chosen.isEmpty() || (!quarter.isBlank() && asked.period() == null)) {
            return refused(
                    cycles, Reason.of(chosen.isEmpty() ? "overview.quarter.none" : "overview.quarter.wrong"), asOf);
        }
        Picture picture = overview.picture(viewer, chosen.get(), asked, asOf.past());
        if (!picture.whole().full() && nothing(picture)) {
            // A paper full of "hidden" says that there is something to see, with a day on which nothing was settled.
            return refused(
                    cycles,
                    Reason.of(chosen.get().sealedAt() == null ? "overview.report.open" : "overview.report.small"),
                    asOf);
        }
        List<List<String>> rows = rows(picture);
        if (kind.equals("pdf") && rows.size() > PdfWriter.MAX_ROWS) {
            return refused(cycles, Reason.of("overview.report.many", rows.size(), PdfWriter.MAX_ROWS), asOf);
        }
        TableDocument document = document(viewer, picture, rows);
        String name = "tong-hop-" + picture.cycle().period().code() + "." + kind;
        return switch (kind) {
            case "docx" ->
                Files.answer(
                        name,
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        out -> DocxWriter.write(document, out));
            case "pdf" -> Files.answer(name, "application/pdf", out -> PdfWriter.write(document, out));
            case "xlsx" ->
                Files.answer(
                        name,
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        out -> XlsxWriter.write(document, out));
            default -> throw new NotFound("kind of report");
        };
    }

    private static boolean nothing(Picture picture) {
        return picture.hidden()
                && picture.below().stream().allMatch(figure -> figure.levels() == null)
                && picture.contents().isEmpty();
    }

    private static View refused(List<CycleLine> cycles, @Nullable Reason why, AsOf asOf) {
        return new OverviewPage(cycles, null, OverviewPage.Side.UNITS, List.of(), List.of(), false, false, why, asOf);
    }

    private List<List<String>> rows(Picture picture) {
        var rows = new ArrayList<List<String>>();
        var parts = new ArrayDeque<>(List.of("I", "II", "III"));
        States states = picture.states();
        if (states != null) {
            rows.add(heading(picture, t("overview.report.states", parts.removeFirst())));
            states(picture, states, rows);
        }
        rows.add(heading(picture, t("overview.report.units", parts.removeFirst())));
        rows.add(row(picture, "", picture.whole().unit().name(), picture.whole().levels()));
        int number = 0;
        for (var figure : picture.below()) {
            rows.add(row(picture, String.valueOf(++number), figure.unit().name(), figure.levels()));
        }
        if (!picture.contents().isEmpty()) {
            rows.add(heading(picture, t("overview.report.contents", parts.removeFirst())));
            for (var content : picture.contents()) {
                rows.add(row(picture, content.place(), content.words(), content.levels()));
            }
        }
        return rows;
    }

    /** How far the quarter is: what stands above the table on the screen. */
    private void states(Picture picture, States states, List<List<String>> rows) {
        rows.add(count(picture, t("overview.state.assessed"), states.assessed()));
        for (Turn turn : picture.turns()) {
            rows.add(count(
                    picture,
                    t("overview.report.handed", turn.stage().name(), VietnameseNumbers.format(turn.expected())),
                    turn.handed()));
        }
        rows.add(count(picture, t("overview.state.decided"), states.decided() + states.approved() + states.told()));
        rows.add(count(picture, t("overview.state.told"), states.told()));
        rows.add(count(picture, t("overview.state.not-assessed"), states.notAssessed()));
        if (states.contested() > 0) {
            rows.add(count(picture, t("overview.state.contested"), states.contested()));
        }
        if (states.cancelled() > 0) {
            rows.add(count(picture, t("overview.state.cancelled"), states.cancelled()));
        }
    }

    private static List<String> count(Picture picture, String name, int people) {
        return filled(picture, List.of("", name, VietnameseNumbers.format(people)));
    }

    private static List<String> heading(Picture picture, String words) {
        return filled(picture, List.of("", words));
    }

    private static List<String> filled(Picture picture, List<String> first) {
        var cells = new ArrayList<>(first);
        while (cells.size() < width(picture)) {
            cells.add("");
        }
        return cells;
    }

    private static int width(Picture picture) {
        return picture.words().size() + (picture.results() ? 3 : 4);
    }

    private List<String> row(Picture picture, String number, String name, @Nullable Levels levels) {
        var cells = new ArrayList<String>(List.of(number, name));
        if (levels == null) {
            while (cells.size() < width(picture)) {
                cells.add(t("overview.report.hidden"));
            }
            return cells;
        }
        cells.add(VietnameseNumbers.format(levels.n()));
        levels.levels().forEach(count -> cells.add(VietnameseNumbers.format(count)));
        if (!picture.results()) {
            cells.add(VietnameseNumbers.format(levels.missing()));
        }
        return cells;
    }

    private TableDocument document(Viewer viewer, Picture picture, List<List<String>> rows) {
        LocalDate today = LocalDate.now(clock);
        String quarter = t(
                "overview.report.quarter",
                Words.roman(picture.cycle().period()),
                String.valueOf(picture.cycle().period().year()));
        var columns = new ArrayList<Column>();
        columns.add(new Column(t("overview.report.number"), 7, Align.CENTER, Kind.TEXT));
        columns.add(new Column(t("overview.report.column"), 42, Align.LEFT, Kind.TEXT));
        columns.add(new Column(t("overview.column.people"), 10, Align.RIGHT, Kind.NUMBER));
        picture.words().forEach(word -> columns.add(new Column(word, 11, Align.RIGHT, Kind.NUMBER)));
        if (!picture.results()) {
            columns.add(new Column(t("overview.column.missing"), 11, Align.RIGHT, Kind.NUMBER));
        }
        String stage = picture.stages().stream()
                .filter(one -> one.code().equals(picture.stage()) && !picture.results())
                .map(Overview.StageName::name)
                .findFirst()
                .orElseGet(() -> t("overview.result"));
        var notes = new ArrayList<String>();
        if (picture.whole().full()) {
            notes.add(t("overview.report.full", DAY.format(today)));
            notes.add(t("overview.report.internal"));
        } else {
            notes.add(t("overview.report.protected", picture.cycle().threshold(), sealed(picture.cycle())));
        }
        if (!picture.cycle().closed()) {
            notes.add(t("overview.report.provisional"));
        }
        notes.add(t(picture.results() ? "overview.report.hint.results" : "overview.report.hint"));
        String title = t("overview.report.about", quarter);
        String above =
                picture.above().isEmpty() ? "" : picture.above().getLast().name();
        return new TableDocument(
                title,
                today,
                Layouts.at(lines.line(viewer.tenantId(), picture.cycle().id()), today).sideways(),
                new TableDocument.Header(
                        above,
                        picture.whole().unit().name(),
                        new TableDocument.Number(null, "BC", ""),
                        t("overview.report.blank"),
                        null),
                List.of(t("overview.report.title"), title),
                t(
                        "overview.report.subheading",
                        picture.cycle().title(),
                        picture.set().title(),
                        stage),
                columns,
                rows::stream,
                notes,
                new TableDocument.Signatures(
                        List.of(t("overview.report.to.above"), t("overview.report.to.file")),
                        List.of(new TableDocument.Block(
                                List.of(t("overview.report.signer")), t("overview.report.signer.note"), ""))),
                "vi");
    }

    private static String sealed(CycleLine cycle) {
        return DAY.format(LocalDate.ofInstant(Objects.requireNonNull(cycle.sealedAt()), ZONE));
    }

    private String t(String key, Object... arguments) {
        return messages.getMessage(key, arguments.length == 0 ? null : arguments, VIETNAMESE);
    }
}
