package vn.chuanmuc.office;

/** Writes what pages of tables and of letters have in common; nothing but escaped text of the document goes into it. */
final class LayoutHtml {
    static final String FONT = "VN Serif";

    private final Layout layout;
    private final StringBuilder html;

    LayoutHtml(Layout layout, StringBuilder html) {
        this.layout = layout;
        this.html = html;
    }

    /** Everything up to the style sheet's own rules. @param bottom millimetres */
    void head(String language, String plainTitle, int bottom, String marginBoxes) {
        var margins = layout.margins();
        String title = XmlText.escape(XmlText.clean(plainTitle));
        html.append("<html lang=\"")
                .append(XmlText.escape(language))
                .append("\"><head><title>")
                .append(title)
                .append("</title><meta name=\"description\" content=\"")
                .append(title)
                .append("\"/><style>@page { size: A4 ")
                .append(layout.landscape() ? "landscape" : "portrait")
                .append("; margin: ")
                .append(margins.top())
                .append("mm ")
                .append(margins.right())
                .append("mm ")
                .append(bottom)
                .append("mm ")
                .append(margins.left())
                .append("mm; ")
                .append(marginBoxes)
                .append(" }")
                .append(" .page-number { ")
                .append(css(layout.pageNumber()))
                .append("} table.grid th { ")
                .append(css(layout.tableHead()))
                .append("} table.grid td { ")
                .append(css(layout.tableCell()))
                .append("}\n");
    }

    void heading(Iterable<String> lines) {
        boolean first = true;
        for (String line : lines) {
            html.append("<div class=\"centre\" style=\"")
                    .append(first ? "margin-top:14pt;" : "")
                    .append(css(layout.heading()))
                    .append("\">")
                    .append(text(layout.heading(), line))
                    .append("</div>");
            first = false;
        }
    }

    void subheading(String text) {
        if (!text.isEmpty()) {
            line("centre", layout.subheading(), text);
            if (!layout.subheadingMark().isEmpty()) {
                line("centre", layout.subheading(), layout.subheadingMark());
            }
        }
    }

    /** Who issues the paper: the left of the block over the title. */
    void issuer(TableDocument.Header header) {
        line("centre", layout.parent(), header.parent());
        line("centre", layout.issuer(), header.issuer());
        if (layout.issuerMark().isEmpty()) {
            html.append("<div class=\"rule\"></div>");
        } else {
            line("centre", layout.issuer(), layout.issuerMark());
        }
        var number = header.number();
        if (number != null) {
            line("centre", layout.number(), layout.number(number));
        }
    }

    void motto() {
        for (var motto : layout.motto()) {
            boolean lowest = motto == layout.motto().getLast();
            html.append("<div class=\"centre\" style=\"")
                    .append(css(motto.style()))
                    .append("\"><span")
                    .append(lowest ? " class=\"under\">" : ">")
                    .append(text(motto.style(), motto.text()))
                    .append("</span></div>");
        }
    }

    void line(String kind, Layout.Style style, String text) {
        html.append("<div class=\"")
                .append(kind)
                .append("\" style=\"")
                .append(css(style))
                .append("\">")
                .append(text(style, text))
                .append("</div>");
    }

    static String text(Layout.Style style, String text) {
        return breaks(XmlText.escape(XmlText.clean(style.of(text))));
    }

    static String breaks(String escaped) {
        return escaped.indexOf('\n') < 0 ? escaped : escaped.replace("\n", "<br/>");
    }

    static String css(Layout.Style style) {
        return "font-size:" + style.size() + "pt;font-weight:" + (style.bold() ? "bold" : "normal")
                + (style.italic() ? ";font-style:italic" : "")
                + (style.underline() ? ";text-decoration:underline" : "");
    }
}
