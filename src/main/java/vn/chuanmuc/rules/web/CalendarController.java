package vn.chuanmuc.rules.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.TemplateSheet;
import vn.chuanmuc.rules.WorkingCalendar;
import vn.chuanmuc.rules.WorkingDays;
import vn.chuanmuc.rules.WorkingDays.Entry;
import vn.chuanmuc.rules.WorkingDays.Saved;
import vn.chuanmuc.rules.WorkingDays.Typed;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** The calendar of working days: entered by the year, on the page or from a sheet. */
@Controller
class CalendarController {
    static final String CALENDAR = RulesController.RULES + "/lich";
    private static final int FIRST_YEAR = 2021;
    private static final int MOST_ERRORS = 10;
    private static final int MOST_DAYS_ASKED = 120;

    private final WorkingDays days;
    private final Accounts accounts;
    private final Words words;
    private final Clock clock;

    CalendarController(WorkingDays days, Accounts accounts, Words words, Clock clock) {
        this.days = days;
        this.accounts = accounts;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping(CALENDAR)
    @Allowed(Permission.READ_RULES)
    View page(Viewer viewer, AsOf asOf, @RequestParam Map<String, String> sent) {
        FormErrors errors = FormErrors.NONE;
        CalendarPage.Asked asked = null;
        String from = sent.getOrDefault("tu", "");
        String n = sent.getOrDefault("so-ngay", "");
        if (!from.isBlank() || !n.isBlank()) {
            if (!(VietnameseDates.parse(from) instanceof VietnameseDates.Parsed.Read(var day))) {
                errors = FormErrors.of("tu", Reason.of("rules.form.day"));
            } else if (!n.strip().matches("[0-9]{1,3}") || Integer.parseInt(n.strip()) > MOST_DAYS_ASKED) {
                errors = FormErrors.of("so-ngay", Reason.of("rules.calendar.n", MOST_DAYS_ASKED));
            } else {
                int count = Integer.parseInt(n.strip());
                asked = new CalendarPage.Asked(
                        day,
                        count,
                        days.calendar(viewer.tenantId(), asOf.pastEnd()).due(day, count));
            }
        }
        return page(viewer, asOf, year(sent.getOrDefault("nam", "")), sent, asked, errors);
    }

    private int year(String typed) {
        int now = LocalDate.now(clock).getYear();
        int year = typed.matches("[0-9]{4}") ? Integer.parseInt(typed) : now;
        return year >= FIRST_YEAR && year <= now + 2 ? year : now;
    }

    private View page(
            Viewer viewer,
            int year,
            Map<String, String> values,
            CalendarPage.@Nullable Asked asked,
            FormErrors errors) {
        return page(viewer, AsOf.today(LocalDate.now(clock)), year, values, asked, errors);
    }

    private View page(
            Viewer viewer,
            AsOf asOf,
            int year,
            Map<String, String> values,
            CalendarPage.@Nullable Asked asked,
            FormErrors errors) {
        List<Entry> entries = days.entries(viewer.tenantId(), year, asOf.pastEnd());
        return new CalendarPage(
                year,
                IntStream.rangeClosed(FIRST_YEAR, LocalDate.now(clock).getYear() + 2)
                        .boxed()
                        .toList(),
                !entries.isEmpty(),
                entries,
                WorkingDays.shipped().stream()
                        .filter(one -> one.fromYear() <= year)
                        .toList(),
                accounts.names(
                        viewer.tenantId(),
                        entries.stream().map(Entry::enteredBy).distinct().toList()),
                !asOf.past() && days.mayEnter(viewer),
                values,
                asked,
                errors,
                asOf);
    }

    @PostMapping(CALENDAR)
    @Allowed(Permission.ENTER_RULES)
    Object enter(Viewer viewer, @RequestParam Map<String, String> sent) {
        var typed = new ArrayList<Typed>();
        for (int row = 1; row <= CalendarPage.ROWS; row++) {
            String day = sent.getOrDefault("ngay-" + row, "");
            String name = sent.getOrDefault("ten-" + row, "");
            if (!day.isBlank() || !name.isBlank()) {
                typed.add(new Typed(
                        row, day, sent.getOrDefault("loai-" + row, "off"), name, sent.getOrDefault("can-cu", "")));
            }
        }
        return after(viewer, sent, "hang-", days.enter(viewer, typed));
    }

    private Object after(Viewer viewer, Map<String, String> sent, String field, Saved saved) {
        int year = year(sent.getOrDefault("nam", ""));
        return switch (saved) {
            case Saved.Done done -> "redirect:" + CALENDAR + "?nam=" + year + "&xong=days-entered";
            case Saved.Refused(var wrong) -> {
                var byField = new LinkedHashMap<String, Reason>();
                wrong.stream()
                        .limit(MOST_ERRORS)
                        .forEach(one -> byField.putIfAbsent(one.row() == 0 ? "" : field + one.row(), one.why()));
                yield page(viewer, year, sent, null, new FormErrors(byField));
            }
        };
    }

    @PostMapping(CALENDAR + "/tep")
    @Allowed(Permission.ENTER_RULES)
    Object upload(
            Viewer viewer,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file,
            @RequestParam Map<String, String> sent) {
        if (file == null || file.isEmpty()) {
            return page(
                    viewer,
                    year(sent.getOrDefault("nam", "")),
                    sent,
                    null,
                    FormErrors.of(
                            "tep",
                            Reason.of(
                                    file == null
                                                    || String.valueOf(file.getOriginalFilename())
                                                            .isEmpty()
                                            ? "rules.calendar.file"
                                            : "office.refused.EMPTY")));
        }
        try {
            Path copy = Files.createTempFile("lich", ".tep");
            try {
                file.transferTo(copy);
                return switch (days.read(copy)) {
                    case WorkingDays.Sheet.Refused(var why) ->
                        page(viewer, year(sent.getOrDefault("nam", "")), sent, null, FormErrors.of("tep", why));
                    case WorkingDays.Sheet.Read(var rows) -> after(viewer, sent, "tep-", days.enter(viewer, rows));
                };
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty sheet for a year, with what is entered already. */
    @GetMapping(CALENDAR + "/mau.xlsx")
    @Allowed(Permission.READ_RULES)
    void template(
            Viewer viewer, @RequestParam(name = "nam", defaultValue = "") String typed, HttpServletResponse response)
            throws IOException {
        int year = year(typed);
        List<List<String>> filled = days.entries(viewer.tenantId(), year).stream()
                .map(entry ->
                        List.of(VietnameseDates.format(entry.day()), kind(entry.kind()), entry.name(), entry.basis()))
                .toList();
        var sheet = new TemplateSheet(
                words.of("rules.calendar.sheet"),
                String.valueOf(year),
                List.of(words.of(Reason.of("rules.calendar.sheet.title", String.valueOf(year)))),
                words.of("rules.calendar.sheet.note"),
                List.of(
                        new TemplateSheet.Field(
                                words.of("rules.calendar.column.day"), 14, Kind.TEXT, "02/09/" + year, List.of()),
                        new TemplateSheet.Field(
                                words.of("rules.calendar.column.kind"),
                                14,
                                Kind.TEXT,
                                kind(WorkingCalendar.Kind.OFF),
                                List.of(
                                        kind(WorkingCalendar.Kind.OFF),
                                        kind(WorkingCalendar.Kind.WORK),
                                        kind(WorkingCalendar.Kind.USUAL))),
                        new TemplateSheet.Field(words.of("rules.calendar.column.name"), 34, Kind.TEXT, "", List.of()),
                        new TemplateSheet.Field(words.of("rules.calendar.column.basis"), 50, Kind.TEXT, "", List.of())),
                100,
                words.of("rules.calendar.sheet.help"),
                List.of(words.of("rules.calendar.sheet.help.1"), words.of("rules.calendar.sheet.help.2")),
                filled);
        var bytes = new ByteArrayOutputStream();
        sheet.write(bytes);
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Content-Disposition", "attachment; filename=\"lich-lam-viec-" + year + ".xlsx\"");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.size());
        bytes.writeTo(response.getOutputStream());
    }

    private String kind(WorkingCalendar.Kind kind) {
        return words.of("rules.day." + RulesPage.code(kind));
    }
}
