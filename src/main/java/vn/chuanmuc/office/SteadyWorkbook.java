package vn.chuanmuc.office;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The same workbook with the same bytes each time: the library puts the time of writing into docProps/core.xml and lists merged
 * ranges in any order. What it leaves open and readers take differently is said. A paper that is printed again years later can then be compared with the one that was printed first.
 */
final class SteadyWorkbook {
    private static final byte[] TAIL = "</sheetData>".getBytes(StandardCharsets.UTF_8);
    private static final Pattern TIME = Pattern.compile("(<dcterms:[a-z]+ [^>]*>)[^<]*(</dcterms:)");
    private static final Pattern MERGES = Pattern.compile("(<mergeCells[^>]*>)(.*?)(</mergeCells>)", Pattern.DOTALL);
    private static final Pattern MERGE = Pattern.compile("<mergeCell [^>]*/>");
    private static final Pattern CELL = Pattern.compile("(<xf (?![^>]*applyFont)[^>]*xfId=\"0\")");
    private static final int BUFFER = 64 * 1024;

    private SteadyWorkbook() {}

    /** @param day stands for the time of writing in the file */
    static void copy(Path workbook, LocalDate day, OutputStream out) throws IOException {
        try (var from = new ZipFile(workbook.toFile())) {
            var to = new ZipOutputStream(new Unclosed(out));
            var entries = new ArrayList<ZipEntry>();
            from.stream().forEach(entries::add);
            for (ZipEntry entry : entries) {
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(day.atStartOfDay());
                to.putNextEntry(copy);
                try (InputStream part = from.getInputStream(entry)) {
                    if (entry.getName().equals("docProps/core.xml")) {
                        to.write(core(part.readAllBytes(), day));
                    } else if (entry.getName().equals("xl/styles.xml")) {
                        to.write(styles(part.readAllBytes()));
                    } else if (entry.getName().startsWith("xl/worksheets/")
                            && entry.getName().endsWith(".xml")) {
                        sheet(part, to);
                    } else {
                        part.transferTo(to);
                    }
                }
                to.closeEntry();
            }
            to.finish();
            to.flush();
        }
    }

    private static byte[] core(byte[] part, LocalDate day) {
        return TIME.matcher(new String(part, StandardCharsets.UTF_8))
                .replaceAll("$1" + day + "T00:00:00Z$2")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The library leaves it to the reader whether a cell goes by its own font: LibreOffice then takes one of its own. */
    private static byte[] styles(byte[] part) {
        return CELL.matcher(new String(part, StandardCharsets.UTF_8))
                .replaceAll("$1 applyFont=\"1\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Rows pass through; what follows them is short and is put in order. */
    private static void sheet(InputStream in, OutputStream out) throws IOException {
        var buffer = new byte[BUFFER];
        int held = 0;
        @Nullable ByteArrayOutputStream tail = null;
        for (int read; (read = in.read(buffer, held, buffer.length - held)) >= 0; ) {
            held += read;
            if (tail != null) {
                tail.write(buffer, 0, held);
                held = 0;
                continue;
            }
            int at = find(buffer, held);
            if (at >= 0) {
                out.write(buffer, 0, at);
                tail = new ByteArrayOutputStream();
                tail.write(buffer, at, held - at);
                held = 0;
            } else {
                int keep = Math.min(held, TAIL.length - 1);
                out.write(buffer, 0, held - keep);
                System.arraycopy(buffer, held - keep, buffer, 0, keep);
                held = keep;
            }
        }
        if (tail == null) {
            out.write(buffer, 0, held);
            return;
        }
        out.write(MERGES.matcher(tail.toString(StandardCharsets.UTF_8))
                .replaceAll(found -> {
                    var ranges = new ArrayList<String>();
                    var range = MERGE.matcher(found.group(2));
                    while (range.find()) {
                        ranges.add(range.group());
                    }
                    Collections.sort(ranges);
                    return java.util.regex.Matcher.quoteReplacement(
                            found.group(1) + String.join("", ranges) + found.group(3));
                })
                .getBytes(StandardCharsets.UTF_8));
    }

    private static int find(byte[] buffer, int length) {
        for (int at = 0; at + TAIL.length <= length; at++) {
            if (buffer[at] == '<' && Arrays.equals(buffer, at, at + TAIL.length, TAIL, 0, TAIL.length)) {
                return at;
            }
        }
        return -1;
    }
}
