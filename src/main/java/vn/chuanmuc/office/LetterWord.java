package vn.chuanmuc.office;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Points.Line;

/** A letter as a Word document, with the words of the PDF. */
final class LetterWord {
    private static final int NUMBER_WIDTH = 14;
    private static final int TICK_WIDTH = 17;
    private static final int FIRST_LINE = 10;
    private static final int ROOM = 1_400;

    private final PaperDocument letter;
    private final Layout layout;
    private final XWPFDocument word;
    private final WordPage page;

    LetterWord(PaperDocument letter, XWPFDocument word) {
        this.letter = letter;
        this.layout = letter.layout();
        this.word = word;
        this.page = new WordPage(layout, word);
    }

    void write(OutputStream out) throws IOException {
        page.properties(letter.title(), letter.date(), letter.language());
        page.page(layout.margins().bottom());
        page.foot(List.of(letter.mark().label(), letter.mark().code() + " · "));
        header();
        page.heading(letter.heading(), letter.subheading());
        for (int at = 0; at < letter.facts().size(); at++) {
            fact(letter.facts().get(at), at == 0 ? 200 : 60);
        }
        letter.opening().forEach(this::paragraph);
        word.createParagraph().setSpacingAfter(0);
        points();
        // Nobody signs on a page that says nothing: what stands over the signatures stays with them.
        letter.closing().forEach(words -> paragraph(words).setKeepNext(true));
        for (int at = 0; at < letter.proof().size(); at++) {
            fact(letter.proof().get(at), at == 0 ? 160 : 60).setKeepNext(true);
        }
        page.gap();
        signatures();
        page.save(letter.date(), (xml, part) -> part.write(xml.getBytes(StandardCharsets.UTF_8)), out);
    }

    private void header() {
        var header = letter.header();
        if (header.issuer().isEmpty()) {
            page.motto();
            return;
        }
        int leftWidth = layout.printableWidth() * layout.issuerShare() / 100;
        var table = page.frame(List.of(leftWidth, layout.printableWidth() - leftWidth));
        page.issuer(table.getRow(0).getCell(0), header, leftWidth);
        var right = table.getRow(0).getCell(1);
        page.motto(right);
        if (letter.dayInHead()) {
            WordPage.line(right, layout.placeDate(), letter.placeDate(), ParagraphAlignment.CENTER)
                    .setSpacingBefore(120);
        }
    }

    private XWPFParagraph fact(Fact fact, int before) {
        var paragraph = word.createParagraph();
        paragraph.setSpacingBefore(before);
        WordPage.run(paragraph, layout.body(), fact.label() + ": " + fact.value());
        return paragraph;
    }

    private XWPFParagraph paragraph(String text) {
        var paragraph = word.createParagraph();
        paragraph.setAlignment(ParagraphAlignment.BOTH);
        paragraph.setSpacingBefore(120);
        paragraph.setFirstLineIndent(WordPage.twips(FIRST_LINE).intValueExact());
        WordPage.run(paragraph, layout.body(), text);
        return paragraph;
    }

    private void points() {
        List<String> choices = letter.points().choices();
        var table = word.createTable(1 + letter.points().lines().size(), 2 + choices.size());
        int[] widths = new int[2 + choices.size()];
        Arrays.fill(widths, TICK_WIDTH);
        widths[0] = NUMBER_WIDTH;
        widths[1] = layout.printableWidth() - NUMBER_WIDTH - TICK_WIDTH * choices.size();
        WordPage.fix(table, widths);
        var head = table.getRow(0);
        head.setRepeatHeader(true);
        head.setCantSplitRow(true);
        WordPage.line(head.getCell(0), layout.tableHead(), letter.points().numberHeading(), ParagraphAlignment.CENTER);
        WordPage.line(head.getCell(1), layout.tableHead(), letter.points().wordsHeading(), ParagraphAlignment.CENTER);
        for (int choice = 0; choice < choices.size(); choice++) {
            WordPage.line(head.getCell(2 + choice), layout.tableHead(), choices.get(choice), ParagraphAlignment.CENTER);
        }
        for (int at = 0; at < letter.points().lines().size(); at++) {
            var row = table.getRow(at + 1);
            row.setCantSplitRow(true);
            switch (letter.points().lines().get(at)) {
                case Line.Group(var text) -> over(row, layout.tableHead(), text);
                case Line.Criterion(var text) -> {
                    var style = layout.tableHead();
                    over(row, new Layout.Style(style.size(), style.bold(), true, false, style.caps()), text);
                }
                case Line.Item(var number, var words) -> {
                    WordPage.line(
                            row.getCell(0), layout.tableCell(), String.valueOf(number), ParagraphAlignment.CENTER);
                    WordPage.line(
                            row.getCell(1),
                            layout.tableCell(),
                            words,
                            LetterHtml.LONG.matcher(words).find() ? ParagraphAlignment.LEFT : ParagraphAlignment.BOTH);
                    for (int choice = 0; choice < choices.size(); choice++) {
                        WordPage.line(row.getCell(2 + choice), layout.tableCell(), "☐", ParagraphAlignment.CENTER);
                    }
                    if (!choices.isEmpty() && !letter.points().remark().isEmpty()) {
                        WordPage.run(
                                row.getCell(1).addParagraph(),
                                layout.tableCell(),
                                letter.points().remark() + " ........................................");
                    }
                }
            }
        }
    }

    private void over(XWPFTableRow row, Layout.Style style, String text) {
        WordPage.over(row, style, text, layout.printableWidth());
    }

    private void signatures() {
        int blocks = letter.signatures().size();
        if (blocks == 0) {
            return;
        }
        var widths = new ArrayList<Integer>();
        for (int at = 0; at < blocks; at++) {
            widths.add(layout.printableWidth() / blocks);
        }
        var row = page.frame(widths).getRow(0);
        row.setCantSplitRow(true);
        for (int at = 0; at < blocks; at++) {
            var block = letter.signatures().get(at);
            var cell = row.getCell(at);
            if (!letter.dayInHead()) {
                WordPage.line(
                        cell,
                        layout.placeDate(),
                        at == blocks - 1 ? letter.placeDate() : "\u00a0",
                        ParagraphAlignment.CENTER);
            }
            for (String capacity : block.capacity()) {
                WordPage.line(cell, layout.signature(), capacity, ParagraphAlignment.CENTER);
            }
            if (!block.note().isEmpty()) {
                WordPage.line(cell, layout.signatureNote(), block.note(), ParagraphAlignment.CENTER);
            }
            WordPage.line(
                            cell,
                            layout.signatureName(),
                            block.name().isEmpty() ? "\u00a0" : block.name(),
                            ParagraphAlignment.CENTER)
                    .setSpacingBefore(ROOM);
        }
    }
}
