package vn.chuanmuc.directory.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The people of a unit as a workbook in the columns of the template. */
@Controller
class ExportController {
    private static final List<Integer> WIDTHS = List.of(8, 30, 14, 34, 30, 30, 18, 14, 10, 30);

    private final PeopleExport export;
    private final Units units;
    private final Access access;
    private final Words words;

    ExportController(PeopleExport export, Units units, Access access, Words words) {
        this.export = export;
        this.units = units;
        this.access = access;
        this.words = words;
    }

    /** Written whole before anything is sent: a slow browser then holds no connection to the database. */
    @GetMapping("/can-bo.xlsx")
    @Allowed(Permission.READ_PEOPLE)
    void export(
            Viewer viewer,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            HttpServletResponse response)
            throws IOException {
        UUID[] reach = viewer.unitsWith(Permission.READ_PEOPLE);
        UUID wanted = unit == null ? reach[0] : unit;
        access.require(viewer, Permission.READ_PEOPLE, wanted);
        if (units.find(viewer.tenantId(), wanted).isEmpty()) {
            throw new NotFound("unit");
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
                export.export(Scopes.of(viewer, Permission.READ_PEOPLE), wanted, kinds, cells -> {
                    try {
                        sheet.row(cells);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
            response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
            response.setHeader("Content-Disposition", "attachment; filename=\"danh-sach-can-bo.xlsx\"");
            response.setHeader("Cache-Control", "no-store");
            response.setContentLengthLong(Files.size(file));
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
