package vn.chuanmuc.office;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
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
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTFonts;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STFldCharType;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STPageOrientation;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STTblLayoutType;

/** A Word document on a paper layout: what tables and letters have in common. */
final class WordPage {
    private static final String FONT = "Times New Roman";
    private static final double TWIPS_PER_MILLIMETRE = 1440 / 25.4;
    private static final LocalDateTime EARLIEST_ZIP_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int FOOT_SIZE = 10;

    private final Layout layout;
    private final XWPFDocument word;

    /** Rewrites the text of the document's main part. */
    interface Rewriting {
        void of(String xml, OutputStream out) throws IOException;
    }

    WordPage(Layout layout, XWPFDocument word) {
        this.layout = layout;
        this.word = word;
    }

    void properties(String title, LocalDate date, String language) {
        var made = Date.from(date.atStartOfDay().toInstant(ZoneOffset.UTC));
        var core = word.getProperties().getCoreProperties();
        core.setTitle(XmlText.clean(title));
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
        styles.setSpellingLanguage(language.equals("en") ? "en-GB" : "vi-VN");
    }

    /** @param bottom millimetres */
    void page(int bottom) {
        var section = word.getDocument().getBody().addNewSectPr();
        var size = section.addNewPgSz();
        size.setW(BigInteger.valueOf(layout.landscape() ? 16838 : 11906));
        size.setH(BigInteger.valueOf(layout.landscape() ? 11906 : 16838));
        if (layout.landscape()) {
            size.setOrient(STPageOrientation.LANDSCAPE);
        }
        var margins = section.addNewPgMar();
        margins.setTop(twips(layout.margins().top()));
        margins.setBottom(twips(bottom));
        margins.setLeft(twips(layout.margins().left()));
        margins.setRight(twips(layout.margins().right()));
        margins.setHeader(twips(10));
        margins.setFooter(twips(10));
        margins.setGutter(BigInteger.ZERO);
        section.addNewTitlePg();
        var header = word.createHeader(HeaderFooterType.DEFAULT);
        var number = header.createParagraph();
        number.setAlignment(ParagraphAlignment.CENTER);
        field(number, layout.pageNumber().size(), " PAGE ", "2");
    }

    private static void field(XWPFParagraph number, int size, String instructions, String sample) {
        for (var part : List.of(STFldCharType.BEGIN, STFldCharType.SEPARATE, STFldCharType.END)) {
            var run = number.createRun();
            run.setFontSize(size);
            run.getCTR().addNewFldChar().setFldCharType(part);
            if (part == STFldCharType.BEGIN) {
                var instruction = number.createRun();
                instruction.setFontSize(size);
                instruction.getCTR().addNewInstrText().setStringValue(instructions);
            } else if (part == STFldCharType.SEPARATE) {
                var shown = number.createRun();
                shown.setFontSize(size);
                shown.setText(sample);
            }
        }
    }

    /** The foot of every page: words, then which of how many. */
    void foot(List<String> lines) {
        for (var type : List.of(HeaderFooterType.DEFAULT, HeaderFooterType.FIRST)) {
            var footer = word.createFooter(type);
            for (int at = 0; at < lines.size(); at++) {
                var paragraph = footer.createParagraph();
                var run = paragraph.createRun();
                run.setFontSize(FOOT_SIZE);
                run.setText(XmlText.clean(lines.get(at)));
                if (at == lines.size() - 1) {
                    field(paragraph, FOOT_SIZE, " PAGE ", "1");
                    var slash = paragraph.createRun();
                    slash.setFontSize(FOOT_SIZE);
                    slash.setText("/");
                    field(paragraph, FOOT_SIZE, " NUMPAGES ", "1");
                }
            }
        }
    }

    /** Who issues the paper: the left of the block over the title. @param width millimetres */
    void issuer(XWPFTableCell left, TableDocument.Header header, int width) {
        if (!header.parent().isEmpty()) {
            line(left, layout.parent(), header.parent(), ParagraphAlignment.CENTER);
        }
        var issuer = line(left, layout.issuer(), header.issuer(), ParagraphAlignment.CENTER);
        if (layout.issuerMark().isEmpty()) {
            rule(issuer, width / 3);
        } else {
            line(left, layout.issuer(), layout.issuerMark(), ParagraphAlignment.CENTER);
        }
        var number = header.number();
        if (number != null) {
            line(left, layout.number(), layout.number(number), ParagraphAlignment.CENTER);
        }
    }

    void motto(XWPFTableCell right) {
        for (var motto : layout.motto()) {
            line(right, mottoStyle(motto), motto.text(), ParagraphAlignment.CENTER);
        }
    }

    /** The motto alone, in the middle of the page. */
    void motto() {
        for (var motto : layout.motto()) {
            centred(mottoStyle(motto), motto.text());
        }
    }

    private Layout.Style mottoStyle(Layout.Motto motto) {
        var style = motto.style();
        boolean lowest = motto == layout.motto().getLast();
        return new Layout.Style(style.size(), style.bold(), style.italic(), lowest, style.caps());
    }

    void heading(List<String> heading, String subheading) {
        for (int at = 0; at < heading.size(); at++) {
            centred(layout.heading(), heading.get(at)).setSpacingBefore(at == 0 ? 240 : 0);
        }
        if (!subheading.isEmpty()) {
            centred(layout.subheading(), subheading);
            if (!layout.subheadingMark().isEmpty()) {
                centred(layout.subheading(), layout.subheadingMark());
            }
        }
    }

    /** A short line under a paragraph, drawn as an underlined stretch of blanks. */
    private static void rule(XWPFParagraph after, int millimetres) {
        var run = after.createRun();
        run.addBreak();
        run.setFontSize(6);
        run.setUnderline(UnderlinePatterns.SINGLE);
        run.setText("\u00a0".repeat(Math.max(1, millimetres * 2)));
    }

    /** A table without lines. @param millimetres widths */
    XWPFTable frame(List<Integer> millimetres) {
        var table = word.createTable(1, millimetres.size());
        table.removeBorders();
        fix(table, millimetres.stream().mapToInt(Integer::intValue).toArray());
        return table;
    }

    static void fix(XWPFTable table, int[] millimetres) {
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

    /** An empty line that stays with what comes after it. */
    void gap() {
        var paragraph = word.createParagraph();
        paragraph.setSpacingBefore(0);
        paragraph.setKeepNext(true);
    }

    XWPFParagraph centred(Layout.Style style, String text) {
        var paragraph = word.createParagraph();
        paragraph.setAlignment(ParagraphAlignment.CENTER);
        run(paragraph, style, text);
        return paragraph;
    }

    static XWPFParagraph line(XWPFTableCell cell, Layout.Style style, String text, ParagraphAlignment alignment) {
        var first = cell.getParagraphs().getFirst();
        var paragraph = first.getRuns().isEmpty() ? first : cell.addParagraph();
        paragraph.setAlignment(alignment);
        run(paragraph, style, text);
        return paragraph;
    }

    /** A heading across all columns of a table, kept with the row under it. @param width millimetres */
    static void over(XWPFTableRow row, Layout.Style style, String text, int width) {
        int columns = row.getTableCells().size();
        for (int column = columns - 1; column > 0; column--) {
            row.removeCell(column);
        }
        var cell = row.getCell(0);
        cell.setWidth(twips(width).toString());
        cell.getCTTc().getTcPr().addNewGridSpan().setVal(BigInteger.valueOf(columns));
        line(cell, style, text, ParagraphAlignment.LEFT).setKeepNext(true);
    }

    static void run(XWPFParagraph paragraph, Layout.Style style, String text) {
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

    /** Writes the package with the times of its parts set to the day. */
    void save(LocalDate date, Rewriting body, OutputStream out) throws IOException {
        var shell = new ByteArrayOutputStream();
        word.write(shell);
        var time = date.atStartOfDay();
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        try (var parts = new ZipInputStream(new ByteArrayInputStream(shell.toByteArray()))) {
            for (ZipEntry part; (part = parts.getNextEntry()) != null; ) {
                var entry = new ZipEntry(part.getName());
                entry.setTimeLocal(time.isBefore(EARLIEST_ZIP_TIME) ? EARLIEST_ZIP_TIME : time);
                zip.putNextEntry(entry);
                byte[] bytes = parts.readAllBytes();
                if (part.getName().equals("word/document.xml")) {
                    body.of(new String(bytes, StandardCharsets.UTF_8), zip);
                } else {
                    zip.write(bytes);
                }
                zip.closeEntry();
            }
        }
        zip.finish();
    }

    static BigInteger twips(int millimetres) {
        return BigInteger.valueOf(Math.round(millimetres * TWIPS_PER_MILLIMETRE));
    }
}
