package vn.chuanmuc.directory.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vn.chuanmuc.directory.PeopleExport;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.TemplateSheet;

/** The empty list of people an office downloads, fills in and uploads: the columns that exports have and imports read. */
final class PeopleTemplate {
    private static final int ROWS = 500;
    private static final List<Integer> WIDTHS = List.of(8, 30, 14, 34, 26, 26, 18, 14, 10, 26);
    private static final int BLOC = 5;
    private static final int KIND = 6;

    private PeopleTemplate() {}

    static TemplateSheet of(Words words, List<String> blocs) {
        List<String> kinds = Arrays.stream(PersonKind.values())
                .map(kind -> words.of(kind.key()))
                .toList();
        var fields = new ArrayList<TemplateSheet.Field>();
        for (int column = 0; column < PeopleExport.HEADINGS.size(); column++) {
            fields.add(new TemplateSheet.Field(
                    PeopleExport.HEADINGS.get(column),
                    WIDTHS.get(column),
                    Kind.TEXT,
                    example(words, column),
                    column == BLOC ? blocs : column == KIND ? kinds : List.of()));
        }
        return new TemplateSheet(
                words.of("directory.template.title"),
                words.of("directory.template.sheet"),
                List.of(words.of("directory.template.title")),
                words.of("directory.template.note"),
                fields,
                ROWS,
                words.of("directory.template.help"),
                words.of("directory.template.instructions").lines().toList());
    }

    /** Columns without an example stay empty in the example row. */
    private static String example(Words words, int column) {
        return switch (column) {
            case 0 -> words.of("directory.template.example");
            case 1 -> words.of("directory.template.example.name");
            case 2 -> words.of("directory.template.example.birth");
            case 3 -> words.of("directory.template.example.position");
            case KIND -> words.of(PersonKind.CIVIL_SERVANT.key());
            default -> "";
        };
    }
}
