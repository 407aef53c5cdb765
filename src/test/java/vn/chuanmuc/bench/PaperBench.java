package vn.chuanmuc.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.LetterSamples;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.office.PdfBundle;
import vn.chuanmuc.office.PdfWriter;

/**
 * Papers per second beside the floor of the same run: bare PDFBox that breaks and places the same words with one embedded font,
 * without tags, tables, fields, QR or the metadata of an archive.
 */
final class PaperBench {
    private static final int ITEMS = 27;
    private static final int IN_ONE_FILE = 50;
    private static final float SIZE = 12;
    private static final float LEADING = 15;
    private static final float LEFT = 85;
    private static final float WIDTH = 467;

    private PaperBench() {}

    private interface Work {
        void run(int number) throws IOException;
    }

    static void measure(Figures figures, boolean quick) throws IOException {
        int count = quick ? 20 : 100;
        PaperDocument letter = letter(0);
        int pages = PdfWriter.write(letter, new ByteArrayOutputStream());
        double floor = figures.plain(
                "floor: the words of a commitment laid by bare PDFBox",
                cost(count, number -> bare(letter(number))),
                "cpu-ms");
        double one = figures.beside(
                "commitment of 27 items as PDF/A-2a + UA-1",
                cost(count, number -> PdfWriter.write(letter(number), new ByteArrayOutputStream())),
                "cpu-ms",
                floor);
        figures.plain("papers a second", 1_000 / one, "1/cpu-s");
        figures.plain("pages a second", 1_000 * pages / one, "1/cpu-s");
        figures.plain("floor: pages a second of bare PDFBox", 1_000 * pages / floor, "1/cpu-s");
        var bundle = new PdfBundle(java.io.OutputStream.nullOutputStream());
        double many = cost(Math.max(2, count / 20), number -> {
            var letters = new ArrayList<PaperDocument>();
            for (int at = 0; at < IN_ONE_FILE; at++) {
                letters.add(letter(number * IN_ONE_FILE + at));
            }
            var part = new ByteArrayOutputStream();
            PdfWriter.write("Bản cam kết", letters, part);
            bundle.add(part.toByteArray());
        });
        bundle.close();
        figures.beside("the same among 50 of one file, put behind others", many / IN_ONE_FILE, "cpu-ms", floor);
    }

    private static PaperDocument letter(int number) {
        return LetterSamples.commitment(Layouts.all().getFirst(), "Người thứ " + number, ITEMS);
    }

    private static double cost(int times, Work work) throws IOException {
        for (int number = 0; number < Math.max(2, times / 4); number++) {
            work.run(number);
        }
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int number = 0; number < times; number++) {
            work.run(number);
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1e6 / times;
    }

    private static void bare(PaperDocument letter) throws IOException {
        try (var pdf = new PDDocument();
                InputStream file = Objects.requireNonNull(
                        PaperBench.class.getResourceAsStream("/fonts/LiberationSerif-Regular.ttf"))) {
            var font = PDType0Font.load(pdf, file);
            PDPageContentStream content = null;
            float y = 0;
            for (String line : lines(letter, font)) {
                if (content == null || y < 60) {
                    if (content != null) {
                        content.endText();
                        content.close();
                    }
                    var page = new PDPage(PDRectangle.A4);
                    pdf.addPage(page);
                    content = new PDPageContentStream(pdf, page);
                    content.beginText();
                    content.setFont(font, SIZE);
                    content.setLeading(LEADING);
                    y = 780;
                    content.newLineAtOffset(LEFT, y);
                }
                content.showText(line);
                content.newLine();
                y -= LEADING;
            }
            if (content != null) {
                content.endText();
                content.close();
            }
            pdf.save(new ByteArrayOutputStream());
        }
    }

    private static List<String> lines(PaperDocument letter, PDType0Font font) throws IOException {
        var paragraphs = new ArrayList<String>(letter.heading());
        paragraphs.add(letter.subheading());
        letter.facts().forEach(fact -> paragraphs.add(fact.label() + ": " + fact.value()));
        paragraphs.addAll(letter.opening());
        for (Line line : letter.points().lines()) {
            paragraphs.add(
                    switch (line) {
                        case Line.Group(var text) -> text;
                        case Line.Criterion(var text) -> text;
                        case Line.Item(var number, var words) -> number + " " + words;
                    });
        }
        paragraphs.addAll(letter.closing());
        letter.signatures().forEach(block -> {
            paragraphs.addAll(block.capacity());
            paragraphs.add(block.note());
            paragraphs.add(block.name());
        });
        var lines = new ArrayList<String>();
        for (String paragraph : paragraphs) {
            var line = new StringBuilder();
            for (String word : paragraph.split(" ")) {
                String longer = line.isEmpty() ? word : line + " " + word;
                if (!line.isEmpty() && font.getStringWidth(longer) * SIZE / 1_000 > WIDTH) {
                    lines.add(line.toString());
                    line.setLength(0);
                    line.append(word);
                } else {
                    line.setLength(0);
                    line.append(longer);
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
