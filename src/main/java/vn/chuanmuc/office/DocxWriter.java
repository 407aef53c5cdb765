package vn.chuanmuc.office;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.wp.usermodel.HeaderFooterType;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.TableRowAlign;
import org.apache.poi.xwpf.usermodel.UnderlinePatterns;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTFonts;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STFldCharType;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STPageOrientation;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STTblLayoutType;

/**
 * Prints a table as a Word document. POI makes everything but the rows; they are written straight into the package after its
 * pattern of one row, so memory does not grow with them. The same document gives the same bytes.
 */
public final class DocxWriter {
    private static final String FONT = "Times New Roman";
    private static final double TWIPS_PER_MILLIMETRE = 1440 / 25.4;
    private static final LocalDateTime EARLIEST_ZIP_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final TableDocument document;
    private final Layout layout;
    private final XWPFDocument word;
    /** Stands where a cell's text will; random, so that no text of the document can be taken for it. */
    private final String mark = "cell-" + UUID.randomUUID() + "-";

    private DocxWriter(TableDocument document, XWPFDocument word) {
        this.document = document;
        this.layout = document.layout();
        this.word = word;
    }

    /** Writes and flushes, and leaves the stream open. */
    public static void write(TableDocument document, OutputStream out) throws IOException {
        try (var word = new XWPFDocument()) {
            new DocxWriter(document, word).write(out);
        }
        out.flush();
    }

    private void write(OutputStream out) throws IOException {
        properties();
        page();
        header();
        for (int at = 0; at < document.heading().size(); at++) {
            centred(layout.heading(), document.heading().get(at)).setSpacingBefore(at == 0 ? 240 : 0);
        }
        if (!document.subheading().isEmpty()) {
            centred(layout.subheading(), document.subheading());
            if (!layout.subheadingMark().isEmpty()) {
                centred(layout.subheading(), layout.subheadingMark());
            }
        }
        word.createParagraph().setSpacingAfter(60);
        table();
        for (int at = 0; at < document.totals().size(); at++) {
            var paragraph = word.createParagraph();
            paragraph.setSpacingBefore(at == 0 ? 120 : 40);
            run(paragraph, layout.totals(), document.totals().get(at));
        }
        word.createParagraph();
        signatures();
        var shell = new ByteArrayOutputStream();
        word.write(shell);
        fill(shell.toByteArray(), out);
    }

    private void properties() {
        var made = Date.from(document.date().atStartOfDay().toInstant(ZoneOffset.UTC));
        var core = word.getProperties().getCoreProperties();
        core.setTitle(XmlText.clean(document.title()));
        core.setCreated(Optional.of(made));
        core.setModified(Optional.of(made));
        core.setCreator("Chuẩn Mực");
        var styles = word.createStyles();
        var fonts = CTFonts.Factory.newInstance();
        fonts.setAscii(FONT);
        fonts.setHAnsi(FONT);
        fonts.setCs(FONT);
        fonts.setEastAsia(FONT);
        styles.setDefaultFonts(fonts);
        styles.setSpellingLanguage(document.language().equals("en") ? "en-GB" : "vi-VN");
    }

    private void page() {
        var section = word.getDocument().getBody().addNewSectPr();
        var size = section.addNewPgSz();
        size.setW(BigInteger.valueOf(layout.landscape() ? 16838 : 11906));
        size.setH(BigInteger.valueOf(layout.landscape() ? 11906 : 16838));
        if (layout.landscape()) {
            size.setOrient(STPageOrientation.LANDSCAPE);
        }
        var margins = section.addNewPgMar();
        margins.setTop(twips(layout.margins().top()));
        margins.setBottom(twips(layout.margins().bottom()));
        margins.setLeft(twips(layout.margins().left()));
        margins.setRight(twips(layout.margins().right()));
        margins.setHeader(twips(10));
        margins.setFooter(twips(10));
        margins.setGutter(BigInteger.ZERO);
        section.addNewTitlePg();
        var header = word.createHeader(HeaderFooterType.DEFAULT);
        var number = header.createParagraph();
        number.setAlignment(ParagraphAlignment.CENTER);
        for (var part : List.of(STFldCharType.BEGIN, STFldCharType.SEPARATE, STFldCharType.END)) {
            var run = number.createRun();
            run.setFontSize(layout.pageNumber().size());
            run.getCTR().addNewFldChar().setFldCharType(part);
            if (part == STFldCharType.BEGIN) {
                var instruction = number.createRun();
                instruction.setFontSize(layout.pageNumber().size());
                instruction.getCTR().addNewInstrText().setStringValue(" PAGE ");
            } else if (part == STFldCharType.SEPARATE) {
                var shown = number.createRun();
                shown.setFontSize(layout.pageNumber().size());
                shown.setText("2");
            }
        }
    }

    private void header() {
        var header = document.header();
        int leftWidth = layout.printableWidth() * 42 / 100;
        var table = frame(List.of(leftWidth, layout.printableWidth() - leftWidth));
        var left = table.getRow(0).getCell(0);
        line(left, layout.parent(), header.parent(), ParagraphAlignment.CENTER);
        var issuer = line(left, layout.issuer(), header.issuer(), ParagraphAlignment.CENTER);
        if (layout.issuerMark().isEmpty()) {
            rule(issuer, leftWidth / 3);
        } else {
            line(left, layout.issuer(), layout.issuerMark(), ParagraphAlignment.CENTER);
        }
        if (header.number() != null) {
            line(left, layout.number(), layout.number(header.number()), ParagraphAlignment.CENTER);
        }
        var right = table.getRow(0).getCell(1);
        for (var motto : layout.motto()) {
            var style = motto.style();
            boolean lowest = motto == layout.motto().getLast();
            line(
                    right,
                    new Layout.Style(style.size(), style.bold(), style.italic(), lowest, style.caps()),
                    motto.text(),
                    ParagraphAlignment.CENTER);
        }
        line(right, layout.placeDate(), layout.placeDate(header.place(), header.date()), ParagraphAlignment.CENTER)
                .setSpacingBefore(120);
    }

    /** A short line under a paragraph, drawn as an underlined stretch of blanks. */
    private static void rule(XWPFParagraph after, int millimetres) {
        var run = after.createRun();
        run.addBreak();
        run.setFontSize(6);
        run.setUnderline(UnderlinePatterns.SINGLE);
        run.setText("\u00a0".repeat(Math.max(1, millimetres * 2)));
    }

    private void signatures() {
        var signatures = document.signatures();
        boolean recipients =
                !signatures.recipients().isEmpty() || signatures.blocks().size() == 1;
        int cells = signatures.blocks().size() + (recipients ? 1 : 0);
        if (cells == 0) {
            return;
        }
        var widths = new java.util.ArrayList<Integer>();
        for (int at = 0; at < cells; at++) {
            widths.add(layout.printableWidth() / cells);
        }
        var table = frame(widths);
        table.getRow(0).setCantSplitRow(true);
        int cell = 0;
        if (recipients) {
            var left = table.getRow(0).getCell(cell++);
            if (!signatures.recipients().isEmpty()) {
                line(left, layout.recipientsHead(), layout.recipientsWord(), ParagraphAlignment.LEFT);
                for (String recipient : signatures.recipients()) {
                    line(left, layout.recipients(), recipient, ParagraphAlignment.LEFT);
                }
            }
        }
        for (var block : signatures.blocks()) {
            var right = table.getRow(0).getCell(cell++);
            for (String capacity : block.capacity()) {
                line(right, layout.signature(), capacity, ParagraphAlignment.CENTER);
            }
            if (!block.note().isEmpty()) {
                line(right, layout.signatureNote(), block.note(), ParagraphAlignment.CENTER);
            }
            line(right, layout.signatureName(), block.name(), ParagraphAlignment.CENTER)
                    .setSpacingBefore(1_300);
        }
    }

    private XWPFTable frame(List<Integer> millimetres) {
        var table = word.createTable(1, millimetres.size());
        table.removeBorders();
        fix(table, millimetres.stream().mapToInt(Integer::intValue).toArray());
        return table;
    }

    private static void fix(XWPFTable table, int[] millimetres) {
        table.setTableAlignment(TableRowAlign.CENTER);
        var properties = table.getCTTbl().getTblPr();
        (properties.isSetTblLayout() ? properties.getTblLayout() : properties.addNewTblLayout())
                .setType(STTblLayoutType.FIXED);
        int total = 0;
        var grid = table.getCTTbl().getTblGrid() == null
                ? table.getCTTbl().addNewTblGrid()
                : table.getCTTbl().getTblGrid();
        while (grid.sizeOfGridColArray() > 0) {
            grid.removeGridCol(0);
        }
        for (int width : millimetres) {
            total += width;
            grid.addNewGridCol().setW(twips(width));
        }
        table.setWidth(twips(total).intValueExact());
        for (var row : table.getRows()) {
            for (int at = 0; at < millimetres.length; at++) {
                row.getCell(at).setWidth(twips(millimetres[at]).toString());
            }
        }
    }

    private void table() {
        int columns = document.columns().size();
        var table = word.createTable(2, columns);
        var widths = new int[columns];
        int used = 0;
        int shares = 0;
        for (int at = 0; at < columns; at++) {
            shares += document.columns().get(at).share();
            int until = layout.printableWidth() * shares / document.shares();
            widths[at] = until - used;
            used = until;
        }
        fix(table, widths);
        var head = table.getRow(0);
        head.setRepeatHeader(true);
        head.setCantSplitRow(true);
        var pattern = table.getRow(1);
        pattern.setCantSplitRow(true);
        for (int at = 0; at < columns; at++) {
            var column = document.columns().get(at);
            head.getCell(at).setVerticalAlignment(XWPFTableCell.XWPFVertAlign.CENTER);
            line(head.getCell(at), layout.tableHead(), column.heading(), ParagraphAlignment.CENTER);
            pattern.getCell(at).setVerticalAlignment(XWPFTableCell.XWPFVertAlign.CENTER);
            line(
                    pattern.getCell(at),
                    layout.tableCell(),
                    mark,
                    switch (column.align()) {
                        case LEFT -> ParagraphAlignment.LEFT;
                        case CENTER -> ParagraphAlignment.CENTER;
                        case RIGHT -> ParagraphAlignment.RIGHT;
                    });
        }
    }

    private XWPFParagraph centred(Layout.Style style, String text) {
        var paragraph = word.createParagraph();
        paragraph.setAlignment(ParagraphAlignment.CENTER);
        run(paragraph, style, text);
        return paragraph;
    }

    private static XWPFParagraph line(
            XWPFTableCell cell, Layout.Style style, String text, ParagraphAlignment alignment) {
        var first = cell.getParagraphs().getFirst();
        var paragraph = first.getRuns().isEmpty() ? first : cell.addParagraph();
        paragraph.setAlignment(alignment);
        run(paragraph, style, text);
        return paragraph;
    }

    private static void run(XWPFParagraph paragraph, Layout.Style style, String text) {
        var run = paragraph.createRun();
        run.setFontSize(style.size());
        if (style.bold()) {
            run.setBold(true);
        }
        if (style.italic()) {
            run.setItalic(true);
        }
        if (style.underline()) {
            run.setUnderline(UnderlinePatterns.SINGLE);
        }
        String[] lines = XmlText.clean(style.of(text)).split("\n", -1);
        for (int at = 0; at < lines.length; at++) {
            if (at > 0) {
                run.addBreak();
            }
            run.setText(lines[at]);
        }
    }

    private void fill(byte[] shell, OutputStream out) throws IOException {
        var time = document.date().atStartOfDay();
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        try (var parts = new ZipInputStream(new ByteArrayInputStream(shell))) {
            for (ZipEntry part; (part = parts.getNextEntry()) != null; ) {
                var entry = new ZipEntry(part.getName());
                entry.setTimeLocal(time.isBefore(EARLIEST_ZIP_TIME) ? EARLIEST_ZIP_TIME : time);
                zip.putNextEntry(entry);
                byte[] bytes = parts.readAllBytes();
                if (part.getName().equals("word/document.xml")) {
                    body(new String(bytes, StandardCharsets.UTF_8), zip);
                } else {
                    zip.write(bytes);
                }
                zip.closeEntry();
            }
        }
        zip.finish();
    }

    private void body(String xml, OutputStream zip) throws IOException {
        int at = xml.indexOf(mark);
        int from = Math.max(xml.lastIndexOf("<w:tr>", at), xml.lastIndexOf("<w:tr ", at));
        int to = xml.indexOf("</w:tr>", at) + "</w:tr>".length();
        String[] pattern = xml.substring(from, to).split(mark, -1);
        if (pattern.length != document.columns().size() + 1) {
            throw new IllegalStateException("the pattern row has " + pattern.length + " pieces");
        }
        zip.write(xml.substring(0, from).getBytes(StandardCharsets.UTF_8));
        var written = new StringBuilder(1 << 14);
        try (var rows = document.rows().get()) {
            for (var values = rows.iterator(); values.hasNext(); ) {
                var cells = document.checked(values.next());
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
        zip.write(written.append(xml, to, xml.length()).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static BigInteger twips(int millimetres) {
        return BigInteger.valueOf(Math.round(millimetres * TWIPS_PER_MILLIMETRE));
    }
}
