package vn.chuanmuc.office;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * An empty form to download, fill in and upload: title lines, a heading row, an example row in italics, lists to choose from,
 * and a second sheet that explains. All cells to be filled are formatted as text (a code keeps its zeros) unless the field is
 * a date or a number.
 *
 * @param title the file's own title
 * @param sheet name of the sheet to fill in
 * @param heading printed title lines
 * @param note one line between title and table, may be empty
 * @param rows how many rows to prepare
 * @param help name of the second sheet
 * @param instructions its lines
 * @param filled rows that stand in the table already, in the place of the example; a row may be shorter than the fields
 */
public record TemplateSheet(
        String title,
        String sheet,
        List<String> heading,
        String note,
        List<Field> fields,
        int rows,
        String help,
        List<String> instructions,
        List<List<String>> filled) {

    /**
     * @param width in characters
     * @param example shown in the example row
     * @param choices the only values Excel lets in; empty for any
     */
    public record Field(String heading, int width, TableDocument.Kind kind, String example, List<String> choices) {
        public Field {
            choices = List.copyOf(choices);
        }
    }

    /** An empty form. */
    public TemplateSheet(
            String title,
            String sheet,
            List<String> heading,
            String note,
            List<Field> fields,
            int rows,
            String help,
            List<String> instructions) {
        this(title, sheet, heading, note, fields, rows, help, instructions, List.of());
    }

    private static final int TITLE_SIZE = 14;
    private static final int SIZE = 12;

    public TemplateSheet {
        heading = List.copyOf(heading);
        fields = List.copyOf(fields);
        instructions = List.copyOf(instructions);
        filled = List.copyOf(filled);
        if (fields.isEmpty() || rows < 1) {
            throw new IllegalArgumentException("a form needs a field and a row");
        }
    }

    /** Row of the headings, 1-based as Excel shows it; the example stands right under it. */
    public int headingRow() {
        return heading.size() + (note.isEmpty() ? 0 : 1) + 2;
    }

    /** Writes and flushes, and leaves the stream open. */
    public void write(OutputStream out) throws IOException {
        var book = new Workbook(new Unclosed(out), "ChuanMuc", "1.0");
        book.properties().setTitle(XmlText.clean(title));
        book.setGlobalDefaultFont(XlsxWriter.FONT, SIZE);
        var form = book.newWorksheet(sheet);
        var explained = book.newWorksheet(help);
        var lists = book.newWorksheet("_");
        lists.setVisibilityState(VisibilityState.HIDDEN);
        form(form);
        for (int column = 0; column < fields.size(); column++) {
            choices(form, lists, column);
        }
        explained.width(0, 110);
        for (int line = 0; line < instructions.size(); line++) {
            explained.inlineString(line, 0, XmlText.clean(instructions.get(line)));
            explained
                    .style(line, 0)
                    .wrapText(true)
                    .verticalAlignment("top")
                    .format("@")
                    .set();
        }
        book.finish();
        out.flush();
    }

    private void form(Worksheet form) {
        int last = fields.size() - 1;
        int row = 0;
        for (String line : heading) {
            form.inlineString(row, 0, XmlText.clean(line));
            title(form, row++, last, true);
        }
        if (!note.isEmpty()) {
            form.inlineString(row, 0, XmlText.clean(note));
            title(form, row, last, false);
        }
        int head = headingRow() - 1;
        for (int column = 0; column <= last; column++) {
            var field = fields.get(column);
            form.width(column, field.width());
            form.inlineString(head, column, XmlText.clean(field.heading()));
            if (filled.isEmpty()) {
                example(form, head + 1, column, field);
            }
            form.range(head + 1, column, head + rows, column)
                    .style()
                    .format(
                            switch (field.kind()) {
                                case TEXT -> "@";
                                case NUMBER -> "General";
                                case DATE -> "dd/MM/yyyy";
                            })
                    .borderStyle(BorderStyle.THIN)
                    .wrapText(true)
                    .verticalAlignment("center")
                    .set();
        }
        form.range(head, 0, head, last)
                .style()
                .bold()
                .horizontalAlignment("center")
                .verticalAlignment("center")
                .wrapText(true)
                .borderStyle(BorderStyle.THIN)
                .fillColor("E7E6E6")
                .set();
        if (filled.isEmpty()) {
            form.range(head + 1, 0, head + 1, last)
                    .style()
                    .italic()
                    .fontColor("7F7F7F")
                    .set();
        }
        for (int at = 0; at < filled.size(); at++) {
            for (int column = 0; column < filled.get(at).size(); column++) {
                String text = XmlText.clean(filled.get(at).get(column));
                if (!text.isEmpty()) {
                    form.inlineString(head + 1 + at, column, text);
                }
            }
        }
        form.freezePane(0, head + 1);
        form.paperSize(PaperSize.A4_PAPER);
        form.pageOrientation("landscape");
        form.setFitToPage(true);
        form.fitToWidth((short) 1);
        form.fitToHeight((short) 0);
        form.repeatRows(head);
    }

    private static void title(Worksheet form, int row, int last, boolean strong) {
        if (last > 0) {
            form.range(row, 0, row, last).merge();
        }
        var style = form.range(row, 0, row, last)
                .style()
                .horizontalAlignment("center")
                .verticalAlignment("center")
                .wrapText(true)
                .fontSize(strong ? TITLE_SIZE : SIZE);
        if (strong) {
            style.bold();
        } else {
            style.italic();
        }
        style.set();
    }

    private static void example(Worksheet form, int row, int column, Field field) {
        String text = XmlText.clean(field.example());
        var day = field.kind() == TableDocument.Kind.DATE ? PrintedValue.day(text) : null;
        var number = field.kind() == TableDocument.Kind.NUMBER ? PrintedValue.number(text, "vi") : null;
        if (day != null) {
            form.value(row, column, day);
        } else if (number != null) {
            form.value(row, column, number.value());
        } else if (!text.isEmpty()) {
            form.inlineString(row, column, text);
        }
    }

    private void choices(Worksheet form, Worksheet lists, int column) {
        var choices = fields.get(column).choices();
        if (choices.isEmpty()) {
            return;
        }
        for (int at = 0; at < choices.size(); at++) {
            lists.inlineString(at, column, XmlText.clean(choices.get(at)));
        }
        int head = headingRow() - 1;
        form.range(head + 1, column, head + rows, column)
                .validateWithList(lists.range(0, column, choices.size() - 1, column))
                .allowBlank(true)
                .showErrorMessage(true);
    }
}
