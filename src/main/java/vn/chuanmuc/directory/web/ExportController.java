package vn.chuanmuc.directory.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.PeopleExport;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.office.PlainSheet;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Ui;

/** The people of a unit as a workbook in the columns of the template. */
@Controller
class ExportController {
    private static final List<Integer> WIDTHS = List.of(8, 30, 14, 34, 30, 30, 18, 14, 10, 30);

    private final PeopleExport export;
    private final Units units;
    private final Access access;
    private final Words words;
    private final Clock clock;

    ExportController(PeopleExport export, Units units, Access access, Words words, Clock clock) {
        this.export = export;
        this.units = units;
        this.access = access;
        this.words = words;
        this.clock = clock;
    }

    /**
     * The people of a day. Written whole before anything is sent: a slow browser then holds no connection to the database. Where
     * the day is none, the page says what is wrong with it.
     */
    @GetMapping("/can-bo.xlsx")
    @Allowed(Permission.READ_PEOPLE)
    void export(
            Viewer viewer,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day,
            HttpServletResponse response)
            throws IOException {
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        if (asOf.wrong() != null) {
            response.sendRedirect("/can-bo?" + (unit == null ? "" : "don-vi=" + unit + "&") + AsOf.PARAMETER + "="
                    + Ui.encode(asOf.typed()));
            return;
        }
        if (unit != null) {
            access.require(viewer, Permission.READ_PEOPLE, unit);
            if (units.find(viewer.tenantId(), unit).isEmpty()) {
                throw new NotFound("unit");
            }
        }
        Map<PersonKind, String> kinds = new EnumMap<>(PersonKind.class);
        for (PersonKind kind : PersonKind.values()) {
            kinds.put(kind, words.of(kind.key()));
        }
        Path file = Files.createTempFile("can-bo", ".xlsx");
        try {
            try (OutputStream out = Files.newOutputStream(file);
                    var sheet =
                            PlainSheet.open(words.of("directory.template.title"), PeopleExport.HEADINGS, WIDTHS, out)) {
                export.export(Scopes.of(viewer, Permission.READ_PEOPLE), unit, asOf.day(), kinds, cells -> {
                    try {
                        sheet.row(cells);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
            response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
            response.setHeader(
                    "Content-Disposition",
                    "attachment; filename=\"danh-sach-can-bo" + (asOf.past() ? "-" + asOf.day() : "") + ".xlsx\"");
            response.setHeader("Cache-Control", "no-store");
            response.setContentLengthLong(Files.size(file));
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
