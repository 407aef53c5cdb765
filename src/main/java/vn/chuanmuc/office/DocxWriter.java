package vn.chuanmuc.office;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Prints tables and letters as Word documents. The same document gives the same bytes. */
public final class DocxWriter {
    private DocxWriter() {}

    /** Writes and flushes, and leaves the stream open. Memory does not grow with the rows. */
    public static void write(TableDocument document, OutputStream out) throws IOException {
        try (var word = new XWPFDocument()) {
            new TableWord(document, word).write(out);
        }
        out.flush();
    }

    /**
     * Writes and flushes, and leaves the stream open. The foot of each page bears the code in words but no QR: Word alone knows how
     * many pages there are, so a scan of its print is not put together by machine.
     */
    public static void write(PaperDocument letter, OutputStream out) throws IOException {
        try (var word = new XWPFDocument()) {
            new LetterWord(letter, word).write(out);
        }
        out.flush();
    }
}
