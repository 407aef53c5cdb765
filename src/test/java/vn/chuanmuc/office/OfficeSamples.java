package vn.chuanmuc.office;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Office packages made by hand, part by part, so that a test can spoil exactly one of them. */
public final class OfficeSamples {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /** What a part holds: written, not kept, so that a part may be a gigabyte. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    private final Map<String, Content> parts = new LinkedHashMap<>();

    public static OfficeSamples workbook(String rows) {
        return new OfficeSamples()
                .part("[Content_Types].xml", types("/xl/workbook.xml", "spreadsheetml.sheet.main"))
                .part("_rels/.rels", relationships("officeDocument", "xl/workbook.xml"))
                .part(
                        "xl/workbook.xml",
                        XML + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE
                                + "\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")
                .part("xl/_rels/workbook.xml.rels", relationships("worksheet", "worksheets/sheet1.xml"))
                .part(
                        "xl/styles.xml",
                        XML + "<styleSheet xmlns=\"" + MAIN + "\"><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>")
                .part("xl/worksheets/sheet1.xml", sheet(rows));
    }

    public static OfficeSamples document(String body) {
        return new OfficeSamples()
                .part("[Content_Types].xml", types("/word/document.xml", "wordprocessingml.document.main"))
                .part("_rels/.rels", relationships("officeDocument", "word/document.xml"))
                .part(
                        "word/document.xml",
                        XML + "<w:document xmlns:w=\"" + WORD + "\"><w:body>" + body + "</w:body></w:document>");
    }

    public static String sheet(String rows) {
        return XML + "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows + "</sheetData></worksheet>";
    }

    public static String row(int number, String... texts) {
        var row = new StringBuilder("<row r=\"" + number + "\">");
        for (int at = 0; at < texts.length; at++) {
            row.append("<c r=\"")
                    .append((char) ('A' + at))
                    .append(number)
                    .append("\" t=\"inlineStr\"><is><t>")
                    .append(texts[at])
                    .append("</t></is></c>");
        }
        return row.append("</row>").toString();
    }

    static String relationships(String type, String target) {
        return XML + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + "<Relationship Id=\"rId1\" Type=\"" + OFFICE + "/" + type + "\" Target=\"" + target
                + "\"/></Relationships>";
    }

    static String types(String part, String main) {
        return XML + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Override PartName=\"" + part + "\" ContentType=\"application/vnd.openxmlformats-officedocument."
                + main
                + "+xml\"/>"
                + "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
    }

    public OfficeSamples part(String name, String text) {
        return part(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public OfficeSamples part(String name, byte[] bytes) {
        return part(name, (Content) out -> out.write(bytes));
    }

    public OfficeSamples part(String name, Content content) {
        parts.put(name, content);
        return this;
    }

    public Path in(Path folder) {
        try {
            Path file = Files.createTempFile(folder, "sample", ".xlsx");
            try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
                for (var part : parts.entrySet()) {
                    zip.putNextEntry(new ZipEntry(part.getKey()));
                    part.getValue().write(zip);
                    zip.closeEntry();
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Content repeated(String start, String text, long times, String end) {
        return out -> {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            int perBlock = Math.max(1, (1 << 16) / text.length());
            byte[] block = text.repeat(perBlock).getBytes(StandardCharsets.UTF_8);
            long left = times;
            for (; left >= perBlock; left -= perBlock) {
                out.write(block);
            }
            out.write(text.repeat((int) left).getBytes(StandardCharsets.UTF_8));
            out.write(end.getBytes(StandardCharsets.UTF_8));
        };
    }
}
