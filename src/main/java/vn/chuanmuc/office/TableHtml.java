package vn.chuanmuc.office;

import java.util.Locale;
import java.util.regex.Pattern;

/** The page that becomes the PDF; nothing but escaped text of the document goes into it. */
final class TableHtml {
    private static final Pattern DAY = Pattern.compile("\\b\\d{1,2}/\\d{1,2}/\\d{4}\\b");

    private final TableDocument document;
    private final Layout layout;
    private final StringBuilder html = new StringBuilder(1 << 16);
    private final LayoutHtml page;

    TableHtml(TableDocument document) {
        this.document = document;
        this.layout = document.layout();
        this.page = new LayoutHtml(layout, html);
    }

    String page() {
        page.head(
                document.language(),
                document.title(),
                document.marked() ? LetterHtml.FOOT : layout.margins().bottom(),
                document.marked()
                        ? "@top-center { content: element(pageno); } @bottom-left { content: element(code); }"
                        : "@top-center { content: element(pageno); }");
        style();
        html.append("<body><div class=\"page-number\"><span></span></div>");
        if (document.marked()) {
            code();
        }
        header();
        page.heading(document.heading());
        page.subheading(document.subheading());
        int rows = 0;
        for (TableDocument.Table table : document.tables()) {
            rows = table(table, rows);
        }
        // Nobody signs on a page that says nothing: the lines under the table stand over the signatures.
        html.append("<div class=\"end\">");
        for (String total : document.totals()) {
            page.line("total", layout.totals(), total);
        }
        signatures();
        return html.append("</div></body></html>").toString();
    }

    private void code() {
        html.append("<div class=\"code\">")
                .append(XmlText.escape(XmlText.clean(document.mark().label())))
                .append("<br/>")
                .append(XmlText.escape(XmlText.clean(document.mark().code())))
                .append(" · <span class=\"sheet\"></span></div>");
    }

    private void style() {
        html.append("""
                        @page :first { @top-center { content: none; } }
                        body { font-family: 'VN Serif'; line-height: 1.2; margin: 0; color: black; }
                        .page-number { position: running(pageno); text-align: center; }
                        .page-number span:before { content: counter(page); }
                        .centre { text-align: center; }
                        .rule { border-top: 0.75pt solid black; margin: 2pt auto 5pt auto; width: 30%; }
                        .under { border-bottom: 0.75pt solid black; }
                        .place { text-align: center; margin-top: 6pt; }
                        .code { position: running(code); text-align: left; font-size: 10pt; }
                        .code .sheet:before { content: counter(page) '/' counter(pages); }
                        .total { margin-top: 4pt; }
                        .end { page-break-inside: avoid; }
                        table.frame { width: 100%; border-collapse: collapse; table-layout: fixed; }
                        .whole { white-space: nowrap; }
                        table.frame td { vertical-align: top; padding: 0; }
                        table.signatures { margin-top: 14pt; page-break-inside: avoid; }
                        .space { height: 22mm; }
                        table.grid { width: 100%; border-collapse: collapse; table-layout: fixed; margin-top: 10pt;
                          -fs-table-paginate: paginate; }
                        table.grid th, table.grid td { border: 0.5pt solid black; padding: 2pt 3pt; vertical-align: middle;
                          word-wrap: break-word; }
                        table.grid tr { page-break-inside: avoid; }
                        table.grid th { text-align: center; padding: 2pt 2pt; }
                        table.grid th.over { border: none; border-bottom: 0.5pt solid black; text-align: left; padding: 4pt 0; }
                        .left { text-align: left; } .center { text-align: center; } .right { text-align: right; }
                        </style></head>""");
    }

    private void header() {
        var header = document.header();
        html.append(document.marked() ? "<div id=\"" + LetterHtml.anchor(0) + "\">" : "<div>")
                .append("<table class=\"frame\"><tr><td style=\"width:")
                .append(layout.issuerShare())
                .append("%\">");
        page.issuer(header);
        html.append("</td><td>");
        page.motto();
        page.line("place", layout.placeDate(), layout.placeDate(header.place(), header.date()));
        html.append("</td></tr></table></div>");
    }

    /** @return how many rows there are up to its end */
    private int table(TableDocument.Table table, int before) {
        html.append("<table class=\"grid\"><colgroup>");
        for (var column : table.columns()) {
            html.append("<col style=\"width:")
                    .append(String.format(Locale.ROOT, "%.3f", 100.0 * column.share() / table.shares()))
                    .append("%\"/>");
        }
        html.append("</colgroup><thead>");
        if (!table.heading().isEmpty()) {
            html.append("<tr><th class=\"over\" scope=\"colgroup\" colspan=\"")
                    .append(table.columns().size())
                    .append("\">")
                    .append(LayoutHtml.text(layout.tableHead(), table.heading()))
                    .append("</th></tr>");
        }
        html.append("<tr>");
        for (var column : table.columns()) {
            html.append("<th scope=\"col\">")
                    .append(LayoutHtml.text(layout.tableHead(), column.heading()))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        var starts = table.columns().stream()
                .map(column -> "<td class=\"" + column.align().name().toLowerCase(Locale.ROOT) + "\">")
                .toArray(String[]::new);
        int count = before;
        try (var rows = table.rows().get()) {
            for (var values = rows.iterator(); values.hasNext(); ) {
                PdfWriter.checkRows(++count);
                var cells = table.checked(values.next());
                html.append("<tr>");
                for (int column = 0; column < cells.size(); column++) {
                    html.append(starts[column])
                            .append(LayoutHtml.breaks(wholeDays(XmlText.escape(cells.get(column)))))
                            .append("</td>");
                }
                html.append("</tr>");
            }
        }
        html.append("</tbody></table>");
        return count;
    }

    private void signatures() {
        var signatures = document.signatures();
        if (signatures.recipients().isEmpty() && signatures.blocks().isEmpty()) {
            return;
        }
        html.append("<table class=\"frame signatures\"><tr>");
        if (!signatures.recipients().isEmpty() || signatures.blocks().size() == 1) {
            html.append("<td>");
            if (!signatures.recipients().isEmpty()) {
                page.line("left", layout.recipientsHead(), layout.recipientsWord());
            }
            for (String recipient : signatures.recipients()) {
                page.line("left", layout.recipients(), recipient);
            }
            html.append("</td>");
        }
        for (var block : signatures.blocks()) {
            html.append("<td>");
            for (String capacity : block.capacity()) {
                page.line("centre", layout.signature(), capacity);
            }
            if (!block.note().isEmpty()) {
                page.line("centre", layout.signatureNote(), block.note());
            }
            html.append("<div class=\"space\"></div>");
            page.line("centre", layout.signatureName(), block.name());
            html.append("</td>");
        }
        html.append("</tr></table>");
    }

    /** A day within a sentence is not torn apart at its slashes. */
    private static String wholeDays(String escaped) {
        return escaped.indexOf('/') < 0 ? escaped : DAY.matcher(escaped).replaceAll("<span class=\"whole\">$0</span>");
    }
}
