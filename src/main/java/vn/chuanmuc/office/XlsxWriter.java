package vn.chuanmuc.office;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.StyleSetter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Prints a table as a workbook, row by row in bounded memory. Every text is an inline string in a cell formatted as text, so
 * neither opening nor editing makes a formula of it.
 */
public final class XlsxWriter {
    static final String FONT = "Times New Roman";
    private static final int ROWS_AT_ONCE = 500;
    private static final double MILLIMETRES_PER_CHARACTER = 1.95;
    private static final float MILLIMETRES_PER_INCH = 25.4f;

    private final TableDocument document;
    private final Layout layout;
    private final Worksheet sheet;
    private final int last;
    private int row;

    private XlsxWriter(TableDocument document, Worksheet sheet) {
        this.document = document;
        this.layout = document.layout();
        this.sheet = sheet;
        this.last = document.widest().columns().size() - 1;
    }

    /** Writes and flushes, and leaves the stream open. The same document gives the same bytes. */
    public static void write(TableDocument document, OutputStream out) throws IOException {
        Path file = Files.createTempFile("chuanmuc-book", ".xlsx");
        try {
            try (OutputStream draft = new BufferedOutputStream(Files.newOutputStream(file))) {
                book(document, draft);
            }
            SteadyWorkbook.copy(file, document.date(), out);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void book(TableDocument document, OutputStream out) throws IOException {
        var book = new Workbook(new Unclosed(out), "ChuanMuc", "1.0");
        book.properties().setTitle(XmlText.clean(document.title()));
        book.setGlobalDefaultFont(FONT, document.layout().tableCell().size());
        var sheet = book.newWorksheet("1");
        new XlsxWriter(document, sheet).write();
        book.finish();
        out.flush();
    }

    private void write() throws IOException {
        page();
        header();
        row++;
        for (String line : document.heading()) {
            merged(layout.heading(), line, 0, last, "center");
        }
        if (!document.subheading().isEmpty()) {
            merged(layout.subheading(), document.subheading(), 0, last, "center");
            if (!layout.subheadingMark().isEmpty()) {
                merged(layout.subheading(), layout.subheadingMark(), 0, last, "center");
            }
        }
        row++;
        for (int number = 0; number < document.tables().size(); number++) {
            TableDocument.Table table = document.tables().get(number);
            row += number == 0 ? 0 : 1;
            if (!table.heading().isEmpty()) {
                merged(layout.tableHead(), table.heading(), 0, last, "left");
            }
            table(table);
        }
        for (String line : document.totals()) {
            merged(layout.totals(), line, 0, last, "left");
        }
        row++;
        signatures();
        if (document.marked()) {
            row++;
            String label = document.mark().label();
            String code =
                    label + (label.endsWith(":") ? " " : ": ") + document.mark().code();
            merged(layout.recipients(), code, 0, last, "left");
            sheet.footer(code, Position.LEFT, FONT, layout.recipients().size());
        }
    }

    private void page() {
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.pageOrientation(layout.landscape() ? "landscape" : "portrait");
        sheet.setFitToPage(true);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
        sheet.topMargin(layout.margins().top() / MILLIMETRES_PER_INCH);
        sheet.bottomMargin(layout.margins().bottom() / MILLIMETRES_PER_INCH);
        sheet.leftMargin(layout.margins().left() / MILLIMETRES_PER_INCH);
        sheet.rightMargin(layout.margins().right() / MILLIMETRES_PER_INCH);
        sheet.headerMargin(10 / MILLIMETRES_PER_INCH);
        sheet.header("&P", Position.CENTER, FONT, layout.pageNumber().size());
        for (int column = 0; column <= last; column++) {
            sheet.width(column, characters(column));
        }
    }

    private double characters(int column) {
        var widest = document.widest();
        double width =
                layout.printableWidth() * (double) widest.columns().get(column).share() / widest.shares();
        return Math.max(4, width / MILLIMETRES_PER_CHARACTER);
    }

    private record Line(Layout.Style style, String text) {}

    private void header() {
        var left = new ArrayList<Line>();
        var header = document.header();
        left.add(new Line(layout.parent(), header.parent()));
        left.add(new Line(layout.issuer(), header.issuer()));
        if (!layout.issuerMark().isEmpty()) {
            left.add(new Line(layout.issuer(), layout.issuerMark()));
        }
        if (header.number() != null) {
            left.add(new Line(layout.number(), layout.number(header.number())));
        }
        var right = new ArrayList<Line>();
        for (var motto : layout.motto()) {
            right.add(new Line(motto.style(), motto.text()));
        }
        var lowest = right.removeLast();
        right.add(new Line(underlined(lowest.style()), lowest.text()));
        while (right.size() < left.size() - 1) {
            right.add(new Line(layout.placeDate(), ""));
        }
        right.add(new Line(layout.placeDate(), layout.placeDate(header.place(), header.date())));
        sideBySide(List.of(left, right));
    }

    private static Layout.Style underlined(Layout.Style style) {
        return new Layout.Style(style.size(), style.bold(), style.italic(), true, style.caps());
    }

    private void signatures() {
        var blocks = new ArrayList<List<Line>>();
        var recipients = new ArrayList<Line>();
        if (!document.signatures().recipients().isEmpty()) {
            recipients.add(new Line(layout.recipientsHead(), layout.recipientsWord()));
            for (String recipient : document.signatures().recipients()) {
                recipients.add(new Line(layout.recipients(), recipient));
            }
        }
        blocks.add(recipients);
        for (var block : document.signatures().blocks()) {
            var lines = new ArrayList<Line>();
            for (String line : block.capacity()) {
                lines.add(new Line(layout.signature(), line));
            }
            if (!block.note().isEmpty()) {
                lines.add(new Line(layout.signatureNote(), block.note()));
            }
            for (int blank = 0; blank < 4; blank++) {
                lines.add(new Line(layout.signatureName(), ""));
            }
            lines.add(new Line(layout.signatureName(), block.name()));
            blocks.add(lines);
        }
        if (recipients.isEmpty() && blocks.size() > 2) {
            blocks.removeFirst();
        }
        sideBySide(blocks);
    }

    private void sideBySide(List<? extends List<Line>> blocks) {
        var spans = SheetSpans.of(document, blocks.size());
        boolean stacked = blocks.size() > last + 1;
        int top = row;
        int bottom = row;
        for (int at = 0; at < blocks.size(); at++) {
            row = stacked ? bottom : top;
            for (Line line : blocks.get(at)) {
                boolean recipients = line.style() == layout.recipients() || line.style() == layout.recipientsHead();
                merged(
                        line.style(),
                        line.text(),
                        spans.get(at).from(),
                        spans.get(at).to(),
                        recipients ? "left" : "center");
            }
            bottom = Math.max(bottom, row);
        }
        row = bottom;
    }

    /** One line over several columns; the row grows if the text will not fit, which merged cells do not do by themselves. */
    private void merged(Layout.Style style, String text, int from, int to, String align) {
        if (!text.isBlank()) {
            String clean = XmlText.clean(style.of(text));
            sheet.inlineString(row, from, clean);
            double width = 0;
            for (int column = from; column <= to; column++) {
                width += characters(column) * 11 / style.size() * (style.bold() || style.caps() ? 0.8 : 1);
            }
            long lines = Math.max(
                    1 + clean.chars().filter(c -> c == '\n').count(), (long) Math.ceil(clean.length() / width));
            if (lines > 1) {
                sheet.rowHeight(row, Math.min(400, lines * style.size() * 1.35));
            }
        }
        var range = sheet.range(row, from, row, to);
        if (to > from) {
            range.merge();
        }
        font(range.style(), style)
                .horizontalAlignment(align)
                .verticalAlignment("center")
                .wrapText(true)
                .format("@")
                .set();
        row++;
    }

    private static StyleSetter font(StyleSetter setter, Layout.Style style) {
        setter.fontName(FONT).fontSize(style.size());
        if (style.bold()) {
            setter.bold();
        }
        if (style.italic()) {
            setter.italic();
        }
        if (style.underline()) {
            setter.underlined();
        }
        return setter;
    }

    private void table(TableDocument.Table table) throws IOException {
        int head = row++;
        int last = table.columns().size() - 1;
        for (int column = 0; column <= last; column++) {
            sheet.inlineString(
                    head, column, XmlText.clean(table.columns().get(column).heading()));
        }
        font(sheet.range(head, 0, head, last).style(), layout.tableHead())
                .horizontalAlignment("center")
                .verticalAlignment("center")
                .wrapText(true)
                .borderStyle(BorderStyle.THIN)
                .set();
        if (document.tables().size() == 1) {
            sheet.repeatRows(head);
        }
        grow(head, table.columns().stream().map(TableDocument.Column::heading).toList(), layout.tableHead());
        int styledFrom = row;
        try (var rows = table.rows().get()) {
            for (var values = rows.iterator(); values.hasNext(); row++) {
                cells(table, table.checked(values.next()));
                if (row - styledFrom + 1 >= ROWS_AT_ONCE) {
                    style(table, styledFrom, row);
                    sheet.flush();
                    styledFrom = row + 1;
                }
            }
        }
        if (styledFrom < row) {
            style(table, styledFrom, row - 1);
        }
    }

    /** As many lines as the fullest cell will need: not every reader lets a row grow by itself. */
    private void grow(int at, List<String> texts, Layout.Style style) {
        int lines = 1;
        for (int column = 0; column < texts.size(); column++) {
            double room = characters(column) * 11 / style.size() * (style.bold() ? 0.85 : 0.95);
            lines = Math.max(lines, wrapped(texts.get(column), room));
        }
        if (lines > 1) {
            sheet.rowHeight(at, Math.min(400, lines * style.size() * 1.3));
        }
    }

    /** @param room characters that stand in one line */
    static int wrapped(String text, double room) {
        int lines = 0;
        for (String part : text.split("\n", -1)) {
            int used = 0;
            lines++;
            for (String word : part.split(" ")) {
                if (used > 0 && used + 1 + word.length() > room) {
                    lines++;
                    used = 0;
                }
                used += (used > 0 ? 1 : 0) + word.length();
                while (used > Math.max(1, room)) {
                    lines++;
                    used -= (int) Math.max(1, room);
                }
            }
        }
        return lines;
    }

    private void cells(TableDocument.Table table, List<String> values) {
        grow(row, values, layout.tableCell());
        for (int column = 0; column < values.size(); column++) {
            String printed = values.get(column);
            if (printed.isEmpty()) {
                continue;
            }
            var kind = table.columns().get(column).kind();
            String format = switch (kind) {
                case TEXT -> null;
                case NUMBER -> number(column, printed);
                case DATE -> day(column, printed);
            };
            if (format == null) {
                sheet.inlineString(row, column, printed);
                format = "@";
            }
            if (kind != TableDocument.Kind.TEXT) {
                sheet.style(row, column).format(format).set();
            }
        }
    }

    private @Nullable String number(int column, String printed) {
        var number = PrintedValue.number(printed, document.language());
        if (number == null) {
            return null;
        }
        sheet.value(row, column, number.value());
        return number.format();
    }

    private @Nullable String day(int column, String printed) {
        var day = PrintedValue.day(printed);
        if (day == null) {
            return null;
        }
        sheet.value(row, column, day);
        return "dd/MM/yyyy";
    }

    private void style(TableDocument.Table table, int from, int to) {
        for (int column = 0; column < table.columns().size(); column++) {
            var described = table.columns().get(column);
            var setter = font(sheet.range(from, column, to, column).style(), layout.tableCell())
                    .horizontalAlignment(described.align().name().toLowerCase(Locale.ROOT))
                    .verticalAlignment("center")
                    .wrapText(true)
                    .borderStyle(BorderStyle.THIN);
            if (described.kind() == TableDocument.Kind.TEXT) {
                setter.format("@");
            }
            setter.set();
        }
    }
}
