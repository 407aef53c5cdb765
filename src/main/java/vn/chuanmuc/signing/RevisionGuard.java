package vn.chuanmuc.signing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;

/**
 * What the library lets through (measured: annotations and titles added after a signature). The paper as issued, every signed
 * revision and the file as it is are compared object by object: besides signatures in their fields, time stamps and data for
 * checking them, nothing may be new, gone or different; and every revision must look the same but for the signature boxes.
 */
final class RevisionGuard {
    private static final int LOOK_DPI = 50;
    private static final COSName DSS = COSName.getPDFName("DSS");
    private static final COSName EXTENSIONS = COSName.getPDFName("Extensions");
    private static final COSName PERMS = COSName.getPDFName("Perms");
    private static final COSName VERSION = COSName.getPDFName("Version");
    private static final COSName SIG_FLAGS = COSName.getPDFName("SigFlags");
    private static final COSName FIELDS = COSName.getPDFName("Fields");
    private static final COSName ANNOTS = COSName.getPDFName("Annots");
    private static final COSName DOC_TIME_STAMP = COSName.getPDFName("DocTimeStamp");
    private static final COSName WIDGET = COSName.getPDFName("Widget");
    /** What filling a signature field changes in it; place, size and name stay. */
    private static final Set<COSName> OF_A_SIGNATURE =
            Set.of(COSName.V, COSName.AP, COSName.F, COSName.getPDFName("MK"), COSName.M, COSName.TYPE);

    /** Defaults for fields people type into, which no paper of ours has; tools add them to any form. */
    private static final Set<COSName> OF_TEXT_FIELDS = Set.of(COSName.DA, COSName.DR);

    private static final int DEEPEST = 400;

    private RevisionGuard() {}

    /**
     * @param paper what the signers were given, or null when that is not known
     * @return what is wrong, empty when nothing is
     */
    static List<Reason> check(byte @Nullable [] paper, byte[] pdf) {
        if (paper != null && !startsWith(pdf, paper)) {
            return List.of(Reason.of("signing.check.other-paper"));
        }
        try (PDDocument whole = Loader.loadPDF(pdf)) {
            var ends = new ArrayList<Integer>();
            for (PDSignature signature : whole.getSignatureDictionaries()) {
                int[] range = signature.getByteRange();
                if (range == null
                        || range.length != 4
                        || range[0] != 0
                        || range[1] <= 0
                        || range[2] <= range[1]
                        || range[3] < 0
                        || (long) range[2] + range[3] > pdf.length
                        || !isGap(pdf, range)) {
                    return List.of(Reason.of("signing.check.range"));
                }
                ends.add(range[2] + range[3]);
            }
            if (ends.isEmpty()) {
                return List.of(Reason.of("signing.check.none"));
            }
            ends.sort(null);
            if (ends.getLast() != pdf.length) {
                return List.of(Reason.of("signing.check.after"));
            }
            if (paper != null && ends.getFirst() <= paper.length) {
                // The paper was signed before: its own signatures are no news here.
                ends.removeIf(end -> end < paper.length);
                if (ends.isEmpty() || ends.getFirst() != paper.length) {
                    ends.addFirst(paper.length);
                }
            } else if (paper != null) {
                ends.addFirst(paper.length);
            }
            for (int end : ends.subList(0, ends.size() - 1)) {
                try (PDDocument before = Loader.loadPDF(Arrays.copyOf(pdf, end))) {
                    if (before.getNumberOfPages() != whole.getNumberOfPages()) {
                        return List.of(Reason.of("signing.check.pages"));
                    }
                    var comparison = new Comparison();
                    if (!comparison.same(before, whole)) {
                        return List.of(Reason.of("signing.check.changed", comparison.where));
                    }
                }
            }
            // Only now: drawing puts things into the objects in memory.
            List<int[]> look = look(whole);
            for (int end : ends.subList(0, ends.size() - 1)) {
                try (PDDocument before = Loader.loadPDF(Arrays.copyOf(pdf, end))) {
                    List<int[]> then = look(before);
                    for (int i = 0; i < then.size(); i++) {
                        if (!Arrays.equals(then.get(i), look.get(i))) {
                            return List.of(Reason.of("signing.check.looks", i + 1));
                        }
                    }
                }
            }
            return List.of();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return List.of(Reason.of("signing.file.broken"));
        }
    }

    static boolean startsWith(byte[] pdf, byte[] paper) {
        return pdf.length > paper.length && Arrays.equals(pdf, 0, paper.length, paper, 0, paper.length);
    }

    /** What the signature leaves out is its own value and nothing else: one string of hexadecimal digits. */
    private static boolean isGap(byte[] pdf, int[] range) {
        if (pdf[range[1]] != '<' || pdf[range[2] - 1] != '>') {
            return false;
        }
        for (int i = range[1] + 1; i < range[2] - 1; i++) {
            if (Character.digit(pdf[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Small grey pictures of the pages without signature boxes. */
    private static List<int[]> look(PDDocument document) throws IOException {
        var renderer = new PDFRenderer(document);
        renderer.setAnnotationsFilter(annotation -> !isSignature(annotation.getCOSObject()));
        var pages = new ArrayList<int[]>();
        for (int i = 0; i < document.getNumberOfPages(); i++) {
            BufferedImage image = renderer.renderImageWithDPI(i, LOOK_DPI, ImageType.GRAY);
            pages.add(image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null));
        }
        return pages;
    }

    private static boolean isSignature(COSDictionary field) {
        return COSName.SIG.equals(field.getCOSName(COSName.FT));
    }

    /** Walks two revisions side by side from their trailers. */
    private static final class Comparison {
        private record Pair(COSBase before, COSBase after) {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Pair pair && pair.before == before && pair.after == after;
            }

            @Override
            public int hashCode() {
                return 31 * System.identityHashCode(before) + System.identityHashCode(after);
            }
        }

        private final Set<Pair> seen = new HashSet<>();
        /** Where the first difference is, as a path of names. */
        private String where = "";

        boolean same(PDDocument before, PDDocument after) throws IOException {
            COSDictionary one = before.getDocument().getTrailer();
            COSDictionary other = after.getDocument().getTrailer();
            for (COSName key : List.of(COSName.ROOT, COSName.INFO)) {
                if (!same(one.getItem(key), other.getItem(key), "/" + key.getName(), 0)) {
                    return false;
                }
            }
            return true;
        }

        private boolean differs(String path) {
            if (where.isEmpty()) {
                where = path;
            }
            return false;
        }

        private boolean same(@Nullable COSBase one, @Nullable COSBase other, String path, int depth)
                throws IOException {
            COSBase before = resolve(one);
            COSBase after = resolve(other);
            if (before == null || after == null) {
                return before == after || differs(path);
            }
            if (depth > DEEPEST) {
                return differs(path);
            }
            if (before instanceof COSDictionary was && after instanceof COSDictionary is) {
                if (!seen.add(new Pair(was, is))) {
                    return true;
                }
                if (was instanceof COSStream != is instanceof COSStream) {
                    return differs(path);
                }
                if (was instanceof COSStream stream && !Arrays.equals(hash(stream), hash((COSStream) is))) {
                    return differs(path);
                }
                return sameEntries(was, is, path, depth);
            }
            if (before instanceof COSArray was && after instanceof COSArray is) {
                if (!seen.add(new Pair(was, is))) {
                    return true;
                }
                if (was.size() != is.size()) {
                    return differs(path);
                }
                for (int i = 0; i < was.size(); i++) {
                    if (!same(was.get(i), is.get(i), path + "/" + i, depth + 1)) {
                        return false;
                    }
                }
                return true;
            }
            return before.equals(after) || differs(path);
        }

        private boolean sameEntries(COSDictionary was, COSDictionary is, String path, int depth) throws IOException {
            boolean signature = isSignature(was) && isSignature(is);
            var keys = new HashSet<COSName>(was.keySet());
            keys.addAll(is.keySet());
            for (COSName key : keys) {
                String at = path + "/" + key.getName();
                COSBase before = was.getItem(key);
                COSBase after = is.getItem(key);
                if (signature && OF_A_SIGNATURE.contains(key)) {
                    // An empty field may be filled by a signature; one that stays empty, or was signed, stays as it is:
                    // nobody draws into another's box.
                    boolean filled = resolve(was.getItem(COSName.V)) == null
                            && resolve(is.getItem(COSName.V)) instanceof COSDictionary;
                    if (filled || same(before, after, at, depth + 1)) {
                        continue;
                    }
                    return false;
                }
                if (path.equals("/Root") && mayGrow(key, before)
                        || path.equals("/Root/AcroForm")
                                && (key.equals(SIG_FLAGS) || before == null && OF_TEXT_FIELDS.contains(key))
                        || key.equals(COSName.LENGTH) && was instanceof COSStream) {
                    continue;
                }
                if ((key.equals(FIELDS) && path.equals("/Root/AcroForm")) || key.equals(ANNOTS)) {
                    if (!sameButTimeStamps(resolve(before), resolve(after), at, depth)) {
                        return false;
                    }
                    continue;
                }
                if (!same(before, after, at, depth + 1)) {
                    return false;
                }
            }
            return true;
        }

        /** What signing adds to the catalogue. A DocMDP that is there stays; the library checks what it allows. */
        private static boolean mayGrow(COSName key, @Nullable COSBase before) {
            return key.equals(DSS)
                    || key.equals(EXTENSIONS)
                    || key.equals(VERSION)
                    || key.equals(PERMS) && before == null;
        }

        /** The same fields in the same order; behind them only document time stamps, which nobody sees. */
        private boolean sameButTimeStamps(@Nullable COSBase before, @Nullable COSBase after, String path, int depth)
                throws IOException {
            COSArray was = before instanceof COSArray array ? array : new COSArray();
            COSArray is = after instanceof COSArray array ? array : new COSArray();
            if (is.size() < was.size()) {
                return differs(path);
            }
            for (int i = 0; i < was.size(); i++) {
                if (!same(was.get(i), is.get(i), path + "/" + i, depth + 1)) {
                    return false;
                }
            }
            for (int i = was.size(); i < is.size(); i++) {
                if (!(resolve(is.get(i)) instanceof COSDictionary added) || !isTimeStamp(added)) {
                    return differs(path + "/" + i);
                }
            }
            return true;
        }

        private static boolean isTimeStamp(COSDictionary field) {
            return isSignature(field)
                    && WIDGET.equals(field.getCOSName(COSName.SUBTYPE))
                    && field.getDictionaryObject(COSName.V) instanceof COSDictionary value
                    && DOC_TIME_STAMP.equals(value.getCOSName(COSName.TYPE))
                    && (field.getCOSArray(COSName.RECT) == null || isNothing(field.getCOSArray(COSName.RECT)));
        }

        private static boolean isNothing(COSArray rectangle) {
            float[] edges = rectangle.toFloatArray();
            return edges.length == 4 && edges[0] == edges[2] && edges[1] == edges[3];
        }

        private static @Nullable COSBase resolve(@Nullable COSBase base) {
            COSBase object = base instanceof COSObject reference ? reference.getObject() : base;
            return object instanceof COSNull ? null : object;
        }

        private static byte[] hash(COSStream stream) throws IOException {
            try (InputStream raw = Objects.requireNonNull(stream.createRawInputStream())) {
                return Sha256.of(raw);
            }
        }
    }
}
