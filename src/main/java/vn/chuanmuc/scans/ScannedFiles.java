package vn.chuanmuc.scans;

import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.documents.PageMark;
import vn.chuanmuc.documents.PaperCodes;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.kernel.Reason;

/**
 * Files that a scanner wrote, whatever papers are on them: looked at before anything is kept, then read page by page. For modules that
 * have papers of their own; nothing is kept here, and nobody's authority is asked.
 */
@Component
public class ScannedFiles {
    /** Pages are drawn in memory: two at a time leave the rest of the product its breath. */
    private static final Semaphore TWO = new Semaphore(2, true);

    private final Papers papers;
    private final PaperCodes codes;

    ScannedFiles(Papers papers, PaperCodes codes) {
        this.papers = papers;
        this.codes = codes;
    }

    /** What came of looking at a file. */
    public sealed interface Looked {
        /** @param kind to open it with */
        record Good(String kind, int pages) implements Looked {}

        record Refused(Reason why) implements Looked {}
    }

    /** More files than this are not brought at once. */
    public static int mostFiles() {
        return ScanLimits.MOST_FILES;
    }

    /** Looks at a file: what it is, and that nothing in it acts. @param name as the browser told it */
    public static Looked check(Path file, String name) {
        try {
            return switch (UploadGuard.check(file, name)) {
                case UploadGuard.Checked.Good(var kind, var pages) -> new Looked.Good(kind.code(), pages);
                case UploadGuard.Checked.Refused(var why) -> new Looked.Refused(why);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A page as drawn and looked at.
     *
     * @param found what stands in place of a code; null when the page could not be drawn, and {@code problem} says why
     * @param place how the printed page lies in the picture; null without a code of ours
     * @param turned degrees clockwise from the file to the picture
     * @param jpeg the upright picture; null when there is nothing to keep
     */
    record Page(
            CodeReader.@Nullable Found found,
            String problem,
            @Nullable PagePlace place,
            int turned,
            int width,
            int height,
            byte @Nullable [] jpeg) {}

    Page look(PageSource source, int number) {
        TWO.acquireUninterruptibly();
        try {
            BufferedImage drawn = source.page(number);
            CodeReader.Found found = CodeReader.read(
                    Gray.of(drawn),
                    code -> codes.genuine(code) || papers.find(code).isPresent());
            int quarters = 0;
            PagePlace place = null;
            if (found instanceof CodeReader.Found.Mark(PageMark mark, PagePlace lies)) {
                quarters = lies.quarters();
                place = lies.turned(quarters, drawn.getWidth(), drawn.getHeight());
            }
            BufferedImage upright = PageImage.turned(drawn, quarters);
            byte[] jpeg = found instanceof CodeReader.Found.Blank ? null : PageImage.jpeg(upright);
            return new Page(found, "", place, quarters * 90, upright.getWidth(), upright.getHeight(), jpeg);
        } catch (Unreadable e) {
            return new Page(null, e.code(), null, 0, 0, 0, null);
        } finally {
            TWO.release();
        }
    }

    /**
     * A page as it was read.
     *
     * @param mark null where no code of ours was read
     * @param hint what was seen of a code, or why the page could not be drawn
     */
    public record ReadPage(
            ScanPage.Found found,
            @Nullable PageMark mark,
            String hint,
            @Nullable PagePlace place,
            int width,
            int height,
            byte @Nullable [] jpeg) {}

    /** Fills a file with the bytes to be read. */
    @FunctionalInterface
    public interface Filling {
        void into(Path file) throws IOException;
    }

    /** An open file. Whoever opened it closes it. */
    public final class Open implements Closeable {
        private final PageSource source;

        private Open(PageSource source) {
            this.source = source;
        }

        /** @param number from 1 */
        public ReadPage page(int number) {
            Page seen = look(source, number);
            return switch (seen.found()) {
                case null -> read(seen, ScanPage.Found.BROKEN, null, seen.problem());
                case CodeReader.Found.Mark(var mark, var place) -> read(seen, ScanPage.Found.OURS, mark, "");
                case CodeReader.Found.Unreadable(var hint) -> read(seen, ScanPage.Found.UNREADABLE, null, hint);
                case CodeReader.Found.Stranger(var hint) -> read(seen, ScanPage.Found.STRANGER, null, hint);
                case CodeReader.Found.Blank() -> read(seen, ScanPage.Found.BLANK, null, "");
            };
        }

        private static ReadPage read(Page seen, ScanPage.Found found, @Nullable PageMark mark, String hint) {
            return new ReadPage(
                    found, mark, PageReading.shown(hint), seen.place(), seen.width(), seen.height(), seen.jpeg());
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** Opens a file that was found to be good. @throws IllegalStateException when what is kept is not what came */
    public Open open(String kind, Filling filling) {
        try {
            return new Open(PageSource.of(filling::into, ScanKind.of(kind)));
        } catch (Unreadable e) {
            throw new IllegalStateException("a file that was good cannot be opened: " + e.code(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part of the printed page (millimetres from its upper left), straightened: JPEG. @param scale dots for a millimetre */
    public static byte[] part(
            byte[] jpeg, PagePlace place, double x, double y, double width, double height, double scale) {
        return PageImage.part(PageImage.read(jpeg), place, x, y, width, height, scale);
    }

    /** The picture turned clockwise by a quarter. */
    public static byte[] turned(byte[] jpeg) {
        return PageImage.jpeg(PageImage.turned(PageImage.read(jpeg), 1));
    }

    /** The pictures as one PDF/A-2b: the same pictures, title and moment give the same bytes. */
    public static byte[] pdf(String title, Instant read, List<byte[]> pictures) {
        return ScanPdf.of(title, read, pictures);
    }
}
