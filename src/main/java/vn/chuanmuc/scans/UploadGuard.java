package vn.chuanmuc.scans;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/**
 * Looks at a file before anything of it is kept: what kind it is, how many pages it has, and that nothing in it acts. What its pages
 * look like is not drawn here.
 */
final class UploadGuard {
    /** What acts or hides in a PDF; a scanner writes none of it. */
    private static final Set<COSName> ACTING = Set.of(
            COSName.getPDFName("JS"),
            COSName.getPDFName("JavaScript"),
            COSName.getPDFName("XFA"),
            COSName.getPDFName("AA"));

    private static final Set<COSName> CARRYING = Set.of(
            COSName.getPDFName("EF"), COSName.getPDFName("EmbeddedFiles"), COSName.getPDFName("RichMediaContent"));
    private static final Set<String> ACTIONS =
            Set.of("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Movie", "Sound");
    private static final int DEEPEST = 12;

    private UploadGuard() {}

    sealed interface Checked {
        record Good(ScanKind kind, int pages) implements Checked {}

        record Refused(Reason why) implements Checked {}
    }

    /** @param name as the browser told it, to say which file it is about */
    static Checked check(Path file, String name) throws IOException {
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw new Unreadable("empty");
            }
            if (size > ScanLimits.MOST_BYTES) {
                throw new Unreadable("bytes");
            }
            Optional<ScanKind> kind = ScanKind.of(file);
            if (kind.isEmpty()) {
                throw new Unreadable("kind");
            }
            int pages = pages(file, kind.get());
            if (pages == 0) {
                throw new Unreadable("damaged");
            }
            if (pages > ScanLimits.MOST_FILE_PAGES) {
                throw new Unreadable("pages");
            }
            return new Checked.Good(kind.get(), pages);
        } catch (Unreadable e) {
            return new Checked.Refused(Reason.of("scans.unreadable." + e.code(), name));
        }
    }

    private static int pages(Path file, ScanKind kind) throws IOException, Unreadable {
        try {
            return switch (kind) {
                case PDF -> pdf(file);
                case TIFF -> tiff(file);
                case JPEG, PNG -> image(file);
            };
        } catch (EOFException | RuntimeException | StackOverflowError e) {
            throw new Unreadable("damaged");
        }
    }

    private static int tiff(Path file) throws IOException, Unreadable {
        List<TiffPages.Size> pages = TiffPages.of(file);
        for (TiffPages.Size page : pages) {
            checkDots(page.width(), page.height());
        }
        return pages.size();
    }

    private static int image(Path file) throws IOException, Unreadable {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = PageSource.reader(in);
            try {
                reader.setInput(in, true, true);
                checkDots(reader.getWidth(0), reader.getHeight(0));
            } catch (IOException e) {
                throw new Unreadable("damaged");
            } finally {
                reader.dispose();
            }
        }
        return 1;
    }

    static void checkDots(long width, long height) throws Unreadable {
        if (width < 1 || height < 1) {
            throw new Unreadable("damaged");
        }
        if (width > ScanLimits.MOST_DOTS || height > ScanLimits.MOST_DOTS || width * height > ScanLimits.MOST_DOTS) {
            throw new Unreadable("dots");
        }
    }

    private static int pdf(Path file) throws IOException, Unreadable {
        try (PDDocument pdf = PageSource.pdf(file)) {
            Set<COSObjectKey> keys = pdf.getDocument().getXrefTable().keySet();
            if (keys.size() > ScanLimits.MOST_OBJECTS) {
                throw new Unreadable("objects");
            }
            look(pdf.getDocumentCatalog().getCOSObject(), 0);
            for (COSObjectKey key : List.copyOf(keys)) {
                look(pdf.getDocument().getObjectFromPool(key).getObject(), 0);
            }
            return pdf.getNumberOfPages();
        }
    }

    /** What stands in an object itself; what it refers to is looked at in its own turn. */
    private static void look(@Nullable COSBase object, int depth) throws Unreadable {
        if (depth > DEEPEST) {
            throw new Unreadable("damaged");
        }
        if (object instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                look(array.get(i), depth + 1);
            }
        } else if (object instanceof COSDictionary dictionary) {
            String action = dictionary.getNameAsString(COSName.S);
            if (action != null && ACTIONS.contains(action)) {
                throw new Unreadable("acting");
            }
            if ("FileAttachment".equals(dictionary.getNameAsString(COSName.SUBTYPE))) {
                throw new Unreadable("carrying");
            }
            for (COSName key : dictionary.keySet()) {
                if (ACTING.contains(key)) {
                    throw new Unreadable("acting");
                }
                if (CARRYING.contains(key)) {
                    throw new Unreadable("carrying");
                }
                look(dictionary.getItem(key), depth + 1);
            }
        }
    }
}
