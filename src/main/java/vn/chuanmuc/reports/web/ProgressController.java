package vn.chuanmuc.reports.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.PaperLines;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.TableDocument;
import vn.chuanmuc.office.TableDocument.Align;
import vn.chuanmuc.office.TableDocument.Column;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.XlsxWriter;
import vn.chuanmuc.reports.Progress;
import vn.chuanmuc.reports.Progress.Counts;
import vn.chuanmuc.reports.Progress.Order;
import vn.chuanmuc.reports.Progress.Overview;
import vn.chuanmuc.reports.Progress.UnitProgress;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** The state of the whole, on one page and as a workbook. */
@Controller
class ProgressController {
    private static final String PROGRESS = "/tien-do";
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private final Progress progress;
    private final Units units;
    private final PaperLines lines;
    private final MessageSource messages;
    private final Clock clock;

    ProgressController(Progress progress, Units units, PaperLines lines, MessageSource messages, Clock clock) {
        this.clock = clock;
        this.progress = progress;
        this.units = units;
        this.lines = lines;
        this.messages = messages;
    }

    @GetMapping(PROGRESS)
    @Allowed(Permission.READ_PROGRESS)
    Object newest(Viewer viewer, AsOf asOf) {
        Optional<Campaign> newest = progress.newest(viewer);
        return newest.isPresent()
                ? "redirect:" + PROGRESS + "/" + newest.get().id() + asOf.carried()
                : new ProgressPage(null, List.of(), Order.NAME, asOf);
    }

    @GetMapping(PROGRESS + "/{campaign}")
    @Allowed(Permission.READ_PROGRESS)
    View show(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @RequestParam(name = "xep", defaultValue = "ten") String order,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day) {
        Order by = Order.of(order);
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        return new ProgressPage(progress.of(viewer, campaign, by, asOf.day()), progress.launched(viewer), by, asOf);
    }

    @GetMapping(PROGRESS + "/{campaign}.xlsx")
    @Allowed(Permission.READ_PROGRESS)
    Object workbook(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @RequestParam(name = "xep", defaultValue = "ten") String order,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day)
            throws IOException {
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        if (asOf.wrong() != null) { // the page says what is wrong with it
            return "redirect:" + PROGRESS + "/" + campaign + "?" + AsOf.PARAMETER + "=" + Ui.encode(asOf.typed());
        }
        Overview overview = progress.of(viewer, campaign, Order.of(order), asOf.day());
        Path file = Files.createTempFile("chuanmuc-progress", ".xlsx");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                XlsxWriter.write(document(viewer, overview), out);
            }
            return ResponseEntity.ok()
                    .header(
                            HttpHeaders.CONTENT_TYPE,
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            "attachment; filename=\"tien-do-"
                                    + overview.campaign().year() + "-" + overview.today() + ".xlsx\"")
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .contentLength(Files.size(file))
                    .body(new InputStreamResource(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private TableDocument document(Viewer viewer, Overview overview) {
        LocalDate today = overview.today();
        String title =
                t("reports.paper.title", String.valueOf(overview.campaign().year()));
        UUID receiver = overview.campaign().receiverUnit();
        return new TableDocument(
                title,
                today,
                Layouts.at(lines.of(viewer.tenantId(), overview.campaign().id()), today)
                        .sideways(),
                new TableDocument.Header(
                        "",
                        units.names(viewer.tenantId(), List.of(receiver)).getOrDefault(receiver, ""),
                        null,
                        t("reports.paper.blank"),
                        null),
                List.of(title),
                t("reports.paper.as-of", DAY.format(today)),
                List.of(
                        new Column(t("reports.column.number"), 5, Align.CENTER, Kind.NUMBER),
                        new Column(t("reports.column.unit"), 24, Align.LEFT, Kind.TEXT),
                        new Column(t("reports.column.expected"), 9, Align.RIGHT, Kind.NUMBER),
                        new Column(t("reports.column.signed"), 9, Align.RIGHT, Kind.NUMBER),
                        new Column(t("reports.column.share"), 9, Align.RIGHT, Kind.NUMBER),
                        new Column(t("reports.column.declined"), 9, Align.RIGHT, Kind.NUMBER),
                        new Column(t("reports.column.excused"), 9, Align.RIGHT, Kind.NUMBER),
                        new Column(t("reports.column.open"), 9, Align.RIGHT, Kind.NUMBER),
                        new Column(t("reports.column.overdue"), 9, Align.RIGHT, Kind.NUMBER),
                        new Column(t("reports.column.lists"), 30, Align.LEFT, Kind.TEXT)),
                () -> {
                    var number = new java.util.concurrent.atomic.AtomicInteger();
                    return overview.units().stream().map(unit -> row(number.incrementAndGet(), unit));
                },
                List.of(t(
                        "reports.paper.total",
                        overview.total().expected(),
                        overview.total().signed(),
                        overview.total().declined(),
                        overview.total().excused(),
                        overview.total().open(),
                        overview.total().overdue())),
                new TableDocument.Signatures(List.of(), List.of()),
                "vi");
    }

    private List<String> row(int number, UnitProgress unit) {
        Counts counts = unit.counts();
        return List.of(
                String.valueOf(number),
                unit.unitName(),
                String.valueOf(counts.expected()),
                String.valueOf(counts.signed()),
                percent(counts),
                String.valueOf(counts.declined()),
                String.valueOf(counts.excused()),
                String.valueOf(counts.open()),
                String.valueOf(counts.overdue()),
                unit.lists().stream()
                        .map(list -> list.blocName() + ": " + t("reports.state." + list.state()))
                        .collect(Collectors.joining("\n")));
    }

    /** As the page writes it: one decimal, never rounded up to the whole. */
    private static String percent(Counts counts) {
        if (counts.expected() == 0) {
            return "–";
        }
        long tenths = counts.signed() * 1000 / counts.expected();
        return tenths / 10 + (tenths % 10 == 0 ? "" : "," + tenths % 10) + "%";
    }

    private String t(String key, Object... arguments) {
        return messages.getMessage(key, arguments.length == 0 ? null : arguments, VIETNAMESE);
    }
}
