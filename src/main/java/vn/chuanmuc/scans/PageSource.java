package vn.chuanmuc.scans;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.jspecify.annotations.Nullable;

/** Draws the pages of a file, each within bounds: of dots, of what is drawn, of time. */
final class PageSource implements Closeable {
    private static final long IN_MEMORY = 32L << 20;

    private final ScanKind kind;
    private final @Nullable PDDocument pdf;
    private final @Nullable PDFRenderer renderer;
    private final @Nullable ImageInputStream in;
    private final @Nullable ImageReader reader;

    /** Opens the file; it may be deleted at once, the open one stays readable. */
    PageSource(Path file, ScanKind kind) throws IOException, Unreadable {
        this.kind = kind;
        if (kind == ScanKind.PDF) {
            pdf = pdf(file);
            renderer = new GuardedRenderer(pdf);
            renderer.setSubsamplingAllowed(true);
            in = null;
            reader = null;
        } else {
            pdf = null;
            renderer = null;
            in = ImageIO.createImageInputStream(file.toFile());
            reader = reader(in);
            reader.setInput(in, false, true);
        }
    }

    static PDDocument pdf(Path file) throws IOException, Unreadable {
        var bytes = new RandomAccessReadBufferedFile(file);
        boolean kept = false;
        try {
            PDDocument pdf =
                    Loader.loadPDF(bytes, "", null, null, MemoryUsageSetting.setupMixed(IN_MEMORY).streamCache);
            kept = true;
            if (pdf.isEncrypted()) {
                pdf.close();
                throw new Unreadable("encrypted");
            }
            return pdf;
        } catch (InvalidPasswordException e) {
            throw new Unreadable("encrypted");
        } catch (IOException e) {
            throw new Unreadable("damaged");
        } finally {
            if (!kept) {
                bytes.close();
            }
        }
    }

    static ImageReader reader(@Nullable ImageInputStream in) throws Unreadable {
        Iterator<ImageReader> readers = in == null ? Collections.emptyIterator() : ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            throw new Unreadable("kind");
        }
        return readers.next();
    }

    /**
     * The page as a picture no longer than {@link ScanLimits#LONG_SIDE}.
     *
     * @param number from 1
     */
    BufferedImage page(int number) throws Unreadable {
        try {
            BufferedImage drawn = kind == ScanKind.PDF ? pdfPage(number) : imagePage(number);
            return bounded(drawn);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new Unreadable(e.getCause() instanceof TooMuch || e instanceof TooMuch ? "drawing" : "damaged");
        } catch (OutOfMemoryError e) {
            throw new Unreadable("dots");
        }
    }

    private BufferedImage imagePage(int number) throws IOException, Unreadable {
        ImageReader open = java.util.Objects.requireNonNull(reader);
        int width = open.getWidth(number - 1);
        int height = open.getHeight(number - 1);
        UploadGuard.checkDots(width, height);
        ImageReadParam how = open.getDefaultReadParam();
        int every = Math.max(1, Math.max(width, height) / (2 * ScanLimits.LONG_SIDE) + 1);
        if (Math.max(width, height) <= 2 * ScanLimits.LONG_SIDE) {
            every = 1;
        }
        how.setSourceSubsampling(every, every, 0, 0);
        return open.read(number - 1, how);
    }

    private BufferedImage pdfPage(int number) throws IOException, Unreadable {
        PDPage page = java.util.Objects.requireNonNull(pdf).getPage(number - 1);
        checkPictures(page);
        PDRectangle box = page.getCropBox();
        float side = Math.max(box.getWidth(), box.getHeight());
        if (!(side >= 10 && side <= 20_000)) {
            throw new Unreadable("damaged");
        }
        Optional<BufferedImage> picture = WholePagePicture.of(page);
        if (picture.isPresent()) {
            return picture.get();
        }
        float scale = ScanLimits.LONG_SIDE / side;
        return java.util.Objects.requireNonNull(renderer).renderImage(number - 1, scale, ImageType.RGB);
    }

    /** Says no before anything large is unpacked. */
    private static void checkPictures(PDPage page) throws Unreadable {
        var resources = page.getResources();
        if (resources != null) {
            checkPictures(resources.getCOSObject(), Collections.newSetFromMap(new IdentityHashMap<>()), new long[1], 0);
        }
        if (length(page.getCOSObject().getDictionaryObject(COSName.CONTENTS)) > ScanLimits.MOST_STREAM) {
            throw new Unreadable("drawing");
        }
    }

    static long length(@Nullable COSBase contents) {
        if (contents instanceof COSStream stream) {
            return stream.getLength();
        }
        long length = 0;
        if (contents instanceof org.apache.pdfbox.cos.COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                length += array.getObject(i) instanceof COSStream stream ? stream.getLength() : 0;
            }
        }
        return length;
    }

    private static void checkPictures(@Nullable COSBase object, Set<COSBase> seen, long[] dots, int depth)
            throws Unreadable {
        if (object == null || depth > 40 || !seen.add(object)) {
            return;
        }
        if (object instanceof COSStream stream && COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE))) {
            long width = stream.getInt(COSName.WIDTH, 0);
            long height = stream.getInt(COSName.HEIGHT, 0);
            UploadGuard.checkDots(width, height);
            Jbig2Size.check(stream);
            dots[0] += width * height;
            if (dots[0] > ScanLimits.MOST_PAGE_DOTS) {
                throw new Unreadable("dots");
            }
        }
        if (object instanceof COSDictionary dictionary) {
            for (COSName key : dictionary.keySet()) {
                if (!key.equals(COSName.PARENT)) {
                    checkPictures(dictionary.getDictionaryObject(key), seen, dots, depth + 1);
                }
            }
        } else if (object instanceof org.apache.pdfbox.cos.COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                checkPictures(array.getObject(i), seen, dots, depth + 1);
            }
        }
    }

    private static BufferedImage bounded(BufferedImage drawn) throws Unreadable {
        int side = Math.max(drawn.getWidth(), drawn.getHeight());
        if (Math.min(drawn.getWidth(), drawn.getHeight()) < 16) {
            throw new Unreadable("small");
        }
        boolean plain =
                drawn.getType() == BufferedImage.TYPE_BYTE_GRAY || drawn.getType() == BufferedImage.TYPE_INT_RGB;
        if (side <= ScanLimits.LONG_SIDE && plain) {
            return drawn;
        }
        double scale = Math.min(1, (double) ScanLimits.LONG_SIDE / side);
        if (drawn.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            return Gray.of(drawn).smaller(scale).image();
        }
        int width = Math.max(1, (int) Math.round(drawn.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(drawn.getHeight() * scale));
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D to = image.createGraphics();
        to.setColor(java.awt.Color.WHITE);
        to.fillRect(0, 0, width, height);
        to.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        to.drawImage(drawn, 0, 0, width, height, null);
        to.dispose();
        return image;
    }

    @Override
    public void close() {
        try {
            if (pdf != null) {
                pdf.close();
            }
            if (reader != null) {
                reader.dispose();
            }
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the bytes into a file of its own that is gone once it is closed, whatever happens to this process. */
    static PageSource of(Filling filling, ScanKind kind) throws IOException, Unreadable {
        Path copy = Files.createTempFile("quet", "." + kind.code());
        try {
            filling.into(copy);
            return new PageSource(copy, kind);
        } finally {
            Files.delete(copy);
        }
    }

    @FunctionalInterface
    interface Filling {
        void into(Path file) throws IOException;
    }

    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Counts what is drawn: a few lines can ask for a million, each drawing the next. */
    private static final class GuardedRenderer extends PDFRenderer {
        GuardedRenderer(PDDocument pdf) {
            super(pdf);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            return new PageDrawer(parameters) {
                private final long until = System.nanoTime() + ScanLimits.DRAWING_NANOS;
                private int operators;

                @Override
                protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
                    if (++operators > ScanLimits.MOST_OPERATORS || System.nanoTime() > until) {
                        throw new TooMuch();
                    }
                    super.processOperator(operator, operands);
                }
            };
        }
    }
}
