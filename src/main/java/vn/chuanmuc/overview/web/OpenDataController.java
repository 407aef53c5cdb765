package vn.chuanmuc.overview.web;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.overview.Overview;
import vn.chuanmuc.overview.Overview.CycleLine;
import vn.chuanmuc.overview.Overview.OpenRow;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

/** Sealed figures of a cycle as data: no names of people, nothing of small groups; with what each field means. */
@Controller
class OpenDataController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Overview overview;
    private final Rules rules;

    OpenDataController(Overview overview, Rules rules) {
        this.overview = overview;
        this.rules = rules;
    }

    private CycleLine cycle(Viewer viewer, AsOf asOf, String quarter, @Nullable UUID cycle) {
        return Overview.chosen(
                        overview.cycles(viewer, asOf.pastEnd()),
                        OverviewController.asked(quarter, cycle, null, null, null))
                .orElseThrow(() -> new NotFound("cycle of assessment"));
    }

    @GetMapping("/tong-hop/du-lieu")
    @Allowed(Permission.READ_OVERVIEW)
    View page(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "quy", defaultValue = "") String quarter,
            @RequestParam(name = "dot", required = false) @Nullable UUID cycle) {
        return new OpenDataPage(cycle(viewer, asOf, quarter, cycle), asOf);
    }

    /** The page that says why there is no file. */
    private static String page(CycleLine line, AsOf asOf) {
        return "redirect:/tong-hop/du-lieu?dot=" + line.id() + asOf.carried().replace('?', '&');
    }

    @GetMapping("/tong-hop/du-lieu.csv")
    @Allowed(Permission.READ_OVERVIEW)
    Object csv(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "quy", defaultValue = "") String quarter,
            @RequestParam(name = "dot", required = false) @Nullable UUID cycle)
            throws IOException {
        CycleLine line = cycle(viewer, asOf, quarter, cycle);
        if (line.sealedAt() == null || asOf.wrong() != null) {
            return page(line, asOf);
        }
        RuleBook book = rules.book(viewer.tenantId(), line.ruleVersion());
        return Files.answer("du-lieu-mo-" + line.period().code() + ".csv", "text/csv; charset=utf-8", out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write('\ufeff'); // spreadsheets take the file for UTF-8 by it
            writer.write(String.join(",", OpenDataPage.FIELDS));
            writer.write("\r\n");
            try {
                overview.openData(viewer, line, row -> lines(writer, line, book, row));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            writer.flush();
        });
    }

    private static void lines(Writer writer, CycleLine cycle, RuleBook book, OpenRow row) {
        try {
            List<String> words = words(book, row);
            for (int i = 0; i < words.size(); i++) {
                writer.write(String.join(
                        ",",
                        String.valueOf(cycle.period().code()),
                        cycle.id().toString(),
                        row.unit().toString(),
                        row.parent() == null ? "" : row.parent().toString(),
                        cell(row.unitName()),
                        cell(row.set().title()),
                        cell(stage(row)),
                        row.place(),
                        String.valueOf(row.people()),
                        cell(words.get(i)),
                        String.valueOf(row.levels().get(i))));
                writer.write("\r\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(RuleBook book, OpenRow row) {
        return row.stage() == null
                ? book.grades().stream().map(RuleBook.Grade::words).toList()
                : book.scale().stream().map(RuleBook.Level::words).toList();
    }

    private static String stage(OpenRow row) {
        return row.stage() == null ? "ket-qua" : row.stage().name();
    }

    /** Quoted, and never a formula when a spreadsheet opens it. */
    private static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }

    @GetMapping("/tong-hop/du-lieu.json")
    @Allowed(Permission.READ_OVERVIEW)
    Object json(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "quy", defaultValue = "") String quarter,
            @RequestParam(name = "dot", required = false) @Nullable UUID cycle)
            throws IOException {
        CycleLine line = cycle(viewer, asOf, quarter, cycle);
        if (line.sealedAt() == null || asOf.wrong() != null) {
            return page(line, asOf);
        }
        RuleBook book = rules.book(viewer.tenantId(), line.ruleVersion());
        return Files.answer("du-lieu-mo-" + line.period().code() + ".json", "application/json", out -> {
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartObject();
                json.writeNumberProperty("quarter", line.period().code());
                json.writeStringProperty("cycle", line.id().toString());
                json.writeStringProperty("title", line.title());
                json.writeStringProperty("sealed_at", String.valueOf(line.sealedAt()));
                json.writeNumberProperty("threshold", line.threshold());
                json.writeArrayPropertyStart("figures");
                overview.openData(viewer, line, row -> object(json, book, row));
                json.writeEndArray();
                json.writeEndObject();
            }
        });
    }

    private static void object(JsonGenerator json, RuleBook book, OpenRow row) {
        json.writeStartObject();
        json.writeStringProperty("unit", row.unit().toString());
        if (row.parent() == null) {
            json.writeNullProperty("parent");
        } else {
            json.writeStringProperty("parent", row.parent().toString());
        }
        json.writeStringProperty("unit_name", row.unitName());
        json.writeStringProperty("set", row.set().title());
        json.writeStringProperty("stage", stage(row));
        json.writeStringProperty("place", row.place());
        json.writeNumberProperty("people", row.people());
        json.writeArrayPropertyStart("levels");
        List<String> words = words(book, row);
        for (int i = 0; i < words.size(); i++) {
            json.writeStartObject();
            json.writeStringProperty("level", words.get(i));
            json.writeNumberProperty("count", row.levels().get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
