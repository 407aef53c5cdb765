package vn.chuanmuc.office;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Streams the body of a .docx that {@link PackageGuard} has let pass. */
final class DocxText {
    /** Fields that would fetch something when Word opens the file. */
    private static final Pattern ACTIVE_FIELD =
            Pattern.compile("\\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|MACROBUTTON)\\b");

    private static final int DEEPEST = 512;

    private final TextLimits limits;
    private final Lines lines;

    DocxText(TextLimits limits) {
        this.limits = limits;
        this.lines = new Lines(limits);
    }

    List<String> read(Path file) throws RefusedFile {
        try (var zip = new ZipFile(file.toFile())) {
            var numbering = DocxNumbering.read(part(zip, "word/numbering.xml"), part(zip, "word/styles.xml"));
            InputStream document = part(zip, "word/document.xml");
            if (document == null) {
                throw new RefusedFile("BROKEN");
            }
            try (document;
                    var xml = SafeXml.read(document)) {
                body(xml, numbering);
            }
            return lines.finish();
        } catch (IOException | XMLStreamException e) {
            throw new RefusedFile("BROKEN");
        }
    }

    private static @Nullable InputStream part(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            entry = zip.stream()
                    .map(ZipEntry.class::cast)
                    .filter(e -> e.getName().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElse(null);
        }
        return entry == null ? null : zip.getInputStream(entry);
    }

    private void body(SafeXml xml, DocxNumbering numbering) throws XMLStreamException, RefusedFile {
        // paragraphs nest through text boxes; each keeps its own place in its list
        var paragraph = new Paragraph(null);
        int depth = 0;
        boolean inText = false;
        while (xml.next()) {
            switch (xml.event()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw new RefusedFile("BROKEN");
                    }
                    switch (xml.name()) {
                        case "p" -> {
                            if (!lines.atLineStart()) {
                                lines.end();
                            }
                            paragraph = new Paragraph(paragraph);
                        }
                        case "pStyle" -> paragraph.style = xml.attribute("val", "");
                        case "numId" -> paragraph.list = xml.attribute("val", "");
                        case "ilvl" -> paragraph.level = xml.attribute("val", "");
                        case "t" -> {
                            inText = true;
                            paragraph.begin(numbering, lines);
                        }
                        case "tab" -> {
                            // a tab stop inside w:tabs has a position, a tab character has none
                            if (xml.attribute("pos", "").isEmpty()) {
                                lines.text("\t");
                            }
                        }
                        case "br", "cr" -> {
                            if (xml.attribute("type", "").isEmpty()) {
                                lines.end();
                            }
                        }
                        case "noBreakHyphen" -> lines.text("-");
                        case "instrText" -> field(xml);
                        case "fldSimple" -> refuseActive(xml.attribute("instr", ""));
                        case "del", "moveFrom", "delText", "Fallback", "pPrChange", "rPrChange" -> {
                            xml.skip();
                            depth--;
                        }
                        default -> {}
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    if (xml.name().equals("t")) {
                        inText = false;
                    } else if (xml.name().equals("p") && paragraph.outer != null) {
                        paragraph = paragraph.outer;
                        lines.end();
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (inText) {
                        lines.text(xml.text());
                    }
                }
                default -> {}
            }
        }
    }

    private void field(SafeXml xml) throws XMLStreamException, RefusedFile {
        var instruction = new StringBuilder();
        while (xml.next() && xml.event() != XMLStreamConstants.END_ELEMENT) {
            if (xml.event() == XMLStreamConstants.CHARACTERS && instruction.length() < limits.maxChars()) {
                instruction.append(xml.text());
            }
        }
        refuseActive(instruction.toString());
    }

    private static void refuseActive(String instruction) throws RefusedFile {
        if (ACTIVE_FIELD.matcher(instruction.toUpperCase(Locale.ROOT)).find()) {
            throw new RefusedFile("EMBEDDED");
        }
    }

    private static final class Paragraph {
        private final @Nullable Paragraph outer;
        private String style = "";
        private String list = "";
        private String level = "";
        private boolean begun;

        Paragraph(@Nullable Paragraph outer) {
            this.outer = outer;
        }

        /** Writes the number Word would draw, once, before the first text. */
        void begin(DocxNumbering numbering, Lines lines) throws RefusedFile {
            if (!begun) {
                begun = true;
                if (outer != null) {
                    lines.text(numbering.label(style, list, level));
                }
            }
        }
    }
}
