package vn.chuanmuc.overview;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.TableDocument;
import vn.chuanmuc.office.TableDocument.Align;
import vn.chuanmuc.office.TableDocument.Column;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.TableDocument.Table;

/**
 * All that stands on a quarterly report but its number, day and code: kept as it was when the report was issued, so that it reads the
 * same for ever.
 *
 * @param parent what is above {@code issuer}, the unit whose report it is; may be empty
 * @param type sign of the type, where no number is borne
 */
record ReportText(
        String title,
        List<String> heading,
        String subheading,
        String parent,
        String issuer,
        String type,
        String blank,
        List<Part> parts,
        List<String> notes,
        List<String> recipients,
        String signer,
        String signerNote) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A table. @param columns their headings: number, words, then figures */
    record Part(String heading, List<String> columns, List<List<String>> rows) {}

    String canonical() {
        return JSON.writeValueAsString(this);
    }

    static ReportText read(String canonical) {
        return JSON.readValue(canonical, ReportText.class);
    }

    int rows() {
        return parts.stream().mapToInt(part -> part.rows().size()).sum();
    }

    /** What the paper says before its figures: what its hash is of, with the figures. */
    String head() {
        var head = new StringBuilder("chuanmuc/bao-cao-quy/1\n").append(issuer).append('\n');
        heading.forEach(line -> head.append(line).append('\n'));
        return head.append(subheading).append("\n\n").toString();
    }

    /**
     * @param number what it bears; null: blanks
     * @param day of the issue; null of one that is not issued
     * @param draft said under the title of one that is not issued; empty for one that is
     */
    TableDocument document(
            Layout layout,
            @Nullable Bearing number,
            @Nullable LocalDate day,
            LocalDate today,
            String draft,
            Mark mark) {
        var lines = new ArrayList<>(heading);
        if (!draft.isEmpty()) {
            lines.add(draft);
        }
        return new TableDocument(
                title,
                today,
                layout.sideways(),
                new TableDocument.Header(
                        parent,
                        issuer,
                        number == null
                                ? new TableDocument.Number(null, type, day == null ? "" : Layout.DOTS)
                                : number.printed(),
                        number == null ? blank : number.printedPlace(),
                        number == null ? day : number.day()),
                lines,
                subheading,
                parts.stream().map(ReportText::table).toList(),
                notes,
                new TableDocument.Signatures(
                        recipients, List.of(new TableDocument.Block(List.of(signer), signerNote, ""))),
                mark,
                "vi");
    }

    private static Table table(Part part) {
        var columns = new ArrayList<Column>();
        for (int at = 0; at < part.columns().size(); at++) {
            columns.add(
                    switch (at) {
                        case 0 -> new Column(part.columns().get(at), 7, Align.CENTER, Kind.TEXT);
                        case 1 -> new Column(part.columns().get(at), 42, Align.LEFT, Kind.TEXT);
                        default -> new Column(part.columns().get(at), 11, Align.RIGHT, Kind.NUMBER);
                    });
        }
        return new Table(part.heading(), columns, () -> part.rows().stream());
    }
}
