package vn.chuanmuc.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.figures.FigureLists;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.TemplateSheet;

/** Lists of figures as an office brings them in; the document each stands in says that it is a sample. */
@Component
@ConditionalOnProperty("chuanmuc.sample")
class SampleFigures {
    private static final List<String> COLUMNS = List.of("name", "unit-code", "index", "value", "measure", "day");
    private static final int WIDTH = 20;

    private final FigureLists lists;
    private final MessageSource messages;

    SampleFigures(FigureLists lists, MessageSource messages) {
        this.lists = lists;
        this.messages = messages;
    }

    /** @param code of an index that ships; {@code day}: as people write it */
    record Row(String name, String unitCode, String code, String value, String day) {
        static Row of(Viewer person, String code, String value, String day) {
            return new Row(person.name(), "", code, value, day);
        }
    }

    /** Brings a list in. @param number the sample document's; {@code on}: its day as people write it */
    UUID brought(Viewer clerk, UUID unit, String number, String on, List<Row> rows) {
        try {
            Path file = Files.createTempFile("so-lieu-mau", ".xlsx");
            try {
                try (var out = Files.newOutputStream(file)) {
                    sheet(rows).write(out);
                }
                FigureLists.Brought brought = lists.bring(
                        clerk,
                        new FigureLists.Bringing(
                                unit, text("samples.figures.document"), number, on, "so-lieu-mau.xlsx", file));
                if (brought instanceof FigureLists.Brought.Done(var id)) {
                    return id;
                }
                throw new IllegalStateException("sample figures were refused: " + brought);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void confirmed(Viewer second, UUID list) {
        FigureLists.Done done = lists.confirm(second, list);
        if (!(done instanceof FigureLists.Done.Now)) {
            throw new IllegalStateException("sample figures were not confirmed: " + done);
        }
    }

    private TemplateSheet sheet(List<Row> rows) {
        String title = text("samples.figures.document");
        return new TemplateSheet(
                title,
                text("samples.figures.sheet"),
                List.of(title),
                "",
                COLUMNS.stream()
                        .map(column -> new TemplateSheet.Field(
                                text("figures.column." + column), WIDTH, Kind.TEXT, "", List.of()))
                        .toList(),
                rows.size(),
                text("samples.figures.sheet.help"),
                List.of(title),
                IntStream.range(0, rows.size())
                        .mapToObj(rows::get)
                        .map(row -> List.of(row.name(), row.unitCode(), row.code(), row.value(), "%", row.day()))
                        .toList());
    }

    private String text(String key) {
        return Objects.requireNonNull(messages.getMessage(key, null, Locale.forLanguageTag("vi")));
    }
}
