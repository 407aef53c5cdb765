package vn.chuanmuc.office;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;

/**
 * A table as a Word document. POI makes everything but the rows; they are written straight into the package after its pattern of one
 * row, so memory does not grow with them.
 */
final class TableWord {
    private final TableDocument document;
    private final Layout layout;
    private final XWPFDocument word;
    private final WordPage page;
    /** Stands where a cell's text will; random, so that no text of the document can be taken for it. */
    private final String mark = "cell-" + UUID.randomUUID() + "-";

    TableWord(TableDocument document, XWPFDocument word) {
        this.document = document;
        this.layout = document.layout();
        this.word = word;
        this.page = new WordPage(layout, word);
    }

    void write(OutputStream out) throws IOException {
        page.properties(document.title(), document.date(), document.language());
        page.page(layout.margins().bottom());
        if (document.marked()) {
            page.foot(List.of(document.mark().label(), document.mark().code() + " · "));
        }
        header();
        page.heading(document.heading(), document.subheading());
        word.createParagraph().setSpacingAfter(60);
        for (int number = 0; number < document.tables().size(); number++) {
            if (number > 0) {
                word.createParagraph().setSpacingAfter(60);
            }
            table(document.tables().get(number), number);
        }
        for (int at = 0; at < document.totals().size(); at++) {
            var paragraph = word.createParagraph();
            paragraph.setSpacingBefore(at == 0 ? 120 : 40);
            paragraph.setKeepNext(true);
            WordPage.run(paragraph, layout.totals(), document.totals().get(at));
        }
        page.gap();
        signatures();
        page.save(document.date(), this::body, out);
    }

    private void header() {
        var header = document.header();
        int leftWidth = layout.printableWidth() * layout.issuerShare() / 100;
        var table = page.frame(List.of(leftWidth, layout.printableWidth() - leftWidth));
        page.issuer(table.getRow(0).getCell(0), header, leftWidth);
        var right = table.getRow(0).getCell(1);
        page.motto(right);
        WordPage.line(
                        right,
                        layout.placeDate(),
                        layout.placeDate(header.place(), header.date()),
                        ParagraphAlignment.CENTER)
                .setSpacingBefore(120);
    }

    private void signatures() {
        var signatures = document.signatures();
        boolean recipients =
                !signatures.recipients().isEmpty() || signatures.blocks().size() == 1;
        int cells = signatures.blocks().size() + (recipients ? 1 : 0);
        if (cells == 0) {
            return;
        }
        var widths = new ArrayList<Integer>();
        for (int at = 0; at < cells; at++) {
            widths.add(layout.printableWidth() / cells);
        }
        var table = page.frame(widths);
        table.getRow(0).setCantSplitRow(true);
        int cell = 0;
        if (recipients) {
            var left = table.getRow(0).getCell(cell++);
            if (!signatures.recipients().isEmpty()) {
                WordPage.line(left, layout.recipientsHead(), layout.recipientsWord(), ParagraphAlignment.LEFT);
                for (String recipient : signatures.recipients()) {
                    WordPage.line(left, layout.recipients(), recipient, ParagraphAlignment.LEFT);
                }
            }
        }
        for (var block : signatures.blocks()) {
            var right = table.getRow(0).getCell(cell++);
            for (String capacity : block.capacity()) {
                WordPage.line(right, layout.signature(), capacity, ParagraphAlignment.CENTER);
            }
            if (!block.note().isEmpty()) {
                WordPage.line(right, layout.signatureNote(), block.note(), ParagraphAlignment.CENTER);
            }
            WordPage.line(right, layout.signatureName(), block.name(), ParagraphAlignment.CENTER)
                    .setSpacingBefore(1_300);
        }
    }

    /** A table's place in the document; what its cells say is put in as the file is written. */
    private void table(TableDocument.Table table, int number) {
        int columns = table.columns().size();
        boolean over = !table.heading().isEmpty();
        var grid = word.createTable(over ? 3 : 2, columns);
        var widths = new int[columns];
        int used = 0;
        int shares = 0;
        for (int at = 0; at < columns; at++) {
            shares += table.columns().get(at).share();
            int until = layout.printableWidth() * shares / table.shares();
            widths[at] = until - used;
            used = until;
        }
        WordPage.fix(grid, widths);
        if (over) {
            var row = grid.getRow(0);
            row.setRepeatHeader(true);
            row.setCantSplitRow(true);
            WordPage.over(row, layout.tableHead(), table.heading(), layout.printableWidth());
        }
        var head = grid.getRow(over ? 1 : 0);
        head.setRepeatHeader(true);
        head.setCantSplitRow(true);
        var pattern = grid.getRow(over ? 2 : 1);
        pattern.setCantSplitRow(true);
        for (int at = 0; at < columns; at++) {
            var column = table.columns().get(at);
            head.getCell(at).setVerticalAlignment(XWPFTableCell.XWPFVertAlign.CENTER);
            WordPage.line(head.getCell(at), layout.tableHead(), column.heading(), ParagraphAlignment.CENTER);
            pattern.getCell(at).setVerticalAlignment(XWPFTableCell.XWPFVertAlign.CENTER);
            WordPage.line(
                    pattern.getCell(at),
                    layout.tableCell(),
                    mark(number),
                    switch (column.align()) {
                        case LEFT -> ParagraphAlignment.LEFT;
                        case CENTER -> ParagraphAlignment.CENTER;
                        case RIGHT -> ParagraphAlignment.RIGHT;
                    });
        }
    }

    private String mark(int table) {
        return mark + table + "-";
    }

    private void body(String xml, OutputStream zip) throws IOException {
        int done = 0;
        for (int number = 0; number < document.tables().size(); number++) {
            done = rows(document.tables().get(number), mark(number), xml, done, zip);
        }
        zip.write(xml.substring(done).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes what stands before the table's pattern row, and its rows. @return up to where the text is written */
    private static int rows(TableDocument.Table table, String mark, String xml, int done, OutputStream zip)
            throws IOException {
        int at = xml.indexOf(mark, done);
        int from = Math.max(xml.lastIndexOf("<w:tr>", at), xml.lastIndexOf("<w:tr ", at));
        int to = xml.indexOf("</w:tr>", at) + "</w:tr>".length();
        String[] pattern = xml.substring(from, to).split(mark, -1);
        if (pattern.length != table.columns().size() + 1) {
            throw new IllegalStateException("the pattern row has " + pattern.length + " pieces");
        }
        zip.write(xml.substring(done, from).getBytes(StandardCharsets.UTF_8));
        var written = new StringBuilder(1 << 14);
        try (var rows = table.rows().get()) {
            for (var values = rows.iterator(); values.hasNext(); ) {
                var cells = table.checked(values.next());
                for (int column = 0; column < cells.size(); column++) {
                    written.append(pattern[column]);
                    String text = XmlText.escape(cells.get(column));
                    written.append(
                            text.indexOf('\n') < 0
                                    ? text
                                    : text.replace("\n", "</w:t><w:br/><w:t xml:space=\"preserve\">"));
                }
                written.append(pattern[cells.size()]);
                if (written.length() > 1 << 13) {
                    zip.write(written.toString().getBytes(StandardCharsets.UTF_8));
                    written.setLength(0);
                }
            }
        }
        zip.write(written.toString().getBytes(StandardCharsets.UTF_8));
        return to;
    }
}
