package vn.chuanmuc.publication;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import vn.chuanmuc.documents.PaperCode;

/**
 * The codes of papers that stand as text on the first pages of a stranger's PDF. A file may be made to hurt: what it unpacks goes to
 * temporary files, few are read at once, and none for long.
 */
final class PdfCodes {
    private static final int PAGES = 3;
    private static final int MOST_PAGES = 300;
    private static final int SECONDS = 10;
    private static final int MOST_TEXT = 200_000;
    private static final Semaphore TWO = new Semaphore(2, true);
    private static final Pattern WRITTEN = Pattern.compile("\\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\\b");

    private PdfCodes() {}

    /** Why a file cannot be read. */
    static final class NotRead extends Exception {
        private final String key;

        NotRead(String key) {
            super(key);
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    static Set<PaperCode> read(Path pdf) throws NotRead {
        if (!TWO.tryAcquire()) {
            throw new NotRead("publication.file.busy");
        }
        try (var worker = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("pdf-codes").factory())) {
            var reading = worker.submit(() -> codes(pdf));
            try {
                return reading.get(SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                worker.shutdownNow();
                throw new NotRead("publication.file.too-much");
            } catch (ExecutionException e) {
                throw e.getCause() instanceof NotRead known ? known : new NotRead("publication.file.broken");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotRead("publication.file.busy");
            }
        } finally {
            TWO.release();
        }
    }

    private static Set<PaperCode> codes(Path pdf) throws NotRead {
        try (PDDocument document =
                Loader.loadPDF(pdf.toFile(), "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
            if (document.getNumberOfPages() > MOST_PAGES) {
                throw new NotRead("publication.file.too-much");
            }
            var stripper = new PDFTextStripper();
            stripper.setEndPage(PAGES);
            String text = stripper.getText(document);
            var codes = new LinkedHashSet<PaperCode>();
            var found = WRITTEN.matcher(text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text);
            while (found.find()) {
                PaperCode.read(found.group()).ifPresent(codes::add);
            }
            return codes;
        } catch (InvalidPasswordException e) {
            throw new NotRead("publication.file.locked");
        } catch (IOException e) {
            throw new NotRead("publication.file.broken");
        }
    }
}
