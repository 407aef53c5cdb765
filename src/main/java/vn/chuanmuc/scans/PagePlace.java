package vn.chuanmuc.scans;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.util.List;

/**
 * How the printed page lies in a picture: turned, larger, moved, never bent. A point of the page (millimetres from its upper left)
 * is at {@code (a·x − b·y + left, b·x + a·y + top)} dots of the picture.
 */
public record PagePlace(double a, double b, double left, double top) {
    /** The likeness that brings these points of the page as near to these of the picture as can be. */
    static PagePlace of(List<Point2D> page, List<Point2D> picture) {
        double px = 0;
        double py = 0;
        double qx = 0;
        double qy = 0;
        int count = page.size();
        for (int i = 0; i < count; i++) {
            px += page.get(i).getX() / count;
            py += page.get(i).getY() / count;
            qx += picture.get(i).getX() / count;
            qy += picture.get(i).getY() / count;
        }
        double along = 0;
        double across = 0;
        double square = 0;
        for (int i = 0; i < count; i++) {
            double x = page.get(i).getX() - px;
            double y = page.get(i).getY() - py;
            double u = picture.get(i).getX() - qx;
            double v = picture.get(i).getY() - qy;
            along += x * u + y * v;
            across += x * v - y * u;
            square += x * x + y * y;
        }
        double a = along / square;
        double b = across / square;
        return new PagePlace(a, b, qx - a * px + b * py, qy - b * px - a * py);
    }

    /** Dots of the picture for a millimetre of the page. */
    double scale() {
        return Math.hypot(a, b);
    }

    /** By how many quarter turns clockwise the picture is to be turned so that the page stands upright. */
    int quarters() {
        double clockwise = Math.toDegrees(Math.atan2(b, a));
        return Math.floorMod(-(int) Math.round(clockwise / 90), 4);
    }

    /** The place after the picture of this size was turned clockwise by quarter turns. */
    PagePlace turned(int quarters, int width, int height) {
        return switch (quarters) {
            case 1 -> new PagePlace(-b, a, height - top, left);
            case 2 -> new PagePlace(-a, -b, width - left, height - top);
            case 3 -> new PagePlace(b, -a, top, width - left);
            default -> this;
        };
    }

    AffineTransform transform() {
        return new AffineTransform(a, b, -b, a, left, top);
    }
}
