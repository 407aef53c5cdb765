package vn.chuanmuc.publication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.office.PdfGuard;

/**
 * The codes of papers that stand as text on the first pages of a stranger's PDF. A file may be made to hurt: the guard looks before
 * any library does, few files are read at once, none is waited for long, and no more signs are kept than pages of a paper have.
 */
final class PdfCodes {
    private static final int PAGES = 3;
    private static final int SECONDS = 10;
    private static final int MOST_SIGNS = 60_000;
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
        var found = new CompletableFuture<Set<PaperCode>>();
        Thread.ofPlatform().daemon().name("pdf-codes").start(() -> {
            try {
                found.complete(codes(Files.readAllBytes(pdf)));
            } catch (Throwable e) { // an error of memory or stack, too, is the file's and must not be waited for
                found.completeExceptionally(e);
            } finally {
                TWO.release(); // when the work really ends, not when the asker stops waiting
            }
        });
        try {
            return found.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new NotRead("publication.file.too-much");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NotRead known ? known : new NotRead("publication.file.broken");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotRead("publication.file.busy");
        }
    }

    private static Set<PaperCode> codes(byte[] pdf) throws NotRead {
        var refusal = PdfGuard.refusal(pdf);
        if (refusal.isPresent()) {
            throw new NotRead(
                    switch (refusal.get().key()) {
                        case "signing.file.encrypted" -> "publication.file.locked";
                        case "signing.file.not-pdf", "signing.file.broken", "signing.file.empty" ->
                            "publication.file.broken";
                        default -> "publication.file.too-much";
                    });
        }
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var stripper = new Signs();
            stripper.setEndPage(PAGES);
            var codes = new LinkedHashSet<PaperCode>();
            var found = WRITTEN.matcher(stripper.getText(document));
            while (found.find()) {
                PaperCode.read(found.group()).ifPresent(codes::add);
            }
            return codes;
        } catch (UncheckedIOException e) {
            throw new NotRead("publication.file.too-much");
        } catch (IOException e) {
            throw new NotRead("publication.file.broken");
        }
    }

    private static final class Signs extends PDFTextStripper {
        private int signs;

        Signs() throws IOException {}

        @Override
        protected void processTextPosition(TextPosition text) {
            if (++signs > MOST_SIGNS) {
                throw new UncheckedIOException(new IOException("more signs than a paper has"));
            }
            super.processTextPosition(text);
        }
    }
}
