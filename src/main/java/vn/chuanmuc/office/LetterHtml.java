package vn.chuanmuc.office;

import java.util.List;
import java.util.regex.Pattern;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Points.Line;

/** The pages that become the PDF of letters; nothing but escaped text of the documents goes into it. */
final class LetterHtml {
    /** Room at the foot of each page for the code and its QR, in millimetres. */
    static final int FOOT = 34;

    /** What no line ends in, such as a hash: words beside it would be drawn far apart. */
    static final Pattern LONG = Pattern.compile("\\S{30}");

    private final String title;
    private final List<PaperDocument> letters;
    private final Layout layout;
    private final StringBuilder html = new StringBuilder(1 << 15);
    private final LayoutHtml page;

    LetterHtml(String title, List<PaperDocument> letters) {
        this.title = title;
        this.letters = letters;
        this.layout = letters.getFirst().layout();
        this.page = new LayoutHtml(layout, html);
        if (!letters.stream().allMatch(letter -> letter.layout().equals(layout))) {
            throw new IllegalArgumentException("letters of one file have one layout");
        }
    }

    static String anchor(int letter) {
        return "letter-" + letter;
    }

    static String room(int block) {
        return "room-" + block;
    }

    /** Where the words of an item of a letter stand. */
    static String row(int letter, int number) {
        return "row-" + letter + "-" + number;
    }

    String page() {
        var first = letters.getFirst();
        page.head(
                first.language(),
                title,
                FOOT,
                "@top-center { content: element(pageno, start); } @bottom-left { content: element(code); }");
        html.append("""
                body { font-family: 'VN Serif'; line-height: 1.25; margin: 0; color: black; }
                .page-number { position: running(pageno); text-align: center; }
                .page-number span:before { content: counter(page); }
                .code { position: running(code); text-align: left; font-size: 10pt; }
                .code .sheet:before { content: counter(page) '/' counter(pages); }
                .letter { -fs-page-sequence: start; }
                .next { page-break-before: always; }
                .centre { text-align: center; }
                .rule { border-top: 0.75pt solid black; margin: 2pt auto 5pt auto; width: 30%; }
                .under { border-bottom: 0.75pt solid black; }
                .fact { margin: 0 0 2pt 0; }
                .para { text-align: justify; text-indent: 10mm; margin: 6pt 0 0 0; }
                .proof { margin: 3pt 0 0 0; word-wrap: break-word; }
                .proofs { page-break-inside: avoid; margin-top: 8pt; }
                .facts { margin-top: 8pt; }
                .end { page-break-inside: avoid; }
                table.frame { width: 100%; border-collapse: collapse; table-layout: fixed; }
                table.frame td { vertical-align: top; padding: 0; }
                table.signatures { margin-top: 10pt; page-break-inside: avoid; }
                .room { height: 26mm; }
                table.grid { width: 100%; border-collapse: collapse; table-layout: fixed; margin-top: 8pt;
                  -fs-table-paginate: paginate; }
                table.grid th, table.grid td { border: 0.5pt solid black; padding: 1.5pt 4pt; word-wrap: break-word; }
                table.grid td { vertical-align: top; text-align: justify; }
                table.grid td.number { text-align: center; }
                table.grid td.long { text-align: left; }
                table.grid tr { page-break-inside: avoid; }
                table.grid tbody.whole { page-break-inside: avoid; }
                table.grid thead th { text-align: center; }
                table.grid tbody th { text-align: left; }
                table.grid tbody th.criterion { font-style: italic; }
                """);
        if (letters.stream().anyMatch(letter -> !letter.points().choices().isEmpty())) {
            html.append("""
                table.grid td.tick { text-align: center; vertical-align: middle; padding: 1.5pt 0; }
                table.grid thead th.tick { padding: 1.5pt 1pt; font-size: 9.5pt; }
                .box { border: 0.9pt solid black; width: 15pt; height: 15pt; margin: 0 auto; }
                .line { border-bottom: 0.5pt dotted black; height: 16pt; margin-top: 3pt; font-size: 9.5pt; text-align: left; }
                    """);
        }
        html.append("</style></head><body>");
        for (int at = 0; at < letters.size(); at++) {
            letter(letters.get(at), at);
        }
        return html.append("</body></html>").toString();
    }

    private void letter(PaperDocument letter, int at) {
        // What stands at the head of a page is what stood there when the page began: nothing on a letter's first page.
        html.append("<div class=\"letter")
                .append(at == 0 ? "" : " next")
                .append("\"><div class=\"code\">")
                .append(plain(letter.mark().label()))
                .append("<br/>")
                .append(plain(letter.mark().code()))
                .append(
                        " · <span class=\"sheet\"></span></div><div class=\"page-number\"><span></span></div><div id=\"")
                .append(anchor(at))
                .append("\">");
        header(letter);
        html.append("</div>");
        page.heading(letter.heading());
        page.subheading(letter.subheading());
        html.append("<div class=\"facts\">");
        letter.facts().forEach(fact -> fact("fact", fact));
        html.append("</div>");
        letter.opening().forEach(this::paragraph);
        points(letter.points(), at);
        // Nobody signs on a page that says nothing: the closing words stand over the signatures.
        html.append("<div class=\"end\">");
        letter.closing().forEach(this::paragraph);
        if (!letter.proof().isEmpty()) {
            html.append("<div class=\"proofs\">");
            letter.proof().forEach(fact -> fact("proof", fact));
            html.append("</div>");
        }
        signatures(letter);
        html.append("</div>");
        if (at < letters.size() - 1) {
            html.append("<div class=\"page-number\"></div>");
        }
        html.append("</div>");
    }

    private void header(PaperDocument letter) {
        if (letter.header().issuer().isEmpty()) {
            page.motto();
            return;
        }
        html.append("<table class=\"frame\"><tr><td style=\"width:")
                .append(layout.issuerShare())
                .append("%\">");
        page.issuer(letter.header());
        html.append("</td><td>");
        page.motto();
        if (letter.dayInHead()) {
            page.line("centre", letter.layout().placeDate(), letter.placeDate());
        }
        html.append("</td></tr></table>");
    }

    private void fact(String kind, Fact fact) {
        html.append("<div class=\"")
                .append(kind)
                .append("\" style=\"")
                .append(LayoutHtml.css(layout.body()))
                .append("\">")
                .append(plain(fact.label()))
                .append(": ")
                .append(plain(fact.value()))
                .append("</div>");
    }

    private void paragraph(String text) {
        page.line("para", layout.body(), text);
    }

    /** So wide is a column of boxes, in hundredths of the table. */
    private static int boxes(int choices) {
        return choices == 0 ? 0 : Math.min(11, 48 / choices);
    }

    private void points(PaperDocument.Points points, int at) {
        int boxes = boxes(points.choices().size());
        html.append("<table class=\"grid\"><colgroup><col style=\"width:8%\"/><col style=\"width:")
                .append(92 - boxes * points.choices().size())
                .append("%\"/>");
        points.choices()
                .forEach(choice ->
                        html.append("<col style=\"width:").append(boxes).append("%\"/>"));
        html.append("</colgroup>")
                .append("<thead><tr><th scope=\"col\">")
                .append(plain(points.numberHeading()))
                .append("</th><th scope=\"col\">")
                .append(plain(points.wordsHeading()))
                .append("</th>");
        points.choices()
                .forEach(choice -> html.append("<th scope=\"col\" class=\"tick\">")
                        .append(plain(choice))
                        .append("</th>"));
        html.append("</tr></thead>");
        int columns = 2 + points.choices().size();
        boolean over = false;
        boolean open = false;
        for (Line line : points.lines()) {
            boolean heads = !(line instanceof Line.Item);
            if (!open || heads && !over) {
                // Headings stand in one body with the first item under them: no page ends between.
                html.append(open ? "</tbody>" : "").append(heads ? "<tbody class=\"whole\">" : "<tbody>");
                open = true;
            }
            switch (line) {
                case Line.Group(var text) -> over("group", text, columns);
                case Line.Criterion(var text) -> over("criterion", text, columns);
                case Line.Item item -> {
                    item(points, item, at);
                    if (over) {
                        html.append("</tbody>");
                        open = false;
                    }
                }
            }
            over = heads;
        }
        html.append(open ? "</tbody>" : "").append("</table>");
    }

    private void item(PaperDocument.Points points, Line.Item item, int at) {
        html.append("<tr><td class=\"number\">")
                .append(item.number())
                .append(LONG.matcher(item.words()).find() ? "</td><td class=\"long\">" : "</td><td>");
        if (points.choices().isEmpty()) {
            html.append(plain(item.words())).append("</td></tr>");
            return;
        }
        html.append("<div id=\"").append(row(at, item.number())).append("\">").append(plain(item.words()));
        if (!points.remark().isEmpty()) {
            html.append("<div class=\"line\">").append(plain(points.remark())).append("</div>");
        }
        html.append("</div></td>");
        points.choices().forEach(choice -> html.append("<td class=\"tick\"><div class=\"box\"></div></td>"));
        html.append("</tr>");
    }

    private void over(String kind, String text, int columns) {
        html.append("<tr><th scope=\"col\" colspan=\"")
                .append(columns)
                .append("\" class=\"")
                .append(kind)
                .append("\">")
                .append(plain(text))
                .append("</th></tr>");
    }

    private void signatures(PaperDocument letter) {
        if (letter.signatures().isEmpty()) {
            return;
        }
        html.append("<table class=\"frame signatures\"><tr>");
        for (int at = 0; at < letter.signatures().size(); at++) {
            var block = letter.signatures().get(at);
            html.append("<td>");
            if (!letter.dayInHead()) {
                page.line(
                        "centre",
                        layout.placeDate(),
                        at == letter.signatures().size() - 1 ? letter.placeDate() : "\u00a0");
            }
            for (String capacity : block.capacity()) {
                page.line("centre", layout.signature(), capacity);
            }
            if (!block.note().isEmpty()) {
                page.line("centre", layout.signatureNote(), block.note());
            }
            html.append("<div class=\"room\" id=\"").append(room(at)).append("\"></div>");
            page.line("centre", layout.signatureName(), block.name().isEmpty() ? "\u00a0" : block.name());
            html.append("</td>");
        }
        html.append("</tr></table>");
    }

    private static String plain(String text) {
        return LayoutHtml.breaks(XmlText.escape(XmlText.clean(text)));
    }
}
