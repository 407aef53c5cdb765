package vn.chuanmuc.scans;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.ChecksumException;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.Result;
import com.google.zxing.ResultPoint;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import io.nayuki.qrcodegen.QrCode;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.documents.PageMark;
import vn.chuanmuc.documents.PaperCode;
import vn.chuanmuc.office.PaperDocument;

/** Looks for our code on a page: the likeliest place first, then harder and harder, until one is genuine. */
final class CodeReader {
    private static final Map<DecodeHintType, Object> HINTS =
            Map.of(DecodeHintType.TRY_HARDER, true, DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE));
    private static final double PAGE_WIDTH = 210;
    private static final double PAGE_HEIGHT = 297;
    /** From the edge of a QR to the middle of the squares at its corners, in modules. */
    private static final double EYE = 3.5;

    private final Predicate<PaperCode> genuine;
    private boolean broken;
    private String strange = "";

    private CodeReader(Predicate<PaperCode> genuine) {
        this.genuine = genuine;
    }

    /** What was found on a page. */
    sealed interface Found {
        /** @param place how the page lies in the picture */
        record Mark(PageMark mark, PagePlace place) implements Found {}

        /** Something like our code is there but cannot be read, or is not genuine. @param hint what was read of it */
        record Unreadable(String hint) implements Found {}

        /** @param hint what another code on it says; empty when there is none */
        record Stranger(String hint) implements Found {}

        record Blank() implements Found {}
    }

    static Found read(Gray page, Predicate<PaperCode> genuine) {
        var reader = new CodeReader(genuine);
        Found.Mark mark = reader.search(page);
        if (mark != null) {
            return mark;
        }
        if (!reader.strange.isEmpty()) {
            return PageMark.read(reader.strange)
                    .<Found>map(read -> new Found.Unreadable(read.code().written()))
                    .orElseGet(() -> new Found.Stranger(reader.strange));
        }
        if (page.blank()) {
            return new Found.Blank();
        }
        return reader.broken ? new Found.Unreadable("") : new Found.Stranger("");
    }

    private Found.@Nullable Mark search(Gray page) {
        Found.Mark found = strips(page, 1, HybridBinarizer::new);
        if (found == null) {
            found = whole(page, 1, HybridBinarizer::new);
        }
        if (found == null) {
            Gray half = page.half();
            found = whole(half, 2, HybridBinarizer::new);
        }
        if (found == null) {
            found = strips(page, 1, GlobalHistogramBinarizer::new);
        }
        if (found != null || page.blank()) {
            return found;
        }
        Gray smooth = page.smooth();
        found = strips(smooth, 1, HybridBinarizer::new);
        if (found == null) {
            found = strips(smooth.half(), 2, HybridBinarizer::new);
        }
        if (found == null) {
            found = whole(smooth, 1, GlobalHistogramBinarizer::new);
        }
        if (found == null) {
            found = quadrants(smooth);
        }
        for (double degrees : new double[] {15, 45}) {
            if (found == null) {
                found = turned(smooth, degrees);
            }
        }
        return found == null ? several(page) : found;
    }

    /** A way from brightness to black and white. */
    private interface Binarizer {
        com.google.zxing.Binarizer of(LuminanceSource source);
    }

    /** The middle of each of the four edges: where the foot of the page is, however it was put in. */
    private Found.@Nullable Mark strips(Gray page, int scale, Binarizer binarizer) {
        int deep = Math.max(1, Math.min(page.width(), page.height()) * 3 / 10);
        int acrossX = page.width() / 5;
        int acrossY = page.height() / 5;
        int[][] parts = {
            {acrossX, page.height() - deep, page.width() - 2 * acrossX, deep},
            {acrossX, 0, page.width() - 2 * acrossX, deep},
            {0, acrossY, deep, page.height() - 2 * acrossY},
            {page.width() - deep, acrossY, deep, page.height() - 2 * acrossY}
        };
        for (int[] part : parts) {
            Found.Mark found = decode(page, part[0], part[1], part[2], part[3], scale, binarizer);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Found.@Nullable Mark whole(Gray page, int scale, Binarizer binarizer) {
        return decode(page, 0, 0, page.width(), page.height(), scale, binarizer);
    }

    /** Overlapping quarters, so that a code on a border is whole in one of them. */
    private Found.@Nullable Mark quadrants(Gray page) {
        int wide = page.width() * 6 / 10;
        int high = page.height() * 6 / 10;
        for (int x : new int[] {0, page.width() - wide}) {
            for (int y : new int[] {0, page.height() - high}) {
                for (Binarizer binarizer : List.<Binarizer>of(HybridBinarizer::new, GlobalHistogramBinarizer::new)) {
                    Found.Mark found = decode(page, x, y, wide, high, 1, binarizer);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private Found.@Nullable Mark turned(Gray page, double degrees) {
        var back = AffineTransform.getRotateInstance(Math.toRadians(degrees), page.width() / 2.0, page.height() / 2.0);
        return decode(
                page.turned(degrees),
                0,
                0,
                page.width(),
                page.height(),
                HybridBinarizer::new,
                point -> back.transform(point, null));
    }

    private Found.@Nullable Mark decode(
            Gray page, int left, int top, int width, int height, int scale, Binarizer binarizer) {
        return decode(
                page,
                left,
                top,
                width,
                height,
                binarizer,
                point -> new Point2D.Double(point.getX() * scale, point.getY() * scale));
    }

    private Found.@Nullable Mark decode(
            Gray page, int left, int top, int width, int height, Binarizer binarizer, UnaryOperator<Point2D> back) {
        if (width < 20 || height < 20) {
            return null;
        }
        try {
            Result result = new QRCodeReader()
                    .decode(new BinaryBitmap(binarizer.of(page.part(left, top, width, height))), HINTS);
            return ours(result, left, top, back);
        } catch (NotFoundException e) {
            return null;
        } catch (ChecksumException | FormatException e) {
            broken = true;
            return null;
        }
    }

    /** Several codes on one page: ours among others'. */
    private Found.@Nullable Mark several(Gray page) {
        try {
            for (Result result : new QRCodeMultiReader()
                    .decodeMultiple(
                            new BinaryBitmap(new HybridBinarizer(page.part(0, 0, page.width(), page.height()))),
                            HINTS)) {
                Found.Mark found = ours(result, 0, 0, point -> point);
                if (found != null) {
                    return found;
                }
            }
        } catch (NotFoundException e) {
            // none
        }
        return null;
    }

    private Found.@Nullable Mark ours(Result result, int left, int top, UnaryOperator<Point2D> back) {
        Optional<PageMark> mark = PageMark.read(result.getText()).filter(read -> genuine.test(read.code()));
        ResultPoint[] points = result.getResultPoints();
        if (mark.isEmpty() || points == null || points.length < 3) {
            if (strange.isEmpty() || PageMark.read(result.getText()).isPresent()) {
                strange = result.getText().length() > 200 ? result.getText().substring(0, 200) : result.getText();
            }
            return null;
        }
        List<Point2D> picture =
                List.of(at(points[0], left, top, back), at(points[1], left, top, back), at(points[2], left, top, back));
        return new Found.Mark(mark.get(), PagePlace.of(eyes(result.getText()), picture));
    }

    private static Point2D at(ResultPoint point, int left, int top, UnaryOperator<Point2D> back) {
        return back.apply(new Point2D.Double(point.getX() + left, point.getY() + top));
    }

    /** The middles of the three corner squares as printed, in the order zxing tells them: lower left, upper left, upper right. */
    private static List<Point2D> eyes(String words) {
        double side = PaperDocument.Mark.SIDE;
        double eye = EYE * side / QrCode.encodeText(words, QrCode.Ecc.MEDIUM).size;
        double left = (PAGE_WIDTH - side) / 2;
        double top = PAGE_HEIGHT - PaperDocument.Mark.OVER_EDGE - side;
        return List.of(
                new Point2D.Double(left + eye, top + side - eye),
                new Point2D.Double(left + eye, top + eye),
                new Point2D.Double(left + side - eye, top + eye));
    }
}
