package vn.chuanmuc.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.office.DocxWriter;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.office.PdfBundle;
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.office.TableDocument;
import vn.chuanmuc.office.XlsxWriter;

/**
 * Papers as files. Pages are laid out in memory, so only so many are written at a time, whatever module they are of. What a
 * paper says is known before, and that it was printed is kept afterwards: who waits here holds nothing others here need.
 */
@Component
public class PaperFiles {
    private static final String PDF = "application/pdf";
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /** Two papers at a time leave the rest of the product its breath. */
    private final Semaphore two = new Semaphore(2, true);
    /** Many papers in one file need much more: one such file at a time. */
    private final Semaphore one = new Semaphore(1, true);
    /** Tables for Word and Excel are written row by row. */
    private final Semaphore many = new Semaphore(8, true);

    private final Papers papers;
    private final PaperCodes codes;
    private final TransactionTemplate transaction;

    PaperFiles(Papers papers, PaperCodes codes, TransactionTemplate transaction) {
        this.papers = papers;
        this.codes = codes;
        this.transaction = transaction;
    }

    public record File(String name, String mediaType, byte[] bytes) {}

    /** Tables are also had as a workbook. */
    public enum Format {
        DOCX(PaperFiles.DOCX),
        PDF(PaperFiles.PDF),
        XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String ending() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Format> read(String ending) {
            return Stream.of(values())
                    .filter(format -> format.ending().equals(ending))
                    .findFirst();
        }
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** What every page of the paper bears, behind these words. */
    public Mark mark(String label, Paper paper) {
        return new Mark(label, paper.code().written(), (page, pages) -> codes.mark(paper.code(), page, pages));
    }

    /**
     * The paper as a file whose name goes on with its ending. A PDF is kept as printed, in a transaction of its own.
     *
     * @param letter what the paper says, with its {@link #mark}
     */
    public File file(Paper paper, PaperDocument letter, String name, boolean word, UUID account) {
        return word
                ? new File(name + ".docx", DOCX, docx(letter))
                : new File(name + ".pdf", PDF, pdf(paper, letter, account));
    }

    /** A table that is no paper of the register, as a file whose name goes on with its ending. */
    public File table(TableDocument table, String name, Format format) {
        return new File(
                name + "." + format.ending(),
                format.mediaType,
                written(format == Format.PDF ? two : many, out -> write(table, format, out)));
    }

    /** A paper that is a table. A PDF is kept as printed, in a transaction of its own. @param table with the paper's {@link #mark} */
    public File table(Paper paper, TableDocument table, String name, Format format, UUID account) {
        if (format != Format.PDF) {
            return table(table, name, format);
        }
        var pages = new int[1];
        byte[] pdf = written(two, out -> pages[0] = PdfWriter.write(table, out));
        transaction.executeWithoutResult(status -> papers.printed(paper, Sha256.of(pdf), pages[0], account));
        return new File(name + ".pdf", PDF, pdf);
    }

    private static void write(TableDocument table, Format format, OutputStream out) throws IOException {
        switch (format) {
            case DOCX -> DocxWriter.write(table, out);
            case PDF -> PdfWriter.write(table, out);
            case XLSX -> XlsxWriter.write(table, out);
        }
    }

    /** The paper's PDF, kept as printed. */
    public byte[] pdf(Paper paper, PaperDocument letter, UUID account) {
        var pages = new int[1];
        byte[] pdf = written(two, out -> pages[0] = PdfWriter.write(letter, out));
        transaction.executeWithoutResult(status -> papers.printed(paper, Sha256.of(pdf), pages[0], account));
        return pdf;
    }

    /** The same, only to see where on it what is: not kept as printed. */
    public byte[] rendition(PaperDocument letter) {
        return written(two, out -> PdfWriter.write(letter, out));
    }

    public byte[] docx(PaperDocument letter) {
        return written(two, out -> DocxWriter.write(letter, out));
    }

    /** Many papers as one PDF; that they are printed is not kept. @param label the file's title */
    public byte[] bundle(String label, List<PaperDocument> letters) {
        return written(one, out -> PdfWriter.write(label, letters, out));
    }

    /** Puts the parts of a run one behind the other, from the first on; the empty ones are left out. */
    public void join(int parts, IntFunction<byte[]> part, OutputStream out) throws IOException {
        one.acquireUninterruptibly();
        try (var bundle = new PdfBundle(out)) {
            for (int number = 1; number <= parts; number++) {
                byte[] pdf = part.apply(number);
                if (pdf.length > 0) {
                    bundle.add(pdf);
                }
            }
        } finally {
            one.release();
        }
    }

    /** Where on its pages the rows of the paper come to stand. */
    public PdfWriter.Measured measure(PaperDocument letter) {
        two.acquireUninterruptibly();
        try {
            return PdfWriter.measure(letter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            two.release();
        }
    }

    private static byte[] written(Semaphore places, Writing writing) {
        var out = new ByteArrayOutputStream(1 << 17);
        places.acquireUninterruptibly();
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            places.release();
        }
        return out.toByteArray();
    }

    /**
     * Everything that is printed from the heading on, line by line. What papers were issued as is the hash of this, behind what a
     * module prints above it: whoever changes a line of it makes other papers of the same records.
     */
    public static String text(PaperDocument letter) {
        var text = new StringBuilder();
        letter.heading().forEach(line -> text.append(line).append('\n'));
        text.append(letter.subheading()).append('\n');
        facts(letter.facts(), text);
        letter.opening().forEach(line -> text.append(line).append('\n'));
        for (Line line : letter.points().lines()) {
            text.append(
                            switch (line) {
                                case Line.Group(var words) -> words;
                                case Line.Criterion(var words) -> words;
                                case Line.Item(var place, var words) -> place + ". " + words;
                            })
                    .append('\n');
        }
        letter.closing().forEach(line -> text.append(line).append('\n'));
        facts(letter.proof(), text);
        return text.toString();
    }

    private static void facts(List<PaperDocument.Fact> facts, StringBuilder text) {
        for (PaperDocument.Fact fact : facts) {
            text.append(fact.label()).append(": ").append(fact.value()).append('\n');
        }
    }
}
